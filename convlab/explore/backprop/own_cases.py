"""What a reader's backward pass is tried on: small whole numbers without symmetry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from convlab.convolution import conv2d
from convlab.explore.backprop.own_call import OPTIONS
from convlab.explore.backprop.worked_example import WorkedExample, worked
from convlab.geometry import Geometry
from convlab.gradients import numerical_gradient

TOGETHER = "all together"
Layout = Mapping[str, int]
_SHAPES: tuple[tuple[str, tuple[int, int], tuple[int, int], Layout], ...] = (
    ("plain", (3, 3), (2, 2), {}),
    ("not square", (3, 4), (2, 3), {}),
    ("padding 1", (4, 4), (3, 3), {"padding": 1}),
    ("padding beyond d(k − 1)", (4, 4), (2, 2), {"padding": 2}),
    ("stride 2", (5, 5), (3, 3), {"stride": 2}),
    ("stride 2, rows left over", (5, 5), (2, 2), {"stride": 2}),
    ("dilation 2", (5, 5), (2, 2), {"dilation": 2}),
)
"""Name, input, kernel and options; from small to large."""
_TOGETHER = (6, 5), (3, 2), {"stride": 2, "padding": 1, "dilation": 2}


class Case(NamedTuple):
    """What a function is tried on.

    Parameters
    ----------
    name : str
    arrays : dict of str to ndarray
        ``grad_output``, ``x`` and ``weight``.
    layout : dict of str to int
        Of `OPTIONS` those that are not what they usually are.
    numerical : dict of str to ndarray
        The three gradients by central differences.
    example : WorkedExample, optional
        Where the numbers are from; None with a batch and channels.
    """

    name: str
    arrays: Mapping[str, np.ndarray]
    layout: Layout
    numerical: Mapping[str, np.ndarray]
    example: WorkedExample | None = None


def cases(accepts: Sequence[str] = OPTIONS) -> Iterator[Case]:
    """Yield the cases for a function that takes some of stride, padding and dilation."""
    shapes = [shape for shape in _SHAPES if set(shape[3]) <= set(accepts)]
    if len(accepts) > 1:
        size, kernel, layout = _TOGETHER
        shapes.append((TOGETHER, size, kernel, {name: layout[name] for name in accepts}))
    for name, shape, window, options in shapes:
        n = worked(Geometry(shape, window, **options))
        arrays = {"grad_output": n.grad_output, "x": n.x, "weight": n.weight}
        yield Case(name, arrays, options, n.numerical._asdict(), n)


def batch() -> Case:
    """Return one case more: two images with two channels each, and three kernels."""
    x = (np.arange(80) * 7 % 11 % 6 - 2.0).reshape(2, 2, 5, 4)
    weight = (np.arange(36) * 5 % 13 % 7 - 3.0).reshape(3, 2, 3, 2)
    grad = (np.arange(54) * 3 % 7 - 2.0).reshape(2, 3, 3, 3)

    def loss(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> float:
        return float((grad * conv2d(x, weight, bias)).sum())

    none = np.zeros(3)
    numerical = {
        "x": numerical_gradient(lambda v: loss(v, weight, none), x, step=1e-3),
        "weight": numerical_gradient(lambda v: loss(x, v, none), weight, step=1e-3),
        "bias": numerical_gradient(lambda v: loss(x, weight, v), none, step=1e-3),
    }
    return Case("batch", {"grad_output": grad, "x": x, "weight": weight}, {}, numerical)
