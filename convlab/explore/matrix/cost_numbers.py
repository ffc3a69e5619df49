"""What C̃ costs, against other ways to compute the same output: memory, and time as measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

import numpy as np

from convlab.convolution import conv2d
from convlab.matrix import conv_matrix, patch_matrix

SMALLEST, LARGEST = 4, 224
SIZES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 224)
"""Input sizes at which times are measured."""
MOST_BYTES = 64 * 2**20
"""Memory of a matrix above which its time is not measured."""
FEWEST_CALLS, ENOUGH_SECONDS = 5, 0.01
"""How often each is called: so many times, and until so much time has passed."""
NUMBER, INDEX = 8, 4
"""Bytes of a number, and of a row or column index in the sparse matrix."""
MEMORY, TIME = "memory", "time"
DENSE, SPARSE, PATCHES, SLIDING = WAYS = ("dense", "sparse", "patches", "sliding")

Curves = dict[str, dict[int, float]]
"""Bytes, or seconds, by way and input size."""


@dataclass(frozen=True)
class CostState:
    """What is compared: memory or time, for which kernels, and the input size to read off."""

    what: str = MEMORY
    kernel: int = 3
    kernels: int = 1
    size: int = LARGEST

    @cached_property
    def curves(self) -> Curves:
        """What each way costs, by input size."""
        cost = measured if self.what == TIME else computed
        return cost(self.kernel, self.kernels)

    @cached_property
    def shown(self) -> int:
        """The input size that is read off: for times, the nearest one that was measured."""
        return min(self.curves[SLIDING], key=lambda size: abs(np.log(size / self.size)))

    @cached_property
    def costs(self) -> dict[str, float]:
        """What each way costs at the size that is read off; without those that were not tried."""
        return {way: curve[self.shown] for way, curve in self.curves.items() if self.shown in curve}

    @cached_property
    def entries(self) -> dict[str, int]:
        """How many numbers each way stores at the size that is read off."""
        return entries(self.shown, self.kernel, self.kernels)

    @cached_property
    def order(self) -> list[str]:
        """The ways that were tried, the cheapest first."""
        return sorted(self.costs, key=self.costs.__getitem__)


def entries(size: int, kernel: int, kernels: int = 1) -> dict[str, int]:
    """Return how many numbers each way stores, for a square input, `same` padding and stride 1.

    Along one axis, kernel cells and input cells meet n·k − ⌊k²/4⌋ times. The patches are the same
    for all kernels.

    Examples
    --------
    >>> entries(4, 3)
    {'dense': 256, 'sparse': 100, 'patches': 144, 'sliding': 9}
    >>> entries(4, 3, 16)
    {'dense': 4096, 'sparse': 1600, 'patches': 144, 'sliding': 144}
    """
    pixels, met = size**2, (size * kernel - kernel**2 // 4) ** 2
    stored = (kernels * pixels**2, kernels * met, kernel**2 * pixels, kernels * kernel**2)
    return dict(zip(WAYS, stored, strict=True))


def memory(size: int, kernel: int, kernels: int = 1) -> dict[str, int]:
    """Return the bytes of what each way stores besides input and output.

    A sparse matrix stores, with each number, its column, and for each row where it begins.
    """
    stored = entries(size, kernel, kernels)
    bytes_of = {way: NUMBER * count for way, count in stored.items()}
    indices = stored[SPARSE] + kernels * size**2 + 1
    return {**bytes_of, SPARSE: bytes_of[SPARSE] + INDEX * indices}


@lru_cache(maxsize=8)
def computed(kernel: int, kernels: int) -> Curves:
    """Return the bytes that each way takes, at every size."""
    sizes = range(SMALLEST, LARGEST + 1)
    return {way: {size: memory(size, kernel, kernels)[way] for size in sizes} for way in WAYS}


@lru_cache(maxsize=8)
def measured(kernel: int, kernels: int) -> Curves:
    """Measure the seconds that a forward pass takes, for each way and size; once per process.

    Building is part of it: C̃ has to be built for each new set of weights, which in training is
    every step, and P for each new input. Medians, because a shared machine pauses now and then.
    """
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(kernels, 1, kernel, kernel))
    seconds: Curves = {way: {} for way in WAYS}
    for size in SIZES:
        x = rng.normal(size=(1, size, size))
        needed = memory(size, kernel, kernels)
        for way, call in _calls(x, weight).items():
            if needed[way] <= MOST_BYTES:
                seconds[way][size] = _median(call)
    return seconds


def _calls(x: np.ndarray, weight: np.ndarray) -> dict[str, Callable[[], object]]:
    shape, column, rows = x.shape[1:], x.ravel(), weight.reshape(len(weight), -1)
    return {
        DENSE: lambda: conv_matrix(weight, shape, padding="same") @ column,
        SPARSE: lambda: conv_matrix(weight, shape, padding="same", sparse=True) @ column,
        PATCHES: lambda: rows @ patch_matrix(x, weight.shape[2:], padding="same"),
        SLIDING: lambda: conv2d(x, weight, padding="same"),
    }


def _median(call: Callable[[], object]) -> float:
    """Return the median time of some calls."""
    call()  # the first one warms up
    times: list[float] = []
    while len(times) < FEWEST_CALLS or sum(times) < ENOUGH_SECONDS:
        before = time.perf_counter()
        call()
        times.append(time.perf_counter() - before)
    return median(times)
