"""All questions of all lessons, and the one function that readers call."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import convlab.exercises as package
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task, Verdict
from convlab.widgets.explorer import Explorer


def _collect(kind: str) -> Mapping[str, Any]:
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if "lesson_" in m.name)
    lessons = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return MappingProxyType({k: v for lesson in lessons for k, v in getattr(lesson, kind).items()})


EXERCISES: Mapping[str, Exercise | Task] = _collect("QUESTIONS")
"""Every question by its name, such as ``"1.1 output size"``."""
PREDICTIONS: Mapping[str, Prediction] = _collect("PREDICTIONS")
"""Every prediction by its name, such as ``"1a output"``."""

E = TypeVar("E", bound=Explorer[Any, Any])
"""An explorer."""


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


def predict(name: str, explorer: E) -> E:
    """Ask for a prediction before an explorer shows the answer.

    What would answer it is hidden, on the page and in the notebook's stored picture, until an
    answer is committed to or *show me* is pressed.

    Parameters
    ----------
    name : str
        The prediction's, as in `PREDICTIONS`.
    explorer : Explorer

    Returns
    -------
    Explorer
        The same one.

    Raises
    ------
    ValueError
        If there is no prediction of that name.

    Examples
    --------
    >>> from convlab.explore import Sweep
    >>> predict("1a output", Sweep(stride=1))
    Sweep: What answers the question is hidden until you commit to an answer, or press show me.
    """
    if name not in PREDICTIONS:
        raise ValueError(f"`name` must be one of {', '.join(PREDICTIONS)}, got {name!r}")
    explorer.ask(PREDICTIONS[name])
    return explorer
