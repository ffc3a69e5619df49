"""Convolution as one matrix product, by unrolling the kernel.

C̃ is the matrix with ỹ = C̃ x̃ for the flattened input x̃ and output ỹ.
Row i of C̃ belongs to output pixel i and holds the kernel's weights where its window meets the
input; column j belongs to input cell j and says which outputs that cell feeds, and how strongly.
Both are flattened row by row, channel by channel. C̃ acts on the *unpadded* input: a weight that
falls on padding multiplies a zero, so it has no column.

The other way, to unroll the input, is `patch_matrix`.

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, section 4.1.
"""

from __future__ import annotations

from typing import Any, Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse as sp

from convlab.aliases import IntPair, Padding
from convlab.arguments import as_flag
from convlab.arrays import Array, as_array
from convlab.geometry import Geometry
from convlab.operands import as_bank, as_groups
from convlab.patches import fold, patch_matrix

__all__ = ["DENSE_LIMIT", "conv_matrix", "fold", "patch_matrix"]

DENSE_LIMIT = 2**30
"""Bytes of the largest dense C̃ that `conv_matrix` builds."""

Indices = NDArray[np.intp]


@overload
def conv_matrix(
    weight: ArrayLike,
    input_shape: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
    sparse: Literal[False] = False,
) -> Array: ...
@overload
def conv_matrix(
    weight: ArrayLike,
    input_shape: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
    sparse: Literal[True],
) -> sp.csr_array: ...
@overload
def conv_matrix(
    weight: ArrayLike,
    input_shape: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
    sparse: bool,
) -> Array | sp.csr_array: ...
def conv_matrix(
    weight: ArrayLike,
    input_shape: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
    sparse: bool = False,
) -> Array | sp.csr_array:
    """Return C̃, the matrix that convolves a flattened input.

    ``conv_matrix(w, x.shape[-2:], ...) @ x.ravel() == conv2d(x, w, ...).ravel()``

    Parameters
    ----------
    weight : array_like, shape (rows, cols) or (out, in / groups, rows, cols)
        One kernel, or a bank of them.
    input_shape : int or (int, int)
        Rows and columns of one channel of the input, without padding.
    stride, padding, dilation, groups
        As for `conv2d`. With groups C̃ consists of blocks, one per group, along its diagonal.
    sparse : bool, default False
        Return a `scipy.sparse.csr_array`, built without the dense matrix. It stores one entry per
        weight that meets the input, weights of value zero included.

    Returns
    -------
    ndarray or csr_array, shape (out · output pixels, in · input cells)

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; if `weight` is no array of numbers; if `groups` does not divide the
        output channels; if the dense matrix would need more than 1 GiB.

    Examples
    --------
    >>> conv_matrix([[1, 2], [3, 4]], (2, 3))
    array([[1., 2., 0., 3., 4., 0.],
           [0., 1., 2., 0., 3., 4.]])
    """
    bank = as_bank(as_array("weight", weight, ndim=(2, 4)))
    geometry = Geometry(
        input_shape, bank.shape[-2:], stride=stride, padding=padding, dilation=dilation
    )
    groups = as_groups(groups, output=len(bank))
    if as_flag("sparse", sparse) and bank.dtype not in (np.float32, np.float64):
        raise TypeError(f"`weight` must be float32 or float64 to be sparse, got {bank.dtype}")
    size = geometry.input_shape[0] * geometry.input_shape[1]
    shape = (len(bank) * geometry.steps, groups * bank.shape[1] * size)
    if not sparse:
        _check_memory(shape, bank.dtype.itemsize)
    pixel, cell, source = _pattern(geometry)
    out, depth = (np.asarray(axis) for axis in np.indices(bank.shape[:2]))
    depth = depth + out * groups // len(bank) * bank.shape[1]
    rows = (out[..., None] * geometry.steps + pixel).ravel()
    cols = (depth[..., None] * size + source).ravel()
    values = bank.reshape(*bank.shape[:2], -1)[..., cell].ravel()
    if sparse:
        # Indices of 4 bytes save a third of the memory; scipy keeps the width it is given.
        index = np.int32 if max(*shape, values.size) < 2**31 else np.int64
        return sp.csr_array((values, (rows.astype(index), cols.astype(index))), shape=shape)
    matrix = np.zeros(shape, bank.dtype)
    matrix[rows, cols] = values
    return matrix


def _pattern(geometry: Geometry) -> tuple[Indices, Indices, Indices]:
    """Return, for each weight that meets the input: output pixel, kernel cell, input cell."""
    (top, _), (left, _) = geometry.padding
    height, width = geometry.input_shape
    pixels: list[Indices] = []
    cells: list[Indices] = []
    sources: list[Indices] = []
    all_rows = np.arange(geometry.padded_shape[0]).reshape(-1, 1) - top
    all_cols = np.arange(geometry.padded_shape[1]) - left
    for cell, tap in enumerate(geometry.taps):
        rows, cols = all_rows[tap.view[0]], all_cols[tap.view[1]]
        inside = (rows >= 0) & (rows < height) & (cols >= 0) & (cols < width)
        pixels.append(np.flatnonzero(inside))
        cells.append(np.full(len(pixels[-1]), cell))
        sources.append((rows * width + cols)[inside])
    return np.concatenate(pixels), np.concatenate(cells), np.concatenate(sources)


def _check_memory(shape: tuple[int, int], itemsize: int) -> None:
    bytes_needed: Any = shape[0] * shape[1] * itemsize
    if bytes_needed > DENSE_LIMIT:
        raise ValueError(
            f"`input_shape` is too large for a dense matrix: {shape[0]} × {shape[1]} entries need "
            f"{bytes_needed / 2**30:.1f} GiB, the limit is {DENSE_LIMIT / 2**30:.0f} GiB; "
            "say sparse=True"
        )
