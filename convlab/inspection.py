"""Looking into a trained network: what a cell sees, what it answers to, and what an answer needs.

`map_fields` says which part of the picture lies behind a cell of a map, `strongest` where a map
answers most, and `occlusion_map` how sure the network still is when a patch of the picture is
hidden.

Source: M. Zeiler and R. Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014,
arXiv:1311.2901, section 4.2 (occlusion) and figure 2 (the patches that a map answers to most).
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import Pair
from convlab.arguments import as_count
from convlab.arrays import Array, as_array
from convlab.convnet import ConvNet, Weights
from convlab.geometry import Geometry
from convlab.layers import Layer
from convlab.learning import softmax
from convlab.receptive_field import ReceptiveField, receptive_fields


class LayerFields(NamedTuple):
    """What one cell of a layer's maps sees of the picture; `LayerMaps` has the same names."""

    convolved: ReceptiveField
    activated: ReceptiveField
    pooled: ReceptiveField


class Answer(NamedTuple):
    """Where a map answers: in which of the pictures, at which cell, and how much."""

    picture: int
    row: int
    col: int
    value: float


def map_fields(network: ConvNet) -> tuple[LayerFields, ...]:
    """Return what one cell of each map of a network sees of the picture.

    Parameters
    ----------
    network : ConvNet

    Returns
    -------
    tuple of LayerFields
        One per layer. A score sees what all cells of the last maps see.

    Examples
    --------
    >>> first, second = map_fields(ConvNet())
    >>> first.convolved.size, first.pooled.size, second.convolved.size
    ((3, 3), (4, 4), (8, 8))
    >>> second.convolved.region(1, 0)
    ((-1, 7), (-3, 5))
    """
    pools, stride = (True, 1) if network.shrink == "pool" else (False, 2)
    layers = []
    for shape in network.map_shapes[:-1]:
        geometry = Geometry(shape, network.kernel_size, stride=stride, padding="same")
        layers.append(Layer(geometry.kernel_size, stride, geometry.padding))
        layers.extend([Layer(2, 2)] if pools else [])
    seen = receptive_fields(layers)
    every = len(layers) // len(network.kernels)
    return tuple(
        LayerFields(seen[first], seen[first], seen[first + every - 1])
        for first in range(0, len(seen), every)
    )


def strongest(maps: ArrayLike, count: int) -> tuple[Answer, ...]:
    """Return where maps of many pictures answer most: one cell for each picture, the best first.

    For windows of equal length the strongest answer, w · x = |w| |x| cos φ, is that of the window
    that looks like the kernel.

    Parameters
    ----------
    maps : array_like, shape (pictures, rows, cols)
        Of one kernel.
    count : int
        How many pictures at most.

    Returns
    -------
    tuple of Answer
        Among equals the first picture, and the first cell in row-major order.

    Raises
    ------
    TypeError, ValueError
        If `maps` has not three axes, or `count` is below 1.

    Examples
    --------
    >>> maps = [[[0, 1], [2, 3]], [[9, 0], [0, 8]]]
    >>> strongest(maps, 1)
    (Answer(picture=1, row=0, col=0, value=9.0),)
    """
    maps = as_array("maps", maps, ndim=(3,))
    count = as_count("count", count, 1)
    flat = maps.reshape(len(maps), -1)
    cells = flat.argmax(axis=1)
    values = flat[np.arange(len(flat)), cells]
    best = np.argsort(-values, kind="stable")[:count]
    width = maps.shape[2]
    places = [(int(n), *divmod(int(cells[n]), width)) for n in best]
    return tuple(Answer(n, row, col, float(values[n])) for n, row, col in places)


def patch_of(picture: ArrayLike, region: tuple[Pair, Pair]) -> Array:
    """Return a part of a picture, NaN where it lies beyond the edge.

    Parameters
    ----------
    picture : array_like, shape (rows, cols)
    region : ((int, int), (int, int))
        Rows and columns, half-open, as `ReceptiveField.region` returns them.

    Examples
    --------
    >>> patch_of([[1, 2], [3, 4]], ((-1, 1), (1, 3)))
    array([[nan, nan],
           [ 2., nan]])
    """
    picture = as_array("picture", picture, ndim=(2,))
    (top, bottom), (left, right) = region
    patch = np.full((bottom - top, right - left), np.nan)
    rows, cols = np.arange(top, bottom), np.arange(left, right)
    within = np.ix_((rows >= 0) & (rows < len(picture)), (cols >= 0) & (cols < picture.shape[1]))
    down, across = np.ix_(rows[within[0].ravel()], cols[within[1].ravel()])
    patch[within] = picture[down, across]
    return patch


