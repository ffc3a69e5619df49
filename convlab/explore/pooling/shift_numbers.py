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

    def input(self, shift: int) -> np.ndarray:
        """Return the pattern, moved to the right."""
        start = FARTHEST - shift
        return PATTERNS[self.pattern][:, start : start + SIDE]


class Answer(NamedTuple):
    """What one layer makes of the input, and of the moved input."""

    layer: str
    before: np.ndarray
    after: np.ndarray

    @property
    def changed(self) -> np.ndarray:
        """Which cells hold another number than before."""
        return np.asarray(~np.isclose(self.before, self.after))

    @property
    def change(self) -> float:
        """How much changed, Σ|after − before| / Σ(|after| + |before|): from 0, nothing, to 1."""
        both = np.abs(self.after).sum() + np.abs(self.before).sum()
        return float(np.abs(self.after - self.before).sum() / both) if both else 0.0


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
    return tuple(Answer(name, layer(before), layer(after)) for name, layer in layers.items())
