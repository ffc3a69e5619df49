"""Pooling: each window of each channel becomes one number, its maximum or its average.

For one channel, with k = (rows, columns) the window, s the stride and p the padding before,

    max:      y[r, c] = max of x[r·s + u − p, c·s + v − p]     over the window's cells of the input
    average:  y[r, c] = Σ x[r·s + u − p, c·s + v − p] / (k_rows · k_cols)

There is nothing to learn, and channels do not mix: pooling acts on each alone and keeps their
number. Backwards, a maximum hands its gradient to the cell that won, an average hands each cell of
its window an equal share; where windows overlap the shares add up.

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, sections 1.2 and 3; I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*,
section 9.3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Padding
from convlab.arrays import Array, as_images
from convlab.geometry import Geometry, as_pair


def max_pool2d(
    x: ArrayLike, kernel_size: IntPair, *, stride: IntPair | None = None, padding: Padding = 0
) -> Array:
    """Keep the largest value of each window.

    Parameters
    ----------
    x : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        The input. Floating-point input keeps its dtype; integers become float64.
    kernel_size : int or (int, int)
        Rows and columns of the window.
    stride : int or (int, int), optional
        Vertical and horizontal; by default `kernel_size`, so that windows do not overlap.
    padding : int, (int, int), ((int, int), (int, int)) or str, default 0
        As for `Geometry`. Padding never wins, as if it were −∞: the maximum is taken over the
        input's cells only. Every window must see at least one of them.

    Returns
    -------
    ndarray
        Of the input's rank, with as many channels. A window that holds a NaN becomes NaN.

    Raises
    ------
    TypeError, ValueError
        If `x` is no array of numbers with 2 to 4 axes, or as for `pool_geometry`.

    Examples
    --------
    >>> max_pool2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], 2, stride=1)
    array([[4., 5.],
           [7., 8.]])
    """
    x = as_images("x", x)
    geometry = pool_geometry(x.shape[-2:], kernel_size, stride=stride, padding=padding)
    return _maxima(_pad(x, geometry, -np.inf), geometry)


def max_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
) -> Array:
    """Return ∂ℓ/∂x of `max_pool2d`: each output hands its gradient to the cell that won.

    Where several cells of a window hold its maximum, the *first in row-major order* gets all of
    the gradient. A NaN counts as larger than any number, so the first NaN of its window wins.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape.
    x, kernel_size, stride, padding
        What went into `max_pool2d`. The floating-point dtype of `x` decides the result's.

    Returns
    -------
    ndarray
        ∂ℓ/∂x, of the shape of `x`; 0 for cells that won nowhere.

    Raises
    ------
    TypeError, ValueError
        As for `max_pool2d`, or if `grad_output` does not have the output's shape.

    Examples
    --------
    >>> max_pool2d_backward([[1, 10]], [[7, 9, 9, 3]], (1, 3), stride=1)
    array([[ 0., 11.,  0.,  0.]])
    """
    x = as_images("x", x)
    geometry = pool_geometry(x.shape[-2:], kernel_size, stride=stride, padding=padding)
    grad_output = _as_grad_output(grad_output, x, geometry)
    padded = _pad(x, geometry, -np.inf)
    y = _maxima(padded, geometry)
    real = _pad(np.ones(geometry.input_shape), geometry, 0) > 0  # an input of −∞ ties with padding
    unclaimed = np.ones(y.shape, dtype=bool)
    grad = np.zeros_like(padded)
    for tap in geometry.taps:
        seen = padded[(..., *tap.view)]
        wins = unclaimed & real[tap.view] & ((seen == y) | np.isnan(seen))
        grad[(..., *tap.view)] += np.where(wins, grad_output, 0)
        unclaimed &= ~wins
    return grad[(..., *geometry.inside)]


def avg_pool2d(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    count_include_pad: bool = True,
) -> Array:
    """Average each window.

    Parameters
    ----------
    x, kernel_size, stride, padding
        As for `max_pool2d`.
    count_include_pad : bool, default True
        Whether padding counts, as zeros. True divides every window's sum by the number of its
        cells, which makes this a convolution with equal weights (PyTorch's default). False divides
        by the number of *input* cells in the window (TensorFlow and Keras).

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
    geometry = pool_geometry(x.shape[-2:], kernel_size, stride=stride, padding=padding)
    sums = _sums(_pad(x, geometry, 0), geometry)
    return sums / _divisor(geometry, count_include_pad).astype(x.dtype)


def avg_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    count_include_pad: bool = True,
) -> Array:
    """Return ∂ℓ/∂x of `avg_pool2d`: each output hands every cell of its window an equal share.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape.
    x, kernel_size, stride, padding, count_include_pad
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
    geometry = pool_geometry(x.shape[-2:], kernel_size, stride=stride, padding=padding)
    grad_output = _as_grad_output(grad_output, x, geometry)
    share = grad_output / _divisor(geometry, count_include_pad).astype(x.dtype)
    grad = np.zeros((*x.shape[:-2], *geometry.padded_shape), x.dtype)
    for tap in geometry.taps:
        grad[(..., *tap.view)] += share
    return grad[(..., *geometry.inside)]


def pool_geometry(
    input_shape: IntPair,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
) -> Geometry:
    """Return the `Geometry` of a pooling: `stride` None means `kernel_size`.

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; and if a window would see nothing but padding. The words ``"valid"``,
        ``"same"`` and ``"full"`` never do that, nor does padding smaller than the window.

    Examples
    --------
    >>> pool_geometry((5, 6), 2).output_shape
    (2, 3)
    """
    window = as_pair("kernel_size", kernel_size, 1)
    stride = window if stride is None else stride
    geometry = Geometry(input_shape, window, stride=stride, padding=padding)
    for axis, name in enumerate(("rows", "columns")):
        before = geometry.padding[axis][0]
        last = geometry.stride[axis] * (geometry.output_shape[axis] - 1)
        if before >= window[axis] or last >= before + geometry.input_shape[axis]:
            raise ValueError(
                "`padding` must leave at least one input cell in every window, got "
                f"{padding!r} with `kernel_size` {window}: a window sees no {name} of the input"
            )
    return geometry


def _maxima(padded: Array, geometry: Geometry) -> Array:
    y = np.full((*padded.shape[:-2], *geometry.output_shape), -np.inf, padded.dtype)
    for tap in geometry.taps:
        np.maximum(y, padded[(..., *tap.view)], out=y)  # passes NaN on
    return y


def _sums(padded: Array, geometry: Geometry) -> Array:
    y = np.zeros((*padded.shape[:-2], *geometry.output_shape), padded.dtype)
    for tap in geometry.taps:
        y += padded[(..., *tap.view)]
    return y


def _divisor(geometry: Geometry, count_include_pad: bool) -> Array:
    """Return how many cells of each window count."""
    cells = np.ones(geometry.input_shape)
    return _sums(_pad(cells, geometry, 1 if count_include_pad else 0), geometry)


def _pad(x: Array, geometry: Geometry, value: float) -> Array:
    sides = ((0, 0),) * (x.ndim - 2) + geometry.padding
    return np.pad(x, sides, constant_values=value)


def _as_grad_output(grad_output: ArrayLike, x: Array, geometry: Geometry) -> Array:
    grad_output = as_images("grad_output", grad_output, dtype=x.dtype)
    expected = (*x.shape[:-2], *geometry.output_shape)
    if grad_output.shape != expected:
        raise ValueError(
            f"`grad_output` must have the shape of the output, {expected}, got {grad_output.shape}"
        )
    return grad_output
