"""Learning: the backward pass of a layer against its forward pass, and a network that learns."""

from __future__ import annotations

import numpy as np

from benchmarks.timing import medians, report
from convlab import conv2d, conv2d_backward

# Of the network that learns the digits, batches of 32: (channels, kernels, rows and columns).
LAYERS = {"second": (8, 16, 4), "first": (1, 8, 8)}


def main() -> None:
    """Print ratios of medians."""
    rng = np.random.default_rng(0)
    for name, (channels, kernels, size) in LAYERS.items():
        x = rng.normal(size=(32, channels, size, size))
        bank = rng.normal(size=(kernels, channels, 3, 3))
        upstream = rng.normal(size=(32, kernels, size, size))
        times = medians(
            {
                "forward": lambda x=x, bank=bank: conv2d(x, bank, padding=1),
                "backward": lambda x=x, bank=bank, g=upstream: conv2d_backward(
                    g, x, bank, padding=1
                ),
            },
            rounds=2000,
        )
        report(f"conv2d, the network's {name} layer, batch 32", times["forward"], "ms")
        goal = "≤ 3" if name == "second" else ""
        report("  its backward pass over it", times["backward"] / times["forward"], "×", goal)
