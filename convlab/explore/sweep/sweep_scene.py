"""The kernel sweep in 3-D: input plane below, output plane above, four lines that join them.

Flat, the output lies beside the input, and both are seen from above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from convlab.draw import palette
from convlab.draw.camera import Camera, cells
from convlab.draw.cell_styles import (
    CURRENT_CELL,
    LOOK_HERE,
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
    letters,
    written,
)
from convlab.draw.shapes import broken
from convlab.draw.veil import Box
from convlab.explore.sweep.sweep_lettering import (
    Lettering,
    plane_letterings,
    weight_lettering,
    weight_size,
)
from convlab.explore.sweep.sweep_numbers import SweepState
from convlab.formatting import plain

WIDTH, HEIGHT = 530, 415
BETWEEN = 1.6
"""Cells between input and output where they lie side by side."""


class SweepScene(LiftedScene[SweepState]):
    """Input, kernel and output at one step of the sweep."""

    share, head, lefts = 0.55, 66, (14, 132, 256, 404)

    def __init__(self, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(width, height)
        self._taps = self.polygons(moving=True, **READ_CELLS)
        self._beam = self.polygons(
            moving=True, facecolors=palette.KERNEL, alpha=0.05, edgecolors="none"
        )
        self._footprint = self.polygons(moving=True, **WINDOW)
        self._pointed = self.polygons(moving=True, **LOOK_HERE)
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=1.0)
        # Numbers lie over the lines, so that none is crossed out.
        self._zeros = self.text(palette.MUTED, moving=True)
        self._numbers = self.text(moving=True)
        self._weights = self.text(palette.DEEP[palette.KERNEL], moving=True)
        self._waiting = self.polygons(moving=True, **WAITING_CELLS)
        self._done = self.polygons(moving=True, **OUTPUT_CELLS | {"alpha": 0.93})
        self._pixel = self.polygons(moving=True, **CURRENT_CELL)
        self._results = self.text(moving=True)

    @classmethod
    def seen_from(cls, state: SweepState, width: float = WIDTH, height: float = HEIGHT) -> Camera:
        """Return the camera that fits a geometry into a picture of some size."""
        if not state.flat:
            return super().seen_from(state, width, height)
        padded, out = state.geometry.padded_shape, state.geometry.output_shape
        wide, high = padded[1] + BETWEEN + out[1], max(padded[0], out[0])
        zoom = min((width - 32) / wide, (height - cls.head) / high, 60.0)
        middle = zoom * (wide - padded[1]) / 2
        return Camera(0, 90, zoom, (width / 2 - middle, (height - 40) / 2))

    @classmethod
    def outputs(cls, state: SweepState) -> tuple[tuple[float, float], float]:
        """Return the (row, column) of the output plane's first corner in the world, its height."""
        row, col = centred(state.geometry.output_shape)
        if not state.flat:
            return (row, col), cls.lift(state.geometry)
        return (row, state.geometry.padded_shape[1] / 2 + BETWEEN), 0.0

    def regions(self, state: SweepState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the output's plane, and its size above."""
        corners = self.covering(self.camera(state), state)
        (left, low), (right, high) = corners.min(axis=0) - 6, corners.max(axis=0) + 6
        plane = (left, self.height - high, right, self.height - low)
        title = (self.lefts[2] - 8, 0, self.lefts[3] - 8, 30)
        return {**super().regions(state), "output": [plane, title]}

    def pick(self, state: SweepState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the step whose output cell is drawn at a place."""
        (row, col), height = self.outputs(state)
        camera, shape = self.camera(state), state.geometry.output_shape
        middle = row - centred(shape)[0], col - centred(shape)[1]
        cell = cell_under(xy, camera, shape, height, middle=middle)
        return None if cell is None else {"step": cell[0] * shape[1] + cell[1]}

    def input_at(self, state: SweepState, xy: tuple[float, float]) -> tuple[int, int] | None:
        """Return the cell of the padded input that is drawn at a place, where none covers it."""
        if self.pick(state, xy):
            return None
        return cell_under(xy, self.camera(state), state.geometry.padded_shape, 0)

    def layout(self, state: SweepState) -> Any:
        """Return what decides about the cells of the input and their numbers."""
        return state.geometry, self.camera(state), state.sample, state.weights

    def lay_out(self, state: SweepState) -> None:
        """Show the input and its numbers."""
        camera = self.camera(state)
        self.draw_input(camera, state.geometry)
        outline = self.covering(camera, state)
        self._plane = [one.clear_of(outline) for one in plane_letterings(camera, state)]
        for patch, one in zip((self._numbers, self._zeros), self._plane, strict=True):
            patch.set_path(one.path)

    def move(self, state: SweepState) -> None:
        """Show the kernel and the output at this step."""
        camera = self.camera(state)
        weights = weight_lettering(camera, state).clear_of(self.covering(camera, state))
        self._weights.set_path(weights.path)
        self._draw_kernel(camera, state, [*self._plane, weights])
        self._draw_output(camera, state)

    @classmethod
    def covering(cls, camera: Camera, state: SweepState) -> np.ndarray:
        """Return the corners of the output plane in the picture: shape (4, 2)."""
        origin, height = cls.outputs(state)
        corners = np.array(origin) + CORNERS * state.geometry.output_shape
        return np.asarray(camera.project(at_height(corners, height)))

    def _draw_output(self, camera: Camera, state: SweepState) -> None:
        corner, height = self.outputs(state)
        where = cells(*grid_cells(state.geometry.output_shape), height, origin=corner)
        on_page = camera.project(where)
        self._done.set_verts(on_page[: state.step])
        self._pixel.set_verts(on_page[state.step : state.step + 1])
        self._waiting.set_verts(on_page[state.step + 1 :])
        texts = [plain(value) for value in state.y.ravel()[: state.step + 1]]
        self._results.set_path(written(camera, texts, on_page.mean(axis=1)[: len(texts)]))

    def _draw_kernel(self, camera: Camera, state: SweepState, lettering: list[Lettering]) -> None:
        geometry = state.geometry
        pixel, rows, cols = geometry.window(state.step)
        corner = centred(geometry.padded_shape)
        down, across = (part.ravel() for part in np.meshgrid(rows, cols, indexing="ij"))
        taps = camera.project(cells(down, across, 0, origin=corner))
        self._taps.set_verts(taps)
        self._pointed.set_verts([] if state.look is None else taps[state.look.ravel()])
        span = np.array([rows[0], cols[0]]) + corner + CORNERS * geometry.span
        origin, height = self.outputs(state)
        foot = camera.project(at_height(span, 0))
        head = camera.project(at_height(np.array(pixel) + origin + CORNERS, height))
        self._footprint.set_verts(foot[None])
        facing = [(1, 0), (2, 3)] if state.flat else [(i, i) for i in range(4)]
        lines = np.array([(foot[low], head[high]) for low, high in facing])
        gap = 0.2 * max(one.size for one in lettering)
        self._joins.set_segments(broken(lines, np.concatenate([w.boxes for w in lettering]), gap))
        sides = [(foot[i], foot[i - 1], head[i - 1], head[i]) for i in range(4)]
        self._beam.set_verts(np.array([] if state.flat else sides))


def numbers_fit(state: SweepState) -> bool:
    """Say whether the cells are large enough for their numbers."""
    return letters(SweepScene.seen_from(state))[0] > 0


def numbers_hidden(state: SweepState) -> bool:
    """Say whether the output plane hides some of what is written on the input's."""
    camera = SweepScene.seen_from(state)
    outline = SweepScene.covering(camera, state)
    written_below = (*plane_letterings(camera, state), weight_lettering(camera, state))
    return any(one.clear_of(outline) is not one for one in written_below)


def flat_has_all(state: SweepState) -> bool:
    """Say whether the flat view has room for all that is written in this one."""
    here = SweepScene.seen_from(state)
    flat = SweepScene.seen_from(replace(state, flat=True))
    return letters(flat)[0] > 0 and (
        weight_size(flat) > 0 or not (state.weights and weight_size(here))
    )
