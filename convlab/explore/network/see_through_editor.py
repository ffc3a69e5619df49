"""Fields to change a weight of the network, and to put all of them back."""

from __future__ import annotations

from collections.abc import Callable

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
from convlab.widgets.controls import button
from convlab.widgets.lock import LOCK
from convlab.widgets.place_editor import PlaceEditor


class WeightEditor(PlaceEditor[SeeThroughState]):
    """The row and column of a weight in the shown slice, its number, and the kernel's bias.

    Parameters
    ----------
    change : callable
        Takes all changes when a number was typed, or a button pressed.
    """

    limit = 100.0  # learned weights are below 2

    def __init__(self, change: Callable[[Changes], None]) -> None:
        self._change = change
        fields, tips = words.FIELDS, words.FIELD_TIPS
        self.weight, self.bias = (
            self.field(name, fields[name], tips[name], width=122) for name in ("weight", "bias")
        )
        self.silence, self.undo = (
            button(fields[name], tip=tips[name], width=width)
            for name, width in (("silence", 112), ("undo", 128))
        )
        places = (say(fields[name]) for name in ("row", "column"))
        parts = [self.weight, self.bias, self.silence, self.undo]
        super().__init__(words.editor_label(), places, parts)
        self.silence.on_click(lambda _: self._silence())
        self.undo.on_click(lambda _: self._put_back())

    def sides(self, state: SeeThroughState) -> tuple[int, int]:
        """Return the rows and columns of a slice; none where there are no weights."""
        return _kernel_shape(state)

    def fill(self, state: SeeThroughState) -> None:
        """Show the weight and the bias; without any, all is greyed out."""
        named = weights_of(state.layer)
        for part in (self.row, self.col, self.weight, self.bias, self.silence):
            part.disabled = named is None
        self.undo.disabled = not state.changes
        if named is None:
            self.weight.value = self.bias.value = 0.0
            return
        weights = changed(state.changes)
        self.weight.value = round(float(weights[named[0]][self._at(state)]), 3)
        self.bias.value = round(float(weights[named[1]][state.channel]), 3)

    def typed(self, state: SeeThroughState, what: str, value: float) -> None:
        """Change the weight, or the bias."""
        if (named := weights_of(state.layer)) is None:
            return
        weight, bias = (named[0], self._at(state)), (named[1], (state.channel,))
        self._put([(weight if what == "weight" else bias, value)])

    def _at(self, state: SeeThroughState) -> tuple[int, ...]:
        """Return where the chosen weight stands in its array."""
        if state.layer == SCORES:
            shape = state.part + 1, *_kernel_shape(state)
            return state.channel, int(np.ravel_multi_index((state.part, *self.place), shape))
        return state.channel, state.part, *self.place

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
