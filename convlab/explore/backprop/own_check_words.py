"""What the gradient check says of a reader's own function."""

from __future__ import annotations

import html

import numpy as np

from convlab.exercises.marking.mistakes import MISTAKES
from convlab.explore.backprop.gradient_check_words import NAMES, size_in_words
from convlab.explore.backprop.own_backward import Findings, Gradient, Outcome
from convlab.explore.backprop.own_call import OPTIONS, Kind
from convlab.explore.backprop.own_check_numbers import OwnCheckState
from convlab.formatting import as_html, in_a_row, listed, plain, say, say_number
from convlab.widgets.html import coloured, grid, line_of

CASE = "case"
ROLES = {"grad_output": "gradient", "x": "input", "weight": "kernel"}
FEW = 3
"""So many entries that differ are written out."""
LARGEST = 10
"""Rows or columns of the largest array that is shown as a table."""

_OF_CALL = {
    Kind.RAISED: "It raised {message}.",
    Kind.NOTHING: "It returned nothing: is there a `return`?",
    Kind.WRONG_TYPE: "It must return two or three arrays, ∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b; what came is: "
    "{message}.",
    Kind.INTERRUPTED: "It was interrupted here, and not tried on the cases after this one. Does a "
    "loop never end?",
}
_OF_GRADIENT = {
    Kind.WRONG_VALUES: "{part} has wrong values: {count} of {all} entries differ (framed).",
    Kind.WRONG_SHAPE: "{part} has the wrong shape: {own}, not {other}.",
    Kind.NAN: "{part} holds NaN or infinity. Is something divided by 0, or an array of `np.empty` "
    "never filled?",
    Kind.NO_NUMBERS: "{part} is no array of numbers.",
    Kind.NOTHING: "{part} is None.",
}
_ONE_NUMBER = "{part} has the wrong value: {came}, not {right}."
_MUTATED = "It has changed its argument {arguments}: work on a copy."


def options(findings: Findings) -> list[tuple[str, int]]:
    """Return what the list of cases offers: each with whether it passes."""
    marks = [("✓" if found.kind is Kind.PASSES else "✗") for found in findings.outcomes]
    names = [say(found.case.name) for found in findings.outcomes]
    return [(f"{mark} {name}", i) for i, (mark, name) in enumerate(zip(marks, names, strict=True))]


def describe(state: OwnCheckState) -> str:
    """Say what the check found."""
    found, outcome = state.findings, state.outcome
    name = html.escape(found.name)
    if found.passes:
        return say(
            "{name} passes: in all {count} cases {parts} agree with central differences. {limits}",
            name=coloured(name, "output"),
            count=len(found.outcomes),
            parts=listed([NAMES[part] for part in outcome.gradients]),
            limits=limits(found),
        ).strip()
    failing = say_number(
        len(found.outcomes),
        "{wrong} of {number} case fails.",
        "{wrong} of {number} cases fail.",
        wrong=len(found.failing),
    )
    told = verdict(outcome) or say("This case passes; choose one with a ✗.")
    whose = say("{name}:", name=coloured(name, "look here"))
    return in_a_row(whose, told, named(found), failing, limits(found))


def verdict(outcome: Outcome) -> str:
    """Say what is wrong in one case; nothing, if nothing is."""
    said = [_of_call(outcome)] if outcome.kind in _OF_CALL and _same_for_all(outcome) else []
    if not said:
        said = [_of_gradient(part, found) for part, found in outcome.wrong.items()]
    if outcome.mutated:
        said.append(say(_MUTATED, arguments=listed(outcome.mutated)))
    return in_a_row(*said)


def named(findings: Findings) -> str:
    """Say which mistakes come out the same."""
    return in_a_row(
        *(
            say(
                "{caught} in {part}: <b>{mistake}</b>. {words}",
                caught=coloured(say("Caught"), "look here"),
                part=NAMES[part],
                mistake=say(mistake),
                words=as_html(say(MISTAKES[mistake])),
            )
            for part, mistake in findings.mistakes.items()
        )
    )


