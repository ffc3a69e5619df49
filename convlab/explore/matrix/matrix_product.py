"""The product Õ = C̃ Ĩ as a table of symbols and numbers: what the matrix pictures show."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class MatrixState:
    """Everything that a picture of C̃ shows.

    Parameters
    ----------
    geometry : Geometry
    channels : (int, int), default (1, 1)
        Of the input, and of the output.
    step : int, default 0
        The row or the column of C̃ to follow.
    follow : {"row", "column"}
        A row belongs to an output pixel, a column to an input cell.
    numbers : bool, default False
        Write numbers instead of symbols.
    flipped : bool, default False
        True for the convolution of mathematics, False for deep learning's.
    bias : {"none", "added", "column"}
        No bias; a vector added to the product; or one more column of C̃, that meets a constant 1.
    """

    geometry: Geometry
    channels: Pair = (1, 1)
    step: int = 0
    follow: str = ROW
    numbers: bool = False
    flipped: bool = False
    bias: str = NO_BIAS

    @property
    def layout(self) -> tuple[object, ...]:
        """What the pictures show apart from the place that is followed."""
        return self.geometry, self.channels, self.numbers, self.flipped, self.bias


@dataclass(frozen=True)
class Product:
    """Both sides of Õ = C̃ Ĩ, as numbers or as symbols.

    Attributes
    ----------
    x : ndarray, shape (in, rows, cols)
    weight : ndarray, shape (out, in, rows, cols)
        As it is laid on the input: rotated for the convolution of mathematics.
    bias : ndarray, shape (out,)
    y : ndarray, shape (out, rows, cols)
    matrix : ndarray, shape (output pixels, input cells)
        C̃, with one more column where the bias is one.
    which : ndarray of int, of the shape of `matrix`
        The kernel cell, counted along the rows from 0, that stands in each entry; -1 for a zero,
        -2 for a bias.
    order : ndarray of int, shape (rows, cols)
        The kernel cells as they are laid on the input, counted as in `which`.
    numbers : bool
        Whether texts are numbers or symbols.
    """

    x: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    y: np.ndarray
    matrix: np.ndarray
    which: np.ndarray
    order: np.ndarray
    numbers: bool

    @property
    def column(self) -> np.ndarray:
        """Ĩ, the flattened input; it ends with a constant 1 where the bias is a column of C̃."""
        return np.concatenate([self.x.ravel(), np.ones(self.matrix.shape[1] - self.x.size)])

    @property
    def x_texts(self) -> list[str]:
        """What stands in Ĩ: x₁, x₂ ... or the numbers."""
        names = [f"x_{{{number}}}" for number in range(1, self.x.size + 1)]
        constant = ["1"] * (self.matrix.shape[1] - self.x.size)
        return written(self.column) if self.numbers else names + constant

    @property
    def y_texts(self) -> list[str]:
        """What stands in Õ: y₁, y₂ ... or the numbers."""
        names = [f"y_{{{number}}}" for number in range(1, self.y.size + 1)]
        return written(self.y) if self.numbers else names

    @property
    def bias_texts(self) -> list[str]:
        """What stands in the bias vector, one text for each row of C̃."""
        names = ["b"] if len(self.bias) == 1 else [f"b_{{{n + 1}}}" for n in range(len(self.bias))]
        names = written(self.bias) if self.numbers else names
        return [name for name in names for _ in range(self.y[0].size)]

    def kernel_texts(self, out: int, depth: int) -> list[str]:
        """Return what stands in the cells of a kernel, flat."""
        if self.numbers:
            return written(self.weight[out, depth])
        return [self.symbol(cell) for cell in self.order.ravel()]

    def entry_text(self, row: int, col: int) -> str:
        """Return what stands in an entry of C̃; an empty string for a zero."""
        which = self.which[row, col]
        if which == ZERO:
            return ""
        if self.numbers:
            return plain(self.matrix[row, col])
        return self.bias_texts[row] if which == CONSTANT else self.symbol(which)

    def symbol(self, cell: int) -> str:
        """Return the symbol of a kernel cell, counted along the rows; symbols count from 1.

        Those of several channels differ by their place only.
        """
        row, col = divmod(int(cell), self.weight.shape[3])
        return f"w_{{{row + 1},{col + 1}}}"

    @property
    def zeros(self) -> float:
        """The share of the entries of C̃ that hold no weight."""
        return float((self.which == ZERO).mean())


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


def product(
    state: MatrixState, x: np.ndarray | None = None, weight: np.ndarray | None = None
) -> Product:
    """Write a convolution as a matrix product.

    Parameters
    ----------
    state : MatrixState
    x : ndarray, shape (channels, rows, cols), optional
    weight : ndarray, shape (out, in, rows, cols), optional
        Numbers to use instead of the sample; a state smaller than they are takes their upper left
        part.
    """
    geometry, (depth, out) = state.geometry, state.channels
    (rows, cols), (height, width) = geometry.input_shape, geometry.kernel_size
    x = (INPUTS if x is None else x)[:depth, :rows, :cols]
    if weight is None:
        weight = numbered_kernels(state.channels, geometry.kernel_size)
    weight = weight[:out, :depth, :height, :width]
    cells = np.broadcast_to(np.arange(1.0, height * width + 1).reshape(height, width), weight.shape)
    if state.flipped:
        weight, cells = flip(weight), flip(cells)
    matrix = conv_matrix(weight, geometry.input_shape, **geometry.layout)
    which = conv_matrix(cells, geometry.input_shape, **geometry.layout).astype(int) - 1
    bias = np.zeros(out) if state.bias == NO_BIAS else BIAS[:out]
    if state.bias == AS_COLUMN:
        matrix = np.column_stack([matrix, np.repeat(bias, geometry.steps)])
        which = np.column_stack([which, np.full(len(which), CONSTANT)])
    y = conv2d(x, weight, bias, **geometry.layout)
    order = cells[0, 0].astype(int) - 1
    return Product(x, weight, bias, y, matrix, which, order, state.numbers)


def written(values: np.ndarray) -> list[str]:
    """Write all numbers of an array, flat."""
    return [plain(value) for value in np.ravel(values)]
