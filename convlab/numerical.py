"""A gradient by differences, to check the ones by formula against."""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import Array, as_array


def numerical_gradient(f: Callable[[Array], float], x: ArrayLike, *, step: float = 1e-6) -> Array:
    """Return the gradient of `f` at `x` by central differences, one entry at a time.

    ∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h

    where eᵢ is 1 at entry i and 0 elsewhere. Two errors add up: where `f` bends, one that grows
    with h² (truncation), and one of about 1e-16 · |f| / h, from the digits that the difference
    loses (rounding). For numbers about 1 their sum is least near h = 1e-5. Where `f` is a parabola
    along each entry, as a squared loss of a convolution is, there is no truncation, and a larger h
    is the better one.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x` and returns a number.
    x : array_like
        Where to differentiate; computed in float64, and left as it is.
    step : float, default 1e-6
        The h of the formula, above 0 and finite. The default errs on the side of functions that
        bend.

    Returns
    -------
    ndarray, shape of `x`

    Raises
    ------
    TypeError, ValueError
        If `x` is no array of numbers, or `step` is not a positive number.

    Examples
    --------
    >>> numerical_gradient(lambda x: float((x**2).sum()), [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    x = as_array("x", x, ndim=tuple(range(33)), dtype=np.float64).copy()
    given: Any = step
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"`step` must be a number, got {step!r}")
    if not (step > 0 and math.isfinite(step)):
        raise ValueError(f"`step` must be above 0 and finite, got {step!r}")
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        centre = x[index]
        x[index] = centre + step
        above = f(x.copy())
        x[index] = centre - step
        below = f(x.copy())
        x[index] = centre
        gradient[index] = (above - below) / (2 * step)
    return gradient
