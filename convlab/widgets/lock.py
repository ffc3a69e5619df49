"""The one lock around every update of every explorer.

Sliders call back on one thread and the mouse on another, and matplotlib's caches are shared.
"""

from __future__ import annotations

import threading

LOCK = threading.RLock()


def in_update() -> bool:
    """Say whether this thread is inside an update already, so that an event is its own doing.

    A flag alone would not do: an interrupt (the stop button) may come before it is taken back.
    """
    return bool(LOCK._is_owned())  # type: ignore[attr-defined]  # as `threading.Condition` does
