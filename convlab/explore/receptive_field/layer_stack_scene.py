"""A stack of layers in section: one row of cells per layer, and the cone from a unit to the input.

Every unit stands above the middle of what it sees, so that a stride spreads a row and padding
shifts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from matplotlib.transforms import Bbox, TransformedBbox

from convlab.draw import palette
from convlab.draw.cell_styles import CURRENT_CELL, PADDING
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.geometry import output_size
from convlab.receptive_field import PIXEL, Layer, ReceptiveField, receptive_fields

LEFT, RIGHT, TOP, BOTTOM = 74.0, 10.0, 14.0, 62.0
LARGEST_CELL = 30.0
LARGEST_SPREAD_CELL = 18.0  # of a map whose stride leaves more room than a cell of the input has
SQUARE = np.array([[-0.5, -0.5], [-0.5, 0.5], [0.5, 0.5], [0.5, -0.5]])


@dataclass(frozen=True)
class LayerStackState:
    """A stack, the input below it, and the unit that is looked down from.

    Parameters
    ----------
    input_size : int
        Cells of the input along the section.
    layers : tuple of Layer
        From the input on; the section runs along their columns.
    unit : int
        In the last map that fits, from 0.
    """

    input_size: int
    layers: tuple[Layer, ...]
    unit: int

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Cells of the input and of each map, up to the last one that fits."""
        return map_sizes(self.input_size, self.layers)

    @property
    def fits(self) -> bool:
        """Whether every layer fits on the map below it."""
        return len(self.sizes) > len(self.layers)

    @cached_property
    def fields(self) -> tuple[ReceptiveField, ...]:
        """What a cell of the input, and a unit of each map that fits, sees."""
        return (PIXEL, *receptive_fields(self.layers))[: len(self.sizes)]

    @property
    def region(self) -> tuple[int, int]:
        """The input cells that the unit sees, half-open; some may lie outside the input."""
        return self.fields[-1].region(0, self.unit)[1]

    @cached_property
    def reads(self) -> tuple[np.ndarray, ...]:
        """For each map that fits, from the input on, which cells the unit draws on, sorted."""
        cells = [np.array([self.unit])]
        fitting = zip(self.layers, self.sizes[:-1], strict=False)
        for layer, size in reversed(list(fitting)):
            taps = np.unique(windows(layer, cells[0]))
            cells.insert(0, taps[(taps >= 0) & (taps < size)])
        return tuple(cells)


def map_sizes(size: int, layers: tuple[Layer, ...]) -> tuple[int, ...]:
    """Return the size of the input and of each map along the columns, as long as layers fit.

    Examples
    --------
    >>> map_sizes(9, (Layer(3), Layer(2, stride=2), Layer(5)))
    (9, 7, 3)
    """
    sizes = [size]
    for layer in layers:
        if layer.span[1] > sizes[-1] + sum(layer.padding[1]):
            break
        sides, steps = layer.padding[1], {"stride": layer.stride[1], "dilation": layer.dilation[1]}
        sizes.append(output_size(sizes[-1], layer.kernel_size[1], padding=sides, **steps))
    return tuple(sizes)


def windows(layer: Layer, units: np.ndarray) -> np.ndarray:
    """Return the cells below that units read, along the columns: shape (units, kernel)."""
    starts = np.asarray(units) * layer.stride[1] - layer.padding[1][0]
    return starts[:, None] + np.arange(layer.kernel_size[1]) * layer.dilation[1]


class _View(NamedTuple):
    """Where things are: the first input cell in view, pixels per cell, and between rows."""

    first: float
    cell: float
    rise: float

    def place(self, cells: np.ndarray, field: ReceptiveField, row: int) -> np.ndarray:
        """Return the middles of the cells of a map, in pixels."""
        middles = np.asarray(cells) * field.stride[1] - field.padding[1] + field.size[1] / 2
        x = LEFT + (middles - self.first) * self.cell
        return np.column_stack([x, np.full(len(x), BOTTOM + self.cell / 2 + row * self.rise)])

    def size(self, field: ReceptiveField) -> float:
        """Return the side of the drawn cells of a map, in pixels."""
        return max(self.cell, min(self.cell * field.stride[1], LARGEST_SPREAD_CELL))

    def boxes(self, cells: np.ndarray, field: ReceptiveField, row: int) -> np.ndarray:
        """Return the drawn cells of a map, with a little air between neighbours."""
        return self.place(cells, field, row)[:, None] + SQUARE * (self.size(field) * 0.88)


