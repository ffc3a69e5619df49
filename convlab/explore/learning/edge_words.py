"""What is said of two kernels that learn edges from labels."""

from __future__ import annotations

from convlab.explore.learning.edge_numbers import (
    CLASSES,
    GRADIENT,
    GRADIENTS,
    HELD_OUT,
    LINE,
    NOTHING,
    OTHER,
    STEPS,
    EdgeState,
)
from convlab.formatting import in_a_row, plain, say
from convlab.widgets.html import coloured

LABELS = {
    "seed": "start",
    "pool": "pooling",
    "noise": "noise",
    "rate": "step length",
    "step": "step",
}
TIPS = {
    "seed": "seed of the first two kernels",
    "noise": "spread of the noise on every cell",
    "rate": "step length η: how far along the gradient each step goes",
}
LOSS = "loss ℓ of the held-out strokes"
COSINES = "cosine with the gradient"
RIGHT, WRONG = "✓ {name}", "✗ {name}"
_KINDS = {
    GRADIENT: "is a {gradient}",
    LINE: "finds lines instead, both edges at once",
    NOTHING: "hardly answers: ReLU stops nearly all of it",
    OTHER: "is like neither a gradient nor a line",
}
_TURNED = "is a {gradient}, with its sign turned"


def share(state: EdgeState) -> str:
    """Write which part of the held-out strokes is named rightly.

    Examples
    --------
    >>> share(EdgeState(5, "average", 0.1, 0.2, 200))
    '86 %'
    """
    return say("{share:.0f} %", share=100 * state.accuracy)


def strokes_title(state: EdgeState) -> str:
    """Return what stands over the strokes."""
    return say("held-out strokes: {share} right", share=share(state))


def kernel_title(which: int) -> str:
    """Return what stands over a kernel."""
    return say("kernel for {name}", name=say(CLASSES[which]))


def reference_title(which: int) -> str:
    """Return what stands over the gradient beside it."""
    return say(GRADIENTS[which])


def cosine(state: EdgeState, which: int) -> str:
    """Return how much a kernel and the gradient beside it are alike."""
    return say("cosine {value}", value=_signed(state.cosine(which)))


def answer(state: EdgeState, which: int, label: int) -> str:
    """Return what one stroke is taken for, and whether that is right."""
    given = int(state.answers[which])
    sentence = RIGHT if given == label else WRONG
    return say(sentence, name=say(CLASSES[given]))


def describe(state: EdgeState) -> str:
    """Say how many strokes are named rightly, and what each kernel has become."""
    done = say(
        "After {step} of {steps} steps, {share} of {held} held-out strokes are named rightly.",
        step=state.step,
        steps=STEPS,
        share=coloured(share(state), "output"),
        held=HELD_OUT,
    )
    if state.step == 0:
        return say(
            "Two random kernels: {share} of {held} strokes are named rightly, by chance. Neither "
            "has been shown an edge; all that comes is labels.",
            share=coloured(share(state), "output"),
            held=HELD_OUT,
        )
    return in_a_row(done, *(_become(state, which) for which in (0, 1)))


def _become(state: EdgeState, which: int) -> str:
    kind, value = state.kind(which), state.cosine(which)
    sentence = _TURNED if kind == GRADIENT and value < 0 else _KINDS[kind]
    return say(
        "The {kernel} {what}.",
        kernel=coloured(kernel_title(which), "kernel"),
        what=say(sentence, gradient=say(GRADIENTS[which])),
    )


def _signed(value: float) -> str:
    written = plain(round(value, 2))
    return f"+{written}" if round(value, 2) > 0 else written
