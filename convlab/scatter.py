"""The two inner loops of a backward pass: C̃ᵀ times a gradient, and what each weight met.

Both work as the forward pass does, the other way round: one matrix product per kernel row and
group, on strips that hold each input column once per kernel column that meets it. Inside, the
batch stands between rows and columns, so that the rows that a kernel row meets lie in one piece,
all images together, and each product is a single large one.
"""

from __future__ import annotations

import numpy as np

from convlab.arrays import Array
from convlab.geometry import Geometry
from convlab.memory import check_memory
from convlab.operands import padded_room

COPIES = "a copy for each column of the kernel"
IN_PARTS = "take some images of the batch at a time"


def scatter(values: Array, bank: Array, padded: Array, geometry: Geometry, groups: int) -> None:
    """Add each value of each window, times the kernel, to the padded cells of that window.

    This is C̃ᵀ: what the forward pass of a convolution reads, this writes to.

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
    (height, width), (out_rows, out_cols) = geometry.kernel_size, geometry.output_shape
    split = bank.reshape(groups, -1, *bank.shape[1:])
    outputs, depth = split.shape[1:3]
    target = padded.transpose(1, 2, 0, 3)
    rows, batch = target.shape[1:3]
    flat = values.transpose(1, 2, 0, 3).reshape(groups, outputs, -1)
    # Kernel row first, and each matrix in one piece: only then are the products fast.
    cells = np.ascontiguousarray(split.transpose(3, 0, 4, 2, 1))
    shape = (groups, width * depth, rows, batch, out_cols)
    check_memory("grad_output", COPIES, shape, padded.itemsize, IN_PARTS)
    strips = np.zeros(shape, padded.dtype)
    for u in range(height):
        products = cells[u].reshape(groups, width * depth, outputs) @ flat
        view = strips[:, :, geometry.reach(0, u)]
        view += products.reshape(*strips.shape[:2], out_rows, batch, out_cols)
    by_column = strips.reshape(groups, width, depth, rows, batch, out_cols)
    for v in range(width):
        view = target[..., geometry.reach(1, v)]
        view += by_column[:, v].reshape(view.shape)


def scatter_back(values: Array, bank: Array, geometry: Geometry, groups: int) -> Array:
    """Scatter into an input of zeros, and return it without its padding, as `scatter` says.

    It comes in one piece: what follows would have to copy a view into the padded one.
    """
    channels = groups * bank.shape[1]
    shape = padded_room((len(values), channels), geometry, values.itemsize)
    padded = np.zeros(shape, values.dtype)
    scatter(values, bank, padded, geometry, groups)
    return np.ascontiguousarray(padded[(..., *geometry.inside)])


def pair(values: Array, padded: Array, geometry: Geometry, groups: int) -> Array:
    """Sum value × padded cell over all windows and images, for each cell of each kernel.

    Parameters
    ----------
    values : ndarray, shape (batch, out, output rows, output cols)
    padded : ndarray, shape (batch, in, padded rows, padded cols)
    geometry : Geometry
    groups : int

    Returns
    -------
    ndarray, shape (out, in / groups, rows, cols)
    """
    height, width = geometry.kernel_size
    source = padded.transpose(1, 2, 0, 3)
    channels, rows, batch = source.shape[:3]
    flat = values.transpose(1, 2, 0, 3).reshape(groups, values.shape[1] // groups, -1)
    shape = (channels, width, rows, batch, geometry.output_shape[1])
    check_memory("x", COPIES, shape, padded.itemsize, IN_PARTS)
    strips = np.empty(shape, padded.dtype)
    for v in range(width):
        strips[:, v] = source[..., geometry.reach(1, v)]
    depth = channels // groups
    cells = np.empty((height, *flat.shape[:2], depth * width), padded.dtype)
    for u in range(height):
        seen = strips[:, :, geometry.reach(0, u)].reshape(groups, depth * width, flat.shape[2])
        np.matmul(flat, seen.swapaxes(1, 2), out=cells[u])
    kernels = cells.reshape(height, values.shape[1], depth, width)
    return np.ascontiguousarray(kernels.transpose(1, 2, 0, 3))
