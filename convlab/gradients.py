"""Back-propagation through a convolution: the loss's gradients for input, weights and bias.

With g = ∂ℓ/∂y the gradient of the loss ℓ for the output, x̂ the padded input and C̃ the matrix of
the convolution,

    ∂ℓ/∂x = C̃ᵀ g                                              reshaped to the input
    ∂ℓ/∂w[u, v] = Σ_r Σ_c g[r, c] · x̂[r·s + u·d, c·s + v·d]    each weight meets every window
    ∂ℓ/∂b = Σ_r Σ_c g[r, c]

None of them is computed through C̃ here, so that C̃ᵀ stays an independent proof. Each is one loop
over the kernel's cells: what the forward pass reads, the backward pass writes to.

Source: the chain rule for ỹ = C̃ x̃, as in V. Dumoulin and F. Visin, arXiv:1603.07285, section 4.1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Layout, Padding
from convlab.arrays import Array, as_array, as_images
from convlab.geometry import Geometry
from convlab.numerical import numerical_gradient
from convlab.operands import (
    as_bank,
    as_batch,
    as_groups,
    check_channels,
    check_same_rank,
    like,
    with_padding,
)
from convlab.scatter import scatter

__all__ = [
    "ConvGradients",
    "conv2d_backward",
    "conv2d_bias_grad",
    "conv2d_input_grad",
    "conv2d_weight_grad",
    "numerical_gradient",
]


class ConvGradients(NamedTuple):
    """The gradients of the loss for the input, the weights and the bias of one convolution."""

    x: Array
    weight: Array
    bias: Array


def conv2d_input_grad(
    grad_output: ArrayLike,
    weight: ArrayLike,
    input_shape: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
) -> Array:
    """Return ∂ℓ/∂x, the first job of back-propagation.

    Each output pixel hands its gradient back to the cells of its window, times the weight through
    which it saw them. Cells that no window covers get 0, so the result has the input's shape even
    where the stride does not divide.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape. Its floating-point dtype decides the result's.
    weight : array_like, shape (rows, cols) for a 2-D gradient, else (out, in / groups, rows, cols)
    input_shape : int or (int, int)
        Rows and columns of the input; the channels come from `weight` and `groups`, the batch
        from `grad_output`.
    stride, padding, dilation, groups
        As for `conv2d`.

    Returns
    -------
    ndarray
        ∂ℓ/∂x, of the input's shape.

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; if the shapes do not belong together, or `groups` does not divide the
        channels.

    Examples
    --------
    >>> conv2d_input_grad([[1, 10]], [[1, 2]], (2, 3), stride=(2, 1))
    array([[ 1., 12., 20.],
           [ 0.,  0.,  0.]])
    """
    grad_output = as_images("grad_output", grad_output)
    weight = as_array("weight", weight, ndim=(2, 4), dtype=grad_output.dtype)
    check_same_rank(grad_output, weight)
    grads, bank = as_batch(grad_output), as_bank(weight)
    groups = as_groups(groups, output=len(bank))
    geometry = Geometry(
        input_shape, bank.shape[-2:], stride=stride, padding=padding, dilation=dilation
    )
    _check_grad_output(grads, geometry, len(bank))
    padded = np.zeros((len(grads), groups * bank.shape[1], *geometry.padded_shape), grads.dtype)
    scatter(grads, bank, padded, geometry, groups)
    return like(padded[(..., *geometry.inside)], grad_output)


def conv2d_weight_grad(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: IntPair,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
) -> Array:
    """Return ∂ℓ/∂w, the second job of back-propagation.

    Each weight meets one input cell per window, so its gradient sums cell × ∂ℓ/∂y over all
    windows. Nothing is flipped: it is the output gradient, dilated by the stride, laid over the
    input as a kernel.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape.
    x : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        The input of the forward pass. Its floating-point dtype decides the result's.
    kernel_size : int or (int, int)
        Rows and columns of the kernel.
    stride, padding, dilation, groups
        As for `conv2d`.

    Returns
    -------
    ndarray, shape (rows, cols) for a 2-D input, else (out, in / groups, rows, cols)
        Summed over the batch.

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; if the shapes do not belong together, or `groups` does not divide the
        channels.

    Examples
    --------
    >>> conv2d_weight_grad([[1, 10]], [[1, 2, 3]], (1, 2))
    array([[21., 32.]])
    """
    x = as_images("x", x)
    grad_output = as_images("grad_output", grad_output, dtype=x.dtype)
    if x.ndim != grad_output.ndim:
        raise ValueError(
            f"`grad_output` must have as many axes as `x`, "
            f"got shape {grad_output.shape} for an input of shape {x.shape}"
        )
    images, grads = as_batch(x), as_batch(grad_output)
    geometry = Geometry(
        x.shape[-2:], kernel_size, stride=stride, padding=padding, dilation=dilation
    )
    if len(images) != len(grads):
        raise ValueError(
            f"`grad_output` must have the batch size of `x`: got {len(grads)} and {len(images)}"
        )
    channels = {"input": images.shape[1], "output": grads.shape[1]}
    groups = as_groups(groups, **channels)
    _check_grad_output(grads, geometry, grads.shape[1])
    padded = with_padding(images, geometry).swapaxes(0, 1)
    flat = grads.swapaxes(0, 1).reshape(groups, channels["output"] // groups, -1)
    shape = (groups, flat.shape[1], channels["input"] // groups)
    cells = np.empty((*geometry.kernel_size, *shape), x.dtype)
    for tap in geometry.taps:
        seen = padded[(..., *tap.view)].reshape(groups, shape[2], flat.shape[2])
        np.matmul(flat, seen.swapaxes(1, 2), out=cells[tap.row, tap.col])
    kernels = (channels["output"], shape[2]) if x.ndim > 2 else ()
    return cells.transpose(2, 3, 4, 0, 1).reshape(*kernels, *geometry.kernel_size)


def conv2d_bias_grad(grad_output: ArrayLike) -> Array:
    """Return ∂ℓ/∂b = Σ ∂ℓ/∂y: the bias is added once to each output pixel.

    Parameters
    ----------
    grad_output : array_like, shape (rows, cols), (out, rows, cols) or (batch, out, rows, cols)

    Returns
    -------
    ndarray, shape () for a 2-D gradient, else (out,)

    Raises
    ------
    TypeError, ValueError
        If `grad_output` is no array of numbers with 2 to 4 axes.

    Examples
    --------
    >>> conv2d_bias_grad([[[1, 2], [3, 4]], [[0, 1], [0, 1]]])
    array([10.,  2.])
    """
    grad_output = as_images("grad_output", grad_output)
    sums: Array = as_batch(grad_output).sum(axis=(0, 2, 3))
    return sums.reshape(()) if grad_output.ndim == 2 else sums


def conv2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    *,
    stride: IntPair = 1,
    padding: Padding = 0,
    dilation: IntPair = 1,
    groups: int = 1,
) -> ConvGradients:
    """Return all three gradients of one convolution.

    Parameters
    ----------
    grad_output : array_like
        ∂ℓ/∂y, of the output's shape.
    x, weight : array_like
        What went into `conv2d`.
    stride, padding, dilation, groups
        As for `conv2d`.

    Returns
    -------
    ConvGradients
        ``x``, ``weight`` and ``bias``, each of the shape of what it belongs to.

    Raises
    ------
    TypeError, ValueError
        As for `conv2d_input_grad` and `conv2d_weight_grad`.

    Examples
    --------
    >>> conv2d_backward([[1, 10]], [[1, 2, 3]], [[1, 2]])
    ConvGradients(x=array([[ 1., 12., 20.]]), weight=array([[21., 32.]]), bias=array(11.))
    """
    x = as_images("x", x)
    weight = as_array("weight", weight, ndim=(2, 4), dtype=x.dtype)
    grad_output = as_images("grad_output", grad_output, dtype=x.dtype)
    check_same_rank(x, weight)
    check_channels(as_batch(x), as_bank(weight), groups)
    layout: Layout = {"stride": stride, "padding": padding, "dilation": dilation}
    return ConvGradients(
        conv2d_input_grad(grad_output, weight, x.shape[-2:], groups=groups, **layout),
        conv2d_weight_grad(grad_output, x, weight.shape[-2:], groups=groups, **layout),
        conv2d_bias_grad(grad_output),
    )


def _check_grad_output(grads: Array, geometry: Geometry, channels: int) -> None:
    expected = (channels, *geometry.output_shape)
    if grads.shape[1:] != expected:
        raise ValueError(
            "`grad_output` must have the shape of the output: (channels, rows, columns) = "
            f"{expected}, got {grads.shape[1:]}"
        )
