"""The mathematics: `conv2d` against scipy and the bare matrix product; the sparse C̃."""

from __future__ import annotations

import numpy as np
from scipy.signal import correlate2d

from benchmarks.timing import medians, report
from convlab import conv2d, conv_matrix


def main() -> None:
    """Print ratios of medians."""
    rng = np.random.default_rng(0)
    picture = rng.normal(size=(512, 600)).astype(np.float32)
    kernel = rng.normal(size=(3, 3)).astype(np.float32)
    times = medians(
        {
            "scipy": lambda: correlate2d(picture, kernel, mode="valid"),
            "conv2d": lambda: conv2d(picture, kernel),
        }
    )
    report("conv2d, one channel, 512×600, 3×3, float32", times["conv2d"], "ms")
    report("  times faster than scipy's correlate2d", times["scipy"] / times["conv2d"], "×", "≥ 5")

    x = rng.normal(size=(64, 56, 56)).astype(np.float32)
    bank = rng.normal(size=(64, 64, 3, 3)).astype(np.float32)
    flat, patches = bank.reshape(64, -1), rng.normal(size=(576, 56 * 56)).astype(np.float32)
    times = medians(
        {"product": lambda: flat @ patches, "conv2d": lambda: conv2d(x, bank, padding=1)}
    )
    report("conv2d, 64→64 channels, 56×56, 3×3, float32", times["conv2d"], "ms")
    ratio = times["conv2d"] / times["product"]
    report("  times the bare matrix product of that size", ratio, "×", "≤ 1.25")

    x, bank = rng.normal(size=(32, 8, 4, 4)), rng.normal(size=(16, 8, 3, 3))
    flat, patches = bank.reshape(16, -1), rng.normal(size=(72, 32 * 4 * 4))
    times = medians(
        {"product": lambda: flat @ patches, "conv2d": lambda: conv2d(x, bank, padding=1)},
        rounds=2000,
    )
    report("conv2d, batch 32, 8→16 channels, 4×4, 3×3, float64", times["conv2d"], "ms")
    ratio = times["conv2d"] / times["product"]
    report("  times the bare matrix product of that size", ratio, "×", "≤ 4")

    times = medians({"matrix": lambda: conv_matrix(kernel, 224, padding=1, sparse=True)}, rounds=10)
    report("sparse C̃, 224×224, 3×3", times["matrix"], "ms", "well under 1000")