class LayerStackScene(Scene):
    """The section through a stack; the input is at the bottom."""

    def __init__(self, *, width: int = 432, height: int = 400) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._padding = self.lines(**PADDING)
        self._joins_to_padding = self.lines(moving=True, colors=palette.QUIET, linewidths=0.7)
        self._joins = self.lines(moving=True, colors=palette.tint(orange, 0.75), linewidths=1.0)
        self._input = self.polygons(
            facecolors=palette.tint(blue, 0.1), edgecolors=palette.tint(blue, 0.62), linewidths=0.9
        )
        self._units = self.polygons(
            facecolors=palette.tint(green, 0.1),
            edgecolors=palette.tint(green, 0.62),
            linewidths=0.9,
        )
        self._input_read = self.polygons(
            moving=True, facecolors=palette.tint(blue, 0.75), edgecolors=blue, linewidths=1.2
        )
        self._units_read = self.polygons(
            moving=True, facecolors=palette.tint(green, 0.62), edgecolors=green, linewidths=1.2
        )
        self._unit = self.polygons(moving=True, **CURRENT_CELL | {"linewidths": 2.4})
        self._bracket = self.lines(moving=True, colors=palette.LOOK_HERE, linewidths=2.6)
        self._names = self.text(palette.DEEP[green])
        self._input_name = self.text(palette.DEEP[blue])
        self._counts = self.text("#52606D")
        self._missing = self.text(palette.DEEP[palette.LOOK_HERE])
        self._sees = self.text(palette.DEEP[palette.LOOK_HERE], moving=True)
        inner = Bbox([[LEFT - 6, 0], [width, height]])
        for artist in (*self._in_view, self._bracket):
            artist.set_clip_box(TransformedBbox(inner, self.axes.transData))

    @property
    def _in_view(self) -> tuple[object, ...]:
        maps = (self._input, self._units, self._input_read, self._units_read, self._unit)
        return (*maps, self._padding, self._joins, self._joins_to_padding)

    def update(self, state: LayerStackState) -> None:
        """Move the artists to show `state`."""
        view = self._view(state)
        if self.is_new(state.input_size, state.layers):
            self._draw_maps(state, view)
            self._draw_names(state, view)
        self._draw_reads(state, view)
        self._draw_bracket(state, view)

    def unit_at(self, state: LayerStackState, pixel: tuple[float, float]) -> int | None:
        """Return the unit of the top row drawn at a pixel (from the lower left), or None."""
        view, top = self._view(state), len(state.sizes) - 1
        places = view.place(np.arange(state.sizes[-1]), state.fields[-1], top)
        away = np.abs(places - pixel)
        nearest = int(away[:, 0].argmin())
        reach = view.cell * state.fields[-1].stride[1] / 2 + 2
        return nearest if away[nearest, 0] <= reach and away[nearest, 1] <= 18 else None

    def _view(self, state: LayerStackState) -> _View:
        """Fit all maps, and what their first and last units see, into the picture."""
        first, last = 0, state.input_size
        for field, size in zip(state.fields, state.sizes, strict=True):
            first = min(first, field.region(0, 0)[1][0])
            last = max(last, field.region(0, size - 1)[1][1])
        for layer, field, size in zip(state.layers, state.fields, state.sizes, strict=False):
            before, after = (count * field.stride[1] for count in layer.padding[1])
            first = min(first, field.region(0, 0)[1][0] - before)
            last = max(last, field.region(0, size - 1)[1][1] + after)
        # A field may be far wider than its input: what lies beyond a whole input is left out.
        first, last = max(first, -state.input_size), min(last, 2 * state.input_size)
        room = self.width - LEFT - RIGHT
        cell = min(room / (last - first), LARGEST_CELL)
        rows = max(len(state.sizes) - state.fits, 2)
        rise = (self.height - TOP - BOTTOM - max(cell, LARGEST_SPREAD_CELL)) / rows
        return _View((first + last) / 2 - room / cell / 2, cell, rise)

    def _draw_maps(self, state: LayerStackState, view: _View) -> None:
        boxes, dashes = [], []
        for row, (field, size) in enumerate(zip(state.fields, state.sizes, strict=True)):
            boxes.append(view.boxes(np.arange(size), field, row))
            if row < len(state.sizes) - 1:
                before, after = state.layers[row].padding[1]
                outside = np.concatenate([np.arange(-before, 0), size + np.arange(after)])
                dashes += list(view.boxes(outside, field, row))
        self._input.set_verts(boxes[0])
        self._units.set_verts([box for some in boxes[1:] for box in some])
        self._padding.set_segments([np.vstack([box, box[:1]]) for box in dashes])

    def _draw_names(self, state: LayerStackState, view: _View) -> None:
        rows = np.arange(len(state.sizes))
        y = BOTTOM + view.cell / 2 + rows * view.rise
        upper, lower = (np.column_stack([np.full(len(y), 6.0), y + shift]) for shift in (8, -8))
        named = [f"layer {row}" for row in rows[1:]]
        self._input_name.set_path(text_path(["input"], upper[:1], 14, align="left", bold=True))
        self._names.set_path(text_path(named, upper[1:], 14, align="left", bold=True))
        counts = [f"{size} {'cells' if size > 1 else 'cell'}" for size in state.sizes]
        self._counts.set_path(text_path(counts, lower, 12.5, align="left"))
        missing = [] if state.fits else [f"layer {len(rows)} does not fit"]
        above = np.array([[6.0, y[-1] + view.rise]])[: len(missing)]
        self._missing.set_path(text_path(missing, above, 14, align="left", bold=True))

    def _draw_reads(self, state: LayerStackState, view: _View) -> None:
        read = [
            view.boxes(cells, field, row)
            for row, (cells, field) in enumerate(zip(state.reads, state.fields, strict=True))
        ]
        self._unit.set_verts(read[-1] if len(read) > 1 else [])
        self._input_read.set_verts(read[0] if len(read) > 1 else [])
        self._units_read.set_verts([box for some in read[1:-1] for box in some])
        joins, to_padding = [], []
        for row in range(1, len(state.sizes)):
            ends, real = self._joins_of(state, view, row)
            joins.append(ends[real])
            to_padding.append(ends[~real])
        self._joins.set_segments(np.concatenate(joins) if joins else [])
        self._joins_to_padding.set_segments(np.concatenate(to_padding) if joins else [])

    @staticmethod
    def _joins_of(state: LayerStackState, view: _View, row: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the lines from the units of a row to the cells below, and which end inside."""
        units, layer = state.reads[row], state.layers[row - 1]
        taps = windows(layer, units)
        upper = view.place(np.repeat(units, taps.shape[1]), state.fields[row], row)
        lower = view.place(taps.ravel(), state.fields[row - 1], row - 1)
        upper[:, 1] -= view.size(state.fields[row]) / 2
        lower[:, 1] += view.size(state.fields[row - 1]) / 2
        lines = np.stack([upper, lower], axis=1)
        return lines, ((taps >= 0) & (taps < state.sizes[row - 1])).ravel()

    def _draw_bracket(self, state: LayerStackState, view: _View) -> None:
        if len(state.sizes) < 2:
            self._bracket.set_segments([])
            self._sees.set_path(text_path([], np.empty((0, 2)), 1))
            return
        ends = LEFT + (np.array(state.region) - view.first) * view.cell
        y = BOTTOM - 9
        across = [(ends[0], y), (ends[1], y)]
        self._bracket.set_segments([across, *([(x, y), (x, y + 7)] for x in ends)])
        middle = np.clip(ends.mean(), LEFT + 90, self.width - 96)
        size = state.fields[-1].size[1]
        text = f"sees {size} input cell{'s' * (size > 1)}"
        self._sees.set_path(text_path([text], np.array([[middle, y - 16]]), 16, bold=True))
