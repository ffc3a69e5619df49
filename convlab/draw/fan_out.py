"""One input cell and all the outputs that it feeds, with the weight on each line, in 3-D."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.camera import Camera, cells, fit
from convlab.draw.first_job import numbered
from convlab.draw.lettering import NOTHING, lettering, plain
from convlab.draw.planes import centred, grid_cells, letters
from convlab.draw.scene import Scene, grid_lines
from convlab.draw.styles import INPUT_CELLS, OUTPUT_CELLS, PADDING, WAITING_CELLS
from convlab.draw.worked import Worked, worked
from convlab.geometry import Geometry

ALONG = 0.6
"""Where on a line its weight is written: 0 is the input cell, 1 the output pixel."""


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
    turn, tilt : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    cell: int = 0
    turn: float = 32
    tilt: float = 25

    @property
    def numbers(self) -> Worked:
        """The numbers of this geometry."""
        return worked(self.geometry)


class FanOutScene(Scene):
    """Input plane below, output plane above, and a line for each weight that a cell meets."""

    def __init__(self, *, width: int = 500, height: int = 396) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._padding = self.lines(**PADDING)
        self._input = self.polygons(**INPUT_CELLS)
        self._values = self.writing()
        self._legend = [self.writing(palette.DEEP[hue]) for hue in (blue, orange, green)]
        self._chosen = self.polygons(
            moving=True,
            facecolors=palette.tint(blue, 0.62),
            edgecolors=palette.LOOK_HERE,
            linewidths=2.8,
        )
        self._lines = self.lines(moving=True, colors=orange, linewidths=1.8)
        self._value = self.writing(moving=True)
        self._waiting = self.polygons(moving=True, **WAITING_CELLS)
        self._fed = self.polygons(moving=True, **OUTPUT_CELLS | {"alpha": 0.72, "linewidths": 1.6})
        self._names = self.writing(palette.DEEP[green], moving=True)
        self._tags = self.polygons(
            moving=True, facecolors=palette.PAPER, edgecolors=orange, linewidths=1.0
        )
        self._weights = self.writing(palette.DEEP[orange], moving=True)

    def camera(self, state: FanOutState) -> Camera:
        """Return the camera that fits this geometry into the picture."""
        radius = np.hypot(*state.geometry.padded_shape) / 2
        frame = (self.width - 24, self.height - 62)
        camera = fit(Camera(state.turn, state.tilt), frame, radius, 0, self._lift(state))
        return replace(camera, centre=(camera.centre[0] + 12, camera.centre[1] + 10))

    def _lift(self, state: FanOutState) -> float:
        return 0.95 * max(state.geometry.padded_shape) + 0.3

    def _origin(self, geometry: Geometry) -> tuple[float, float]:
        """Return the first corner of the input, which its padding may hold off the middle."""
        corner, ((top, _), (left, _)) = centred(geometry.padded_shape), geometry.padding
        return corner[0] + top, corner[1] + left

    def cell_at(self, state: FanOutState, pixel: tuple[float, float]) -> int | None:
        """Return the input cell that is drawn at a pixel (from the lower left), or None."""
        point = self.camera(state).unproject(pixel, 0)
        if point is None:
            return None
        (rows, cols), origin = state.geometry.input_shape, self._origin(state.geometry)
        row, col = int(np.floor(point[1] - origin[0])), int(np.floor(point[0] - origin[1]))
        return row * cols + col if 0 <= row < rows and 0 <= col < cols else None

    def update(self, state: FanOutState) -> None:
        """Move the artists to show `state`."""
        camera, numbers = self.camera(state), state.numbers
        if self.is_new(state.geometry, camera):
            self._draw_input(camera, numbers)
            self._draw_legend(state.geometry)
        self._draw_fan(camera, state, numbers)

    def _inputs(self, geometry: Geometry) -> np.ndarray:
        return cells(*grid_cells(geometry.input_shape), 0, origin=self._origin(geometry))

    def _draw_input(self, camera: Camera, n: Worked) -> None:
        geometry = n.geometry
        on_page = camera.project(self._inputs(geometry))
        self._input.set_verts(on_page)
        padded = geometry.padded_shape != geometry.input_shape
        lines = grid_lines(*geometry.padded_shape) + centred(geometry.padded_shape)
        flat = np.concatenate([lines[..., ::-1], np.zeros((*lines.shape[:2], 1))], axis=-1)
        self._padding.set_segments(camera.project(flat) if padded else [])
        size, room = letters(camera)
        texts = [plain(value) for value in n.x.ravel()] if size else []
        places = on_page.mean(axis=1)[: len(texts)]
        self._values.set_path(lettering(texts, places, size, room=room))

    def _draw_fan(self, camera: Camera, state: FanOutState, n: Worked) -> None:
        geometry, lift = n.geometry, self._lift(state)
        below = camera.project(self._inputs(geometry))[state.cell]
        outputs = cells(*grid_cells(n.y.shape), lift, origin=centred(n.y.shape))
        wider = min(MOST, *np.divide(geometry.padded_shape, n.y.shape))
        above = camera.project(outputs * (wider, wider, 1))
        feeds = n.fed_by(state.cell)
        pixels = [meeting.pixel for meeting in feeds]
        rest = np.setdiff1d(np.arange(len(above)), pixels)
        self._chosen.set_verts(below[None])
        self._fed.set_verts(above[pixels])
        self._waiting.set_verts(above[rest])
        start, ends = below.mean(axis=0), above.mean(axis=1)
        self._lines.set_segments([(start, ends[pixel]) for pixel in pixels])
        size, room = letters(camera)
        value = [plain(n.x.ravel()[state.cell])] if size else []
        self._value.set_path(lettering(value, start[None][: len(value)], size, room=room))
        names = numbered("y", len(above))
        size = min(18, 0.55 * wider * float(np.linalg.norm(camera.matrix[1, :2])))
        self._names.set_path(
            lettering([names[p] for p in pixels], ends[pixels], size, bold=True)
            if pixels
            else NOTHING
        )
        self._draw_weights(start, ends[pixels], [plain(n.weight[m.weight]) for m in feeds])

    def _draw_weights(self, start: np.ndarray, ends: np.ndarray, texts: list[str]) -> None:
        places = start + ALONG * (ends - start)
        paths = [
            lettering([text], place[None], 13, bold=True)
            for text, place in zip(texts, places, strict=True)
        ]
        boxes = []
        for path, (_, y) in zip(paths, places, strict=True):
            box = path.get_extents()
            x0, x1 = box.x0 - 3, box.x1 + 3
            boxes.append([(x0, y - 9), (x1, y - 9), (x1, y + 9), (x0, y + 9)])
        self._tags.set_verts(boxes)
        self._weights.set_path(Path.make_compound_path(*paths) if paths else NOTHING)

    def _draw_legend(self, geometry: Geometry) -> None:
        shapes = zip(
            ("input", "kernel", "output"),
            (geometry.input_shape, geometry.kernel_shape, geometry.output_shape),
            strict=True,
        )
        texts = [f"{name} {rows} × {cols}" for name, (rows, cols) in shapes]
        for index, (patch, text) in enumerate(zip(self._legend, texts, strict=True)):
            place = np.array([[16 + index * 133, self.height - 20]])
            patch.set_path(lettering([text], place, 15, align="left", bold=True))
