"""The kernel sweep in 3-D: input plane below, output plane above, four lines that join them."""

from __future__ import annotations

from typing import Any

import numpy as np

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
from convlab.explore.sweep.sweep_numbers import SweepState
from convlab.formatting import plain
from convlab.geometry import Geometry


class SweepScene(LiftedScene[SweepState]):
    """Input, kernel and output at one step of the sweep."""

    share, head, lefts = 0.55, 66, (14, 132, 256, 404)

    def __init__(self, *, width: int = 530, height: int = 415) -> None:
        super().__init__(width, height)
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

    def pick(self, state: SweepState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the step whose output cell is drawn at a place."""
        camera, geometry = self.camera(state), state.geometry
        cell = cell_under(xy, camera, geometry.output_shape, self.lift(geometry))
        return None if cell is None else {"step": cell[0] * geometry.output_shape[1] + cell[1]}

    def layout(self, state: SweepState) -> Any:
        """Return what decides about the cells of the input and their numbers."""
        return state.geometry, self.camera(state), state.sample

    def lay_out(self, state: SweepState) -> None:
        """Show the input and its numbers."""
        camera = self.camera(state)
        self.draw_input(camera, state.geometry)
        self._draw_numbers(camera, state.geometry, state.x)

    def move(self, state: SweepState) -> None:
        """Show the kernel and the output at this step."""
        camera = self.camera(state)
        self._draw_kernel(camera, state)
        self._draw_output(camera, state, state.y)

    def _draw_numbers(self, camera: Camera, geometry: Geometry, x: np.ndarray) -> None:
        places = camera.project(self.inputs(geometry).mean(axis=1))
        self._numbers.set_path(written(camera, [plain(value) for value in x.ravel()], places))
        rows, cols = np.nonzero(~input_mask(geometry))
        corner = centred(geometry.padded_shape)
        around = camera.project(cells(rows, cols, 0, origin=corner).mean(axis=1))
        size = 0.8 * letters(camera)[0]
        self._zeros.set_path(text_path(["0"] * len(around), around, size) if size else NOTHING)

    def _draw_output(self, camera: Camera, state: SweepState, y: np.ndarray) -> None:
        corner = centred(state.geometry.output_shape)
        rows, cols = grid_cells(state.geometry.output_shape)
        where = cells(rows, cols, self.lift(state.geometry), origin=corner)
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
        down, across = (part.ravel() for part in np.meshgrid(rows, cols, indexing="ij"))
        self._taps.set_verts(camera.project(cells(down, across, 0, origin=corner)))
        span = np.array([rows[0], cols[0]]) + corner + CORNERS * geometry.span
        above = np.array(pixel) + centred(geometry.output_shape) + CORNERS
        foot = camera.project(at_height(span, 0))
        head = camera.project(at_height(above, self.lift(state.geometry)))
        self._footprint.set_verts(foot[None])
        self._joins.set_segments(np.stack([foot, head], axis=1))
        sides = [(foot[i], foot[i - 1], head[i - 1], head[i]) for i in range(4)]
        self._beam.set_verts(np.array(sides))
