"""The marks of a workshop drawing: lengths, arrows, hatching, boxes and dots, in pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.draw.cell_grid import CellGrid


def at(board: CellGrid, points: ArrayLike) -> np.ndarray:
    """Return the pixels of (row, column) points of a board, shape (..., 2).

    Examples
    --------
    >>> at(CellGrid(2, 3, left=10, top=100, wide=20, high=20), (1, 2)).tolist()
    [50.0, 80.0]
    """
    points = np.asarray(points, float)
    x = board.left + points[..., 1] * board.wide
    y = board.top - points[..., 0] * board.high
    return np.stack([x, y], axis=-1)


def place(board: CellGrid, pixel: tuple[float, float]) -> np.ndarray:
    """Return the (row, column) point of a board that lies at a pixel: `at`, backwards."""
    return np.array([(board.top - pixel[1]) / board.high, (pixel[0] - board.left) / board.wide])


def box(middle: np.ndarray, wide: float, high: float) -> np.ndarray:
    """Return the corners of a box that reaches so far from its middle: shape (4, 2)."""
    reach = np.array([[-wide, -high], [wide, -high], [wide, high], [-wide, high]])
    return np.asarray(middle + reach)


def discs(places: np.ndarray, radius: float, corners: int = 16) -> np.ndarray:
    """Return round polygons about places: shape (len(places), corners, 2)."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return np.asarray(places)[:, None] + radius * np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def broken(lines: np.ndarray, boxes: np.ndarray, gap: float, pieces: int = 48) -> np.ndarray:
    """Return lines without the parts that come nearer to a box than a gap: shape (n, 2, 2).

    Parameters
    ----------
    lines : ndarray, shape (count, 2, 2)
    boxes : ndarray, shape (m, 2, 2)
        The lower left and the upper right corner of each.
    gap : float
    pieces : int, default 48
        Into how many pieces each line is cut.

    Examples
    --------
    >>> line, box = np.array([[[0, 0], [4, 0]]]), np.array([[[1.5, -1], [2.5, 1]]])
    >>> broken(line, box, 0.2, pieces=4).tolist()
    [[[0.0, 0.0], [1.0, 0.0]], [[3.0, 0.0], [4.0, 0.0]]]
    """
    along = np.linspace(0, 1, pieces + 1)[:, None]
    points = lines[:, :1] + along * (lines[:, 1:] - lines[:, :1])
    cut = np.stack([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 2, 2)
    low, high = cut.min(axis=1)[:, None], cut.max(axis=1)[:, None]
    near = ((high > boxes[:, 0] - gap) & (low < boxes[:, 1] + gap)).all(axis=2).any(axis=1)
    return np.asarray(cut[~near])


def hatching(boxes: np.ndarray) -> np.ndarray:
    """Return slanted lines across boxes given by their corners: shape (3 · len(boxes), 2, 2)."""
    top_left, top_right, bottom_right, bottom_left = np.moveaxis(np.asarray(boxes), 1, 0)
    middle = [(a + b) / 2 for a, b in ((bottom_left, top_left), (top_left, top_right))]
    middle += [(a + b) / 2 for a, b in ((bottom_left, bottom_right), (bottom_right, top_right))]
    ends = ((bottom_left, top_right), (middle[0], middle[1]), (middle[2], middle[3]))
    return np.concatenate([np.stack(pair, axis=1) for pair in ends])


def measure(ends: np.ndarray, outward: tuple[float, float]) -> tuple[list[np.ndarray], np.ndarray]:
    """Return a line between two ends, moved `outward`, with end marks; and where to label it."""
    away = np.asarray(outward, float)
    unit = away / np.linalg.norm(away)
    moved = np.asarray(ends) + away
    ticks = [np.array([end - 4 * unit, end + 4 * unit]) for end in moved]
    return [moved, *ticks], moved.mean(axis=0) + 12 * unit


def arrow(tail: np.ndarray, tip: np.ndarray, shorten: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the shaft and the head of an arrow that stops `shorten` pixels from both ends."""
    length = float(np.linalg.norm(tip - tail))
    unit = (tip - tail) / length
    across = np.array([-unit[1], unit[0]])
    size = min(9.0, 0.4 * length)
    point = tip - shorten * unit
    neck = point - size * unit
    head = np.array([point, neck + 0.45 * size * across, neck - 0.45 * size * across])
    return np.array([tail + shorten * unit, neck]), head
