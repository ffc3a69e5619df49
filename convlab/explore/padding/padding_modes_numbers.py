"""What the padding holds, zeros or pixels, and what a smoothing filter makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from convlab.aliases import PaddingMode
from convlab.arrays import Array
from convlab.convolution import conv2d
from convlab.images import checkerboard, photo, shapes
from convlab.padding import pad

SIDE, RINGS = 224, 40
PICTURES: dict[str, Callable[[], Array]] = {
    "photograph": lambda: photo(max_side=SIDE),
    "test card": lambda: shapes(SIDE),
    "checkerboard": lambda: checkerboard(SIDE, cell=SIDE // 8),
    "flat grey": lambda: np.full((SIDE, SIDE), 160.0),
}
LARGEST_WINDOW = 31


@lru_cache(maxsize=len(PICTURES))
def picture(name: str) -> Array:
    """Return a grey picture by its name."""
    return PICTURES[name]()


@dataclass(frozen=True)
class PaddingModesState:
    """A picture, what surrounds it, and the size of the window.

    Parameters
    ----------
    picture : str
        One of `PICTURES`.
    fill : {"zeros", "edge", "reflect", "wrap"}
    kernel : int
        Rows and columns of the window; odd sizes pad alike on all sides.
    """

    picture: str = "test card"
    fill: PaddingMode = "zeros"
    kernel: int = 15

    @property
    def before(self) -> int:
        """Rows above, and columns to the left; as `same` has it."""
        return (self.kernel - 1) // 2

    @cached_property
    def padded(self) -> Array:
        """The picture with its padding."""
        sides = (self.before, self.kernel - 1 - self.before)
        return pad(picture(self.picture), (sides, sides), self.fill)

    @cached_property
    def smoothed(self) -> Array:
        """The mean over each window: over a column, then over a row, which is faster."""
        mean = np.full(self.kernel, 1 / self.kernel)
        return conv2d(conv2d(self.padded, mean[:, None]), mean[None])


def ring_means(image: Array, count: int = RINGS) -> Array:
    """Return the mean of each ring of pixels, from the border inwards.

    Examples
    --------
    >>> ring_means(np.array([[1.0, 1, 1], [1, 5, 1], [1, 1, 1]]), 2)
    array([1., 5.])
    """
    rows, cols = (np.minimum(np.arange(n), np.arange(n)[::-1]) for n in image.shape)
    ring = np.minimum.outer(rows, cols).ravel()
    sums = np.bincount(ring, image.ravel())
    return (sums / np.bincount(ring))[:count]
