"""What is said of one call of a reader's function, and what else is worth a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convlab.exercises.marking import functions
from convlab.exercises.marking.calling import Call, Kind
from convlab.exercises.marking.kinds import not_finite, oddity
from convlab.exercises.marking.sameness import (
    as_array,
    as_numbers,
    differing,
    is_several,
    parts,
    same,
    written,
)
from convlab.formatting import say, say_number

MOST_LINES = 3
"""Lines of what a function prints that are repeated."""


_RAISED = {
    Kind.RAISED: "It raised {message}.",
    Kind.ENDED: "It ends the program, by `exit()` perhaps; a function returns its result.",
    Kind.RECURSIVE: "It raised {message}. Does it call itself without end?",
}


def told_of(came: Call, expected: Any) -> tuple[str, int | None]:
    """Say what is wrong in a trial, and in which of several results."""
    if came.kind in _RAISED:
        return say(_RAISED[came.kind], message=came.message), None
    value = came.value
    if value is None:
        if came.printed:
            return say(
                "The function returned nothing: is there a `return`? `print` only shows a result."
            ), None
        return say("The function returned nothing: is there a `return`?"), None
    if not is_several(expected):
        return _differences(value, expected), None
    several = parts(value)
    if len(several) != len(expected):
        return say(
            "{count} results are asked for, in a tuple; {noun} came.",
            count=len(expected),
            noun=_noun(value, several),
        ), None
    number = next(
        n for n, pair in enumerate(zip(several, expected, strict=True)) if not same(*pair)
    )
    return say(
        "Result {number} of {count}: {told}",
        number=number + 1,
        count=len(expected),
        told=_differences(several[number], expected[number]) or say("the number differs."),
    ), number


def _noun(value: Any, several: list[Any]) -> str:
    if several:
        return say_number(len(several), "{number} result", "{number} results")
    odd = oddity(value)
    return odd.noun if odd else say("one number")


def _differences(value: Any, expected: Any) -> str:
    """Say what is wrong with a result."""
    given, wanted = as_array(value), as_array(expected)
    if wanted is None:
        sentence = "{value} came for {expected}."
        return say(sentence, value=written(value), expected=written(expected))
    if given is None:
        odd = oddity(value)
        sentence = (
            "Here no array of numbers came back, but {noun}. {advice}"
            if wanted.ndim
            else "Here no number came back, but {noun}. {advice}"
        )
        noun, advice = odd or (written(value), "")
        return say(sentence, noun=noun, advice=advice).strip()
    if given.shape != wanted.shape and not given.size == wanted.size == 1:
        reshaped = given.size == wanted.size and same(given.ravel(), wanted.ravel())
        sentence = (
            "The numbers are right, their shape is not: {given} came for {wanted}."
            if reshaped
            else "Shape {given} came for {wanted}."
            if given.ndim
            else "One number came, and an array of shape {wanted} is asked for."
        )
        return say(sentence, given=given.shape, wanted=wanted.shape)
    numbers = np.asarray(as_numbers(value))
    if missing := not_finite(numbers):
        return missing
    if wanted.size == 1:
        return ""
    return say_number(
        int(differing(numbers, np.asarray(wanted, float)).sum()),
        "{number} of {all} entries differs.",
        "{number} of {all} entries differ.",
        all=wanted.size,
    )


def notes_on(names: Sequence[str], calls: Sequence[Call]) -> tuple[str, ...]:
    """Say which arguments were changed, and what was printed."""
    found = sorted({index for came in calls for index in came.changed})
    notes = [functions.changed([names[index] for index in found])] if found else []
    printed = next((came.printed for came in calls if came.printed), "")
    lines = [line[:80] for line in printed.splitlines() if line.strip()]
    if lines:
        more = ["…"] if len(lines) > MOST_LINES else []
        shown = "\n".join([*lines[:MOST_LINES], *more])
        notes.append(say("It printed:\n{lines}", lines=shown))
    return tuple(notes)
