"""What C̃ costs, against other ways to compute the same output: memory, and time as measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from convlab.convolution import conv2d
from convlab.matrix import conv_matrix, patch_matrix

SMALLEST, LARGEST = 4, 224
SIZES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 224)
"""Input sizes at which times are measured."""
DENSE_SIZES = tuple(n for n in SIZES if n <= 48)
"""Those at which a dense C̃ of 8-byte numbers stays below 64 MiB."""
NUMBER, INDEX = 8, 4
"""Bytes of a number, and of a row or column index in the sparse matrix."""
MEMORY, TIME = "memory", "time"
DENSE, SPARSE, PATCHES, SLIDING = WAYS = ("dense", "sparse", "patches", "sliding")

Curves = dict[str, dict[int, float]]
"""Bytes, or seconds, by way and input size."""


@dataclass(frozen=True)
class CostState:
    """What is compared: memory or time, for which kernel, and the input size to read off."""

    what: str = MEMORY
    kernel: int = 3
    size: int = LARGEST

    @cached_property
    def curves(self) -> Curves:
        """What each way costs, by input size."""
        return measured(self.kernel) if self.what == TIME else computed(self.kernel)

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
        return entries(self.shown, self.kernel)


def entries(size: int, kernel: int) -> dict[str, int]:
    """Return how many numbers each way stores, for a square input, `same` padding and stride 1.

    Along one axis, kernel cells and input cells meet n·k − ⌊k²/4⌋ times.

    Examples
    --------
    >>> entries(4, 3)
    {'dense': 256, 'sparse': 100, 'patches': 144, 'sliding': 9}
    """
    pixels, met = size**2, (size * kernel - kernel**2 // 4) ** 2
    return dict(zip(WAYS, (pixels**2, met, kernel**2 * pixels, kernel**2), strict=True))


def memory(size: int, kernel: int) -> dict[str, int]:
    """Return the bytes of what each way stores besides input and output.

    A sparse matrix stores, with each number, its column, and for each row where it begins.
    """
    bytes_of = {way: NUMBER * count for way, count in entries(size, kernel).items()}
    indices = entries(size, kernel)[SPARSE] + size**2 + 1
    return {**bytes_of, SPARSE: bytes_of[SPARSE] + INDEX * indices}


@lru_cache(maxsize=8)
def computed(kernel: int) -> Curves:
    """Return the bytes that each way takes, at every size."""
    sizes = range(SMALLEST, LARGEST + 1)
    return {way: {size: memory(size, kernel)[way] for size in sizes} for way in WAYS}


@lru_cache(maxsize=8)
def measured(kernel: int) -> Curves:
    """Measure the seconds that one product takes, for each way and size; once per process.

    Building C̃ is not counted; building P is, because every new input needs it.
    """
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(kernel, kernel))
    seconds: Curves = {way: {} for way in WAYS}
    for size in SIZES:
        x = rng.normal(size=(size, size))
        calls = _calls(x, weight, size in DENSE_SIZES)
        for way, call in calls.items():
            seconds[way][size] = _quickest(call)
    return seconds


def _calls(x: np.ndarray, weight: np.ndarray, dense: bool) -> dict[str, Callable[[], object]]:
    sparse = conv_matrix(weight, x.shape, padding="same", sparse=True)
    column, row = x.ravel(), weight.reshape(1, -1)
    calls: dict[str, Callable[[], object]] = {
        SPARSE: lambda: sparse @ column,
        PATCHES: lambda: row @ patch_matrix(x, weight.shape, padding="same"),
        SLIDING: lambda: conv2d(x, weight, padding="same"),
    }
    if dense:
        matrix = sparse.toarray()
        calls[DENSE] = lambda: matrix @ column
    return calls


def _quickest(call: Callable[[], object]) -> float:
    """Return the shortest of some calls, within 10 milliseconds or three calls."""
    best, start, calls = np.inf, time.perf_counter(), 0
    while calls < 3 or time.perf_counter() - start < 0.01:
        before = time.perf_counter()
        call()
        best, calls = min(best, time.perf_counter() - before), calls + 1
    return float(best)
