"""The kernel sweep in 3-D: input plane below, output plane above, four lines that join them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from convlab.convolution import conv2d, flip
from convlab.draw import palette
from convlab.draw.camera import Camera, cells, fit
from convlab.draw.lettering import lettering, plain
from convlab.draw.planes import CORNERS, at_height, centred, grid_cells, letters
from convlab.draw.scene import Scene, grid_lines
from convlab.draw.styles import (
    CURRENT_CELL,
    INPUT_CELLS,
    OUTPUT_CELLS,
    PADDING,
    READ_CELLS,
    WAITING_CELLS,
    WINDOW,
)
from convlab.geometry import Geometry


@dataclass(frozen=True)
class SweepState:
    """Everything that the sweep shows.

    Parameters
    ----------
    geometry : Geometry
    step : int, default 0
        The output pixel, counted along the rows.
    turn, tilt : float
        Of the camera, in degrees.
    flipped : bool, default False
        True for the convolution of mathematics, False for deep learning's.
    """

    geometry: Geometry
    step: int = 0
    turn: float = 25
    tilt: float = 32
    flipped: bool = False


class SweepScene(Scene):
    """Input, kernel and output at one step of the sweep.

    Parameters
    ----------
    x, weight : array_like, shape (rows, cols)
        The numbers in the cells; a geometry smaller than they are shows their upper left part.
    """

    def __init__(
        self, x: ArrayLike, weight: ArrayLike, *, width: int = 530, height: int = 415
    ) -> None:
        super().__init__(width, height)
        self.x, self.weight = np.asarray(x, float), np.asarray(weight, float)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._padding = self.lines(**PADDING)
        self._input = self.polygons(**INPUT_CELLS)
        self._legend = [self.writing(palette.DEEP[hue]) for hue in (blue, orange, green)]
        self._legend.append(self.writing(palette.QUIET))
        self._taps = self.polygons(moving=True, **READ_CELLS)
        self._zeros = self.writing(palette.QUIET, moving=True)
        self._numbers = self.writing(moving=True)
        self._beam = self.polygons(moving=True, facecolors=orange, alpha=0.05, edgecolors="none")
        self._footprint = self.polygons(moving=True, **WINDOW)
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=1.0)
        self._waiting = self.polygons(moving=True, **WAITING_CELLS)
        self._done = self.polygons(moving=True, **OUTPUT_CELLS | {"alpha": 0.93})
        self._pixel = self.polygons(moving=True, **CURRENT_CELL)
        self._results = self.writing(moving=True)

    def values(self, state: SweepState) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the input, the kernel as it is laid on the input, and the output."""
        geometry = state.geometry
        x = self.x[: geometry.input_shape[0], : geometry.input_shape[1]]
        weight = self.weight[: geometry.kernel_shape[0], : geometry.kernel_shape[1]]
        weight = flip(weight) if state.flipped else weight
        layout = {
            "stride": geometry.stride,
            "padding": geometry.padding,
            "dilation": geometry.dilation,
        }
        return x, weight, conv2d(x, weight, **layout)

    def camera(self, state: SweepState) -> Camera:
        """Return the camera that fits this geometry into the picture."""
        radius = np.hypot(*state.geometry.padded_shape) / 2
        frame = (self.width - 24, self.height - 66)
        camera = fit(Camera(state.turn, state.tilt), frame, radius, 0, self._lift(state))
        return replace(camera, centre=(camera.centre[0] + 12, camera.centre[1] + 10))

    def _lift(self, state: SweepState) -> float:
        """Height of the output plane, in cells: enough to see what lies below it."""
        return 0.55 * max(state.geometry.padded_shape) + 0.3

    def step_at(self, state: SweepState, pixel: tuple[float, float]) -> int | None:
        """Return the step whose output cell is drawn at a pixel (from the lower left), or None."""
        point = self.camera(state).unproject(pixel, self._lift(state))
        if point is None:
            return None
        rows, cols = state.geometry.output_shape
        row, col = int(np.floor(point[1] + rows / 2)), int(np.floor(point[0] + cols / 2))
        return row * cols + col if 0 <= row < rows and 0 <= col < cols else None

    def update(self, state: SweepState) -> None:
        """Move the artists to show `state`."""
        camera, geometry = self.camera(state), state.geometry
        x, _, y = self.values(state)
        if self.is_new(geometry, camera):
            self._draw_input(camera, geometry, x)
            self._draw_legend(geometry)
        self._draw_kernel(camera, state)
        self._draw_output(camera, state, y)

    def _draw_input(self, camera: Camera, geometry: Geometry, x: np.ndarray) -> None:
        (top, _), (left, _) = geometry.padding
        corner = centred(geometry.padded_shape)
        inside = grid_cells(geometry.input_shape)
        where = cells(*inside, 0, origin=(corner[0] + top, corner[1] + left))
        self._input.set_verts(camera.project(where))
        padded = geometry.padded_shape != geometry.input_shape
        lines = grid_lines(*geometry.padded_shape) + corner if padded else np.empty((0, 2, 2))
        flat = np.concatenate([lines[..., ::-1], np.zeros((*lines.shape[:2], 1))], axis=-1)
        self._padding.set_segments(camera.project(flat))
        size, room = letters(camera)
        texts = [plain(value) for value in x.ravel()] if size else []
        places = camera.project(where.mean(axis=1))[: len(texts)]
        self._numbers.set_path(lettering(texts, places, size, room=room))
        rows, cols = grid_cells(geometry.padded_shape)
        outside = (rows < top) | (rows >= top + len(x)) | (cols < left) | (cols >= left + len(x[0]))
        around = cells(rows[outside], cols[outside], 0, origin=corner).mean(axis=1)
        zeros = ["0"] * len(around) if size else []
        self._zeros.set_path(lettering(zeros, camera.project(around)[: len(zeros)], size * 0.8))

    def _draw_output(self, camera: Camera, state: SweepState, y: np.ndarray) -> None:
        corner = centred(y.shape)
        where = cells(*grid_cells(y.shape), self._lift(state), origin=corner)
        on_page = camera.project(where)
        self._done.set_verts(on_page[: state.step])
        self._pixel.set_verts(on_page[state.step : state.step + 1])
        self._waiting.set_verts(on_page[state.step + 1 :])
        size, room = letters(camera)
        texts = [plain(value) for value in y.ravel()[: state.step + 1]] if size else []
        places = on_page.mean(axis=1)[: len(texts)]
        self._results.set_path(lettering(texts, places, size, room=room))

    def _draw_kernel(self, camera: Camera, state: SweepState) -> None:
        geometry = state.geometry
        pixel, rows, cols = geometry.window(state.step)
        corner = centred(geometry.padded_shape)
        taps = np.array([(row, col) for row in rows for col in cols])
        self._taps.set_verts(camera.project(cells(*taps.T, 0, origin=corner)))
        span = np.array([rows[0], cols[0]]) + corner + CORNERS * geometry.span
        above = np.array(pixel) + centred(geometry.output_shape) + CORNERS
        foot = camera.project(at_height(span, 0))
        head = camera.project(at_height(above, self._lift(state)))
        self._footprint.set_verts(foot[None])
        self._joins.set_segments(np.stack([foot, head], axis=1))
        sides = [(foot[i], foot[i - 1], head[i - 1], head[i]) for i in range(4)]
        self._beam.set_verts(np.array(sides))

    def _draw_legend(self, geometry: Geometry) -> None:
        shapes = zip(
            ("input", "kernel", "output"),
            (geometry.input_shape, geometry.kernel_shape, geometry.output_shape),
            strict=True,
        )
        texts = [f"{name} {rows} × {cols}" for name, (rows, cols) in shapes]
        padded = geometry.padded_shape != geometry.input_shape
        texts.append("dashed: padding" if padded else "")
        lefts = (14, 132, 256, 404)
        for patch, text, left in zip(self._legend, texts, lefts, strict=True):
            place = np.array([[left, self.height - 20]])
            patch.set_path(lettering([text], place, 15, align="left", bold=left < 400))
