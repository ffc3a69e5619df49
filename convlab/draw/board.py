"""Boards whose cells are counted along the rows, as flattening counts them; shades for cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from convlab.draw import grids, palette
from convlab.draw.lettering import NOTHING, common_size, lettering

DRAWN = 2 / 3
"""A drawn pixel, in pixels of the page: cells of a multiple of it have edges that meet."""
_CORNERS = np.array([[0, 0], [1, 0], [1, -1], [0, -1]], float)


@dataclass(frozen=True)
class FlatBoard(grids.Board):
    """A board with flat indices: cell i lies in row i // cols and column i % cols.

    Examples
    --------
    >>> board = FlatBoard(2, 3, left=10, top=100, wide=20, high=10)
    >>> board.right, board.bottom
    (70, 80)
    >>> board.middles()[4].tolist()
    [40.0, 85.0]
    >>> board.index_at((40, 85)), board.index_at((5, 85))
    (4, None)
    """

    def boxes(self, which: object = None) -> np.ndarray:
        """Return the corners of cells, of all by default: shape (number of cells, 4, 2)."""
        flat = np.arange(self.rows * self.cols) if which is None else np.ravel(which).astype(int)
        return self.corners(*np.divmod(flat, self.cols))

    def middles(self, which: object = None) -> np.ndarray:
        """Return the middles of cells, of all by default: shape (number of cells, 2)."""
        return self.boxes(which).mean(axis=1)

    def block(self, rows: tuple[float, float], cols: tuple[float, float]) -> np.ndarray:
        """Return the corners of a block of cells, half-open on both axes: shape (4, 2)."""
        size = np.array([cols[1] - cols[0], rows[1] - rows[0]]) * (self.wide, self.high)
        start = self.left + cols[0] * self.wide, self.top - rows[0] * self.high
        return start + _CORNERS * size

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
    return linear @ (0.2126, 0.7152, 0.0722) < 0.225


def around(corners: np.ndarray) -> np.ndarray:
    """Move a frame outwards, so that it hides nothing of what it frames."""
    return corners + np.sign(corners - corners.mean(axis=0)) * 1.2


def label(
    artists: tuple[PathPatch, PathPatch],
    labels: list[tuple[FlatBoard, object, list[str], np.ndarray]],
) -> None:
    """Write into cells: for each board as large as all its texts fit, or not at all.

    Parameters
    ----------
    artists : (PathPatch, PathPatch)
        For dark letters, and for white ones on dark colours.
    labels : list of (FlatBoard, which, texts, colours)
        The board, the flat indices of the cells (None for all), what to write, and on what.
    """
    paths: tuple[list[Path], list[Path]] = ([], [])
    for board, which, texts, colours in labels:
        size = common_size(texts, board.wide, board.high)
        if size:
            dark, middles = is_dark(colours), board.middles(which)
            for light in (False, True):
                chosen = [text for text, d in zip(texts, dark, strict=True) if d == light]
                paths[light].append(lettering(chosen, middles[dark == light], size))
    for artist, some in zip(artists, paths, strict=True):
        artist.set_path(joined(some))


def joined(paths: list[Path]) -> Path:
    """Return one path of several, or of none."""
    return Path.make_compound_path(*paths) if paths else NOTHING
