"""Numbers to look at: small, varied, and the same on every machine."""

from __future__ import annotations

import numpy as np

GUIDE_INPUT = np.array(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]], float
)
GUIDE_KERNEL = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]], float)
"""The worked example of arXiv:1603.07285, figure 1.1; the kernel's first and last row are equal."""
LETTER_T = np.array([[1, 2, 3], [0, 4, 0], [0, 5, 0]], float)
"""A kernel that is unlike all its rotations, mirror images and transposes."""


def _grown(corner: np.ndarray, size: int, low: int, high: int) -> np.ndarray:
    grown = np.random.default_rng(1603).integers(low, high + 1, (size, size)).astype(float)
    grown[: len(corner), : len(corner)] = corner
    grown.flags.writeable = False
    return grown


PICTURE = _grown(GUIDE_INPUT, 9, 0, 3)
KERNEL = _grown(GUIDE_KERNEL, 5, -1, 2)


def _stack(*shape: int, low: int, high: int) -> np.ndarray:
    drawn = np.random.default_rng(189).integers(low, high + 1, shape).astype(float)
    drawn.flags.writeable = False
    return drawn


CHANNELS = _stack(4, 6, 6, low=0, high=3)
BANK = _stack(4, 4, 3, 3, low=-1, high=2)
BIASES = np.array([2.0, -1.0, 3.0, 1.0])
"""Four input channels, four kernels that span them all, and a bias for each kernel."""
