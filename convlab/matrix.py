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

import math
from collections.abc import Iterator
from typing import Any, Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse as sp

from convlab.aliases import IntPair, Padding, Pair
from convlab.arguments import as_flag
from convlab.arrays import Array, as_array
from convlab.geometry import Geometry
from convlab.memory import check_memory
from convlab.operands import as_bank, as_groups
from convlab.patches import fold, patch_matrix

__all__ = ["conv_matrix", "fold", "patch_matrix"]

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
        output channels; if the matrix would need more than 1 GiB.

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
    if sparse:
        return _sparse(bank, geometry, groups, shape)
    check_memory("input_shape", "the dense matrix", shape, bank.itemsize, "say sparse=True")
    matrix = np.zeros((len(bank), geometry.steps, groups * bank.shape[1], size), bank.dtype)
    parts = np.split(matrix, groups)
    for number, (part, kernels) in enumerate(zip(parts, np.split(bank, groups), strict=True)):
        block = part[:, :, number * bank.shape[1] : (number + 1) * bank.shape[1]]
        for cell, pixels, sources in _pattern(geometry):
            block[:, pixels, :, sources] = kernels.reshape(*kernels.shape[:2], -1)[..., cell]
    return matrix.reshape(shape)


def _sparse(bank: Array, geometry: Geometry, groups: int, shape: Pair) -> sp.csr_array:
    """Return C̃ with one entry per weight that meets the input."""
    steps, size = geometry.steps, math.prod(geometry.input_shape)
    met = [sum(len(places) for _, places in _met(geometry, axis)) for axis in (0, 1)]
    entries = bank.shape[0] * bank.shape[1] * math.prod(met)
    # Indices of 4 bytes save a third of the memory; scipy keeps the width it is given.
    index = index_type(*shape, entries)
    check_memory(
        "input_shape",
        "the sparse matrix, by its rows and entries",
        (shape[0] + entries,),
        bank.itemsize + np.dtype(index).itemsize,
        "take a smaller input, or fewer channels",
    )
    pattern = list(_pattern(geometry))
    cell = np.repeat([cell for cell, _, _ in pattern], [len(pixels) for _, pixels, _ in pattern])
    pixel = np.concatenate([pixels for _, pixels, _ in pattern]).astype(index)
    source = np.concatenate([sources for _, _, sources in pattern]).astype(index)
    out, depth = (axis.astype(index) for axis in np.indices(bank.shape[:2]))
    depth += out * groups // len(bank) * bank.shape[1]
    rows = (out[..., None] * steps + pixel).ravel()
    cols = (depth[..., None] * size + source).ravel()
    values = bank.reshape(*bank.shape[:2], -1)[..., cell].ravel()
    return sp.csr_array((values, (rows, cols)), shape=shape)


def index_type(*counts: int) -> type[np.signedinteger[Any]]:
    """Return the narrower kind of index that reaches over all of these counts.

    Examples
    --------
    >>> index_type(5, 2**31 - 1).__name__, index_type(5, 2**31).__name__
    ('int32', 'int64')
    """
    return np.int32 if max(counts) < 2**31 else np.int64


def _pattern(geometry: Geometry) -> Iterator[tuple[int, Indices, Indices]]:
    """Yield each kernel cell, with the output pixels and input cells that it joins."""
    width = geometry.kernel_size[1]
    down, across = (_met(geometry, axis) for axis in (0, 1))
    for cell in range(geometry.kernel_size[0] * width):
        (to_rows, rows), (to_cols, cols) = down[cell // width], across[cell % width]
        pixels = to_rows[:, None] * geometry.output_shape[1] + to_cols
        sources = rows[:, None] * geometry.input_shape[1] + cols
        yield cell, pixels.ravel(), sources.ravel()


def _met(geometry: Geometry, axis: int) -> list[tuple[Indices, Indices]]:
    """Return for each kernel row (axis 0) or column the output and input places that it joins."""
    size, (before, _) = geometry.input_shape[axis], geometry.padding[axis]
    windows = np.arange(geometry.output_shape[axis])
    joined = []
    for cell in range(geometry.kernel_size[axis]):
        places = windows * geometry.stride[axis] + cell * geometry.dilation[axis] - before
        inside = (places >= 0) & (places < size)
        joined.append((windows[inside], places[inside]))
    return joined
