"""What the sweep says of its picture."""

from __future__ import annotations

import numpy as np

from convlab.explore.sweep.sweep_numbers import SweepState
from convlab.explore.sweep.sweep_scene import flat_has_all, numbers_fit, numbers_hidden
from convlab.formatting import plain, say, say_number
from convlab.widgets.html import coloured, grid, line_of, panel

PLACE = ("row of the input cell", "column of the input cell")
FIELDS = (("cell", "the number in this input cell"), ("weight", "the weight over this input cell"))
LABELS = {"weights": "weights in the cells", "flat": "flat"}
TIPS = {
    "weights": "write each weight into the corner of the cell that it covers",
    "flat": "input and output side by side, seen from above",
}
CELLS = {1: 36, 2: 36, 3: 36, 4: 30, 5: 24, 6: 20, 7: 17}
"""Pixels of a cell in the tables, by the kernel's longer side."""


def editor_label() -> str:
    """Return what stands before the fields that change a number."""
    return say("change a number, row and column")


def describe(state: SweepState) -> str:
    """Say which pixel is computed, from what; and why numbers are missing, if so."""
    (row, col), rows, cols = state.geometry.window(state.step)
    (top, _), (left, _) = state.geometry.padding
    pixel = say("output pixel ({row}, {col}) = {y}", row=row, col=col, y=plain(state.y[row, col]))
    sentence = (
        "Step {step} of 0 to {last}: {pixel} is the sum of {products}. The window starts at input "
        "row {top}, column {left}, both counted from 0. {missing}"
        if numbers_fit(state)
        else "Step {step} of 0 to {last}: {pixel} is the sum of {products}. Seen from here, the "
        "cells are too small for their numbers; the table has them."
    )
    return say(
        sentence,
        step=state.step,
        last=state.geometry.steps - 1,
        pixel=coloured(pixel, "output"),
        products=_products(state.patch.size, int(state.outside.sum())),
        top=plain(rows[0] - top),
        left=plain(cols[0] - left),
        missing=_missing(state),
    ).rstrip()


def _missing(state: SweepState) -> str:
    if not numbers_hidden(state):
        return ""
    if flat_has_all(state):
        return say("From here, the output hides some numbers below it; the flat view has all.")
    return say(
        "From here, the output hides some numbers below it; those that are multiplied are in the "
        "table."
    )


def _products(count: int, on_padding: int) -> str:
    if not on_padding:
        return say_number(count, "1 product", "{number} products")
    if on_padding == 1 < count:
        return say("{number} products, 1 of them on a zero of the padding", number=count)
    return say_number(
        count,
        "1 product, on a zero of the padding",
        "{number} products, {padding} of them on zeros of the padding",
        padding=on_padding,
    )


def explain(state: SweepState) -> str:
    """Return the arithmetic of the pixel: patch × kernel, products, sum."""
    products, look = state.patch * state.weight, state.look
    title = say("flipped kernel") if state.operation else say("kernel")
    cell = CELLS[max(state.weight.shape)]
    return panel(
        line_of(
            grid(state.patch, "input", say("patch"), empty=state.outside, look=look, cell=cell),
            "×",
            grid(state.weight, "kernel", title, look=look, cell=cell),
        ),
        line_of(
            "=",
            grid(products, "products", say("products"), look=look, cell=cell),
            "→",
            grid(np.array([[products.sum()]]), "output", say("sum"), cell=56),
        ),
    )
