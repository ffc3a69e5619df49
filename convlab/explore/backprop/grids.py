"""What the flat pictures of this topic share: grids in a row, with signs between them."""

from __future__ import annotations

from typing import Any

import numpy as np

from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.drawing import WORDS, Drawing
from convlab.explore.backprop.names import numbered

MIDDLE = 126
"""Height of the middle of a row of grids, in pixels."""
ROOM = 228
"""Largest height of a grid under its title."""


class Row:
    """Grids with signs between them, put on a drawing from left to right.

    `right` is where the next one begins; all are centred on the height `middle`.
    """

    def __init__(self, drawing: Drawing, left: float, middle: float = MIDDLE) -> None:
        self.drawing, self.right, self.middle = drawing, left, middle

    def grid(
        self,
        values: np.ndarray,
        role: str,
        room: tuple[float, float],
        most: float,
        *,
        there: np.ndarray | None = None,
        **options: Any,
    ) -> CellGrid:
        """Put the next grid, with cells as large as its room and `most` allow; return its place."""
        where = board(values.shape, self.right, self.middle, room, most)
        if there is None:
            self.drawing.grid(where, values, role, **options)
        else:
            partly(self.drawing, where, values, role, there, **options)
        self.right = where.right
        return where

    def sign(self, text: str, gap: float, size: float = 22) -> None:
        """Leave a gap before the next grid, and write an operator into it."""
        self.drawing.text(text, self.right + gap / 2, self.middle, size)
        self.right += gap

    def arrow(self, gap: float, before: float = 10, after: float = 8, note: str = "") -> None:
        """Leave a gap, and draw an arrow into it, with a note in the middle of the gap."""
        start, self.right = self.right, self.right + gap
        ends = (start + before, self.middle), (self.right - after, self.middle)
        self.drawing.arrow(*ends)
        if note:
            self.drawing.note(note, start + gap / 2, self.middle, 16)


def partly(
    drawing: Drawing,
    where: CellGrid,
    values: np.ndarray,
    role: str,
    there: np.ndarray,
    **options: Any,
) -> None:
    """Draw the cells that are there with their numbers, and of the others a dashed outline."""
    drawing.grid(where, values, role, shown=there, **options)
    drawing.grid(where, shown=~there, empty=~there)


def named(values: np.ndarray, letter: str = "y") -> dict[str, Any]:
    """Return the names of all cells, as an option of a grid."""
    return {"names": numbered(letter, values.size)}


def label(
    drawing: Drawing, text: str, place: tuple[float, float], role: str, size: float = 16
) -> None:
    """Write the symbol of a grid beside it, in the colour of its role."""
    drawing.text(text, *place, size, WORDS[role], bold=True)
