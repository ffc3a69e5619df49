"""A row or a column of C̃ written out as sums, for the space below the matrix."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convlab.explore.matrix.matrix_product import (
    AS_COLUMN,
    NO_BIAS,
    ROW,
    ZERO,
    MatrixState,
    Product,
)

WEIGHT, INPUT, OUTPUT, SIGN, PADDING = range(5)
"""Kinds of pieces; each has its own colour."""
TERM = 98.0


class Piece(NamedTuple):
    """A bit of writing: its kind, its text, where on which line, and how it is aligned there."""

    kind: int
    text: str
    place: float
    line: int
    align: str


def spell(model: Product, state: MatrixState) -> list[Piece]:
    """Return the sum that a row stands for, or the term of a column in each sum that has it."""
    return _row(model, state) if state.follow == ROW else _column(model, state.step)


def _row(model: Product, state: MatrixState) -> list[Piece]:
    channel, pixel = divmod(state.step, state.geometry.steps)
    taps = taps_of(state)[:, pixel]
    pieces, width = _left_side(model.y_texts[state.step], 0), model.weight.shape[3]
    for depth in range(len(model.x)):
        texts = model.kernel_texts(channel, depth)
        for cell, (text, at) in enumerate(zip(texts, taps.tolist(), strict=True)):
            row, col = divmod(cell, width)
            line = depth * model.weight.shape[2] + row
            x = None if at < 0 else model.x_texts[depth * model.x[0].size + at]
            pieces += _term(text, x, col * TERM, line)
            if line or col:
                pieces.append(Piece(SIGN, "+", col * TERM - 12, line, "right"))
    if state.bias != NO_BIAS:
        line += 1
        pieces.append(Piece(SIGN, "+", -12, line, "right"))
        if state.bias == AS_COLUMN:
            pieces += _term(model.bias_texts[state.step], "1", 0, line)
        else:
            pieces.append(Piece(WEIGHT, model.bias_texts[state.step], 33, line, "right"))
    return pieces


def _column(model: Product, col: int) -> list[Piece]:
    pieces: list[Piece] = []
    for line, row in enumerate(np.flatnonzero(model.which[:, col] != ZERO).tolist()):
        pieces += _left_side(model.y_texts[row], line)
        pieces.append(Piece(SIGN, "··· +", 2, line, "left"))
        pieces += _term(model.entry_text(row, col), model.x_texts[col], 40, line)
        pieces.append(Piece(SIGN, "+ ···", 118, line, "left"))
    return pieces


def taps_of(state: MatrixState) -> np.ndarray:
    """Return the input cell that each kernel cell meets at each output pixel; -1 on padding."""
    rows, cols = state.geometry.input_shape
    cells = np.arange(rows * cols).reshape(rows, cols)
    padded = np.pad(cells, state.geometry.padding, constant_values=-1)
    return np.array([padded[tap.view].ravel() for tap in state.geometry.taps])


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
