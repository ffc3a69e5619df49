"""One input cell and all the outputs that it feeds, with the weight on each line, in 3-D."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.camera import Camera, cells
from convlab.draw.cell_styles import OUTPUT_CELLS, WAITING_CELLS
from convlab.draw.lifted import LiftedScene
from convlab.draw.planes import cell_under, centred, grid_cells, written
from convlab.draw.text import NOTHING, joined, text_path
from convlab.explore.backprop.input_gradient import numbered
from convlab.explore.backprop.worked_example import WorkedExample, worked
from convlab.formatting import plain
from convlab.geometry import Geometry

ALONG = (0.6, 0.76, 0.46, 0.9, 0.34)
"""Where on a line its weight may stand, first choice first: 0 is the input cell, 1 the output."""

SMALLEST = 9
"""Font size of an output's name below which it is left to the table beside the picture."""
MOST = 2.5
"""How much larger an output cell is drawn at most, so that the lines fan out."""


@dataclass(frozen=True)
class FanOutState:
    """An input cell, and where it is seen from.

    Parameters
    ----------
    geometry : Geometry
    cell : int, default 0
        The input cell, counted from 0 along the rows.
    azimuth, elevation : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    cell: int = 0
    azimuth: float = 32
    elevation: float = 25

    @property
    def numbers(self) -> WorkedExample:
        """The numbers of this geometry."""
        return worked(self.geometry)


class FanOutScene(LiftedScene):
    """Input plane below, output plane above, and a line for each weight that a cell meets."""

    share, head, lefts = 0.95, 62, (16, 149, 282)

    def __init__(self, *, width: int = 500, height: int = 396) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._values = self.text()
        self._chosen = self.polygons(
            moving=True,
            facecolors=palette.tint(blue, 0.62),
            edgecolors=palette.LOOK_HERE,
            linewidths=2.8,
        )
        self._lines = self.lines(moving=True, colors=orange, linewidths=1.8)
        self._value = self.text(moving=True)
        self._waiting = self.polygons(moving=True, **WAITING_CELLS)
        self._fed = self.polygons(moving=True, **OUTPUT_CELLS | {"alpha": 0.72, "linewidths": 1.6})
        self._names = self.text(palette.DEEP[green], moving=True)
        self._tags = self.polygons(
            moving=True, facecolors=palette.PAPER, edgecolors=orange, linewidths=1.0
        )
        self._weights = self.text(palette.DEEP[orange], moving=True)

    def cell_at(self, state: FanOutState, pixel: tuple[float, float]) -> int | None:
        """Return the input cell that is drawn at a pixel (from the lower left), or None."""
        camera, geometry = self.camera(state), state.geometry
        cell = cell_under(pixel, camera, geometry.padded_shape, 0)
        if cell is None:
            return None
        row, col = (at - side.start for at, side in zip(cell, geometry.inside, strict=True))
        rows, cols = geometry.input_shape
        return row * cols + col if 0 <= row < rows and 0 <= col < cols else None

    def update(self, state: FanOutState) -> None:
        """Move the artists to show `state`."""
        camera, numbers = self.camera(state), state.numbers
        if self.is_new(state.geometry, camera):
            self.draw_input(camera, state.geometry)
            texts = [plain(value) for value in numbers.x.ravel()]
            places = camera.project(self.inputs(state.geometry)).mean(axis=1)
            self._values.set_path(written(camera, texts, places))
        self._draw_fan(camera, state, numbers)

    def _draw_fan(self, camera: Camera, state: FanOutState, n: WorkedExample) -> None:
        geometry, lift = n.geometry, self.lift(n.geometry)
        below = camera.project(self.inputs(geometry))[state.cell]
        outputs = cells(*grid_cells(n.y.shape), lift, origin=centred(n.y.shape))
        wider = min(MOST, *np.divide(geometry.padded_shape, n.y.shape))
        above = camera.project(outputs * (wider, wider, 1))
        feeds = n.fed_by(state.cell)
        pixels = [connection.pixel for connection in feeds]
        rest = np.setdiff1d(np.arange(len(above)), pixels)
        self._chosen.set_verts(below[None])
        self._fed.set_verts(above[pixels])
        self._waiting.set_verts(above[rest])
        start, ends = below.mean(axis=0), above.mean(axis=1)
        self._lines.set_segments([(start, ends[pixel]) for pixel in pixels])
        value = [plain(n.x.ravel()[state.cell])]
        self._value.set_path(written(camera, value, start[None]))
        names = numbered("y", len(above))
        size = min(18, 0.55 * wider * float(np.linalg.norm(camera.matrix[1, :2])))
        self._names.set_path(
            text_path([names[p] for p in pixels], ends[pixels], size, bold=True)
            if pixels and size >= SMALLEST
            else NOTHING
        )
        self._draw_weights(start, ends[pixels], [plain(n.weight[m.weight]) for m in feeds])

    def _draw_weights(self, start: np.ndarray, ends: np.ndarray, texts: list[str]) -> None:
        boxes, paths = [], []
        for end, text in zip(ends, texts, strict=True):
            path = text_path([text], np.zeros((1, 2)), 13, bold=True)
            x = path.get_extents().x1 + 3
            tags = [np.array([[-x, -9], [x, 9]]) + start + t * (end - start) for t in ALONG]
            tag = min(tags, key=lambda tag: _covered(tag, boxes))
            paths.append(Path(path.vertices + tag.mean(axis=0), path.codes))
            boxes.append(tag)
        self._tags.set_verts([tag[[[0, 0], [1, 0], [1, 1], [0, 1]], [0, 1]] for tag in boxes])
        self._weights.set_path(joined(paths))


def _covered(tag: np.ndarray, others: list[np.ndarray]) -> float:
    """Return how much of a tag, given as two corners, lies on others, in square pixels."""
    over = [np.minimum(tag[1], other[1]) - np.maximum(tag[0], other[0]) for other in others]
    return sum(float(np.clip(part, 0, None).prod()) for part in over)
