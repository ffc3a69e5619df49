"""A picture with its padding, smoothed, and how bright its border is.

Left the padded picture, then its mean over a k × k window, of the picture's own size; right the
mean brightness of each ring of pixels, from the border inwards, before and after.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from convlab.arrays import Array
from convlab.draw import palette
from convlab.draw.cell_styles import DASHES
from convlab.draw.fonts import families
from convlab.draw.scene import Artist, Scene
from convlab.draw.text import text_path
from convlab.explore.padding import padding_modes_words as words
from convlab.explore.padding.padding_modes_numbers import (
    LARGEST_WINDOW,
    RINGS,
    SIDE,
    PaddingModesState,
    picture,
    ring_means,
)
from convlab.images import to_display

FOOT, HEAD = 30, 34
MIDDLES = (160, 452)
"""Where the two pictures are centred across."""


class PaddingModesScene(Scene[PaddingModesState]):
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
        left, right, low, high = width - 220, width - 24, FOOT + 26, height - HEAD - 24
        box = (left / width, low / height, (right - left) / width, (high - low) / height)
        self.chart: Any = self.figure.add_axes(box, xlim=(0, RINGS), ylim=(0, 255), frameon=False)
        self._draw_chart((left + right) / 2 - 10)
        self._curves = [
            self._curve(color=palette.INPUT, linewidth=2.0, dashes=(4, 2)),
            self._curve(color=palette.OUTPUT, linewidth=3.0),
        ]

    def move(self, state: PaddingModesState) -> None:
        """Show the picture with its padding, what became of it, and both curves."""
        (rows, cols), scale = picture(state.picture).shape, self.scale
        left, top = self._place(self._images[0], state.padded, MIDDLES[0])
        self._place(self._images[1], state.smoothed, MIDDLES[1])
        left, top = left + state.before * scale, top - state.before * scale
        right, bottom = left + cols * scale, top - rows * scale
        corners = [[(left, top), (right, top), (right, bottom), (left, bottom)]]
        self._frames.set_verts(corners)
        self._dashes.set_verts(corners)
        places = np.array([(middle, self.height - 16) for middle in MIDDLES])
        self._titles.set_path(text_path(words.titles(state), places, 15, bold=True))
        for curve, image in zip(
            self._curves, (picture(state.picture), state.smoothed), strict=True
        ):
            curve.set_data(np.arange(RINGS), ring_means(image))

    @property
    def scale(self) -> float:
        """Pixels of the page per pixel of a picture: the same for all, with room for padding."""
        return (self.height - HEAD - FOOT) / (SIDE + LARGEST_WINDOW - 1)

    def _place(self, image: Artist, values: Array, middle: float) -> tuple[float, float]:
        """Show values centred on a place across; return the upper left corner."""
        rows, cols = np.multiply(values.shape, self.scale)
        centre = FOOT + (self.height - HEAD - FOOT) / 2
        left, top = middle - cols / 2, centre + rows / 2
        image.set_data(np.repeat(to_display(values)[..., None], 3, axis=2))
        image.set_extent((left, left + cols, top - rows, top))
        return left, top

    def _draw_chart(self, middle: float) -> None:
        """Draw all of the chart but its curves."""
        chart, named = self.chart, words.chart()
        chart.set_xticks(range(0, RINGS + 1, 10))
        chart.set_yticks([0, 128, 255])
        chart.grid(axis="y", color=palette.QUIET, linewidth=1.0)
        chart.axvline(0, color=palette.QUIET, linewidth=2.0)
        chart.tick_params(length=0, labelsize=9.4, labelcolor=palette.INK, pad=4)
        axis = named["axis"]
        chart.set_xlabel(axis, fontsize=9.4, color=palette.INK, fontfamily=families(axis))
        for name, hue, x in (("before", palette.INPUT, 0.3), ("after", palette.OUTPUT, 0.7)):
            chart.text(
                x * RINGS,
                18,
                named[name],
                color=palette.DEEP[hue],
                fontsize=10,
                fontweight="bold",
                fontfamily=families(named[name]),
                horizontalalignment="center",
                verticalalignment="center",
            )
        place = np.array([(middle, self.height - 16)])
        self.text().set_path(text_path([named["title"]], place, 15, bold=True))

    def _curve(self, **style: Any) -> Artist:
        """Add an empty curve to the chart."""
        return self._add(self.chart.add_line, Line2D([], [], clip_on=False, **style), moving=True)
