"""What is said of a descent on a hidden filter."""

from __future__ import annotations

from convlab.explore.learning.recover_numbers import CROPS, STEPS, WHOLE, RecoverState
from convlab.explore.learning.recover_pictures import HIDDEN, OWN, PICTURES
from convlab.formatting import in_a_row, plain, say, say_number
from convlab.widgets.html import coloured

LABELS = {
    "picture": "picture",
    "hidden": "hidden filter",
    "weights": "weights",
    "rate": "step length",
    "momentum": "momentum",
    "batch": "crops",
    "crop": "size of crops",
    "start": "start",
    "across": "surface →",
    "up": "surface ↑",
    "revealed": "show the hidden filter",
    "step": "step",
}
TIPS = {
    "rate": "step length η: how far along the gradient each step goes",
    "momentum": "momentum μ: how much of the last step's speed each step keeps",
    "batch": "random crops that each step sees",
    "start": "0: a kernel of zeros; others: random kernels",
}
NAMES = {
    **{name: name for name in (*PICTURES, *HIDDEN)},
    "smooth": "smooth, the mean of 3 × 3",
    OWN: OWN,
}
TITLES = ("before", "after: the target", "made by w now", "w now", "hidden", "w − hidden")
_BELOW = "₀₁₂₃₄₅₆₇₈₉"
LARGE = 1e4
"""From here on a ratio of curvatures is said in thousands."""


def crops() -> list[tuple[str, int]]:
    """Return the sizes of crops to choose from, as they are written."""
    names = {crop: say("{side} × {side}", side=crop) for crop in CROPS} | {WHOLE: say("all of it")}
    return [(names[crop], crop) for crop in CROPS]


def weight(index: int, columns: int) -> str:
    """Write the name of a weight, counted from 1.

    Examples
    --------
    >>> weight(5, 3)
    'w₂,₃'
    """
    row, column = divmod(index, columns)
    return f"w{_BELOW[row + 1]},{_BELOW[column + 1]}"


def curve_title() -> str:
    """Return what stands over the curve."""
    return say("loss ℓ of the whole picture, over the steps")


def surface_title(state: RecoverState) -> str:
    """Return what stands over the surface."""
    columns = len(state.weights[0])
    return say(
        "ℓ over {one} → and {other} ↑ (× hidden)",
        one=weight(state.across, columns),
        other=weight(state.up, columns),
    )


def stopped(state: RecoverState) -> str:
    """Return what stands at the end of a path that diverged."""
    return say_number(state.last, "stopped after {number} step", "stopped after {number} steps")


def describe(state: RecoverState) -> str:
    """Say how far the descent has come, how fast it can be, and why it failed where it did."""
    return in_a_row(_moment(state), _why(state))


def _moment(state: RecoverState) -> str:
    first, now = plain(float(state.path.losses[0])), plain(state.loss)
    numbers = {"step": state.step, "steps": STEPS, "first": first, "now": now}
    if state.is_at_the_end:
        return say(
            "{stop} after {step} of {steps} steps, the loss at {now} from {first}.",
            stop=coloured(say("Diverged, and stopped"), "look here"),
            **numbers,
        )
    if state.step == 0:
        done = say("The start: the loss is {now}.", **numbers)
    else:
        done = say("Step {step} of {steps}: the loss is {now}, from {first}.", **numbers)
    if not state.revealed:
        return done
    return in_a_row(done, say("The largest error is {error}.", error=plain(state.error)))


def _why(state: RecoverState) -> str:
    descent = state.descent
    numbers = {
        "rate": plain(descent.rate),
        "rule": say("2/λ") if descent.momentum == 0 else say("2(1 + μ)/λ"),
        "longest": plain(descent.longest),
        "curve": plain(float(descent.curvatures[-1])),
    }
    if descent.rate >= descent.longest:
        return say(
            "η = {rate} is longer than {rule} = {longest}, with "
            "λ = {curve} the largest curvature: each step lands higher up, on the other "
            "side.",
            **numbers,
        )
    if state.path.diverged:
        return say(
            "η = {rate} is below {rule} = {longest}, with "
            "λ = {curve} the largest curvature of the whole picture; but bright crops "
            "curve more.",
            **numbers,
        )
    fine = say(
        "η = {rate} is below {rule} = {longest}, with λ = {curve} the largest curvature.",
        **numbers,
    )
    return in_a_row(fine, _shape(state))


def _shape(state: RecoverState) -> str:
    if state.flat_directions:
        return say(
            "{lost}: in {flat} of {cells} directions the bowl is flat.",
            lost=coloured(say("Not to be recovered"), "look here"),
            flat=state.flat_directions,
            cells=len(state.descent.curvatures),
        )
    if state.condition >= LARGE:
        thousands = state.condition / 1e3
        return say("The smallest is {times:,.0f} thousand times smaller.", times=thousands)
    return say("The smallest is {times:.0f} times smaller.", times=state.condition)
