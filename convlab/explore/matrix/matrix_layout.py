"""Where the parts of Õ = C̃ Ĩ lie in the picture, whatever their sizes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from convlab.draw.cell_grid import CellGrid, fitted
from convlab.explore.matrix.matrix_numbers import ADDED, MatrixState

WIDTH, HEIGHT = 850, 380
EDGE = 8.0
TITLE = 32.0
SIDE = 126.0
COLUMN = 36.0
GAP = 24.0


@dataclass(frozen=True)
class Flattened:
    """A map twice: as a column, and as one grid for each channel."""

    column: CellGrid
    grids: list[CellGrid]

    @property
    def size(self) -> int:
        """Cells of all grids; the column may hold one more, a constant."""
        return sum(grid.rows * grid.cols for grid in self.grids)

    @property
    def parts(self) -> list[tuple[CellGrid, slice]]:
        """Each board, with the part of the column that it shows."""
        size = self.grids[0].rows * self.grids[0].cols
        starts = range(0, self.size, size)
        shown = [slice(start, start + size) for start in starts]
        return [(self.column, slice(None)), *zip(self.grids, shown, strict=True)]

    def boxes(self, which: np.ndarray | None = None) -> np.ndarray:
        """Return the corners of cells, of all by default: on the column, then on the grids."""
        which = np.arange(self.column.rows) if which is None else which
        return np.concatenate([self.column.boxes(which), self.on_grids(which)])

    def twice(self, which: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Return what belongs to each of the `boxes` of cells, given the cells' own values."""
        return np.concatenate([values, values[which < self.size]])

    def on_grids(self, which: np.ndarray) -> np.ndarray:
        """Return the corners of cells on the grids, by their place in the column: (n, 4, 2)."""
        every = np.concatenate([grid.boxes() for grid in self.grids])
        return np.asarray(every[which[which < self.size]])

    def joins(self, which: np.ndarray) -> np.ndarray:
        """Return lines from cells of the column to their rows on the grids: (n, 2, 2)."""
        which, first = which[which < self.size], self.grids[0]
        left = first.left < self.column.left
        start, end = self.column.middles(which), self.on_grids(which).mean(axis=1)
        start[:, 0] = self.column.left if left else self.column.right
        end[:, 0] = first.right if left else first.left
        return np.stack([start, end], axis=1)

    def index_at(self, pixel: tuple[float, float]) -> int | None:
        """Return the place in the column of the cell that is drawn at a pixel, or None."""
        for board, part in self.parts:
            if (index := board.index_at(pixel)) is not None:
                return (part.start or 0) + index
        return None


@dataclass(frozen=True)
class Places:
    """The boards, from left to right; `padded` are the inputs with their padding."""

    y: Flattened
    kernels: list[CellGrid]
    bias: CellGrid | None
    matrix: CellGrid
    x: Flattened
    padded: list[CellGrid]


def places_of(state: MatrixState, width: float, height: float) -> Places:
    """Return the places of all boards, as large as the picture has room for."""
    top, free = height - TITLE, height - TITLE - EDGE
    rows, cols = state.shape
    wide_y, wide_x = _column_width(rows, free), _column_width(cols, free)
    added = COLUMN + GAP if state.bias == ADDED else 0.0
    room = width - 2 * EDGE - 2 * SIDE - wide_y - wide_x - added - 4 * GAP
    largest = 28 if cols > 8 else 48
    wide, high = fitted(room, cols, largest), fitted(free, rows, largest)
    wide, high = min(wide, 2 * high), min(high, 2 * wide)
    left = EDGE + (room - wide * cols) / 2
    outputs, kernels = _left_side(state, left, (top, free))
    y = CellGrid(rows, 1, left + SIDE + GAP, top, wide_y, high)
    bias = CellGrid(rows, 1, y.right + GAP, top, COLUMN, high) if added else None
    matrix = CellGrid(rows, cols, (bias or y).right + GAP, top, wide, high)
    x = CellGrid(cols, 1, matrix.right + GAP, top, wide_x, fitted(free, cols, 22))
    padded = _stacked(state.geometry.padded_shape, state.channels_in, x.right + GAP, (top, free))
    inputs = [board.part(*state.geometry.inside) for board in padded]
    return Places(Flattened(y, outputs), kernels, bias, matrix, Flattened(x, inputs), padded)


def _column_width(cells: int, free: float) -> float:
    return COLUMN if free / cells >= 12 else 16.0


def _stacked(
    shape: tuple[int, int], channels: int, left: float, span: tuple[float, float]
) -> list[CellGrid]:
    """Return a grid for each channel, one below the other."""
    top, free = span
    gap = 8.0
    each = (free - gap * (channels - 1)) / channels
    cell = min(fitted(SIDE, shape[1], 33), fitted(each, shape[0], 33))
    return [
        CellGrid(*shape, left, top - channel * (shape[0] * cell + gap), cell, cell)
        for channel in range(channels)
    ]


def _left_side(
    state: MatrixState, left: float, span: tuple[float, float]
) -> tuple[list[CellGrid], list[CellGrid]]:
    """Return the outputs, and the kernels at the foot, in blocks as those of C̃."""
    top, free = span
    out, depth, rows, cols = state.weight.shape
    gap = 8.0
    cell = min(
        fitted(SIDE - gap * (depth - 1), depth * cols, 34),
        fitted(0.42 * free - gap * (out - 1), out * rows, 34),
    )
    foot = EDGE + out * rows * cell + (out - 1) * gap
    start = left + (SIDE - depth * cols * cell - (depth - 1) * gap) / 2
    across, down = cols * cell + gap, rows * cell + gap
    kernels = [
        CellGrid(rows, cols, start + i * across, foot - o * down, cell, cell)
        for o in range(out)
        for i in range(depth)
    ]
    outputs = _stacked(state.geometry.output_shape, out, left, (top, top - foot - TITLE))
    spare = SIDE - outputs[0].cols * outputs[0].wide
    return [replace(board, left=left + spare) for board in outputs], kernels
