"""A grid becomes a column: cell after cell leaves its place and lands below the one before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, fitted
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Scene
from convlab.draw.text import common_size, joined, text_path
from convlab.geometry import Pair

FLIGHT = 4
"""Steps that a cell is under way."""
ROW_BY_ROW, COLUMN_BY_COLUMN = "rows", "columns"
GRID, GAP = 34.0, 26.0
TINTS = (0.16, 0.36)


@dataclass(frozen=True)
class FlattenState:
    """Everything that the picture shows.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of one channel.
    channels : int, default 1
    step : int, default 0
        Cell i leaves after step i and lands at step i + 4.
    order : {"rows", "columns"}
        Which cells follow each other: those of a row, as numpy and these lessons have it, or those
        of a column.
    """

    shape: Pair
    channels: int = 1
    step: int = 0
    order: str = ROW_BY_ROW

    @property
    def size(self) -> int:
        """Number of cells."""
        return self.channels * self.shape[0] * self.shape[1]

    @property
    def steps(self) -> int:
        """Number of steps until all have landed, with the start."""
        return self.size + FLIGHT

    @property
    def landed(self) -> int:
        """How many cells are at their place in the column."""
        return int(np.clip(self.step - FLIGHT + 1, 0, self.size))

    @property
    def followed(self) -> int:
        """The place in the column that was filled last, or is about to be."""
        return max(self.landed - 1, 0)

    @property
    def sequence(self) -> np.ndarray:
        """The cells in the order of the column, each counted along the rows of its channel."""
        cells = np.arange(self.size).reshape(self.channels, *self.shape)
        return (cells if self.order == ROW_BY_ROW else cells.swapaxes(1, 2)).ravel()

    def cell(self, index: int) -> tuple[int, int, int]:
        """Return channel, row and column of what stands in the column at an index."""
        cell = np.unravel_index(self.sequence[index], (self.channels, *self.shape))
        return tuple(int(part) for part in cell)


class FlattenScene(Scene):
    """Grids on the left, the column on the right, and the cells between them."""

    def __init__(self, *, width: int = 520, height: int = 400) -> None:
        super().__init__(width, height)
        blue = palette.INPUT
        self._empty = self.polygons(facecolors=palette.PAPER, edgecolors=palette.tint(blue, 0.5))
        self._title = self.text(palette.DEEP[blue])
        self._notes = self.text(palette.QUIET)
        self._left_behind = self.text(palette.tint(blue, 0.5))
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
        cell = min(GRID * 1.5, each / rows, 200 / cols)
        grids = [
            CellGrid(rows, cols, 40, top - channel * (rows * cell + GAP), cell, cell)
            for channel in range(state.channels)
        ]
        column = CellGrid(state.size, 1, 346, top, 40, fitted(free, state.size, 30))
        return grids, column

    def update(self, state: FlattenState) -> None:
        """Move the artists to show `state`."""
        grids, column = self.boards(state)
        start = np.concatenate([grid.boxes() for grid in grids])[state.sequence]
        if self.is_new(state.shape, state.channels, state.order):
            self._empty.set_verts(np.concatenate([start, column.boxes()]))
            names = [f"x_{{{cell + 1}}}" for cell in state.sequence]
            self._sizes = [
                common_size(names, board.wide, board.high, smallest=9.5, largest=16)
                for board in (grids[0], column)
            ]
            self._left_behind.set_path(text_path(names, start.mean(axis=1), self._sizes[0]))
            self._draw_words(state, grids, column)
        self._draw_cells(state, start, column)

    def _draw_cells(self, state: FlattenState, start: np.ndarray, column: CellGrid) -> None:
        along = np.clip((state.step - np.arange(state.size)) / FLIGHT, 0, 1)
        eased = (along * along * (3 - 2 * along))[:, None, None]
        corners = start + eased * (column.boxes() - start)
        corners[..., 1] += 26 * np.sin(np.pi * along)[:, None]
        names = [f"x_{{{cell + 1}}}" for cell in state.sequence]
        colours = [palette.tint(palette.INPUT, TINTS[line % 2]) for line in self.lines_of(state)]
        sizes = np.where(along < 1, self._sizes[0], self._sizes[1])
        moving = (along > 0) & (along < 1)
        for (cells, writing), which in zip(self._layers, (~moving, moving), strict=True):
            chosen = np.flatnonzero(which)
            cells.set_verts(corners[chosen])
            cells.set_facecolors([colours[index] for index in chosen])
            paths = [
                text_path([names[i]], corners[i].mean(axis=0)[None], sizes[i], room=38)
                for i in chosen
                if sizes[i]
            ]
            writing.set_path(joined(paths))
        here = state.followed
        self._frames.set_verts([start[here], column.boxes(here)[0]])

    @staticmethod
    def lines_of(state: FlattenState) -> np.ndarray:
        """Return the row, or the column, that each cell of the column comes from."""
        length = state.shape[1] if state.order == ROW_BY_ROW else state.shape[0]
        return np.arange(state.size) // length

    def _draw_words(self, state: FlattenState, grids: list[CellGrid], column: CellGrid) -> None:
        rows, cols = state.shape
        channels = f"{state.channels} × " if state.channels > 1 else ""
        titles = [f"I  {channels}{rows} × {cols}", f"Ĩ  {state.size} × 1"]
        spots = [(grids[0].middle[0], self.height - 16), (column.middle[0], self.height - 16)]
        self._title.set_path(text_path(titles, np.array(spots), 16, bold=True))
        by_row = state.order == ROW_BY_ROW
        lines, length = (rows, cols) if by_row else (cols, rows)
        word = "row" if by_row else "column"
        texts, places = [], []
        for number in range(state.channels * lines):
            channel, line = divmod(number, lines)
            named = f"channel {channel}, " if state.channels > 1 else ""
            texts.append(f"{named}{word} {line}")
            middle = column.middles([number * length, (number + 1) * length - 1])[:, 1].mean()
            places.append((column.right + 8, middle))
        size = min(13.0, 0.9 * length * column.high)
        paths = [text_path(texts, np.array(places), size, align="left", room=122)]
        between = 1 if column.high >= 12 else 2  # larger numbers, but only every other one
        every = [str(index) for index in range(0, state.size, between)]
        left = column.middles()[::between] - (column.wide / 2 + 6, 0)
        size = min(12.0, 0.9 * column.high * between)
        paths.append(text_path(every, left, size, align="right"))
        if state.channels > 1:
            above = [(grid.middle[0], grid.top + 11) for grid in grids]
            names = [f"channel {channel}" for channel in range(state.channels)]
            paths.append(text_path(names, np.array(above), 13))
        self._notes.set_path(joined(paths))
