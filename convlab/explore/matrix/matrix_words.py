"""What the picture of C̃ says."""

from __future__ import annotations

from convlab.explore.matrix.equation import is_spelled
from convlab.explore.matrix.matrix_numbers import (
    ADDED,
    AS_COLUMN,
    COLUMN,
    NO_BIAS,
    ROW,
    MatrixState,
)
from convlab.formatting import plain, say, say_number
from convlab.geometry import Pair
from convlab.widgets.html import coloured

CHANNELS_IN, CHANNELS_OUT, BIAS, FOLLOW = "channels in", "channels out", "bias", "follow"
OPERATION, NUMBERS, NUMBERS_TIP = "operation", "numbers", "numbers instead of symbols"
FOLLOWED = [("a row: one output pixel", ROW), ("a column: one input cell", COLUMN)]
BIASES = [("none", NO_BIAS), ("a vector, added", ADDED), ("one more column", AS_COLUMN)]
NAMED = 4
"""Outputs of a column that the caption names one by one."""


def titles(state: MatrixState) -> dict[str, str]:
    """Return what stands above each part of the picture."""
    return {
        "output": say("output {size}", size=by(state.y.shape)),
        "y": say("Õ"),
        "kernel": say("kernel {size}", size=by(state.weight.shape)),
        "bias": say("b"),
        "matrix": say("C̃  {size}", size=by(state.shape)),
        "x": say("Ĩ"),
        "input": say("input {size}", size=by(state.x.shape)),
    }


def by(shape: tuple[int, ...]) -> str:
    """Write a shape, without the channels where there is one.

    Examples
    --------
    >>> by((1, 1, 3, 2)), by((2, 3, 2))
    ('3 × 2', '2 × 3 × 2')
    """
    return " × ".join(map(str, shape[-2:] if set(shape[:-2]) <= {1} else shape))


def describe(state: MatrixState) -> str:
    """Say what the row or the column holds, and how much of C̃ is zeros."""
    share = 100 * state.zeros / state.which.size
    return say(
        "{line} Zeros in all C̃: {zeros} of {entries} ({share} %).",
        line=_row(state) if state.follow == ROW else _column(state),
        zeros=state.zeros,
        entries=state.which.size,
        share=f"{share:.0f}" if share < 99.5 else f"{share:.1f}",
    )


def explain(state: MatrixState) -> str:
    """Return the sum of the row that is followed, where the picture has no room for it."""
    if state.follow != ROW or is_spelled(state):
        return ""
    met = state.met.tolist()
    terms = [
        f"{coloured(_in_sum(state.matrix[state.step, at]), 'kernel')}·"
        f"{coloured(_in_sum(state.column[at]), 'input')}"
        for at in met
    ]
    if state.bias == ADDED:
        terms.append(coloured(_in_sum(state.biases[state.step // state.geometry.steps]), "kernel"))
    y = coloured(f"y<sub>{state.step + 1}</sub>", "output")
    value = coloured(plain(state.y.ravel()[state.step]), "output")
    return f'<div class="convlab-sum">{y} = {" + ".join(terms) or 0} = {value}</div>'


def _in_sum(value: float) -> str:
    return plain(value) if value >= 0 else f"({plain(value)})"


def _row(state: MatrixState) -> str:
    channel, pixel = divmod(state.step, state.geometry.steps)
    y = say(
        "y<sub>{number}</sub>, output pixel {place} = {value}",
        number=state.step + 1,
        place=_place(channel, state.geometry.window(pixel).pixel, state.channels_out),
        value=plain(state.y.ravel()[state.step]),
    )
    terms = _weights(state)
    if state.bias != NO_BIAS:
        bias = plain(state.biases[channel])
        terms = say("{weights}, and the bias {bias}", weights=terms, bias=bias)
    return say_number(
        state.shape[1] - len(state.met),
        "Row {row} of {rows} makes {y}, {terms}. The rest of the row: 1 zero.",
        "Row {row} of {rows} makes {y}, {terms}. The rest of the row: {number} zeros.",
        row=state.step + 1,
        rows=state.shape[0],
        y=coloured(y, "output"),
        terms=terms,
    )


def _weights(state: MatrixState) -> str:
    met = int((state.line >= 0).sum())
    lost = state.weight[0].size - met
    if not met:
        return say("from no weight at all: all of them fall on padding")
    weights = coloured(say_number(met, "1 weight", "{number} weights"), "kernel")
    if not lost:
        return say("from {weights} and the inputs that they meet", weights=weights)
    return say_number(
        lost,
        "from {weights} and the inputs that they meet; 1 more falls on padding and has no column",
        "from {weights} and the inputs that they meet; {number} more fall on padding and have no "
        "column",
        weights=weights,
    )


def _column(state: MatrixState) -> str:
    (rows, cols), column = state.shape, state.step + 1
    if state.step == state.x.size:
        return say_number(
            rows,
            "Column {column} of {columns} belongs to {constant}, which no pixel holds: it adds the "
            "bias to the only output.",
            "Column {column} of {columns} belongs to {constant}, which no pixel holds: it adds the "
            "bias to all {number} outputs.",
            column=column,
            columns=cols,
            constant=coloured(say("the constant 1"), "kernel"),
        )
    channel, cell = divmod(state.step, state.x[0].size)
    x = say(
        "x<sub>{number}</sub>, input cell {place} = {value}",
        number=column,
        place=_place(channel, divmod(cell, state.x.shape[2]), state.channels_in),
        value=plain(state.x.ravel()[state.step]),
    )
    given = {"column": column, "columns": cols, "x": coloured(x, "input")}
    if not len(state.met):
        return say(
            "Column {column} of {columns} belongs to {x}: no window covers it, so the column is "
            "all zeros.",
            **given,
        )
    uses = say(", ").join(_use(state, row) for row in state.met[:NAMED].tolist())
    if len(state.met) > NAMED:
        uses = say("{uses} and {more} more", uses=uses, more=len(state.met) - NAMED)
    return say_number(
        len(state.met),
        "Column {column} of {columns} belongs to {x}, which feeds 1 output: {uses}.",
        "Column {column} of {columns} belongs to {x}, which feeds {number} outputs: {uses}.",
        uses=uses,
        **given,
    )


def _use(state: MatrixState, row: int) -> str:
    text = state.entry_text(row, state.step).replace("_{", "<sub>").replace("}", "</sub>")
    y = coloured(f"y<sub>{row + 1}</sub>", "output")
    return say("{y} with {weight}", y=y, weight=coloured(text, "kernel"))


def _place(channel: int, pixel: Pair, channels: int) -> str:
    row, col = pixel
    return f"({row}, {col})" if channels == 1 else f"({channel}, {row}, {col})"
