"""How far a reader has come: a line for a lesson, or one for each."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convlab.arguments import as_int
from convlab.exercises.catalogue import EXERCISES, PREDICTIONS
from convlab.exercises.record import RECORD
from convlab.exercises.told import Told
from convlab.formatting import in_a_row, say, say_number

FILE = "convlab-progress.json"
"""Where progress is kept, beside the notebook, if the reader wants it."""
NO_FILE_NAME = "`path` must be the name of a file, got {value}"


@dataclass(frozen=True)
class _Standing:
    """How far one lesson is: names by whether they are right, tried, or open."""

    right: list[str]
    tried: list[str]
    open: list[str]

    @classmethod
    def of(cls, names: list[str], done: Mapping[str, bool]) -> _Standing:
        return cls(
            [name for name in names if done.get(name) is True],
            [name for name in names if done.get(name) is False],
            [name for name in names if name not in done],
        )

    @property
    def count(self) -> int:
        return len(self.right) + len(self.tried) + len(self.open)


def progress(lesson: int | None = None) -> Told:
    """Say what is done, and what is open.

    Parameters
    ----------
    lesson : int, optional
        The lesson's number; by default one line for each lesson that was begun.

    Returns
    -------
    Told
        A text that the notebook shows.

    Raises
    ------
    TypeError
        If `lesson` is no whole number.
    ValueError
        If there is no such lesson, or none with exercises.

    Examples
    --------
    >>> progress(3)  # doctest: +ELLIPSIS
    Lesson 3: nothing answered yet of ... exercises and ... predictions.
    """
    known = sorted({_lesson_of(name) for name in (*EXERCISES, *PREDICTIONS)})
    if lesson is None:
        begun = [number for number in known if _is_begun(number)]
        if not begun:
            return Told(say("Nothing answered yet, in any lesson."))
        return Told("\n".join(_line(number) for number in begun))
    number = as_int(lesson)
    if number is None:
        sentence = "`lesson` must be a whole number, such as 3, got {value}"
        raise TypeError(say(sentence, value=repr(lesson)))
    if number not in known:
        raise ValueError(
            say(
                "`lesson` must be one of {known}, which have exercises, got {value}",
                known=", ".join(map(str, known)),
                value=repr(lesson),
            )
        )
    return Told("\n".join(part for part in (_line(number), _open(number)) if part))


def keep_progress(path: str | os.PathLike[str] = FILE) -> Told:
    """Keep what is answered in one small file, from now on, and go on from what it holds.

    The file says which questions were answered and whether they were right, not what was answered.
    It stays on this computer.

    Parameters
    ----------
    path : str or path-like, default "convlab-progress.json"
        The file; by default it lies beside the notebook.

    Returns
    -------
    Told
        A text that the notebook shows.

    Raises
    ------
    TypeError
        If `path` is no path.
    ValueError
        If the file cannot be read or written.
    """
    if not isinstance(path, str | os.PathLike) or isinstance(os.fspath(path), bytes):
        raise TypeError(say(NO_FILE_NAME, value=repr(path)))
    if not os.fspath(path):
        raise ValueError(say(NO_FILE_NAME, value="''"))
    file = Path(path).absolute()
    try:
        warning = RECORD.keep(file)
    except (OSError, ValueError) as error:
        raise ValueError(
            say(
                "`path` must be a file that can be written, got {path}: {error}",
                path=repr(os.fspath(path)),
                error=error,
            )
        ) from error
    done = RECORD.done
    kept = say(
        "Progress is kept in {name}: {exercises} and {predictions} so far.",
        name=file.name,
        exercises=_exercises(sum(done.exercises.values())),
        predictions=_predictions(len(done.predictions)),
    )
    return Told(in_a_row(warning, kept))


def _exercises(count: int) -> str:
    return say_number(count, "{number} exercise right", "{number} exercises right")


def _predictions(count: int) -> str:
    return say_number(count, "{number} prediction answered", "{number} predictions answered")


def _lesson_of(name: str) -> int:
    """Return the number of the lesson that a question belongs to."""
    found = re.match(r"\d+", name)
    return int(found.group()) if found else 0


def _standings(lesson: int) -> tuple[_Standing, _Standing]:
    """Return how far a lesson's exercises and predictions are."""
    done = RECORD.done
    exercises, predictions = (
        [name for name in names if _lesson_of(name) == lesson] for names in (EXERCISES, PREDICTIONS)
    )
    return _Standing.of(exercises, done.exercises), _Standing.of(predictions, done.predictions)


def _is_begun(lesson: int) -> bool:
    return any(len(standing.open) < standing.count for standing in _standings(lesson))


def _line(lesson: int) -> str:
    """Return how far a lesson is."""
    exercises, predictions = _standings(lesson)
    answered = predictions.count - len(predictions.open)
    if not _is_begun(lesson):
        sentence = (
            "Lesson {lesson}: nothing answered yet of {exercises} exercises and {predictions} "
            "predictions."
        )
    elif exercises.tried:
        sentence = (
            "Lesson {lesson}: {right} of {exercises} exercises right, {tried} tried; {answered} of "
            "{predictions} predictions answered."
        )
    else:
        sentence = (
            "Lesson {lesson}: {right} of {exercises} exercises right; {answered} of {predictions} "
            "predictions answered."
        )
    values: dict[str, Any] = {"lesson": lesson, "answered": answered}
    values |= {"exercises": exercises.count, "predictions": predictions.count}
    return say(sentence, **values, right=len(exercises.right), tried=len(exercises.tried))


def _open(lesson: int) -> str:
    """Return what is open in a lesson that was begun, and what the file says about itself."""
    exercises, predictions = _standings(lesson)
    if not _is_begun(lesson):
        return ""
    lines = []
    if left := sorted([*exercises.tried, *exercises.open], key=[*EXERCISES].index):
        lines.append(say("Exercises to go: {names}.", names=say("; ").join(left)))
    if predictions.open:
        lines.append(say("Predictions to go: {names}.", names=say("; ").join(predictions.open)))
    if RECORD.failure:
        lines.append(say("The file could not be written: {why}.", why=RECORD.failure))
    return "\n".join(lines or [say("All done.")])
