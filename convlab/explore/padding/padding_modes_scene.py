"""What the padding holds: zeros or pixels of the picture, and what a smoothing filter makes of it.

Left the padded picture, then its mean over a k × k window, of the picture's own size; right the
mean brightness of each ring of pixels, from the border inwards, before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from matplotlib.image import AxesImage

from convlab.arrays import Array
from convlab.convolution import conv2d
from convlab.draw import palette
from convlab.draw.cell_styles import DASHES
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.images import checkerboard, photo, shapes, to_display

FILLS = {"zeros": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}
"""The values that padding can hold, and what `numpy.pad` calls them."""
SIDE, RINGS = 224, 40
PICTURES = {
    "photograph": lambda: photo(max_side=SIDE),
    "test card": lambda: shapes(SIDE),
    "checkerboard": lambda: checkerboard(SIDE, cell=SIDE // 8),
    "flat grey": lambda: np.full((SIDE, SIDE), 160.0),
}
LARGEST_WINDOW = 31
FOOT, HEAD = 30, 34
MIDDLES = (160, 452)
"""Where the two pictures are centred across."""


@lru_cache(maxsize=len(PICTURES))
def picture(name: str) -> Array:
    """Return a grey picture by its name."""
    return PICTURES[name]()


@dataclass(frozen=True)
class FillState:
    """A picture, what surrounds it, and the size of the window.

    Parameters
    ----------
    picture, fill : str
        Keys of `PICTURES` and `FILLS`.
    kernel : int
        Rows and columns of the window; odd sizes pad alike on all sides.
    """

    picture: str = "test card"
    fill: str = "zeros"
    kernel: int = 15

    @property
    def before(self) -> int:
        """Rows above, and columns to the left; as `same` has it."""
        return (self.kernel - 1) // 2

    @cached_property
    def padded(self) -> Array:
        """The picture with its padding."""
        sides = (self.before, self.kernel - 1 - self.before)
        return np.pad(picture(self.picture), (sides, sides), mode=FILLS[self.fill])

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


class FillScene(Scene):
    """The padded picture, the smoothed picture, and a profile of the border."""

    def __init__(self, *, width: int = 850, height: int = 356) -> None:
        super().__init__(width, height, photographic=True)
        self._images = [self.pixels(moving=True) for _ in range(2)]
        self._frames = self.polygons(
            moving=True, facecolors="none", edgecolors=palette.INK, linewidths=2.4
        )
        self._dashes = self.polygons(
            moving=True,
            facecolors="none",
            edgecolors=palette.PAPER,
            linewidths=1.4,
            linestyles=[DASHES],
        )
        self._titles = self.text(moving=True)
        self._chart = (width - 220.0, width - 24.0, FOOT + 26.0, height - HEAD - 24.0)
        self._draw_axes()
        self._curves = [
            self.lines(moving=True, colors=palette.INPUT, linewidths=2.0, linestyles=[(0, (4, 2))]),
            self.lines(moving=True, colors=palette.OUTPUT, linewidths=3.0),
        ]

    def update(self, state: FillState) -> None:
        """Move the artists to show `state`."""
        (rows, cols), scale = picture(state.picture).shape, self.scale
        left, top = self._place(self._images[0], state.padded, MIDDLES[0])
        self._place(self._images[1], state.smoothed, MIDDLES[1])
        left, top = left + state.before * scale, top - state.before * scale
        right, bottom = left + cols * scale, top - rows * scale
        corners = [[(left, top), (right, top), (right, bottom), (left, bottom)]]
        self._frames.set_verts(corners)
        self._dashes.set_verts(corners)
        words = [f"padded with {state.fill}", f"mean over {state.kernel} × {state.kernel}"]
        places = np.array([(middle, self.height - 16) for middle in MIDDLES])
        self._titles.set_path(text_path(words, places, 15, bold=True))
        self._draw_curves(picture(state.picture), state.smoothed)

    @property
    def scale(self) -> float:
        """Pixels of the page per pixel of a picture: the same for all, with room for padding."""
        return (self.height - HEAD - FOOT) / (SIDE + LARGEST_WINDOW - 1)

    def _place(self, image: AxesImage, values: Array, middle: float) -> tuple[float, float]:
        """Show values centred on a place across; return the upper left corner."""
        rows, cols = np.multiply(values.shape, self.scale)
        centre = FOOT + (self.height - HEAD - FOOT) / 2
        left, top = middle - cols / 2, centre + rows / 2
        image.set_data(np.repeat(to_display(values)[..., None], 3, axis=2))
        image.set_extent((left, left + cols, top - rows, top))
        return left, top

    def _draw_axes(self) -> None:
        left, right, low, high = self._chart
        axes = self.lines(colors=palette.QUIET, linewidths=1.0)
        rules = [
            [(left, low + t * (high - low)), (right, low + t * (high - low))] for t in (0, 0.5, 1)
        ]
        axes.set_segments([*rules, [(left, low), (left, high)]])
        words = self.text()
        texts = ["0", "128", "255"]
        places = [(left - 18, low + t * (high - low)) for t in (0, 0.5, 1)]
        for ring in range(0, RINGS + 1, 10):
            texts.append(str(ring))
            places.append((left + ring / RINGS * (right - left), low - 12))
        texts.append("pixels from the border")
        places.append(((left + right) / 2, low - 32))
        words.set_path(text_path(texts, np.array(places), 13))
        for hue, word, x in ((palette.INPUT, "before", 0.3), (palette.OUTPUT, "after", 0.7)):
            name = text_path(
                [word], np.array([(left + x * (right - left), low + 14)]), 14, bold=True
            )
            self.text(palette.DEEP[hue]).set_path(name)
        title = self.text()
        place = np.array([((left + right) / 2 - 10, self.height - 16)])
        title.set_path(text_path(["mean brightness"], place, 15, bold=True))

    def _draw_curves(self, before: Array, after: Array) -> None:
        left, right, low, high = self._chart
        for curve, image in zip(self._curves, (before, after), strict=True):
            means = ring_means(image)
            x = left + np.arange(len(means)) / RINGS * (right - left)
            curve.set_segments([np.column_stack([x, low + means / 255 * (high - low)])])
