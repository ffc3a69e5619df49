"""Convolution as deep learning computes it: cross-correlation, the kernel is not flipped.

For one input channel, with x̂ the padded input, stride s and dilation d,

    y[r, c] = b + Σ_u Σ_v w[u, v] · x̂[r·s + u·d, c·s + v·d]

With several input channels the products are summed over them too, and every kernel gives one
output channel. With g groups (`groups`), the channels fall into g equal parts, in order, and a
kernel sums over those of its own part only. `flip` the kernel first to get the convolution of
mathematics and signal processing.

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, section 1; I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, eq. 9.6;
for groups, A. Krizhevsky, I. Sutskever and G. Hinton, NeurIPS 2012, section 3.5, and PyTorch's
``torch.nn.Conv2d``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.aliases import IntPair, Padding
from convlab.arrays import Array, as_array, as_images, refuse_mask
from convlab.geometry import Geometry
from convlab.memory import check_memory
from convlab.operands import (
    as_bank,
    as_batch,
    as_bias,
    check_channels,
    check_same_rank,
    like,
    with_padding,
)
from convlab.strips import IN_PARTS, multiply_matrices

BAND = 2**16
"""Output pixels that are computed at a time where there is one channel."""


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
) -> Array:
    """Slide a kernel over an input and sum the products.

    Parameters
    ----------
    x : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        The input. Its floating-point dtype decides the output's; integers become float64.
    weight : array_like, shape (rows, cols) for a 2-D input, else (out, in / groups, rows, cols)
        One kernel, or a bank of them; each spans all input channels of its group.
    bias : array_like, scalar for a 2-D input, else shape (out,), optional
        Added once to each output pixel.
    stride, padding, dilation
        As for `Geometry`.
    groups : int, default 1
        Into how many parts the channels fall; it divides the input and the output channels. As
        many groups as input channels make a depthwise convolution.

    Returns
    -------
    ndarray
        Of the input's rank; with channels, one per kernel.

    Raises
    ------
    TypeError, ValueError
        If an array is empty, not numeric or of the wrong shape, if channel counts differ or
        `groups` does not divide them, or as for `Geometry`.

    Examples
    --------
    >>> conv2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
    array([[19., 25.],
           [37., 43.]])

    Each channel has a kernel of its own:

    >>> conv2d([[[1, 2]], [[3, 4]]], [[[[10]]], [[[100]]]], groups=2)
    array([[[ 10.,  20.]],
    <BLANKLINE>
           [[300., 400.]]])
    """
    x, weight, bias = _operands(x, weight, bias, groups)
    geometry = Geometry(
        x.shape[-2:], weight.shape[-2:], stride=stride, padding=padding, dilation=dilation
    )
    padded, bank = with_padding(as_batch(x), geometry), as_bank(weight)
    if bank.shape[:2] == (groups, 1):
        y = _multiply_add(padded, bank[:, 0], geometry)
    else:
        y = multiply_matrices(padded, bank, geometry, groups)
    return _finished(y, bias, x)


def conv2d_loops(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
) -> Array:
    """Compute `conv2d` by its definition, in plain loops. Slow, and short enough to read aloud.

    Parameters, result and errors are those of `conv2d`.

    Examples
    --------
    >>> conv2d_loops([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]], bias=0.5)
    array([[19.5, 25.5],
           [37.5, 43.5]])
    """
    x, weight, bias = _operands(x, weight, bias, groups)
    geometry = Geometry(
        x.shape[-2:], weight.shape[-2:], stride=stride, padding=padding, dilation=dilation
    )
    padded, bank = with_padding(as_batch(x), geometry), as_bank(weight)
    shape = (len(padded), len(bank), *geometry.output_shape)
    check_memory("x", "the output", shape, padded.itemsize, IN_PARTS)
    y = np.zeros(shape, x.dtype)
    for image, out in zip(padded, y, strict=True):
        for number, (kernel, channel) in enumerate(zip(bank, out, strict=True)):
            group = number * groups // len(bank)
            seen = image[group * len(kernel) : (group + 1) * len(kernel)]
            for step in range(geometry.steps):
                pixel, rows, cols = geometry.window(step)
                for depth in range(len(kernel)):
                    for u, row in enumerate(rows):
                        for v, col in enumerate(cols):
                            channel[pixel] += kernel[depth, u, v] * seen[depth, row, col]
    return _finished(y, bias, x)


def flip(weight: ArrayLike) -> NDArray[Any]:
    """Rotate the last two axes by 180°: ``conv2d(x, flip(w))`` is the true convolution.

    Parameters
    ----------
    weight : array_like, shape (..., rows, cols)

    Returns
    -------
    ndarray
        A view of the same shape.

    Raises
    ------
    TypeError
        If it is masked.
    ValueError
        If there are fewer than two axes.

    Examples
    --------
    >>> flip([[1, 2], [3, 4]])
    array([[4, 3],
           [2, 1]])
    """
    refuse_mask("weight", weight)
    weight = np.asarray(weight)
    if weight.ndim < 2:
        raise ValueError(f"`weight` must have at least 2 axes, got shape {weight.shape}")
    return weight[..., ::-1, ::-1]


def _operands(
    x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None, groups: int
) -> tuple[Array, Array, Array | None]:
    x = as_images("x", x)
    weight = as_array("weight", weight, ndim=(2, 4), dtype=x.dtype)
    check_same_rank(x, weight)
    check_channels(as_batch(x), as_bank(weight), groups)
    return x, weight, None if bias is None else as_bias(bias, weight, len(weight))


def _finished(y: Array, bias: Array | None, x: Array) -> Array:
    """Add the bias, once per output pixel, and drop the axes that the input does not have."""
    if bias is not None:
        y += bias.reshape(-1, 1, 1)
    return like(y, x)


def _multiply_add(padded: Array, kernels: Array, geometry: Geometry) -> Array:
    """One shifted multiply-add per kernel cell: the fastest way where channels do not mix.

    The output is filled in bands of rows that stay in the processor's cache.
    """
    shape = (*padded.shape[:2], *geometry.output_shape)
    check_memory("x", "the output", shape, padded.itemsize, IN_PARTS)
    y = np.empty(shape, padded.dtype)
    rows = max(1, BAND // max(1, y[..., 0, :].size))
    products = np.empty_like(y[..., :rows, :])
    met = [
        (padded[(..., *tap.view)], kernels[:, tap.row, tap.col].reshape(-1, 1, 1))
        for tap in geometry.taps
    ]
    for top in range(0, geometry.output_shape[0], rows):
        band = y[..., top : top + rows, :]
        product = products[..., : band.shape[-2], :]
        for cell, (view, weight) in enumerate(met):
            np.multiply(view[..., top : top + rows, :], weight, out=product if cell else band)
            if cell:
                band += product
    return y
