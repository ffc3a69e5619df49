"""All questions of all lessons, and the one function that readers call."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import convlab.exercises as package
from convlab.exercises.questions import Exercise, Task, Verdict


def _collect() -> Mapping[str, Exercise | Task]:
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if "lesson_" in m.name)
    lessons = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return MappingProxyType({k: v for lesson in lessons for k, v in lesson.QUESTIONS.items()})


EXERCISES = _collect()
"""Every question by its name, such as ``"1.1 output size"``."""


def check(name: str, answer: Any) -> Verdict:
    """Mark an answer to a question.

    Parameters
    ----------
    name : str
        As printed in the lesson.
    answer : object
        A value or a function, as the lesson asks; ``...`` for none yet.

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If there is no question of that name.

    Examples
    --------
    >>> check("1.1 output size", (4, 5))
    ✓ Right. ⌊(6 − 3)/1⌋ + 1 = 4 rows and ⌊(12 − 3)/2⌋ + 1 = 5 columns.
    """
    if name not in EXERCISES:
        raise ValueError(f"`name` must be one of {', '.join(EXERCISES)}, got {name!r}")
    return EXERCISES[name].mark(answer)
