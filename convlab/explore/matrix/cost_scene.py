"""The costs of C̃ and of other ways as curves over the input size, both axes logarithmic."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.scene import SHARPNESS, Artist, Scene
from convlab.draw.text import joined, text_path
from convlab.explore.matrix import cost_words as words
from convlab.explore.matrix.cost_numbers import LARGEST, MEMORY, SMALLEST, WAYS, CostState
from convlab.formatting import say

COLOURS = (palette.DEEP[palette.KERNEL], palette.KERNEL, palette.INPUT, palette.OUTPUT)
DASHES = ("solid", (0, (5, 2)), (0, (7, 2, 1.5, 2)), (0, (1.5, 1.5)))
TICKS = (4, 8, 16, 32, 64, 112, 224)
LEFT, RIGHT, BELOW, ABOVE = 72, 112, 44, 34
"""Pixels left free around the chart."""


class CostScene(Scene[CostState]):
    """Curves over the input size, and the size that is read off."""

    def __init__(self, *, width: int = 540, height: int = 384) -> None:
        super().__init__(width, height)
        free = width - LEFT - RIGHT, height - BELOW - ABOVE
        box = (LEFT / width, BELOW / height, free[0] / width, free[1] / height)
        chart = self.chart = self.figure.add_axes(box, xlim=(SMALLEST, LARGEST), frameon=False)
        chart.set(xscale="log", yscale="log", autoscale_on=False)
        # Labels of its own stand elsewhere with each version of matplotlib.
        chart.tick_params(length=0, labelbottom=False, labelleft=False)
        chart.grid(color=palette.tint(palette.QUIET, 0.35), linewidth=0.8, clip_on=False)
        chart.set_xticks(TICKS)
        chart.minorticks_off()
        self._scales = self.text(palette.INK)
        self._curves: dict[str, Artist] = {}
        self._labels: dict[str, Artist] = {}
        self._dots: dict[str, Artist] = {}
        for way, colour, dashes in zip(WAYS, COLOURS, DASHES, strict=True):
            self._curves[way] = self._line(color=colour, linewidth=2.6, linestyle=dashes)
            self._labels[way] = self.text(palette.DEEP.get(colour, colour))
        look = palette.LOOK_HERE
        self._reading = self._line(moving=True, color=look, linewidth=1.6)
        edge = {"markeredgecolor": look, "markeredgewidth": 1.8, "markersize": 10 * 0.72}
        for way, colour in zip(WAYS, COLOURS, strict=True):
            self._dots[way] = self._line(moving=True, marker="o", markerfacecolor=colour, **edge)
        self._size = self.text(palette.DEEP[look], moving=True)

    def layout(self, state: CostState) -> tuple[str, int, int]:
        """Return what decides about the curves."""
        return state.what, state.kernel, state.kernels

    def lay_out(self, state: CostState) -> None:
        """Show the curves, and the decades that they reach over."""
        values = [value for curve in state.curves.values() for value in curve.values()]
        low, high = int(np.floor(np.log10(min(values)))), int(np.ceil(np.log10(max(values))))
        self.chart.set_ylim(10.0**low, 10.0**high)
        between = 3 if state.what == MEMORY else 1
        powers = range(low, high + 1)
        names = [
            words.written(10.0**p, state.what) if (p - low) % between == 0 else "" for p in powers
        ]
        self.chart.set_yticks([10.0**p for p in powers])
        self.chart.minorticks_off()
        self._scales.set_path(self._named_scales(names))
        for way, curve in state.curves.items():
            self._curves[way].set_data([*curve], [*curve.values()])
        self._name_curves(state)

    def _name_curves(self, state: CostState) -> None:
        """Write names to the right of the chart, or above where a curve ends before that."""
        ends = {way: max(curve.items()) for way, curve in state.curves.items()}
        to_the_end = [way for way, (size, _) in ends.items() if size == LARGEST]
        beside = self._on_page([ends[way] for way in to_the_end])
        beside[:, 1] = apart(beside[:, 1], 17)
        places = dict(zip(to_the_end, beside + (9, 0), strict=True))
        for way, end in ends.items():
            name, align = [say(words.NAMES[way])], "left" if way in places else "right"
            place = places.get(way, self._on_page(end) + (0, 14))
            self._labels[way].set_path(text_path(name, place[None], 14, align=align, bold=True))

    def move(self, state: CostState) -> None:
        """Show the size that is read off, and a dot on each curve that reaches it."""
        size, bounds = state.shown, self.chart.get_ylim()
        self._reading.set_data([size, size], bounds)
        for way, dot in self._dots.items():
            dot.set_data([size], [state.costs.get(way, np.nan)])
        x = self._on_page((size, bounds[1]))[0]
        spot = np.array([(np.clip(x, 100, self.width - 60), self.height - ABOVE + 12)])
        self._size.set_path(text_path([words.size_title(size)], spot, 14, bold=True))

    def _named_scales(self, names: list[str]) -> Path:
        """Return the numbers below and beside the chart, and what they count."""
        middle = (LEFT + self.width - RIGHT) / 2
        across = self._on_page([(size, self.chart.get_ylim()[0]) for size in TICKS]) - (0, 13)
        up = self._on_page([(SMALLEST, power) for power in self.chart.get_yticks()]) - (7, 0)
        below = [*map(str, TICKS), say(words.AXIS)]
        places = np.concatenate([across, [(middle, 11)]])
        return joined([text_path(below, places, 13), text_path(names, up, 13, align="right")])

    def _on_page(self, places: Any) -> np.ndarray:
        """Return where points of the chart lie, in pixels of the page."""
        return np.asarray(self.chart.transData.transform(places)) / SHARPNESS

    def _line(self, *, moving: bool = False, **style: Any) -> Artist:
        """Add an empty line to the chart."""
        line = Line2D([], [], clip_on=False, solid_capstyle="butt", **style)
        return self._add(self.chart.add_line, line, moving)


def apart(heights: np.ndarray, gap: float) -> np.ndarray:
    """Move heights until no two are closer than `gap`, the lowest first."""
    moved = np.array(heights, float)
    order = np.argsort(moved)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    return moved
