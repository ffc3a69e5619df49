"""The same picture, moved, and what four layers make of both."""

from __future__ import annotations

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.draw.text import text_path
from convlab.explore.pooling import shift_words as words
from convlab.explore.pooling.shift_numbers import SIDE, ShiftState, answers
from convlab.formatting import plain


class ShiftScene(DrawingScene[ShiftState]):
    """Two rows: the input and four outputs, and below the same of the moved input."""

    def __init__(self, *, width: int = 850, height: int = 370) -> None:
        super().__init__(width, height)

    def drawing(self, state: ShiftState) -> Drawing:
        """Draw both rows, frame what changed, and dash what there is nothing to compare with."""
        sheet = Drawing()
        side, tops = 138.0, (self.height - 42.0, self.height - 220.0)
        for top, shift in zip(tops, (0, state.shift), strict=True):
            board = _board(SIDE, 12, top, side)
            _paint(sheet, board, state.input(shift), palette.INPUT, 8)
            name = words.input_name(shift, moved=top == tops[1])
            sheet.text(name, board.middle[0], top + 14, 14, palette.DEEP[palette.INPUT], bold=True)
        for number, answer in enumerate(answers(state), start=1):
            left = 12 + number * 173.0
            limit = max(np.abs(answer.before).max(), np.abs(answer.after).max(), 1.0)
            known = (None, answer.compared)
            for top, values, mask in zip(tops, answer[1:3], known, strict=True):
                board = _board(len(values), left, top, side)
                _paint(sheet, board, values, palette.OUTPUT, 1.6 * limit, compared=mask)
            sheet.text(
                words.layer(answer),
                board.middle[0],
                tops[0] + 14,
                14,
                palette.DEEP[palette.OUTPUT],
                bold=True,
            )
            changed = board.marked(answer.changed)
            sheet.frames.extend(changed)
            sheet.frame_colours.extend([palette.LOOK_HERE] * len(changed))
            sheet.text(words.changed(answer), board.middle[0], tops[1] + 14, 13)
        return sheet


def _board(count: int, left: float, top: float, side: float) -> CellGrid:
    return CellGrid(count, count, left, top, side / count, side / count)


def _paint(
    sheet: Drawing,
    board: CellGrid,
    values: np.ndarray,
    edge: str,
    limit: float,
    *,
    compared: np.ndarray | None = None,
) -> None:
    """Put a grid on the sheet whose cells are coloured by their values, and numbered with room.

    Cells that are compared with nothing are dashed.
    """
    compared = np.ones(values.shape, bool) if compared is None else compared
    sheet.cells.extend(board.boxes())
    sheet.faces.extend(palette.diverging(values, limit).reshape(-1, 4))
    sheet.edges.extend(edge if known else palette.PAPER for known in compared.ravel())
    sheet.grid(board, shown=~compared, empty=~compared)
    if board.high < 16:
        return
    size = min(13.0, 0.6 * board.high)
    places = np.array([board.centre(row, col) for row, col in np.ndindex(values.shape)])
    texts = [plain(round(value, 1)) for value in values.ravel()]
    sheet.words[palette.INK].append(text_path(texts, places, size, room=0.84 * board.wide))
