"""What the effective field says of its picture."""

from __future__ import annotations

from convlab.explore.receptive_field.effective_field_numbers import EffectiveFieldState
from convlab.explore.receptive_field.field_words import part_of
from convlab.formatting import in_a_row, say
from convlab.widgets.html import coloured

WEIGHTS = [("all weights equal", "uniform"), ("random weights", "random")]
LABELS = {
    "kernel": "kernel",
    "dilation": "dilation",
    "pools": "poolings",
    "layers": "layers",
    "percent": "hold %",
    "weights": "weights",
}
TIPS = {
    "pools": "number of 2 × 2 poolings with stride 2",
    "layers": "number of convolutions",
    "percent": "percent of the gradient to hold",
}


def labels(state: EffectiveFieldState) -> tuple[list[str], list[str], list[str]]:
    """Return what stands about the panels: of the theoretical field, the effective one, its core.

    The first names the first panel, and its size; the second the other two; the third the sizes
    of what they hold.
    """
    size, inner = len(state.field), state.inner
    return (
        [say("theoretical: what it sees"), say("{size} × {size}", size=size)],
        [say("effective: what counts"), say("in section, by columns")],
        [
            say("{percent} % in {inner} × {inner}", percent=state.percent, inner=inner),
            say("{inner} of {size}", inner=inner, size=size),
        ],
    )


def describe(state: EffectiveFieldState) -> str:
    """Compare both fields in numbers."""
    size, inner = len(state.field), state.inner
    missed = size * size - int(state.reached.sum())
    one = state.layers == 1
    if missed and one:
        sees = "{stack} sees {cells}, {missed} of which it skips."
    elif missed:
        sees = "{stack} see {cells}, {missed} of which they skip."
    else:
        sees = "{stack} sees {cells}." if one else "{stack} see {cells}."
    square = say("the middle {inner} × {inner}", inner=inner)
    gradient = say("{percent} % of the gradient", percent=state.percent)
    return in_a_row(
        say(
            sees,
            stack=_stack(state),
            cells=coloured(say("{size} × {size} cells", size=size), "input"),
            missed=missed,
        ),
        say(
            "{gradient} lies in {square}: {share} of the square.",
            gradient=coloured(gradient, "gradient"),
            square=coloured(square, "look here"),
            share=part_of(inner**2 / size**2),
        ),
    )


def _stack(state: EffectiveFieldState) -> str:
    """Say what layers there are."""
    if state.layers == 1:
        words = "1 layer of {kernel} × {kernel}"
    elif not state.pools:
        words = "{layers} layers of {kernel} × {kernel}"
    elif state.pools == 1:
        words = "{layers} layers of {kernel} × {kernel} with 1 pooling"
    else:
        words = "{layers} layers of {kernel} × {kernel} with {pools} poolings"
    return say(words, layers=state.layers, kernel=state.kernel, pools=state.pools)
