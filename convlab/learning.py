"""What a network needs besides convolution and pooling in order to learn; forward and backward.

    relu             y = max(x, 0)                    ∂ℓ/∂x = ∂ℓ/∂y where x > 0, else 0
    dense            y = W x + b                      ∂ℓ/∂x = Wᵀ g,  ∂ℓ/∂W = g xᵀ,  ∂ℓ/∂b = g
    softmax          p_i = exp(z_i) / Σ_j exp(z_j)
    cross-entropy    ℓ = −log p_t, t the true class   ∂ℓ/∂z = p − e_t, 1 taken from the true class

with g = ∂ℓ/∂y. Over a batch the loss is the mean, so the gradient for the scores is divided by the
batch's size, once; all other gradients only add up. `momentum_step` then moves the weights.

Every function raises a `TypeError` or `ValueError` for what is no array of real numbers, and for
shapes that do not belong together.

Source: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, sections 4.1 (softmax without
overflow), 6.2.2.3 (cross-entropy), 6.3.1 (ReLU) and 6.5 (back-propagation).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import ANY_RANK, Array, as_array, as_shaped


class DenseGradients(NamedTuple):
    """The gradients of the loss for the input, the weights and the bias of a dense layer."""

    x: Array
    weight: Array
    bias: Array


class CrossEntropy(NamedTuple):
    """The mean loss of a batch, its probabilities, and ∂ℓ/∂z, both of the shape of the scores."""

    loss: float
    probabilities: Array
    gradient: Array


def relu(x: ArrayLike) -> Array:
    """Keep what is above 0, and put 0 in place of everything else.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, shape of `x`

    Examples
    --------
    >>> relu([-2, 0, 3])
    array([0., 0., 3.])
    """
    x = as_array("x", x, ndim=ANY_RANK, batch=True)
    return np.maximum(x, 0)


def relu_backward(grad_output: ArrayLike, x: ArrayLike) -> Array:
    """Return ∂ℓ/∂x of `relu`: the gradient passes where x > 0. At 0, a corner, it is taken as 0.

    Parameters
    ----------
    grad_output : array_like, shape of `x`
        ∂ℓ/∂y.
    x : array_like, any shape
        What went into `relu`; what came out of it does as well.

    Returns
    -------
    ndarray, shape of `x`

    Examples
    --------
    >>> relu_backward([5, 6, 7], [-2, 0, 3])
    array([0., 0., 7.])
    """
    x = as_array("x", x, ndim=ANY_RANK, batch=True)
    grad_output = as_shaped("grad_output", grad_output, x.shape, "the shape of `x`", dtype=x.dtype)
    return np.where(x > 0, grad_output, x.dtype.type(0))


def dense(x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Array:
    """Multiply by a matrix and add a bias: every output sees every input.

    Parameters
    ----------
    x : array_like, shape (in,) or (batch, in)
        Maps are flattened first, row-major, channel first: ``maps.reshape(len(maps), -1)``.
    weight : array_like, shape (out, in)
        One row per output.
    bias : array_like, shape (out,), optional

    Returns
    -------
    ndarray, shape (out,) or (batch, out)

    Examples
    --------
    >>> dense([1, 10], [[1, 2], [3, 4], [5, 6]], [0.5, 0, 0])
    array([21.5, 43. , 65. ])
    """
    x, weight = _dense_operands(x, weight)
    y: Array = x @ weight.T
    if bias is not None:
        y += as_shaped("bias", bias, weight.shape[:1], "one number per output", dtype=x.dtype)
    return y


def dense_backward(grad_output: ArrayLike, x: ArrayLike, weight: ArrayLike) -> DenseGradients:
    """Return the three gradients of `dense`: Wᵀ for the input, as C̃ᵀ for a convolution.

    Parameters
    ----------
    grad_output : array_like, shape (out,) or (batch, out)
        ∂ℓ/∂y.
    x, weight : array_like
        What went into `dense`.

    Returns
    -------
    DenseGradients
        ``x``, ``weight`` and ``bias``, the last two summed over the batch.

    Examples
    --------
    >>> gradients = dense_backward([1, 0, 2], [1, 10], [[1, 2], [3, 4], [5, 6]])
    >>> gradients.x, gradients.bias
    (array([11., 14.]), array([1., 0., 2.]))
    >>> gradients.weight
    array([[ 1., 10.],
           [ 0.,  0.],
           [ 2., 20.]])
    """
    x, weight = _dense_operands(x, weight)
    expected = (*x.shape[:-1], len(weight))
    grad_output = as_shaped(
        "grad_output", grad_output, expected, "the shape of the output", dtype=x.dtype
    )
    rows = grad_output.reshape(-1, len(weight))
    return DenseGradients(
        grad_output @ weight, rows.T @ x.reshape(-1, x.shape[-1]), rows.sum(axis=0)
    )


def softmax(scores: ArrayLike) -> Array:
    """Turn scores into probabilities that sum to 1.

    Parameters
    ----------
    scores : array_like, shape (classes,) or (batch, classes)
        Finite. A number added to all scores of a row changes nothing, so the largest is taken away
        first: no exponential overflows.

    Returns
    -------
    ndarray, shape of `scores`

    Examples
    --------
    >>> softmax([1000, 1000, 0])
    array([0.5, 0.5, 0. ])
    """
    return np.exp(_log_softmax(_finite_scores(scores)))


def softmax_cross_entropy(scores: ArrayLike, labels: ArrayLike) -> CrossEntropy:
    """Return how wrong scores are, the probabilities, and in which direction to change the scores.

    Parameters
    ----------
    scores : array_like, shape (classes,) or (batch, classes)
        As for `softmax`. A batch holds at least one row.
    labels : array_like of int, shape () or (batch,)
        The true class of each row, from 0.

    Returns
    -------
    CrossEntropy
        ``loss``, the mean of −log p over the batch, p the probability of the true class, in natural
        logarithms; ``probabilities``; and ``gradient``, ∂ℓ/∂scores.

    Examples
    --------
    >>> loss, probabilities, gradient = softmax_cross_entropy([2, 2], 0)
    >>> round(loss, 4), probabilities, gradient
    (0.6931, array([0.5, 0.5]), array([-0.5,  0.5]))
    """
    scores = _finite_scores(scores)
    rows = scores.reshape(-1, scores.shape[-1])
    truth = np.asarray(labels)
    if truth.dtype.kind not in "iu":
        raise TypeError(f"`labels` must be whole numbers, got {truth.dtype} {labels!r}")
    if truth.shape != scores.shape[:-1]:
        raise ValueError(
            f"`labels` must have one class per row of `scores`, shape {scores.shape[:-1]}, "
            f"got {truth.shape}"
        )
    if truth.min() < 0 or truth.max() >= rows.shape[1]:
        raise ValueError(
            f"`labels` must be from 0 to {rows.shape[1] - 1}, got {truth.min()} to {truth.max()}"
        )
    logs = _log_softmax(rows)
    true = np.arange(len(rows)), truth.reshape(-1)
    probabilities = np.exp(logs)
    gradient = probabilities.copy()
    gradient[true] -= 1
    gradient /= len(rows)
    loss = -float(logs[true].mean())
    return CrossEntropy(loss, probabilities.reshape(scores.shape), gradient.reshape(scores.shape))


def _log_softmax(scores: Array) -> Array:
    lower = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(lower - np.log(np.exp(lower).sum(axis=-1, keepdims=True)))


def _finite_scores(scores: ArrayLike) -> Array:
    array = as_array("scores", scores, ndim=(1, 2))
    if not np.isfinite(array).all():
        raise ValueError(
            "`scores` must be finite, got NaN or infinity: did the step grow too long?"
        )
    return array


def _dense_operands(x: ArrayLike, weight: ArrayLike) -> tuple[Array, Array]:
    x = as_array("x", x, ndim=(1, 2), batch=True)
    weight = as_array("weight", weight, ndim=(2,), dtype=x.dtype)
    if x.shape[-1] != weight.shape[1]:
        raise ValueError(
            f"`weight` must have a column for each of the {x.shape[-1]} inputs in `x`, "
            f"got shape {weight.shape}"
        )
    return x, weight
