"""Pooling up to a step, forwards and backwards: the numbers of the lesson's pictures.

Each channel is pooled by itself. Backwards, each window hands its gradient back to the cells that
it looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convlab.geometry import Geometry, Window
from convlab.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward

MOST = 3
"""Channels, at most."""
SIDE = 5
"""Rows and columns of the input, at most."""

FORWARD, BACKWARD, BUG = "forward", "backward", "bug"
MAX, AVERAGE, INSIDE = "max", "average", "average of input cells"


def _varied() -> np.ndarray:
    """Return digits of which no two equal ones touch, so that a 2 × 2 window has one maximum."""
    rng = np.random.default_rng(2012)
    digits = np.zeros((MOST, SIDE + 1, SIDE + 2))
    for plane, row, col in np.ndindex(MOST, SIDE, SIDE):
        touched = digits[plane, row : row + 2, col : col + 3]
        digits[plane, row + 1, col + 1] = rng.choice(np.setdiff1d(np.arange(1, 10), touched))
    return digits[:, 1:, 1:-1]


def _rectified() -> np.ndarray:
    """Return small numbers after a ReLU: half of them 0, and many a maximum shared."""
    return np.maximum(np.random.default_rng(5).integers(-3, 4, (MOST, SIDE, SIDE)), 0.0)


INPUTS = {"varied": _varied(), "ties": _rectified()}
"""Numbers to pool, shape (channels, rows, columns)."""
GRAD_OUTPUT = 4.0 * np.random.default_rng(8).integers(1, 4, (MOST, SIDE + 2, SIDE + 2))
"""∂ℓ/∂y: multiples of 4, so that a 2 × 2 average hands back whole numbers."""


@dataclass(frozen=True)
class PoolingState:
    """Everything that the pooling shows.

    Parameters
    ----------
    geometry : Geometry
        Of one channel.
    kind : {"max", "average", "average of input cells"}
        The last one leaves padding out of the count.
    channels : int
    show : {"forward", "backward", "bug"}
        Values, gradients, or gradients as ``x == max`` would hand them to every maximum.
    numbers : {"varied", "ties"}
    step : int
        Where the windows stand, counted along the rows; the same in every channel.
    azimuth, elevation : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    kind: str = MAX
    channels: int = 3
    show: str = FORWARD
    numbers: str = "varied"
    step: int = 0
    azimuth: float = 25
    elevation: float = 28

    @property
    def window(self) -> Window:
        """Where the windows stand."""
        return self.geometry.window(self.step)

    @property
    def forward(self) -> bool:
        """Whether values are shown, and not gradients."""
        return self.show == FORWARD

    @property
    def weights_of_a_convolution(self) -> int:
        """How many weights a convolution with this window has for each output channel."""
        return self.channels * self.cells

    @property
    def cells(self) -> int:
        """The number of cells of a window, padding included."""
        rows, cols = self.geometry.kernel_size
        return rows * cols

    @property
    def overlapping(self) -> bool:
        """Whether windows share cells."""
        return bool(np.less(self.geometry.stride, self.geometry.kernel_size).any())

    @cached_property
    def x(self) -> np.ndarray:
        """The input, of shape (channels, rows, columns), as are all that follow."""
        rows, cols = self.geometry.input_shape
        return np.asarray(INPUTS[self.numbers][: self.channels, :rows, :cols])

    @cached_property
    def y(self) -> np.ndarray:
        """The output."""
        if self.kind == MAX:
            pooled: np.ndarray = max_pool2d(self.x, self.geometry.kernel_size, **self._layout)
            return pooled
        return avg_pool2d(self.x, self.geometry.kernel_size, **self._counted, **self._layout)

    @cached_property
    def grad_output(self) -> np.ndarray:
        """∂ℓ/∂y."""
        height, width = self.geometry.output_shape
        return GRAD_OUTPUT[: self.channels, :height, :width]

    @cached_property
    def grad_input(self) -> np.ndarray:
        """What the windows have handed back so far, the current one included."""
        return self._handed_back(np.where(self._order <= self.step, self.grad_output, 0))

    @cached_property
    def won(self) -> np.ndarray:
        """Which cells of the input have been the maximum of a window so far: bool."""
        reached = np.where(self._order <= self.step, 1.0, 0.0)
        return self._handed_back(np.broadcast_to(reached, self.y.shape)) > 0

    @cached_property
    def patch(self) -> np.ndarray:
        """What the current windows see; NaN where it is padding."""
        return self._under_the_window(self.x)

    @cached_property
    def share(self) -> np.ndarray:
        """What the current windows hand back to each of their cells; NaN where it is padding."""
        now = np.where(self._order == self.step, self.grad_output, 0)
        return self._under_the_window(self._handed_back(now))

    @property
    def on_padding(self) -> int:
        """How many cells of the current window are padding."""
        return int(np.isnan(self.patch[0]).sum())

    @property
    def paid(self) -> float:
        """What the outputs have handed back so far."""
        return float(self.grad_output[:, self._order <= self.step].sum())

    def maxima(self, plane: int) -> np.ndarray:
        """Return which cells of a channel's window hold its maximum."""
        found: np.ndarray = self.patch[plane] == np.nanmax(self.patch[plane])
        return found

    @property
    def _order(self) -> np.ndarray:
        return np.arange(self.geometry.steps).reshape(self.geometry.output_shape)

    @property
    def _layout(self) -> dict[str, Any]:
        return {"stride": self.geometry.stride, "padding": self.geometry.padding}

    @property
    def _counted(self) -> dict[str, bool]:
        return {"count_include_pad": self.kind == AVERAGE}

    def _handed_back(self, grad: np.ndarray) -> np.ndarray:
        if self.show == BUG:
            return every_maximum(grad, self.x, self.geometry)
        size, layout = self.geometry.kernel_size, self._layout
        if self.kind == MAX:
            return max_pool2d_backward(grad, self.x, size, **layout)
        return avg_pool2d_backward(grad, self.x, size, **self._counted, **layout)

    def _under_the_window(self, values: np.ndarray) -> np.ndarray:
        _, rows, cols = self.window
        down, across = np.ix_(rows, cols)
        return _padded(values, self.geometry, np.nan)[:, down, across]


def every_maximum(grad_output: np.ndarray, x: np.ndarray, geometry: Geometry) -> np.ndarray:
    """Hand each gradient to *every* cell that equals the maximum: the bug ``x == max``.

    Examples
    --------
    >>> every_maximum(np.array([[10.0]]), np.array([[7.0, 9.0, 9.0]]), Geometry((1, 3), (1, 3)))
    array([[ 0., 10., 10.]])
    """
    y = max_pool2d(x, geometry.kernel_size, stride=geometry.stride, padding=geometry.padding)
    padded = _padded(x, geometry, -np.inf)
    grad = np.zeros_like(padded)
    for tap in geometry.taps:
        grad[(..., *tap.view)] += np.where(padded[(..., *tap.view)] == y, grad_output, 0)
    return grad[(..., *geometry.inside)]


def _padded(values: np.ndarray, geometry: Geometry, fill: float) -> np.ndarray:
    sides = ((0, 0),) * (values.ndim - 2) + geometry.padding
    return np.pad(values, sides, constant_values=fill)
