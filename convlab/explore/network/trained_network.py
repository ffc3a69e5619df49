"""The trained network that is looked into, and the digits that it is shown."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from convlab.arrays import Array
from convlab.convnet import ConvNet, Maps, Weights
from convlab.digit_data import Digits, split_digits
from convlab.training import TrainingRun, classify

EPOCHS = 10
"""A second or so of training; another twenty would read a few more digits."""

Change = tuple[tuple[str, tuple[int, ...]], float]
"""A weight, by the name of its array and its place there, and the number put in its place."""
Changes = tuple[Change, ...]

NETWORK = ConvNet()


@lru_cache(maxsize=1)
def held_out() -> Digits:
    """Return the digits that had no part in the training."""
    return split_digits().held_out


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


@lru_cache(maxsize=32)
def read_rightly(changes: Changes) -> int:
    """Count the held-out digits that are read rightly."""
    return int((maps_of_all(changes).scores.argmax(axis=1) == held_out().labels).sum())


@lru_cache(maxsize=1)
def misread() -> NDArray[np.intp]:
    """Return which held-out digits the network misreads as it was trained."""
    answers = classify(NETWORK, trained(), held_out().pictures)
    return np.flatnonzero(answers != held_out().labels)


def picture_of(digit: int) -> Array:
    """Return a held-out digit, (8, 8)."""
    return np.asarray(held_out().pictures[digit])
