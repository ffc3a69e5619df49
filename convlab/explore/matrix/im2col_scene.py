"""Two products that make the same output: C̃ times the input, and the kernel times its patches.

Both stand as in Falk's scheme: the left factor below, the right factor above it to the right, and
each entry of the product where a row and a column meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, around, fitted
from convlab.draw.text import LEGIBLE, text_path
from convlab.draw.veil import Box
from convlab.explore.matrix import im2col_words as words
from convlab.explore.matrix.matrix_layout import Flattened
from convlab.explore.matrix.matrix_numbers import MatrixState
from convlab.explore.matrix.product_scene import FINE, ProductScene, Titled, colours

HALF = 425.0
TITLE = 54.0
EDGE = 10.0
GAP = 8.0


@dataclass(frozen=True)
class PatchPlaces:
    """Where the parts lie: of C̃ Ĩ = Õ on the left, of w P = Õᵀ on the right."""

    kernel: CellGrid
    matrix: CellGrid
    x: Flattened
    y: Flattened
    padded: CellGrid
    weights: CellGrid
    patches: CellGrid


class PatchScene(ProductScene):
    """C̃ beside the patch matrix, with the row of one and the column of the other that agree."""

    def __init__(self, *, width: int = 850, height: int = 384) -> None:
        super().__init__(width, height)
        self._zeros = self.text(palette.MUTED)
        self._frames.set_linewidths(2.4)

    def places(self, state: MatrixState) -> PatchPlaces:
        """Return where all boards lie."""
        return places_of(state, self.height)

    def regions(self, state: MatrixState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the patch matrix, below the line that names both halves."""
        patches = (self.places(state).patches.left - GAP / 2, 28, self.width, self.height)
        return {**super().regions(state), "patches": [patches]}

    def pick(self, state: MatrixState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the output pixel whose row, column or cell is drawn at a place."""
        places = self.places(state)
        if (index := places.y.index_at(xy)) is not None:
            return {"step": index}
        if (cell := places.matrix.cell_at(xy)) is not None:
            return {"step": cell[0]}
        cell = places.patches.cell_at(xy)
        return None if cell is None else {"step": cell[1]}

    def lay_out(self, state: MatrixState) -> None:
        """Show both matrices, the kernel, the cells of the input, and the titles."""
        places, taps = self.places(state), state.taps.ravel()
        matrix, order, names = places.matrix, state.order.ravel(), state.kernel_texts(0, 0)
        kernels = [places.kernel, places.weights]
        self.draw_weights(state, matrix, [(board, order, names, 0) for board in kernels])
        fine = kernels + [matrix] * (min(matrix.wide, matrix.high) >= FINE)
        self._grid.set_segments(np.concatenate([board.net() for board in fine]))
        whole = [board.net((board.rows, board.cols)) for board in (*kernels, matrix)]
        self._outlines.set_segments(np.concatenate(whole))
        patches = places.patches.boxes(np.flatnonzero(taps >= 0))
        self._inputs.set_verts(np.concatenate([places.x.boxes(), patches]))
        self._inputs.set_linewidths(_edge(places))
        missing = places.patches.boxes(np.flatnonzero(taps < 0))
        edges = np.stack([missing, np.roll(missing, -1, axis=1)], axis=2).reshape(-1, 2, 2)
        self._padding.set_segments(np.concatenate([places.padded.net(), edges]))
        written = missing if min(places.patches.wide, places.patches.high) >= 12 else missing[:0]
        self._zeros.set_path(text_path(["0"] * len(written), written.mean(axis=1), LEGIBLE))
        self._draw_titles(state, places)

    def _draw_titles(self, state: MatrixState, places: PatchPlaces) -> None:
        texts, (y, results) = words.titles(state), (places.y.column, places.y.grids[0])
        matrix, weights, kernel = places.matrix, places.weights, places.kernel
        right = HALF, self.width - 4.0
        parts: Titled = {
            palette.KERNEL: {
                "matrix": (matrix, (EDGE, matrix.right)),
                "weights": (weights, (HALF + EDGE - 4, weights.right)),
                "kernel": (kernel, (EDGE, max(matrix.right, kernel.right + EDGE))),
            },
            palette.INPUT: {
                "x": (places.x.column, (EDGE, HALF - 4)),
                "patches": (places.patches, right),
                "input": (places.padded, right),
            },
        }
        self.draw_titles(texts, parts, size=14, above=12)
        beside = np.array([(board.right + 10, board.middle[1]) for board in (y, results)])
        names = [texts["y"], texts["results"]]
        path = text_path(names, beside, 15, align="left", bold=True)
        self._titles[palette.OUTPUT].set_path(path)
        spots = np.array([(EDGE, self.height - 14), (HALF + EDGE, self.height - 14)])
        self._signs.set_path(text_path(words.headings(), spots, 16, align="left", bold=True))

    def move(self, state: MatrixState) -> None:
        """Show the output pixel that is followed, its row of C̃ and its column of P."""
        places, step, taps = self.places(state), state.step, state.taps
        patches = places.patches
        column = np.flatnonzero(taps[:, step] >= 0)
        marked = column * patches.cols + step
        shade = colours(state, state.order.ravel()[column])
        behind = np.ones((taps.size, 3))
        behind[marked] = shade
        real = np.flatnonzero(taps.ravel() >= 0)
        texts = [state.x_texts[at] for at in taps.ravel()[real]]
        marks, labels = [(patches.boxes(marked), shade)], [(patches, real, texts, behind[real])]
        self.draw_maps(state, places.y, places.x, marks, labels)
        self._marks.set_linewidths(_edge(places))
        self.draw_window(state, [places.padded])
        one, zero = np.array([step]), np.array([0])
        row = places.matrix.corners(one, zero, 1, places.matrix.cols)
        frames = [*row, *patches.corners(zero, one, patches.rows), *places.y.boxes(one)]
        self._frames.set_verts([*map(around, frames)])


def _edge(places: PatchPlaces) -> float:
    """Return how wide the lines between the cells of the input are."""
    return 0.9 if min(places.x.column.high, places.patches.wide) >= FINE else 0.3


def places_of(state: MatrixState, height: float) -> PatchPlaces:
    """Return the places of all boards, each half as large as it has room for."""
    (rows, cols), (high, across) = state.shape, state.geometry.kernel_size
    free, top = height - TITLE - EDGE - GAP - 20, height - TITLE
    wide = fitted(HALF - 2 * EDGE - GAP - 62, cols, 24)
    low = fitted(0.5 * free, rows, 22)
    tall = fitted(free - rows * low, cols, 20)
    matrix = CellGrid(rows, cols, EDGE, EDGE + rows * low, wide, low)
    x = CellGrid(cols, 1, matrix.right + GAP, matrix.top + GAP + cols * tall, 34, tall)
    y = CellGrid(rows, 1, matrix.right + GAP, matrix.top, 34, low)
    cell = min(34.0, (top - matrix.top - 50) / high)
    kernel = CellGrid(high, across, EDGE + 20, top - 8, cell, cell)
    cells, low = high * across, 26.0
    wide = fitted(220, cells, 26)
    left = HALF + EDGE + max(cells * wide, 170) + GAP
    patches_wide = fitted(HALF - EDGE - left + HALF - 40, rows, 38)
    tall = fitted(free - low, cells, 28)
    weights = CellGrid(1, cells, left - GAP - cells * wide, EDGE + low, wide, low)
    patches = CellGrid(cells, rows, left, EDGE + low + GAP + cells * tall, patches_wide, tall)
    results = CellGrid(1, rows, left, EDGE + low, patches_wide, low)
    padded = state.geometry.padded_shape
    room = patches.left - HALF - 40, top - weights.top - 46
    cell = min(34.0, room[0] / padded[1], room[1] / padded[0])
    around_it = CellGrid(*padded, HALF + EDGE + 4, top - 8, cell, cell)
    inputs = Flattened(x, [around_it.part(*state.geometry.inside)])
    outputs = Flattened(y, [results])
    return PatchPlaces(kernel, matrix, inputs, outputs, around_it, weights, patches)
