"""What is said of a network that is looked into."""

from __future__ import annotations

import html

from convlab.arrays import Array
from convlab.explore.network.see_through_numbers import (
    ACTIVATED,
    ALL,
    ANSWERS,
    CONVOLVED,
    GRADIENTS,
    MAPS,
    PICTURE,
    POOLED,
    SCORES,
    VALUES,
    WRONG,
    SeeThroughState,
    slices_of,
)
from convlab.explore.network.see_through_window import alike, window_of
from convlab.formatting import plain, say
from convlab.inspection import Answer

LABELS = {
    "among": "digits",
    "digit": "digit",
    "layer": "layer",
    "channel": "channel",
    "row": "row",
    "column": "column",
    "show": "show",
    "part": "slice",
}
TIPS = {
    "digit": "which of the digits that the network has not learned from",
    "channel": "which plane of the layer; of the scores, which class",
    "row": "row of the cell",
    "column": "column of the cell",
    "part": "which slice of the kernel: which channel of the layer below",
}
AMONG = [("held out", ALL), ("misread", WRONG)]
SHOWS = [
    ("values", VALUES),
    ("gradients", GRADIENTS),
    ("strongest", ANSWERS),
]
FIELDS = {
    "row": "row of the weight",
    "column": "column of the weight",
    "weight": "weight",
    "bias": "bias",
    "silence": "silence kernel",
    "undo": "trained weights",
}
FIELD_TIPS = {
    "weight": "the chosen weight of the kernel that fills this channel",
    "bias": "the bias of the kernel that fills this channel",
    "silence": "set all weights and the bias of this kernel to 0",
    "undo": "put every weight back to what was learned",
}


def editor_label() -> str:
    """Return what stands before the fields that change a weight."""
    return say("weight at row, column")


def layer_name(layer: str) -> str:
    """Return what maps are called."""
    kind, number = MAPS[layer]
    if kind == PICTURE:
        return say("picture")
    if kind == SCORES:
        return say("scores")
    sentence = {
        CONVOLVED: "convolution {number}",
        ACTIVATED: "ReLU {number}",
        POOLED: "pooling {number}",
    }[kind]
    return say(sentence, number=number + 1)


def layers() -> list[tuple[str, str]]:
    """Return the maps to choose from, as (text, name)."""
    return [(layer_name(name), name) for name in MAPS]


def short_name(layer: str) -> str:
    """Return what stands above the planes of maps."""
    kind, number = MAPS[layer]
    short = {CONVOLVED: "conv {number}", ACTIVATED: "ReLU {number}", POOLED: "pool {number}"}
    return say(short[kind], number=number + 1) if kind in short else layer_name(layer)


def scores_title() -> str:
    """Return what stands above the bars."""
    return say("probabilities")


def percent(share: float) -> str:
    """Write a probability; one that is not quite 0 or 1 is not written so.

    Examples
    --------
    >>> percent(0.5), percent(0.9999), percent(0.001), percent(0.0)
    ('50 %', '>99 %', '<1 %', '0 %')
    """
    written = f"{100 * share:.0f}"
    if 0.995 <= share < 1:
        written = ">99"
    elif 0 < share < 0.005:
        written = "<1"
    return say("{percent} %", percent=written)


def percent_in_html(share: float) -> str:
    """Write a probability for a caption, where ``<`` would begin a tag.

    Examples
    --------
    >>> percent_in_html(0.001)
    '&lt;1 %'
    """
    return html.escape(percent(share))


def digit_title(state: SeeThroughState) -> str:
    """Return what stands above the digit on the bench."""
    return say("digit {number}: a {label}", number=state.number, label=state.label)


def map_title(state: SeeThroughState) -> str:
    """Return what stands above the chosen map on the bench."""
    if state.layer == SCORES:
        return say("gradients" if state.show == GRADIENTS else "scores")
    if state.layer == PICTURE:
        return say("the picture")
    return say("{layer}, channel {channel}", layer=short_name(state.layer), channel=state.channel)


