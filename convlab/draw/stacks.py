"""Two stacks of planes side by side: how they are laid out, coloured and joined.

Channel 0 lies on top of its stack. Each stack turns about its own axis, so that neither ever hides
the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.colors import to_rgba_array
from numpy.typing import ArrayLike

from convlab.draw import palette
from convlab.draw.camera import Camera, cells
from convlab.draw.planes import CORNERS, at_height, cell_under, centred, grid_cells
from convlab.draw.scene import Artist
from convlab.geometry import Geometry, Sides


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

    @cached_property
    def middles(self) -> np.ndarray:
        """The middles of a plane's cells, as (row, column) points."""
        return np.column_stack(grid_cells(self.shape)) + 0.5

    def block(self, plane: int, first: ArrayLike, shape: tuple[int, int] = (1, 1)) -> np.ndarray:
        """Return the corners, in pixels, of a block of cells that begins with a cell."""
        return self.points(plane, np.asarray(first) + CORNERS * shape)

    def middle(self, plane: int) -> np.ndarray:
        """Return the pixel at which a plane's middle appears."""
        return self.camera.project(np.array([0.0, 0.0, self.height(plane)]))

    def margin(self, drop: float) -> np.ndarray:
        """Return a pixel for each plane, left of it and `drop` below its farthest corner."""
        corner = (-self.radius, self.radius * np.sin(np.radians(self.camera.elevation)) - drop)
        middles = np.array([self.middle(plane) for plane in range(self.count)])
        return np.asarray(middles + corner)

    @cached_property
    def _rise(self) -> np.ndarray:
        """How far a look goes on, in (x, y), on its way up by one cell."""
        matrix = self.camera.matrix
        return -np.linalg.solve(matrix[:, :2], matrix[:, 2])

    def visible(
        self, plane: int, points: np.ndarray, margins: Sides = ((0, 0), (0, 0))
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
            cell = cell_under(pixel, self.camera, self.shape, self.height(plane))
            if cell is not None:
                return plane, *cell
        return None


class Room(NamedTuple):
    """Where stacks may stand, in pixels."""

    frame: tuple[int, int, int, int]
    """Left free at the left, the bottom, the right and the top."""
    between: int
    """Left free between the stacks."""
    largest: float
    """Cell."""
    spread: float
    """From plane to plane at most, as a share of a plane's depth."""


@lru_cache(maxsize=16)
def side_by_side(
    size: tuple[int, int],
    geometry: Geometry,
    counts: tuple[int, int],
    camera: Camera,
    room: Room,
) -> tuple[Stack, Stack]:
    """Lay two stacks side by side, as large as they can be, without planes hiding each other.

    Both have the same zoom. Planes are spread until none covers the next, or the room is used up.

    Parameters
    ----------
    size : (int, int)
        Width and height of the picture, in pixels.
    geometry : Geometry
        Of one channel: the left planes have the shape of its padded input, the right ones of its
        output.
    counts : (int, int)
        How many planes there are on the left and on the right.
    camera : Camera
        Its azimuth and elevation.
    room : Room
    """
    left, bottom, right, top = room.frame
    width, height = size[0] - left - right - room.between, size[1] - bottom - top
    elevation = np.radians(camera.elevation)
    shapes = geometry.padded_shape, geometry.output_shape
    across = [float(np.hypot(*shape)) for shape in shapes]
    deep = max(geometry.input_shape) * np.sin(elevation)
    tall = max(across) * np.sin(elevation)
    gaps = max(counts) - 1
    zoom = min(width / sum(across), height / (tall + gaps * deep * 0.6), room.largest)
    spread = min(room.spread * deep * zoom, (height - tall * zoom) / max(gaps, 1))
    gap = float(spread / (zoom * np.cos(elevation)))
    start, middle = left + (width - zoom * sum(across)) / 2, bottom + height / 2
    centres = (
        start + zoom * across[0] / 2,
        start + zoom * (across[0] + across[1] / 2) + room.between,
    )
    inputs, outputs = (
        Stack(Camera(camera.azimuth, camera.elevation, zoom, (centre, middle)), shape, count, gap)
        for centre, shape, count in zip(centres, shapes, counts, strict=True)
    )
    return inputs, outputs


class Look(NamedTuple):
    """How cells are drawn."""

    face: str
    edge: str
    width: float = 1.0


def paint(artist: Artist, parts: Iterable[tuple[np.ndarray, Look]]) -> None:
    """Show cells, some in one look, some in another, the later ones over the earlier.

    Colours are named once for each part: matplotlib reads a name for each cell far more slowly.
    """
    quads, looks = zip(*parts, strict=True)
    faces, edges, widths = zip(*looks, strict=True)
    counts = [len(some) for some in quads]
    artist.set_verts(np.concatenate(quads))
    artist.set_facecolor(np.repeat(to_rgba_array(faces), counts, axis=0))
    artist.set_edgecolor(np.repeat(to_rgba_array(edges), counts, axis=0))
    artist.set_linewidth(np.repeat(widths, counts))


def swept(
    stack: Stack, steps: list[int], hue: str, *, over: bool = False
) -> list[tuple[np.ndarray, Look]]:
    """Return the cells of output planes as `paint` takes them: done, still waiting, and current.

    Parameters
    ----------
    stack : Stack
    steps : list of int
        The current cell of each plane; below 0 all cells wait, beyond the last all are done.
    hue : str
    over : bool, default False
        Lay the current cell over a waiting one, instead of in its place.
    """
    done, waiting = Look(palette.tint(hue, 0.3), hue), Look(palette.PAPER, palette.tint(hue, 0.6))
    current = Look(palette.tint(hue, 0.75), palette.INK, 2.0)
    parts = []
    for plane in reversed(range(stack.count)):
        where, start, stop = stack.cells(plane), max(steps[plane], 0), max(steps[plane] + 1, 0)
        rest = where[start if over else stop :]
        parts += [(where[:start], done), (rest, waiting), (where[start:stop], current)]
    return parts


def beam(quad: np.ndarray, tip: np.ndarray) -> np.ndarray:
    """Return the triangle from a point to a quadrilateral, as wide as that is: shape (3, 2)."""
    away = quad.mean(axis=0) - tip
    turned = (quad - tip) @ np.array([[away[0], -away[1]], [away[1], away[0]]])
    angles = np.arctan2(turned[:, 1], turned[:, 0])
    return np.array([tip, *quad[[angles.argmin(), angles.argmax()]]])


def sides(beams: list[np.ndarray]) -> list[np.ndarray]:
    """Return the two lines that bound each beam, from its tip on."""
    return [beam[[0, end]] for beam in beams for end in (1, 2)]
