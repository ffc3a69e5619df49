"""The numbers behind the pictures to read; what is asked of each can be read off them."""

from __future__ import annotations

import numpy as np

from convlab.geometry import Geometry

STEPS = Geometry((7, 9), 3, stride=(2, 3))
COUNTED = Geometry((1, 11), (1, 5), stride=(1, 3), padding=(0, 1))
CONE = ((2, 3, 1), (3, 1, 2))
"""Kernel, stride and dilation of both layers, from below."""
BANK = (6, 2, 3, 2)
"""Kernels, slices of each, rows and columns; over four channels, in two groups."""
MAKERS = ("smooth", "horizontal gradient", "sharpen", "vertical gradient")
MATRIX = Geometry((4, 5), (2, 3), stride=(1, 2))
WEIGHT = np.array([[1, 2, 0], [3, -1, 4], [0, 5, 2]], float)
GRADIENT = np.array([[2, 1], [3, 4]], float)
POOLED = np.array(
    [
        [1, 4, 2, 0, 5, 3, 1],
        [3, 0, 5, 2, 1, 6, 2],
        [2, 9, 3, 1, 7, 0, 4],
        [6, 1, 0, 8, 2, 5, 3],
        [0, 2, 4, 3, 1, 2, 5],
    ],
    float,
)


def window_counts() -> np.ndarray:
    """Return how many windows read each cell of a row."""
    reads = np.zeros(COUNTED.padded_shape[1], int)
    for step in range(COUNTED.steps):
        reads[list(COUNTED.window(step).cols)] += 1
    before, after = COUNTED.padding[1]
    return reads[before : len(reads) - after]


def cone_lines() -> tuple[list[list[int]], list[int]]:
    """Return which cells each unit of layer 1 reads, and which of these units that of layer 2."""
    (k1, s1, d1), (k2, _, d2) = CONE
    units = d2 * (k2 - 1) + 1
    taps = [[unit * s1 + tap * d1 for tap in range(k1)] for unit in range(units)]
    return taps, [tap * d2 for tap in range(k2)]
