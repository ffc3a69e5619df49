"""What the pictures of a matrix product share: the cells of an input, of weights, of an output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from numpy.typing import ArrayLike

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, label
from convlab.draw.cell_styles import LOOK_HERE, PADDING, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.text import joined, text_path
from convlab.explore.matrix.matrix_layout import Flattened
from convlab.explore.matrix.matrix_numbers import CONSTANT, ROW, ZERO, MatrixState

BIAS_SHADE = to_rgb(palette.tint(palette.KERNEL, 0.3))
FINE = 6
"""Pixels below which the lines between cells are hairlines."""
Label = tuple[CellGrid, ArrayLike | None, list[str], np.ndarray]
Titled = dict[str, dict[str, tuple[CellGrid, tuple[float, float]]]]
"""Boards and the edges that bound their titles, by colour and by name."""


class ProductScene(Scene[MatrixState]):
    """C̃ and its weights, and input and output as columns and as grids."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._padding = self.lines(**PADDING)
        self._inputs = self.polygons(facecolors=palette.tint(blue, 0.22), edgecolors=blue)
        self._weights = self.polygons(edgecolors="none", antialiaseds=False)
        self._grid = self.lines(colors=palette.tint(palette.QUIET, 0.5), linewidths=0.6)
        self._outlines = self.lines(colors=palette.QUIET, linewidths=1.2)
        self._strokes = self.lines(colors=palette.INK, linewidths=1.2)
        self._letters = self.text(palette.BLACK), self.text(palette.PAPER)
        self._titles = {hue: self.text(palette.DEEP[hue]) for hue in (orange, blue, green)}
        self._signs = self.text()
        self._joins = self.lines(moving=True, colors=palette.tint(orange, 0.75), linewidths=0.9)
        self._results = self.polygons(moving=True, edgecolors=green)
        self._marks = self.polygons(moving=True)
        self._foot = self.polygons(moving=True, **WINDOW)
        self._numbers = self.text(moving=True), self.text(palette.PAPER, moving=True)
        self._frames = self.polygons(moving=True, **LOOK_HERE)

    def layout(self, state: MatrixState) -> MatrixState:
        """Return what decides about what stands still: all but the place that is followed."""
        return replace(state, step=0, follow=ROW)

    def draw_weights(
        self,
        state: MatrixState,
        matrix: CellGrid,
        more: list[tuple[CellGrid, np.ndarray, list[str], int]],
    ) -> None:
        """Draw C̃, and boards that are full of weights: each with cells, texts and its slice.

        Where no numbers are written, a stroke marks the entries of C̃ that are below 0.
        """
        which = state.which.ravel()
        filled = np.flatnonzero(which != ZERO)
        rows, cols = np.divmod(filled, matrix.cols)
        texts = map(state.entry_text, rows.tolist(), cols.tolist()) if matrix.high >= 12 else ()
        boxes = [matrix.boxes(filled), *(board.boxes() for board, *_ in more)]
        shades = [colours(state, which[filled], state.slices.ravel()[filled])]
        shades += [colours(state, cells, slice_) for _, cells, _, slice_ in more]
        self._weights.set(verts=np.concatenate(boxes), facecolors=np.concatenate(shades))
        labels: list[Label] = [(matrix, filled, [*texts], shades[0])]
        labels += [(b, None, t, s) for (b, _, t, _), s in zip(more, shades[1:], strict=True)]
        label(self._letters, [entry for entry in labels if entry[2]])
        is_written = state.numbers and min(matrix.high, matrix.wide) >= 18
        marked = state.negative.ravel()[filled] & (not is_written)
        below = matrix.middles(filled[marked])
        half = np.array([0.3 * matrix.wide, 0])
        self._strokes.set_segments(np.stack([below - half, below + half], axis=1))
        dark = palette.is_dark(shades[0][marked])
        self._strokes.set_colors([palette.PAPER if on else palette.BLACK for on in dark])

    def draw_maps(
        self,
        state: MatrixState,
        y: Flattened,
        x: Flattened,
        marks: list[tuple[np.ndarray, np.ndarray]],
        labels: Sequence[Label],
    ) -> None:
        """Draw the output, mark what belongs to the cell that is followed, and write numbers.

        `marks` and `labels` are what to mark and to write besides: corners with their colours.
        """
        by_row, met, shade = state.follow == ROW, state.met, self._line_colours(state)
        there = x if by_row else y
        light, strong = (to_rgb(palette.tint(palette.OUTPUT, share)) for share in (0.3, 0.75))
        every = np.arange(state.y.size)
        green = np.where(by_row & (every == state.step)[:, None], strong, light)
        self._results.set(verts=y.boxes(), facecolors=y.twice(every, green))
        self._results.set_linewidths(0.9 if y.column.high >= FINE else 0.3)
        boxes, faces = zip((there.boxes(met), there.twice(met, shade)), *marks, strict=True)
        self._marks.set(verts=np.concatenate(boxes), facecolors=np.concatenate(faces))
        self._marks.set_edgecolors(palette.INPUT if by_row else palette.OUTPUT)
        written = [*labels]
        for flat, texts in ((y, state.y_texts), (x, state.x_texts)):
            behind = np.ones((len(texts), 3))
            if flat is there:
                behind[met] = shade
            written += [(board, None, texts[part], behind[part]) for board, part in flat.parts]
        label(self._numbers, written)

    @staticmethod
    def _line_colours(state: MatrixState) -> np.ndarray:
        return colours(state, state.line[state.met], state.line_slices[state.met])

    def draw_window(self, state: MatrixState, padded: list[CellGrid]) -> None:
        """Outline the window, gaps and padding included, in every channel of the input."""
        _, rows, cols = state.geometry.window(state.step % state.geometry.steps)
        reach = (rows[0], rows[-1] + 1), (cols[0], cols[-1] + 1)
        self._foot.set_verts([board.block(*reach) for board in padded])

    def draw_titles(
        self, titles: dict[str, str], places: Titled, *, size: float = 15, above: float = 15
    ) -> None:
        """Write above boards, each title between two edges, in the colours of their roles."""
        for hue, boards in places.items():
            paths = []
            for name, (board, (low, high)) in boards.items():
                spot = np.array([(board.middle[0], board.top + above)])
                path = text_path([titles[name]], spot, size, room=high - low, bold=True)
                box = path.get_extents()
                aside = max(low - box.x0, 0) - max(box.x1 - high, 0)
                paths.append(Path(np.asarray(path.vertices) + (aside, 0), path.codes))
            self._titles[hue].set_path(joined(paths))


def colours(state: MatrixState, which: np.ndarray, slices: np.ndarray | int = 0) -> np.ndarray:
    """Return the shade of each kernel cell, and the colour of a bias: shape (..., 3).

    The second kernel runs through the shades from dark to light, as its numbers fall.
    """
    last, second = state.order.size - 1, np.greater_equal(slices, state.channels_in)
    rank = np.where(second & state.is_numbered, last - which, which)
    found = palette.shades(palette.KERNEL, last + 1)[np.clip(rank, 0, last)]
    return np.where((which == CONSTANT)[..., None], BIAS_SHADE, found)
