"""Grids of cells as planes in space: where their corners lie, and what fits into a cell."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from convlab.draw.camera import Camera
from convlab.draw.text import LEGIBLE, NOTHING, text_path
from convlab.geometry import Geometry

CORNERS = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
"""The corners of a cell as (row, column), in the order of `camera.cells`."""


def grid_cells(shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and the columns of all cells of a grid, in row-major order."""
    rows, cols = np.indices(shape)
    return rows.ravel(), cols.ravel()


def input_mask(geometry: Geometry) -> np.ndarray:
    """Say of each cell of the padded input whether it is the input's own."""
    mask = np.zeros(geometry.padded_shape, bool)
    mask[geometry.inside] = True
    return mask


def centred(shape: tuple[int, int]) -> tuple[float, float]:
    """Return the first corner of a grid whose middle is the world's origin."""
    return -shape[0] / 2, -shape[1] / 2


def at_height(points: np.ndarray, z: float) -> np.ndarray:
    """Turn (row, column) points of shape (..., 2) into world points at height z."""
    return np.stack([points[..., 1], points[..., 0], np.full(points.shape[:-1], z)], axis=-1)


def letters(camera: Camera, *, tall: float = 0.62) -> tuple[float, float]:
    """Return font size and width for the number in a cell; size 0 where there is no room.

    `tall` is the font size as a share of the height that a cell has in the picture.
    """
    wide, high = camera.zoom, float(np.linalg.norm(camera.matrix[1, :2]))
    size = min(0.36 * wide, tall * high)
    if size < LEGIBLE:  # letters are lower than their font size: they still fit
        return (LEGIBLE if size >= 8 else 0.0), 0.8 * wide
    return size, 0.62 * wide


def written(camera: Camera, texts: list[str], places: np.ndarray, *, tall: float = 0.62) -> Path:
    """Return lettering for numbers in cells; nothing where the cells are too small."""
    size, room = letters(camera, tall=tall)
    return text_path(texts, places, size, room=room) if size else NOTHING


def touched(boxes: np.ndarray, outline: np.ndarray) -> np.ndarray:
    """Say which upright boxes have a point in common with a parallelogram: bool, shape (n,).

    Two convex shapes are apart if, and only if, they are apart across one of their sides.

    Parameters
    ----------
    boxes : ndarray, shape (n, 2, 2)
        The lower left and the upper right corner of each.
    outline : ndarray, shape (4, 2)
        The corners of the parallelogram, in turn.

    Examples
    --------
    >>> diamond = np.array([[0, -2], [2, 0], [0, 2], [-2, 0]])
    >>> boxes = np.array([[[1.5, 1.5], [2, 2]], [[0.5, 0.5], [2, 2]], [[-9, -9], [9, 9]]])
    >>> touched(boxes, diamond).tolist()
    [False, True, True]
    """
    corners = np.stack([boxes[:, [i, j], [0, 1]] for i, j in CORNERS], axis=1)
    sides = np.diff(outline[:3], axis=0)
    across = np.concatenate([np.eye(2), sides[:, ::-1] * (1, -1)])
    ours, theirs = corners @ across.T, outline @ across.T
    low, high = theirs.min(axis=0), theirs.max(axis=0)
    return np.asarray(((ours.max(axis=1) >= low) & (ours.min(axis=1) <= high)).all(axis=1))


def cell_under(
    pixel: tuple[float, float],
    camera: Camera,
    shape: tuple[int, int],
    z: float,
    *,
    middle: tuple[float, float] = (0.0, 0.0),
) -> tuple[int, int] | None:
    """Return the row and column of the cell at a pixel, on a plane, or None beside it.

    `middle` is the (row, column) of the plane's middle in the world.
    """
    point = camera.unproject(pixel, z)
    if point is None:
        return None
    first = np.add(centred(shape), middle)
    row, col = np.floor(np.subtract(point[::-1], first)).astype(int).tolist()
    return (row, col) if 0 <= row < shape[0] and 0 <= col < shape[1] else None
