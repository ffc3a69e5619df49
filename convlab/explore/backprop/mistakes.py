"""Gradients as they are coded, slips included, and the check that catches the slips.

Each mistake is one that readers and students make; it is planted into otherwise right gradients.
The check compares with central differences of the loss:

    error = max |coded − numerical| / max(|coded|, |numerical|)    0 where both are 0

Source: A. Karpathy, *CS231n: Convolutional Neural Networks for Visual Recognition*, notes on
gradient checks; the error here is relative to the largest entry, so that a 0 does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.gradients import ConvGradients, conv2d_input_grad

TOLERANCE = 1e-6
"""Largest relative error that passes: rounding leaves about 1e-9, a slip a good part of 1."""


class Agreement(NamedTuple):
    """How well a coded gradient agrees with the numerical one."""

    coded: np.ndarray
    numerical: np.ndarray

    @property
    def same_shape(self) -> bool:
        """Whether there is anything to compare, cell by cell."""
        return self.coded.shape == self.numerical.shape

    @property
    def error(self) -> float:
        """The largest difference, relative to the largest entry; infinite if the shapes differ."""
        if not self.same_shape:
            return float("inf")
        scale = max(np.abs(self.coded).max(), np.abs(self.numerical).max())
        gap = np.abs(self.coded - self.numerical).max()
        return float(gap / scale) if scale > TOLERANCE else 0.0

    @property
    def passes(self) -> bool:
        """Whether the check lets it pass."""
        return self.error < TOLERANCE


@dataclass(frozen=True)
class Mistake:
    """A slip in one of the three gradients.

    Parameters
    ----------
    words : str
        What was done.
    part : {"x", "weight", "bias"}
        Whose gradient it spoils.
    code : callable
        Takes the numbers and returns that gradient, as someone coded it.
    hidden : callable
        Takes the numbers and says why the slip does not show in them.
    """

    words: str
    part: str
    code: Callable[[WorkedExample], np.ndarray]
    hidden: Callable[[WorkedExample], str]


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
    rows, cols = (
        max(size - left, 0) for size, left in zip(n.x.shape, n.geometry.leftover, strict=True)
    )
    return n.gradients.x[:rows, :cols]


def _both_rotated(n: WorkedExample) -> np.ndarray:
    return _correlate(n, flip(n.zero_inserted))


def _stride_forgotten_in_w(n: WorkedExample) -> np.ndarray:
    return _correlate(n, n.grad_output)


def _correlate(n: WorkedExample, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over the padded input in steps of the dilation; crop to the kernel's size."""
    rows, cols = n.weight.shape
    return conv2d(n.padded, kernel, stride=n.geometry.dilation)[:rows, :cols]


def _per_product(n: WorkedExample) -> np.ndarray:
    return n.gradients.bias * n.weight.size


def _why_not_rotated(n: WorkedExample) -> str:
    if np.array_equal(n.weight, flip(n.weight)):
        return "this kernel looks the same when rotated. Test code with an asymmetric kernel"
    return _BY_CHANCE


def _why_both_rotated(n: WorkedExample) -> str:
    if np.array_equal(n.grad_output, flip(n.grad_output)):
        return "this ∂ℓ/∂O looks the same when rotated. Test code with more than one output"
    return _BY_CHANCE


def _why_stride(n: WorkedExample) -> str:
    gaps = [s > 1 and o > 1 for s, o in zip(n.geometry.stride, n.y.shape, strict=True)]
    if not any(gaps):
        return "there is no gap between windows to forget. Test code at stride 2"
    return _BY_CHANCE


def _why_too_small(n: WorkedExample) -> str:
    if max(n.geometry.leftover) == 0:
        return "the stride leaves nothing over here. Test sizes that it does not divide"
    return _BY_CHANCE


def _why_per_product(n: WorkedExample) -> str:
    if n.weight.size == 1:
        return "a kernel of one weight has one product. Test code with a larger kernel"
    return "∂ℓ/∂b is 0 here, and so is any multiple of it. Test code on other numbers"


_BY_CHANCE = "the numbers happen to agree. Test code on more than one case"

MISTAKES: dict[str, Mistake | None] = {
    "none": None,
    "∂ℓ/∂x: kernel not rotated": Mistake(
        "∂ℓ/∂x was coded without rotating the kernel", "x", _not_rotated, _why_not_rotated
    ),
    "∂ℓ/∂x: stride forgotten": Mistake(
        "∂ℓ/∂x was coded as if the stride were 1", "x", _stride_forgotten_in_x, _why_stride
    ),
    "∂ℓ/∂x: left-over cells cropped": Mistake(
        "∂ℓ/∂x was coded without the cells that the stride left over",
        "x",
        _too_small,
        _why_too_small,
    ),
    "∂ℓ/∂w: rotated as well": Mistake(
        "∂ℓ/∂w was coded with ∂ℓ/∂O rotated by 180°", "weight", _both_rotated, _why_both_rotated
    ),
    "∂ℓ/∂w: stride forgotten": Mistake(
        "∂ℓ/∂w was coded without spreading ∂ℓ/∂O by the stride",
        "weight",
        _stride_forgotten_in_w,
        _why_stride,
    ),
    "∂ℓ/∂b: counted per product": Mistake(
        "∂ℓ/∂b was coded as if each product had its own bias",
        "bias",
        _per_product,
        _why_per_product,
    ),
}
"""By the name that the explorer shows."""


def coded(n: WorkedExample, mistake: str) -> ConvGradients:
    """Return the three gradients with one mistake planted."""
    planted = MISTAKES[mistake]
    if planted is None:
        return n.gradients
    return n.gradients._replace(**{planted.part: np.asarray(planted.code(n))})


def agreements(n: WorkedExample, mistake: str) -> dict[str, Agreement]:
    """Return how each coded gradient agrees with the numerical one: keys x, weight, bias."""
    pairs = zip(coded(n, mistake)._asdict().items(), n.numerical, strict=True)
    return {part: Agreement(np.asarray(own), numerical) for (part, own), numerical in pairs}
