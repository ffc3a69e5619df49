"""Edges from labels: one convolution and a pooling learn to tell upright strokes from level ones.

    picture → convolution, one kernel per class → ReLU → global pooling → two scores

Nothing follows the pooling, no dense layer and no bias: the pooled answer of the first kernel is
the score of "upright", that of the second the score of "level". The loss is the cross-entropy.
The picture tells nobody what an edge is; whether the kernels become gradients is up to the start.

Source: the idea that kernels need not be designed, but come out of labels: Y. LeCun, L. Bottou,
Y. Bengio and P. Haffner, *Gradient-based learning applied to document recognition*, Proceedings of
the IEEE 86, 1998. The strokes are drawn here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.arguments import as_count
from convlab.arrays import Array, as_array
from convlab.convolution import conv2d
from convlab.descent import check_descent, momentum_step
from convlab.gradients import conv2d_backward
from convlab.learning import relu, relu_backward, softmax_cross_entropy
from convlab.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward

KERNEL = 3
WIDEST, SHORTEST = 3, 5
"""Cells across a stroke, at most, and along it, at least."""
POOLS: dict[str, tuple[Callable[..., Array], Callable[..., Array]]] = {
    "average": (avg_pool2d, avg_pool2d_backward),
    "max": (max_pool2d, max_pool2d_backward),
}
"""Each pooling and its backward pass, by the name that `learn_edges` takes."""


class Strokes(NamedTuple):
    """Pictures, shape (count, size, size), and labels: 0 for upright, 1 for level."""

    pictures: Array
    labels: NDArray[np.intp]


def strokes(count: int, *, size: int = 8, noise: float = 0.1, seed: int = 0) -> Strokes:
    """Draw strokes, each upright or level: 1 to 3 cells wide, 5 to `size` cells long, anywhere.

    Parameters
    ----------
    count : int
    size : int, default 8
        Rows and columns of a picture, at least 5.
    noise : float, default 0.1
        The spread of the normal noise on every cell; strokes are 1, paper is 0.
    seed : int, default 0

    Returns
    -------
    Strokes

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    Examples
    --------
    >>> pictures, labels = strokes(2, size=5, noise=0, seed=1)
    >>> labels, pictures[0, 0]
    (array([0, 1]), array([0., 0., 1., 1., 1.]))
    """
    count, size = as_count("count", count, 1), as_count("size", size, SHORTEST)
    if not 0 <= noise < np.inf:
        raise ValueError(f"`noise` must be finite and at least 0, got {noise!r}")
    rng = np.random.default_rng(as_count("seed", seed, 0))
    labels = rng.integers(2, size=count)
    pictures = np.zeros((count, size, size))
    for picture, label in zip(pictures, labels, strict=True):
        upright = picture.T if label else picture
        wide = rng.integers(1, WIDEST + 1)
        long = rng.integers(SHORTEST, size + 1)
        left, top = rng.integers(size - wide + 1), rng.integers(size - long + 1)
        upright[top : top + long, left : left + wide] = 1
    return Strokes(pictures + noise * rng.normal(size=pictures.shape), labels)


def edge_scores(kernels: ArrayLike, pictures: ArrayLike, *, pool: str = "average") -> Array:
    """Return the two scores of every picture: the larger one is the answer.

    Parameters
    ----------
    kernels : array_like, shape (..., 3, 3)
        The two kernels; or those of many moments at once, shape (steps, 2, 3, 3).
    pictures : array_like, shape (count, rows, cols)
    pool : {"average", "max"}

    Returns
    -------
    ndarray, shape (count, ...)
        One score for each kernel.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or `pool` is unknown.

    Examples
    --------
    >>> upright = [[-1, 0, 1]] * 3
    >>> pictures, labels = strokes(3, noise=0, seed=4)
    >>> edge_scores([upright, np.transpose(upright)], pictures).argmax(axis=1), labels
    (array([1, 1, 1]), array([1, 1, 1]))
    """
    x = as_array("pictures", pictures, ndim=(3,), dtype=np.float64)
    weights = np.asarray(kernels, np.float64)
    flat = weights.reshape(-1, 1, *weights.shape[-2:])
    activated = relu(conv2d(x[:, None], flat))
    forward, _ = POOLS[_checked(pool)]
    scores = forward(activated, activated.shape[-2:])
    return scores.reshape(len(x), *weights.shape[:-2])


def edge_gradient(
    kernels: ArrayLike, pictures: ArrayLike, labels: ArrayLike, *, pool: str = "average"
) -> tuple[float, Array]:
    """Return the loss of a batch, and ∂ℓ/∂w for both kernels, by one backward pass.

    Parameters
    ----------
    kernels : array_like, shape (2, 3, 3)
    pictures, labels
        Of the batch, as in `Strokes`.
    pool : {"average", "max"}

    Returns
    -------
    tuple of float and ndarray, shape (2, 3, 3)

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, or the shapes do not belong together.

    Examples
    --------
    >>> loss, gradient = edge_gradient(np.zeros((2, 3, 3)), *strokes(5))
    >>> round(loss, 4), gradient.shape
    (0.6931, (2, 3, 3))
    """
    x = as_array("pictures", pictures, ndim=(3,), dtype=np.float64)[:, None]
    weight = as_array("kernels", kernels, ndim=(3,), dtype=np.float64)[:, None]
    forward, backward = POOLS[_checked(pool)]
    convolved = conv2d(x, weight)
    activated, window = relu(convolved), convolved.shape[-2:]
    found = softmax_cross_entropy(forward(activated, window)[:, :, 0, 0], labels)
    pooled = backward(found.gradient[:, :, None, None], activated, window)
    gradient = conv2d_backward(relu_backward(pooled, convolved), x, weight).weight
    return found.loss, gradient[:, 0]


def learn_edges(
    data: Strokes,
    *,
    steps: int = 200,
    step: float = 0.2,
    momentum: float = 0.9,
    batch: int = 16,
    pool: str = "average",
    seed: int = 0,
) -> Array:
    """Learn two kernels from labels alone, by gradient descent on random batches.

    Parameters
    ----------
    data : Strokes
        To learn from.
    steps : int, default 200
    step : float, default 0.2
        The step length.
    momentum : float, default 0.9
    batch : int, default 16
    pool : {"average", "max"}
    seed : int, default 0
        Of the first kernels, normal of spread 0.3, and of the batches.

    Returns
    -------
    ndarray, shape (steps + 1, 2, 3, 3)
        The kernels at the start and after every step. The first of each pair gives the score of
        upright strokes, the second that of level ones.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    Examples
    --------
    >>> path = learn_edges(strokes(400, seed=1), seed=2)
    >>> bool(similarity(path[-1, 0], [[-1, 0, 1]] * 3) > 0.9)
    True
    """
    check_descent(step, momentum)
    rng = np.random.default_rng(as_count("seed", seed, 0))
    kernels: Array = rng.normal(scale=0.3, size=(2, KERNEL, KERNEL))
    velocity, path = np.zeros_like(kernels), [kernels]
    size = as_count("batch", batch, 1)
    for _ in range(as_count("steps", steps, 0)):
        seen = rng.integers(len(data.labels), size=size)
        _, gradient = edge_gradient(kernels, data.pictures[seen], data.labels[seen], pool=pool)
        kernels, velocity = momentum_step(kernels, velocity, gradient, step=step, momentum=momentum)
        path.append(kernels)
    return np.stack(path)


def similarity(kernels: ArrayLike, other: ArrayLike) -> Array:
    """Return the cosine of the angle between kernels, as vectors: 1 for alike but for a factor.

    At −1 one is the other with its sign turned; at 0 they have nothing in common. A kernel of
    zeros is like nothing: 0.

    Parameters
    ----------
    kernels : array_like, shape (..., rows, cols)
    other : array_like, shape (rows, cols)

    Returns
    -------
    ndarray, shape (...)

    Examples
    --------
    >>> similarity([[[1, 0], [0, 1]], [[0, -3], [0, 0]]], [[0, 2], [0, 0]])
    array([ 0., -1.])
    """
    first, second = np.asarray(kernels, np.float64), np.asarray(other, np.float64)
    products = (first * second).sum(axis=(-2, -1))
    lengths = np.sqrt((first**2).sum(axis=(-2, -1)) * (second**2).sum())
    return np.asarray(products / np.where(lengths > 0, lengths, 1))


def _checked(pool: str) -> str:
    if pool not in POOLS:
        raise ValueError(f"`pool` must be one of {', '.join(POOLS)}, got {pool!r}")
    return pool
