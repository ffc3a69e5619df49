"""Pictures to learn from, and filters to hide on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from convlab.convolution import conv2d
from convlab.images import photo, shapes
from convlab.kernels import KERNELS

Rows = tuple[tuple[float, ...], ...]

SIDE = 96
"""Rows and columns of the picture before."""
ONE_GREY = "one grey"
SECRET, OWN = "a secret", "your own"
_SECRET = ((0.0, 1.0, 2.0), (-1.0, 0.0, 1.0), (-2.0, -1.0, 0.0))
_NAMED = ("Sobel vertical", "emboss", "smooth", "Gaussian 3x3", "sharpen")
HIDDEN: dict[str, Rows] = {
    SECRET: _SECRET,
    **{name: tuple(map(tuple, KERNELS[name].weights.tolist())) for name in _NAMED},
}
"""The filters to hide, by name; and one of the reader's own comes on top."""


def _photograph() -> np.ndarray:
    """Return the middle of the photograph, each pixel the mean of 4 × 4."""
    middle = photo()[20 : 20 + 4 * SIDE, 64 : 64 + 4 * SIDE]
    return np.asarray(middle.reshape(SIDE, 4, SIDE, 4).mean(axis=(1, 3)))


def _stripes() -> np.ndarray:
    """Return columns of random greys: each row is like the one above."""
    return np.tile(np.random.default_rng(3).integers(0, 256, SIDE), (SIDE, 1)).astype(float)


def _blurred() -> np.ndarray:
    """Return the photograph with nothing fine left in it, its edge repeated."""
    twice = np.pad(_photograph(), 2, mode="edge")
    for _ in range(2):
        twice = conv2d(twice, KERNELS["smooth"].weights)
    return twice


PICTURES: dict[str, Callable[[], np.ndarray]] = {
    "photograph": _photograph,
    "the same, blurred": _blurred,
    "test card": lambda: shapes(SIDE),
    "upright stripes": _stripes,
    ONE_GREY: lambda: np.full((SIDE, SIDE), 128.0),
    "noise": lambda: np.random.default_rng(0).integers(0, 256, (SIDE, SIDE)).astype(float),
}
"""What makes each picture to learn from, by name."""


@lru_cache(maxsize=8)
def before(picture: str) -> np.ndarray:
    """Return the picture before the filter, from 0 to 1."""
    made = PICTURES[picture]() / 255
    made.flags.writeable = False
    return made


@lru_cache(maxsize=8)
def after(picture: str, weights: Rows) -> np.ndarray:
    """Return the picture after the filter: what the descent aims at."""
    made = conv2d(before(picture), np.array(weights))
    made.flags.writeable = False
    return made
