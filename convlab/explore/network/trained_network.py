"""The trained network that is looked into, and the digits that it is shown."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from convlab.arrays import Array
from convlab.convnet import ConvNet, Maps, Weights
from convlab.digit_data import Digits
from convlab.explore.network.training_run import data
from convlab.learning import softmax
from convlab.training import TrainingRun

EPOCHS = 10
"""A second or so of training; another twenty would read a few more digits."""

Change = tuple[tuple[str, tuple[int, ...]], float]
"""A weight, by the name of its array and its place there, and the number put in its place."""
Changes = tuple[Change, ...]

NETWORK = ConvNet()


class Reading:
    """What the network reads of one picture, for states that hold every number on the way."""

    @property
    def maps(self) -> Maps:
        """Every number of the forward pass."""
        raise NotImplementedError

    @property
    def probabilities(self) -> Array:
        """One for each class."""
        return np.asarray(softmax(self.maps.scores)[0])

    @property
    def answer(self) -> int:
        """What the network reads."""
        return int(self.maps.scores[0].argmax())


def held_out() -> Digits:
    """Return the digits that had no part in the training."""
    return data().held_out


@lru_cache(maxsize=1)
def trained() -> Weights:
    """Return the weights after a short training, the same each time; nobody can write into them."""
    training = TrainingRun(network=NETWORK, fade=EPOCHS, jitter=0.3)
    moment = training.advance(training.start(), EPOCHS * training.steps_per_epoch)
    for array in moment.weights.values():
        array.setflags(write=False)
    return MappingProxyType(dict(moment.weights))


@lru_cache(maxsize=4)
def changed(changes: Changes) -> Weights:
    """Return the trained weights with some of them changed by hand."""
    weights = {name: array.copy() for name, array in trained().items()}
    for (name, place), value in changes:
        weights[name][place] = value
    return MappingProxyType(weights)


@lru_cache(maxsize=4)
def maps_of_all(changes: Changes) -> Maps:
    """Return every map of every held-out digit."""
    return NETWORK.forward(changed(changes), held_out().pictures)


def is_right(changes: Changes) -> NDArray[np.bool_]:
    """Say of each held-out digit whether it is read rightly."""
    answers = maps_of_all(changes).scores.argmax(axis=1)
    return np.asarray(answers == held_out().labels)


@lru_cache(maxsize=32)
def read_rightly(changes: Changes) -> int:
    """Count the held-out digits that are read rightly."""
    return int(is_right(changes).sum())


@lru_cache(maxsize=1)
def misread() -> NDArray[np.intp]:
    """Return which held-out digits the network misreads as it was trained."""
    return np.flatnonzero(~is_right(()))


def picture_of(digit: int) -> Array:
    """Return a held-out digit, (8, 8)."""
    return np.asarray(held_out().pictures[digit])
