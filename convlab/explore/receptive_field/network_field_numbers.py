"""What one unit of a well-known network sees of the photograph that is its input."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from convlab.aliases import Pair
from convlab.images import photo
from convlab.networks import NETWORKS, Network
from convlab.receptive_field import ReceptiveField, receptive_fields

PERCENT = 100


@lru_cache
def map_shapes(name: str) -> tuple[Pair, ...]:
    """Return the rows and columns of the map of each layer of a network, from its own input.

    Examples
    --------
    >>> map_shapes("LeNet-5")
    ((28, 28), (14, 14), (10, 10), (5, 5), (1, 1))
    """
    network, shapes = NETWORKS[name], []
    shape = network.input_shape
    for layer in network:
        shape = layer.on(shape).output_shape
        shapes.append(shape)
    return tuple(shapes)


@lru_cache
def fields_of(name: str) -> tuple[ReceptiveField, ...]:
    """Return what a unit of each layer of a network sees."""
    return receptive_fields(NETWORKS[name])


@dataclass(frozen=True)
class NetworkFieldState:
    """One of `NETWORKS`, one of its layers, and a place on the photograph.

    What is shown is the unit whose field has its middle nearest to that place.

    Parameters
    ----------
    network : str
    layer : int
        From 1.
    place : (int, int)
        In percent of the photograph, from its top and from its left.
    """

    network: str
    layer: int
    place: Pair

    @property
    def layers(self) -> Network:
        """The network itself."""
        return NETWORKS[self.network]

    @property
    def name(self) -> str:
        """What the network calls the layer."""
        return self.layers[self.layer - 1].name

    @property
    def map_shape(self) -> Pair:
        """Rows and columns of the layer's map."""
        return map_shapes(self.network)[self.layer - 1]

    @property
    def field(self) -> ReceptiveField:
        """What the units of the layer see."""
        return fields_of(self.network)[self.layer - 1]

    @cached_property
    def unit(self) -> Pair:
        """Row and column of the unit, from 0."""
        down, across = np.multiply(self.place, self.layers.input_shape) / PERCENT
        return nearest_unit(self.network, self.layer - 1, (down, across))

    @cached_property
    def region(self) -> tuple[Pair, Pair]:
        """The rows and columns of the input that the unit sees, half-open."""
        return self.field.region(*self.unit)

    @property
    def share_inside(self) -> float:
        """How much of the field lies inside the input, from 0 to 1."""
        sides = zip(self.region, self.layers.input_shape, self.field.size, strict=True)
        parts = [max(0, min(end, size) - max(first, 0)) / r for (first, end), size, r in sides]
        return parts[0] * parts[1]


def nearest_unit(name: str, layer: int, place: tuple[float, float]) -> Pair:
    """Return the unit whose field has its middle nearest to a place of the input, in its cells."""
    field, shape = fields_of(name)[layer], map_shapes(name)[layer]
    axes = zip(place, field.padding, field.size, field.stride, shape, strict=True)
    row, col = (
        min(max(round((x + padding - size / 2) / stride), 0), count - 1)
        for x, padding, size, stride, count in axes
    )
    return row, col


@lru_cache(maxsize=4)
def photograph(size: int) -> np.ndarray:
    """Return a square photograph in colour: shape (size, size, 3), from 0 to 255."""
    picture = photo(color=True, max_side=round(size * 600 / 512))
    top = (picture.shape[1] - size) // 4
    square = picture[:, top : top + size, :size]
    return np.ascontiguousarray(np.moveaxis(square, 0, -1).round().astype(np.uint8))
