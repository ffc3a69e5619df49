"""The transposed convolution, seen twice: kernels that add up, and a kernel over inserted zeros."""

from __future__ import annotations

from typing import Any

import numpy as np

from convlab.aliases import Pair
from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.backprop import transposed_words as words
from convlab.explore.backprop.transposed_numbers import SCATTER, TransposedState
from convlab.formatting import plain

LARGEST_CELL = 40.0
TITLE, GAP = 24.0, 11.0
"""Pixels above a grid, for its title, and between two columns of grids."""


class TransposedScene(DrawingScene[TransposedState]):
    """On the left what is read, on the right the output; all cells have the same size."""

    def __init__(self, *, width: int = 550, height: int = 380) -> None:
        super().__init__(width, height)

    def drawing(self, state: TransposedState) -> Drawing:
        """Draw one of the two views."""
        sheet, grids = Drawing(), self.grids(state)
        (_scatter if state.view == SCATTER else _insertion)(sheet, state, grids)
        return sheet

    def grids(self, state: TransposedState) -> dict[str, CellGrid]:
        """Return where the grids lie: in two columns, whose first rows stand side by side."""
        if state.view == SCATTER:
            left = {"input": state.input, "counts": state.whole_shape}
            right = {"output": state.whole_shape}
        else:
            left = {"input": state.slide.padded_shape}
            right = {"output": state.output_shape}
        columns = (left, right)
        cols = [max(shape[1] for shape in column.values()) for column in columns]
        rows = sum(shape[0] for shape in left.values())
        side = min(
            LARGEST_CELL,
            (self.width - 3 * GAP) / sum(cols),
            (self.height - GAP - TITLE * len(left)) / rows,
        )
        widths = [max(n * side, room) for n, room in zip(cols, (160.0, 116.0), strict=True)]
        gap = (self.width - sum(widths)) / 3
        start = (self.height + rows * side + TITLE * len(left)) / 2 - TITLE
        grids = {}
        for column, middle in zip(
            columns, (gap + widths[0] / 2, 2 * gap + widths[0] + widths[1] / 2), strict=True
        ):
            top = start
            for name, shape in column.items():
                grids[name] = CellGrid(*shape, middle - shape[1] * side / 2, top, side, side)
                top = grids[name].bottom - TITLE
        return grids

    def pick(self, state: TransposedState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the step of the cell at a place, or the first step that belongs to it."""
        for name, grid in self.grids(state).items():
            if cell := grid.cell_at(xy):
                step = _step(state, name, *cell)
                return None if step is None else {"step": step}
        return None


def _step(state: TransposedState, name: str, row: int, col: int) -> int | None:
    """Return the step of a cell, or the first step whose window holds it, if there is one."""
    if name == ("input" if state.view == SCATTER else "output"):
        return row * (state.input if state.view == SCATTER else state.output_shape)[1] + col
    windows = state.way_back if state.view == SCATTER else state.slide
    for step in range(state.steps):
        _, rows, cols = windows.window(step)
        if row in rows and col in cols:
            return step
    return None


def _scatter(sheet: Drawing, state: TransposedState, grids: dict[str, CellGrid]) -> None:
    """Draw the input, what its cells have added so far, and how often each cell is reached."""
    (row, col), rows, cols = state.window
    title, waiting = words.titles(state), ~state.handed_out
    sheet.grid(grids["input"], state.x, "input", title=title["input"], faint=waiting)
    sheet.frame(grids["input"], row, col)
    output, window = grids["output"], _inside(state.whole_shape, rows, cols)
    sheet.grid(
        output,
        state.sums,
        "output",
        title=title["output"],
        shown=~window,
        faint=state.reached == 0,
        empty=state.cropped,
    )
    added = [f"+{plain(value)}" for value in (state.x[row, col] * state.weight).ravel()]
    names = _spread(added, window)
    sheet.grid(output, state.sums, "kernel", names=names, shown=window, empty=state.cropped)
    sheet.frame(output, rows.start, cols.start, *state.kernel)
    _paint_counts(sheet, grids["counts"], state, title["counts"])
    sheet.frame(grids["counts"], rows.start, cols.start, *state.kernel)


def _paint_counts(sheet: Drawing, where: CellGrid, state: TransposedState, title: str) -> None:
    """Draw how many products reach each cell: the more, the fuller the kernel's colour."""
    kept = ~state.cropped
    strength = state.counts / max(state.counts.max(), 4)
    sheet.grid(where, state.counts, title=title, empty=state.cropped)
    sheet.faces[-kept.sum() :] = [palette.tint(palette.KERNEL, 0.7 * s) for s in strength[kept]]
    sheet.edges[-kept.sum() :] = [palette.KERNEL] * kept.sum()


def _insertion(sheet: Drawing, state: TransposedState, grids: dict[str, CellGrid]) -> None:
    """Draw the zero-inserted input, the kernel on it, and the output as far as it is computed."""
    (row, col), rows, cols = state.window
    title = words.titles(state)
    window = _inside(state.slide.padded_shape, rows, cols)
    names = _spread([f"×{plain(value)}" for value in state.rotated.ravel()], window)
    board, x, faint, around = grids["input"], state.inserted, ~state.is_input, state.is_padding
    own = title["input"]
    sheet.grid(board, x, "input", title=own, shown=~window, faint=faint, empty=around)
    sheet.grid(board, x, "kernel", names=names, shown=window, faint=faint, empty=around)
    sheet.frame(board, rows.start, cols.start, *state.kernel)
    done = np.arange(state.y.size).reshape(state.output_shape) <= state.step
    sheet.grid(grids["output"], state.y, "output", title=title["output"], shown=done)
    sheet.grid(grids["output"], None, "output", shown=~done, faint=~done)
    sheet.frame(grids["output"], row, col)


def _inside(shape: Pair, rows: slice, cols: slice) -> np.ndarray:
    """Return which cells of a grid lie in a window."""
    mask = np.zeros(shape, bool)
    mask[rows, cols] = True
    return mask


def _spread(texts: list[str], window: np.ndarray) -> list[str]:
    """Return a text for each cell of a grid: those given inside the window, none outside."""
    inside = iter(texts)
    return [next(inside) if is_inside else "" for is_inside in window.ravel()]