def without_patch(picture: ArrayLike, cell: Pair, size: int, *, fill: float = 0.0) -> Array:
    """Return a picture with a square patch hidden.

    Parameters
    ----------
    picture : array_like, shape (rows, cols)
    cell : (int, int)
        The middle of the patch; of an even one, the lower right cell of the four in its middle.
    size : int
        Rows and columns of the patch, of which the edge of the picture may cut off some.
    fill : float, default 0
        What is put there: 0 is paper.

    Raises
    ------
    TypeError, ValueError
        If `size` is below 1, or `cell` lies beside the picture.

    Examples
    --------
    >>> without_patch([[1, 2, 3], [4, 5, 6], [7, 8, 9]], (0, 1), 2)
    array([[0., 0., 3.],
           [4., 5., 6.],
           [7., 8., 9.]])
    """
    picture = as_array("picture", picture, ndim=(2,)).copy()
    size = as_count("size", size, 1)
    row, col = (as_count("cell", at, 0) for at in cell)
    if row >= len(picture) or col >= picture.shape[1]:
        raise ValueError(f"`cell` must lie in the picture, {picture.shape}, got {cell}")
    top, left = row - size // 2, col - size // 2
    picture[max(top, 0) : top + size, max(left, 0) : left + size] = fill
    return picture


def occlusion_map(
    network: ConvNet,
    weights: Weights,
    picture: ArrayLike,
    label: int,
    *,
    size: int = 3,
    fill: float = 0.0,
) -> Array:
    """Return the probability of a class with a patch hidden, for the patch around each cell.

    Where it falls, the answer needed what was there; where it rises, that spoke against it.

    Parameters
    ----------
    network, weights
        As for `ConvNet.forward`.
    picture : array_like, shape (rows, cols)
    label : int
        The class, from 0.
    size, fill
        As for `without_patch`.

    Returns
    -------
    ndarray, shape (rows, cols)

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or there is no such class.

    Examples
    --------
    >>> network = ConvNet()
    >>> occlusion_map(network, network.start(), np.ones((8, 8)), 3, size=2).shape
    (8, 8)
    """
    picture = as_array("picture", picture, ndim=(2,), dtype=np.float64)
    if as_count("label", label, 0) >= network.classes:
        raise ValueError(f"`label` must be from 0 to {network.classes - 1}, got {label}")
    rows, cols = (range(count) for count in picture.shape)
    cells = product(rows, cols)
    hidden = [without_patch(picture, cell, size, fill=fill) for cell in cells]
    scores = network.forward(weights, hidden).scores
    return np.asarray(softmax(scores)[:, label].reshape(picture.shape))


def bitmap_counts(bitmap: ArrayLike, *, block: int = 4) -> Array:
    """Count the ink in each block of a bitmap, as the digits' 32 × 32 bitmaps became 8 × 8.

    Parameters
    ----------
    bitmap : array_like, shape (rows, cols)
        0 or False is paper; all else is ink.
    block : int, default 4
        Rows and columns of a block.

    Returns
    -------
    ndarray of float, shape (rows / block, cols / block)
        From 0 to block².

    Raises
    ------
    TypeError, ValueError
        If the bitmap has not two axes, or does not fall into whole blocks.

    Source: E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine
    Learning Repository, 1998: non-overlapping blocks of 4 × 4, the pixels that are on counted.

    Examples
    --------
    >>> bitmap_counts([[1, 1, 0, 0], [1, 0, 0, 1]], block=2)
    array([[3., 1.]])
    """
    ink = as_array("bitmap", bitmap, ndim=(2,)) != 0
    block = as_count("block", block, 1)
    rows, cols = ink.shape
    if rows % block or cols % block:
        raise ValueError(f"`bitmap` must fall into blocks of {block} × {block}, got {ink.shape}")
    tiles = ink.reshape(rows // block, block, cols // block, block)
    return np.asarray(tiles.sum(axis=(1, 3)), float)
