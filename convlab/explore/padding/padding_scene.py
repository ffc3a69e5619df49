"""One geometry seen from above: padded input, every window's centre, what is never read, output.

Lengths are drawn as on a workshop drawing, each in the colour of what it counts: input blue,
padding ink, the window's span orange, the stride vermillion, the output green.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.cell_styles import INPUT_CELLS, OUTPUT_CELLS, PADDING, WINDOW
from convlab.draw.planes import input_mask
from convlab.draw.scene import Scene
from convlab.draw.shapes import arrow, at, discs, hatching, measure, place
from convlab.draw.text import text_path
from convlab.draw.veil import Box
from convlab.explore.padding import padding_words as words
from convlab.explore.padding.padding_numbers import PaddingState, centres, never_read
from convlab.geometry import Geometry

LEFT, RIGHT, TOP, BOTTOM, BETWEEN = 78, 40, 62, 56, 56
LARGEST_CELL = 46
SHORTEST_STRIDE = 20
"""Pixels below which the arrows of the stride have no room."""
LENGTHS = ((-38, 0), (0, -11))
"""Where the input's lengths stand: rows to the left of the grid, columns below it."""
SPANS = ((-11, 0), (0, 11))
"""Where the window's spans stand: rows to the left of the grid, columns above it."""
OUTPUTS = ((11, 0), (0, -11))
STRIDE_LABELS = ((-13, 0), (0, 13))
TAPS = np.array([palette.tint(palette.KERNEL, amount) for amount in (0.22, 0.62)])
"""What the kernel covers: padding, and input."""

Notes = dict[str, tuple[list[str], list[np.ndarray]]]


