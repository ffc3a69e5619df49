"""The kernel sweep in 3-D: input plane below, output plane above, four lines that join them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convlab.convolution import conv2d, flip
from convlab.draw import palette
from convlab.draw.camera import Camera, cells
from convlab.draw.cell_styles import (
    CURRENT_CELL,
    OUTPUT_CELLS,
    READ_CELLS,
    WAITING_CELLS,
    WINDOW,
)
from convlab.draw.lifted import LiftedScene
from convlab.draw.planes import (
    CORNERS,
    at_height,
    cell_under,
    centred,
    grid_cells,
    input_mask,
    letters,
    written,
)
from convlab.draw.text import NOTHING, text_path
from convlab.formatting import plain
from convlab.geometry import Geometry


@dataclass(frozen=True)
class SweepState:
    """Everything that the sweep shows.

    Parameters
    ----------
    geometry : Geometry
    step : int, default 0
        The output pixel, counted along the rows.
    azimuth, elevation : float
        Of the camera, in degrees.
    flipped : bool, default False
        True for the convolution of mathematics, False for deep learning's.
    """

    geometry: Geometry
    step: int = 0
    azimuth: float = 25
    elevation: float = 32
    flipped: bool = False


class SweepScene(LiftedScene):
    """Input, kernel and output at one step of the sweep.

    Parameters
    ----------
    x, weight : array_like, shape (rows, cols)
        The numbers in the cells; a geometry smaller than they are shows their upper left part.
    """

    share, head, lefts = 0.55, 66, (14, 132, 256, 404)

    def __init__(
        self, x: ArrayLike, weight: ArrayLike, *, width: int = 530, height: int = 415
    ) -> None:
        super().__init__(width, height)
        self.x, self.weight = np.asarray(x, float), np.asarray(weight, float)
        self._taps = self.polygons(moving=True, **READ_CELLS)
        self._zeros = self.text(palette.QUIET, moving=True)
        self._numbers = self.text(moving=True)
        self._beam = self.polygons(
            moving=True, facecolors=palette.KERNEL, alpha=0.05, edgecolors="none"
        )
        self._footprint = self.polygons(moving=True, **WINDOW)
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=1.0)
        self._waiting = self.polygons(moving=True, **WAITING_CELLS)
        self._done = self.polygons(moving=True, **OUTPUT_CELLS | {"alpha": 0.93})
        self._pixel = self.polygons(moving=True, **CURRENT_CELL)
        self._results = self.text(moving=True)

    def values(self, state: SweepState) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the input, the kernel as it is laid on the input, and the output."""
        geometry = state.geometry
        x = self.x[: geometry.input_shape[0], : geometry.input_shape[1]]
        weight = self.weight[: geometry.kernel_size[0], : geometry.kernel_size[1]]
        weight = flip(weight) if state.flipped else weight
        return x, weight, conv2d(x, weight, **geometry.layout)

    def step_at(self, state: SweepState, pixel: tuple[float, float]) -> int | None:
        """Return the step whose output cell is drawn at a pixel (from the lower left), or None."""
        camera, geometry = self.camera(state), state.geometry
        cell = cell_under(pixel, camera, geometry.output_shape, self.lift(geometry))
        return None if cell is None else cell[0] * geometry.output_shape[1] + cell[1]

    def update(self, state: SweepState) -> None:
        """Move the artists to show `state`."""
        camera, geometry = self.camera(state), state.geometry
        x, _, y = self.values(state)
        if self.is_new(geometry, camera):
            self.draw_input(camera, geometry)
            self._draw_numbers(camera, geometry, x)
        self._draw_kernel(camera, state)
        self._draw_output(camera, state, y)

    def _draw_numbers(self, camera: Camera, geometry: Geometry, x: np.ndarray) -> None:
        places = camera.project(self.inputs(geometry).mean(axis=1))
        self._numbers.set_path(written(camera, [plain(value) for value in x.ravel()], places))
        outside, corner = np.nonzero(~input_mask(geometry)), centred(geometry.padded_shape)
        around = camera.project(cells(*outside, 0, origin=corner).mean(axis=1))
        size = 0.8 * letters(camera)[0]
        self._zeros.set_path(text_path(["0"] * len(around), around, size) if size else NOTHING)

    def _draw_output(self, camera: Camera, state: SweepState, y: np.ndarray) -> None:
        corner = centred(y.shape)
        where = cells(*grid_cells(y.shape), self.lift(state.geometry), origin=corner)
        on_page = camera.project(where)
        self._done.set_verts(on_page[: state.step])
        self._pixel.set_verts(on_page[state.step : state.step + 1])
        self._waiting.set_verts(on_page[state.step + 1 :])
        texts = [plain(value) for value in y.ravel()[: state.step + 1]]
        self._results.set_path(written(camera, texts, on_page.mean(axis=1)[: len(texts)]))

    def _draw_kernel(self, camera: Camera, state: SweepState) -> None:
        geometry = state.geometry
        pixel, rows, cols = geometry.window(state.step)
        corner = centred(geometry.padded_shape)
        taps = np.array([(row, col) for row in rows for col in cols])
        self._taps.set_verts(camera.project(cells(*taps.T, 0, origin=corner)))
        span = np.array([rows[0], cols[0]]) + corner + CORNERS * geometry.span
        above = np.array(pixel) + centred(geometry.output_shape) + CORNERS
        foot = camera.project(at_height(span, 0))
        head = camera.project(at_height(above, self.lift(state.geometry)))
        self._footprint.set_verts(foot[None])
        self._joins.set_segments(np.stack([foot, head], axis=1))
        sides = [(foot[i], foot[i - 1], head[i - 1], head[i]) for i in range(4)]
        self._beam.set_verts(np.array(sides))
