"""One convolution worked through, forwards and backwards: the numbers of the lesson's pictures.

The loss is half the squared distance from a target, ℓ = ½ Σ (yⱼ − tⱼ)², so that ∂ℓ/∂y = y − t.
The target is what a slightly different kernel and bias would give, hence it can be reached.
Everything is computed by convlab's own functions for the geometry at hand.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convlab.convolution import conv2d, flip
from convlab.geometry import Geometry
from convlab.gradients import (
    ConvGradients,
    conv2d_backward,
    numerical_gradient,
)
from convlab.matrix import conv_matrix

INPUT = np.array(
    [
        [1, 2, 0, 3, 1, 2],
        [0, 1, 3, 1, 2, 0],
        [2, 1, 2, 0, 3, 1],
        [3, 0, 1, 2, 0, 2],
        [1, 3, 0, 2, 1, 1],
        [2, 0, 1, 3, 2, 0],
    ],
    float,
)
WEIGHT = np.array([[2, -1, 1], [1, 3, -2], [-3, 2, -1]], float)
"""No entry is 0 and no upper left part of it looks the same when rotated, so that no bug hides."""
SYMMETRIC = np.array([[-1, 2, -1], [2, 3, 2], [-1, 2, -1]], float)
BIAS = 1.0
DRIFT = np.array([[0, 1, -1], [1, 0, 0], [0, -1, 0]], float)
"""By how much the weights are off."""
BIAS_DRIFT = 2.0
NUDGE = 1e-4
"""Of the central differences; they are exact for a parabola, so rounding alone sets its size."""


class Connection(NamedTuple):
    """A weight between an input cell and an output pixel, each counted from 0 along the rows."""

    source: int
    pixel: int
    weight: tuple[int, int]


class WorkedExample:
    """The numbers of one convolution on a geometry.

    Parameters
    ----------
    geometry : Geometry
        With an input of at most 6 × 6 and a kernel of at most 3 × 3.
    symmetric : bool, default False
        Take a kernel that looks the same when rotated (where it is square).

    Attributes
    ----------
    x, weight, bias, y, target, grad_output
        Of the forward pass, and ∂ℓ/∂y.
    gradients : ConvGradients
        ∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b.
    """

    def __init__(self, geometry: Geometry, *, symmetric: bool = False) -> None:
        self.geometry = geometry
        self.layout = geometry.layout
        rows, cols = geometry.kernel_size
        kernel = WEIGHT[:rows, :cols]
        if symmetric:
            top, left = (3 - rows) // 2, (3 - cols) // 2
            middle = SYMMETRIC[top : top + rows, left : left + cols]
            kernel = (middle + flip(middle)) / 2
        self.x = INPUT[: geometry.input_shape[0], : geometry.input_shape[1]]
        self.weight, self.bias = kernel, BIAS
        self.y = self.forward(self.weight, self.bias)
        self.target = self.forward(self.weight - DRIFT[:rows, :cols], self.bias - BIAS_DRIFT)
        self.grad_output = self.y - self.target

    def forward(
        self, weight: np.ndarray, bias: ArrayLike, x: np.ndarray | None = None
    ) -> np.ndarray:
        """Return the output for these weights and this bias."""
        return conv2d(self.x if x is None else x, weight, bias, **self.layout)

    def loss(self, y: np.ndarray) -> float:
        """Return ½ Σ (y − t)²."""
        return float(((y - self.target) ** 2).sum() / 2)

    @cached_property
    def gradients(self) -> ConvGradients:
        """∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b."""
        return conv2d_backward(self.grad_output, self.x, self.weight, **self.layout)

    @cached_property
    def numerical(self) -> ConvGradients:
        """The same three by central differences of the loss."""
        w, b, x = self.weight, self.bias, self.x
        return ConvGradients(
            numerical_gradient(lambda v: self.loss(self.forward(w, b, v)), x, step=NUDGE),
            numerical_gradient(lambda v: self.loss(self.forward(v, b)), w, step=NUDGE),
            numerical_gradient(lambda v: self.loss(self.forward(w, v)), np.array(b), step=NUDGE),
        )

    @cached_property
    def matrix(self) -> np.ndarray:
        """C̃, the matrix of this convolution."""
        return conv_matrix(self.weight, self.geometry.input_shape, **self.layout)

    @cached_property
    def connections(self) -> list[Connection]:
        """Every weight that meets an input cell, in the order of the output pixels."""
        count = np.arange(1.0, self.weight.size + 1).reshape(self.weight.shape)
        met = conv_matrix(count, self.geometry.input_shape, **self.layout).astype(int)
        rows, cols = np.unravel_index(met[met > 0] - 1, self.weight.shape)
        places = np.column_stack([*np.nonzero(met), rows, cols]).tolist()
        return [Connection(source, pixel, (u, v)) for pixel, source, u, v in places]

    def fed_by(self, source: int) -> list[Connection]:
        """Return what an input cell feeds."""
        return [connection for connection in self.connections if connection.source == source]

    def gradient_of(self, source: int) -> float:
        """Return ∂ℓ/∂x of an input cell."""
        return float(self.gradients.x.flat[source])

    @cached_property
    def covered(self) -> np.ndarray:
        """Input cells that some window reaches: bool, of the input's shape."""
        return np.asarray(np.abs(self.matrix).sum(axis=0).reshape(self.x.shape) > 0)

    def met_by(self, u: int, v: int) -> np.ndarray:
        """Return the padded input cells that a weight meets, one per output pixel."""
        return self.padded[self.geometry.reach(0, u), self.geometry.reach(1, v)]

    @cached_property
    def zero_inserted(self) -> np.ndarray:
        """∂ℓ/∂y with the stride's zeros between its rows and columns."""
        return self._insert_zeros(self.grad_output)

    @cached_property
    def inserted(self) -> np.ndarray:
        """Which cells of `zero_inserted` are such zeros: bool."""
        return ~self._insert_zeros(np.ones(self.y.shape, bool))

    def _insert_zeros(self, values: np.ndarray) -> np.ndarray:
        (rows, cols), (down, across) = values.shape, self.geometry.stride
        out = np.zeros(((rows - 1) * down + 1, (cols - 1) * across + 1), values.dtype)
        out[::down, ::across] = values
        return out

    @cached_property
    def border(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Zeros around `zero_inserted` for the input gradient, ((top, bottom), (left, right)).

        Before it d(k − 1) − padding; after it the same, and as many more as the stride left over.
        """
        axes = zip(self.geometry.span, self.geometry.padding, self.geometry.leftover, strict=True)
        vertical, horizontal = (
            (span - 1 - before, span - 1 - after + left) for span, (before, after), left in axes
        )
        return vertical, horizontal

    @cached_property
    def zero_inserted_and_padded(self) -> np.ndarray:
        """What the rotated kernel slides over to give the input gradient."""
        return np.pad(self.zero_inserted, self.border)

    @cached_property
    def padded(self) -> np.ndarray:
        """The input with its padding."""
        return np.pad(self.x, self.geometry.padding)

    @cached_property
    def uncropped(self) -> np.ndarray:
        """The zero-inserted ∂ℓ/∂y slid over the padded input in steps of the dilation.

        Its first k rows and columns are ∂ℓ/∂w; a stride that leaves cells over may add more.
        """
        return conv2d(self.padded, self.zero_inserted, stride=self.geometry.dilation)

    @cached_property
    def nudge(self) -> np.ndarray:
        """Some small change of the input, to try the chain rule on."""
        return (np.arange(self.x.size) * 2 % 5 - 2).reshape(self.x.shape) / 10

    @property
    def change_of_loss(self) -> float:
        """By how much the loss changes with the `nudge`, to first order, through C̃."""
        change = (self.matrix @ self.nudge.ravel()) @ self.grad_output.ravel()
        return round(float(change), 12)

    @cached_property
    def rate(self) -> float:
        """A step length η of one digit, small enough that the loss falls at every step.

        1/L rounded down, with L the largest curvature of the loss: the squared norm of the matrix
        that takes weights and bias to the output.
        """
        cells = [self.met_by(u, v).ravel() for u, v in np.ndindex(self.weight.shape)]
        curvature = np.linalg.norm([*cells, np.ones(self.y.size)], 2) ** 2
        power = int(np.floor(np.log10(1 / curvature)))
        return float(f"{np.floor(10.0**-power / curvature):.0f}e{power}")

    @cached_property
    def learned(self) -> tuple[np.ndarray, float]:
        """The weights and the bias after one step against the gradient."""
        weight = self.weight - self.rate * self.gradients.weight
        return weight, float(self.bias - self.rate * self.gradients.bias)

    @cached_property
    def losses(self) -> tuple[float, float]:
        """The loss before that step, and after it."""
        return self.loss(self.y), self.loss(self.forward(*self.learned))


@lru_cache(maxsize=64)
def worked(geometry: Geometry, symmetric: bool = False) -> WorkedExample:
    """Return the numbers for a geometry, computed once."""
    return WorkedExample(geometry, symmetric=symmetric)
