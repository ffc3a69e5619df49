"""Kernels to design: how well one does what it was made for, measured on the test card."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.convolution import conv2d
from convlab.formatting import say
from convlab.images import shapes

SIDE = 195
_ROW, _COL, _RADII = 0.24, 0.75, (0.08, 0.19)
"""Where the wheel of the test card lies, and the ring that is scored, in parts of its side."""
NOISE = np.s_[122:162, 130:186]
"""The rows and columns of the test card's noise, without its edge."""
_NEAR = 6.0
"""Degrees around an edge between two spokes."""


def light_on_spokes(weights: ArrayLike, degrees: float = 45) -> float:
    """Return the share of a filter's light that falls on the edges of one direction.

    The filter runs over the wheel of the test card (`convlab.images.shapes`), whose 16 spokes have
    edges every 22.5°. The light of a pixel is the square of the result. The score is the
    light within 6° of the two edges that run in the given direction, divided by the light of all
    eight directions' edges: 1/8 if the filter does not care, 1 if it lights up nothing else.

    Parameters
    ----------
    weights : array_like, shape (rows, cols)
        A kernel whose weights sum to 0: flat areas must stay black.
    degrees : float, default 45
        0 runs level, 90 upright, 45 from the upper left to the lower right. A multiple of 22.5.

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        If `weights` is no kernel, its weights do not sum to 0 or are all 0, or no edge of the wheel
        runs in this direction.

    Examples
    --------
    >>> upright = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    >>> light_on_spokes(upright, 90) > 0.2 > 0.01 > light_on_spokes(upright, 0)
    True
    """
    kernel = as_array("weights", weights, ndim=(2,), dtype=np.float64)
    if not kernel.any():
        raise ValueError(say("`weights` must not all be 0: nothing would light up"))
    if abs(kernel.sum()) > 1e-9 * np.abs(kernel).sum():
        raise ValueError(
            say(
                "`weights` must sum to 0, so that flat areas stay black, got {sum:g}",
                sum=kernel.sum(),
            )
        )
    if degrees % 22.5:
        sentence = "`degrees` must be a multiple of 22.5, got {degrees}"
        raise ValueError(say(sentence, degrees=degrees))
    light = conv2d(shapes(SIDE), kernel, padding="same") ** 2
    down, across = (np.mgrid[:SIDE, :SIDE] + 0.5) / SIDE
    down, across = down - _ROW, across - _COL
    radius = np.hypot(down, across)
    angle = np.degrees(np.arctan2(down, across))
    ring = (radius > _RADII[0]) & (radius < _RADII[1])
    near = ring & (np.abs((angle + 11.25) % 22.5 - 11.25) < _NEAR)
    wanted = near & (np.abs((angle - degrees + 90) % 180 - 90) < _NEAR)
    return float(light[wanted].sum() / light[near].sum())


def noise_left(weights: ArrayLike) -> float:
    """Return which part of the test card's noise is left after a filter: 1 is all, 0 nothing.

    Measured is the standard deviation over the noise at the card's lower right, after by before,
    in windows that lie on the noise alone. For independent pixels it is the square root of
    the sum of the squared weights.

    Parameters
    ----------
    weights : array_like, shape (rows, cols)
        A kernel whose weights sum to 1: flat areas must keep their brightness.

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        If `weights` is no kernel, is larger than the noise, or its weights do not sum to 1.

    Examples
    --------
    >>> noise_left([[1]])
    1.0
    >>> 0.3 < noise_left(np.full((3, 3), 1 / 9)) < 0.36
    True
    """
    kernel = as_array("weights", weights, ndim=(2,), dtype=np.float64)
    if abs(kernel.sum() - 1) > 1e-9:
        raise ValueError(
            say(
                "`weights` must sum to 1, so that flat areas stay as bright, got {sum:g}",
                sum=kernel.sum(),
            )
        )
    noise = shapes(SIDE)[NOISE]
    if kernel.shape[0] > noise.shape[0] or kernel.shape[1] > noise.shape[1]:
        raise ValueError(
            say(
                "`weights` must have at most {rows} × {cols} entries, got shape {shape}",
                rows=noise.shape[0],
                cols=noise.shape[1],
                shape=kernel.shape,
            )
        )
    return float(conv2d(noise, kernel).std() / noise.std())