def limits(findings: Findings) -> str:
    """Say what was not tried, or not checked."""
    said = []
    if missing := [name for name in OPTIONS if name not in findings.accepts]:
        said.append(
            say(
                "Not tried: cases with {options}, which the function does not take.",
                options=listed(missing),
            )
        )
    if all("bias" not in outcome.gradients for outcome in findings.outcomes):
        said.append(say("Not checked: ∂ℓ/∂b, which the function does not return."))
    return in_a_row(*said)


def with_batch(findings: Findings) -> str:
    """Say what came of the case with a batch and channels."""
    if findings.batch is None:
        return ""
    kind = findings.batch.kind
    if kind is Kind.PASSES:
        return say("With a batch and channels (4-D arrays), which is optional, it passes, too.")
    if kind in (Kind.WRONG_VALUES, Kind.NAN, Kind.MUTATED):
        return say(
            "With a batch and channels (4-D arrays), which is optional, it does not pass: {why}",
            why=verdict(findings.batch),
        )
    return say("It takes no batch and no channels (4-D arrays), which are optional.")


def explain(state: OwnCheckState) -> str:
    """Return how the function was called, and what came, in small tables."""
    outcome, found = state.outcome, state.findings
    layout = "".join(
        f", {name}={outcome.case.layout[name]}"
        for name in found.accepts
        if name in outcome.case.layout
    )
    call = say("{name}(grad_output, x, weight{layout})", name=found.name, layout=layout)
    tables = [grid(outcome.case.arrays[name], role, name, cell=26) for name, role in ROLES.items()]
    entries = []
    for part, gradient in outcome.wrong.items():
        tables += _compared(part, gradient)
        entries += first_entries(part, gradient)
    lines = [in_a_row(*entries), with_batch(found)]
    return "".join(
        [
            f"<code>{html.escape(call)}</code>",
            line_of(*tables),
            *(f"<div>{line}</div>" for line in lines if line),
        ]
    )


@np.errstate(over="ignore", invalid="ignore")  # a reader's own gradient may hold anything
def _compared(part: str, found: Gradient) -> list[str]:
    """Return what came beside what is right, the entries that differ framed."""
    coded, numerical = (one.astype(float).round(6) for one in found.agreement)
    look = np.atleast_2d(found.wrong) if found.agreement.same_shape else None
    right = say("{part}, right", part=NAMES[part])
    tables = [grid(numerical, "gradient", right, look=look, cell=26)]
    if coded.size and coded.ndim <= 2 and max(coded.shape, default=1) <= LARGEST:
        came = say("{part}, came", part=NAMES[part])
        tables.insert(0, grid(coded, "gradient", came, look=look, cell=26))
    return tables


def first_entries(part: str, found: Gradient) -> list[str]:
    """Say of the first entries that differ what came, and what is right."""
    return [
        say(
            "{part} at {place}: {came} came, {right} is right.",
            part=NAMES[part],
            place=list(place),
            came=plain(found.agreement.coded[tuple(place)]),
            right=plain(found.agreement.numerical[tuple(place)].round(6)),
        )
        for place in np.argwhere(found.wrong)[:FEW].tolist()
    ]


def _same_for_all(outcome: Outcome) -> bool:
    return len({found.kind for found in outcome.gradients.values()}) == 1


def _of_call(outcome: Outcome) -> str:
    return as_html(say(_OF_CALL[outcome.kind], message=outcome.message))


def _of_gradient(part: str, found: Gradient) -> str:
    coded, numerical = found.agreement
    one = found.kind is Kind.WRONG_VALUES and coded.size == 1
    told = say(
        _ONE_NUMBER if one else _OF_GRADIENT[found.kind],
        part=NAMES[part],
        count=int(found.wrong.sum()),
        all=coded.size,
        came=plain(coded.item()) if one else "",
        right=plain(round(numerical.item(), 6)) if one else "",
        own=size_in_words(coded.shape),
        other=size_in_words(numerical.shape),
    )
    return as_html(told)
