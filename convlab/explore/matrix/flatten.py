"""How a grid becomes a column: cell by cell, with the formula of its index."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.matrix.flatten_scene import (
    COLUMN_BY_COLUMN,
    ROW_BY_ROW,
    FlattenScene,
    FlattenState,
)
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import Pair, choice, slider, stepper
from convlab.widgets.old_explorer import Explorer

ORDERS = [
    ("row by row, as in numpy", ROW_BY_ROW),
    ("column by column", COLUMN_BY_COLUMN),
]


class Flatten(Explorer):
    """Flattening as a moving picture: a grid on the left, the column on the right.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``shape`` (rows and columns, at most 4 each),
        ``channels`` (1 or 2), ``order`` (``"rows"`` or ``"columns"``).

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> Flatten(shape=(2, 3)).state.size
    6
    """

    above: ClassVar = [["play", "step"]]
    below: ClassVar = [["shape", "channels", "order"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "shape": Pair("rows, cols", 4, 1, 4),
            "channels": slider("channels", 1, 1, 2),
            "order": choice("order", ORDERS, ROW_BY_ROW),
            **stepper("step", 20, interval=250),
        }
        super().__init__(controls, FlattenScene(), {"step": 9, **settings})

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Let the steps end when the last cell has landed."""
        if name in ("step", "play"):
            return 0, FlattenState(values["shape"], values["channels"]).steps - 1
        return None

    def read(self, values: dict[str, Any]) -> FlattenState:
        """Return the state that the controls describe."""
        return FlattenState(values["shape"], values["channels"], values["step"], values["order"])

    def describe(self, state: FlattenState) -> str:
        """Say which cell lands where."""
        channel, row, col = state.cell(state.followed)
        name = f"x<sub>{state.sequence[state.followed] + 1}</sub>"
        where = f"channel {channel}, row {row}, column {col}"
        where = where if state.channels > 1 else f"row {row}, column {col}"
        verb = "has landed at" if state.landed else "flies to"
        return (
            f"{state.landed} of {state.size} cells are in the column. "
            f"{coloured(f'{name} from {where}', 'input')} {verb} index {state.followed}, "
            "counted from 0."
        )

    def explain(self, state: FlattenState) -> str:
        """Return the index of the framed cell as a formula, forwards and backwards."""
        (rows, cols), (channel, row, col) = state.shape, state.cell(state.followed)
        by_row = state.order == ROW_BY_ROW
        (outer, inner), (line, place) = (
            ((rows, cols), (row, col)) if by_row else ((cols, rows), (col, row))
        )
        words = ("rows", "row", "columns", "column")
        many, one, length, other = words if by_row else (*words[2:], *words[:2])
        if state.channels > 1:
            formula = f"(channel · {many} + {one}) · {length} + {other}"
            numbers = f"({channel} · {outer} + {line}) · {inner} + {place}"
        else:
            formula, numbers = f"{one} · {length} + {other}", f"{line} · {inner} + {place}"
        axes = "" if by_row else (".T" if state.channels == 1 else ".swapaxes(1, 2)")
        back = f"divmod({state.followed % (rows * cols)}, {inner})"
        rest = f"{state.followed} − {channel} · {rows * cols} = {state.followed % (rows * cols)}"
        return (
            '<div class="convlab-panel"><div><b>Where a cell goes</b><br>'
            f"index = {formula}<br>= {numbers} = {coloured(state.followed, 'input')}</div>"
            "<div><b>Where it came from</b><br>"
            + (f"{rest}<br>" if state.channels > 1 else "")
            + f"<code>{one}, {other} = {back}</code><br>= {line}, {place}</div>"
            f"<div><b>In numpy</b><br><code>x{axes}.ravel()</code></div></div>"
        )
