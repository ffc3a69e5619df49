"""Back-propagation through a convolution: the loss's gradients for input, weights and bias.

With g = ∂ℓ/∂y the gradient of the loss ℓ for the output, x̂ the padded input and C̃ the matrix of
the convolution,

    ∂ℓ/∂x = C̃ᵀ g                                              reshaped to the input
    ∂ℓ/∂w[u, v] = Σ_r Σ_c g[r, c] · x̂[r·s + u·d, c·s + v·d]    each weight meets every window
    ∂ℓ/∂b = Σ_r Σ_c g[r, c]

None of them is computed through C̃ here, so that C̃ᵀ stays an independent proof: what the forward
pass reads, the backward pass writes to.

Source: the chain rule for ỹ = C̃ x̃, as in V. Dumoulin and F. Visin, arXiv:1603.07285, section 4.1.
"""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Padding
from convlab.arrays import Array, as_array, as_images
from convlab.geometry import Geometry
from convlab.numerical import numerical_gradient
from convlab.operands import (
    as_bank,
    as_batch,
    as_groups,
    check_batch,
    check_channels,
    check_grad_output,
    check_same_rank,
    like,
    with_padding,
)
from convlab.scatter import images_last, pair, scatter_back

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
    check_grad_output(grads, geometry, len(bank))
    return like(scatter_back(images_last(grads), bank, geometry, groups), grad_output)


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
    check_batch(grad_output, x)
    images, grads = as_batch(x), as_batch(grad_output)
    geometry = Geometry(
        x.shape[-2:], kernel_size, stride=stride, padding=padding, dilation=dilation
    )
    groups = as_groups(groups, input=images.shape[1], output=grads.shape[1])
    check_grad_output(grads, geometry, grads.shape[1])
    bank = pair(images_last(grads), with_padding(images, geometry), geometry, groups)
    return bank[0, 0] if x.ndim == 2 else bank


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
    check_batch(grad_output, x)
    images, bank, grads = as_batch(x), as_bank(weight), as_batch(grad_output)
    geometry = Geometry(
        x.shape[-2:], bank.shape[-2:], stride=stride, padding=padding, dilation=dilation
    )
    check_grad_output(grads, geometry, len(bank))
    values, padded = images_last(grads), with_padding(images, geometry)
    return ConvGradients(
        scatter_back(values, bank, geometry, groups).reshape(x.shape),
        pair(values, padded, geometry, groups).reshape(weight.shape),
        conv2d_bias_grad(grad_output),
    )
