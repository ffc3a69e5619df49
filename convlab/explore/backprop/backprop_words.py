"""What the derivation says of its pictures; the words in its formulas stand in `formulas`.

A step says several sentences, each where its condition holds (see
`BackpropState.conditions`); `_values` knows what the sentences name.
"""

from __future__ import annotations

import numpy as np

from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.names import sub, weight_name
from convlab.formatting import in_a_row, listed, plain, say
from convlab.widgets.html import coloured

Sentences = dict[str, str]
"""Sentences with placeholders, each under the condition on which it is said."""

CELL, WEIGHT = "i of xᵢ", "weight"
INPUT, PADDED_INPUT, KERNEL, OUTPUT = "input I", "input I, padded", "kernel", "output O"
OVER, PRODUCTS, SUMMED, BIAS_ADDED = "over", "products", "products, summed", "b, once each"
TARGET = "target t"
ROTATED = "w rotated by 180°"
ZERO_INSERTED, WITH_ZEROS = "O′, zero-inserted", "∂ℓ/∂O with its zeros"
MEETS, MET_BY = "what {weight} meets", "met by {weight}"
CROPPED = "W′ = ∂ℓ/∂w, in the frame"
NEW_WEIGHT, NEW_BIAS = "w, one step on", "b, one step on"
LOSS, LOSSES = "loss ℓ", ("before", "after")
TITLE, COLUMN, THROUGH = "{number} · {name}", "column 1 of C̃", "y{output} through {weight}"
BETWEEN, AROUND, NONE_AROUND = (
    "{gaps} between its cells, for the stride",
    "{rows[0]} + {rows[1]} rows and {cols[0]} + {cols[1]} columns around it",
    "none around it",
)
DROPPED, LEFT_OVER = "the padding's gradient is dropped", "{leftover} for what the stride left over"
SOME, MOST_NAMES = "{count} outputs: {names} … {last}", 4

FORWARD = {
    "always": "Loss ℓ = ½ Σ (yⱼ − tⱼ)² = {before}, with a target t. C̃ is {outputs} × "
    "{cells}, a row for each output.",
    "row 1 holds one": "Row 1 (framed) holds 1 weight where the first window lies; {y1}, the bias "
    "{bias} included.",
    "row 1 holds several": "Row 1 (framed) holds {first} weights where the first window lies; "
    "{y1}, the bias {bias} included.",
    "padded": "{missing} of its {weights} weights fall on padding: they have no column.",
    "strided, not padded": "From row to row the pattern moves on by the stride.",
}
TOUCHED = {
    "x₁ feeds nothing": "No window reaches {x1} at this stride and dilation: it feeds no output, "
    "so nothing that happens to it can change the loss.",
    "x₁ feeds outputs": "Now backwards. A change of {x1} reaches {lines}.",
    "x₁ misses one": "The other output never sees it.",
    "x₁ misses several": "The other {missed} of the {outputs} outputs never see it.",
}
PARTIALS = {
    "always": "The derivative ∂yⱼ/∂x₁ is the weight on the line from x₁ to yⱼ, and 0 where there "
    "is none.",
    "column 1 is one weight": "Read downwards, these numbers are {column}: its one entry is a "
    "weight.",
    "column 1 is one 0": "Read downwards, these numbers are {column}: its one entry is 0.",
    "column 1 holds one": "Read downwards, these numbers are {column}: 1 of its {outputs} entries "
    "is a weight.",
    "column 1 holds several": "Read downwards, these numbers are {column}: {fed} of its {outputs} "
    "entries are weights.",
}
CHAIN = {
    "always": "Since ℓ = ½ Σ (yⱼ − tⱼ)², each ∂ℓ/∂yⱼ is yⱼ − tⱼ, which is known. x₁ changes the "
    "loss through every output it feeds, and the ways add up: column 1 times Õ′ gives "
    "{first_gradient}.",
}
ANY_CELL = {
    "x feeds nothing": "No window covers {x}: column {cell} of C̃ is empty and {gradient}. The "
    "stride steps over this cell; it keeps its place in the gradient all the same.",
    "x feeds outputs": "Move <i>i</i>. {x} feeds {feeds}; column {cell} of C̃ times Õ′ gives "
    "{gradient}.",
}
STACKED = {
    "always": "One such sum for each input cell, {cells} in all. Stacked, the columns of C̃ become "
    "rows, and that is {transposed}. It restores the input's shape, not the input's values: "
    "transposed is not inverse.",
    "some cells uncovered": "Empty rows, of cells that no window covers: {uncovered}.",
}
BOTH_WAYS = {
    "always": "Nothing here is special to convolution: for any y = A x the chain rule brings Aᵀ. "
    "The picture checks it on a small change dx: through C̃, or through C̃ᵀ, the loss changes by "
    "{change} (to first order).",
}
CONVOLUTION = {
    "zeros explained": "∂ℓ/∂O with its zeros: {zeros} ({why}). The rotated kernel slides over it; "
    "framed: {gradient}.",
    "zeros plain": "∂ℓ/∂O with its zeros: {zeros}. The rotated kernel slides over it; framed: "
    "{gradient}.",
}
APPEARANCES = {
    "one output": "Second job. {named_weight} appears in the one output, once, beside the input "
    "cell that it meets in that window (framed).",
    "several outputs": "Second job. {named_weight} appears in every one of the {outputs} outputs, "
    "once, beside the input cell that it meets in that window (framed).",
    "always": "That cell is ∂yⱼ/∂{weight}.",
    "once on padding": "On padding, 1 time, it is 0.",
    "often on padding": "On padding, {on_padding} times, it is 0.",
}
WINDOW_SUM = {
    "one output": "The chain rule again: what {weight} meets in the one window, times ∂ℓ/∂y₁: "
    "{weight_gradient}.",
    "several outputs": "The chain rule again: what {weight} meets in window j, times ∂ℓ/∂yⱼ, "
    "summed over all {outputs} windows: {weight_gradient}. The weight is shared, so every window "
    "has its say.",
}
CORRELATION = {
    "always": "All these sums at once: O′ slides over the input, and here nothing is rotated.",
    "strided": "The stride {stride} inserts zeros into O′ first.",
    "cropped": "Places beyond the kernel are cropped (dashed).",
    "dilated": "The dilation {dilation} is the step of O′.",
}
BIAS = {
    "always": "The bias is added once to each output, not to each product, so ∂ℓ/∂b is simply the "
    "sum of ∂ℓ/∂O: {bias_gradient}.",
    "several weights": "(Counted per product it would be {weights} times that: {wrong}.)",
}
DESCENT = {
    "the loss falls": "What all this is for: a step against the gradient. Weights and bias move by "
    "η times their derivative, and the loss falls from {before} to {after}. Repeat, and the kernel "
    "learns.",
    "the loss stays": "The gradient is 0 here: the loss is as low as it gets, and nothing moves.",
}


