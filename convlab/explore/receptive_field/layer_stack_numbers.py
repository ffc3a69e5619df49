"""A stack of layers in section: how large its maps are, and which cells a unit draws on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convlab.geometry import output_size
from convlab.receptive_field import PIXEL, Layer, ReceptiveField, receptive_fields


@dataclass(frozen=True)
class LayerStackState:
    """A stack, the input below it, and the unit that is looked down from.

    Parameters
    ----------
    input_size : int
        Cells of the input along the section.
    layers : tuple of Layer
        From the input on; the section runs along their columns.
    unit : int
        In the last map that fits, from 0.
    """

    input_size: int
    layers: tuple[Layer, ...]
    unit: int

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Cells of the input and of each map, up to the last one that fits."""
        return map_sizes(self.input_size, self.layers)

    @property
    def fitting(self) -> tuple[Layer, ...]:
        """The layers that fit on the map below them, up to the first that does not."""
        return self.layers[: len(self.sizes) - 1]

    @property
    def fits(self) -> bool:
        """Whether every layer fits on the map below it."""
        return self.fitting == self.layers

    @property
    def middle(self) -> int:
        """The unit in the middle of the last map that fits."""
        return middle_of(self.sizes)

    @cached_property
    def fields(self) -> tuple[ReceptiveField, ...]:
        """What a cell of the input, and a unit of each map that fits, sees."""
        return (PIXEL, *receptive_fields(self.layers))[: len(self.sizes)]

    @property
    def convolutions(self) -> tuple[Layer, ...]:
        """The layers that have weights: one whose windows tile the map is taken for a pooling."""
        return tuple(layer for layer in self.layers if not is_pooling(layer))

    @property
    def region(self) -> tuple[int, int]:
        """The input cells that the unit sees, half-open; some may lie outside the input."""
        return self.fields[-1].region(0, self.unit)[1]

    @cached_property
    def reads(self) -> tuple[np.ndarray, ...]:
        """For each map that fits, from the input on, which cells the unit draws on, sorted."""
        cells = [np.array([self.unit])]
        for layer, size in reversed(list(zip(self.fitting, self.sizes[:-1], strict=True))):
            taps = np.unique(windows(layer, cells[0]))
            cells.insert(0, taps[(taps >= 0) & (taps < size)])
        return tuple(cells)


def map_sizes(size: int, layers: tuple[Layer, ...]) -> tuple[int, ...]:
    """Return the size of the input and of each map along the columns, as long as layers fit.

    Examples
    --------
    >>> map_sizes(9, (Layer(3), Layer(2, stride=2), Layer(5)))
    (9, 7, 3)
    """
    sizes = [size]
    for layer in layers:
        if layer.span[1] > sizes[-1] + sum(layer.padding[1]):
            break
        sides, steps = layer.padding[1], {"stride": layer.stride[1], "dilation": layer.dilation[1]}
        sizes.append(output_size(sizes[-1], layer.kernel_size[1], padding=sides, **steps))
    return tuple(sizes)


def is_pooling(layer: Layer) -> bool:
    """Say whether a layer's windows lie side by side, as those of a pooling do.

    Examples
    --------
    >>> is_pooling(Layer(2, stride=2)), is_pooling(Layer(3)), is_pooling(Layer(1))
    (True, False, False)
    """
    return layer.kernel_size[1] == layer.stride[1] > 1 and not any(layer.padding[1])


def middle_of(sizes: tuple[int, ...]) -> int:
    """Return the unit in the middle of the last of some maps."""
    return (sizes[-1] - 1) // 2


def numbers_of(layer: Layer) -> dict[str, int]:
    """Return the numbers of a layer along the columns, by name."""
    return {
        "kernel": layer.kernel_size[1],
        "stride": layer.stride[1],
        "dilation": layer.dilation[1],
        "padding": layer.padding[1][0],
    }


def windows(layer: Layer, units: np.ndarray) -> np.ndarray:
    """Return the cells below that units read, along the columns: shape (units, kernel)."""
    starts = units * layer.stride[1] - layer.padding[1][0]
    return np.asarray(starts[:, None] + np.arange(layer.kernel_size[1]) * layer.dilation[1])
