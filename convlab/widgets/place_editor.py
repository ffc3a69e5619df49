"""Fields for a row and a column, and for the numbers that stand at that place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar

import ipywidgets as widgets
import numpy as np

from convlab.formatting import say
from convlab.widgets.controls import number, set_width
from convlab.widgets.kernel_editor import LIMIT
from convlab.widgets.lock import LOCK

S = TypeVar("S")
"""The state of an explorer."""


class PlaceEditor(widgets.HBox, Generic[S]):  # type: ignore[misc]  # ipywidgets has no types
    """A row, a column, and fields that show and change numbers there.

    What it writes into its own fields is told apart from what a hand types.

    Parameters
    ----------
    label : str
        What stands before the fields, as HTML.
    tips : iterable of str
        What the fields for the row and for the column are.
    parts : iterable of Widget
        What follows them.

    Attributes
    ----------
    row, col : ipywidgets.BoundedIntText
    """

    limit: ClassVar[float] = LIMIT
    """The largest size of a number that can be typed."""

    def __init__(self, label: str, tips: Iterable[str], parts: Iterable[widgets.Widget]) -> None:
        self._state: S | None = None
        self._showing = False
        self.row, self.col = (number(0, 0, 0, tip=tip) for tip in tips)
        super().__init__([widgets.HTML(label), self.row, self.col, *parts])
        self.layout.align_items = "center"
        for field in (self.row, self.col):
            field.observe(lambda _: self._refresh(), "value")

    def field(self, what: str, label: str, tip: str, *, width: int = 120) -> widgets.FloatText:
        """Return a field for a number; `typed` hears of it as `what`."""
        made = widgets.FloatText(
            description=say(label), tooltip=say(tip), style={"description_width": "44px"}
        )
        made.observe(lambda change: self._on_typed(what, change.new), "value")
        return set_width(made, width)

    @property
    def place(self) -> tuple[int, int]:
        """The row and the column that are chosen."""
        return self.row.value, self.col.value

    def choose(self, place: tuple[int, int]) -> None:
        """Show the numbers of a place."""
        with LOCK:
            self.row.value, self.col.value = place

    def show(self, state: S) -> None:
        """Show the numbers of a state at the place that was chosen."""
        with LOCK:
            self._state = state
            self._showing = True
            try:
                rows, cols = self.sides(state)
                self.row.max, self.col.max = max(rows - 1, 0), max(cols - 1, 0)
            finally:
                self._showing = False
            self._refresh()

    def sides(self, state: S) -> tuple[int, int]:
        """Return how many rows and columns there are to choose from."""
        raise NotImplementedError

    def fill(self, state: S) -> None:
        """Write the numbers of the chosen place into the fields."""
        raise NotImplementedError

    def typed(self, state: S, what: str, value: float) -> None:
        """Take a number that was typed; it is finite, and within the limit."""
        raise NotImplementedError

    def _refresh(self) -> None:
        with LOCK:
            if self._state is None or self._showing:
                return
            self._showing = True
            try:
                self.fill(self._state)
            finally:
                self._showing = False

    def _on_typed(self, what: str, value: Any) -> None:
        with LOCK:
            if self._state is None or self._showing:
                return
            within = float(np.clip(value, -self.limit, self.limit)) if np.isfinite(value) else 0.0
            self.typed(self._state, what, within)
