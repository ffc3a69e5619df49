"""All questions and predictions of all lessons, by their names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import convlab.exercises as package
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task


def _collect(kind: str) -> Mapping[str, Any]:
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if "lesson_" in m.name)
    lessons = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    found = [getattr(lesson, kind, {}) for lesson in lessons]
    return MappingProxyType({name: one for some in found for name, one in some.items()})


EXERCISES: Mapping[str, Exercise | Task] = _collect("QUESTIONS")
"""Every question by its name, such as ``"1.1 output size"``."""
PREDICTIONS: Mapping[str, Prediction] = _collect("PREDICTIONS")
"""Every prediction by its name, such as ``"1a output"``."""