def title(step: int, name: str) -> str:
    """Return the heading of a step, which counts from 1."""
    return say(TITLE, number=step + 1, name=say(name))


def weights(kernel_size: tuple[int, int]) -> list[tuple[str, int]]:
    """Return the weights of a kernel to choose from."""
    return [(weight_name(*place), i) for i, place in enumerate(np.ndindex(kernel_size))]


def told(sentences: Sentences, state: BackpropState) -> str:
    """Return those sentences whose condition holds, as HTML."""
    values = _values(state)
    chosen = [text for when, text in sentences.items() if state.conditions[when]]
    return in_a_row(*(say(text, **values) for text in chosen))


def _values(state: BackpropState) -> dict[str, object]:
    """Return what the sentences name."""
    n, geometry, weight = state.numbers, state.geometry, weight_name(*state.place)
    lines = [
        say(THROUGH, output=sub(line.pixel + 1), weight=weight_name(*line.weight))
        for line in n.fed_by(0)
    ]
    bias, (before, after) = float(n.gradients.bias), n.losses
    weight_gradient = plain(n.gradients.weight[state.place])
    return {
        "outputs": n.y.size,
        "cells": n.x.size,
        "weights": n.weight.size,
        "x1": coloured("x₁", "input"),
        "y1": coloured(f"y₁ = {plain(n.y[0, 0])}", "output"),
        "bias": plain(n.bias),
        "first": len(state.row_1),
        "missing": n.weight.size - len(state.row_1),
        "lines": _some(lines),
        "fed": len(lines),
        "missed": n.y.size - len(lines),
        "column": coloured(say(COLUMN), "kernel"),
        "cell": state.cell + 1,
        "x": f"x{sub(state.cell + 1)}",
        "feeds": _some([f"y{sub(line.pixel + 1)}" for line in n.fed_by(state.cell)]),
        "gradient": _gradient(state, state.cell),
        "first_gradient": _gradient(state, 0),
        "transposed": coloured("C̃ᵀ", "kernel"),
        "uncovered": int((~n.covered).sum()),
        "change": coloured(f"dℓ = {plain(n.change_of_loss)}", "gradient"),
        "zeros": _zeros(state),
        "why": say("; ").join(_why_zeros(state)),
        "weight": weight,
        "named_weight": coloured(weight, "kernel"),
        "on_padding": state.met_cells.count(None),
        "weight_gradient": coloured(f"∂ℓ/∂{weight} = {weight_gradient}", "gradient"),
        "stride": _pair(geometry.stride),
        "dilation": _pair(geometry.dilation),
        "bias_gradient": coloured(plain(bias), "gradient"),
        "wrong": plain(n.weight.size * bias),
        "before": coloured(f"{before:.4g}", "look here"),
        "after": coloured(f"{after:.4g}", "look here"),
    }


def _gradient(state: BackpropState, cell: int) -> str:
    value = plain(state.numbers.gradient_of(cell))
    return coloured(f"∂ℓ/∂x{sub(cell + 1)} = {value}", "gradient")


def _some(outputs: list[str]) -> str:
    """Return a list in words; of a long one only how many there are, and some."""
    if len(outputs) <= MOST_NAMES:
        return listed(outputs)
    return say(SOME, count=len(outputs), names=say(", ").join(outputs[:3]), last=outputs[-1])


def _zeros(state: BackpropState) -> str:
    """Return which zeros ∂ℓ/∂O gets between its cells and around them."""
    rows, cols = state.numbers.border
    around = say(AROUND, rows=rows, cols=cols) if any(rows + cols) else say(NONE_AROUND)
    down, across = state.geometry.stride
    between = [say(BETWEEN, gaps=_pair((down - 1, across - 1)))] if max(down, across) > 1 else []
    return say("; ").join([*between, around])


def _why_zeros(state: BackpropState) -> list[str]:
    """Return what else decides about those around."""
    geometry = state.geometry
    dropped = [say(DROPPED)] if state.conditions["padded"] else []
    extra = [say(LEFT_OVER, leftover=_pair(geometry.leftover))] if max(geometry.leftover) else []
    return dropped + extra


def _pair(values: tuple[int, int]) -> str:
    return str(values[0]) if values[0] == values[1] else f"({values[0]}, {values[1]})"
