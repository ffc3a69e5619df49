"""Which kernel some weights are, and what becomes of one in another size."""

from __future__ import annotations

from functools import lru_cache
from math import comb

import numpy as np

from convlab.kernels import KERNELS, Kernel

OWN_KERNEL = "your own"
Rows = tuple[tuple[float, ...], ...]
"""The weights of a kernel."""


def whole(kernel: Kernel) -> tuple[Rows, float]:
    """Return a kernel as whole weights and the smallest divisor that allows them.

    Examples
    --------
    >>> whole(KERNELS["Gaussian 3x3"])
    (((1.0, 2.0, 1.0), (2.0, 4.0, 2.0), (1.0, 2.0, 1.0)), 16.0)
    """
    for divisor in range(1, 257):
        weights = np.rint(kernel.weights * divisor)
        if np.allclose(weights, kernel.weights * divisor, rtol=0, atol=1e-9):
            return _rows(weights), float(divisor)
    return _rows(kernel.weights), 1.0


@lru_cache(maxsize=256)
def name_of(weights: Rows, divisor: float) -> str:
    """Return the name of the kernel that these weights are, or ``"your own"``."""
    array = np.divide(weights, divisor)
    for kernel in KERNELS.values():
        if kernel.weights.shape == array.shape and np.allclose(kernel.weights, array):
            return kernel.name
    return OWN_KERNEL


def another_size(weights: Rows, divisor: float, size: int) -> tuple[Rows, float] | None:
    """Return a mean or a Gaussian in another size, with its divisor; None for other kernels.

    Gaussians are those of binomial coefficients: 1 2 1, 1 3 3 1, 1 4 6 4 1, …

    Examples
    --------
    >>> another_size(((1, 1), (1, 1)), 4, 3)
    (((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)), 9.0)
    >>> another_size(((1, 2), (3, 4)), 10, 3) is None
    True
    """
    array = np.divide(weights, divisor)
    if len(array) == 1:
        return None
    for family in (np.ones, _binomial):
        if np.allclose(array, _mean_of(family(len(array)))):
            column = family(size)
            return _rows(np.outer(column, column)), float(column.sum() ** 2)
    return None


def _binomial(size: int) -> np.ndarray:
    return np.array([comb(size - 1, place) for place in range(size)], float)


def _mean_of(column: np.ndarray) -> np.ndarray:
    return np.asarray(np.outer(column, column) / column.sum() ** 2)


def _rows(weights: np.ndarray) -> Rows:
    return tuple(map(tuple, (weights + 0.0).tolist()))
