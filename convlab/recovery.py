"""Recover a hidden filter: gradient descent on a kernel, from a picture before and after it.

With x the picture before, t the picture after, n its pixels, and y = `conv2d` (x, w),

    ℓ(w) = Σ (y − t)² / 2n        ∂ℓ/∂y = (y − t) / n        ∂ℓ/∂w by `conv2d_backward`

Each step sees a batch of random crops. Since y is linear in w, the loss of the whole picture is a
bowl: ℓ(w) = (wᵀ H w − 2 bᵀ w + c) / 2, with H = P Pᵀ / n, b = P t / n, c = tᵀ t / n, and P the
patch matrix. The largest eigenvalue of H says how long a step may be: below 2 (1 + μ) / λ.

Source: I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, sections 4.3.1 and 8.3.2; for
the longest step with momentum μ, G. Goh, *Why momentum really works*, Distill, 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Pair
from convlab.arguments import as_count
from convlab.arrays import Array, as_array, as_shaped
from convlab.convolution import conv2d
from convlab.descent import check_descent, momentum_step
from convlab.geometry import Geometry
from convlab.gradients import conv2d_backward
from convlab.patches import patch_matrix

GROWTH = 1000
"""How many times the loss may grow over that of the start and of an empty kernel."""


@dataclass(frozen=True, eq=False)
class Bowl:
    """The loss of the whole picture, for every kernel at once: a quadratic function.

    Attributes
    ----------
    hessian : ndarray, shape (cells, cells)
        H, with the kernel's cells in row-major order.
    slope : ndarray, shape (cells,)
        b; the gradient is H w − b.
    constant : float
        c, the mean square of the picture after.
    """

    hessian: Array
    slope: Array
    constant: float

    def loss(self, kernels: ArrayLike) -> Array:
        """Return the loss of a kernel, or of many, shape (..., rows, cols), as shape (...)."""
        kernels = np.asarray(kernels, np.float64)
        flat = kernels.reshape(*kernels.shape[:-2], len(self.slope))
        doubled = ((flat @ self.hessian - 2 * self.slope) * flat).sum(axis=-1) + self.constant
        return np.asarray(np.maximum(doubled, 0)) / 2  # rounding may leave it a hair below 0

    def longest_step(self, momentum: float = 0.0) -> float:
        """Return the step length at which descent on the whole picture no longer converges."""
        return 2 * (1 + momentum) / float(np.linalg.eigvalsh(self.hessian)[-1])


class Recovery(NamedTuple):
    """The path of a descent: what it started from, and every step after it. All are finite.

    ``kernels`` has the shape (steps + 1, rows, cols) and ``losses``, of the whole picture,
    (steps + 1,). If it `diverged`, the path ends there, and is shorter.
    """

    kernels: Array
    losses: Array
    diverged: bool


def loss_bowl(before: ArrayLike, after: ArrayLike, kernel_size: IntPair) -> Bowl:
    """Return the loss of every kernel that might have made one picture of the other.

    Parameters
    ----------
    before, after, kernel_size
        As for `recover_kernel`.

    Examples
    --------
    >>> bowl = loss_bowl([[1, 2, 4]], [[3, 6]], (1, 2))
    >>> bowl.loss([[[1, 1]], [[0, 0]]])
    array([ 0.  , 11.25])
    """
    x, target, geometry = _pictures(before, after, kernel_size)
    patches, t = patch_matrix(x, geometry.kernel_size), target.ravel()
    return Bowl(patches @ patches.T / t.size, patches @ t / t.size, float(t @ t) / t.size)


def recover_kernel(
    before: ArrayLike,
    after: ArrayLike,
    kernel_size: IntPair = 3,
    *,
    steps: int = 300,
    step: float = 0.5,
    momentum: float = 0.9,
    batch: int = 8,
    crop: int = 32,
    start: ArrayLike | None = None,
    seed: int = 0,
) -> Recovery:
    """Find the kernel that made one picture of the other, by gradient descent.

    Parameters
    ----------
    before : array_like, shape (rows, cols)
        Best with values from 0 to 1: with 255 times larger ones, a step may be 255² times shorter.
    after : array_like, shape (rows, cols) of ``conv2d(before, kernel)``
        Without padding.
    kernel_size : int or (int, int), default 3
        Rows and columns of the kernel that is sought.
    steps : int, default 300
    step : float, default 0.5
        The step length. Too long a one makes the loss grow; `Bowl.longest_step` says where.
    momentum : float, default 0.9
    batch : int, default 8
        How many crops each step sees.
    crop : int, default 32
        Rows and columns of a crop of `after`; at most all of it is taken.
    start : array_like, shape `kernel_size`, optional
        The first kernel; by default random, normal, of spread 0.1.
    seed : int, default 0
        Of the crops and of the start. Fewer steps with the same seed are the same path, cut short.

    Returns
    -------
    Recovery

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range, or the shapes do not belong together.

    Examples
    --------
    >>> before = np.random.default_rng(1).random((40, 40))
    >>> path = recover_kernel(before, conv2d(before, [[0, 1], [-1, 2]]), 2)
    >>> path.kernels[-1].round(2) + 0.0
    array([[ 0.,  1.],
           [-1.,  2.]])
    >>> recover_kernel(before, conv2d(before, [[0, 1], [-1, 2]]), 2, step=50).diverged
    True
    """
    x, target, geometry = _pictures(before, after, kernel_size)
    check_descent(step, momentum)
    rng = np.random.default_rng(as_count("seed", seed, 0))
    counts = as_count("batch", batch, 1), as_count("crop", crop, 1)
    first: Array = rng.normal(scale=0.1, size=geometry.kernel_size)
    if start is not None:
        rule = "rows and columns `kernel_size`"
        first = as_shaped("start", start, geometry.kernel_size, rule, dtype=np.float64)
        if not np.isfinite(first).all():
            raise ValueError("`start` must be finite, got NaN or infinity")
    bowl = loss_bowl(x, target, geometry.kernel_size)
    kernels, losses = [first], [float(bowl.loss(first))]
    bound = GROWTH * (losses[0] + bowl.constant / 2)
    kernel, velocity, diverged = first, np.zeros_like(first), False
    for _ in range(as_count("steps", steps, 0)):
        seen, wanted = _crops(x, target, geometry.kernel_size, *counts, rng)
        # What overflows is found below, and ends the path.
        with np.errstate(over="ignore", invalid="ignore"):
            error = conv2d(seen, kernel[None, None]) - wanted
            gradient = conv2d_backward(error / error.size, seen, kernel[None, None]).weight[0, 0]
            kernel, velocity = momentum_step(
                kernel, velocity, gradient, step=step, momentum=momentum
            )
            loss = float(bowl.loss(kernel))
        diverged = not (np.isfinite(kernel).all() and loss <= bound)
        if diverged:
            break
        kernels.append(kernel)
        losses.append(loss)
    return Recovery(np.stack(kernels), np.array(losses), diverged)


def _pictures(
    before: ArrayLike, after: ArrayLike, kernel_size: IntPair
) -> tuple[Array, Array, Geometry]:
    x = as_array("before", before, ndim=(2,), dtype=np.float64)
    geometry = Geometry(x.shape, kernel_size)
    rule = "the shape of `before` filtered without padding"
    target = as_shaped("after", after, geometry.output_shape, rule, dtype=np.float64)
    for name, picture in (("before", x), ("after", target)):
        if not np.isfinite(picture).all():
            raise ValueError(f"`{name}` must be finite, got NaN or infinity")
    return x, target, geometry


def _crops(
    x: Array, target: Array, size: Pair, batch: int, crop: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Return random crops before and after, each (batch, 1, rows, cols)."""
    rows, cols = (min(crop, length) for length in target.shape)
    tops = rng.integers(target.shape[0] - rows + 1, size=batch)
    lefts = rng.integers(target.shape[1] - cols + 1, size=batch)
    high, wide = rows + size[0] - 1, cols + size[1] - 1
    corners = list(zip(tops, lefts, strict=True))
    seen = np.stack([x[top : top + high, left : left + wide] for top, left in corners])
    wanted = np.stack([target[top : top + rows, left : left + cols] for top, left in corners])
    return seen[:, None], wanted[:, None]
