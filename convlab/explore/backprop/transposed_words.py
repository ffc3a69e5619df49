"""What the explorer of the transposed convolution says of its picture."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from convlab.explore.backprop.transposed_numbers import INSERTION, SCATTER, TransposedState
from convlab.formatting import in_a_row, listed, plain, say, say_number
from convlab.widgets.html import coloured, formula, grid, line_of, panel

LABELS = {"view": "view", "output_padding": "output padding", "step": "step"}
VIEWS = [
    ("scatter", SCATTER),
    ("zero insertion", INSERTION),
]
CELLS = {1: 30, 2: 30, 3: 26, 4: 22}
"""Pixels of a cell in the tables, by the kernel's longer side."""


def titles(state: TransposedState) -> dict[str, str]:
    """Return the titles of the grids."""
    if state.view == INSERTION:
        return {"input": say("zero-inserted input"), "output": say("output")}
    names = {"input": say("input"), "counts": say("products per cell")}
    return names | {"output": say("output so far")}


def describe(state: TransposedState) -> str:
    """Say what this step does, and whether all output cells are reached equally often."""
    step = _adds(state) if state.view == SCATTER else _reads(state)
    return in_a_row(step, _evenness(state))


def _adds(state: TransposedState) -> str:
    (row, col), *window = state.window
    reach = [
        (max(0, part.start - p), min(n, part.stop - p) - 1)
        for part, p, n in zip(window, state.padding, state.output_shape, strict=True)
    ]
    cell = say("input cell ({row}, {col}) = {x}", row=row, col=col, x=plain(state.x[row, col]))
    step = say(
        "Step {step} of 0 to {last}: {cell}, times the kernel, is added to output {rows}, {cols}.",
        step=state.step,
        last=state.steps - 1,
        cell=coloured(cell, "input"),
        rows=_span(reach[0], "row {first}", "rows {first} to {last}"),
        cols=_span(reach[1], "column {first}", "columns {first} to {last}"),
    )
    cut = int(state.cropped[tuple(window)].sum())
    lost = say_number(cut, "The padding takes 1 away.", "The padding takes {number} away.")
    return in_a_row(step, lost if cut else "")


def _span(reach: tuple[int, int], one: str, several: str) -> str:
    return say(one if reach[0] == reach[1] else several, first=reach[0], last=reach[1])


def _reads(state: TransposedState) -> str:
    (row, col), *window = state.window
    met = int(state.is_input[tuple(window)].sum())
    cell = say("output cell ({row}, {col}) = {y}", row=row, col=col, y=plain(state.y[row, col]))
    return say(
        "Step {step} of 0 to {last}: {cell}; in its window the rotated kernel meets {cells} "
        "and {zeros}.",
        step=state.step,
        last=state.steps - 1,
        cell=coloured(cell, "output"),
        cells=say_number(met, "1 input cell", "{number} input cells"),
        zeros=say_number(state.weight.size - met, "1 zero", "{number} zeros"),
    )


def _evenness(state: TransposedState) -> str:
    rows, cols = state.steady
    counts = sorted({row * col for row in rows for col in cols})
    if len(counts) == 1:
        return say_number(
            counts[0],
            "The stride divides the kernel: away from the edges, every cell is reached by 1 "
            "product.",
            "The stride divides the kernel: away from the edges, every cell is reached by "
            "{number} products.",
        )
    if len(rows) == len(cols):
        sentence = (
            "The stride does not divide the kernel: away from the edges, cells are reached by "
            "{counts} products in turn: a checkerboard."
        )
    else:
        sentence = (
            "On one axis the stride does not divide the kernel: inside, cells are reached by "
            "{counts} products in turn: stripes."
        )
    return say(sentence, counts=listed(counts))


def explain(state: TransposedState) -> str:
    """Return the arithmetic of the step, and the size formula in symbols and in numbers."""
    _, rows, cols = state.window
    cell = CELLS[max(state.kernel)]
    if state.view == SCATTER:
        value = state.x.ravel()[state.step]
        left = grid(np.array([[value]]), "input", say("cell"), cell=36)
        right = grid(state.weight, "kernel", say("kernel"), cell=cell)
        result = [grid(value * state.weight, "output", say("is added"), cell=cell)]
    else:
        patch = state.inserted[rows, cols]
        products = patch * state.rotated
        left = grid(patch, "input", say("window"), empty=~state.is_input[rows, cols], cell=cell)
        right = grid(state.rotated, "kernel", say("rotated kernel"), cell=cell)
        result = [grid(products, "products", say("products"), cell=cell), "→"]
        result += [grid(np.array([[products.sum()]]), "output", say("sum"), cell=48)]
    return panel(line_of(left, "×", right), line_of("=", *result), size(state))


def size(state: TransposedState) -> str:
    """Return the size formula in symbols, and in the numbers of both axes."""
    letters = {name: f"<i>{name}</i>" for name in "nskpdao"}
    legend = say(
        "{n} input, {s} stride, {p} padding, {k} kernel, {d} dilation, here 1, {a} output padding",
        **_hued(letters),
    )
    symbols = formula(_sum(letters))
    named = zip(
        (say("rows ↕"), say("columns ↔")),
        state.input,
        state.stride,
        state.kernel,
        state.padding,
        state.output_padding,
        state.output_shape,
        strict=True,
    )
    lines = ""
    for name, *(n, s, k, p, a, o) in named:
        numbers = {"n": n, "s": s, "k": k, "p": p, "d": 1, "a": a, "o": o}
        lines += f"<div><b>{name}</b> {_hued(numbers)['o']} ={formula(_sum(numbers))}</div>"
    return f"<div><b>{say('output size, on each axis')}</b>{symbols}{legend}</div>{lines}"


def _sum(values: Mapping[str, object]) -> str:
    terms = "({n} − 1)·{s} − 2·{p} + {d}·({k} − 1) + 1 + {a}"
    return terms.format_map(_hued(values))


def _hued(values: Mapping[str, object]) -> dict[str, str]:
    """Return the terms of the formula in the colours of what they are."""
    roles = {"n": "input", "s": "look here", "k": "kernel", "d": "kernel", "o": "output"}
    return {name: coloured(value, roles.get(name, "padding")) for name, value in values.items()}
