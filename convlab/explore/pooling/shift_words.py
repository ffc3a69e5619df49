"""What the shift test says of its picture."""

from __future__ import annotations

from convlab.explore.pooling.shift_numbers import Answer, ShiftState, answers
from convlab.formatting import say, say_number
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
    count, cells = int(answer.changed.sum()), answer.changed.size
    share = f"{answer.change:.0%}"
    return say("{count} of {cells} · {share}", count=count, cells=cells, share=share)


def describe(state: ShiftState) -> str:
    """Say by how much each layer's answer changed, and why."""
    if not state.shift:
        return say("Nothing has moved yet: both rows are the same, and nothing is framed.")
    changes = [
        say(
            "{layer} {count} (by {share}\u00a0%)",
            layer=layer(answer),
            count=answer.changed.sum(),
            share=f"{100 * answer.change:.0f}",
        )
        for answer in answers(state)
    ]
    return say(
        "{moved} Changed, of {cells} ({framed}): {changes}.",
        moved=_moved(state),
        cells=answers(state)[0].after.size,
        framed=coloured(say("framed"), "look here"),
        changes=", ".join(changes),
    )


def _moved(state: ShiftState) -> str:
    """Say how the shift goes together with the stride."""
    whole, rest = divmod(state.shift, state.stride)
    if rest:
        return say_number(
            state.shift,
            "Moved right by 1 column, no multiple of the stride {stride}: windows gather other "
            "cells together.",
            "Moved right by {number} columns, no multiple of the stride {stride}: windows gather "
            "other cells together.",
            stride=state.stride,
        )
    columns = say_number(state.shift, "1 column", "{number} columns")
    if whole == 1:
        sentence = (
            "Moved right by {columns}, exactly the stride: away from the edges, every output moves "
            "along by 1 cell."
        )
    elif whole == 2:
        sentence = (
            "Moved right by {columns}, twice the stride: away from the edges, every output moves "
            "along by 2 cells."
        )
    else:
        sentence = (
            "Moved right by {columns}, {whole} times the stride: away from the edges, every output "
            "moves along by {whole} cells."
        )
    return say(sentence, columns=columns, whole=whole)
