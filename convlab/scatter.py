"""The two inner loops of a backward pass: C̃ᵀ times a gradient, and what each weight met.

Both work as the forward pass does, the other way round: one matrix product per kernel row and
group, on strips that hold each input column once per kernel column that meets it.

Inside, the images of a batch come last: (channel, row, col, image). The rows that a kernel row
meets then lie in one piece, all images together, so that each product is a single large one, and
whatever is copied or added is copied in long runs, however small the images are.
"""

from __future__ import annotations

import numpy as np

from convlab.arrays import Array
from convlab.geometry import Geometry
from convlab.memory import check_memory
from convlab.operands import padded_room

COPIES = "a copy for each column of the kernel"
IN_PARTS = "take some images of the batch at a time"


def images_last(images: Array) -> Array:
    """Bring (batch, channel, row, col) to (channel, row, col, batch), in one piece."""
    return np.ascontiguousarray(images.transpose(1, 2, 3, 0))


def images_first(stacks: Array) -> Array:
    """Bring (channel, row, col, batch) back to (batch, channel, row, col), in one piece."""
    return np.ascontiguousarray(stacks.transpose(3, 0, 1, 2))


def scatter(
    values: Array, bank: Array, shape: tuple[int, int], geometry: Geometry, groups: int
) -> Array:
    """Add each value of each window, times the kernel, to the padded cells of that window.

    This is C̃ᵀ: what the forward pass of a convolution reads, this writes to.

    Parameters
    ----------
    values : ndarray, shape (out, output rows, output cols, batch)
    bank : ndarray, shape (out, in / groups, rows, cols)
    shape : (int, int)
        Rows and columns to write to: the geometry's padded shape, or more.
    geometry : Geometry
        Of the convolution whose windows these are.
    groups : int

    Returns
    -------
    ndarray, shape (in, *shape, batch)
    """
    if bank.shape[:2] == (groups, 1):
        return _scatter_alone(values, bank[:, 0], shape, geometry)
    height, width = geometry.kernel_size
    split = bank.reshape(groups, -1, *bank.shape[1:])
    outputs, depth = split.shape[1:3]
    batch, out_cols = values.shape[3], geometry.output_shape[1]
    flat = values.reshape(groups, outputs, -1)
    # Kernel row first, and each matrix in one piece: only then are the products fast.
    cells = np.ascontiguousarray(split.transpose(3, 0, 4, 2, 1))
    cells = cells.reshape(height, groups, width * depth, outputs)
    room = (groups, width * depth, shape[0], out_cols, batch)
    check_memory("grad_output", COPIES, room, values.itemsize, IN_PARTS)
    strips = np.zeros(room, values.dtype)
    products = np.empty((*room[:2], flat.shape[2]), values.dtype)
    for u in range(height):
        np.matmul(cells[u], flat, out=products)
        view = strips[:, :, geometry.reach(0, u)]
        view += products.reshape(view.shape)
    by_column = strips.reshape(groups, width, depth, shape[0], out_cols, batch)
    canvas = np.zeros((groups, depth, *shape, batch), values.dtype)
    for v in range(width):
        view = canvas[:, :, :, geometry.reach(1, v)]
        view += by_column[:, v]
    return canvas.reshape(groups * depth, *shape, batch)


def scatter_back(values: Array, bank: Array, geometry: Geometry, groups: int) -> Array:
    """Scatter into an input of zeros, and return it without its padding, images first again."""
    batch, channels = values.shape[3], groups * bank.shape[1]
    padded_room((batch, channels), geometry, values.itemsize)
    padded = scatter(values, bank, geometry.padded_shape, geometry, groups)
    return images_first(padded[:, *geometry.inside])


def pair(values: Array, padded: Array, geometry: Geometry, groups: int) -> Array:
    """Sum value × padded cell over all windows and images, for each cell of each kernel.

    Parameters
    ----------
    values : ndarray, shape (out, output rows, output cols, batch)
    padded : ndarray, shape (batch, in, padded rows, padded cols)
    geometry : Geometry
    groups : int

    Returns
    -------
    ndarray, shape (out, in / groups, rows, cols)
    """
    if len(values) == padded.shape[1] == groups:
        return _pair_alone(values, padded, geometry)
    height, width = geometry.kernel_size
    source = padded.transpose(1, 2, 3, 0)
    channels, rows, _, batch = source.shape
    flat = values.reshape(groups, len(values) // groups, -1)
    room = (channels, width, rows, geometry.output_shape[1], batch)
    check_memory("x", COPIES, room, padded.itemsize, IN_PARTS)
    strips = np.empty(room, padded.dtype)
    for v in range(width):
        strips[:, v] = source[:, :, geometry.reach(1, v)]
    depth = channels // groups
    cells = np.empty((height, *flat.shape[:2], depth * width), padded.dtype)
    for u in range(height):
        seen = strips[:, :, geometry.reach(0, u)].reshape(groups, depth * width, flat.shape[2])
        np.matmul(flat, seen.swapaxes(1, 2), out=cells[u])
    kernels = cells.reshape(height, len(values), depth, width)
    return np.ascontiguousarray(kernels.transpose(1, 2, 0, 3))


# Where channels do not mix, a multiply-add per kernel cell is faster, as in the forward pass.


def _scatter_alone(
    values: Array, kernels: Array, shape: tuple[int, int], geometry: Geometry
) -> Array:
    canvas = np.zeros((len(values), *shape, values.shape[3]), values.dtype)
    product = np.empty_like(values)
    for row, col, cells in geometry.taps:
        np.multiply(values, kernels[:, row, col].reshape(-1, 1, 1, 1), out=product)
        view = canvas[:, *cells]
        view += product
    return canvas


def _pair_alone(values: Array, padded: Array, geometry: Geometry) -> Array:
    source, product = padded.transpose(1, 2, 3, 0), np.empty_like(values)
    kernels = np.empty((len(values), 1, *geometry.kernel_size), values.dtype)
    for row, col, cells in geometry.taps:
        np.multiply(values, source[:, *cells], out=product)
        kernels[:, 0, row, col] = product.reshape(len(product), -1).sum(axis=1)
    return kernels
