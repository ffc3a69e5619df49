"""What the pooling explorer says of its picture."""

from __future__ import annotations

from convlab.explore.pooling.pooling_numbers import (
    AVERAGE,
    BACKWARD,
    BUG,
    FORWARD,
    INSIDE,
    MAX,
    PoolingState,
)
from convlab.formatting import in_a_row, listed, plain, say, say_number
from convlab.widgets.html import coloured

PASSES = [("forward: values", FORWARD), ("backward: gradients", BACKWARD)]
WRONG = ("backward, with the bug x == max", BUG)
KINDS = [MAX, AVERAGE, INSIDE]
NUMBERS = [("varied digits", "varied"), ("many ties (ReLU)", "ties")]
STRIDES = [("as the window", 0), ("1", 1), ("2", 2), ("3", 3)]
ROUNDED = [("down", False), ("up (ceil mode)", True)]
LABELS = {
    "kind": "kind",
    "show": "show",
    "numbers": "numbers",
    "input": "input",
    "size": "window",
    "stride": "stride",
    "padding": "padding",
    "channels": "channels",
    "ceil": "round",
}
TIPS = {
    "input": "rows and columns of the input",
    "size": "rows and columns of the window",
}


def legend(state: PoolingState) -> tuple[str, str, str, str]:
    """Return the titles of input, window and output, and the key to dashed cells."""
    geometry, names = state.geometry, {"channels": state.channels}
    shapes = [
        names | {"rows": rows, "cols": cols}
        for rows, cols in (geometry.input_shape, geometry.kernel_size, geometry.output_shape)
    ]
    titles = (
        ("input {channels} × {rows} × {cols}", "output {channels} × {rows} × {cols}")
        if state.forward
        else ("∂ℓ/∂x {channels} × {rows} × {cols}", "∂ℓ/∂y {channels} × {rows} × {cols}")
    )
    padded = geometry.padded_shape != geometry.input_shape
    key = say("dashed: past the end") if _only_past_the_end(state) else say("dashed: padding")
    return (
        say(titles[0], **shapes[0]),
        say("window {rows} × {cols}", **shapes[1]),
        say(titles[1], **shapes[2]),
        key if padded else "",
    )


def channel(plane: int) -> str:
    """Return the name of a plane."""
    return say("channel {plane}", plane=plane)


def operation(state: PoolingState) -> str:
    """Return what a window does, to stand above what it gives."""
    return "←" if not state.forward else say("max") if state.kind == MAX else say("mean")


def describe(state: PoolingState) -> str:
    """Say what the windows give, or where their gradients go."""
    row, col = state.window.pixel
    values = (state.y if state.forward else state.grad_output)[:, row, col]
    parts = {"row": row, "col": col, "window": state.step + 1, "windows": state.geometry.steps}
    given = say(", ").join(plain(value) for value in values)
    if not state.forward:
        named = say_number(
            state.channels, "the gradient {given}", "the gradients {given}", given=given
        )
        return say(
            "Output pixel ({row}, {col}), window {window} of {windows}: {gradients} {where}",
            gradients=coloured(named, "gradient"),
            where=in_a_row(*_goes(state)),
            **parts,
        )
    one, many = {
        True: (
            "the one channel gives the largest number of its own window, {given}.",
            "each channel alone gives the largest number of its own window, {given}.",
        ),
        False: (
            "the one channel gives the average of its own window, {given}.",
            "each channel alone gives the average of its own window, {given}.",
        ),
    }[state.kind == MAX]
    sentences = [
        say("Output pixel ({row}, {col}), window {window} of {windows}:", **parts),
        say_number(state.channels, one, many, given=coloured(given, "output")),
        _uncounted(state),
        say_number(
            state.channels,
            "1 channel in, 1 channel out.",
            "{number} channels in, {number} channels out.",
        ),
    ]
    return in_a_row(*sentences)


def _uncounted(state: PoolingState) -> str:
    """Return what becomes of padding, where a window holds any."""
    padding, cells = state.on_padding, state.cells
    if not padding:
        return ""
    if state.kind == MAX:
        if _only_past_the_end(state):
            return say("What lies past the end never wins.")
        return say("Padding never wins.")
    if state.kind == AVERAGE:
        return say(
            "The {padding} padding cells count as 0: each sum is divided by {cells}.",
            padding=padding,
            cells=cells,
        )
    return say("Padding is left out: each sum is divided by {cells}.", cells=cells - padding)


def _only_past_the_end(state: PoolingState) -> bool:
    """Whether no padding was asked for: rounded up, a last window then sees cells that are none."""
    return all(before == 0 for before, _ in state.geometry.padding)


def _goes(state: PoolingState) -> list[str]:
    """Say where the gradients of the current windows go."""
    sentences = _shares(state) if state.kind != MAX else _winners(state)
    if state.overlapping:
        sentences.append(say("Windows overlap: what a cell gets from several adds up."))
    return sentences


def _shares(state: PoolingState) -> list[str]:
    inside = state.cells - state.on_padding
    parts = inside if state.kind == INSIDE else state.cells
    if parts == 1 and not (state.on_padding and state.kind == AVERAGE):
        one = "goes back to the cells of its window, undivided."
        many = "each go back to the cells of its window, undivided."
    elif state.on_padding and state.kind == AVERAGE:
        one = (
            "goes back to the cells of its window, in {parts} equal shares; what falls on padding "
            "is lost."
        )
        many = (
            "each go back to the cells of its window, in {parts} equal shares; what falls on "
            "padding is lost."
        )
    else:
        one = "goes back to the cells of its window, in {parts} equal shares."
        many = "each go back to the cells of its window, in {parts} equal shares."
    return [say_number(state.channels, one, many, parts=parts)]


def _winners(state: PoolingState) -> list[str]:
    tied = [plane for plane in range(state.channels) if state.maxima(plane).sum() > 1]
    where = say_number(
        len(tied), "A tie in channel {planes}", "A tie in channels {planes}", planes=listed(tied)
    )
    if state.show == BUG and not tied:
        return [
            say_number(
                state.channels,
                "goes to the maximum of its window.",
                "each go to the maximum of its window.",
            ),
            say("No tie here, so no harm done."),
        ]
    if state.show == BUG:
        return [
            say_number(
                state.channels,
                "goes to <b>every</b> cell that equals the maximum of its window.",
                "each go to <b>every</b> cell that equals the maximum of its window.",
            ),
            say(
                "{where}: each cell gets all of it, which is {judgement}.",
                where=where,
                judgement=coloured(say("too much"), "look here"),
            ),
        ]
    won = say_number(
        state.channels,
        "goes to the one cell of its window that won.",
        "each go to the one cell of its window that won.",
    )
    rule = say("{where}: the first in row-major order gets it all.", where=where)
    return [won, rule] if tied else [won]
