"""What the explorer of one geometry says of it."""

from __future__ import annotations

import numpy as np

from convlab.explore.padding.padding_numbers import PaddingState, never_read
from convlab.formatting import in_a_row, say, say_number
from convlab.geometry import Geometry
from convlab.widgets.html import coloured, floor, formula, fraction

LABELS = {
    "padding": "padding",
    "top": "top",
    "bottom": "bottom",
    "left": "left",
    "right": "right",
    "preset": "example",
}
TIPS = {
    "top": "padding, top",
    "bottom": "padding, bottom",
    "left": "padding, left",
    "right": "padding, right",
}
BY_HAND = "by hand"
RULES = [
    ("none (valid)", "valid"),
    ("same: output ⌈n/s⌉", "same"),
    ("full: d(k − 1) a side", "full"),
    ("by hand", BY_HAND),
]


def titles(geometry: Geometry) -> tuple[str, str, str, str]:
    """Return the titles of both grids, and the keys to dashed and to hatched cells."""
    padded = geometry.padded_shape != geometry.input_shape
    sentence = "input {rows} × {cols}, not padded"
    if padded:
        sentence = "input {rows} × {cols}, padded {padded_rows} × {padded_cols}"
    rows, cols = geometry.input_shape
    padded_rows, padded_cols = geometry.padded_shape
    unread = int(never_read(geometry).sum())
    return (
        say(sentence, rows=rows, cols=cols, padded_rows=padded_rows, padded_cols=padded_cols),
        say("output {rows} × {cols}", rows=geometry.output_shape[0], cols=geometry.output_shape[1]),
        say("dashed: padding") if padded else "",
        _hatched(unread) if unread else "",
    )


def _hatched(unread: int) -> str:
    return say_number(
        unread, "hatched: {number} cell never read", "hatched: {number} cells never read"
    )


def describe(state: PaddingState) -> str:
    """Say what the framed window reads, and what no window reads."""
    pixel = state.geometry.window(state.step).pixel
    reads = say(
        "{pixel} reads {cells}.",
        pixel=coloured(say("Output pixel {pixel}", pixel=pixel), "output"),
        cells=_cells(state.cells, state.on_padding),
    )
    return in_a_row(reads, _unread(state.geometry))


def _cells(cells: int, on_padding: int) -> str:
    if not on_padding:
        return say_number(cells, "1 cell", "{number} cells")
    if on_padding == cells:
        return say_number(cells, "1 cell, which is padding", "{number} cells, all of them padding")
    return say("{cells} cells, {padding} of them padding", cells=cells, padding=on_padding)


def _unread(geometry: Geometry) -> str:
    """Say which cells of the padded input no window reads, and why."""
    unread = int(never_read(geometry).sum())
    if not unread:
        return say("Every cell is read by some window.")
    (rows, cols), (down, across) = geometry.padded_shape, geometry.leftover
    border = rows * cols - (rows - down) * (cols - across)
    reasons = [_leftover(down, across)] if border else []
    if unread > border:
        reasons.append(say("cells between those that the windows read"))
    count = say_number(unread, "{number} hatched cell", "{number} hatched cells")
    return say(
        "No window reads {cells}: {reasons}.",
        cells=coloured(count, "look here"),
        reasons=say("; ").join(reasons),
    )


def _leftover(down: int, across: int) -> str:
    rows = say_number(down, "1 row at the bottom", "{number} rows at the bottom")
    cols = say_number(across, "1 column at the right", "{number} columns at the right")
    if down and across:
        sentence = "{rows} and {cols}, where no whole step is left"
    else:
        sentence = (
            "{rows}, where no whole step is left" if down else "{cols}, where no whole step is left"
        )
    return say(sentence, rows=rows, cols=cols)


def explain(state: PaddingState) -> str:
    """Return the size formula in symbols, and in numbers for the rows and the columns."""
    n, k = coloured("<i>n</i>", "input"), coloured("<i>k</i>", "kernel")
    d, s = coloured("<i>d</i>", "kernel"), coloured("<i>s</i>", "look here")
    before, after = (coloured(f"<i>p</i>{side}", "padding") for side in ("₁", "₂"))
    symbols = _size(n, before, after, d, k, s, coloured("<i>o</i>", "output") + " = ")
    legend = say(
        "{n} input, {before} and {after} padding,<br>{k} kernel, {d} dilation, {s} stride",
        n=n,
        before=before,
        after=after,
        k=k,
        d=d,
        s=s,
    )
    axes = "".join(_axis(state.geometry, axis) for axis in (0, 1))
    return (
        f'<div class="convlab-panel" style="gap:9px"><b>{say("output size, on each axis")}</b>'
        f"{symbols}<span>{legend}</span>{axes}</div>"
    )


def _axis(geometry: Geometry, axis: int) -> str:
    """Return the formula in the numbers of one axis, and what the floor rounds."""
    before, after = (coloured(p, "padding") for p in geometry.padding[axis])
    room = geometry.padded_shape[axis] - geometry.span[axis]
    stride = geometry.stride[axis]
    numbers = _size(
        coloured(geometry.input_shape[axis], "input"),
        before,
        after,
        coloured(geometry.dilation[axis], "kernel"),
        coloured(geometry.kernel_size[axis], "kernel"),
        coloured(stride, "look here"),
        "",
    )
    quotient = np.format_float_positional(room / stride, precision=2, trim="-")
    output = coloured(geometry.output_shape[axis], "output")
    result = formula("= ", floor(quotient), f" + 1 = {output}")
    name = say("rows ↕") if axis == 0 else say("columns ↔")
    return f"<div><b>{name}</b>{numbers}{result}</div>"


def _size(n: str, before: str, after: str, d: str, k: str, s: str, start: str) -> str:
    above = f"{n} + {before} + {after} − {d}·({k} − 1) − 1"
    return formula(start, floor(fraction(above, s)), " + 1")
