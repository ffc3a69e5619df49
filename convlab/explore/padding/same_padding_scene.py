"""Two ways to keep the size, along one axis: padding that depends on n, and fixed padding.

Two strips of the same n input cells lie under each other, the outputs of one above, of the other
below them. Each output stands at the centre of its window: where the windows differ, so do they.
A strip too long to draw is cut twice: its beginning, a part that follows the step, and its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_styles import CURRENT_CELL, INPUT_CELLS, OUTPUT_CELLS, PADDING, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.shapes import discs
from convlab.draw.text import text_path
from convlab.explore.padding.padding_scene import TAPS
from convlab.formatting import plain
from convlab.geometry import Geometry

MARGIN, ROW = 14, 34.0
LARGEST_CELL = 46.0
LETTERS = 11.5
BREAK = 1.4
"""Width of the gap where cells are left out, in cells."""
Range = tuple[int, int]


@dataclass(frozen=True)
class SameState:
    """One axis of a convolution, and the output pixel to look at.

    Parameters
    ----------
    size, kernel, stride, dilation : int
    step : int, default 0
        The output pixel.
    """

    size: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    step: int = 0

    @cached_property
    def adapted(self) -> Geometry:
        """``same``: the output is ⌈n/s⌉, whatever padding that takes."""
        return self._geometry("same")

    @cached_property
    def fixed(self) -> Geometry:
        """The same padding ⌊d(k − 1)/2⌋ on both sides, whatever the size and the stride."""
        p = self.dilation * (self.kernel - 1) // 2
        return self._geometry(((0, 0), (p, p)))

    def _geometry(self, padding: object) -> Geometry:
        return Geometry(
            (1, self.size),
            (1, self.kernel),
            stride=(1, self.stride),
            padding=padding,
            dilation=(1, self.dilation),
        )


def starts(geometry: Geometry) -> np.ndarray:
    """Return the input cell on which each window starts; below 0 it is padding."""
    return np.arange(geometry.output_shape[1]) * geometry.stride[1] - geometry.padding[1][0]


def centres(geometry: Geometry) -> np.ndarray:
    """Return where each window's centre lies, in input cells: 1 is the middle of cell 1."""
    return starts(geometry) + (geometry.span[1] - 1) / 2


def shown(state: SameState) -> list[Range]:
    """Return the cells that are drawn, as half-open ranges: one, or three if the strip is long."""
    before = max(g.padding[1][0] for g in (state.adapted, state.fixed))
    after = max(g.padding[1][1] for g in (state.adapted, state.fixed))
    span, n = state.adapted.span[1], state.size
    end, middle = span // 2 + 4, span + 4
    if n <= 2 * end + middle + 2:
        return [(-before, n + after)]
    first = state.step * state.stride - before - 1
    start = max(end, min(n - end - middle, first))
    return [(-before, end), (start, start + middle), (n - end, n + after)]


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

    def across(self, where: object) -> np.ndarray:
        """Return the pixels of cells' left edges; NaN for those that are not drawn."""
        where = np.asarray(where, float)
        pixels = np.full(where.shape, np.nan)
        for (start, stop), left in zip(self.ranges, self.lefts, strict=True):
            inside = (where >= start) & (where <= stop) & np.isnan(pixels)
            pixels[inside] = left + (where[inside] - start) * self.cell
        return pixels


class _Strip:
    """One of the two strips; `up` is 1 with its outputs above the cells, −1 with them below."""

    def __init__(self, scene: Scene, edge: float, up: int) -> None:
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

    def lay_out(self, geometry: Geometry, ruler: Ruler, name: str) -> None:
        """Draw what does not depend on the step: the cells and the outputs."""
        self._geometry, self._ruler = geometry, ruler
        (before, after), n = geometry.padding[1], geometry.input_shape[1]
        title = f"{name}: pads {before} before and {after} after, {_outputs(geometry)}"
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
        written &= _has_room(cells, cells[inside], ruler.cell)
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


