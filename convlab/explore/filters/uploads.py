"""Pictures that a reader uploaded: every lab of the notebook offers them, by their names.

A kernel belongs to one notebook and one reader, so the shelf is one for all labs of a process. It
is changed under the lock of all updates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from convlab.explore.filters.filter_numbers import Subject
from convlab.widgets.lock import LOCK

MOST = 8
"""Pictures that are kept; the one that came first makes room."""


class Shelf:
    """Uploaded pictures by name, and the labs that want to know of new ones.

    Examples
    --------
    >>> import numpy as np
    >>> shelf = Shelf()
    >>> shelf.put(Subject("beach.png", np.zeros((2, 3))))
    >>> shelf.names
    ['beach.png']
    """

    def __init__(self) -> None:
        self._pictures: dict[str, Subject] = {}
        self._listeners: WeakKeyDictionary[Any, Callable[[Any], None]] = WeakKeyDictionary()

    @property
    def names(self) -> list[str]:
        """What the pictures are called, the oldest first."""
        return [*self._pictures]

    def get(self, name: str) -> Subject | None:
        """Return the picture of a name, if there is one."""
        return self._pictures.get(name)

    def put(self, subject: Subject) -> None:
        """Keep a picture, in place of another one of the same name, and tell all labs."""
        with LOCK:
            old = self._pictures.get(subject.name)
            if old is not None and np.array_equal(old.pixels, subject.pixels):
                return  # what has been computed of it stays true
            self._pictures[subject.name] = subject
            while len(self._pictures) > MOST:
                del self._pictures[next(iter(self._pictures))]
            for lab, tell in list(self._listeners.items()):
                tell(lab)

    def listen(self, lab: Any, tell: Callable[[Any], None]) -> None:
        """Call `tell` with a lab whenever a picture comes, as long as the lab lives."""
        with LOCK:
            self._listeners[lab] = tell

    def clear(self) -> None:
        """Forget all pictures."""
        with LOCK:
            self._pictures.clear()


SHELF = Shelf()
