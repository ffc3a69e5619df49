"""Two kernels that learn edges: strokes and what they are taken for, the kernels, and curves."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.charts import Chart
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.learning import charts
from convlab.explore.learning import edge_words as words
from convlab.explore.learning.edge_numbers import (
    CLASSES,
    GRADIENTS,
    STEPS,
    EdgeState,
    held_out,
)
from convlab.explore.learning.greys import greys
from convlab.formatting import say
from convlab.kernels import KERNELS

SHOWN = (4, 3)
"""Rows and columns of strokes."""
STROKE = 60
KERNELS_LEFT, GRADIENTS_LEFT = 270, 434
TOPS = (326, 156)
SIDE = 118
CHARTS = ((614, 212, 174, 114), (614, 42, 174, 114))
"""Left, bottom, width and height of both charts."""
HUES = (palette.DEEP[palette.KERNEL], palette.KERNEL)
"""Of the curves of both kernels."""
BOLD: Any = {"bold": True}


class EdgeScene(DrawingScene[EdgeState]):
    """Strokes, the two kernels beside the gradients, and how loss and likeness went."""

    parts: ClassVar = {"answer": [(246, 0, 850, 352)]}

    def __init__(self, *, width: int = 850, height: int = 352) -> None:
        super().__init__(width, height, photographic=True)
        self._strokes = [self.pixels() for _ in range(SHOWN[0] * SHOWN[1])]
        for image, where in zip(self._strokes, _places(), strict=True):
            image.set_extent((where.left, where.right, where.bottom, where.top))

    def layout(self, state: EdgeState) -> Any:
        """Return what decides about the strokes."""
        return state.noise

    def lay_out(self, state: EdgeState) -> None:
        """Show the first held-out strokes."""
        for image, picture in zip(self._strokes, held_out(state.noise).pictures, strict=False):
            image.set_data(greys(picture, (0.0, 1.0), STROKE))

    def drawing(self, state: EdgeState) -> Drawing:
        """Return everything but the strokes' pixels."""
        sheet = Drawing()
        _draw_answers(sheet, state)
        for which in range(len(CLASSES)):
            _draw_kernel(sheet, state, which)
        _draw_curves(sheet, state)
        return sheet


def _places() -> list[CellGrid]:
    """Return where the strokes lie."""
    return [
        CellGrid(1, 1, 8 + 76 * col, TOPS[0] - 80 * row, STROKE, STROKE)
        for row, col in np.ndindex(SHOWN)
    ]


def _draw_answers(sheet: Drawing, state: EdgeState) -> None:
    labels = held_out(state.noise).labels
    sheet.text(words.strokes_title(state), 114, TOPS[0] + 13, 13.5, **BOLD)
    for which, where in enumerate(_places()):
        hue = palette.OUTPUT if state.answers[which] == labels[which] else palette.LOOK_HERE
        sheet.frame(where, colour=hue)
        written = words.answer(state, which, int(labels[which]))
        sheet.text(written, where.middle[0], where.bottom - 9, 12, palette.DEEP[hue])


def _draw_kernel(sheet: Drawing, state: EdgeState, which: int) -> None:
    middle = TOPS[which] - SIDE / 2
    kernel = state.kernels[which]
    own = board(kernel.shape, KERNELS_LEFT, middle, (SIDE, SIDE), SIDE)
    other = board(kernel.shape, GRADIENTS_LEFT, middle, (SIDE, SIDE), SIDE)
    hue, above = palette.DEEP[palette.KERNEL], TOPS[which] + 13
    sheet.text(words.kernel_title(which), own.middle[0], above, 13.5, hue, **BOLD)
    sheet.text(words.reference_title(which), other.middle[0], above, 13.5, **BOLD)
    sheet.grid(own, kernel.round(2), "kernel")
    sheet.grid(other, KERNELS[GRADIENTS[which]].weights, "products")
    sheet.text("↔", (own.right + other.left) / 2, middle, 18)
    sheet.text(words.cosine(state, which), (own.right + other.left) / 2, own.bottom - 13, 14)


def _draw_curves(sheet: Drawing, state: EdgeState) -> None:
    losses, cosines = state.run.losses, state.run.cosines
    loss = Chart(*CHARTS[0], (0, STEPS), (0, 1.1 * float(losses.max())))
    likeness = Chart(*CHARTS[1], (0, STEPS), (-1, 1))
    steps = charts.rounds(0, STEPS, 4)
    charts.draw_scales(sheet, loss, steps, charts.rounds(*loss.up, 5))
    charts.draw_scales(sheet, likeness, steps, charts.rounds(-1, 1, 4))
    charts.draw_curve(sheet, loss, losses, palette.INK)
    for which, hue in enumerate(HUES):
        charts.draw_curve(sheet, likeness, cosines[:, which], hue)
    charts.draw_moment(sheet, loss, state.step, losses[state.step])
    charts.draw_moment(sheet, likeness, state.step, *cosines[state.step])
    ends = likeness.places([STEPS, STEPS], cosines[-1])
    lower = int(np.argmin(ends[:, 1]))
    if abs(ends[0, 1] - ends[1, 1]) < 16:
        ends[1 - lower, 1] = ends[lower, 1] + 16
    for name, (x, y) in zip(CLASSES, ends, strict=True):
        sheet.text(say(name), x + 10, y, 12, palette.DEEP[palette.KERNEL], align="left")
    for chart, title in ((loss, words.LOSS), (likeness, words.COSINES)):
        sheet.text(say(title), chart.left + chart.wide / 2, chart.top + 13, 13.5, **BOLD)
