"""A grid becomes a column: cell after cell leaves its place and lands below the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, fitted
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Scene
from convlab.draw.text import common_size, joined, text_path
from convlab.explore.matrix import flatten_words as words
from convlab.explore.matrix.flatten_numbers import FLIGHT, FlattenState

LARGEST_CELL, GAP = 51.0, 26.0
TINTS = (0.16, 0.36)


class FlattenScene(Scene[FlattenState]):
    """Grids on the left, the column on the right, and the cells between them."""

    parts: ClassVar = {"column": [(250, 0, 520, 400)]}

    def __init__(self, *, width: int = 520, height: int = 400) -> None:
        super().__init__(width, height)
        blue = palette.INPUT
        self._empty = self.polygons(facecolors=palette.PAPER, edgecolors=palette.tint(blue, 0.5))
        self._titles = self.text(palette.DEEP[blue])
        self._notes = self.text(palette.MUTED)
        self._left_behind = self.text(palette.MUTED)
        self._layers = [
            (self.polygons(moving=True, edgecolors=blue, linewidths=1.0), self.text(moving=True))
            for _ in ("at rest", "under way")
        ]
        self._frames = self.polygons(moving=True, **LOOK_HERE | {"linewidths": 2.4})

    def boards(self, state: FlattenState) -> tuple[list[CellGrid], CellGrid]:
        """Return the grids, one below the other, and the column."""
        rows, cols = state.shape
        top, free = self.height - 54.0, self.height - 66.0
        each = (free - GAP * (state.channels - 1)) / state.channels
        cell = min(LARGEST_CELL, each / rows, 200 / cols)
        grids = [
            CellGrid(rows, cols, 40, top - channel * (rows * cell + GAP), cell, cell)
            for channel in range(state.channels)
        ]
        return grids, CellGrid(state.size, 1, 346, top, 40, fitted(free, state.size, 30))

    def layout(self, state: FlattenState) -> FlattenState:
        """Return what decides about the places of the cells: all but the step."""
        return replace(state, step=0)

    def lay_out(self, state: FlattenState) -> None:
        """Show the places that cells leave and land on, and the words beside them."""
        grids, column = self.boards(state)
        start = np.concatenate([grid.boxes() for grid in grids])[state.sequence]
        self._empty.set_verts(np.concatenate([start, column.boxes()]))
        size = _size(state, grids[0])
        self._left_behind.set_path(text_path(_names(state), start.mean(axis=1), size))
        spots = np.array([(board.middle[0], self.height - 16.0) for board in (grids[0], column)])
        titles = [words.grid_title(state), words.column_title(state)]
        self._titles.set_path(text_path(titles, spots, 16, bold=True))
        paths = [_lines(state, column), _indices(state, column)]
        if state.channels > 1:
            above = np.array([(grid.middle[0], grid.top + 11) for grid in grids])
            paths.append(text_path([*map(words.channel_title, range(len(grids)))], above, 13))
        self._notes.set_path(joined(paths))

    def move(self, state: FlattenState) -> None:
        """Show where each cell is at this step."""
        grids, column = self.boards(state)
        start = np.concatenate([grid.boxes() for grid in grids])[state.sequence]
        along = np.clip((state.step - np.arange(state.size)) / FLIGHT, 0, 1)
        eased = (along * along * (3 - 2 * along))[:, None, None]
        corners = start + eased * (column.boxes() - start)
        corners[..., 1] += 26 * np.sin(np.pi * along)[:, None]
        names, lines = _names(state), np.arange(state.size) // state.line
        colours = np.array([palette.tint(palette.INPUT, share) for share in TINTS])[lines % 2]
        sizes = np.where(along < 1, _size(state, grids[0]), _size(state, column))
        moving = (along > 0) & (along < 1)
        for (cells, letters), which in zip(self._layers, (~moving, moving), strict=True):
            chosen = np.flatnonzero(which)
            cells.set(verts=corners[chosen], facecolors=colours[chosen])
            paths = [
                text_path([names[i]], corners[i].mean(axis=0)[None], sizes[i], room=38)
                for i in chosen
                if sizes[i]
            ]
            letters.set_path(joined(paths))
        here = state.followed
        self._frames.set_verts([start[here], column.boxes(here)[0]])


def _names(state: FlattenState) -> list[str]:
    return [f"x_{{{cell + 1}}}" for cell in state.sequence]


def _size(state: FlattenState, board: CellGrid) -> float:
    return common_size(_names(state), board.wide, board.high, smallest=9.5, largest=16)


def _lines(state: FlattenState, column: CellGrid) -> Path:
    """Write beside the column which row, or column, of the grid stands there."""
    firsts = range(0, state.size, state.line)
    texts = [words.line_title(state, first) for first in firsts]
    heights = [column.middles([at, at + state.line - 1])[:, 1].mean() for at in firsts]
    places = np.array([(column.right + 8, height) for height in heights])
    size = min(13.0, 0.9 * state.line * column.high)
    return text_path(texts, places, size, align="left", room=122)


def _indices(state: FlattenState, column: CellGrid) -> Path:
    """Number the cells of the column; where they are low, only every other one, but larger."""
    between = 1 if column.high >= 12 else 2
    every = [str(index) for index in range(0, state.size, between)]
    places = column.middles()[::between] - (column.wide / 2 + 6, 0)
    return text_path(every, places, min(12.0, 0.9 * column.high * between), align="right")
