"""A stack of layers in section: one row of cells per layer, and the cone from a unit to the input.

Every unit stands above the middle of what it sees, so that a stride spreads a row and padding
shifts it.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, ClassVar, NamedTuple

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox, TransformedBbox

from convlab.draw import palette
from convlab.draw.cell_styles import CURRENT_CELL, PADDING
from convlab.draw.scene import Scene
from convlab.draw.shapes import box
from convlab.draw.text import text_path
from convlab.explore.receptive_field import layer_stack_words as words
from convlab.explore.receptive_field.layer_stack_numbers import LayerStackState, windows

LEFT, RIGHT, TOP, BOTTOM = 74.0, 10.0, 14.0, 62.0
LARGEST_CELL = 30.0
LARGEST_SPREAD_CELL = 18.0  # of a map whose stride leaves more room than a cell of the input has


class _View(NamedTuple):
    """Where the maps of a state are drawn; the rows are counted from the input, row 0."""

    state: LayerStackState
    first: float
    """The first input cell in view."""
    cell: float
    """Pixels of an input cell."""
    rise: float
    """Pixels between two rows."""

    def height(self, row: int) -> float:
        """Return the height of the middle of a row."""
        return BOTTOM + self.cell / 2 + row * self.rise

    def x(self, places: np.ndarray) -> np.ndarray:
        """Turn places on the input, in its cells, into pixels."""
        return LEFT + (places - self.first) * self.cell

    def middles(self, row: int, cells: np.ndarray) -> np.ndarray:
        """Return the middles of cells of a map, in pixels: shape (len(cells), 2)."""
        field = self.state.fields[row]
        x = self.x(cells * field.stride[1] - field.padding[1] + field.size[1] / 2)
        return np.column_stack([x, np.full(len(x), self.height(row))])

    def side(self, row: int) -> float:
        """Return the pixels of a cell of a map."""
        spread = self.cell * self.state.fields[row].stride[1]
        return max(self.cell, min(spread, LARGEST_SPREAD_CELL))

    def boxes(self, row: int, cells: np.ndarray) -> np.ndarray:
        """Return cells of a map with a little air between neighbours: shape (len(cells), 4, 2)."""
        half = 0.44 * self.side(row)
        return box(self.middles(row, cells)[:, None], half, half)


class LayerStackScene(Scene[LayerStackState]):
    """The section through a stack; the input is at the bottom."""

    parts: ClassVar = {"field": [(66, 50, 432, 400)]}

    def __init__(self, *, width: int = 432, height: int = 400) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        look = palette.DEEP[palette.LOOK_HERE]
        self._padding = self.lines(**PADDING)
        self._joins_to_padding = self.lines(moving=True, colors=palette.QUIET, linewidths=0.7)
        self._joins = self.lines(moving=True, colors=palette.tint(orange, 0.75), linewidths=1.0)
        self._input, self._units = (
            self.polygons(
                facecolors=palette.tint(hue, 0.1),
                edgecolors=palette.tint(hue, 0.62),
                linewidths=0.9,
            )
            for hue in (blue, green)
        )
        self._input_read, self._units_read = (
            self.polygons(
                moving=True, facecolors=palette.tint(hue, amount), edgecolors=hue, linewidths=1.2
            )
            for hue, amount in ((blue, 0.75), (green, 0.62))
        )
        self._unit = self.polygons(moving=True, **CURRENT_CELL | {"linewidths": 2.4})
        self._bracket = self.lines(moving=True, colors=palette.LOOK_HERE, linewidths=2.6)
        inner = Bbox.from_extents(LEFT - 6, 0, width, height)
        for artist in self.axes.collections:
            artist.set_clip_box(TransformedBbox(inner, self.axes.transData))
        self._names, self._input_name = (
            self.text(palette.DEEP[green]),
            self.text(palette.DEEP[blue]),
        )
        self._counts, self._missing = self.text(palette.MUTED), self.text(look)
        self._sees = self.text(look, moving=True)

    def pick(self, state: LayerStackState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the unit of the top row, counted from its middle, that is drawn at a place."""
        view, top = self._view(state), len(state.fitting)
        away = np.abs(view.middles(top, np.arange(state.sizes[-1])) - xy)
        nearest = int(away[:, 0].argmin())
        reach = view.cell * state.fields[-1].stride[1] / 2 + 2
        hit = away[nearest, 0] <= reach and away[nearest, 1] <= 18
        return {"unit": nearest - state.middle} if hit else None

    def layout(self, state: LayerStackState) -> Any:
        """Return what decides about the maps."""
        return state.input_size, state.layers

    def lay_out(self, state: LayerStackState) -> None:
        """Show all maps, their padding, and their names."""
        view = self._view(state)
        maps = [view.boxes(row, np.arange(size)) for row, size in enumerate(state.sizes)]
        self._input.set_verts(maps[0])
        self._units.set_verts(list(chain(*maps[1:])))
        outside = []
        for row, layer in enumerate(state.fitting):
            (before, after), size = layer.padding[1], state.sizes[row]
            cells = np.concatenate([np.arange(-before, 0), size + np.arange(after)])
            outside += [np.vstack([corners, corners[:1]]) for corners in view.boxes(row, cells)]
        self._padding.set_segments(outside)
        y = np.array([view.height(row) for row in range(len(state.sizes))])
        layers = [words.layer(row) for row in range(1, len(y))]
        self._input_name.set_path(_at_left([words.input_name()], y[:1] + 8))
        self._names.set_path(_at_left(layers, y[1:] + 8))
        self._counts.set_path(_at_left(words.counts(state), y - 8, 12.5, bold=False))
        self._missing.set_path(_at_left(words.missing(state), y[-1] + view.rise))

    def move(self, state: LayerStackState) -> None:
        """Show what the unit draws on, down to the input, and how wide that is."""
        view = self._view(state)
        *below, unit = (view.boxes(row, cells) for row, cells in enumerate(state.reads))
        self._unit.set_verts(unit if below else [])
        self._input_read.set_verts(list(chain(*below[:1])))
        self._units_read.set_verts(list(chain(*below[1:])))
        self._draw_joins(state, view)
        left, right = ends = view.x(np.array(state.region))
        low, high = BOTTOM - 9, BOTTOM - 2
        bracket = [(left, high), (left, low), (right, low), (right, high)]
        self._bracket.set_segments([bracket] if below else [])
        middle = np.clip(ends.mean(), LEFT + 90, self.width - 96)
        sees = [words.sees(state)] if below else []
        places = np.array([[middle, low - 16]])[: len(sees)]
        self._sees.set_path(text_path(sees, places, 16, bold=True))

    def _draw_joins(self, state: LayerStackState, view: _View) -> None:
        """Join each cell that the unit draws on to those that it reads, on padding or not."""
        lines, inside = [np.empty((0, 2, 2))], [np.empty(0, bool)]
        for row, layer in enumerate(state.fitting):
            units = state.reads[row + 1]
            taps = windows(layer, units)
            upper = view.middles(row + 1, np.repeat(units, taps.shape[1]))
            lower = view.middles(row, taps.ravel())
            upper[:, 1] -= view.side(row + 1) / 2
            lower[:, 1] += view.side(row) / 2
            lines.append(np.stack([upper, lower], axis=1))
            inside.append(((taps >= 0) & (taps < state.sizes[row])).ravel())
        every, real = np.concatenate(lines), np.concatenate(inside)
        self._joins.set_segments(every[real])
        self._joins_to_padding.set_segments(every[~real])

    def _view(self, state: LayerStackState) -> _View:
        """Fit all maps, their padding, and what their units see, into the picture."""
        paddings = [*(layer.padding[1] for layer in state.layers), (0, 0)]
        starts, ends = [], []
        for field, size, (before, after) in zip(state.fields, state.sizes, paddings, strict=False):
            starts.append(field.region(0, 0)[1][0] - before * field.stride[1])
            ends.append(field.region(0, size - 1)[1][1] + after * field.stride[1])
        # A field may be far wider than its input: what lies beyond a whole input is left out.
        first, last = max(min(starts), -state.input_size), min(max(ends), 2 * state.input_size)
        room = self.width - LEFT - RIGHT
        cell = min(room / (last - first), LARGEST_CELL)
        rows = max(len(state.sizes) - state.fits, 2)
        rise = (self.height - TOP - BOTTOM - max(cell, LARGEST_SPREAD_CELL)) / rows
        return _View(state, (first + last) / 2 - room / cell / 2, cell, rise)


def _at_left(
    texts: list[str], heights: np.ndarray | float, size: float = 14, *, bold: bool = True
) -> Path:
    """Return words at the left edge of the picture."""
    places = np.column_stack([np.full(len(texts), 6.0), np.broadcast_to(heights, len(texts))])
    return text_path(texts, places, size, align="left", bold=bold)
