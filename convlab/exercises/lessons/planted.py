"""Functions that make a mistake on purpose, for tasks whose mistakes no argument of `conv2d` makes.

What a reader's function gives is compared with what these give, to tell the mistake by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d
from convlab.geometry import Geometry
from convlab.gradients import conv2d_input_grad, conv2d_weight_grad

Shape = tuple[int, int]


def overwritten(g: Array, w: Array, input_shape: Shape, stride: int, padding: int) -> Array:
    """Return the input's gradient with `=` where `+=` belongs; with or without a batch."""
    g4, w4 = g.reshape(-1, *g.shape[-3:]), w.reshape(-1, *w.shape[-3:])
    if g.ndim == 2:
        g4, w4 = g[None, None], w[None, None]
    rows, cols = w.shape[-2:]
    grad = np.zeros((len(g4), w4.shape[1], *np.add(input_shape, 2 * padding)))
    for r, c in np.ndindex(g.shape[-2:]):
        top, left = r * stride, c * stride
        share = np.einsum("nf,fmuv->nmuv", g4[:, :, r, c], w4)
        grad[:, :, top : top + rows, left : left + cols] = share
    inner = grad[..., padding : padding + input_shape[0], padding : padding + input_shape[1]]
    return np.asarray(inner[0, 0] if g.ndim == 2 else inner)


def uncut(g: Array, w: Array, input_shape: Shape, stride: int, padding: int) -> Array:
    """Return the gradient of the padded input, with its padding."""
    rows, cols = input_shape
    return conv2d_input_grad(g, w, (rows + 2 * padding, cols + 2 * padding), stride=stride)


def cropped(g: Array, w: Array, input_shape: Shape, stride: int, padding: int) -> Array:
    """Return the input's gradient without the rows and columns that no window reaches."""
    geometry = Geometry(input_shape, w.shape[-2:], stride=stride, padding=padding)
    rows, cols = (n - over for n, over in zip(input_shape, geometry.leftover, strict=True))
    whole = conv2d_input_grad(g, w, input_shape, stride=stride, padding=padding)
    return np.asarray(whole[..., :rows, :cols])


def strideless(g: Array, w: Array, input_shape: Shape, stride: int, padding: int) -> Array:  # noqa: ARG001
    """Return the input's gradient with the windows side by side, one cell apart."""
    rows, cols = w.shape[-2:]
    around = np.pad(g, [(0, 0)] * (g.ndim - 2) + [(rows - 1, rows - 1), (cols - 1, cols - 1)])
    turned = w[..., ::-1, ::-1]
    full = conv2d(around, turned if w.ndim == 2 else turned.swapaxes(0, 1))
    grad = np.zeros((*full.shape[:-2], *np.add(input_shape, 2 * padding)))
    grad[..., : full.shape[-2], : full.shape[-1]] = full
    return grad[..., padding : padding + input_shape[0], padding : padding + input_shape[1]]


def transposed(g: Array, w: Array, input_shape: Shape, stride: int, padding: int) -> Array:
    """Return the input's gradient, one channel, with `w.T` where the kernel should be rotated."""
    (rows, cols), size = w.shape, np.add(input_shape, 2 * padding)
    inserted = np.zeros(np.multiply(np.subtract(g.shape, 1), stride) + 1)
    inserted[::stride, ::stride] = g
    full = conv2d(np.pad(inserted, ((rows - 1, rows - 1), (cols - 1, cols - 1))), w.T)
    grad = np.zeros(np.maximum(size, full.shape))
    grad[: full.shape[0], : full.shape[1]] = full
    grad = grad[: size[0], : size[1]]
    return grad[padding : padding + input_shape[0], padding : padding + input_shape[1]]


def zero_inserted(g: Array, x: Array, kernel_size: Shape, stride: int, padding: int) -> Array:  # noqa: ARG001
    """Return the weights' gradient, one channel, before it is cropped to the kernel's size."""
    return conv2d(np.pad(x, padding), g, dilation=stride)


def unstrided(g: Array, x: Array, kernel_size: Shape, stride: int, padding: int) -> Array:  # noqa: ARG001
    """Return the weights' gradient of a batch as if the windows were one cell apart."""
    around = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    slid = conv2d(around.swapaxes(0, 1), g.swapaxes(0, 1)).swapaxes(0, 1)
    return np.asarray(slid[..., : kernel_size[0], : kernel_size[1]])


def each_example(g: Array, x: Array, kernel_size: Shape, stride: int, padding: int) -> Array:
    """Return a gradient of the weights for each example of a batch."""
    return np.stack(
        [
            conv2d_weight_grad(one, image, kernel_size, stride=stride, padding=padding)
            for one, image in zip(g, x, strict=True)
        ]
    )


def nudged(
    slope: Callable[[Callable[[Array], float], Array, Array, float], float],
) -> Callable[[Array, Array, Array, float], Array]:
    """Return a gradient check of ½ Σ (y − t)² that measures each slope in a way of its own."""

    def check(x: Array, w: Array, t: Array, h: float) -> Array:
        def loss(weights: Array) -> float:
            return float(((conv2d(x, weights) - t) ** 2).sum()) / 2

        grad = np.zeros(w.shape)
        for place in np.ndindex(w.shape):
            step = np.zeros(w.shape)
            step[place] = h
            grad[place] = slope(loss, w, step, h)
        return grad

    return check


def given_back(
    g: Array,
    x: Array,
    k: int,
    stride: int,
    *,
    share: Callable[[Array], Array],
    adds: bool = True,
) -> Array:
    """Return a pooling's gradient where each window hands on its own as `share` says."""
    grad = np.zeros(x.shape)
    for m, r, c in np.ndindex(g.shape):
        place = np.s_[m, r * stride : r * stride + k, c * stride : c * stride + k]
        shares = g[m, r, c] * share(x[place])
        grad[place] = grad[place] + shares if adds else np.where(shares, shares, grad[place])
    return grad


def every_winner(window: Array) -> Array:
    """Mark every cell that equals the maximum."""
    return np.asarray(window == window.max(), float)


def first_by_columns(window: Array) -> Array:
    """Mark the first maximum, counted down the columns."""
    marked = np.zeros(window.shape[::-1])
    marked.flat[window.T.argmax()] = 1
    return marked.T


def first_winner(window: Array) -> Array:
    """Mark the first maximum, counted along the rows: no mistake."""
    marked = np.zeros(window.shape)
    marked.flat[window.argmax()] = 1
    return marked


def walked(
    kernels: Sequence[int],
    strides: Sequence[int],
    paddings: Sequence[int],
    unit: int,
    *,
    own_stride: bool = False,
    start: int = 1,
    counts_padding: bool = False,
) -> tuple[int, int]:
    """Return the first and the last cell that a unit sees, by the lesson's walk gone wrong."""
    sees, jump, before = start, 1, 0
    for k, s, p in zip(kernels, strides, paddings, strict=True):
        step = jump * s if own_stride else jump
        sees += (k - 1 + (2 * p if counts_padding else 0)) * step
        before += p * jump
        jump *= s
    first = unit * jump - before
    return first, first + sees - 1
