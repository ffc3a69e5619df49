"""What the picture of C̃ beside the patch matrix says."""

from __future__ import annotations

import numpy as np

from convlab.explore.matrix.matrix_numbers import MatrixState
from convlab.explore.matrix.matrix_words import by
from convlab.formatting import plain, say, say_number
from convlab.widgets.html import coloured


def headings() -> list[str]:
    """Return what stands above the two products."""
    return [say("unroll the kernel:  C̃ Ĩ = Õ"), say("unroll the input:  w P = Õᵀ")]


def titles(state: MatrixState) -> dict[str, str]:
    """Return what stands above, or beside, each part of the picture."""
    return {
        "matrix": say("C̃  {size}", size=by(state.shape)),
        "weights": say("w  {size}", size=by((1, state.order.size))),
        "kernel": say("kernel"),
        "x": say("Ĩ  {size}", size=by((state.x.size, 1))),
        "patches": say("P  {size}", size=by(state.taps.shape)),
        "input": say("input"),
        "y": say("Õ"),
        "results": say("Õᵀ"),
    }


def describe(state: MatrixState) -> str:
    """Say what agrees, and what each of the two matrices stores."""
    number, value = state.step + 1, plain(state.y.ravel()[state.step])
    y = say("y<sub>{number}</sub> = {value}", number=number, value=value)
    zeros = "{rows} × {cols} = {entries}, {zeros} of them zero"
    if not state.zeros:
        zeros = "{rows} × {cols} = {entries}, none of them zero"
    return say(
        "Row {number} of {matrix} and column {number} of {patches} make the same {y}. C̃ repeats "
        "the kernel in every row: {stored}. {copies}.",
        number=number,
        matrix=coloured(say("C̃"), "kernel"),
        patches=coloured(say("P"), "input"),
        y=coloured(y, "output"),
        stored=say(
            zeros,
            rows=state.shape[0],
            cols=state.shape[1],
            entries=_entries(state.which.size),
            zeros=state.zeros,
        ),
        copies=_copies(state),
    )


def _copies(state: MatrixState) -> str:
    rows, cols = state.taps.shape
    most = int(np.bincount(state.taps[state.taps >= 0]).max(initial=0))
    sentence = "P repeats the input, a cell up to {most} times: {rows} × {cols} = {entries}"
    if most == 2:
        sentence = "P repeats the input, a cell up to twice: {rows} × {cols} = {entries}"
    if most < 2:
        sentence = "P holds no input cell twice: {rows} × {cols} = {entries}"
    return say(sentence, most=most, rows=rows, cols=cols, entries=_entries(state.taps.size))


def _entries(count: int) -> str:
    return say_number(count, "1 entry", "{number} entries")
