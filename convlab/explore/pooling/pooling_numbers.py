"""Pooling up to a step, forwards and backwards: the numbers of the lesson's pictures.

Each channel is pooled by itself. Backwards, each window hands its gradient back to the cells that
it looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from convlab.geometry import Geometry, Window
from convlab.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward

MOST = 3
"""Channels, at most."""
SIDE = 5
"""Rows and columns of the input, at most."""

FORWARD, BACKWARD, SLIP = "forward", "backward", "slip"
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
    show : {"forward", "backward", "slip"}
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
        rows, cols = self.geometry.kernel_size
        return self.channels * rows * cols


class Numbers(NamedTuple):
    """Both passes up to a step; all of shape (channels, rows, columns)."""

    x: np.ndarray
    y: np.ndarray
    grad_output: np.ndarray
    grad_input: np.ndarray
    """What the windows have handed back so far, the current one included."""
    patch: np.ndarray
    """What the current windows see; NaN where it is padding."""
    share: np.ndarray
    """What the current windows hand back to each of their cells; NaN where it is padding."""


def every_maximum(grad_output: np.ndarray, x: np.ndarray, geometry: Geometry) -> np.ndarray:
    """Hand each gradient to *every* cell that equals the maximum: the slip ``x == max``.

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


@lru_cache(maxsize=64)
def numbers_of(state: PoolingState) -> Numbers:
    """Return the numbers of both passes."""
    geometry = state.geometry
    rows, cols = geometry.input_shape
    x = INPUTS[state.numbers][: state.channels, :rows, :cols]
    layout = {"stride": geometry.stride, "padding": geometry.padding}
    if state.kind == MAX:
        forward, back = max_pool2d, max_pool2d_backward
    else:
        counted = {"count_include_pad": state.kind == AVERAGE}
        forward, back = partial(avg_pool2d, **counted), partial(avg_pool2d_backward, **counted)

    def handed(grad: np.ndarray) -> np.ndarray:
        if state.show == SLIP:
            return every_maximum(grad, x, geometry)
        return back(grad, x, geometry.kernel_size, **layout)

    height, width = geometry.output_shape
    grad_output = GRAD_OUTPUT[: state.channels, :height, :width]
    order = np.arange(geometry.steps).reshape(height, width)
    (_, at_rows, at_cols) = state.window
    window = (slice(None), *np.ix_(at_rows, at_cols))
    return Numbers(
        x,
        forward(x, geometry.kernel_size, **layout),
        grad_output,
        handed(np.where(order <= state.step, grad_output, 0)),
        _padded(x, geometry, np.nan)[window],
        _padded(handed(np.where(order == state.step, grad_output, 0)), geometry, np.nan)[window],
    )


def _padded(values: np.ndarray, geometry: Geometry, fill: float) -> np.ndarray:
    sides = ((0, 0),) * (values.ndim - 2) + geometry.padding
    return np.pad(values, sides, constant_values=fill)
