"""One input cell and all the outputs that it feeds, with the weight on each line, in 3-D."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.camera import cells
from convlab.draw.cell_styles import OUTPUT_CELLS, WAITING_CELLS
from convlab.draw.lifted import LiftedScene
from convlab.draw.planes import cell_under, centred, grid_cells, written
from convlab.draw.shapes import arrow
from convlab.draw.text import LEGIBLE, joined, text_path
from convlab.explore.backprop.fan_out_numbers import FanOutState
from convlab.explore.backprop.names import numbered, weight_name
from convlab.formatting import plain

ALONG = (0.6, 0.5, 0.4, 0.68, 0.3, 0.78, 0.22, 0.86, 0.55, 0.45, 0.35, 0.26, 0.9)
"""Where on a line its weight may stand, first choice first: 0 is the input cell, 1 the output."""

SMALLEST = 10
"""Font size of an output's name below which it is left to the table beside the picture."""
MOST = 2.5
"""How much larger an output cell is drawn at most, so that the lines fan out."""


class FanOutScene(LiftedScene[FanOutState]):
    """Input plane below, output plane above, and a line for each weight that a cell meets."""

    parts: ClassVar = {"outputs": [(250, 0, 500, 30), (0, 36, 500, 264)]}

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
        self._heads = self.polygons(moving=True, edgecolors="none")
        self._waiting = self.polygons(moving=True, **WAITING_CELLS)
        self._fed = self.polygons(moving=True, **OUTPUT_CELLS | {"alpha": 0.72, "linewidths": 1.6})
        self._names = self.text(palette.DEEP[green], moving=True)
        self._tags = self.polygons(
            moving=True, facecolors=palette.PAPER, edgecolors=orange, linewidths=1.0
        )
        self._weights = self.text(palette.DEEP[orange], moving=True)

    def pick(self, state: FanOutState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the input cell that is drawn at a place, counted from 1 as its slider does."""
        geometry = state.geometry
        cell = cell_under(xy, self.camera(state), geometry.padded_shape, 0)
        if cell is None:
            return None
        row, col = (at - side.start for at, side in zip(cell, geometry.inside, strict=True))
        rows, cols = geometry.input_shape
        inside = 0 <= row < rows and 0 <= col < cols
        return {"cell": row * cols + col + 1} if inside else None

    def layout(self, state: FanOutState) -> Any:
        """Return what decides about the cells of the input and their numbers."""
        return state.geometry, self.camera(state)

    def lay_out(self, state: FanOutState) -> None:
        """Show the input and its numbers."""
        camera = self.camera(state)
        self.draw_input(camera, state.geometry)
        texts = [plain(value) for value in state.numbers.x.ravel()]
        places = camera.project(self.inputs(state.geometry)).mean(axis=1)
        self._values.set_path(written(camera, texts, places))

    def move(self, state: FanOutState) -> None:
        """Show the chosen cell, the lines from it, and the outputs."""
        camera, n, geometry = self.camera(state), state.numbers, state.geometry
        below = camera.project(self.inputs(geometry))[state.cell]
        outputs = cells(*grid_cells(n.y.shape), self.lift(geometry), origin=centred(n.y.shape))
        wider = min(MOST, *np.divide(geometry.padded_shape, n.y.shape))
        above = camera.project(outputs * (wider, wider, 1))
        pixels = [connection.pixel for connection in state.feeds]
        self._chosen.set_verts(below[None])
        self._fed.set_verts(list(above[pixels]))
        self._waiting.set_verts(list(np.delete(above, pixels, axis=0)))
        start, ends = below.mean(axis=0), above[pixels].mean(axis=1)
        self._draw_arrows(state, start, ends)
        value = state.gradient if state.backward else n.x.ravel()[state.cell]
        self._value.set_path(written(camera, [plain(value)], start[None]))
        grads = [plain(grad) for grad in n.grad_output.ravel()]
        names = grads if state.backward else numbered("y", n.y.size)
        size = min(18, 0.55 * wider * float(np.linalg.norm(camera.matrix[1, :2])))
        shown = [names[pixel] for pixel in pixels] if size >= SMALLEST else []
        self._names.set_path(text_path(shown, ends[: len(shown)], max(size, LEGIBLE), bold=True))
        weights = [weight_name(*line.weight) for line in state.feeds]
        products = [plain(product) for product in state.products]
        self._draw_weights(start, ends, products if state.backward else weights)

    def _draw_arrows(self, state: FanOutState, start: np.ndarray, ends: np.ndarray) -> None:
        """Draw the lines, with heads where they lead, in the colour of what travels on them."""
        back = state.backward
        hue = palette.GRADIENT if back else palette.KERNEL
        arrows = [arrow(end, start, 10) if back else arrow(start, end, 10) for end in ends]
        self._lines.set_segments([shaft for shaft, _ in arrows])
        self._heads.set_verts([head for _, head in arrows])
        self._lines.set_color(hue)
        self._heads.set_facecolor(palette.DEEP[hue])
        role = palette.GRADIENT if back else palette.OUTPUT
        self._fed.set_facecolor(palette.tint(role, 0.3))
        self._fed.set_edgecolor(role)
        self._names.set_facecolor(palette.DEEP[role])
        chosen = palette.GRADIENT if back else palette.INPUT
        self._chosen.set_facecolor(palette.tint(chosen, 0.62))
        self._tags.set_edgecolor(hue)
        self._weights.set_facecolor(palette.DEEP[hue])

    def _draw_weights(self, start: np.ndarray, ends: np.ndarray, texts: list[str]) -> None:
        boxes: list[np.ndarray] = []
        paths: list[Path] = []
        for end, text in zip(ends, texts, strict=True):
            path = text_path([text], np.zeros((1, 2)), 12, bold=True)
            x = path.get_extents().x1 + 2
            tags = [np.array([[-x, -8], [x, 8]]) + start + t * (end - start) for t in ALONG]
            tag = min(tags, key=lambda tag: _covered(tag, boxes))
            paths.append(Path(path.vertices + tag.mean(axis=0), path.codes))
            boxes.append(tag)
        self._tags.set_verts([tag[[[0, 0], [1, 0], [1, 1], [0, 1]], [0, 1]] for tag in boxes])
        self._weights.set_path(joined(paths))


def _covered(tag: np.ndarray, others: list[np.ndarray]) -> float:
    """Return how much of a tag, given as two corners, lies on others, in square pixels."""
    over = [np.minimum(tag[1], other[1]) - np.maximum(tag[0], other[0]) for other in others]
    return sum(float(np.clip(part, 0, None).prod()) for part in over)