class SameScene(Scene):
    """Above, padding that depends on the size; below, upside down, padding that does not."""

    def __init__(self, *, width: int = 850, height: int = 396) -> None:
        super().__init__(width, height)
        self._strips = [_Strip(self, height, 1), _Strip(self, 0, -1)]
        look = palette.LOOK_HERE
        self._dots = self.text()
        self._guides = self.lines(
            moving=True, colors=look, linewidths=1.4, linestyles=(0, (2, 1.6))
        )
        self._shift = self.lines(moving=True, colors=look, linewidths=3.0)
        self._words = self.text(palette.DEEP[look], moving=True)

    def update(self, state: SameState) -> None:
        """Move the artists to show `state`."""
        ruler = self.ruler(state)
        both = (state.adapted, state.fixed)
        if self.is_new(ruler, both):
            p = state.fixed.padding[1][0]
            names = (
                "same (TensorFlow, Keras, JAX)",
                f"fixed p = ⌊d(k − 1)/2⌋ = {p} (PyTorch's habit)",
            )
            for strip, geometry, name in zip(self._strips, both, names, strict=True):
                strip.lay_out(geometry, ruler, name)
            places = [(x, strip.middle) for x in ruler.breaks for strip in self._strips]
            self._dots.set_path(text_path(["···"] * len(places), np.reshape(places, (-1, 2)), 18))
        for strip in self._strips:
            strip.move(state.step)
        self._draw_shift(state, ruler)

    def ruler(self, state: SameState) -> Ruler:
        """Return where across the picture the cells stand."""
        ranges = shown(state)
        count = sum(stop - start for start, stop in ranges) + BREAK * (len(ranges) - 1)
        cell = min(LARGEST_CELL, (self.width - 2 * MARGIN) / count)
        return Ruler(tuple(ranges), (self.width - count * cell) / 2, count * cell, cell)

    def _draw_shift(self, state: SameState, ruler: Ruler) -> None:
        """Join the two centres of the chosen pixel, and say how far apart they lie."""
        level = self.height / 2
        if state.step >= state.fixed.output_shape[1]:
            self._guides.set_segments([])
            self._shift.set_segments([])
            text = f"no output pixel {state.step} with fixed padding"
            where = np.array([(self.width / 2, level)])
            self._words.set_path(text_path([text], where, 14, bold=True))
            return
        ends = [float(centres(g)[state.step]) for g in (state.adapted, state.fixed)]
        places = ruler.across(np.add(ends, 0.5))
        feet = [strip.foot for strip in self._strips]
        self._guides.set_segments(
            [[(x, foot), (x, level)] for x, foot in zip(places, feet, strict=True)]
        )
        self._shift.set_segments([[(places[0], level), (places[1], level)]])
        apart = abs(ends[0] - ends[1])
        words = f"shifted by {plain(apart)} {'cell' if apart <= 1 else 'cells'}"
        on_the_right = max(places) + 190 < self.width
        where = (max(places) + 10 if on_the_right else min(places) - 10, level)
        self._words.set_path(
            text_path(
                [words if apart else "the same cells"],
                np.array([where]),
                14,
                align="left" if on_the_right else "right",
                bold=True,
            )
        )


def _outputs(geometry: Geometry) -> str:
    count = geometry.output_shape[1]
    return f"{count} output{'s' * (count > 1)}"


def _boxes(left: object, right: object, low: float, high: float) -> np.ndarray:
    """Return upright rectangles: shape (len(left), 4, 2)."""
    left, right = np.asarray(left, float), np.asarray(right, float)
    x = np.stack([left, right, right, left], axis=-1)
    y = np.broadcast_to([high, high, low, low], x.shape)
    return np.stack([x, y], axis=-1)


def _has_room(cells: np.ndarray, drawn: np.ndarray, cell: float) -> np.ndarray:
    """Say which cells' numbers lie on drawn cells alone, and reach over no edge of the row."""
    widths = 0.64 * LETTERS * np.array([len(str(i)) for i in cells])
    around = np.ceil(np.maximum(widths - cell, 0) / (2 * cell)).astype(int)
    return np.isin(cells - around, drawn) & np.isin(cells + around, drawn)


def _every(largest: int, room: float) -> int:
    """Return 1 if a number fits into its cell, 2 if every second does, and so on."""
    return max(1, int(np.ceil((0.64 * LETTERS * len(str(largest)) + 5) / room)))
