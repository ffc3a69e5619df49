"""What a reader's function prints, apart from what others print meanwhile."""

from __future__ import annotations

import io
import sys
import threading

MOST_PRINTED = 2000
"""Characters of what a function prints, at most; the rest is dropped."""


class Printed(io.TextIOBase):
    """What this thread prints; what others print meanwhile goes where it would have gone."""

    def __init__(self) -> None:
        self._thread, self._beyond = threading.get_ident(), sys.stdout
        self._said: list[str] = []
        self._room = MOST_PRINTED

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep a text, as far as there is room."""
        if threading.get_ident() != self._thread:
            return self._beyond.write(text)
        if self._room > 0:
            self._said.append(text[: self._room])
            self._room -= len(text)
        return len(text)

    def getvalue(self) -> str:
        """Return what was printed."""
        return "".join(self._said)
