"""What the shift test says of its picture."""

from __future__ import annotations

from convlab.explore.pooling.shift_numbers import Answer, ShiftState, answers
from convlab.formatting import in_a_row, percent, say, say_number
from convlab.widgets.html import coloured

LABELS = {"pattern": "pattern", "size": "window", "stride": "stride", "shift": "shift"}
TIPS = {"size": "rows and columns of every window"}


def input_name(shift: int, *, moved: bool) -> str:
    """Return the title of the input, or of the moved input."""
    return say("moved right by {shift}", shift=shift) if moved else say("input")


def layer(answer: Answer) -> str:
    """Return the name of a layer."""
    return say(answer.layer)


def changed(answer: Answer) -> str:
    """Return the count of changed cells, above the picture of a moved output."""
    return say(
        "{count} of {cells} · {share}",
        count=int(answer.changed.sum()),
        cells=int(answer.compared.sum()),
        share=percent(answer.change),
    )


def describe(state: ShiftState) -> str:
    """Say what moved along with the input, and what stayed of the rest of the shift."""
    if not state.shift:
        return say("Nothing has moved yet: both rows are the same, and nothing is framed.")
    columns = say_number(state.shift, "1 column", "{number} columns")
    if not state.rest:
        return say_number(
            state.moved,
            "Moved right by {columns}, a whole stride: every output moves along by 1 cell. "
            "Realigned (dashed: nothing to compare with), not one number changed: all four layers "
            "are {equivariant} to such a shift.",
            "Moved right by {columns}, {number} whole strides: every output moves along by "
            "{number} cells. Realigned (dashed: nothing to compare with), not one number changed: "
            "all four layers are {equivariant} to such a shift.",
            columns=columns,
            equivariant=f"<b>{say('equivariant')}</b>",
        )
    changes = [
        say(
            "{layer} {count} of {cells}",
            layer=layer(answer),
            count=int(answer.changed.sum()),
            cells=int(answer.compared.sum()),
        )
        for answer in answers(state)
    ]
    rest = say(
        "An {invariant} layer would not notice; {framed} is what changed: {changes}.",
        invariant=f"<b>{say('invariant')}</b>",
        framed=coloured(say("framed"), "look here"),
        changes=say(", ").join(changes),
    )
    return in_a_row(_compared(state, columns), rest)


def _compared(state: ShiftState, columns: str) -> str:
    """Say with which cells outputs are compared, where none is exactly the right one."""
    parts = {"columns": columns, "next": state.moved + 1}
    if not state.moved:
        return say(
            "Moved right by {columns}, half a stride: compared in place (1 cell along is as near)."
            if state.halfway
            else "Moved right by {columns}, less than half a stride: compared in place, the "
            "nearest.",
            **parts,
        )
    one, many = (
        (
            "Moved right by {columns}, 1½ strides: compared 1 cell along (2 are as near).",
            "Moved right by {columns}, {number}½ strides: compared {number} cells along ({next} "
            "are as near).",
        )
        if state.halfway
        else (
            "Moved right by {columns}, no whole stride: compared 1 cell along, the nearest.",
            "Moved right by {columns}, no whole stride: compared {number} cells along, the "
            "nearest.",
        )
    )
    return say_number(state.moved, one, many, **parts)