class PaddingScene(Scene[PaddingState]):
    """Padded input on the left, output on the right, cells of both of the same size."""

    def __init__(self, *, width: int = 540, height: int = 388) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        look = palette.LOOK_HERE
        self._padding = self.lines(**PADDING | {"linewidths": 1.0})
        self._input = self.polygons(**INPUT_CELLS)
        self._unread = self.lines(colors=look, linewidths=1.1)
        self._output = self.polygons(**OUTPUT_CELLS)
        self._lengths = self.lines(colors=palette.QUIET, linewidths=1.0)
        self._words = {
            hue: self.text(palette.DEEP.get(hue, palette.INK))
            for hue in (blue, green, palette.MUTED, look)
        }
        self._taps = self.polygons(moving=True, edgecolors=orange, linewidths=1.1)
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=0.8)
        self._frame = self.polygons(moving=True, **WINDOW | {"linewidths": 2.8})
        self._centres = self.polygons(
            moving=True, facecolors=green, edgecolors=palette.PAPER, linewidths=0.8
        )
        self._here = self.polygons(
            moving=True, facecolors=green, edgecolors=palette.INK, linewidths=1.6
        )
        self._spans = self.lines(moving=True, colors=orange, linewidths=1.6)
        self._span_counts = self.text(palette.DEEP[orange], moving=True)
        self._strides = self.lines(moving=True, colors=look, linewidths=2.2)
        self._heads = self.polygons(moving=True, facecolors=look, edgecolors="none")
        self._plates = self.polygons(moving=True, facecolors=palette.PAPER, edgecolors="none")
        self._stride_counts = self.text(palette.DEEP[look], moving=True)

    def boards(self, geometry: Geometry) -> tuple[CellGrid, CellGrid]:
        """Return where the padded input and the output lie."""
        (rows, cols), (down, across) = geometry.padded_shape, geometry.output_shape
        wide = self.width - LEFT - RIGHT - BETWEEN
        high = self.height - TOP - BOTTOM
        cell = min(wide / (cols + across), high / max(rows, down), LARGEST_CELL)
        spare = wide - cell * (cols + across)
        middle = BOTTOM + high / 2
        right = self.width - RIGHT - spare / 3 - across * cell
        return (
            CellGrid(rows, cols, LEFT + spare / 3, middle + rows * cell / 2, cell, cell),
            CellGrid(down, across, right, middle + down * cell / 2, cell, cell),
        )

    def regions(self, state: PaddingState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the output with its size, and what tells of leftovers."""
        left = self.boards(state.geometry)[1].left - 8
        foot = (250, self.height - 26, self.width, self.height)
        return {**super().regions(state), "output": [(left, 0, self.width, self.height), foot]}

    def pick(self, state: PaddingState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the step of the output cell at a place, or of the window nearest to it."""
        geometry = state.geometry
        below, above = self.boards(geometry)
        cell = above.cell_at(xy)
        if cell is None and below.cell_at(xy):
            start = place(below, xy) - np.divide(geometry.span, 2)
            nearest = np.rint(start / geometry.stride).astype(int)
            row, col = np.clip(nearest, 0, np.subtract(geometry.output_shape, 1)).tolist()
            cell = row, col
        return None if cell is None else {"step": cell[0] * geometry.output_shape[1] + cell[1]}

    def layout(self, state: PaddingState) -> Geometry:
        """Return what decides about all but the window."""
        return state.geometry

    def lay_out(self, state: PaddingState) -> None:
        """Show both grids and their lengths."""
        below, above = self.boards(state.geometry)
        self._draw_grids(state.geometry, below, above)
        self._draw_lengths(state.geometry, below, above)

    def move(self, state: PaddingState) -> None:
        """Show one window, and its way to the next."""
        below, above = self.boards(state.geometry)
        self._draw_window(state, below, above)
        self._draw_strides(state, below)

    def _draw_grids(self, geometry: Geometry, below: CellGrid, above: CellGrid) -> None:
        inside = input_mask(geometry)
        self._input.set_verts(below.marked(inside))
        around = below.marked(~inside)
        self._padding.set_segments(np.concatenate([around, around[:, :1]], axis=1))
        self._unread.set_segments(hatching(below.marked(never_read(geometry))))
        self._centres.set_verts(discs(at(below, centres(geometry)), min(4.5, 0.16 * below.wide)))
        self._output.set_verts(above.boxes())

    def _draw_lengths(self, geometry: Geometry, below: CellGrid, above: CellGrid) -> None:
        """Measure the padding and the input, and the output, on both axes."""
        lines: list[np.ndarray] = []
        notes: Notes = {hue: ([], []) for hue in self._words}
        edges = {below: (0, below.rows), above: (above.cols, above.rows)}
        for axis in (0, 1):
            (before, after), size = geometry.padding[axis], geometry.input_shape[axis]
            marks = np.cumsum([0, before, size, after]).tolist()
            parts = [
                (below, marks[0], marks[1], palette.MUTED, LENGTHS),
                (below, marks[1], marks[2], palette.INPUT, LENGTHS),
                (below, marks[2], marks[3], palette.MUTED, LENGTHS),
                (above, 0, geometry.output_shape[axis], palette.OUTPUT, OUTPUTS),
            ]
            for board, start, stop, hue, outward in parts:
                if stop > start:
                    ends = _ends(board, axis, start, stop, edges[board][axis])
                    found, where = measure(ends, outward[axis])
                    lines += found
                    notes[hue][0].append(str(stop - start))
                    notes[hue][1].append(where)
        self._lengths.set_segments(lines)
        self._write(geometry, notes)

    def _write(self, geometry: Geometry, notes: Notes) -> None:
        """Write titles, legend and lengths."""
        top, right, foot = self.height - 16, self.width - 14, 14
        title, output, key, hatched = words.titles(geometry)
        written = [
            (palette.INPUT, title, (14, top), "left"),
            (palette.OUTPUT, output, (right, top), "right"),
            (palette.MUTED, key, (14, foot), "left"),
            (palette.LOOK_HERE, hatched, (right, foot), "right"),
        ]
        for hue, text, where, align in written:
            heading = where[1] == top
            size = 15 if heading else 14
            word = text_path([text], np.array([where]), size, align=align, bold=heading)
            texts, places = notes[hue]
            counts = text_path(texts, np.reshape(places, (-1, 2)), 14, bold=True)
            self._words[hue].set_path(Path.make_compound_path(word, counts))

    def _draw_window(self, state: PaddingState, below: CellGrid, above: CellGrid) -> None:
        geometry = state.geometry
        (row, col), rows, cols = geometry.window(state.step)
        down, across = (part.ravel() for part in np.meshgrid(rows, cols, indexing="ij"))
        self._taps.set_verts(below.corners(down, across))
        self._taps.set_facecolors(TAPS[input_mask(geometry)[down, across].astype(int)])
        starts, stops = (rows[0], cols[0]), np.add((rows[0], cols[0]), geometry.span)
        (frame,) = below.corners([starts[0]], [starts[1]], *geometry.span)
        (target,) = above.corners([row], [col])
        self._frame.set_verts([frame])
        self._here.set_verts([target])
        self._joins.set_segments([(frame[1], target[0]), (frame[2], target[3])])
        lines, places = [], []
        for axis in (0, 1):
            found, where = measure(_ends(below, axis, starts[axis], stops[axis], 0), SPANS[axis])
            lines += found
            places.append(where)
        self._spans.set_segments(lines)
        texts = [str(span) for span in geometry.span]
        self._span_counts.set_path(text_path(texts, np.array(places), 14, bold=True))

    def _draw_strides(self, state: PaddingState, board: CellGrid) -> None:
        """Point from this window's centre to the next one's, or from the last one's to this."""
        geometry = state.geometry
        pixel = np.array(geometry.window(state.step).pixel)
        shafts, heads, texts, places = [], [], [], []
        for axis, (count, stride) in enumerate(
            zip(geometry.output_shape, geometry.stride, strict=True)
        ):
            if count == 1 or stride * board.wide < SHORTEST_STRIDE:
                continue
            ends = np.array([pixel, pixel])
            ends[0, axis] -= pixel[axis] == count - 1
            ends[1, axis] = ends[0, axis] + 1
            tail, tip = at(board, ends * geometry.stride + np.divide(geometry.span, 2))
            shaft, head = arrow(tail, tip, shorten=min(6, 0.2 * board.wide))
            shafts.append(shaft)
            heads.append(head)
            texts.append(str(stride))
            places.append((tail + tip) / 2 + STRIDE_LABELS[axis])
        where = np.reshape(places, (-1, 2))
        self._strides.set_segments(shafts)
        self._heads.set_verts(heads)
        self._plates.set_verts(discs(where, 8))
        self._stride_counts.set_path(text_path(texts, where, 13, bold=True))


def _ends(board: CellGrid, axis: int, start: float, stop: float, other: float) -> np.ndarray:
    """Return the pixels from start to stop along an axis, at a place on the other axis."""
    points = [(start, other), (stop, other)] if axis == 0 else [(other, start), (other, stop)]
    return at(board, points)
