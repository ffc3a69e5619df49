"""The state of the matrix pictures: the product Õ = C̃ Ĩ as symbols and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.explore.samples import PICTURE
from convlab.formatting import plain
from convlab.geometry import Geometry, Pair
from convlab.matrix import conv_matrix

INPUTS = np.stack([PICTURE[:9, :9], PICTURE[8::-1, :9]])
"""Two channels of an input, of which the pictures show the upper left part."""
BIAS = np.array([5.0, -5.0])
ROW, COLUMN = "row", "column"
NO_BIAS, ADDED, AS_COLUMN = "none", "added", "column"
ZERO, CONSTANT = -1, -2
"""What stands in an entry of C̃ that holds no weight: a zero, or a bias."""


@dataclass(frozen=True, eq=False)
class Sample:
    """The numbers of a picture; a geometry smaller than they are takes their upper left part.

    Parameters
    ----------
    x : ndarray, shape (channels, rows, cols)
    weight : ndarray, shape (out, in, rows, cols), optional
        By default the weights are `numbered_kernels`.
    """

    x: np.ndarray
    weight: np.ndarray | None = None


GUIDE = Sample(INPUTS)


@dataclass(frozen=True)
class MatrixState:
    """Everything that a picture of Õ = C̃ Ĩ shows, as numbers or as symbols.

    Parameters
    ----------
    geometry : Geometry
    channels_in, channels_out : int, default 1
    step : int, default 0
        The row or the column of C̃ to follow.
    follow : {"row", "column"}
        A row belongs to an output pixel, a column to an input cell.
    numbers : bool, default False
        Write numbers instead of symbols.
    operation : bool, default False
        True for the convolution of mathematics, False for deep learning's.
    bias : {"none", "added", "column"}
        No bias; a vector added to the product; or one more column of C̃, that meets a constant 1.
    sample : Sample
    """

    geometry: Geometry
    channels_in: int = 1
    channels_out: int = 1
    step: int = 0
    follow: str = ROW
    numbers: bool = False
    operation: bool = False
    bias: str = NO_BIAS
    sample: Sample = GUIDE

    @cached_property
    def x(self) -> np.ndarray:
        """The input, of shape (in, rows, cols)."""
        rows, cols = self.geometry.input_shape
        return self.sample.x[: self.channels_in, :rows, :cols]

    @cached_property
    def weight(self) -> np.ndarray:
        """The kernels as they are laid on the input, of shape (out, in, rows, cols)."""
        (rows, cols), weight = self.geometry.kernel_size, self.sample.weight
        channels = self.channels_in, self.channels_out
        weight = numbered_kernels(channels, (rows, cols)) if weight is None else weight
        weight = weight[: self.channels_out, : self.channels_in, :rows, :cols]
        return flip(weight) if self.operation else weight

    @cached_property
    def order(self) -> np.ndarray:
        """The kernel cells as they are laid on the input, counted along the rows from 0."""
        rows, cols = self.geometry.kernel_size
        cells = np.arange(rows * cols).reshape(rows, cols)
        return flip(cells) if self.operation else cells

    @cached_property
    def biases(self) -> np.ndarray:
        """The bias of each output channel."""
        return BIAS[: self.channels_out] * (self.bias != NO_BIAS)

    @cached_property
    def y(self) -> np.ndarray:
        """The output, of shape (out, rows, cols)."""
        return conv2d(self.x, self.weight, self.biases, **self.geometry.layout)

    @cached_property
    def shape(self) -> Pair:
        """Rows and columns of C̃."""
        rows, cols = self.geometry.input_shape
        constant = self.bias == AS_COLUMN
        return self.channels_out * self.geometry.steps, self.channels_in * rows * cols + constant

    @cached_property
    def matrix(self) -> np.ndarray:
        """C̃, with one more column where the bias is one."""
        return self._unrolled(self.weight, np.repeat(self.biases, self.geometry.steps))

    @cached_property
    def which(self) -> np.ndarray:
        """The kernel cell in each entry of C̃, counted from 0; -1 for a zero, -2 for a bias."""
        cells = np.broadcast_to(self.order + 1.0, self.weight.shape)
        return self._unrolled(cells, np.full(self.shape[0], CONSTANT + 1.0)).astype(int) - 1

    @cached_property
    def slices(self) -> np.ndarray:
        """The slice of a kernel that each entry of C̃ belongs to: out · channels in + in, from 0."""
        out, depth = self.channels_out, self.channels_in
        ones = np.ones_like(self.weight)
        numbers = 1.0 + np.arange(out * depth).reshape(out, depth, 1, 1)
        return self._unrolled(ones * numbers, np.ones(self.shape[0])).astype(int) - 1

    @property
    def is_numbered(self) -> bool:
        """Whether the weights are `numbered_kernels`, and not the reader's own."""
        return self.sample.weight is None

    @cached_property
    def negative(self) -> np.ndarray:
        """Which entries of C̃ are below 0."""
        return self.matrix < 0

    def _unrolled(self, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
        matrix = conv_matrix(weight, self.geometry.input_shape, **self.geometry.layout)
        return np.column_stack([matrix, bias]) if self.bias == AS_COLUMN else matrix

    @cached_property
    def zeros(self) -> int:
        """How many entries of C̃ hold nothing."""
        return int((self.which == ZERO).sum())

    @cached_property
    def line(self) -> np.ndarray:
        """The row or the column of `which` that is followed."""
        return self.which[self.step] if self.follow == ROW else self.which[:, self.step]

    @cached_property
    def line_slices(self) -> np.ndarray:
        """The same row or column of `slices`."""
        return self.slices[self.step] if self.follow == ROW else self.slices[:, self.step]

    @cached_property
    def met(self) -> np.ndarray:
        """Where on that line something stands: the cells that belong to the one followed."""
        return np.flatnonzero(self.line != ZERO)

    @cached_property
    def column(self) -> np.ndarray:
        """Ĩ, the flattened input; it ends with a constant 1 where the bias is a column of C̃."""
        return np.concatenate([self.x.ravel(), np.ones(self.shape[1] - self.x.size)])

    @cached_property
    def taps(self) -> np.ndarray:
        """The input cell that each kernel cell meets at each output pixel; -1 on padding."""
        rows, cols = self.geometry.input_shape
        cells = np.arange(rows * cols).reshape(rows, cols)
        padded = np.pad(cells, self.geometry.padding, constant_values=-1)
        return np.array([padded[tap.view].ravel() for tap in self.geometry.taps])

    @cached_property
    def x_texts(self) -> list[str]:
        """What stands in Ĩ: x₁, x₂ ... or the numbers."""
        names = [f"x_{{{number}}}" for number in range(1, self.x.size + 1)]
        constant = ["1"] * (self.shape[1] - self.x.size)
        return written(self.column) if self.numbers else names + constant

    @cached_property
    def y_texts(self) -> list[str]:
        """What stands in Õ: y₁, y₂ ... or the numbers."""
        names = [f"y_{{{number}}}" for number in range(1, self.y.size + 1)]
        return written(self.y) if self.numbers else names

    @cached_property
    def bias_texts(self) -> list[str]:
        """What stands in the bias vector, one text for each row of C̃."""
        names = ["b"] if self.channels_out == 1 else ["b_{1}", "b_{2}"]
        names = written(self.biases) if self.numbers else names
        return [name for name in names for _ in range(self.geometry.steps)]

    def kernel_texts(self, out: int, depth: int) -> list[str]:
        """Return what stands in the cells of a kernel, flat."""
        if self.numbers:
            return written(self.weight[out, depth])
        return [self._symbol(cell) for cell in self.order.ravel()]

    def entry_text(self, row: int, col: int) -> str:
        """Return what stands in an entry of C̃; an empty string for a zero."""
        which = self.which[row, col]
        if which == ZERO:
            return ""
        if self.numbers:
            return plain(self.matrix[row, col])
        return self.bias_texts[row] if which == CONSTANT else self._symbol(which)

    def _symbol(self, cell: int) -> str:
        """Return the symbol of a kernel cell; those of several channels differ by place only."""
        row, col = divmod(int(cell), self.geometry.kernel_size[1])
        return f"w_{{{row + 1},{col + 1}}}"


def numbered_kernels(channels: Pair, shape: Pair) -> np.ndarray:
    """Return kernels of shape (out, in, rows, cols) whose first weights are 1, 2, 3 ...

    Each number then says where it comes from; the other channels change sign or order.

    Examples
    --------
    >>> numbered_kernels((2, 1), (2, 2)).tolist()
    [[[[1.0, 2.0], [3.0, 4.0]], [[-1.0, -2.0], [-3.0, -4.0]]]]
    """
    first = np.arange(1.0, shape[0] * shape[1] + 1).reshape(shape)
    bank = np.array([[first, -first], [flip(first), -flip(first)]])
    return bank[: channels[1], : channels[0]]


def written(values: np.ndarray) -> list[str]:
    """Write all numbers of an array, flat."""
    return [plain(value) for value in np.ravel(values)]
