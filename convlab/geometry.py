"""Shapes, padding and windows: the arithmetic that every other module takes its word from.

Along one axis, with input size n, kernel size k, stride s, dilation d and padding per side,

    span    = d(k − 1) + 1                              what one window reaches over
    output  = ⌊(n + before + after − span) / s⌋ + 1     how many windows fit

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, sections 2 and 5.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from convlab.aliases import IntPair, Layout, Padding, PaddingWord, Pair, Sides
from convlab.arguments import as_int, as_pair
from convlab.padding import as_sides, same_padding

__all__ = ["Geometry", "Pair", "Sides", "Tap", "Window", "as_sides", "output_size", "same_padding"]


class Window(NamedTuple):
    """One stop of the kernel: the output pixel, and what it reads of the padded input."""

    pixel: Pair
    rows: range
    cols: range


class Tap(NamedTuple):
    """One kernel cell, and the slice of the padded input that it meets over all windows."""

    row: int
    col: int
    view: tuple[slice, slice]


@dataclass(frozen=True)
class Geometry:
    """How a kernel is laid over an input: sizes, stride, padding, dilation.

    Parameters
    ----------
    input_shape, kernel_size : int or (int, int)
        Rows and columns, each at least 1; an int means both.
    stride, dilation : int or (int, int), default 1
        Vertical and horizontal, each at least 1. Dilation 1 leaves no gaps.
    padding : int, (int, int), ((int, int), (int, int)) or str, default 0
        Cells added *per side*: one int for all sides, (vertical, horizontal), or
        ((top, bottom), (left, right)); or ``"valid"`` (none), ``"same"`` (output ⌈n/s⌉, an odd
        cell goes to the end) or ``"full"`` (d(k−1) on each side: at stride 1,
        every overlap of kernel and input).

    Attributes
    ----------
    padding : ((int, int), (int, int))
        After construction every field is a pair, and `padding` is a pair of pairs.

    Raises
    ------
    TypeError
        If an argument is not an int, a pair, or a known word.
    ValueError
        If a value is out of range, or the kernel does not fit into the padded input.

    Examples
    --------
    >>> g = Geometry((5, 5), (3, 3), stride=(1, 2))
    >>> g.output_shape, g.steps
    ((3, 2), 6)
    >>> g.window(1)
    Window(pixel=(0, 1), rows=range(0, 3), cols=range(2, 5))
    >>> Geometry(224, 7, stride=2, padding="same").padding
    ((2, 3), (2, 3))
    """

    input_shape: Pair
    kernel_size: Pair
    stride: Pair
    padding: Sides
    dilation: Pair

    def __init__(
        self,
        input_shape: IntPair,
        kernel_size: IntPair,
        *,
        stride: IntPair = 1,
        padding: Padding = 0,
        dilation: IntPair = 1,
    ) -> None:
        pairs = {
            "input_shape": as_pair("input_shape", input_shape, 1),
            "kernel_size": as_pair("kernel_size", kernel_size, 1),
            "stride": as_pair("stride", stride, 1),
            "dilation": as_pair("dilation", dilation, 1),
        }
        axes = list(zip(*pairs.values(), strict=True))
        for name, value in {**pairs, "padding": as_sides(padding, axes)}.items():
            object.__setattr__(self, name, value)
        self._check_fit()

    def _check_fit(self) -> None:
        for axis, span, size in zip(("rows", "columns"), self.span, self.padded_shape, strict=True):
            if span > size:
                raise ValueError(
                    f"`kernel_size` does not fit: {self.kernel_size} with dilation "
                    f"{self.dilation} spans {span} {axis}, the padded input has {size}"
                )

    @property
    def layout(self) -> Layout:
        """Stride, padding and dilation, as keywords: ``conv2d(x, w, **geometry.layout)``."""
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}

    @cached_property
    def span(self) -> Pair:
        """Rows and columns that one window reaches over, gaps included: d(k − 1) + 1."""
        (kh, kw), (dh, dw) = self.kernel_size, self.dilation
        return dh * (kh - 1) + 1, dw * (kw - 1) + 1

    @cached_property
    def padded_shape(self) -> Pair:
        """Rows and columns of the input with its padding."""
        (top, bottom), (left, right) = self.padding
        return self.input_shape[0] + top + bottom, self.input_shape[1] + left + right

    @cached_property
    def inside(self) -> tuple[slice, slice]:
        """The rows and columns of the padded input that are the input itself."""
        (top, _), (left, _) = self.padding
        rows, cols = self.input_shape
        return slice(top, top + rows), slice(left, left + cols)

    @cached_property
    def output_shape(self) -> Pair:
        """Rows and columns of the output."""
        return (
            (self.padded_shape[0] - self.span[0]) // self.stride[0] + 1,
            (self.padded_shape[1] - self.span[1]) // self.stride[1] + 1,
        )

    @property
    def steps(self) -> int:
        """Number of windows, which is the number of output pixels."""
        return self.output_shape[0] * self.output_shape[1]

    @property
    def leftover(self) -> Pair:
        """Rows and columns at the far end of the padded input that no window reaches."""
        return (
            (self.padded_shape[0] - self.span[0]) % self.stride[0],
            (self.padded_shape[1] - self.span[1]) % self.stride[1],
        )

    def window(self, step: int) -> Window:
        """Return the window of one step; steps run along the rows of the output.

        Parameters
        ----------
        step : int
            From 0 to ``steps - 1``.

        Returns
        -------
        Window
            ``pixel`` is the output pixel (row, column); ``rows`` and ``cols`` are the rows and
            columns of the *padded* input that it reads, one per kernel cell.

        Raises
        ------
        TypeError
            If `step` is no int.
        IndexError
            If there is no such step.
        """
        number = as_int(step)
        if number is None:
            raise TypeError(f"`step` must be an int, got {step!r}")
        if not 0 <= number < self.steps:
            raise IndexError(f"`step` must be from 0 to {self.steps - 1}, got {number}")
        row, col = divmod(number, self.output_shape[1])
        top, left = row * self.stride[0], col * self.stride[1]
        return Window(
            (row, col),
            range(top, top + self.span[0], self.dilation[0]),
            range(left, left + self.span[1], self.dilation[1]),
        )

    @property
    def taps(self) -> Iterator[Tap]:
        """Kernel cells in row-major order, each with the padded cells it meets over all windows.

        ``padded[tap.view]`` has the shape of the output. Forward and backward passes are both a
        loop over these views.
        """
        for row in range(self.kernel_size[0]):
            for col in range(self.kernel_size[1]):
                yield Tap(row, col, (self.reach(0, row), self.reach(1, col)))

    def reach(self, axis: int, cell: int) -> slice:
        """Return the padded rows (axis 0) or columns (axis 1) that a kernel row or column meets."""
        start = cell * self.dilation[axis]
        stop = start + self.stride[axis] * (self.output_shape[axis] - 1) + 1
        return slice(start, stop, self.stride[axis])


def output_size(
    size: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: IntPair | PaddingWord = 0,
    dilation: int = 1,
) -> int:
    """Return the output size along one axis: ⌊(n + before + after − d(k−1) − 1)/s⌋ + 1.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        Along this axis, each at least 1.
    padding : int, (int, int) or str, default 0
        Per side, or (before, after), or ``"valid"``, ``"same"``, ``"full"``.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`.

    Examples
    --------
    >>> output_size(5, 3), output_size(224, 7, stride=2, padding=3)
    (3, 112)
    """
    sides: Padding = padding if isinstance(padding, str) else (0, as_pair("padding", padding, 0))
    return Geometry(
        (1, size),
        (1, kernel_size),
        stride=(1, stride),
        padding=sides,
        dilation=(1, dilation),
    ).output_shape[1]
