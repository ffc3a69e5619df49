"""Every number of a trained network, for one digit: maps, gradients, and what a kernel answers to.

The maps are counted from the picture on; a cell is one of a map's channels, at a row and a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from convlab.aliases import Pair
from convlab.arrays import Array
from convlab.convnet import LayerMaps, Maps
from convlab.explore.network.trained_network import (
    NETWORK,
    Changes,
    Reading,
    changed,
    held_out,
    maps_of_all,
    misread,
    picture_of,
)
from convlab.inspection import Answer, map_fields, strongest
from convlab.learning import softmax, softmax_cross_entropy
from convlab.receptive_field import PIXEL

PICTURE, SCORES = "picture", "scores"
CONVOLVED, ACTIVATED, POOLED = LayerMaps._fields
KINDS = (CONVOLVED, ACTIVATED, POOLED)
VALUES, GRADIENTS, ANSWERS = "values", "gradients", "answers"
ALL, WRONG = "all", "wrong"
SHOWN_ANSWERS = 8


class Place(NamedTuple):
    """Which maps of the network: their kind, and the layer from 0 (-1 is the picture)."""

    kind: str
    layer: int


MAPS: dict[str, Place] = {
    PICTURE: Place(PICTURE, -1),
    **{
        " ".join([kind, str(layer + 1)]): Place(kind, layer)
        for layer in range(len(NETWORK.kernels))
        for kind in KINDS
    },
    SCORES: Place(SCORES, len(NETWORK.kernels)),
}
"""All maps, by name, from the picture to the scores."""
NAMES = tuple(MAPS)


def shape_of(name: str) -> tuple[int, int, int]:
    """Return channels, rows and columns of maps.

    Examples
    --------
    >>> shape_of("convolved 2"), shape_of("scores")
    ((16, 4, 4), (10, 1, 1))
    """
    kind, layer = MAPS[name]
    if kind == PICTURE:
        return (1, *NETWORK.map_shapes[0])
    if kind == SCORES:
        return NETWORK.classes, 1, 1
    return NETWORK.kernels[layer], *NETWORK.map_shapes[layer + (kind == POOLED)]


def below(name: str) -> str:
    """Return the maps from which others are computed; the picture has none but itself."""
    return NAMES[max(NAMES.index(name) - 1, 0)]


def weights_of(name: str) -> tuple[str, str] | None:
    """Return the names of the weights and of the bias that make maps; None where there are none."""
    kind, layer = MAPS[name]
    if kind not in (CONVOLVED, SCORES):
        return None
    # The plan names weights and bias layer by layer, and the scores' last.
    weights, bias = tuple(NETWORK.shapes)[2 * layer : 2 * layer + 2]
    return weights, bias


def slices_of(name: str) -> int:
    """Return over how many channels a window reaches."""
    return shape_of(below(name))[0] if weights_of(name) else 1


def planes(maps: Maps, name: str, number: int = 0) -> Array:
    """Return the maps of one picture of a batch by their name, (channels, rows, cols)."""
    kind, layer = MAPS[name]
    if kind == PICTURE:
        return np.asarray(maps.pictures[number])
    if kind == SCORES:
        return np.asarray(maps.scores[number][:, None, None])
    return np.asarray(getattr(maps.layers[layer], kind)[number])


def digit_numbers(among: str) -> np.ndarray:
    """Return which held-out digits there are to choose from."""
    return misread() if among == WRONG else np.arange(len(held_out().labels))


@lru_cache(maxsize=64)
def answers_of(name: str, channel: int, changes: Changes) -> tuple[Answer, ...]:
    """Return the cells of the held-out digits at which a channel answers most."""
    maps = maps_of_all(changes)
    kind, layer = MAPS[name]
    if kind == PICTURE:
        return ()
    all_of_them = (
        softmax(maps.scores)[:, channel, None, None]
        if kind == SCORES
        else getattr(maps.layers[layer], kind)[:, channel]
    )
    return strongest(all_of_them, SHOWN_ANSWERS)


def region_of(name: str, row: int, col: int) -> tuple[Pair, Pair]:
    """Return the rows and columns of the picture that a cell sees; they may leave the picture."""
    kind, layer = MAPS[name]
    if kind == SCORES:
        rows, cols = NETWORK.map_shapes[0]
        return (0, rows), (0, cols)
    field = PIXEL if kind == PICTURE else getattr(map_fields(NETWORK)[layer], kind)
    region: tuple[Pair, Pair] = field.region(row, col)
    return region


@dataclass(frozen=True)
class SeeThroughState(Reading):
    """Which digit, which cell of which map, and what is shown of it.

    Parameters
    ----------
    among : {"all", "wrong"}
        The held-out digits to choose from.
    digit : int
        Counted among them.
    layer : str
        One of `MAPS`.
    channel, row, column : int
        The cell.
    show : {"values", "gradients", "answers"}
    part : int
        Which slice of the kernel, which is which channel of the maps below.
    changes : tuple
        Weights that were changed by hand.
    """

    among: str
    digit: int
    layer: str
    channel: int
    row: int
    column: int
    show: str
    part: int
    changes: Changes = ()

    @property
    def number(self) -> int:
        """Which of all held-out digits it is."""
        return int(digit_numbers(self.among)[self.digit])

    @property
    def label(self) -> int:
        """What the digit is."""
        return int(held_out().labels[self.number])

    @property
    def cell(self) -> tuple[int, int, int]:
        """The channel, the row and the column."""
        return self.channel, self.row, self.column

    @cached_property
    def maps(self) -> Maps:
        """Every number of the forward pass."""
        return NETWORK.forward(changed(self.changes), picture_of(self.number))

    @cached_property
    def gradients(self) -> Maps:
        """∂ℓ for every number, ℓ the cross-entropy for the true class."""
        upstream = softmax_cross_entropy(self.maps.scores, [self.label]).gradient
        return NETWORK.backward(changed(self.changes), self.maps, upstream).maps

    @property
    def shown(self) -> Maps:
        """What the planes show."""
        return self.gradients if self.show == GRADIENTS else self.maps

    @property
    def value(self) -> float:
        """What the cell holds."""
        return float(planes(self.maps, self.layer)[self.cell])

    @property
    def gradient(self) -> float:
        """∂ℓ for the cell."""
        return float(planes(self.gradients, self.layer)[self.cell])

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The cells of all held-out digits at which this channel answers most."""
        return answers_of(self.layer, self.channel, self.changes)

    @property
    def region(self) -> tuple[Pair, Pair]:
        """What the cell sees of the picture."""
        return region_of(self.layer, self.row, self.column)
