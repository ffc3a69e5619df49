"""What the explorer of the two ways to keep the size says of them."""

from __future__ import annotations

from convlab.explore.padding.same_padding_numbers import SameState, starts
from convlab.formatting import plain, say, say_number
from convlab.geometry import Geometry
from convlab.widgets.html import coloured

LABELS = {
    "size": "size",
    "kernel": "kernel",
    "stride": "stride",
    "dilation": "dilation",
    "step": "output pixel",
    "preset": "example",
}
CELLS = {
    1: "cells {first} to {last}",
    2: "cells {first} to {last}, every second,",
    3: "cells {first} to {last}, every third,",
}
"""By the dilation."""


def titles(state: SameState) -> tuple[str, str]:
    """Return the titles of both strips."""
    p = state.fixed.padding[1][0]
    return (
        _title(say("same (TensorFlow, Keras, JAX)"), state.adapted),
        _title(say("fixed p = ⌊d(k − 1)/2⌋ = {p} (PyTorch's habit)", p=p), state.fixed),
    )


def _title(name: str, geometry: Geometry) -> str:
    before, after = geometry.padding[1]
    return say_number(
        geometry.output_shape[1],
        "{name}: pads {before} before and {after} after, 1 output",
        "{name}: pads {before} before and {after} after, {number} outputs",
        name=name,
        before=before,
        after=after,
    )


def shift(state: SameState) -> str:
    """Return how far apart the two centres of the pixel lie, for the picture."""
    if state.step >= state.outputs[1]:
        return say("no output pixel {step} with fixed padding", step=state.step)
    if not state.apart:
        return say("the same cells")
    apart = plain(state.apart)
    return say(
        "shifted by {apart} cell" if state.apart <= 1 else "shifted by {apart} cells", apart=apart
    )


def describe(state: SameState) -> str:
    """Say on which cells the chosen pixel sits in either way, and how far apart."""
    adapted, fixed = state.outputs
    sizes = say(
        "<code>same</code> leaves {adapted} outputs, fixed padding {fixed}.",
        adapted=adapted,
        fixed=fixed,
    )
    if adapted == fixed:
        sizes = say_number(adapted, "Both leave 1 output.", "Both leave {number} outputs.")
    parts = {
        "pixel": coloured(say("Output pixel {step}", step=state.step), "output"),
        "adapted": _cells(state, state.adapted),
        "sizes": sizes,
    }
    if state.step >= fixed:
        return say(
            "{pixel} reads {adapted} by <code>same</code>; with fixed padding there is no such "
            "pixel. {sizes}",
            **parts,
        )
    apart = say("the same cells")
    if state.apart:
        one, many = "{apart} cell further left", "{apart} cells further left"
        apart = say(one if state.apart <= 1 else many, apart=plain(state.apart))
    return say(
        "{pixel} reads {adapted} by <code>same</code>, {fixed} with p = {p}: {apart}. {sizes}",
        fixed=_cells(state, state.fixed),
        p=state.fixed.padding[1][0],
        apart=coloured(apart, "look here"),
        **parts,
    )


def _cells(state: SameState, geometry: Geometry) -> str:
    first = int(starts(geometry)[state.step])
    last = first + geometry.span[1] - 1
    sentence = CELLS[state.dilation] if last > first else "cell {first}"
    return say(sentence, first=plain(first), last=plain(last))
