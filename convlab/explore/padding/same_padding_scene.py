"""Two ways to keep the size, along one axis: padding that depends on n, and fixed padding.

Two strips of the same n input cells lie under each other, the outputs of one above, of the other
below them. Each output stands at the centre of its window: where the windows differ, so do they.
A strip too long to draw is cut twice: its beginning, a part that follows the step, and its end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convlab.draw import palette
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.explore.padding import same_padding_words as words
from convlab.explore.padding.same_padding_numbers import SameState, centres, shown
from convlab.explore.padding.same_padding_strip import BREAK, MARGIN, Ruler, Strip

LARGEST_CELL = 46.0


class SameScene(Scene[SameState]):
    """Above, padding that depends on the size; below, upside down, padding that does not."""

    def __init__(self, *, width: int = 850, height: int = 396) -> None:
        super().__init__(width, height)
        self._strips = [Strip(self, height, 1), Strip(self, 0, -1)]
        look = palette.LOOK_HERE
        self._dots = self.text()
        self._guides = self.lines(
            moving=True, colors=look, linewidths=1.4, linestyles=(0, (2, 1.6))
        )
        self._shift = self.lines(moving=True, colors=look, linewidths=3.0)
        self._words = self.text(palette.DEEP[look], moving=True)

    def layout(self, state: SameState) -> Any:
        """Return what decides about the cells and the outputs."""
        return self.ruler(state), state.adapted, state.fixed

    def lay_out(self, state: SameState) -> None:
        """Show both strips."""
        ruler = self.ruler(state)
        both = (state.adapted, state.fixed)
        for strip, geometry, title in zip(self._strips, both, words.titles(state), strict=True):
            strip.lay_out(geometry, ruler, title)
        places = [(x, strip.middle) for x in ruler.breaks for strip in self._strips]
        self._dots.set_path(text_path(["···"] * len(places), np.reshape(places, (-1, 2)), 18))

    def move(self, state: SameState) -> None:
        """Show one window of each, and how far apart their centres lie."""
        for strip in self._strips:
            strip.move(state.step)
        self._draw_shift(state, self.ruler(state))

    def ruler(self, state: SameState) -> Ruler:
        """Return where across the picture the cells stand."""
        ranges = shown(state)
        count = sum(stop - start for start, stop in ranges) + BREAK * (len(ranges) - 1)
        cell = min(LARGEST_CELL, (self.width - 2 * MARGIN) / count)
        return Ruler(tuple(ranges), (self.width - count * cell) / 2, count * cell, cell)

    def _draw_shift(self, state: SameState, ruler: Ruler) -> None:
        """Join the two centres of the chosen pixel, and say how far apart they lie."""
        level = self.height / 2
        if state.step >= state.outputs[1]:
            self._guides.set_segments([])
            self._shift.set_segments([])
            self._write([words.shift(state)], self.width / 2, "center")
            return
        ends = [float(centres(g)[state.step]) for g in (state.adapted, state.fixed)]
        places = ruler.across(np.add(ends, 0.5))
        feet = [strip.foot for strip in self._strips]
        self._guides.set_segments(
            [[(x, foot), (x, level)] for x, foot in zip(places, feet, strict=True)]
        )
        self._shift.set_segments([[(places[0], level), (places[1], level)]])
        on_the_right = max(places) + 190 < self.width
        if on_the_right:
            self._write([words.shift(state)], max(places) + 10, "left")
        else:
            self._write([words.shift(state)], min(places) - 10, "right")

    def _write(self, texts: list[str], x: float, align: str) -> None:
        place = np.array([(x, self.height / 2)])
        self._words.set_path(text_path(texts, place, 14, align=align, bold=True))
