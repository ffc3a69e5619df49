"""One of two strips of cells, with its outputs, as far as it can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.path import Path
from numpy.typing import ArrayLike

from convlab.draw import palette
from convlab.draw.cell_styles import CURRENT_CELL, INPUT_CELLS, OUTPUT_CELLS, PADDING, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.shapes import discs
from convlab.draw.text import text_path
from convlab.explore.padding.padding_scene import TAPS
from convlab.explore.padding.same_padding_numbers import Range, centres, starts
from convlab.formatting import plain
from convlab.geometry import Geometry

MARGIN, ROW = 14, 34.0
LETTERS = 13.0
BREAK = 1.4
"""Width of the gap where cells are left out, in cells."""


@dataclass(frozen=True)
class Ruler:
    """Where the cells of both strips stand across the picture.

    Parameters
    ----------
    ranges : tuple of (int, int)
        The cells that are drawn, half-open.
    left, wide, cell : float
        The left edge, the width of all, and of one cell, in pixels.
    """

    ranges: tuple[Range, ...]
    left: float
    wide: float
    cell: float

    @cached_property
    def lefts(self) -> list[float]:
        """Where each range begins; the last one ends at the right edge."""
        if len(self.ranges) == 1:
            return [self.left]
        (first, stop), (start, end), (begin, last) = self.ranges
        right = self.left + self.wide - (last - begin) * self.cell
        gap = BREAK * (1 + (end == begin)) if start > stop else 0
        return [self.left, self.left + (stop - first + gap) * self.cell, right]

    @property
    def breaks(self) -> list[float]:
        """The middles of the gaps where cells are left out."""
        pairs = list(zip(self.ranges, self.lefts, strict=True))
        return [
            (left + (stop - start) * self.cell + right) / 2
            for ((start, stop), left), ((begin, _), right) in pairwise(pairs)
            if begin > stop
        ]

    def across(self, where: ArrayLike) -> np.ndarray:
        """Return the pixels of cells' left edges; NaN for those that are not drawn."""
        where = np.asarray(where, float)
        pixels = np.full(where.shape, np.nan)
        for (start, stop), left in zip(self.ranges, self.lefts, strict=True):
            inside = (where >= start) & (where <= stop) & np.isnan(pixels)
            pixels[inside] = left + (where[inside] - start) * self.cell
        return pixels


