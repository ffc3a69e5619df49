"""Gradient descent with momentum: how a weight follows its gradient downhill.

    v ← μ v + ∂ℓ/∂w        w ← w − η v

with v the velocity, μ the momentum and η the step length.

Source: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, section 8.3.2; B. Polyak, *Some
methods of speeding up the convergence of iteration methods*, 1964, in the form of PyTorch's
``torch.optim.SGD``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import ANY_RANK, Array, as_array, as_shaped


class Diverged(ArithmeticError):
    """The numbers of a training grew beyond all bounds: its step was too long."""


def momentum_step(
    weight: ArrayLike,
    velocity: ArrayLike,
    gradient: ArrayLike,
    *,
    step: float,
    momentum: float = 0.9,
) -> tuple[Array, Array]:
    """Go one step downhill, with some of the speed of the steps before.

    Parameters
    ----------
    weight, velocity, gradient : array_like, of one shape
        The velocity before the first step is 0. All are left as they are.
    step : float
        η, the step length, finite and above 0.
    momentum : float, default 0.9
        μ, from 0 to below 1. At 0 this is plain gradient descent; at μ, steps in one direction add
        up to 1 / (1 − μ) times their length.

    Returns
    -------
    tuple of ndarray
        The new weight, w − η v, and the new velocity, v = μ · velocity + gradient.

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of numbers, the shapes differ, or a number is out of range.

    Examples
    --------
    >>> weight, velocity = momentum_step([1.0], [10.0], [2.0], step=0.1, momentum=0.5)
    >>> weight, velocity
    (array([0.3]), array([7.]))
    """
    weight = as_array("weight", weight, ndim=ANY_RANK)
    rule = "the shape of `weight`"
    velocity = as_shaped("velocity", velocity, weight.shape, rule, dtype=weight.dtype)
    gradient = as_shaped("gradient", gradient, weight.shape, rule, dtype=weight.dtype)
    check_descent(step, momentum)
    velocity = np.asarray(momentum * velocity + gradient)
    return np.asarray(weight - step * velocity), velocity


def check_descent(step: float, momentum: float) -> None:
    """Raise unless the step length is finite and above 0, and the momentum from 0 to below 1."""
    if not 0 < step < np.inf:
        raise ValueError(f"`step` must be finite and above 0, got {step!r}")
    if not 0 <= momentum < 1:
        raise ValueError(f"`momentum` must be at least 0 and below 1, got {momentum!r}")
