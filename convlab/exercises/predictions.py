"""Predictions: what a reader commits to before an explorer shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from convlab.exercises.mistakes import MISTAKES
from convlab.exercises.questions import Verdict, same

_NUMBER = re.compile(r"(?:(?<![\d.])[-−])?\d+(?:\.\d+)?")
"""A sign counts at the beginning of a number only: 3-3 holds two threes."""


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
            return Verdict(answer == self.answer, self.choices.get(answer, ""))
        given, wanted = numbers(answer), numbers(self.answer)
        if any(same(given, numbers(right)) for right in (self.answer, *self.also)):
            return Verdict(True, "")
        for name, values in self.slips.items():
            if any(
                same(given, numbers(v)) for v in ([values] if isinstance(values, str) else values)
            ):
                known = name in MISTAKES
                return Verdict(False, MISTAKES.get(name, name), name if known else None)
        if len(given) != len(wanted):
            how_many = "one number is" if len(wanted) == 1 else f"{len(wanted)} numbers are"
            return Verdict(None, f"That is not an answer yet: {how_many} asked for.")
        return Verdict(False, "")


def numbers(text: str) -> list[float]:
    """Return the numbers in a text, whatever stands between them.

    Examples
    --------
    >>> numbers("(3,2)"), numbers("3 × −2.5"), numbers("none")
    ([3.0, 2.0], [3.0, -2.5], [])
    """
    return [float(number.replace("−", "-")) for number in _NUMBER.findall(text)]
