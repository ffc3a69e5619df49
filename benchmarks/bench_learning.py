"""Learning: the backward pass of a layer against its forward pass, and a network that learns."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.timing import medians, report
from convlab import TrainingRun, accuracy, conv2d, conv2d_backward, recover_kernel, split_digits
from convlab.images import shapes
from convlab.kernels import KERNELS
from convlab.training import RECIPE

# Of the network that learns the digits, batches of 32: (channels, kernels, rows and columns).
LAYERS = {"second": (8, 16, 4), "first": (1, 8, 8)}


def main() -> None:
    """Print ratios of medians, and how well the digits are learned, and how fast."""
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
        goal = "≤ 2.5" if name == "second" else ""
        report("  its backward pass over it", times["backward"] / times["forward"], "×", goal)

    training, held_out = TrainingRun(**RECIPE), split_digits().held_out
    start = moment = training.start()
    seconds, reached = 0.0, []
    for _ in range(30):
        began = time.perf_counter()
        moment = training.advance(moment, training.steps_per_epoch)
        seconds += time.perf_counter() - began
        reached.append((accuracy(training.network, moment.weights, held_out), seconds))
    for goal in (0.9, 0.95, 0.98):
        first = next((taken for found, taken in reached if found >= goal), float("nan"))
        report(f"training until {goal:.0%} of the held-out digits are read", first, "s")
    report("30 epochs of training", seconds, "s", "≤ 5")
    report("  of the held-out digits are then read", 100 * reached[-1][0], "%", "≥ 98")
    times = medians({"step": lambda: training.advance(start)}, rounds=200)
    report(f"one step of training, batch {training.batch_size}", times["step"], "ms")

    card, hidden = shapes(256) / 255, KERNELS["Sobel vertical"].weights
    after = conv2d(card, hidden)
    times = medians({"path": lambda: recover_kernel(card, after, steps=300)}, rounds=5)
    report("300 steps towards a hidden 3×3 filter, 8 crops of 32×32", times["path"], "ms")