class Strip:
    """One of the two strips; `up` is 1 with its outputs above the cells, −1 with them below."""

    def __init__(self, scene: Scene[Any], edge: float, up: int) -> None:
        orange, green = palette.KERNEL, palette.OUTPUT
        self.title_at, self.outputs_at = edge - 15 * up, edge - 43 * up
        self.middle = edge - 140 * up
        self.head, self.foot = self.middle + ROW / 2 * up, self.middle - ROW / 2 * up
        self.title = scene.text()
        self.cells = scene.polygons(**INPUT_CELLS)
        self.padding = scene.lines(**PADDING | {"linewidths": 1.0})
        self.drops = scene.lines(colors=palette.tint(green, 0.75), linewidths=1.2)
        self.outputs = scene.polygons(**OUTPUT_CELLS)
        self.beam = scene.polygons(
            moving=True, facecolors=orange, alpha=0.3, edgecolors=orange, linewidths=1.0
        )
        self.taps = scene.polygons(moving=True, edgecolors=orange, linewidths=1.1)
        self.frame = scene.polygons(moving=True, **WINDOW)
        self.dots = scene.polygons(
            moving=True, facecolors=green, edgecolors=palette.PAPER, linewidths=0.8
        )
        self.pixel = scene.polygons(moving=True, **CURRENT_CELL)
        self.numbers = scene.text(moving=True)

    def lay_out(self, geometry: Geometry, ruler: Ruler, title: str) -> None:
        """Draw what does not depend on the step: the cells and the outputs."""
        self._geometry, self._ruler = geometry, ruler
        (before, after), n = geometry.padding[1], geometry.input_shape[1]
        where = np.array([[MARGIN, self.title_at]])
        self.title.set_path(text_path([title], where, 15, align="left", bold=True))
        cells = np.concatenate([np.arange(start, stop) for start, stop in ruler.ranges])
        cells = cells[(cells >= -before) & (cells < n + after)]
        left = ruler.across(cells)
        boxes = _boxes(left, left + ruler.cell, *sorted([self.foot, self.head]))
        inside = (cells >= 0) & (cells < n)
        self.cells.set_verts(boxes[inside])
        around = boxes[~inside]
        self.padding.set_segments(np.concatenate([around, around[:, :1]], axis=1))
        written = inside & (cells % _every(n, ruler.cell) == 0)
        written &= has_room(cells, cells[inside], ruler.cell)
        places = np.column_stack(
            [left[written] + ruler.cell / 2, np.full(written.sum(), self.middle)]
        )
        self._indices = text_path([plain(i) for i in cells[written]], places, LETTERS)
        self._lay_out_outputs()

    def _lay_out_outputs(self) -> None:
        geometry, ruler = self._geometry, self._ruler
        self._middles = ruler.across(centres(geometry) + 0.5)
        self._drawn = np.flatnonzero(np.isfinite(self._middles))
        x = self._middles[self._drawn]
        self._half = 0.46 * min(ruler.cell * min(geometry.stride[1], 2), 34)
        low, high = self.outputs_at - 12, self.outputs_at + 12
        self._near = low if self.head < self.outputs_at else high
        self.outputs.set_verts(_boxes(x - self._half, x + self._half, low, high))
        ends = [np.column_stack([x, np.full(len(x), y)]) for y in (self._near, self.head)]
        self.drops.set_segments(np.stack(ends, axis=1))
        self.dots.set_verts(discs(ends[1], min(4.5, 0.2 * ruler.cell)))

    def move(self, step: int) -> None:
        """Show one window, and its output pixel."""
        every, drawn = _every(len(self._middles), 2 * self._half), self._drawn
        written = drawn[(drawn % every == 0) & (abs(drawn - step) >= every) | (drawn == step)]
        places = np.column_stack([self._middles[written], np.full(len(written), self.outputs_at)])
        outputs = text_path([str(i) for i in written], places, LETTERS)
        self.numbers.set_path(Path.make_compound_path(self._indices, outputs))
        geometry, ruler = self._geometry, self._ruler
        if step >= geometry.output_shape[1]:
            for artist in (self.beam, self.taps, self.frame, self.pixel):
                artist.set_verts([])
            return
        cells = starts(geometry)[step] + np.arange(geometry.kernel_size[1]) * geometry.dilation[1]
        left = ruler.across(cells)
        first, last = left[0], left[-1] + ruler.cell
        low, high = sorted([self.foot, self.head])
        inside = (cells >= 0) & (cells < geometry.input_shape[1])
        self.taps.set_verts(_boxes(left, left + ruler.cell, low, high))
        self.taps.set_facecolors(TAPS[inside.astype(int)])
        self.frame.set_verts(_boxes([first], [last], low, high))
        start, stop = self._middles[step] + np.array([-self._half, self._half])
        self.pixel.set_verts(_boxes([start], [stop], self.outputs_at - 12, self.outputs_at + 12))
        corners = [(start, self._near), (stop, self._near), (last, self.head), (first, self.head)]
        self.beam.set_verts([corners])


def _boxes(left: ArrayLike, right: ArrayLike, low: float, high: float) -> np.ndarray:
    """Return upright rectangles: shape (len(left), 4, 2)."""
    left, right = np.asarray(left, float), np.asarray(right, float)
    x = np.stack([left, right, right, left], axis=-1)
    y = np.broadcast_to([high, high, low, low], x.shape)
    return np.stack([x, y], axis=-1)


def has_room(cells: np.ndarray, drawn: np.ndarray, cell: float) -> np.ndarray:
    """Say which cells' numbers lie on drawn cells alone, and reach over no edge of the row."""
    widths = 0.64 * LETTERS * np.array([len(str(i)) for i in cells])
    around = np.ceil(np.maximum(widths - cell, 0) / (2 * cell)).astype(int)
    return np.isin(cells - around, drawn) & np.isin(cells + around, drawn)


def _every(largest: int, room: float) -> int:
    """Return 1 if a number fits into its cell, 2 if every second does, and so on."""
    return max(1, int(np.ceil((0.64 * LETTERS * len(str(largest)) + 5) / room)))
