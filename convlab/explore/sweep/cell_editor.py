"""Fields to change a number of the input, or the weight that lies over it."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np

from convlab.explore.sweep import sweep_words as words
from convlab.explore.sweep.sweep_numbers import Sample, SweepState
from convlab.formatting import say
from convlab.widgets.controls import number, set_width
from convlab.widgets.kernel_editor import LIMIT
from convlab.widgets.lock import LOCK

Cell = tuple[int, int]


class CellEditor(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """The row and column of an input cell, its number, and the weight over it.

    Parameters
    ----------
    change : callable
        Takes a new `Sample` when a number was typed.
    """

    def __init__(self, change: Callable[[Sample], None]) -> None:
        self._change = change
        self._state: SweepState | None = None
        self._showing = False
        self.row, self.col = (number(0, 0, 0, tip=tip) for tip in words.PLACE)
        self.cell, self.weight = (_field(label, tip) for label, tip in words.FIELDS)
        labels = [widgets.HTML(text) for text in words.editor_labels()]
        super().__init__([labels[0], self.row, self.col, self.cell, self.weight])
        self.layout.align_items = "center"
        for field in (self.row, self.col):
            field.observe(lambda _: self._refresh(), "value")
        self.cell.observe(lambda change: self._typed("x", change.new), "value")
        self.weight.observe(lambda change: self._typed("weight", change.new), "value")

    def choose(self, cell: Cell) -> None:
        """Show a cell of the input."""
        with LOCK:
            self.row.value, self.col.value = cell

    def show(self, state: SweepState) -> None:
        """Show the numbers of a state in the cell that was chosen."""
        with LOCK:
            self._state = state
            rows, cols = state.geometry.input_shape
            self._showing = True
            try:
                self.row.max, self.col.max = rows - 1, cols - 1
            finally:
                self._showing = False
            self._refresh()

    def _refresh(self) -> None:
        with LOCK:
            if self._state is None or self._showing:
                return
            self._showing = True
            try:
                self.cell.value = float(self._state.x[self.row.value, self.col.value])
                over = self._over
                self.weight.disabled = over is None
                self.weight.value = 0.0 if over is None else float(self._state.weight[over])
            finally:
                self._showing = False

    @property
    def _over(self) -> Cell | None:
        """The row and column of the weight over the chosen cell, as the kernel lies there."""
        assert self._state is not None
        (top, _), (left, _) = self._state.geometry.padding
        return self._state.weight_over((self.row.value + top, self.col.value + left))

    def _typed(self, what: str, value: float) -> None:
        with LOCK:
            if self._showing or self._state is None:
                return
            new = float(np.clip(value, -LIMIT, LIMIT)) if np.isfinite(value) else 0.0
            sample = self._state.sample
            x, weight = sample.x, sample.weight
            if what == "x":
                x = _with(x, (self.row.value, self.col.value), new)
            elif (over := self._over) is not None:
                if self._state.operation:  # it lies there rotated
                    rows, cols = self._state.weight.shape
                    over = rows - 1 - over[0], cols - 1 - over[1]
                weight = _with(weight, over, new)
            self._change(Sample(x, weight))


def _with(values: np.ndarray, place: Cell, new: float) -> np.ndarray:
    changed = values.astype(float)
    changed[place] = new
    return changed


def _field(label: str, tip: str) -> widgets.FloatText:
    field = widgets.FloatText(
        description=say(label), tooltip=say(tip), style={"description_width": "44px"}
    )
    set_width(field, 120)
    return field
