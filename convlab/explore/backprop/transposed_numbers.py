"""The state of the transposed convolution, and the numbers that picture and words tell of it.

Overlaps that are uneven where the stride does not divide the kernel leave a checkerboard: A. Odena,
V. Dumoulin and C. Olah, *Deconvolution and Checkerboard Artifacts*, Distill 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convlab.aliases import Pair
from convlab.convolution import flip
from convlab.draw.planes import input_mask
from convlab.geometry import Geometry
from convlab.transposed import conv_transpose2d

SCATTER, INSERTION = "scatter", "zero insertion"
X = np.array([[1, 2, 3], [3, 1, 2], [2, 4, 1]], float)
WEIGHT = np.array([[1, 2, 1, 3], [3, 1, 2, 1], [2, 1, 4, 2], [1, 3, 2, 1]], float)
"""Without zeros, so that the zeros in the picture are the inserted ones; no part is symmetric."""


def whole_shape(input: Pair, kernel: Pair, stride: Pair, output_padding: Pair) -> Pair:  # noqa: A002
    """Return the size of the output before the padding is taken away: (i − 1)s + k + extra.

    Examples
    --------
    >>> whole_shape((3, 1), (3, 2), (2, 3), (1, 0))
    (8, 2)
    """
    axes = zip(input, kernel, stride, output_padding, strict=True)
    rows, cols = ((i - 1) * s + k + extra for i, k, s, extra in axes)
    return rows, cols


@dataclass(frozen=True)
class TransposedState:
    """Everything that the explorer shows.

    Parameters
    ----------
    input, kernel, stride, output_padding, padding : (int, int)
        The padding is at most the kernel less one, so that none is missing around the zeros.
    view : {"scatter", "zero insertion"}
    step : int
        The input cell that is handed out, or the output cell that is computed; along the rows.
    """

    input: Pair = (3, 3)
    kernel: Pair = (3, 3)
    stride: Pair = (2, 2)
    output_padding: Pair = (0, 0)
    padding: Pair = (0, 0)
    view: str = SCATTER
    step: int = 0

    @cached_property
    def x(self) -> np.ndarray:
        """The input."""
        return X[: self.input[0], : self.input[1]]

    @cached_property
    def weight(self) -> np.ndarray:
        """The kernel."""
        return WEIGHT[: self.kernel[0], : self.kernel[1]]

    @cached_property
    def whole_shape(self) -> Pair:
        """Rows and columns of the output, with those that the padding takes away."""
        return whole_shape(self.input, self.kernel, self.stride, self.output_padding)

    @cached_property
    def output_shape(self) -> Pair:
        """Rows and columns of the output."""
        rows, cols = (n - 2 * p for n, p in zip(self.whole_shape, self.padding, strict=True))
        return rows, cols

    @cached_property
    def steps(self) -> int:
        """How many steps the view has: input cells, or output cells."""
        rows, cols = self.input if self.view == SCATTER else self.output_shape
        return rows * cols

    @cached_property
    def way_back(self) -> Geometry:
        """The convolution that goes the other way, from the output, padded, to the input."""
        return Geometry(self.output_shape, self.kernel, stride=self.stride, padding=self.padding)

    @cached_property
    def slide(self) -> Geometry:
        """The convolution of the zero-inserted input with the rotated kernel, at stride 1."""
        axes = zip(self.input, self.stride, self.kernel, self.padding, strict=True)
        sizes, around = zip(*(((i - 1) * s + 1, k - 1 - p) for i, s, k, p in axes), strict=True)
        sides = [(p, p + extra) for p, extra in zip(around, self.output_padding, strict=True)]
        return Geometry(sizes, self.kernel, padding=sides)

    @cached_property
    def window(self) -> tuple[Pair, slice, slice]:
        """The cell of this step, and its window's rows and columns.

        They are those of the whole output that it adds to, or of the zero-inserted input.
        """
        cell, *axes = (self.way_back if self.view == SCATTER else self.slide).window(self.step)
        rows, cols = (slice(int(axis[0]), int(axis[-1]) + 1) for axis in axes)
        return cell, rows, cols

    @cached_property
    def y(self) -> np.ndarray:
        """The output."""
        return self._scattered(self.x, self.weight)[self.way_back.inside]

    @cached_property
    def handed_out(self) -> np.ndarray:
        """Which input cells have added their window by this step: bool, shape of the input."""
        return np.arange(self.x.size).reshape(self.input) <= self.step

    @cached_property
    def sums(self) -> np.ndarray:
        """What has been added by this step, in the whole output."""
        return self._scattered(self.x * self.handed_out, self.weight)

    @cached_property
    def reached(self) -> np.ndarray:
        """How many products have been added to each cell of the whole output by this step."""
        return self._scattered(self.handed_out, np.ones(self.kernel)).astype(int)

    @cached_property
    def counts(self) -> np.ndarray:
        """How many products are added to each cell of the whole output in the end."""
        return self._scattered(np.ones(self.input), np.ones(self.kernel)).astype(int)

    @cached_property
    def cropped(self) -> np.ndarray:
        """Which cells of the whole output the padding takes away."""
        return ~input_mask(self.way_back)

    @cached_property
    def rotated(self) -> np.ndarray:
        """The kernel that slides over the zero-inserted input."""
        return flip(self.weight)

    @cached_property
    def inserted(self) -> np.ndarray:
        """The input with s − 1 zeros between its cells and k − 1 − p around; at the end, more."""
        return self._inserted(self.x)

    @cached_property
    def is_input(self) -> np.ndarray:
        """Which cells of the zero-inserted input hold a cell of the input."""
        return self._inserted(np.ones(self.input, bool))

    @cached_property
    def is_padding(self) -> np.ndarray:
        """Which cells of the zero-inserted input lie around it."""
        return ~input_mask(self.slide)

    @cached_property
    def steady(self) -> tuple[list[int], list[int]]:
        """How many products reach a cell away from all edges: the different counts on each axis."""
        rows, cols = (
            sorted({len(range(first, k, s)) for first in range(s)})
            for k, s in zip(self.kernel, self.stride, strict=True)
        )
        return rows, cols

    def _scattered(self, x: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return conv_transpose2d(x, weight, stride=self.stride, output_padding=self.output_padding)

    def _inserted(self, values: np.ndarray) -> np.ndarray:
        spaced = np.zeros(self.slide.input_shape, values.dtype)
        spaced[:: self.stride[0], :: self.stride[1]] = values
        return np.pad(spaced, self.slide.padding)
