"""What came instead of numbers: how it is called, and what would help."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

import numpy as np

from convlab.exercises.marking.sameness import as_array
from convlab.formatting import say

NOT_A_NUMBER = "Is something divided by 0, or an array of `np.empty` never filled?"


class Oddity(NamedTuple):
    """What came, as a noun with its article, and what would help, as a sentence or nothing."""

    noun: str
    advice: str = ""


def oddity(value: Any) -> Oddity | None:
    """Say what an answer is that should be numbers; None where it is numbers indeed.

    Examples
    --------
    >>> oddity({3, 4}).noun, oddity("17").advice, oddity([1, 2])
    ('a set', 'Leave out the quotes.', None)
    """
    for is_of, noun, advice in _KINDS:
        if is_of(value):
            return Oddity(say(noun, type=type(value).__name__), say(advice))
    return None if as_array(value) is not None else _of_an_array(value)


def _of_an_array(value: Any) -> Oddity:
    """Say why something that looks like an array is none of numbers."""
    several = isinstance(value, tuple | list | np.ndarray)
    try:
        kind: str = np.asarray(value).dtype.kind
    except (Exception, SystemExit):
        kind = "ragged" if several else "O"
    if kind == "O" and not several:
        return Oddity(say("an object of type {type}", type=type(value).__name__))
    noun, advice = _OF_ARRAYS.get(kind, ("an object of type {type}", ""))
    return Oddity(say(noun, type=type(value).__name__), say(advice))


_OF_ARRAYS = {
    "c": ("complex numbers", "Take `.real`, if the imaginary parts are 0."),
    "b": ("True and False", "Make them 1 and 0."),
    "U": ("texts", "Leave out the quotes."),
    "ragged": ("a list of rows that differ in length", ""),
    "O": ("a list of what is no number", ""),
}
"""What is said of arrays, by the kind of their entries."""


def not_finite(array: np.ndarray) -> str:
    """Say that numbers are missing where NaN or infinity came; nothing where all are finite.

    Examples
    --------
    >>> not_finite(np.array([1.0, np.nan]))
    'NaN came. Is something divided by 0, or an array of `np.empty` never filled?'
    """
    if np.isnan(array).any():
        return say("NaN came. {advice}", advice=say(NOT_A_NUMBER))
    if np.isinf(array).any():
        return say("Infinity came. {advice}", advice=say(NOT_A_NUMBER))
    return ""


def _is_number_in_quotes(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return any(character.isdigit() for character in value)


_KINDS = (
    (lambda value: value is None, "None", "Does it print its result instead of returning it?"),
    (_is_number_in_quotes, "a text", "Leave out the quotes."),
    (lambda value: isinstance(value, str), "a text", ""),
    (lambda value: isinstance(value, bytes), "an object of type bytes", ""),
    (
        lambda value: isinstance(value, bool | np.bool_),
        "True or False",
        "",
    ),
    (lambda value: isinstance(value, Set), "a set", "A set has no order: make it a list."),
    (lambda value: isinstance(value, Mapping), "a dictionary", "Give its numbers only."),
    (inspect.iscoroutine, "a coroutine", "Leave out `async`."),
    (inspect.isgenerator, "a generator", "Use `return` for `yield`, or put `list(…)` around it."),
    (lambda value: isinstance(value, Iterator), "an iterator", "Put `list(…)` around it."),
    (inspect.isclass, "a class", "What it makes is asked for."),
    (callable, "a function", "What it returns is asked for: call it."),
)
