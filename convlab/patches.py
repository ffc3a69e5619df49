"""Convolution as one matrix product, by unrolling the input: *im2col*, and its way back, *col2im*.

P is the patch matrix, with y = W P for the kernels as rows of W. Column i of P is the patch that
output pixel i reads, channel by channel and row by row; a cell on padding is a zero in it.

The way back adds each entry of a patch to the cell it was read from, ⟨P(x), q⟩ = ⟨x, fold(q)⟩. It
undoes P only where no cell is read twice: `fold` of `patch_matrix` multiplies each cell by the
number of patches that read it.

Sources: K. Chellapilla, S. Puri and P. Simard, *High performance convolutional neural networks for
document processing*, IWFHR 2006; PyTorch's ``torch.nn.Unfold`` and ``torch.nn.Fold``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Padding
from convlab.arrays import Array, as_array, as_images
from convlab.geometry import Geometry
from convlab.memory import check_memory
from convlab.operands import as_batch, padded_room, with_padding


def patch_matrix(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
) -> Array:
    """Return the patches of an input as columns, one per output pixel (*im2col*).

    ``w.reshape(len(w), -1) @ patch_matrix(x, w.shape[-2:], ...)`` holds the output channels of
    ``conv2d(x, w, ...)``, flattened, as its rows.

    Parameters
    ----------
    x : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        The input.
    kernel_size : int or (int, int)
        Rows and columns of the kernel.
    stride, padding, dilation
        As for `Geometry`.

    Returns
    -------
    ndarray, shape (channels · kernel cells, output pixels), for a batch (batch, ..., ...)
        Of the input's floating-point dtype; integers become float64.

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; if `x` is no array of numbers.

    Examples
    --------
    >>> patch_matrix([[0, 1, 2], [3, 4, 5]], 2)
    array([[0., 1.],
           [1., 2.],
           [3., 4.],
           [4., 5.]])
    """
    x = as_images("x", x)
    geometry = Geometry(
        x.shape[-2:], kernel_size, stride=stride, padding=padding, dilation=dilation
    )
    shape = (*x.shape[:-2], *geometry.kernel_size, *geometry.output_shape)
    check_memory("x", "its patches", shape, x.itemsize, "take a smaller one, or a wider stride")
    padded = with_padding(as_batch(x), geometry)
    patches = np.stack([padded[(..., *tap.view)] for tap in geometry.taps], axis=2)
    rows = patches.shape[1] * patches.shape[2]
    return patches.reshape(*x.shape[:-3], rows, geometry.steps)


def fold(
    patches: ArrayLike,
    input_shape: IntPair,
    kernel_size: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
) -> Array:
    """Add each entry of each patch to the cell it was read from (*col2im*).

    This is the adjoint of `patch_matrix`: ``(patch_matrix(x, ...) * patches).sum()`` equals
    ``(x * fold(patches, ...)).sum()``. So ``fold(w.reshape(len(w), -1).T @ g, ...)`` is the
    gradient of a convolution for its input, with g the output's gradient, one row per kernel.

    Parameters
    ----------
    patches : array_like, shape ([batch,] channels · kernel cells, output pixels)
        One column per patch, as `patch_matrix` returns them.
    input_shape : int or (int, int)
        Rows and columns of the input that the patches belong to.
    kernel_size, stride, padding, dilation
        As for `patch_matrix`.

    Returns
    -------
    ndarray, shape ([batch,] channels, rows, cols)
        What fell on padding is lost, and a cell that no patch reads is 0.

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; if `patches` is no array of numbers, or does not have one row per
        channel and kernel cell, and one column per output pixel.

    Examples
    --------
    The cell in the middle column is part of both patches:

    >>> fold([[1, 1], [1, 1], [1, 1], [1, 1]], (2, 3), 2)
    array([[[1., 2., 1.],
            [1., 2., 1.]]])
    """
    patches = as_array("patches", patches, ndim=(2, 3), batch=True)
    geometry = Geometry(input_shape, kernel_size, stride=stride, padding=padding, dilation=dilation)
    cells = geometry.kernel_size[0] * geometry.kernel_size[1]
    rows, columns = patches.shape[-2:]
    if rows % cells or columns != geometry.steps:
        raise ValueError(
            f"`patches` must have a multiple of {cells} rows, one per channel and kernel cell, and "
            f"{geometry.steps} columns, one per output pixel, got shape {patches.shape}"
        )
    channels = rows // cells
    lead = (*patches.shape[:-2], channels)
    split = patches.reshape(*lead, cells, *geometry.output_shape)
    padded = np.zeros(padded_room(lead, geometry, patches.itemsize), patches.dtype)
    for cell, tap in enumerate(geometry.taps):
        padded[(..., *tap.view)] += split[..., cell, :, :]
    return padded[(..., *geometry.inside)]
