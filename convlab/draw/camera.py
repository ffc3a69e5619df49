"""Looking at planes in space: an orthographic camera, forwards and backwards.

The world has x along the columns, y along the rows and z upwards; one cell is one unit. Seen
straight from above (elevation 90°, azimuth 0°) a plane looks like the printed matrix. The
projection is a 2 × 3 matrix, so a click is solved for the point of a plane as easily as a point is
projected.

matplotlib's `Axes3D` was the first choice. Alone, without text, it takes about as long; what this
camera brings is numbers as joined outlines, planes in the order that the scene says, and a
projection that can be inverted for clicks (`benchmarks/bench_sweep.py` compares both).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Camera:
    """Where the scene is seen from.

    Parameters
    ----------
    azimuth : float
        Degrees about the vertical, counter-clockwise seen from above.
    elevation : float
        Degrees above the horizon: 0 looks along the planes, 90 down on them.
    zoom : float, default 1.0
        Pixels per cell.
    centre : (float, float), default (0, 0)
        Pixels at which the world's origin appears.

    Examples
    --------
    >>> above = Camera(azimuth=0, elevation=90, zoom=10)
    >>> above.project(np.array([2.0, 1.0, 5.0])).round(6).tolist()
    [20.0, -10.0]
    >>> [round(part, 6) for part in above.unproject((20, -10), z=5.0)]
    [2.0, 1.0]
    """

    azimuth: float
    elevation: float
    zoom: float = 1.0
    centre: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def matrix(self) -> np.ndarray:
        """The 2 × 3 projection, without the centre."""
        azimuth, elevation = np.radians([self.azimuth, self.elevation])
        along = (np.cos(azimuth), np.sin(azimuth), 0.0)
        up = (
            np.sin(azimuth) * np.sin(elevation),
            -np.cos(azimuth) * np.sin(elevation),
            np.cos(elevation),
        )
        return self.zoom * np.array([along, up])

    def project(self, points: np.ndarray) -> np.ndarray:
        """Project points of shape (..., 3) to pixels of shape (..., 2)."""
        return np.asarray(points @ self.matrix.T + self.centre)

    def unproject(self, pixel: tuple[float, float], z: float) -> tuple[float, float] | None:
        """Return the (x, y) of the plane at height z that appears at a pixel.

        None where the camera looks along the plane.
        """
        plane = self.matrix[:, :2]
        if abs(np.linalg.det(plane)) < 1e-6 * self.zoom**2:
            return None
        x, y = np.linalg.solve(plane, np.subtract(pixel, self.centre) - self.matrix[:, 2] * z)
        return float(x), float(y)


def fit(
    camera: Camera, size: tuple[float, float], radius: float, low: float, high: float
) -> Camera:
    """Return the camera zoomed and centred so that an upright cylinder fills the picture.

    The cylinder stands on the origin's axis from z = `low` to `high`; because it is round, the
    scene keeps its size while it is turned.

    Parameters
    ----------
    camera : Camera
    size : (float, float)
        Width and height to fill, in pixels.
    radius, low, high : float
        Of the cylinder, in cells.
    """
    elevation = np.radians(camera.elevation)
    tall = 2 * radius * np.sin(elevation) + (high - low) * np.cos(elevation)
    zoom = min(size[0] / (2 * radius), size[1] / tall)
    middle = zoom * np.cos(elevation) * (low + high) / 2
    return Camera(camera.azimuth, camera.elevation, zoom, (size[0] / 2, size[1] / 2 - middle))


def cells(
    rows: np.ndarray, cols: np.ndarray, z: float, *, origin: tuple[float, float]
) -> np.ndarray:
    """Return the corners of unit cells: shape (len(rows), 4, 3), counter-clockwise from above.

    Parameters
    ----------
    rows, cols : ndarray of int, shape (n,)
        The cells' places in their grid.
    z : float
        The height of the plane.
    origin : (float, float)
        World (y, x) of the grid's first corner.
    """
    corner = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    y = np.asarray(rows)[:, None] + corner[:, 0] + origin[0]
    x = np.asarray(cols)[:, None] + corner[:, 1] + origin[1]
    return np.stack([x, y, np.full(x.shape, z)], axis=-1).astype(float)
