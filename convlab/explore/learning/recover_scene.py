"""A hidden filter and the descent on it: pictures and kernels, the loss, and its surface."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.charts import Chart
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.learning import charts
from convlab.explore.learning import recover_words as words
from convlab.explore.learning.greys import greys
from convlab.explore.learning.recover_numbers import RecoverState, slice_losses
from convlab.explore.learning.recover_pictures import after, before
from convlab.formatting import say

SIDE = 118
LEFTS = (8, 152, 296, 442, 584, 724)
"""Even, so that a picture's pixels fall on drawn ones."""
TOP, BOTTOM = 326, 208
CURVE = (58, 28, 370, 144)
SURFACE = (496, 28, 346, 144)
"""Left, bottom, width and height of both charts."""
FEWEST = 8
"""Steps that the curve has room for, at least: where a path ends early, its steps are seen."""
ROLES = ("input", "output", "output", "kernel", "kernel", "products")


class RecoverScene(DrawingScene[RecoverState]):
    """The pictures, the kernels, and both charts."""

    parts: ClassVar = {"answer": [(290, 0, 850, 156), (0, 156, 850, 352)]}

    def __init__(self, *, width: int = 850, height: int = 352) -> None:
        super().__init__(width, height, photographic=True)
        self._still = self.pixels(), self.pixels()
        self._made = self.pixels(moving=True)
        self._surface = self.pixels()
        boxes = zip((*self._still, self._made), LEFTS, strict=False)
        for image, left in boxes:
            image.set_extent((left, left + SIDE, BOTTOM, TOP))
        self._surface.set_extent(_extent(SURFACE))

    def layout(self, state: RecoverState) -> Any:
        """Return what decides about the pictures, and about the surface."""
        return state.descent, state.across, state.up

    def lay_out(self, state: RecoverState) -> None:
        """Show the picture before and after the hidden filter, and the surface."""
        target = after(state.picture, state.weights)
        self._still[0].set_data(greys(before(state.picture), (0.0, 1.0), SIDE))
        self._still[1].set_data(greys(target, _range(target), SIDE))
        chart = surface(state)
        self._surface.set_data(charts.bands(slice_losses(state, *charts.pixels_of(chart))))

    def move(self, state: RecoverState) -> None:
        """Show the kernel of one step, and what it makes."""
        target = after(state.picture, state.weights)
        self._made.set_data(greys(state.made, _range(target), SIDE))
        super().move(state)

    def drawing(self, state: RecoverState) -> Drawing:
        """Return everything but the pictures' pixels."""
        sheet = Drawing()
        titles = zip(words.TITLES, ROLES, LEFTS, strict=True)
        for place, (title, role, left) in enumerate(titles):
            hue = palette.DEEP.get(palette.ROLES.get(role, ""), palette.INK)
            sheet.text(say(title), left + SIDE / 2, self.height - 13, 13.5, hue, bold=True)
            if place < 3:
                frame = CellGrid(1, 1, left - 1.5, TOP + 1.5, SIDE + 3, SIDE + 3)
                sheet.frame(frame, colour=palette.ROLES[role])
        self._draw_kernels(sheet, state)
        _draw_curve(sheet, state)
        _draw_surface(sheet, state)
        return sheet

    def pick(self, state: RecoverState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Let a click on a weight put it on the surface, in the place of the older one."""
        cell = kernel_board(state, 3).index_at(xy)
        if cell is None or cell == state.across:
            return None
        return {"across": cell, "up": state.across}

    @staticmethod
    def _draw_kernels(sheet: Drawing, state: RecoverState) -> None:
        columns = len(state.weights[0])
        names = [f"w_{{{row + 1},{col + 1}}}" for row, col in np.ndindex(np.shape(state.weights))]
        now, hidden, difference = (kernel_board(state, place) for place in (3, 4, 5))
        sheet.grid(now, state.kernel.round(2), "kernel", names=names)
        for index in (state.across, state.up):
            sheet.frame(now, *divmod(index, columns), colour=palette.DEEP[palette.KERNEL])
        if state.revealed:
            sheet.grid(hidden, np.round(state.weights, 2), "kernel")
            sheet.grid(difference, state.difference.round(2), "products")
            worst = int(np.abs(state.difference).argmax())
            if state.error:
                sheet.frame(difference, *divmod(worst, columns))
            return
        unknown = np.ones(np.shape(state.weights), bool)
        for where in (hidden, difference):
            sheet.grid(where, empty=unknown)
            sheet.text("?", *where.middle, 40, palette.QUIET)


def kernel_board(state: RecoverState, place: int) -> CellGrid:
    """Return where a kernel lies."""
    middle = (TOP + BOTTOM) / 2
    return board(np.shape(state.weights), LEFTS[place], middle, (SIDE, SIDE), SIDE)


def surface(state: RecoverState) -> Chart:
    """Return the chart of two weights, around the path and the hidden filter."""
    points = _on_surface(state)
    return Chart(*SURFACE, *charts.around(points, *SURFACE[2:]))


def _on_surface(state: RecoverState) -> np.ndarray:
    """Return the two weights at every step, and last those of the hidden filter."""
    kernels = state.path.kernels
    flat = np.vstack([kernels.reshape(len(kernels), -1), np.ravel(state.weights)])
    return flat[:, [state.across, state.up]]


def _draw_curve(sheet: Drawing, state: RecoverState) -> None:
    powers = charts.log_losses(state.path.losses)
    names, edges = charts.decades(powers)
    steps = max(state.last, FEWEST)
    chart = Chart(*CURVE, (0, steps), edges)
    charts.draw_scales(sheet, chart, charts.rounds(0, steps, 6), names)
    charts.draw_curve(sheet, chart, powers, palette.INK)
    charts.draw_moment(sheet, chart, state.step, powers[state.step])
    middle = chart.left + chart.wide / 2
    sheet.text(words.curve_title(), middle, chart.top + 13, 13.5, bold=True)
    if state.path.diverged:
        hue = palette.DEEP[palette.LOOK_HERE]
        sheet.note(words.stopped(state), chart.left + 100, chart.top - 18, 14, hue)


def _draw_surface(sheet: Drawing, state: RecoverState) -> None:
    chart, points = surface(state), _on_surface(state)
    ticks = (charts.rounds(*edges, 7) for edges in (chart.across, chart.up))
    across, up = ticks
    for value, name in across.items():
        x = chart.places([value], [0])[0, 0]
        sheet.text(name, x, chart.bottom - 11, 12)
    for value, name in up.items():
        y = chart.places([0], [value])[0, 1]
        sheet.text(name, chart.left - 6, y, 12, align="right")
    path = chart.places(*points[:-1].T)
    if len(path) > 1:
        sheet.lines.append(path)
        sheet.line_colours.append(palette.KERNEL)
    charts.mark(sheet, path[state.step])
    x, y = chart.places(*points[-1:].T)[0]
    sheet.line((x - 5, y - 5), (x + 5, y + 5))
    sheet.line((x - 5, y + 5), (x + 5, y - 5))
    middle = chart.left + chart.wide / 2
    sheet.text(words.surface_title(state), middle, chart.top + 13, 13.5, bold=True)


def _extent(chart: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, bottom, wide, high = chart
    return left, left + wide, bottom, bottom + high


def _range(values: np.ndarray) -> tuple[float, float]:
    """Return what is black and what is white; a flat picture is grey."""
    low, high = float(values.min()), float(values.max())
    return (low, high) if high - low > 1e-9 * max(abs(low), 1) else (low - 1, high + 1)
