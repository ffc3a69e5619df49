"""How sure the network is of each class: a row of bars."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing
from convlab.draw.text import LEGIBLE
from convlab.explore.network import see_through_words as words

BAR = 40.0
"""Pixels of a probability of 1."""


def draw_bars(
    sheet: Drawing,
    board: CellGrid,
    shares: Iterable[float],
    chosen: int,
    *,
    half: float,
    size: float,
    bold_share: bool = False,
) -> None:
    """Draw a bar for each class in a row of the board, its digit before it, its share behind.

    Parameters
    ----------
    sheet : Drawing
    board : CellGrid, one column
    shares : iterable of float
        From 0 to 1.
    chosen : int
        The class whose digit is bold.
    half : float
        Pixels from the middle of a bar to its edge; the digit stands 2 further away.
    size : float
        Of the digits.
    bold_share : bool, default False
        Whether the share of the chosen class is bold, too.
    """
    for row, share in enumerate(shares):
        x, y = board.left, board.centre(row, 0)[1]
        wide = max(1.0, BAR * float(share))
        corners = [[x, y - half], [x + wide, y - half], [x + wide, y + half], [x, y + half]]
        sheet.cells.append(np.array(corners))
        sheet.faces.append(palette.tint(palette.OUTPUT, 0.62))
        sheet.edges.append(palette.DEEP[palette.OUTPUT])
        bold = row == chosen
        sheet.text(str(row), x - half - 2, y, size, bold=bold)
        shown = words.percent(float(share))
        sheet.text(shown, x + wide + 4, y, LEGIBLE, align="left", bold=bold and bold_share)
