"""The scatter step, C̃ᵀ: what the forward pass of a convolution reads, this writes to."""

from __future__ import annotations

import numpy as np

from convlab.arrays import Array
from convlab.geometry import Geometry


def scatter(values: Array, bank: Array, padded: Array, geometry: Geometry, groups: int) -> None:
    """Add each value of each window, times the kernel, to the padded cells of that window.

    Parameters
    ----------
    values : ndarray, shape (batch, out, output rows, output cols)
    bank : ndarray, shape (out, in / groups, rows, cols)
    padded : ndarray, shape (batch, in, padded rows, padded cols)
        Changed in place; it may be larger than the geometry's padded shape.
    geometry : Geometry
        Of the convolution whose windows these are.
    groups : int
    """
    split = bank.reshape(groups, -1, *bank.shape[1:])
    flat = values.reshape(len(values), *split.shape[:2], geometry.steps)
    # Kernel cell first, and each matrix in one piece: only then are the products fast.
    cells = np.ascontiguousarray(split.transpose(3, 4, 0, 2, 1))
    for tap in geometry.taps:
        view = padded[(..., *tap.view)]
        view += (cells[tap.row, tap.col] @ flat).reshape(view.shape)
