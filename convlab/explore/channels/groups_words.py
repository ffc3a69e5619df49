"""What the groups' explorer says of its picture."""

from __future__ import annotations

from convlab.explore.channels.groups_numbers import GroupsState
from convlab.formatting import listed, say, say_number
from convlab.widgets.html import coloured

LABELS = {
    "inputs": "inputs",
    "outputs": "outputs",
    "groups": "groups",
    "kernel": "kernel",
    "output": "look at",
}
TIPS = {
    "inputs": "input channels",
    "outputs": "output channels",
    "kernel": "rows and columns of each kernel",
    "output": "the output channel to look at, from 0",
}


def titles() -> tuple[str, str, str]:
    """Return what stands above the input channels, the weight and the output channels."""
    return say("input"), say("weight: one row per kernel"), say("output")


def describe(state: GroupsState) -> str:
    """Say what the chosen output channel is computed from."""
    sources = state.sources(state.output)
    read = say_number(
        len(sources), "input channel {names}", "input channels {names}", names=listed(sources)
    )
    return say(
        "{kind}: {output} is computed from {read} of {inputs}, so its kernel has "
        "{thickness} × {kernel} × {kernel} = {one} weights. In all: {total}.",
        kind=_kind(state),
        output=coloured(say("output channel {output}", output=state.output), "output"),
        read=coloured(read, "input"),
        inputs=state.inputs,
        thickness=state.thickness,
        kernel=state.kernel,
        one=state.thickness * state.kernel**2,
        total=coloured(say("{weights} weights", weights=state.weights), "kernel"),
    )


def _kind(state: GroupsState) -> str:
    if state.groups == 1:
        return say("One group, the ordinary convolution")
    if state.groups == state.inputs:
        return say_number(
            state.outputs // state.inputs,
            "{groups} groups of one input channel, a depthwise convolution",
            "{groups} groups of one input channel, a depthwise convolution with {number} kernels "
            "a channel",
            groups=state.groups,
        )
    return say("{groups} groups", groups=state.groups)


def explain(state: GroupsState) -> str:
    """Return the weights of this convolution beside those of its relatives."""
    outputs, inputs, square = state.outputs, state.inputs, f"{state.kernel}²"
    this = say_number(state.groups, "{number} group", "{number} groups")
    rows = [
        (f"<b>{this}</b>", f"{outputs} × {state.thickness} × {square}", f"<b>{state.weights}</b>"),
        (say("ordinary"), f"{outputs} × {inputs} × {square}", state.ordinary),
        (say("depthwise"), f"{inputs} × 1 × {square}", state.depthwise),
        ("1 × 1", f"{outputs} × {inputs} × 1", state.mixing),
        (say("both"), f"{state.depthwise} + {state.mixing}", state.depthwise + state.mixing),
    ]
    body = "".join(
        f"<tr><td>{name}</td><td>{sum_}</td><td>{total}</td></tr>" for name, sum_, total in rows
    )
    return (
        '<div class="convlab-panel" style="width:272px;line-height:1.45">'
        f'<table class="convlab-pixels"><tr><th></th><th>{say("count")}</th>'
        f"<th>{say('weights')}</th></tr>{body}</table><div>{_saving(state)}</div></div>"
    )


def _saving(state: GroupsState) -> str:
    if state.groups == 1:
        return say("Every kernel spans all input channels.")
    return say(
        "{groups} groups need 1/{groups} of the weights:<br>{ordinary} ÷ {groups} = {weights}.",
        groups=state.groups,
        ordinary=state.ordinary,
        weights=state.weights,
    )
