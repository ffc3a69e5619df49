"""How an answer is marked: all of it must be right; a wrong one earns a hint, never an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convlab.exercises.mistakes import MISTAKES

_TODO = "Replace the three dots with your answer."


@dataclass(frozen=True)
class Verdict:
    """What a check says, in one line; `right` is None where nothing was answered.

    `mistake` is the name of the mistake that comes out the same, one of
    `convlab.exercises.mistakes.MISTAKES`; None if none does.
    """

    right: bool | None
    words: str
    mistake: str | None = None

    def __repr__(self) -> str:
        mark = {None: "○ Not answered yet.", True: "✓ Right.", False: "✗ Not yet."}[self.right]
        return f"{mark} {self.words}".rstrip()


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
            return Verdict(None, _TODO)
        if self._is_right(answer):
            return Verdict(True, self.why)
        for name, value in self.mistakes.items():
            if self._meets(answer, value):
                return Verdict(False, MISTAKES[name], name)
        return Verdict(False, self.hints[0])

    def _is_right(self, answer: Any) -> bool:
        if self.accepts is None or self._meets(answer, self.expected):
            return self._meets(answer, self.expected)
        try:
            return bool(self.accepts(answer))
        except Exception:  # it expects something of the right kind
            return False

    def _meets(self, answer: Any, wanted: Any) -> bool:
        if self.in_any_order:
            given = _numbers([*answer] if isinstance(answer, Set) else answer)
            return given is not None and same(np.sort(given, axis=None), np.sort(wanted, axis=None))
        return same(answer, wanted) or same(_squeezed(answer), _squeezed(wanted))


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
        The source of a right answer that a reader could write.
    """

    reference: Callable[..., Any]
    trials: tuple[tuple[Any, ...], ...] = field(repr=False)
    hints: tuple[str, ...] = ("",)
    why: str = ""
    mistakes: Mapping[str, Callable[..., Any]] = field(default_factory=dict, repr=False)
    forbidden: tuple[str, ...] = ()
    solution: str = ""

    def mark(self, answer: Any) -> Verdict:
        """Try a function on all trials; one with an empty body is not answered yet."""
        if answer is ... or _is_empty(answer):
            return Verdict(None, _TODO)
        if not callable(answer):
            return Verdict(False, f"A function is asked for, got {answer!r}.")
        code = getattr(answer, "__code__", None)
        for name in self.forbidden:
            if code is not None and name in (*code.co_names, *code.co_freevars):
                return Verdict(False, f"`{name}` would answer it; the task is to do without.")
        results = []
        for number, arguments in enumerate(self.trials, start=1):
            try:
                results.append(answer(*map(_copy, arguments)))
            except Exception as error:
                return Verdict(False, f"Trial {number} raised {type(error).__name__}: {error}")
            if results[-1] is None or results[-1] is ...:
                return Verdict(False, "The function returned nothing: is there a `return`?")
        wrong = [
            number
            for number, (given, arguments) in enumerate(zip(results, self.trials, strict=True))
            if not same(given, self.reference(*arguments))
        ]
        if not wrong:
            return Verdict(True, self.why)
        for name, mistaken in self.mistakes.items():
            if _same_results(results, mistaken, self.trials):
                return Verdict(False, MISTAKES[name], name)
        return Verdict(False, self._told(wrong[0], results))

    def _told(self, number: int, results: list[Any]) -> str:
        """Say which trial failed, and by which shape."""
        given = _shape(results[number])
        expected = _shape(self.reference(*self.trials[number]))
        trial = f"Trial {number + 1} of {len(self.trials)}: "
        if given is None:
            return f"{trial}no array of numbers came back. {self.hints[0]}"
        shapes = f"shape {given} for {expected}, " if given != expected else ""
        return f"{trial}{shapes}{self.hints[0]}"


def _same_results(
    results: list[Any], mistaken: Callable[..., Any], trials: tuple[tuple[Any, ...], ...]
) -> bool:
    """Say whether a mistaken function gives the same on all trials that it can be tried on."""
    tried = 0
    for given, arguments in zip(results, trials, strict=True):
        try:
            wanted = mistaken(*map(_copy, arguments))
        except (ValueError, IndexError):
            continue  # the mistake cannot even be made there
        tried += 1
        if not same(given, wanted):
            return False
    return tried > 0


def _is_empty(answer: Any) -> bool:
    """Say whether a function's body is three dots, or nothing but a docstring."""
    code = getattr(answer, "__code__", None)
    if code is None or code.co_names or len(code.co_code) > len(_unfinished.__code__.co_code):
        return False
    return all(constant in (None, ..., answer.__doc__) for constant in code.co_consts)


def _unfinished() -> None:
    """Stand for what the lessons' functions begin as."""


def _squeezed(value: Any) -> Any:
    array = _numbers(value)
    return value if array is None else np.squeeze(array)


def same(answer: Any, expected: Any) -> bool:
    """Say whether an answer is right in shape and in every entry."""
    if isinstance(expected, str | bool) or expected is None:
        return type(answer) is type(expected) and answer == expected
    if isinstance(expected, tuple | list) and _numbers(expected) is None:  # several arrays
        several = answer if isinstance(answer, tuple | list) else ()
        return len(several) == len(expected) and all(map(same, several, expected))
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
