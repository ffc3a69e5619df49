"""What the gradient check says of its picture."""

from __future__ import annotations

import numpy as np

from convlab.explore.backprop.gradient_check_numbers import (
    MISTAKES,
    NONE,
    Agreement,
    GradientCheckState,
)
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain, say
from convlab.widgets.html import coloured

PLANTED, NUMBERS = "planted", "numbers"
CHOICES = [NONE, *MISTAKES]
KERNELS = [("asymmetric kernel", False), ("symmetric", True)]
COLUMNS = ("coded", "numerical", "difference")
NAMES = {"x": "∂ℓ/∂x", "weight": "∂ℓ/∂w", "bias": "∂ℓ/∂b"}
ROOM = 22
"""Letters of a verdict that the picture has room for."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_DONE = {
    "∂ℓ/∂x: kernel not rotated": "∂ℓ/∂x was coded without rotating the kernel",
    "∂ℓ/∂x: stride forgotten": "∂ℓ/∂x was coded as if the stride were 1",
    "∂ℓ/∂x: left-over cells cropped": "∂ℓ/∂x was coded without the cells that the stride left over",
    "∂ℓ/∂w: rotated as well": "∂ℓ/∂w was coded with ∂ℓ/∂O rotated by 180°",
    "∂ℓ/∂w: stride forgotten": "∂ℓ/∂w was coded without inserting the stride's zeros into ∂ℓ/∂O",
    "∂ℓ/∂b: counted per product": "∂ℓ/∂b was coded as if each product had its own bias",
}
_NO_GAP = "there is no gap between windows to forget. Test code at stride 2"
_HIDDEN = {
    "∂ℓ/∂x: kernel not rotated": "this kernel looks the same when rotated. Test code with an "
    "asymmetric kernel",
    "∂ℓ/∂x: stride forgotten": _NO_GAP,
    "∂ℓ/∂x: left-over cells cropped": "the stride leaves nothing over here. Test a size where "
    "input + padding − span is no multiple of the stride",
    "∂ℓ/∂w: rotated as well": "this ∂ℓ/∂O looks the same when rotated. Test code with more than "
    "one output",
    "∂ℓ/∂w: stride forgotten": _NO_GAP,
    "∂ℓ/∂b: counted per product": "a kernel of one weight has one product. Test code with a larger "
    "kernel",
}
_BY_CHANCE = "the numbers happen to agree. Test code on more than one case"
_OTHERWISE = {
    "∂ℓ/∂b: counted per product": "∂ℓ/∂b is 0 here, and so is any multiple of it. Test code on "
    "other numbers"
}


def what_was_done(mistake: str) -> str:
    """Return what was done, as a clause."""
    return say(_DONE[mistake])


def why_hidden(mistake: str, n: WorkedExample) -> str:
    """Return why a mistake does not show in these numbers, as a clause."""
    hides = MISTAKES[mistake].hides(n)
    return say(_HIDDEN[mistake] if hides else _OTHERWISE.get(mistake, _BY_CHANCE))


def in_words(error: float) -> str:
    """Write a relative error: in percent where it is large.

    Examples
    --------
    >>> in_words(0.5), in_words(2.3e-10), in_words(0.0)
    ('50 %', '2 · 10⁻¹⁰', '0')
    """
    if error == 0:
        return "0"
    if error >= 1e-3:
        return say("{percent:.0f} %", percent=100 * error)
    digit, power = f"{error:.0e}".split("e")
    return f"{digit} · 10{str(int(power)).translate(_RAISED)}"


def size_in_words(shape: tuple[int, ...]) -> str:
    """Write the shape of an array.

    Examples
    --------
    >>> size_in_words((3, 4)), size_in_words((5,)), size_in_words(())
    ('3 × 4', '(5,)', 'one number')
    """
    if not shape:
        return say("one number")
    return " × ".join(map(str, shape)) if len(shape) > 1 else str(shape)


def verdict(agreement: Agreement) -> str:
    """Say what the check found of one gradient."""
    if agreement.is_missing:
        found = say("nothing to compare")
    elif not np.isfinite(agreement.coded).all():
        found = say("NaN or infinity")
    elif agreement.same_shape:
        found = say("relative error {error}", error=in_words(agreement.error))
    else:
        own, other = (size_in_words(part.shape) for part in agreement)
        found = say("shape {own}, not {other}", own=own, other=other)
        if len(found) > ROOM:
            found = say("shape {own}", own=own)
    return f"{'✓' if agreement.passes else '✗'} {found}"


def describe(state: GradientCheckState) -> str:
    """Say what the check found."""
    found = state.agreements
    if state.mistake == NONE:
        largest = in_words(max(agreement.error for agreement in found.values()))
        return say(
            "No mistake is planted. Numerical means: nudge each number up and down by h = 10⁻⁴, "
            "and see how the loss ℓ moves. The relative error, the largest difference divided by "
            "the largest entry of either, is at most {largest}, which is rounding.",
            largest=coloured(largest, "gradient"),
        )
    part, done = MISTAKES[state.mistake].part, what_was_done(state.mistake)
    if found[part].passes:
        return say(
            "Planted, but invisible: {done}, yet the check passes, for {reason}.",
            done=done,
            reason=why_hidden(state.mistake, state.numbers),
        )
    one, other = (name for key, name in NAMES.items() if key != part)
    sentence = (
        "{caught}: {done}. Relative error: the largest difference, {gap} (framed), over the "
        "largest entry of either, {scale}, is {error}. {one} and {other} still agree, so you know "
        "where to look."
        if found[part].same_shape
        else "{caught}: {done}; it has not even the shape of what it belongs to (dashed: missing). "
        "{one} and {other} still agree, so you know where to look."
    )
    return say(
        sentence,
        caught=coloured(say("Caught"), "look here"),
        done=done,
        gap=plain(found[part].gap) if found[part].same_shape else "",
        scale=plain(found[part].scale),
        error=in_words(found[part].error),
        one=one,
        other=other,
    )
