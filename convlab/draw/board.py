"""Flat grids of cells at a place in the picture: matrices, columns, maps seen from above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb

from convlab.draw import palette

DRAWN = 2 / 3
"""A drawn pixel, in pixels of the page: cells of a multiple of it have edges that meet."""
_CORNERS = np.array([[0, 0], [1, 0], [1, -1], [0, -1]], float)


@dataclass(frozen=True)
class Board:
    """A grid of `rows` × `cols` cells, hung by its upper left corner.

    Parameters
    ----------
    left, top : float
        The corner, in pixels from the lower left of the picture.
    rows, cols : int
    wide, high : float
        Size of a cell in pixels.

    Examples
    --------
    >>> board = Board(10, 100, rows=2, cols=3, wide=20, high=10)
    >>> board.right, board.bottom
    (70, 80)
    >>> board.middles()[4].tolist()
    [40.0, 85.0]
    >>> board.cell_at((40, 85)), board.cell_at((5, 85))
    (4, None)
    """

    left: float
    top: float
    rows: int
    cols: int
    wide: float
    high: float

    @property
    def right(self) -> float:
        """The right edge, in pixels."""
        return self.left + self.cols * self.wide

    @property
    def bottom(self) -> float:
        """The lower edge, in pixels."""
        return self.top - self.rows * self.high

    @property
    def centre(self) -> float:
        """Half-way between the left and the right edge, in pixels."""
        return (self.left + self.right) / 2

    def corners(self, which: object = None) -> np.ndarray:
        """Return the corners of cells, by their flat indices; of all by default.

        The result has the shape (number of cells, 4, 2).
        """
        every = self.rows * self.cols
        flat = np.arange(every) if which is None else np.asarray(which, int).ravel()
        rows, cols = np.divmod(flat, self.cols)
        start = np.column_stack([self.left + cols * self.wide, self.top - rows * self.high])
        return start[:, None] + _CORNERS * (self.wide, self.high)

    def middles(self, which: object = None) -> np.ndarray:
        """Return the middles of cells: shape (number of cells, 2)."""
        return self.corners(which).mean(axis=1)

    def block(self, rows: tuple[float, float], cols: tuple[float, float]) -> np.ndarray:
        """Return the corners of a block of cells, half-open on both axes: shape (4, 2)."""
        size = np.array([cols[1] - cols[0], rows[1] - rows[0]]) * (self.wide, self.high)
        start = self.left + cols[0] * self.wide, self.top - rows[0] * self.high
        return start + _CORNERS * size

    def outline(self) -> np.ndarray:
        """Return the corners of the whole board: shape (4, 2)."""
        return self.block((0, self.rows), (0, self.cols))

    def lines(self, every: tuple[int, int] = (1, 1)) -> np.ndarray:
        """Return the lines between cells, or between blocks of cells: shape (number, 2, 2)."""
        across = [self.top - row * self.high for row in range(0, self.rows + 1, every[0])]
        down = [self.left + col * self.wide for col in range(0, self.cols + 1, every[1])]
        lines = [[(self.left, y), (self.right, y)] for y in across]
        lines += [[(x, self.top), (x, self.bottom)] for x in down]
        return np.array(lines, float)

    def cell_at(self, pixel: tuple[float, float]) -> int | None:
        """Return the flat index of the cell at a pixel, or None beside the board."""
        col = int(np.floor((pixel[0] - self.left) / self.wide))
        row = int(np.floor((self.top - pixel[1]) / self.high))
        inside = 0 <= row < self.rows and 0 <= col < self.cols
        return row * self.cols + col if inside else None


def fitted(size: float, count: int, largest: float) -> float:
    """Return the cell size at which `count` cells fit into `size` pixels, at most `largest`.

    Examples
    --------
    >>> fitted(100, 4, 30), round(fitted(100, 40, 30), 2)
    (25.0, 2.0)
    """
    cell = min(largest, size / count)
    return cell if cell >= 12 else max(DRAWN, int(cell / DRAWN) * DRAWN)


def shades(colour: str, count: int) -> np.ndarray:
    """Return `count` shades of a colour as (count, 3), from light to dark, none of them white."""
    light, full, dark = (
        np.array(to_rgb(c)) for c in (palette.tint(colour, 0.16), colour, palette.INK)
    )
    along = np.linspace(0, 1.5, count)[:, None] if count > 1 else np.array([[0.62]])
    return np.where(along <= 1, light + along * (full - light), full + (along - 1) * (dark - full))


def is_dark(colours: np.ndarray) -> np.ndarray:
    """Say which colours need white letters: shape (..., 3) becomes (...)."""
    channels = np.asarray(colours)[..., :3]
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722) < 0.19
