"""Grids of cells as planes in space: where their corners lie, and what fits into a cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convlab.draw.camera import Camera, cells

CORNERS = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
"""The corners of a cell as (row, column), in the order of `camera.cells`."""


def grid_cells(shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and the columns of all cells of a grid, in row-major order."""
    rows, cols = np.indices(shape)
    return rows.ravel(), cols.ravel()


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
    wide, high = camera.zoom, np.linalg.norm(camera.matrix[1, :2])
    size = min(0.36 * wide, tall * high)
    return (size if size >= 8 else 0.0), 0.62 * wide


@dataclass(frozen=True)
class Stack:
    """Planes over one another in space, the first one on top.

    Parameters
    ----------
    camera : Camera
    shape : (int, int)
        Rows and columns of each plane.
    count : int
        Number of planes.
    gap : float
        From plane to plane, in cells.
    """

    camera: Camera
    shape: tuple[int, int]
    count: int
    gap: float

    def height(self, plane: int) -> float:
        """Return z of a plane; the stack's middle is at 0."""
        return ((self.count - 1) / 2 - plane) * self.gap

    @property
    def radius(self) -> float:
        """Of the circle in which every plane turns, in pixels."""
        return float(np.hypot(*self.shape)) / 2 * self.camera.zoom

    def cells(self, plane: int) -> np.ndarray:
        """Return the corners of all cells of a plane in pixels, shape (n, 4, 2)."""
        where = cells(*grid_cells(self.shape), self.height(plane), origin=centred(self.shape))
        return self.camera.project(where)

    def points(self, plane: int, rows_cols: np.ndarray) -> np.ndarray:
        """Project (row, column) points of a plane, counted from its first corner."""
        inside = np.asarray(rows_cols) + centred(self.shape)
        return self.camera.project(at_height(inside, self.height(plane)))

    def middle(self, plane: int) -> np.ndarray:
        """Return the pixel at which a plane's middle appears."""
        return self.camera.project(np.array([0.0, 0.0, self.height(plane)]))

    @cached_property
    def _rise(self) -> np.ndarray:
        """How far a look goes on, in (x, y), on its way up by one cell."""
        matrix = self.camera.matrix
        return -np.linalg.solve(matrix[:, :2], matrix[:, 2])

    def visible(
        self, plane: int, points: np.ndarray, margins: tuple[tuple[int, int], tuple[int, int]]
    ) -> np.ndarray:
        """Say which (row, column) points of a plane no higher plane covers.

        `margins` are rows and columns at the edges that are empty and cover nothing.
        """
        seen = np.ones(len(points), bool)
        low = np.array([margins[0][0], margins[1][0]]) - 0.25
        high = np.array(self.shape) - [margins[0][1], margins[1][1]] + 0.25
        for higher in range(plane):
            over = points + self._rise[::-1] * (self.height(higher) - self.height(plane))
            seen &= ~((over > low) & (over < high)).all(axis=1)
        return seen

    def cell_at(self, pixel: tuple[float, float]) -> tuple[int, int, int] | None:
        """Return (plane, row, column) of the cell drawn at a pixel, the highest one, or None."""
        for plane in range(self.count):
            point = self.camera.unproject(pixel, self.height(plane))
            if point is None:
                return None
            row, col = np.floor(np.add(point[::-1], np.divide(self.shape, 2))).astype(int).tolist()
            if 0 <= row < self.shape[0] and 0 <= col < self.shape[1]:
                return plane, row, col
        return None
