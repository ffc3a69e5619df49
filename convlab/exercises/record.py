"""What a reader has done so far in this kernel, and, if wished, in a small file of their own."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from convlab.exercises import progress_file
from convlab.exercises.marking.verdicts import Verdict
from convlab.exercises.progress_file import Done


@dataclass
class _Tries:
    """What was tried at one question; `keys` are those wrong answers that earned a hint."""

    keys: list[str] = field(default_factory=list)
    honest: bool = False


class Record:
    """What was answered, and how. Every method can be called from any thread.

    Examples
    --------
    >>> record = Record()
    >>> record.answered("1.1", Verdict(False, "", hints=("Think.",), of=2, key="a"))
    1
    >>> record.answered("1.1", Verdict(False, "", hints=("Think.",), of=2, key="b"))
    2
    >>> record.done.exercises
    {'1.1': False}
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.clear()

    def clear(self) -> None:
        """Forget everything, and keep nothing in a file any more; a file that is there stays."""
        with self._lock:
            self._tries: dict[str, _Tries] = {}
            self._done = Done({}, {})
            self._path: Path | None = None
            self._failure = ""

    @property
    def done(self) -> Done:
        """What was answered: by name, whether it is right."""
        with self._lock:
            return Done(dict(self._done.exercises), dict(self._done.predictions))

    @property
    def failure(self) -> str:
        """Why the file could not be written the last time; empty, if it could."""
        with self._lock:
            return self._failure

    def answered(self, name: str, verdict: Verdict) -> int:
        """Keep an answer to an exercise; returns how many hints it has earned so far.

        One hint more for each wrong answer that is not like one before.
        """
        with self._lock:
            tries = self._tries.setdefault(name, _Tries())
            if verdict.key:
                tries.honest = True
                self._keep(self._done.exercises, name, bool(verdict.right))
            if verdict.hints and verdict.key not in tries.keys:
                tries.keys.append(verdict.key)
            return len(tries.keys)

    def predicted(self, name: str, verdict: Verdict) -> None:
        """Keep an answer to a prediction; what was no answer is none."""
        if verdict.right is not None:
            with self._lock:
                self._keep(self._done.predictions, name, verdict.right, latest=True)

    def was_tried(self, name: str) -> bool:
        """Say whether an honest answer was given, now or in the file."""
        with self._lock:
            tries = self._tries.get(name)
            return name in self._done.exercises or bool(tries and tries.honest)

    def keep(self, path: Path) -> str:
        """Keep what is done in a file from now on, and add what it holds; returns a warning.

        Raises
        ------
        OSError
            If the file cannot be read or written.
        """
        with self._lock:
            found, warning = progress_file.read(path)
            self._done = self._done.joined(found)
            progress_file.write(path, self._done)
            self._path, self._failure = path, ""
            return warning

    def _keep(self, where: dict[str, bool], name: str, right: bool, latest: bool = False) -> None:
        """Keep one result; an exercise that was right once stays so."""
        before = where.get(name)
        now = right if latest else right or bool(before)
        if now is before:
            return
        where[name] = now
        if self._path is not None:
            try:
                # Another lesson may have written to the same file meanwhile.
                found, _ = progress_file.read(self._path)
                progress_file.write(self._path, found.joined(self._done))
                self._failure = ""
            except OSError as error:  # the answer counts, whatever has become of the file
                self._failure = str(error.strerror or error)


RECORD = Record()
"""What this reader has done in this kernel."""
