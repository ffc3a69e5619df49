"""A reader's function on all trials of a task, and whether it is right."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from convlab.exercises.marking import calling, functions
from convlab.exercises.marking.calling import Call, Kind, call
from convlab.exercises.marking.cases import Case, role_of
from convlab.exercises.marking.kinds import oddity
from convlab.exercises.marking.sameness import (
    as_array,
    fingerprint,
    is_several,
    parts,
    same,
    squeezed,
)
from convlab.exercises.marking.trial_words import notes_on, told_of
from convlab.exercises.marking.verdicts import Verdict
from convlab.formatting import say, say_number


@dataclass(frozen=True, eq=False)
class Trial:
    """One call of a reader's function, and what is right there.

    Parameters
    ----------
    arguments : dict of str to object
        By the names that the reader gave them.
    roles : dict of str to str
        Their colours, by the same names.
    expected : object
    call : Call
    """

    arguments: dict[str, Any]
    roles: dict[str, str]
    expected: Any
    call: Call

    @property
    def came(self) -> bool:
        """Whether anything came back."""
        return self.call.kind is Kind.RETURNED and self.call.value is not None

    @property
    def is_fit(self) -> bool:
        """Whether what came back is of the right kind, right or wrong."""
        kindless = isinstance(self.expected, str | bool) or is_several(self.expected)
        return self.came and (kindless or oddity(self.call.value) is None)

    @property
    def is_right(self) -> bool:
        """Whether what came back is right; a single number may come as an array of one."""
        if self.call.kind is not Kind.RETURNED:
            return False
        if _is_one(self.expected):
            return same(squeezed(self.call.value), squeezed(self.expected))
        return same(self.call.value, self.expected)


def try_out(
    function: Callable[..., Any],
    reference: Callable[..., Any],
    trials: Sequence[tuple[Any, ...]],
    forbidden: Sequence[str] = (),
) -> list[Trial]:
    """Call a function on all trials, the smallest first, until one shows that it is no use.

    Parameters
    ----------
    function, reference : callable
    trials : sequence of tuple
    forbidden : sequence of str
        As for `convlab.exercises.marking.calling.call`.

    Examples
    --------
    >>> tried = try_out(lambda n: 2 * n, lambda n: n + 2, [(3,), (2,)])
    >>> [trial.is_right for trial in tried]
    [False, True]
    """
    own, lesson = functions.names_of(reference, function, len(trials[0]))
    roles = dict(zip(own, map(role_of, lesson), strict=True))
    tried: list[Trial] = []
    with calling.ONE_AT_A_TIME:  # whoever waits has all of the time left
        until = time.monotonic() + calling.SECONDS
        for arguments in sorted(trials, key=_size):
            came = call(function, arguments, forbidden=forbidden, until=until)
            expected = reference(*deepcopy(arguments))
            tried.append(Trial(dict(zip(own, arguments, strict=True)), roles, expected, came))
            if came.kind in (Kind.ENDLESS, Kind.FORBIDDEN, Kind.UNWRITTEN):
                break
    return tried


def come_out_the_same(tried: Sequence[Trial], mistaken: Callable[..., Any]) -> bool:
    """Say whether a mistaken function gives the same on all trials that it can be tried on."""
    counted = 0
    for trial in tried:
        try:
            wanted = mistaken(*deepcopy([*trial.arguments.values()]))
        except Exception:
            continue  # the mistake cannot even be made there
        counted += 1
        if not same(trial.call.value, wanted):
            return False
    return counted > 0


def judge(tried: Sequence[Trial], count: int, hints: tuple[str, ...] = ()) -> Verdict:
    """Say what is wrong with a function; `right` is None where it is not written yet.

    Parameters
    ----------
    tried : sequence of Trial
    count : int
        How many trials there are.
    hints : tuple of str
        Of which the first is given where numbers came that are not right.
    """
    calls = [trial.call for trial in tried]
    kind = calls[-1].kind
    if kind is Kind.UNWRITTEN or calls[-1].value is ...:
        return Verdict(None)
    if kind is Kind.FORBIDDEN:
        sentence = "`{name}` would answer it; the task is to do without."
        return Verdict(False, say(sentence, name=calls[-1].message))
    notes, key = notes_on([*tried[0].arguments], calls), fingerprint([_key(one) for one in calls])
    wrong = [trial for trial in tried if not trial.is_right]
    if not wrong:
        return Verdict(True, notes=notes, key=key)
    if kind is Kind.ENDLESS:
        sentence = "It was stopped after {seconds:g} seconds. Does a loop never end?"
        told, case = say(sentence, seconds=calling.SECONDS), _case(tried[-1], say("In this trial:"))
        return Verdict(False, told, notes=notes, case=case, key=key)
    told, part = told_of(wrong[0].call, wrong[0].expected)
    heading = say_number(
        len(wrong),
        "The trial that fails, of {count}:" if count > 1 else "The trial:",
        "The smallest of {number} trials that fail, of {count}:",
        count=count,
    )
    case = _case(wrong[0], heading, part)
    verdict = Verdict(False, told, notes=notes, case=case, key=key)
    return verdict.with_hints(hints, 1) if wrong[0].is_fit else verdict


def _case(trial: Trial, heading: str, part: int | None = None) -> Case:
    came = trial.call.value if trial.call.kind is Kind.RETURNED else None
    expected = trial.expected
    if part is not None:
        came, expected = parts(came)[part], expected[part]
    came, expected = (squeezed(one) if _is_one(expected) else one for one in (came, expected))
    name = "" if part is None else f"[{part}]"
    return Case(trial.arguments, trial.roles, came, expected, name, heading)


def _is_one(expected: Any) -> bool:
    """Say whether a single number is asked for, which may come as an array of one."""
    array = as_array(expected)
    return array is not None and array.size == 1


def _key(came: Call) -> str:
    """Return the same text for the same outcome of a call."""
    return fingerprint(came.value) if came.kind is Kind.RETURNED else f"{came.kind} {came.message}"


def _size(arguments: Sequence[Any]) -> int:
    """Return how many entries some arguments have together."""
    return sum(
        argument.size
        if isinstance(argument, np.ndarray)
        else _size(argument)
        if isinstance(argument, tuple | list)
        else 1
        for argument in arguments
    )
