"""How a reader's function is called: on copies, with an eye on the clock, and never with harm."""

from __future__ import annotations

import dis
import functools
import linecache
import sys
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np
import scipy

from convlab.exercises.marking.printed import Printed
from convlab.formatting import say

SECONDS = 3.0
"""What all trials of a function may take together."""
MOST_KEPT = 10**6
"""Entries of a result that is copied; a larger one is wrong by its shape alone."""
ONE_AT_A_TIME = threading.RLock()
"""Held while a function runs: what is printed meanwhile is told apart by one place for all."""
_CONVLAB = str(Path(__file__).parents[2])
_LIBRARIES = (_CONVLAB, str(Path(np.__file__).parent), str(Path(scipy.__file__).parent))
_BETWEEN = ("<string>", functools.__file__)
"""Where frames lie that stand between a call and who made it: dataclasses, cached properties."""


class Kind(StrEnum):
    """What came of a call."""

    RETURNED = "returned"
    RAISED = "raised"
    ENDED = "raised SystemExit"
    RECURSIVE = "raised RecursionError"
    UNWRITTEN = "raised NotImplementedError"
    ENDLESS = "took too long"
    FORBIDDEN = "called what may not be called"


_RAISED: dict[type[BaseException], Kind] = {
    NotImplementedError: Kind.UNWRITTEN,
    SystemExit: Kind.ENDED,
    RecursionError: Kind.RECURSIVE,
}


@dataclass(frozen=True, eq=False)
class Call:
    """What came of a call.

    Parameters
    ----------
    kind : Kind
    value : object
        What was returned.
    message : str
        What was raised and in which line, or the name of the function that may not be called.
    changed : tuple of int
        Which of the arguments the function has changed, counted from 0.
    printed : str
    """

    kind: Kind
    value: Any = None
    message: str = ""
    changed: tuple[int, ...] = ()
    printed: str = ""


def call(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    *,
    forbidden: Sequence[str] = (),
    until: float | None = None,
) -> Call:
    """Call a function on copies of some arguments; whatever it does is part of the answer.

    A loop of Python's is stopped when the time is over; a single call into compiled code cannot be.
    Only an interrupt by the reader passes through.

    Parameters
    ----------
    function : callable
    arguments : sequence
    forbidden : sequence of str
        Names of functions of convlab, numpy or scipy that the function may not call, by whatever
        name; what convlab calls inside is its own affair.
    until : float, optional
        The end of the time, on the clock of `time.monotonic`; by default `SECONDS` from now.

    Returns
    -------
    Call

    Examples
    --------
    >>> call(lambda a, b: a / b, (1, 2)).value
    0.5
    >>> call(lambda a, b: a / b, (1, 0)).message.partition(",")[0]
    'ZeroDivisionError: division by zero'
    """
    given = [deepcopy(argument) for argument in arguments]
    with ONE_AT_A_TIME, warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        watch = _Watch(until or time.monotonic() + SECONDS, frozenset(forbidden))
        with redirect_stdout(Printed()) as printed:
            found = _run(function, given, watch)
    changed = (i for i, pair in enumerate(zip(given, arguments, strict=True)) if _differ(*pair))
    return Call(found.kind, found.value, found.message, tuple(changed), printed.getvalue())


def _run(function: Callable[..., Any], given: list[Any], watch: _Watch) -> Call:
    before = sys.gettrace()
    sys.settrace(watch)
    try:
        value = _kept(function(*given))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: `exit()` must not end the kernel
        sys.settrace(before)
        kind = next(
            (kind for kinds, kind in _RAISED.items() if isinstance(error, kinds)), Kind.RAISED
        )
        found = Call(kind, message=_message(error) if not watch.told else "")
    else:
        found = Call(Kind.RETURNED, value)
    finally:
        sys.settrace(before)
    return watch.told or found  # also where the function has caught what was to stop it


class _Stop(BaseException):
    """Stop a function; no `except Exception` of its own catches this."""


class _Watch:
    """Follow a function step by step, in whatever thread it runs."""

    def __init__(self, until: float, forbidden: frozenset[str]) -> None:
        self.told: Call | None = None
        self._until, self._forbidden = until, forbidden

    def __call__(self, frame: FrameType, event: str, argument: Any) -> _Watch:
        del argument
        if event == "call":
            frame.f_trace_opcodes = _stands_still(frame.f_code)
            if self._forbidden and (name := self._forbidden_name(frame)):
                self.told = Call(Kind.FORBIDDEN, message=name)
                raise _Stop
        if time.monotonic() > self._until:
            self.told = Call(Kind.ENDLESS)
            raise _Stop
        return self

    def _forbidden_name(self, frame: FrameType) -> str | None:
        """Return the name of a forbidden function that the reader's own code has called."""
        name = frame.f_code.co_qualname.partition(".")[0]
        if name not in self._forbidden or not frame.f_code.co_filename.startswith(_LIBRARIES):
            return None
        caller = frame.f_back
        while caller is not None and caller.f_code.co_filename in _BETWEEN:
            caller = caller.f_back
        if caller is None or caller.f_code is _RUN:
            return name
        return None if caller.f_code.co_filename.startswith(_CONVLAB) else name


_RUN: CodeType = _run.__code__


@functools.lru_cache(maxsize=256)
def _stands_still(code: CodeType) -> bool:
    """Say whether an instruction jumps to itself, as in ``while True: pass``: it has no lines."""
    jumps = (step for step in dis.get_instructions(code) if "JUMP" in step.opname)
    return any(step.argval == step.offset for step in jumps)


def _kept(value: Any) -> Any:
    """Return a copy of a result, as far as the next call of the function could change it."""
    if isinstance(value, np.ndarray) and value.size <= MOST_KEPT:
        return value.copy()
    if type(value) in (tuple, list) and len(value) <= MOST_KEPT:
        return type(value)(_kept(part) for part in value) if not _is_deep(value) else value
    return value


def _is_deep(value: Any, most: int = 8) -> bool:
    """Say whether lists lie in lists deeper than axes go, perhaps in themselves."""
    if not isinstance(value, tuple | list):
        return False
    return most == 0 or any(_is_deep(part, most - 1) for part in value)


def _differ(given: Any, argument: Any) -> bool:
    if type(given) is not type(argument):
        return True
    if isinstance(argument, np.ndarray):
        return given.shape != argument.shape or not np.array_equal(given, argument, equal_nan=True)
    if isinstance(argument, tuple | list):
        return len(given) != len(argument) or any(map(_differ, given, argument))
    return bool(given != argument)


def _message(error: BaseException) -> str:
    """Return what was raised, and in which line of the reader's code."""
    name = type(error).__name__
    try:
        text = f"{name}: {error}".removesuffix(": ")
    except (Exception, SystemExit):  # an error of the reader's own that cannot be printed
        text = name
    text = text if len(text) <= 300 else f"{text[:299]}…"
    line = _line(error.__traceback__)
    return say("{text}, at `{line}`", text=text, line=line) if line else text


def _line(traceback: TracebackType | None) -> str:
    """Return the last line of the reader's own that an error passed through, if it is known."""
    found = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not code.co_filename.startswith((*_LIBRARIES, sys.prefix, sys.base_prefix)):
            line = linecache.getline(code.co_filename, traceback.tb_lineno).strip()
            found = line if len(line) <= 80 else f"{line[:79]}…"
        traceback = traceback.tb_next
    return found
