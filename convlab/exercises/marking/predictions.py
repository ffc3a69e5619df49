"""Predictions: what a reader commits to before an explorer shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.sameness import same
from convlab.exercises.marking.verdicts import Verdict
from convlab.formatting import say, say_number

_NUMBER = re.compile(r"(?:(?<![\d.])[-−－])?\d+(?:\.\d+)?")
"""A sign counts at the beginning of a number only: 3-3 holds two threes."""
_MINUS = str.maketrans("−－", "--")


@dataclass(frozen=True)
class Prediction:
    """A question before an explorer; its answer is one or more numbers, or one of some choices.

    Parameters
    ----------
    prompt : str
        What is to be answered, in a few words.
    answer : str
        The right answer: numbers as a reader would write them, or one of the choices.
    hides : str, default "all"
        The part of the picture that gives the answer away: see `Scene.regions`.
    slips : dict of str to str or list of str, optional
        Wrong answers and what is said of them: by the name of a mistake of the catalogue, or by a
        sentence of their own.
    choices : dict of str to str, optional
        The answers to choose from, each with what is said of it.
    also : tuple of str, optional
        Other ways to write the right answer.

    Examples
    --------
    >>> sides = Prediction("rows, columns", "3 × 2", slips={"axes swapped": "2 × 3"})
    >>> sides.mark("3, 2")
    ✓ Right.
    >>> sides.mark("(2, 3)").mistake
    'axes swapped'
    """

    prompt: str
    answer: str
    hides: str = "all"
    slips: Mapping[str, str | Sequence[str]] = field(default_factory=dict, repr=False)
    choices: Mapping[str, str] = field(default_factory=dict, repr=False)
    also: tuple[str, ...] = ()

    def mark(self, answer: str) -> Verdict:
        """Mark an answer: `right` is None where it has not as many numbers as are asked for."""
        if self.choices:
            return Verdict(answer == self.answer, say(self.choices.get(answer, "")))
        given, wanted = numbers(answer), numbers(self.answer)
        if any(same(given, numbers(right)) for right in (self.answer, *self.also)):
            return Verdict(True)
        for name, values in self.slips.items():
            written = [values] if isinstance(values, str) else values
            if any(same(given, numbers(value)) for value in written):
                if name not in MISTAKES:
                    return Verdict(False, say(name))
                return Verdict(False, say(MISTAKES[name]), name)
        if len(given) != len(wanted):
            return Verdict(
                None,
                say_number(
                    len(wanted),
                    "That is not an answer yet: one number is asked for.",
                    "That is not an answer yet: {number} numbers are asked for.",
                ),
            )
        if sorted(given) == sorted(wanted):
            return Verdict(False, say("The numbers are right, their order is not."))
        return Verdict(False)

    def heard_by(self, hear: Callable[[Verdict], None]) -> Prediction:
        """Return the same prediction, which tells somebody of every verdict."""
        own = {one.name: getattr(self, one.name) for one in fields(Prediction)}
        return _Heard(**own, hear=hear)


@dataclass(frozen=True)
class _Heard(Prediction):
    """A prediction whose verdicts are told to somebody."""

    hear: Callable[[Verdict], None] = field(default=lambda _: None, repr=False, compare=False)

    def mark(self, answer: str) -> Verdict:
        verdict = super().mark(answer)
        self.hear(verdict)
        return verdict


def numbers(text: str) -> list[float]:
    """Return the numbers in a text, whatever stands between them.

    Examples
    --------
    >>> numbers("(3,2)"), numbers("3 × −2.5"), numbers("none")
    ([3.0, 2.0], [3.0, -2.5], [])
    """
    return [float(number.translate(_MINUS)) for number in _NUMBER.findall(text)]
