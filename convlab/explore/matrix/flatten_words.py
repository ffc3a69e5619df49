"""What the flattening says of its picture."""

from __future__ import annotations

from convlab.explore.matrix.flatten_numbers import COLUMN_BY_COLUMN, ROW_BY_ROW, FlattenState
from convlab.formatting import say
from convlab.widgets.html import coloured, panel

SHAPE, CHANNELS, ORDER = "rows, cols", "channels", "order"
ORDERS = [("row by row, as in numpy", ROW_BY_ROW), ("column by column", COLUMN_BY_COLUMN)]

INDEX = {
    (ROW_BY_ROW, False): "{row} · {columns} + {column}",
    (ROW_BY_ROW, True): "({channel} · {rows} + {row}) · {columns} + {column}",
    (COLUMN_BY_COLUMN, False): "{column} · {rows} + {row}",
    (COLUMN_BY_COLUMN, True): "({channel} · {columns} + {column}) · {rows} + {row}",
}
"""The index of a cell in the column, in words or in numbers, by order and for several channels."""
BACK = {
    ROW_BY_ROW: "<code>row, column = divmod({pixel}, {columns})</code><br>= {row}, {column}",
    COLUMN_BY_COLUMN: "<code>column, row = divmod({pixel}, {rows})</code><br>= {column}, {row}",
}
NUMPY = {
    (ROW_BY_ROW, False): "x.ravel()",
    (ROW_BY_ROW, True): "x.ravel()",
    (COLUMN_BY_COLUMN, False): "x.T.ravel()",
    (COLUMN_BY_COLUMN, True): "x.swapaxes(1, 2).ravel()",
}


def grid_title(state: FlattenState) -> str:
    """Return what stands above the grids."""
    rows, cols = state.shape
    if state.channels == 1:
        return say("I  {rows} × {cols}", rows=rows, cols=cols)
    return say("I  {channels} × {rows} × {cols}", channels=state.channels, rows=rows, cols=cols)


def column_title(state: FlattenState) -> str:
    """Return what stands above the column."""
    return say("Ĩ  {size} × 1", size=state.size)


def channel_title(channel: int) -> str:
    """Return what stands above the grid of one of several channels."""
    return say("channel {channel}", channel=channel)


def line_title(state: FlattenState, first: int) -> str:
    """Return what stands beside a row or a column that begins at an index."""
    channel, row, col = state.cell(first)
    by_row, several = state.order == ROW_BY_ROW, state.channels > 1
    sentence = {
        (True, False): "row {row}",
        (True, True): "channel {channel}, row {row}",
        (False, False): "column {column}",
        (False, True): "channel {channel}, column {column}",
    }[by_row, several]
    return say(sentence, channel=channel, row=row, column=col)


def describe(state: FlattenState) -> str:
    """Say which cell lands where."""
    channel, row, col = state.cell(state.followed)
    origin = "{name} from row {row}, column {column}"
    if state.channels > 1:
        origin = "{name} from channel {channel}, row {row}, column {column}"
    name = f"x<sub>{state.sequence[state.followed] + 1}</sub>"
    cell = say(origin, name=name, channel=channel, row=row, column=col)
    sentence = (
        "{landed} of {size} cells are in the column. {cell} has landed at index {index}, counted "
        "from 0."
        if state.landed
        else "{landed} of {size} cells are in the column. {cell} flies to index {index}, counted "
        "from 0."
    )
    return say(
        sentence,
        landed=state.landed,
        size=state.size,
        cell=coloured(cell, "input"),
        index=state.followed,
    )


def explain(state: FlattenState) -> str:
    """Return the index of the framed cell as a formula, forwards and backwards."""
    (rows, cols), (channel, row, col) = state.shape, state.cell(state.followed)
    numbers = {"channel": channel, "rows": rows, "row": row, "columns": cols, "column": col}
    several, size = state.channels > 1, rows * cols
    formula = INDEX[state.order, several]
    pixel = state.followed % size
    rest = f"{state.followed} − {channel} · {size} = {pixel}<br>" if several else ""
    return panel(
        say(
            "<div><b>Where a cell goes</b><br>index = {formula}<br>= {numbers} = {index}</div>",
            formula=say(formula, **{name: say(name) for name in numbers}),
            numbers=say(formula, **numbers),
            index=coloured(state.followed, "input"),
        ),
        say(
            "<div><b>Where it came from</b><br>{rest}{back}</div>",
            rest=rest,
            back=say(BACK[state.order], pixel=pixel, **numbers),
        ),
        say("<div><b>In numpy</b><br><code>{code}</code></div>", code=NUMPY[state.order, several]),
    )