def window_title(state: SeeThroughState, part: int) -> str:
    """Return what stands above the window, where there is room."""
    if slices_of(state.layer) == 1:
        return say("window")
    return say("window, channel {part}", part=part)


def seen_title(state: SeeThroughState, part: int) -> str:
    """Return what stands above the window, where there is less room."""
    return say("window") if slices_of(state.layer) == 1 else say("channel {part}", part=part)


def kernel_title(state: SeeThroughState, part: int) -> str:
    """Return what stands above the weights."""
    if state.layer == SCORES:
        return say("class {channel}, slice {part}", channel=state.channel, part=part)
    if slices_of(state.layer) == 1:
        return say("kernel {channel}", channel=state.channel)
    return say("kernel {channel}, slice {part}", channel=state.channel, part=part)


def weights_title() -> str:
    """Return what stands above the weights where there is little room."""
    return say("weights")


def products_title() -> str:
    """Return what stands above the products."""
    return say("products")


def share_titles() -> tuple[str, str]:
    """Return what stands above what a gradient hands on, to the window and to the weights."""
    return say("to the window"), say("to the weights")


def gradient_note(state: SeeThroughState) -> str:
    """Return what stands above the arithmetic of a gradient."""
    return say("g = ∂ℓ/∂(this cell) = {gradient}", gradient=plain(state.gradient))


def sum_line(state: SeeThroughState) -> str:
    """Return the line below the products: what the cell is."""
    window = window_of(state)
    if window is None:
        return say(
            "a pixel of the digit: {value}, from 0 (paper) to 1 (ink)", value=plain(state.value)
        )
    kind, _ = MAPS[state.layer]
    if kind == ACTIVATED:
        return say(
            "max(0, {patch}) = {value}", patch=plain(window.patch.item()), value=plain(state.value)
        )
    if kind == POOLED:
        return say("the largest of the window: {value}", value=plain(state.value))
    total, bias = float(window.sums.sum()), window.bias
    parts = {"sum": plain(total), "bias": plain(abs(bias)), "value": plain(state.value)}
    if len(window.channels) == 1:
        return say(
            "sum {sum} − bias {bias} = {value}"
            if bias < 0
            else "sum {sum} + bias {bias} = {value}",
            **parts,
        )
    return say(
        "all {count} slices {sum} − bias {bias} = {value}"
        if bias < 0
        else "all {count} slices {sum} + bias {bias} = {value}",
        count=len(window.channels),
        **parts,
    )


def passing_line(state: SeeThroughState) -> str:
    """Return the line below a gradient that no weight multiplies."""
    kind, _ = MAPS[state.layer]
    if kind == POOLED:
        return say("all of it goes to the cell that was the largest, nothing to the others")
    if state.value > 0:
        return say("the input was above 0: the gradient passes")
    return say("the input was not above 0: nothing passes")


def picture_gradient_line() -> str:
    """Return the line for a gradient that has arrived."""
    return say("the end of the way back: which ink would raise or lower the loss")


def answers_title(state: SeeThroughState) -> str:
    """Return what stands above the patches."""
    if state.layer == SCORES:
        return say("the digits that are most surely a {channel}", channel=state.channel)
    if alike(state, None) is None:
        return say("what channel {channel} answers to most", channel=state.channel)
    return say("what channel {channel} answers to most · cos φ", channel=state.channel)


def silent_line() -> str:
    """Return what stands in place of patches that there are not."""
    return say("This kernel answers to no digit at all: its ReLU is always 0.")


def answer_note(state: SeeThroughState, answer: Answer, patch: Array) -> str:
    """Return what stands below a patch: the answer and, where it can be said, how like it is."""
    if state.layer == SCORES:
        return percent(answer.value)
    value, cosine = plain(round(answer.value, 1)), alike(state, patch)
    if cosine is None:
        return value
    return say("{value} · {cosine}", value=value, cosine=plain(round(cosine, 2)))
