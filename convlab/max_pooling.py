"""Max pooling, forwards and backwards; the formula stands in `convlab.pooling`."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Padding
from convlab.arguments import as_flag, as_pair
from convlab.arrays import Array, as_images, refuse_mask
from convlab.maxima import Indices, contest, maxima, places
from convlab.memory import check_memory
from convlab.operands import with_padding
from convlab.pooling_windows import as_grad_output, pool_geometry


@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    dilation: IntPair = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Array: ...
@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    dilation: IntPair = 1,
    ceil_mode: bool = False,
    return_indices: Literal[True],
) -> tuple[Array, Indices]: ...
@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    dilation: IntPair = 1,
    ceil_mode: bool = False,
    return_indices: bool,
) -> Array | tuple[Array, Indices]: ...
def max_pool2d(
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    dilation: IntPair = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Indices]:
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
    dilation : int or (int, int), default 1
        As for `Geometry`: the distance between two cells of a window.
    ceil_mode : bool, default False
        Whether to round the output's size up: a last window that reaches past the padded input
        counts, if it begins within the input or the padding before it.
    return_indices : bool, default False
        Whether to say which cells won, too.

    Returns
    -------
    ndarray
        Of the input's rank, with as many channels. A window that holds a NaN becomes NaN.
    ndarray of int, of the same shape
        With `return_indices`: the winner's place in its channel, flattened row by row, without
        padding. Among equals the first wins, and a NaN counts as larger than any number.

    Raises
    ------
    TypeError, ValueError
        If `x` is no array of numbers with 2 to 4 axes, or as for `pool_geometry`.

    Examples
    --------
    >>> max_pool2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], 2, stride=1)
    array([[4., 5.],
           [7., 8.]])
    >>> y, indices = max_pool2d([[0, 9, 2], [3, 4, 5]], 2, stride=1, return_indices=True)
    >>> indices
    array([[1, 1]])
    """
    x = as_images("x", x)
    geometry = pool_geometry(
        x.shape[-2:],
        kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )
    return_indices = as_flag("return_indices", return_indices)
    padded = with_padding(x, geometry, -np.inf)
    if not return_indices:
        return maxima(padded, geometry)
    y, winners = contest(padded, geometry)
    return y, places(winners, geometry)


def max_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    dilation: IntPair = 1,
    ceil_mode: bool = False,
) -> Array:
    """Return ∂ℓ/∂x of `max_pool2d`: each output hands its gradient to the cell that won.

    Where several cells of a window hold its maximum, the *first in row-major order* gets all of
    the gradient. A NaN counts as larger than any number, so the first NaN of its window wins.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape.
    x, kernel_size, stride, padding, dilation, ceil_mode
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
    geometry = pool_geometry(
        x.shape[-2:],
        kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )
    grad_output = as_grad_output(grad_output, x, geometry)
    padded = with_padding(x, geometry, -np.inf)
    share, winners = contest(padded, geometry)  # the maxima have done their work
    finite = bool(np.isfinite(grad_output).all())
    apart = all(s >= span for s, span in zip(geometry.stride, geometry.span, strict=True))
    grad = np.zeros(padded.shape, x.dtype)
    for number, tap in enumerate(geometry.taps):
        wins, view = winners == number, grad[(..., *tap.view)]
        # A product is the faster choice, but 0 times infinity is none.
        if finite:
            np.multiply(grad_output, wins, out=share)
        else:
            share = np.where(wins, grad_output, 0)
        if apart:
            view[...] = share
        else:
            view += share
    return np.ascontiguousarray(grad[(..., *geometry.inside)])


def max_unpool2d(y: ArrayLike, indices: ArrayLike, input_shape: IntPair) -> Array:
    """Put the maxima of `max_pool2d` back where they won, and 0 everywhere else.

    Pooling forgets all but the winners; this is what can be restored. Where one cell won several
    windows, it holds their common value once.

    Parameters
    ----------
    y : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        Maxima, or anything else of that shape.
    indices : array_like of int, of the same shape
        The winners' places, as `max_pool2d` returns them with ``return_indices=True``.
    input_shape : int or (int, int)
        Rows and columns of the pooled input.

    Returns
    -------
    ndarray
        Of the rank and the dtype of `y`, with `input_shape` for its last two axes.

    Raises
    ------
    TypeError, ValueError
        If `y` is no array of numbers with 2 to 4 axes, or `indices` do not have its shape or do
        not lie in an input of that shape.

    Examples
    --------
    >>> y, indices = max_pool2d([[0, 9, 2, 1], [3, 4, 5, 7]], 2, return_indices=True)
    >>> max_unpool2d(y, indices, (2, 4))
    array([[0., 9., 0., 0.],
           [0., 0., 0., 7.]])

    Notes
    -----
    As PyTorch's ``torch.nn.MaxUnpool2d``.
    """
    y = as_images("y", y)
    rows, cols = as_pair("input_shape", input_shape, 1)
    refuse_mask("indices", indices)
    where = np.asarray(indices)
    if where.dtype.kind not in "iu":
        raise TypeError(f"`indices` must be whole numbers, got {where.dtype} {indices!r}")
    if where.shape != y.shape:
        raise ValueError(f"`indices` must have the shape of `y`, {y.shape}, got {where.shape}")
    if where.size and not (where.min() >= 0 and where.max() < rows * cols):
        raise ValueError(
            f"`indices` must lie in an input of {rows} × {cols}, from 0 to {rows * cols - 1}, "
            f"got {where.min()} to {where.max()}"
        )
    shape = (*y.shape[:-2], rows, cols)
    check_memory("input_shape", "the input", shape, y.itemsize, "unpool some images at a time")
    out = np.zeros((*y.shape[:-2], rows * cols), y.dtype)
    flat = (*y.shape[:-2], y.shape[-2] * y.shape[-1])
    np.put_along_axis(out, where.reshape(flat), y.reshape(flat), axis=-1)
    return out.reshape(shape)
