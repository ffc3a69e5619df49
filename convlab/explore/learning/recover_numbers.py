"""Descent on a hidden filter: the path, the bowl it runs down, and what of it is shown.

The path depends on all settings but the step that is looked at; it is computed once for them and
kept, so that going back and forth in time only reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from convlab.convolution import conv2d
from convlab.explore.learning.recover_pictures import SIDE, Rows, after, before
from convlab.recovery import Bowl, Recovery, loss_bowl, recover_kernel

STEPS = 200
WHOLE = 0
"""The crop that is all of the picture."""
CROPS = (8, 16, 32, WHOLE)
SPREAD = 0.5
"""Of the numbers of a random start."""
FLAT = 1e-9
"""A direction whose curvature is below this share of the largest has none."""


@lru_cache(maxsize=8)
def bowl_of(picture: str, weights: Rows) -> Bowl:
    """Return the loss of every kernel of the hidden one's size."""
    return loss_bowl(before(picture), after(picture, weights), np.shape(weights))


@dataclass(frozen=True)
class Descent:
    """Everything that decides about a path."""

    picture: str
    weights: Rows
    rate: float
    momentum: float
    batch: int
    crop: int
    start: int

    @property
    def bowl(self) -> Bowl:
        """The loss of the whole picture."""
        return bowl_of(self.picture, self.weights)

    @property
    def path(self) -> Recovery:
        """The kernels and losses from the start to the last step."""
        return _path(self)

    @property
    def curvatures(self) -> np.ndarray:
        """How much the bowl curves in each of its directions: the eigenvalues of H, ascending."""
        return np.asarray(np.linalg.eigvalsh(self.bowl.hessian))

    @property
    def longest(self) -> float:
        """The step length from which descent on the whole picture does not converge."""
        return self.bowl.longest_step(self.momentum)


@lru_cache(maxsize=16)
def _path(descent: Descent) -> Recovery:
    size = np.shape(descent.weights)
    first = np.zeros(size)
    if descent.start:
        first = np.random.default_rng(descent.start).normal(scale=SPREAD, size=size)
    whole = descent.crop == WHOLE
    return recover_kernel(
        before(descent.picture),
        after(descent.picture, descent.weights),
        size,
        steps=STEPS,
        step=descent.rate,
        momentum=descent.momentum,
        batch=1 if whole else descent.batch,
        crop=SIDE if whole else descent.crop,
        start=first,
    )


@dataclass(frozen=True)
class RecoverState:
    """A descent, and the moment of it that is looked at.

    Parameters
    ----------
    picture : str
        One of `PICTURES`.
    hidden : str
        The name of the hidden filter: one of `HIDDEN`, or `OWN`.
    weights : tuple of tuple of float
        The hidden filter.
    rate : float
        The step length η.
    momentum : float
    batch : int
        Crops that each step sees.
    crop : int
        Rows and columns of a crop of the result; `WHOLE` for all of it.
    start : int
        0 for a kernel of zeros, else the seed of a random one.
    across, up : int
        The two weights of the loss surface, counted along the rows.
    revealed : bool
        Whether the hidden filter is shown.
    step : int
    """

    picture: str
    hidden: str
    weights: Rows
    rate: float
    momentum: float
    batch: int
    crop: int
    start: int
    across: int
    up: int
    revealed: bool
    step: int

    @cached_property
    def descent(self) -> Descent:
        """All that decides about the path."""
        settings = self.rate, self.momentum, self.batch, self.crop, self.start
        return Descent(self.picture, self.weights, *settings)

    @cached_property
    def path(self) -> Recovery:
        """All kernels and losses."""
        return self.descent.path

    @property
    def kernel(self) -> np.ndarray:
        """The kernel now."""
        return np.asarray(self.path.kernels[self.step])

    @property
    def loss(self) -> float:
        """Its loss on the whole picture."""
        return float(self.path.losses[self.step])

    @property
    def difference(self) -> np.ndarray:
        """The kernel now minus the hidden one."""
        return self.kernel - self.weights

    @property
    def error(self) -> float:
        """The largest error of a weight."""
        return float(np.abs(self.difference).max())

    @property
    def last(self) -> int:
        """The last step of the path."""
        return len(self.path.losses) - 1

    @property
    def is_at_the_end(self) -> bool:
        """Whether the path diverged, and ends at this step."""
        return self.path.diverged and self.step == self.last

    @cached_property
    def made(self) -> np.ndarray:
        """What the kernel now makes of the picture."""
        return conv2d(before(self.picture), self.kernel)

    @property
    def flat_directions(self) -> int:
        """In how many directions the bowl does not curve: the picture cannot tell them apart."""
        curves = self.descent.curvatures
        return int((curves < FLAT * curves[-1]).sum())

    @property
    def condition(self) -> float:
        """How many times more the bowl curves in its steepest direction than in its flattest."""
        curves = self.descent.curvatures
        return float(curves[-1] / curves[0])


def slice_losses(state: RecoverState, across: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Return the loss over two weights, all others as in the hidden filter.

    The hidden filter lies at the bottom of the bowl, where the loss and its gradient are 0. So the
    slice is ∆ᵀ H ∆ / 2, with the two rows and columns of H, and ∆ what the two weights differ by.

    Parameters
    ----------
    state : RecoverState
    across, up : ndarray, shape (number,)
        Values of either weight.

    Returns
    -------
    ndarray, shape (len(up), len(across))
    """
    answer, hessian = np.ravel(state.weights), state.descent.bowl.hessian
    one, other = across - answer[state.across], (up - answer[state.up])[:, None]
    doubled = (
        hessian[state.across, state.across] * one**2
        + 2 * hessian[state.across, state.up] * one * other
        + hessian[state.up, state.up] * other**2
    )
    return np.asarray(np.maximum(doubled, 0) / 2)
