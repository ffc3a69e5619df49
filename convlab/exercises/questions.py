"""How an answer is marked: all of it must be right; a wrong one earns a hint, never an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_TODO = "Replace the three dots with your answer."


@dataclass(frozen=True)
class Verdict:
    """What a check says, in one line; `right` is None where nothing was answered."""

    right: bool | None
    words: str

    def __repr__(self) -> str:
        mark = {None: "○ Not answered yet.", True: "✓ Right.", False: "✗ Not yet."}[self.right]
        return f"{mark} {self.words}"


@dataclass(frozen=True)
class Exercise:
    """A question whose answer is a value: a number, a pair, an array, a word.

    Parameters
    ----------
    expected : object
        The right answer; whole numbers must be met exactly, others to a relative 10⁻⁶; arrays in
        shape and in every entry.
    hint : str
        For a wrong answer.
    why : str
        For a right one.
    """

    expected: Any
    hint: str
    why: str = ""

    def mark(self, answer: Any) -> Verdict:
        """Mark an answer; three dots mean that there is none yet."""
        if answer is ...:
            return Verdict(None, _TODO)
        right = same(answer, self.expected)
        return Verdict(right, self.why if right else self.hint)


@dataclass(frozen=True)
class Task:
    """A question whose answer is a function.

    Parameters
    ----------
    reference : callable
        A right answer.
    trials : tuple of tuple
        The arguments that both are called with.
    hint, why : str
        For a wrong answer, and for a right one.
    """

    reference: Callable[..., Any]
    trials: tuple[tuple[Any, ...], ...] = field(repr=False)
    hint: str = ""
    why: str = ""

    def mark(self, answer: Any) -> Verdict:
        """Try a function on all trials; one that returns nothing is not answered yet."""
        if answer is ...:
            return Verdict(None, _TODO)
        if not callable(answer):
            return Verdict(False, f"A function is asked for, got {answer!r}.")
        for number, arguments in enumerate(self.trials, start=1):
            try:
                given = answer(*map(_copy, arguments))
            except Exception as error:
                return Verdict(False, f"Trial {number} raised {type(error).__name__}: {error}")
            if given is None or given is ...:
                return Verdict(None, _TODO)
            expected = self.reference(*arguments)
            if not same(given, expected):
                shapes = f"shape {np.shape(given)} for {np.shape(expected)}, " * (
                    _shape(given) != _shape(expected)
                )
                return Verdict(False, f"Trial {number} of {len(self.trials)}: {shapes}{self.hint}")
        return Verdict(True, self.why)


def same(answer: Any, expected: Any) -> bool:
    """Say whether an answer is right in shape and in every entry."""
    if isinstance(expected, str | bool) or expected is None:
        return type(answer) is type(expected) and answer == expected
    given, wanted = _numbers(answer), _numbers(expected)
    if given is None or wanted is None or given.shape != wanted.shape:
        return False
    whole = (wanted % 1 == 0).all()
    return bool(np.allclose(given, wanted, rtol=1e-12 if whole else 1e-6, atol=1e-9))


def _numbers(value: Any) -> np.ndarray | None:
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array.astype(float) if array.dtype.kind in "iuf" else None


def _shape(value: Any) -> tuple[int, ...] | None:
    array = _numbers(value)
    return None if array is None else array.shape


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value
