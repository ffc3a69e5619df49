"""Average pooling, forwards and backwards; the formula stands in `convlab.pooling`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Padding, Sides
from convlab.arguments import as_flag
from convlab.arrays import Array, as_images
from convlab.geometry import Geometry
from convlab.operands import padded_room, with_padding
from convlab.pooling_windows import as_grad_output, pool_geometry, stated_padding


def avg_pool2d(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """Average each window.

    Parameters
    ----------
    x, kernel_size, stride, padding, ceil_mode
        As for `max_pool2d`, but for the padding's values, which are 0.
    count_include_pad : bool, default True
        Whether padding counts, as zeros. True divides every window's sum by the number of its
        cells, which makes this a convolution with equal weights (PyTorch's default). False divides
        by the number of *input* cells in the window (TensorFlow and Keras). What `ceil_mode` adds
        past the padding counts in neither case.

    Returns
    -------
    ndarray
        Of the input's rank, with as many channels. A window that holds a NaN becomes NaN.

    Raises
    ------
    TypeError, ValueError
        As for `max_pool2d`.

    Examples
    --------
    >>> avg_pool2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], 2, stride=1)
    array([[2., 3.],
           [5., 6.]])
    >>> avg_pool2d([[6, 6]], (1, 2), padding=(0, 1), count_include_pad=False)
    array([[6., 6.]])
    """
    x = as_images("x", x)
    geometry = pool_geometry(
        x.shape[-2:], kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode
    )
    stated = stated_padding(x.shape[-2:], kernel_size, stride, padding)
    sums = _sums(with_padding(x, geometry), geometry)
    return sums / _divisor(geometry, stated, count_include_pad).astype(x.dtype)


def avg_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """Return ∂ℓ/∂x of `avg_pool2d`: each output hands every cell of its window an equal share.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape.
    x, kernel_size, stride, padding, ceil_mode, count_include_pad
        What went into `avg_pool2d`. Of `x` only the shape and the dtype matter.

    Returns
    -------
    ndarray
        ∂ℓ/∂x, of the shape of `x`. What falls on padding is lost; uncovered cells get 0.

    Raises
    ------
    TypeError, ValueError
        As for `max_pool2d_backward`.

    Examples
    --------
    >>> avg_pool2d_backward([[4, 8]], [[1, 2, 3, 4, 5]], (1, 2))
    array([[2., 2., 4., 4., 0.]])
    """
    x = as_images("x", x)
    geometry = pool_geometry(
        x.shape[-2:], kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode
    )
    stated = stated_padding(x.shape[-2:], kernel_size, stride, padding)
    grad_output = as_grad_output(grad_output, x, geometry)
    grad = np.zeros(padded_room(x.shape[:-2], geometry, x.itemsize), x.dtype)
    share = grad_output / _divisor(geometry, stated, count_include_pad).astype(x.dtype)
    for tap in geometry.taps:
        grad[(..., *tap.view)] += share
    return grad[(..., *geometry.inside)]


def _sums(padded: Array, geometry: Geometry) -> Array:
    y = np.zeros((*padded.shape[:-2], *geometry.output_shape), padded.dtype)
    for tap in geometry.taps:
        y += padded[(..., *tap.view)]
    return y


def _divisor(geometry: Geometry, stated: Sides, count_include_pad: bool) -> Array:
    """Return how many cells of each window count."""
    counts = np.zeros(geometry.padded_shape)
    rows, cols = geometry.inside
    if as_flag("count_include_pad", count_include_pad):
        rows, cols = slice(rows.stop + stated[0][1]), slice(cols.stop + stated[1][1])
    counts[rows, cols] = 1
    return _sums(counts, geometry)
