"""Gradients as they are coded, bugs included, and the check that catches the bugs.

Each mistake is one that readers and students make; it is planted into otherwise right gradients.
The check compares with central differences of the loss:

    error = max |coded − numerical| / max(|coded|, |numerical|)

Each maximum is over all entries. Where no entry of either is above `TOLERANCE`, both count as 0,
and so does the error.

Source: A. Karpathy, *CS231n: Convolutional Neural Networks for Visual Recognition*, notes on
gradient checks; the error here is relative to the largest entry, so that a single 0 does no
harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.explore.backprop.worked_example import WorkedExample, worked
from convlab.geometry import Geometry
from convlab.gradients import ConvGradients, conv2d_input_grad

NONE = "none"
"""No mistake is planted."""
TOLERANCE = 1e-6
"""Below it a relative error passes: rounding leaves less than 1e-10 here, a bug more than 1e-2."""
COARSE = 1e-4
"""The same for numbers of single precision or less."""


class Agreement(NamedTuple):
    """How well a coded gradient agrees with the numerical one."""

    coded: np.ndarray
    numerical: np.ndarray

    @property
    def same_shape(self) -> bool:
        """Whether there is anything to compare, cell by cell."""
        return self.coded.shape == self.numerical.shape

    @property
    def scale(self) -> float:
        """The largest entry of either."""
        finite = self.coded[np.isfinite(self.coded)]
        return float(max(np.abs(finite).max(initial=0), np.abs(self.numerical).max(initial=0)))

    @property
    def error(self) -> float:
        """The largest difference, relative to the largest entry.

        Infinite if the shapes differ, or an entry is no finite number.
        """
        if not self.same_shape or not np.isfinite(self.coded).all():
            return float("inf")
        return self.gap / self.scale if self.scale > TOLERANCE else 0.0

    @property
    def gap(self) -> float:
        """The largest difference of two entries in the same place."""
        return float(np.abs(self.coded - self.numerical).max())

    @property
    def passes(self) -> bool:
        """Whether the check lets it pass."""
        return self.error < self.tolerance

    @property
    def tolerance(self) -> float:
        """The largest relative error that counts as rounding."""
        return COARSE if self.coded.dtype.kind == "f" and self.coded.itemsize < 8 else TOLERANCE

    @property
    def differs(self) -> np.ndarray:
        """Which entries differ by more than rounding; the shapes must be the same."""
        with np.errstate(invalid="ignore"):
            close = np.abs(self.coded - self.numerical) <= self.tolerance * self.scale
        return np.asarray(~close)

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing that was coded."""
        return self.coded.size == 0


class Checked(Protocol):
    """A state with gradients that were compared: what the picture needs to know."""

    @property
    def agreements(self) -> dict[str, Agreement]:
        """How each coded gradient agrees with the numerical one: keys x, weight, bias."""


class Mistake(NamedTuple):
    """A bug in the gradient of one part: how it was coded, and which numbers cannot show it."""

    part: str
    code: Callable[[WorkedExample], np.ndarray]
    hides: Callable[[WorkedExample], bool]


@dataclass(frozen=True)
class GradientCheckState:
    """A geometry, and the mistake that is planted.

    Parameters
    ----------
    geometry : Geometry
    mistake : str, default "none"
        One of `MISTAKES`, or `NONE`.
    symmetric : bool, default False
        Whether the kernel looks the same when rotated.
    """

    geometry: Geometry
    mistake: str = NONE
    symmetric: bool = False

    @property
    def numbers(self) -> WorkedExample:
        """The numbers of this geometry."""
        return worked(self.geometry, self.symmetric)

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """How each coded gradient agrees with the numerical one: keys x, weight, bias."""
        return agreements(self.numbers, self.mistake)


def coded(n: WorkedExample, mistake: str) -> ConvGradients:
    """Return the three gradients with one mistake planted, or none."""
    if mistake == NONE:
        return n.gradients
    planted = MISTAKES[mistake]
    return n.gradients._replace(**{planted.part: planted.code(n)})


def agreements(n: WorkedExample, mistake: str) -> dict[str, Agreement]:
    """Return how each coded gradient agrees with the numerical one: keys x, weight, bias."""
    pairs = zip(coded(n, mistake)._asdict().items(), n.numerical, strict=True)
    return {part: Agreement(np.asarray(own), numerical) for (part, own), numerical in pairs}


def _not_rotated(n: WorkedExample) -> np.ndarray:
    return conv2d(n.zero_inserted_and_padded, n.weight, dilation=n.geometry.dilation)


def _stride_forgotten_in_x(n: WorkedExample) -> np.ndarray:
    """Hand back at stride 1, then fill up with zeros until the shape is right."""
    shape = tuple(o + s - 1 for o, s in zip(n.y.shape, n.geometry.span, strict=True))
    dense = conv2d_input_grad(n.grad_output, n.weight, shape, dilation=n.geometry.dilation)
    kept = dense[n.geometry.inside]
    out = np.zeros(n.x.shape)
    out[: kept.shape[0], : kept.shape[1]] = kept
    return out


def _too_small(n: WorkedExample) -> np.ndarray:
    """Forget what the stride left over: the rows and columns at the end are missing."""
    rows, cols = np.maximum(np.subtract(n.x.shape, n.geometry.leftover), 0)
    return n.gradients.x[:rows, :cols]


def _correlate(n: WorkedExample, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over the padded input in steps of the dilation; crop to the kernel's size."""
    rows, cols = n.weight.shape
    return conv2d(n.padded, kernel, stride=n.geometry.dilation)[:rows, :cols]


def _same_rotated(values: np.ndarray) -> bool:
    return np.array_equal(values, flip(values))


def _no_gaps(n: WorkedExample) -> bool:
    """Say whether no two windows have the stride's gap between them."""
    return not any(s > 1 and o > 1 for s, o in zip(n.geometry.stride, n.y.shape, strict=True))


MISTAKES = {
    "∂ℓ/∂x: kernel not rotated": Mistake("x", _not_rotated, lambda n: _same_rotated(n.weight)),
    "∂ℓ/∂x: stride forgotten": Mistake("x", _stride_forgotten_in_x, _no_gaps),
    "∂ℓ/∂x: left-over cells cropped": Mistake(
        "x", _too_small, lambda n: max(n.geometry.leftover) == 0
    ),
    "∂ℓ/∂w: rotated as well": Mistake(
        "weight",
        lambda n: _correlate(n, flip(n.zero_inserted)),
        lambda n: _same_rotated(n.grad_output),
    ),
    "∂ℓ/∂w: stride forgotten": Mistake("weight", lambda n: _correlate(n, n.grad_output), _no_gaps),
    "∂ℓ/∂b: counted per product": Mistake(
        "bias",
        lambda n: np.asarray(n.gradients.bias * n.weight.size),
        lambda n: n.weight.size == 1,
    ),
}
"""By the name that the explorer shows."""
