"""The derivation of both gradients: a list of steps, each with its picture, formula and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from convlab.draw.drawing import Drawing
from convlab.explore.backprop import backprop_words as words
from convlab.explore.backprop import formulas
from convlab.explore.backprop import input_gradient as dx
from convlab.explore.backprop import weight_gradient as dw
from convlab.explore.backprop.backprop_numbers import BackpropState


class Step(NamedTuple):
    """One step: its title, how to draw it, its formula in TeX, what it says, what it looks at.

    `looks_at` is "cell" or "weight" where the step follows that control.
    """

    title: str
    draw: Callable[[Drawing, BackpropState], None]
    formula: Callable[[BackpropState], str]
    sentences: words.Sentences
    looks_at: str = ""


STEPS = (
    Step("The forward pass", dx.forward, formulas.forward, words.FORWARD),
    Step("Which outputs x₁ touches", dx.touched, formulas.touched, words.TOUCHED),
    Step("The partials: column 1 of C̃", dx.partials, formulas.partials, words.PARTIALS),
    Step("The chain rule sums", dx.chain, formulas.chain, words.CHAIN),
    Step("The same for every input cell", dx.any_cell, formulas.any_cell, words.ANY_CELL, "cell"),
    Step("All of them stacked: C̃ᵀ", dx.stacked, formulas.stacked, words.STACKED, "cell"),
    Step("Why the transpose", dx.both_ways, formulas.both_ways, words.BOTH_WAYS),
    Step(
        "C̃ᵀ is again a convolution", dx.convolution, formulas.convolution, words.CONVOLUTION, "cell"
    ),
    Step(
        "Second job: where a weight appears",
        dw.appearances,
        formulas.appearances,
        words.APPEARANCES,
        "weight",
    ),
    Step("Sum over the windows", dw.window_sum, formulas.window_sum, words.WINDOW_SUM, "weight"),
    Step(
        "All weights at once: O′ slides over I",
        dw.correlation,
        formulas.correlation,
        words.CORRELATION,
        "weight",
    ),
    Step("The bias", dw.bias, formulas.bias, words.BIAS),
    Step("One step against the gradient", dw.descent, formulas.descent, words.DESCENT),
)


def describe(state: BackpropState) -> str:
    """Say what the step shows."""
    return words.told(STEPS[state.step].sentences, state)


def explain(state: BackpropState) -> str:
    """Return the step's title and formula, in TeX."""
    return (
        f'<div class="convlab-derivation"><div><b>{_title(state)}</b></div>'
        f"<div>\\[{STEPS[state.step].formula(state)}\\]</div></div>"
    )


def printed(state: BackpropState) -> str:
    """Return the step's title: a saved page does not typeset formulas."""
    return f"<h2>{_title(state)}</h2>"


def _title(state: BackpropState) -> str:
    return words.title(state.step, STEPS[state.step].title)
