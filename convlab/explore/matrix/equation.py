"""A row or a column of C̃ written out as sums, for the space below the matrix."""

from __future__ import annotations

from typing import NamedTuple

from convlab.draw.cell_grid import CellGrid
from convlab.explore.matrix.matrix_layout import HEIGHT, WIDTH, places_of
from convlab.explore.matrix.matrix_numbers import AS_COLUMN, NO_BIAS, ROW, MatrixState

WEIGHT, INPUT, OUTPUT, SIGN, PADDING = range(5)
"""Kinds of pieces; each has its own colour."""
TERM = 98.0
LINE, ABOVE, INDENT = 25.0, 36.0, 50.0
"""Pixels from line to line, from the matrix to the first one, and before the equals sign."""


class Piece(NamedTuple):
    """A bit of writing: its kind, its text, where on which line, and how it is aligned there."""

    kind: int
    text: str
    place: float
    line: int
    align: str


def spell(state: MatrixState) -> list[Piece]:
    """Return the sum that a row stands for, or the term of a column in each sum that has it."""
    return _row(state) if state.follow == ROW else _column(state)


def fits(pieces: list[Piece], board: CellGrid) -> bool:
    """Say whether sums have room below a matrix that lies there."""
    lines = max((piece.line for piece in pieces), default=0)
    wide = max((piece.place for piece in pieces), default=0) + 90
    return lines * LINE <= board.bottom - ABOVE - 16 and wide <= board.right - board.left


def is_spelled(state: MatrixState) -> bool:
    """Say whether the picture has room for the sums."""
    return fits(spell(state), places_of(state, WIDTH, HEIGHT).matrix)


def _row(state: MatrixState) -> list[Piece]:
    channel, pixel = divmod(state.step, state.geometry.steps)
    taps, (_, depth, rows, cols) = state.taps[:, pixel], state.weight.shape
    pieces = _left_side(state.y_texts[state.step], 0)
    for part in range(depth):
        texts = state.kernel_texts(channel, part)
        for cell, (text, at) in enumerate(zip(texts, taps.tolist(), strict=True)):
            row, col = divmod(cell, cols)
            line = part * rows + row
            x = None if at < 0 else state.x_texts[part * state.x[0].size + at]
            pieces += _term(text, x, col * TERM, line)
            if line or col:
                pieces.append(Piece(SIGN, "+", col * TERM - 12, line, "right"))
    if state.bias != NO_BIAS:
        line, bias = depth * rows, state.bias_texts[state.step]
        pieces.append(Piece(SIGN, "+", -12, line, "right"))
        if state.bias == AS_COLUMN:
            pieces += _term(bias, "1", 0, line)
        else:
            pieces.append(Piece(WEIGHT, bias, 33, line, "right"))
    return pieces


def _column(state: MatrixState) -> list[Piece]:
    pieces: list[Piece] = []
    for line, row in enumerate(state.met.tolist()):
        pieces += _left_side(state.y_texts[row], line)
        pieces.append(Piece(SIGN, "··· +", 2, line, "left"))
        pieces += _term(state.entry_text(row, state.step), state.x_texts[state.step], 40, line)
        pieces.append(Piece(SIGN, "+ ···", 118, line, "left"))
    return pieces


def _left_side(text: str, line: int) -> list[Piece]:
    return [Piece(OUTPUT, text, -28, line, "right"), Piece(SIGN, "=", -12, line, "right")]


def _term(weight: str, x: str | None, start: float, line: int) -> list[Piece]:
    """Write weight · input; None is padding, a zero."""
    kinds = (PADDING,) * 3 if x is None else (WEIGHT, SIGN, INPUT)
    return [
        Piece(kinds[0], weight, start + 33, line, "right"),
        Piece(kinds[1], "·", start + 38, line, "center"),
        Piece(kinds[2], x or "0", start + 43, line, "left"),
    ]
