"""Three gradients as they were coded, beside the numerical ones, and what lies between them."""

from __future__ import annotations

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.backprop import gradient_check_words as words
from convlab.explore.backprop.gradient_check_numbers import (
    Agreement,
    Checked,
)
from convlab.explore.backprop.grids import partly
from convlab.formatting import say

PLACES = {"x": (16, 290, 156, 222), "weight": (550, 290, 84, 84), "bias": (550, 140, 84, 40)}
"""Left and top of each comparison, and the room for each of its grids, in pixels."""

MOST_CELLS = 400
"""Of a gradient that is larger than it should be, if it is to be drawn."""


class GradientCheckScene(DrawingScene[Checked]):
    """Coded, numerical and difference, for ∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b."""

    def __init__(self, *, width: int = 850, height: int = 300) -> None:
        super().__init__(width, height)

    def drawing(self, state: Checked) -> Drawing:
        """Return what is drawn."""
        drawing = Drawing()
        for part, agreement in state.agreements.items():
            _compare(drawing, words.NAMES[part], agreement, *PLACES[part])
        return drawing


@np.errstate(over="ignore", invalid="ignore")  # a reader's own gradient may hold anything
def _compare(
    drawing: Drawing,
    name: str,
    agreement: Agreement,
    left: float,
    top: float,
    wide: float,
    high: float,
) -> None:
    own, other = (np.atleast_2d(part).astype(float) for part in agreement)
    first, second, third = grids = [
        _board(other.shape, left + k * (wide + 20), top - 52, (wide, high)) for k in range(3)
    ]
    colour = palette.DEEP[palette.OUTPUT if agreement.passes else palette.LOOK_HERE]
    label = palette.DEEP[palette.GRADIENT]
    drawing.text(name, left, top - 10, 17, label, align="left", bold=True)
    verdict = words.verdict(agreement)
    drawing.text(verdict, left + 66, top - 10, 15, colour, align="left", bold=True)
    for where, title in zip(grids, words.COLUMNS, strict=True):
        drawing.text(say(title), where.left, top - 37, 13, align="left")
    if own.ndim > 2 or not 0 < own.size <= MOST_CELLS:
        drawing.grid(first, empty=np.ones(other.shape, bool))
    elif own.shape[0] > other.shape[0] or own.shape[1] > other.shape[1]:
        larger = _board(own.shape, first.left, first.top, (wide, high))
        drawing.grid(larger, own.round(6), "gradient")
    else:
        there = np.zeros(other.shape, bool)
        there[: own.shape[0], : own.shape[1]] = np.isfinite(own)
        padded = np.zeros(other.shape)
        padded[there] = own[np.isfinite(own)]
        partly(drawing, first, padded.round(6), "gradient", there)
    drawing.grid(second, other.round(6), "gradient")
    if not agreement.same_shape:
        drawing.grid(third, empty=np.ones(other.shape, bool))
        return
    finite = np.isfinite(own)
    partly(drawing, third, (np.where(finite, own, 0) - other).round(6), "products", finite)
    for row, col in np.argwhere(np.atleast_2d(agreement.differs)).tolist():
        drawing.frame(third, row, col)


def _board(shape: tuple[int, ...], left: float, top: float, room: tuple[float, float]) -> CellGrid:
    """Return a grid of square cells, as large as its room allows."""
    rows, cols = shape
    side = min(38.0, room[0] / cols, room[1] / rows)
    return CellGrid(rows, cols, left, top, side, side)
