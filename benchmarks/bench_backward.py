"""Backward passes against their forward passes: convolution and max pooling."""

from __future__ import annotations

import numpy as np

from benchmarks.timing import medians, report
from convlab import conv2d, conv2d_backward, max_pool2d, max_pool2d_backward
from convlab.arrays import Array

ROUNDS = 200

CASES = {
    "64→64 channels, 56×56": ((1, 64, 56, 56), 64),
    "batch 16, 16→32 channels, 28×28": ((16, 16, 28, 28), 32),
    "batch 32, 8→16 channels, 4×4": ((32, 8, 4, 4), 16),
}
POOLED = {
    "64 channels, 56×56": (1, 64, 56, 56),
    "batch 16, 32 channels, 28×28": (16, 32, 28, 28),
    "batch 32, 16 channels, 8×8": (32, 16, 8, 8),
}


def main() -> None:
    """Print ratios of medians."""
    rng = np.random.default_rng(0)
    for name, (shape, kernels) in CASES.items():
        x = rng.normal(size=shape).astype(np.float32)
        w = rng.normal(size=(kernels, shape[1], 3, 3)).astype(np.float32)
        g = rng.normal(size=(shape[0], kernels, *shape[2:])).astype(np.float32)
        times = medians(
            {
                "forward": lambda x=x, w=w: conv2d(x, w, padding=1),
                "backward": lambda x=x, w=w, g=g: conv2d_backward(g, x, w, padding=1),
            },
            rounds=ROUNDS,
        )
        report(f"conv2d, {name}, 3×3, float32", times["forward"], "ms")
        report("  its backward pass, in forward passes", _ratio(times), "×", "≤ 2.5")
    for name, shape in POOLED.items():
        x = rng.normal(size=shape).astype(np.float32)
        g = max_pool2d(x, 2)
        times = medians(
            {
                "forward": lambda x=x: max_pool2d(x, 2),
                "backward": lambda x=x, g=g: max_pool2d_backward(g, x, 2),
                "there and back": lambda x=x, g=g: _there_and_back(x, g),
            },
            rounds=ROUNDS,
        )
        report(f"max_pool2d, {name}, 2×2, float32", times["forward"], "ms")
        report("  its backward pass, in forward passes", _ratio(times), "×", "≤ 2")
        bare = times["there and back"] / times["forward"]
        report("  reading and writing each window's cells takes of these", bare, "×")


def _there_and_back(x: Array, g: Array) -> Array:
    """Read each cell of each window of 2×2, and write to it: no backward pass does with less."""
    grad, y = np.zeros_like(x), np.empty_like(g)
    for row, col in np.ndindex(2, 2):
        cells = (..., slice(row, None, 2), slice(col, None, 2))
        y[...] = x[cells]
        grad[cells] = y
    return grad


def _ratio(times: dict[str, float]) -> float:
    return times["backward"] / times["forward"]
