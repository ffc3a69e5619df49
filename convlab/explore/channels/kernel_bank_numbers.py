"""What kernels make of a colour picture: channel × slice, three partial results, their sum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d
from convlab.images import photo
from convlab.kernels import KERNELS

COLOURS = ("red", "green", "blue")


@dataclass(frozen=True)
class ThickKernel:
    """A kernel with one slice for each of red, green and blue: whole numbers over a divisor."""

    name: str
    counts: tuple[tuple[tuple[int, ...], ...], ...]
    divisor: int = 1

    @property
    def weights(self) -> Array:
        """The weights, shape (3, rows, cols)."""
        return np.array(self.counts, float) / self.divisor


def _across(name: str, pattern: str, mix: tuple[int, int, int], divisor: int = 1) -> ThickKernel:
    """Give each colour its share of a named kernel's pattern."""
    flat = KERNELS[pattern].weights
    whole = np.rint(flat * 9 if pattern == "smooth" else flat).astype(int)
    counts = tuple(tuple(map(tuple, (share * whole).tolist())) for share in mix)
    return ThickKernel(name, counts, divisor)


THICK_KERNELS = (
    _across("vertical edges", "Sobel vertical", (1, 1, 1), 3),
    _across("horizontal edges", "Sobel horizontal", (1, 1, 1), 3),
    _across("blur", "smooth", (1, 1, 1), 27),
    _across("grey", "identity", (3, 6, 1), 10),
    _across("red − blue", "identity", (1, 0, -1)),
    _across("red edges", "vertical gradient", (1, 0, 0)),
)
"""A bank in which some kernels look at places and others at colours."""


@dataclass(frozen=True)
class BankState:
    """Which of how many kernels is looked at."""

    kernel: int = 0
    kernels: int = 4

    @property
    def thick(self) -> ThickKernel:
        """The kernel that is looked at."""
        return THICK_KERNELS[self.kernel]


@lru_cache(maxsize=1)
def picture() -> Array:
    """Return the photograph in colour, shape (3, rows, cols), at the size it is shown at."""
    return photo(color=True, max_side=312)


def partial_results(weights: Array) -> Array:
    """Return what each slice of a kernel, shape (3, rows, cols), makes of its own channel.

    Same padding; shape (3, picture rows, picture cols). Their sum is the output channel.
    """
    pairs = zip(picture(), weights, strict=True)
    return np.stack([conv2d(channel, part, padding="same") for channel, part in pairs])


@lru_cache(maxsize=len(THICK_KERNELS))
def results(kernel: int) -> Array:
    """Return the partial results of one kernel of the bank: all explorers share them."""
    return partial_results(THICK_KERNELS[kernel].weights)


def displayed(partial: Array, total: Array) -> tuple[Array, Array]:
    """Bring partial results and their sum to 0…255, to be shown as pictures.

    Without a value below 0 the partial results are brightnesses. Otherwise mid-grey is 0, and all
    of them are scaled alike, so that they can be compared; the highest hundredth may be clipped.
    The sum is scaled with them if it falls below 0 itself; if not, it is a brightness.
    """
    if partial.min() >= 0:
        return partial, total
    every = np.concatenate([partial, total[None]])[:, ::4, ::4]
    gain = 127.5 / (float(np.percentile(np.abs(every), 99)) or 1.0)
    return 127.5 + gain * partial, 127.5 + gain * total if total.min() < 0 else total
