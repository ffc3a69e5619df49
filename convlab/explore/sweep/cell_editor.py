"""Fields to change a number of the input, or the weight that lies over it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convlab.explore.sweep import sweep_words as words
from convlab.explore.sweep.sweep_numbers import Sample, SweepState
from convlab.formatting import say
from convlab.widgets.place_editor import PlaceEditor

Cell = tuple[int, int]


class CellEditor(PlaceEditor[SweepState]):
    """The row and column of an input cell, its number, and the weight over it.

    Parameters
    ----------
    change : callable
        Takes a new `Sample` when a number was typed.
    """

    def __init__(self, change: Callable[[Sample], None]) -> None:
        self._change = change
        (cell, cell_tip), (weight, weight_tip) = words.FIELDS
        self.cell = self.field("x", cell, cell_tip)
        self.weight = self.field("weight", weight, weight_tip)
        places = [say(place) for place in words.PLACE]
        super().__init__(words.editor_label(), places, [self.cell, self.weight])

    def sides(self, state: SweepState) -> Cell:
        """Return the input's rows and columns."""
        return state.geometry.input_shape

    def fill(self, state: SweepState) -> None:
        """Show the cell, and the weight over it, if there is one."""
        self.cell.value = float(state.x[self.place])
        over = self._over(state)
        self.weight.disabled = over is None
        self.weight.value = 0.0 if over is None else float(state.weight[over])

    def typed(self, state: SweepState, what: str, value: float) -> None:
        """Put a number into the input, or into the kernel."""
        x, weight = state.sample.x, state.sample.weight
        if what == "x":
            x = _with(x, self.place, value)
        elif (over := self._over(state)) is not None:
            if state.operation:  # it lies there rotated
                rows, cols = state.weight.shape
                over = rows - 1 - over[0], cols - 1 - over[1]
            weight = _with(weight, over, value)
        self._change(Sample(x, weight))

    def _over(self, state: SweepState) -> Cell | None:
        """Return the row and column of the weight over the chosen cell, as the kernel lies."""
        (top, _), (left, _) = state.geometry.padding
        row, col = self.place
        return state.weight_over((row + top, col + left))


def _with(values: np.ndarray, place: Cell, new: float) -> np.ndarray:
    changed = values.astype(float)
    changed[place] = new
    return changed
