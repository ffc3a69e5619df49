"""All questions and predictions of all lessons, by their names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from convlab.exercises import lessons
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task
from convlab.formatting import not_among

T = TypeVar("T")


def _collect(kind: str) -> Mapping[str, Any]:
    names = sorted(m.name for m in pkgutil.iter_modules(lessons.__path__) if "lesson_" in m.name)
    modules = [importlib.import_module(f"{lessons.__name__}.{name}") for name in names]
    found = [getattr(module, kind, {}) for module in modules]
    return MappingProxyType({name: one for some in found for name, one in some.items()})


def named(name: str, known: Mapping[str, T]) -> T:
    """Return a question by its name.

    Raises
    ------
    ValueError
        If there is none of that name.

    Examples
    --------
    >>> named("1a", {"1.1 output size": 4})
    Traceback (most recent call last):
    ValueError: `name` must be one of 1.1 output size, got '1a'
    """
    if not isinstance(name, str) or name not in known:
        raise ValueError(not_among("name", known, name))
    return known[name]


EXERCISES: Mapping[str, Exercise | Task] = _collect("QUESTIONS")
"""Every question by its name, such as ``"1.1 output size"``."""
PREDICTIONS: Mapping[str, Prediction] = _collect("PREDICTIONS")
"""Every prediction by its name, such as ``"1a output"``."""
