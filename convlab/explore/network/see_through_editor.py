"""Fields to change a weight of the network, and to put all of them back."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np

from convlab.explore.network import see_through_words as words
from convlab.explore.network.see_through_numbers import (
    SCORES,
    SeeThroughState,
    below,
    shape_of,
    weights_of,
)
from convlab.explore.network.trained_network import Change, Changes, changed, trained
from convlab.formatting import say
from convlab.widgets.controls import button, number, set_width
from convlab.widgets.lock import LOCK

LIMIT = 100.0
"""The largest weight that can be typed; learned ones are below 2."""


class WeightEditor(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """The row and column of a weight in the shown slice, its number, and the kernel's bias.

    Parameters
    ----------
    change : callable
        Takes all changes when a number was typed, or a button pressed.
    """

    def __init__(self, change: Callable[[Changes], None]) -> None:
        self._change = change
        self._state: SeeThroughState | None = None
        self._showing = False
        fields, tips = words.FIELDS, words.FIELD_TIPS
        self.row, self.col = (number(0, 0, 2, tip=say(fields[name])) for name in ("row", "column"))
        self.weight, self.bias = (_field(fields[name], tips[name]) for name in ("weight", "bias"))
        self.silence, self.undo = (
            button(fields[name], tip=tips[name], width=width)
            for name, width in (("silence", 112), ("undo", 128))
        )
        label = widgets.HTML(words.editor_label())
        parts = [label, self.row, self.col, self.weight, self.bias, self.silence, self.undo]
        super().__init__(parts)
        self.layout.align_items = "center"
        for field in (self.row, self.col):
            field.observe(lambda _: self._refresh(), "value")
        self.weight.observe(lambda change: self._typed("weight", change.new), "value")
        self.bias.observe(lambda change: self._typed("bias", change.new), "value")
        self.silence.on_click(lambda _: self._silence())
        self.undo.on_click(lambda _: self._put_back())

    def choose(self, cell: tuple[int, int]) -> None:
        """Show a weight of the slice."""
        with LOCK:
            self.row.value, self.col.value = cell

    def show(self, state: SeeThroughState) -> None:
        """Show the weights of a state."""
        with LOCK:
            self._state = state
            self._showing = True
            try:
                rows, cols = _kernel_shape(state)
                self.row.max, self.col.max = max(rows - 1, 0), max(cols - 1, 0)
            finally:
                self._showing = False
            self._refresh()

    def _refresh(self) -> None:
        with LOCK:
            if self._state is None or self._showing:
                return
            named = weights_of(self._state.layer)
            self._showing = True
            try:
                for part in (self.row, self.col, self.weight, self.bias, self.silence):
                    part.disabled = named is None
                self.undo.disabled = not self._state.changes
                if named is None:
                    self.weight.value = self.bias.value = 0.0
                    return
                weights = changed(self._state.changes)
                self.weight.value = round(float(weights[named[0]][self._place]), 3)
                self.bias.value = round(float(weights[named[1]][self._state.channel]), 3)
            finally:
                self._showing = False

    @property
    def _place(self) -> tuple[int, ...]:
        """Where the chosen weight stands in its array."""
        assert self._state is not None
        state, at = self._state, (self.row.value, self.col.value)
        if state.layer == SCORES:
            shape = state.part + 1, *_kernel_shape(state)
            return state.channel, int(np.ravel_multi_index((state.part, *at), shape))
        return state.channel, state.part, *at

    def _typed(self, what: str, value: float) -> None:
        with LOCK:
            if self._showing or self._state is None:
                return
            named = weights_of(self._state.layer)
            if named is None:
                return
            new = float(np.clip(value, -LIMIT, LIMIT)) if np.isfinite(value) else 0.0
            name, place = (
                (named[0], self._place) if what == "weight" else (named[1], (self._state.channel,))
            )
            self._put([((name, place), new)])

    def _silence(self) -> None:
        with LOCK:
            if self._state is None or (named := weights_of(self._state.layer)) is None:
                return
            weights, channel = trained(), self._state.channel
            places = np.ndindex(*weights[named[0]].shape[1:])
            zeros: list[Change] = [((named[0], (channel, *place)), 0.0) for place in places]
            self._put([*zeros, ((named[1], (channel,)), 0.0)])

    def _put_back(self) -> None:
        with LOCK:
            self._change(())

    def _put(self, changes: list[Change]) -> None:
        """Add changes to those that there are; what was learned is none."""
        assert self._state is not None
        all_of_them = dict(self._state.changes) | dict(changes)
        kept = {
            (name, place): value
            for (name, place), value in all_of_them.items()
            if value != trained()[name][place]
        }
        self._change(tuple(sorted(kept.items())))


def _kernel_shape(state: SeeThroughState) -> tuple[int, int]:
    """Return the rows and columns of a slice; none where there are no weights."""
    named = weights_of(state.layer)
    if named is None:
        return 0, 0
    if state.layer == SCORES:
        _, rows, cols = shape_of(below(SCORES))
        return rows, cols
    rows, cols = trained()[named[0]].shape[2:]
    return rows, cols


def _field(label: str, tip: str) -> widgets.FloatText:
    field = widgets.FloatText(
        description=say(label), tooltip=say(tip), style={"description_width": "46px"}
    )
    set_width(field, 122)
    return field
