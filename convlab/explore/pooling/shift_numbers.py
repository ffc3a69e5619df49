"""What a shift of the input does to a pooled map: the numbers before and after.

R. Zhang, *Making Convolutional Networks Shift-Invariant Again*, ICML 2019, arXiv:1904.11486, shows
that every layer that skips positions, pooling too, answers a shifted input with other numbers;
and that smoothing before the skipping tempers it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from convlab.convolution import conv2d
from convlab.pooling import avg_pool2d, max_pool2d

SIDE = 12
"""Rows and columns of the input."""
FARTHEST = 4
"""Columns that the input may move."""

_DIGIT = """
    ................
    ......4444......
    .....4....4.....
    .....4....4.....
    ..........4.....
    ........44......
    ..........4.....
    ..........4.....
    .....4....4.....
    .....4....4.....
    ......4444......
    ................
"""
_ROWS, _COLS = np.mgrid[:SIDE, : SIDE + FARTHEST]


def _drawn(picture: str) -> np.ndarray:
    rows = picture.split()
    return np.array([[0.0 if mark == "." else float(mark) for mark in row] for row in rows])


def _dot() -> np.ndarray:
    return np.where((_ROWS == 4) & (_COLS == FARTHEST + 4), 4.0, 0.0)


def _stripes() -> np.ndarray:
    return np.where((_COLS - FARTHEST) % 4 >= 2, 4.0, 0.0)


def _soft() -> np.ndarray:
    away = (_ROWS - 5.5) ** 2 + (_COLS - FARTHEST - 4.5) ** 2
    return np.asarray(np.rint(8 * np.exp(-away / 14)))


PATTERNS = {
    "a digit": _drawn(_DIGIT),
    "one dot": _dot(),
    "stripes": _stripes(),
    "a soft spot": _soft(),
}
"""Each SIDE × (SIDE + FARTHEST): what moves in from the left is there already."""


@dataclass(frozen=True)
class ShiftState:
    """A pattern, how far it is moved to the right, and how all layers look at it.

    Parameters
    ----------
    pattern : str
        One of `PATTERNS`.
    shift : int
        Columns.
    size, stride : int
        Of every window.
    """

    pattern: str = "a digit"
    shift: int = 1
    size: int = 2
    stride: int = 2

    @property
    def moved(self) -> int:
        """By how many whole cells the outputs are to move along: the nearest to shift / stride.

        The lesser of two that are equally near, so that half a stride asks whether outputs stay.
        """
        return -((self.stride - 2 * self.shift) // (2 * self.stride))

    @property
    def rest(self) -> int:
        """Columns by which the input has moved farther than its outputs; negative for less far."""
        return self.shift - self.moved * self.stride

    @property
    def halfway(self) -> bool:
        """Whether one cell more would be as near."""
        return 2 * self.rest == self.stride

    def input(self, shift: int) -> np.ndarray:
        """Return the pattern, moved to the right."""
        start = FARTHEST - shift
        return PATTERNS[self.pattern][:, start : start + SIDE]


class Answer(NamedTuple):
    """What one layer makes of the input, and of the moved input.

    `moved` is by how many whole cells the output is to move along. `margin` is at how many columns
    on either side the layer saw beyond the edge of its input.
    """

    layer: str
    before: np.ndarray
    after: np.ndarray
    moved: int
    margin: tuple[int, int] = (0, 0)

    @property
    def compared(self) -> np.ndarray:
        """Which cells of `after` have a cell of `before` to be compared with: bool."""
        left, right = self.margin
        columns = np.arange(self.after.shape[1])
        known = (columns >= self.moved + left) & (columns < len(columns) - right)
        return np.broadcast_to(known, self.after.shape)

    @property
    def realigned(self) -> np.ndarray:
        """`before`, moved along by whole cells; 0 where nothing is known."""
        columns = self.before.shape[1] - self.moved
        return np.pad(self.before[:, :columns], ((0, 0), (self.moved, 0)))

    @property
    def changed(self) -> np.ndarray:
        """Which of the compared cells hold another number than before, once realigned."""
        return np.asarray(self.compared & ~np.isclose(self.realigned, self.after))

    @property
    def change(self) -> float:
        """How much changed, Σ|after − before| / Σ(|after| + |before|): from 0, nothing, to 1."""
        before, after = self.realigned[self.compared], self.after[self.compared]
        both = np.abs(after).sum() + np.abs(before).sum()
        return float(np.abs(after - before).sum() / both) if both else 0.0


def edge_kernel(size: int) -> np.ndarray:
    """Return a kernel that takes its right half from its left half: not symmetric, on purpose.

    Examples
    --------
    >>> edge_kernel(3)
    array([[ 1.,  0., -1.],
           [ 1.,  0., -1.],
           [ 1.,  0., -1.]])
    """
    ramp = np.sign((size - 1) / 2 - np.arange(size))
    return np.tile(ramp, (size, 1))


def max_then_smooth(x: np.ndarray, size: int, stride: int) -> np.ndarray:
    """Pool with stride 1, smooth with weights 1 2 1 both ways, then keep every stride-th.

    Zhang's *MaxBlurPool*; the edges are repeated for the smoothing.
    """
    dense = max_pool2d(x, size, stride=1)
    smooth = np.outer([1, 2, 1], [1, 2, 1]) / 16
    return conv2d(np.pad(dense, 1, mode="edge"), smooth, stride=stride)


@lru_cache(maxsize=64)
def answers(state: ShiftState) -> tuple[Answer, ...]:
    """Return what the four layers answer, in the order in which they are drawn."""
    size, stride = state.size, state.stride
    layers: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "max pool": lambda x: max_pool2d(x, size, stride=stride),
        "average pool": lambda x: avg_pool2d(x, size, stride=stride),
        "convolution": lambda x: conv2d(x, edge_kernel(size), stride=stride),
        "max, smoothed": lambda x: max_then_smooth(x, size, stride),
    }
    before, after = state.input(0), state.input(state.shift)
    # Only the smoothing reads beyond the edge: before its first column, and perhaps after its last.
    ends_outside = (SIDE - size) % stride == 0
    margins = {"max, smoothed": (1, int(ends_outside))}
    return tuple(
        Answer(name, layer(before), layer(after), state.moved, margins.get(name, (0, 0)))
        for name, layer in layers.items()
    )
