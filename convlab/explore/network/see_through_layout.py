"""Where everything stands in the picture of the network: its planes above, one cell below."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from convlab.draw.camera import Camera
from convlab.draw.cell_grid import CellGrid
from convlab.draw.stacks import Stack
from convlab.explore.network.see_through_numbers import (
    NAMES,
    SCORES,
    SHOWN_ANSWERS,
    shape_of,
)

WIDTH, HEIGHT = 844, 436
FLOOR = 196
"""The height that parts the planes of the network from the arithmetic of one cell."""
TITLES = HEIGHT - 11
IN_A_COLUMN = 8
"""Planes over one another at most: more go into a second column."""
AZIMUTH, ELEVATION = 16, 22
ZOOMS = {8: 9.0, 4: 12.4, 2: 16.0}
"""Pixels of a cell, by the rows of its map: small maps have larger cells."""
BETWEEN_LAYERS, BETWEEN_COLUMNS = 11.0, 3.0


class Column(NamedTuple):
    """Some channels of some maps, over one another."""

    layer: str
    first: int
    """The channel on top."""
    stack: Stack

    @property
    def middle(self) -> float:
        """The pixel of its axis."""
        return float(self.stack.camera.centre[0])


@lru_cache(maxsize=1)
def columns() -> tuple[Column, ...]:
    """Return all planes of the network, from left to right."""
    found, left = [], 8.0
    turn = float(np.cos(np.radians(AZIMUTH)) + np.sin(np.radians(AZIMUTH)))
    flat = float(np.sin(np.radians(ELEVATION)))
    room = TITLES - 18.0 - FLOOR - 6
    for name in NAMES:
        if name == SCORES:
            continue
        count, rows, cols = shape_of(name)
        zoom = ZOOMS[rows]
        deep = rows * turn * zoom * flat
        rise = (room - rows * turn * ZOOMS[8] * flat) / (IN_A_COLUMN - 1)
        for first in range(0, count, IN_A_COLUMN):
            some, wide = min(IN_A_COLUMN, count - first), cols * turn * zoom
            middle = FLOOR + 6 + room / 2 if some > 1 else TITLES - 24 - deep / 2
            camera = Camera(AZIMUTH, ELEVATION, zoom, (left + wide / 2, middle))
            gap = rise / (zoom * float(np.cos(np.radians(ELEVATION))))
            found.append(Column(name, first, Stack(camera, (rows, cols), some, gap)))
            left += wide + (BETWEEN_COLUMNS if first + IN_A_COLUMN < count else BETWEEN_LAYERS)
    return tuple(found)


@lru_cache(maxsize=1)
def all_cells() -> tuple[np.ndarray, tuple[tuple[str, int], ...]]:
    """Return the corners of every cell, (n, 4, 2), and which maps and channel each plane is of.

    The lower planes come first, so that the higher ones are drawn over them.
    """
    corners, which = [], []
    for column in columns():
        for plane in reversed(range(column.stack.count)):
            corners.append(column.stack.cells(plane))
            which.append((column.layer, column.first + plane))
    return np.concatenate(corners), tuple(which)


def column_of(layer: str, channel: int) -> tuple[Column, int]:
    """Return where a channel stands: its column, and its plane in it."""
    for column in columns():
        if column.layer == layer and 0 <= channel - column.first < column.stack.count:
            return column, channel - column.first
    raise ValueError(f"`layer` and `channel` must name a plane, got {layer!r}, {channel}")


@lru_cache(maxsize=1)
def score_board() -> CellGrid:
    """Return the rows of the classes, each with its bar."""
    last = columns()[-1]
    left = last.middle + last.stack.radius + 22
    high = (TITLES - 14 - FLOOR - 6) / shape_of(SCORES)[0]
    return CellGrid(shape_of(SCORES)[0], 1, left, TITLES - 14, WIDTH - left - 8, high)


DIGIT = CellGrid(8, 8, 10, FLOOR - 26, 19, 19)
"""The digit, seen from above."""
FLAT = CellGrid(8, 8, WIDTH - 162, FLOOR - 26, 19, 19)
"""Room for the chosen map, seen from above."""
BENCH = 186.0, WIDTH - 186.0
"""Left and right edge of the room for the arithmetic."""


def flat_board(layer: str) -> CellGrid:
    """Return the chosen map, seen from above, in its room."""
    channels, rows, cols = shape_of(layer)
    if layer == SCORES:
        return CellGrid(channels, 1, FLAT.left + 30, FLAT.top, 60, 152 / channels)
    side = min(152 / rows, 46)
    middle = FLAT.middle[0]
    return CellGrid(rows, cols, middle - side * cols / 2, FLAT.top, side, side)


def grids(count: int, side: float, shape: tuple[int, int], pitch: float) -> list[CellGrid]:
    """Return grids of one shape in a row on the bench, with so many pixels from one to the next."""
    rows, cols = shape
    pitch = max(pitch, cols * side + 30)
    wide = cols * side + (count - 1) * pitch
    left = (sum(BENCH) - wide) / 2
    top = FLOOR - 30 - (108 - rows * side) / 2
    return [CellGrid(rows, cols, left + n * pitch, top, side, side) for n in range(count)]


def slice_strip(count: int) -> CellGrid:
    """Return the row of the slices' sums."""
    wide = min(34.0, (BENCH[1] - BENCH[0]) / count)
    return CellGrid(1, count, (sum(BENCH) - count * wide) / 2, 30, wide, 22)


def answer_boards(shape: tuple[int, int]) -> list[CellGrid]:
    """Return the boards of the patches that a kernel answers to most, in two rows."""
    rows, cols = shape
    side = 56 / max(rows, cols)
    boards = []
    for index in range(SHOWN_ANSWERS):
        row, col = divmod(index, SHOWN_ANSWERS // 2)
        left = BENCH[0] + 130 + 88 * col + (56 - cols * side) / 2
        top = FLOOR - 24 - 84 * row - (56 - rows * side) / 2
        boards.append(CellGrid(rows, cols, left, top, side, side))
    return boards


def place_at(pixel: tuple[float, float]) -> tuple[str, int, int, int] | None:
    """Return maps, channel, row and column of the cell drawn at a pixel of the upper part."""
    row = score_board().cell_at(pixel)
    if row is not None:
        return SCORES, row[0], 0, 0
    for column in columns():
        cell = column.stack.cell_at(pixel)
        if cell is not None:
            return column.layer, column.first + cell[0], cell[1], cell[2]
    return None
