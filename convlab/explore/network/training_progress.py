"""How far a training has come, how long it still takes, and a button that stops it."""

from __future__ import annotations

import time

import ipywidgets as widgets

from convlab.explore.network import training_words as words
from convlab.widgets.controls import button

LONG = 1.0
"""Seconds from which on it is said how long a training still takes."""
SURE = 0.4
"""Seconds after which that can be told."""


class Progress(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """A bar, the time left, and *stop*; all hidden, in place, where there is nothing to wait for.

    Attributes
    ----------
    stop : Button
    """

    def __init__(self) -> None:
        self._bar = widgets.FloatProgress(min=0, max=1, layout={"width": "90px", "height": "14px"})
        self._label = widgets.HTML(layout={"width": "64px", "min_width": "64px"})
        self.stop = button(words.STOP, tip=words.STOP_TIP, width=54)
        super().__init__([self._bar, self._label, self.stop])
        self.layout.align_items = "center"
        self.hide()

    def begin(self, reached: int) -> None:
        """Start the clock of a training that goes on from a step."""
        self._start, self._from = time.monotonic(), reached

    def show(self, reached: int, goal: int) -> None:
        """Show how far a training has come, if it takes long."""
        taken, steps = time.monotonic() - self._start, reached - self._from
        left = taken / max(steps, 1) * (goal - reached)
        if (taken > SURE and left > LONG) or self.layout.visibility == "visible":
            self._bar.value = reached / goal
            self._label.value = words.left(left)
            self.layout.visibility = "visible"

    def hide(self) -> None:
        """Show nothing; there is nothing to wait for."""
        self.layout.visibility = "hidden"
