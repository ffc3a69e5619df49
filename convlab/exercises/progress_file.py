"""The small file beside a notebook that keeps what was answered: written whole, read with care."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from convlab.formatting import say

FORMAT = "convlab progress, 1"
"""What the file says that it is."""
LARGEST = 10**6
"""Bytes of a file that is read; no progress is as large."""


class Done(NamedTuple):
    """What was answered: names of exercises and of predictions, and whether they are right."""

    exercises: dict[str, bool]
    predictions: dict[str, bool]

    def joined(self, later: Done) -> Done:
        """Return both together: an exercise that was right once is, a prediction as it was later.

        Examples
        --------
        >>> Done({"1.1": True}, {"1a": True}).joined(Done({"1.1": False}, {"1a": False}))
        Done(exercises={'1.1': True}, predictions={'1a': False})
        """
        exercises = dict(self.exercises)
        for name, right in later.exercises.items():
            exercises[name] = right or exercises.get(name, False)
        return Done(exercises, {**self.predictions, **later.predictions})


def read(path: Path) -> tuple[Done, str]:
    """Return what a file holds, and a word where it could not be read.

    A file that is none of ours is put aside, never written over.

    Raises
    ------
    OSError
        If it cannot be read, or put aside.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        found = _done(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return Done({}, {}), ""
    except (ValueError, RecursionError):
        aside = _free_name(path)
        path.replace(aside)
        sentence = "{name} was no file of progress; it is kept as {aside}."
        return Done({}, {}), say(sentence, name=path.name, aside=aside.name)
    return found, ""


def write(path: Path, done: Done) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile finds the old one or the new.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    text = json.dumps({"format": FORMAT, **done._asdict()}, indent=1, sort_keys=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f".{path.name}-", dir=path.parent, delete=False
    ) as file:
        file.write(text + "\n")
    try:
        Path(file.name).replace(path)
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise


def _done(content: Any) -> Done:
    """Return what was read, if it is what `write` writes.

    Raises
    ------
    ValueError
        If it is something else.
    """
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError
    return Done(*(_table(content.get(kind)) for kind in Done._fields))


def _table(content: Any) -> dict[str, bool]:
    if not isinstance(content, dict) or not all(isinstance(v, bool) for v in content.values()):
        raise ValueError
    return content


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.{n}.broken") for n in range(1, 1000))
    return next(name for name in names if not name.exists())
