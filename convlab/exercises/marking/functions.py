"""What can be said of a reader's function before it is called."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable
from typing import Any

from convlab.exercises.marking.sameness import written
from convlab.formatting import listed, say, say_number


def is_empty(answer: Any) -> bool:
    """Say whether a function's body is three dots, or nothing but a docstring.

    Examples
    --------
    >>> def unfinished(x): ...
    >>> is_empty(unfinished), is_empty(lambda x: x)
    (True, False)
    """
    code = getattr(answer, "__code__", None)
    if not inspect.iscode(code):
        return False
    steps = [*dis.get_instructions(code)]
    if any(step.opname not in _NOTHING for step in steps):
        return False
    return all(step.argval in (None, ...) for step in steps if "CONST" in step.opname)


_NOTHING = ("RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE")
"""Of what a body is made that does nothing and returns a constant."""


def refusal(answer: Any, reference: Callable[..., Any], count: int) -> str:
    """Say why an answer cannot be called as it should be; nothing, if it can.

    Parameters
    ----------
    answer : object
    reference : callable
        Its parameters have the names that the lesson uses.
    count : int
        How many arguments there are.

    Examples
    --------
    >>> refusal(lambda x: x, lambda x, w: x, 2)
    'The function takes 1 argument (x), and is called with 2: x, w.'
    """
    if not callable(answer):
        return say("A function is asked for, got {answer}.", answer=written(answer))
    if inspect.isclass(answer):
        return say("A function is asked for, got the class {name}.", name=answer.__name__)
    if inspect.iscoroutinefunction(answer):
        return say("The function is a coroutine: leave out `async`.")
    try:
        found = inspect.signature(answer)
    except Exception:  # written in C, or something of the reader's own: it may not tell
        return ""
    try:
        found.bind(*[None] * count)
    except TypeError:
        return say_number(
            len(found.parameters),
            "The function takes {number} argument ({own}), and is called with {count}: {names}.",
            "The function takes {number} arguments ({own}), and is called with {count}: {names}.",
            own=", ".join(found.parameters),
            count=count,
            names=", ".join(_parameters(reference)),
        ).replace(" ()", "")
    return ""


def names_of(reference: Callable[..., Any], answer: Any, count: int) -> tuple[list[str], list[str]]:
    """Return the names of the arguments, those of the reader's and those of the lesson.

    Examples
    --------
    >>> names_of(lambda x, w: x, lambda picture, *rest: picture, 2)
    (['picture', 'w'], ['x', 'w'])
    """
    lesson = _parameters(reference)[:count]
    lesson += [say("argument {number}", number=n + 1) for n in range(len(lesson), count)]
    own = _parameters(answer)[:count]
    own += lesson[len(own) :]
    return own if len(set(own)) == count else lesson, lesson


def _parameters(function: Any) -> list[str]:
    """Return the names of a function's arguments, as far as each has one of its own."""
    try:
        found = inspect.signature(function).parameters.values()
    except Exception:
        return []
    return [p.name for p in found if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def changed(names: list[str]) -> str:
    """Say which arguments a function has changed.

    Examples
    --------
    >>> changed(["x", "w"])
    'It changes what it is given (x and w): work on a copy, such as `x.copy()`.'
    """
    return say(
        "It changes what it is given ({names}): work on a copy, such as `{first}.copy()`.",
        names=listed(names),
        first=names[0],
    )
