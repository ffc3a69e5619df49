"""Boards: where a grid of cells lies in the picture, seen from above, and what fits into it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike

from convlab.draw import palette
from convlab.draw.text import common_size, joined, text_path

DRAWN = 2 / 3
"""A drawn pixel, in pixels of the page: cells of a multiple of it have edges that meet."""
_CORNERS = np.array([[0, 0], [1, 0], [1, -1], [0, -1]], float)


@dataclass(frozen=True)
class CellGrid:
    """Where a grid lies; its cells are counted along the rows, as flattening counts them.

    Parameters
    ----------
    rows, cols : int
    left, top : float
        Of its upper left corner, in pixels from the lower left corner of the picture.
    wide, high : float
        Of one cell, in pixels.

    Examples
    --------
    >>> board = CellGrid(2, 3, left=10, top=100, wide=20, high=10)
    >>> board.right, board.bottom
    (70, 80)
    >>> board.middles()[4].tolist()
    [40.0, 85.0]
    >>> board.index_at((40, 85)), board.index_at((5, 85))
    (4, None)
    """

    rows: int
    cols: int
    left: float
    top: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.cols * self.wide

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top - self.rows * self.high

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the grid."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def corners(self, rows: ArrayLike, cols: ArrayLike, high: int = 1, wide: int = 1) -> np.ndarray:
        """Return the corners of blocks of cells, `high` × `wide` each: shape (n, 4, 2)."""
        x = self.left + self.wide * (np.asarray(cols)[:, None] + np.array([0, wide, wide, 0]))
        y = self.top - self.high * (np.asarray(rows)[:, None] + np.array([0, 0, high, high]))
        return np.stack([x, y], axis=-1).astype(float)

    def marked(self, mask: np.ndarray) -> np.ndarray:
        """Return the corners of the cells where a mask is True: shape (n, 4, 2)."""
        rows, cols = np.nonzero(mask)
        return self.corners(rows, cols)

    def centre(self, row: float, col: float) -> tuple[float, float]:
        """Return the middle of a cell."""
        return self.left + self.wide * (col + 0.5), self.top - self.high * (row + 0.5)

    def cell_at(self, pixel: tuple[float, float]) -> tuple[int, int] | None:
        """Return the row and column of the cell at a pixel, or None outside."""
        row = int(np.floor((self.top - pixel[1]) / self.high))
        col = int(np.floor((pixel[0] - self.left) / self.wide))
        return (row, col) if 0 <= row < self.rows and 0 <= col < self.cols else None

    def boxes(self, which: ArrayLike | None = None) -> np.ndarray:
        """Return the corners of cells, of all by default: shape (number of cells, 4, 2)."""
        flat = np.arange(self.rows * self.cols) if which is None else np.ravel(which).astype(int)
        rows, cols = np.divmod(flat, self.cols)
        return self.corners(rows, cols)

    def middles(self, which: ArrayLike | None = None) -> np.ndarray:
        """Return the middles of cells, of all by default: shape (number of cells, 2)."""
        return np.asarray(self.boxes(which).mean(axis=1))

    def block(self, rows: tuple[float, float], cols: tuple[float, float]) -> np.ndarray:
        """Return the corners of a block of cells, half-open on both axes: shape (4, 2)."""
        size = np.array([cols[1] - cols[0], rows[1] - rows[0]]) * (self.wide, self.high)
        start = self.left + cols[0] * self.wide, self.top - rows[0] * self.high
        return np.asarray(start + _CORNERS * size)

    def part(self, rows: slice, cols: slice) -> CellGrid:
        """Return a block of cells as a board of its own."""
        return replace(
            self,
            rows=rows.stop - rows.start,
            cols=cols.stop - cols.start,
            left=self.left + cols.start * self.wide,
            top=self.top - rows.start * self.high,
        )

    def net(self, every: tuple[int, int] = (1, 1)) -> np.ndarray:
        """Return the lines between cells, or between blocks of cells: shape (number, 2, 2)."""
        across = [self.top - row * self.high for row in range(0, self.rows + 1, every[0])]
        down = [self.left + col * self.wide for col in range(0, self.cols + 1, every[1])]
        lines = [[(self.left, y), (self.right, y)] for y in across]
        lines += [[(x, self.top), (x, self.bottom)] for x in down]
        return np.array(lines, float)

    def index_at(self, pixel: tuple[float, float]) -> int | None:
        """Return the flat index of the cell at a pixel, or None beside the board."""
        cell = self.cell_at(pixel)
        return None if cell is None else cell[0] * self.cols + cell[1]


def board(
    shape: tuple[int, int], left: float, middle: float, room: tuple[float, float], most: float = 36
) -> CellGrid:
    """Return a board of square cells, as large as the room allows, centred on a height.

    Parameters
    ----------
    shape : (int, int)
    left, middle : float
        Its left edge, and the height of its middle, in pixels.
    room : (float, float)
        Largest width and height, in pixels.
    most : float
        Largest cell, in pixels.
    """
    side = min(most, room[0] / shape[1], room[1] / shape[0])
    return CellGrid(*shape, left, middle + side * shape[0] / 2, side, side)


def fitted(size: float, count: int, largest: float) -> float:
    """Return the cell size at which `count` cells fit into `size` pixels, at most `largest`.

    Examples
    --------
    >>> fitted(100, 4, 30), round(fitted(100, 40, 30), 2)
    (25.0, 2.0)
    """
    cell = min(largest, size / count)
    return cell if cell >= 12 else max(DRAWN, int(cell / DRAWN) * DRAWN)


def around(corners: np.ndarray) -> np.ndarray:
    """Move a frame outwards, so that it hides nothing of what it frames."""
    return np.asarray(corners + np.sign(corners - corners.mean(axis=0)) * 1.2)


def label(
    artists: tuple[PathPatch, PathPatch],
    labels: list[tuple[CellGrid, ArrayLike | None, list[str], np.ndarray]],
) -> None:
    """Write into cells: for each board as large as all its texts fit, or not at all.

    Parameters
    ----------
    artists : (PathPatch, PathPatch)
        For dark letters, and for white ones on dark colours.
    labels : list of (CellGrid, which, texts, colours)
        The board, the flat indices of the cells (None for all), what to write, and on what.
    """
    paths: tuple[list[Path], list[Path]] = ([], [])
    for board, which, texts, colours in labels:
        size = common_size(texts, board.wide, board.high)
        if size:
            dark, middles = palette.is_dark(colours), board.middles(which)
            for light in (False, True):
                chosen = [text for text, d in zip(texts, dark, strict=True) if d == light]
                paths[light].append(text_path(chosen, middles[dark == light], size))
    for artist, some in zip(artists, paths, strict=True):
        artist.set_path(joined(some))
