"""How an answer is marked: all of it must be right; a wrong one earns a hint, never an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from convlab.exercises.marking import functions
from convlab.exercises.marking.kinds import not_finite, oddity
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.sameness import (
    as_array,
    as_numbers,
    fingerprint,
    in_order,
    same,
    squeezed,
    written,
)
from convlab.exercises.marking.trials import come_out_the_same, judge, try_out
from convlab.exercises.marking.verdicts import Verdict
from convlab.formatting import say, say_number

__all__ = ["Exercise", "Task", "Verdict", "same"]

TODO = "Replace the three dots with your answer."


@dataclass(frozen=True)
class Exercise:
    """A question whose answer is a value: a number, a pair, an array, a word.

    Parameters
    ----------
    expected : object
        The right answer; whole numbers must be met exactly, others to a relative 10⁻⁶; arrays in
        every entry, axes of length 1 aside.
    hints : tuple of str
        For wrong answers, from the vaguest to the plainest; the first never holds the way to go.
    why : str
        For a right one.
    mistakes : dict of str to object
        What comes out of mistakes of the catalogue, by their names.
    in_any_order : bool, default False
        Whether a list is right in any order, and a set as well.
    accepts : callable, optional
        Says of an answer whether it is right, where several are; `expected` is one of them.
    """

    expected: Any
    hints: tuple[str, ...]
    why: str = ""
    mistakes: Mapping[str, Any] = field(default_factory=dict, repr=False)
    in_any_order: bool = False
    accepts: Callable[[Any], bool] | None = None

    def mark(self, answer: Any) -> Verdict:
        """Mark an answer; three dots mean that there is none yet."""
        if answer is ...:
            return Verdict(None, say(TODO))
        try:
            return self._mark(answer)
        except (Exception, SystemExit):  # an object of the reader's own that cannot be looked at
            return Verdict(False, say("This is no answer: {answer}.", answer=written(answer)))

    def _mark(self, answer: Any) -> Verdict:
        if self._is_right(answer):
            return Verdict(True, say(self.why), key=fingerprint(answer))
        for name, value in self.mistakes.items():
            if self._meets(answer, value):
                return Verdict(False, say(MISTAKES[name]), name, key=fingerprint(answer))
        if odd := self._odd(answer):
            return Verdict(False, odd)
        key = fingerprint(answer)
        if misshapen := self._misshapen(answer):
            return Verdict(False, misshapen, key=key)
        return Verdict(False, self._apart(answer), key=key).with_hints(self.hints, 1)

    def _is_right(self, answer: Any) -> bool:
        if self._meets(answer, self.expected):
            return True
        if self.accepts is None:
            return False
        try:
            return bool(self.accepts(answer))
        except (Exception, SystemExit):  # it expects something of the right kind
            return False

    def _meets(self, answer: Any, wanted: Any) -> bool:
        if self.in_any_order:
            given = in_order(answer)
            return given is not None and same(given, np.sort(wanted, axis=None))
        return same(answer, wanted) or same(squeezed(answer), squeezed(wanted))

    def _odd(self, answer: Any) -> str:
        """Say what kind of thing came, where it is not what is asked for; nothing otherwise."""
        if isinstance(self.expected, str):
            if isinstance(answer, str):
                return ""
            return say("A word is asked for, in quotes, and {answer} came.", answer=written(answer))
        if isinstance(self.expected, bool):
            if isinstance(answer, bool | np.bool_):
                return ""
            return say("True or False is asked for, and {answer} came.", answer=written(answer))
        if self.in_any_order and isinstance(answer, Set):
            answer = list(answer)
        if found := oddity(answer):
            sentence = (
                "A number is asked for, and {noun} came. {advice}"
                if np.size(self.expected) == 1
                else "Numbers are asked for, and {noun} came. {advice}"
            )
            return say(sentence, noun=found.noun, advice=found.advice).strip()
        numbers = as_numbers(answer)
        return not_finite(numbers) if numbers is not None else ""

    def _misshapen(self, answer: Any) -> str:
        """Say that nothing but the shape differs; nothing, if more does."""
        given, wanted = as_array(answer), as_array(self.expected)
        if given is None or wanted is None or not same(given.ravel(), wanted.ravel()):
            return ""
        sentence = "The numbers are right, their shape is not: {shape} came for {wanted}."
        return say(sentence, shape=given.shape, wanted=wanted.shape)

    def _apart(self, answer: Any) -> str:
        """Say what differs besides the values: how many numbers came, or their order."""
        given, wanted = as_array(answer), as_array(self.expected)
        if given is None or wanted is None or self.in_any_order or self.accepts is not None:
            return ""
        if given.size != wanted.size:
            return say_number(
                wanted.size,
                "One number is asked for, and {count} came.",
                "{number} numbers are asked for, and {count} came.",
                count=given.size,
            )
        if wanted.ndim == 1 and same(np.sort(given, axis=None), np.sort(wanted)):
            return say("The numbers are right, their order is not.")
        return ""


@dataclass(frozen=True)
class Task:
    """A question whose answer is a function.

    Parameters
    ----------
    reference : callable
        A right answer.
    trials : tuple of tuple
        The arguments that both are called with.
    hints : tuple of str
        For wrong answers, from the vaguest to the plainest; the first never holds the way to go.
    why : str
        For a right one.
    mistakes : dict of str to callable
        Functions that make mistakes of the catalogue, by their names.
    forbidden : tuple of str
        Functions that may not be called: they would answer the question.
    solution : str
        The source of a function that a reader could write.
    gives : str, default "output"
        What comes back: the colour of a result.
    """

    reference: Callable[..., Any]
    trials: tuple[tuple[Any, ...], ...] = field(repr=False)
    hints: tuple[str, ...] = ("",)
    why: str = ""
    mistakes: Mapping[str, Callable[..., Any]] = field(default_factory=dict, repr=False)
    forbidden: tuple[str, ...] = ()
    solution: str = ""
    gives: str = "output"

    def mark(self, answer: Any) -> Verdict:
        """Try a function on all trials; one with an empty body is not answered yet."""
        if answer is ...:
            return Verdict(None, say(TODO))
        try:
            if functions.is_empty(answer):
                return Verdict(None, say(TODO))
            if refused := functions.refusal(answer, self.reference, len(self.trials[0])):
                return Verdict(False, refused)
            return self._mark(answer)
        except (Exception, SystemExit):  # an object of the reader's own that cannot be looked at
            return Verdict(False, say("This is no function: {answer}.", answer=written(answer)))

    def _mark(self, answer: Callable[..., Any]) -> Verdict:
        tried = try_out(answer, self.reference, self.trials, self.forbidden)
        verdict = judge(tried, len(self.trials), self.hints)
        if verdict.right:
            return replace(verdict, told=say(self.why))
        if verdict.right is None:
            return replace(verdict, told=say(TODO))
        if verdict.case:
            verdict = replace(verdict, case=replace(verdict.case, gives=self.gives))
        if all(trial.came for trial in tried):
            for name, mistaken in self.mistakes.items():
                if come_out_the_same(tried, mistaken):
                    return replace(verdict, told=say(MISTAKES[name]), mistake=name, hints=(), of=0)
        return verdict
