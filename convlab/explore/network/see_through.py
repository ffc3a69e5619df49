"""A trained network that can be opened anywhere: every number, where it comes from and goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from convlab.explore.network import see_through_words as words
from convlab.explore.network.see_through_caption import describe
from convlab.explore.network.see_through_editor import WeightEditor
from convlab.explore.network.see_through_numbers import (
    PICTURE,
    SeeThroughState,
    digit_numbers,
    shape_of,
    slices_of,
    weights_of,
)
from convlab.explore.network.see_through_scene import SeeThroughScene
from convlab.explore.network.trained_network import Changes
from convlab.widgets.controls import choice, set_width, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.lock import LOCK
from convlab.widgets.parts import Slots
from convlab.widgets.settling import Limits, Values


class SeeThrough(Explorer[SeeThroughState, SeeThroughScene]):
    """A network that reads digits, from the picture to the probabilities.

    It is trained when the first one is made, in a second or two, and always to the same weights.
    Click a cell of any plane to open it; a cell of its window to go on to that one; a weight to
    change it; a digit that a kernel answers to, to see that one. The sliders do the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``among`` ("all" or "wrong", the digits to choose from),
        ``digit``, ``layer`` (such as "convolved 1", "activated 1", "pooled 1", "picture",
        "scores"), ``channel``, ``row``, ``column``, ``show`` ("values", "gradients" or "answers"),
        ``part`` (the slice of the kernel).

    Attributes
    ----------
    editor : WeightEditor
        The fields that change a weight.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> SeeThrough(layer="pooled 2", channel=15, row=1, column=0).state.region
    ((1, 11), (-3, 7))
    """

    state_type = SeeThroughState
    above: ClassVar = [["among", "digit", "show", "part"], ["layer", "channel", "row", "column"]]
    below: ClassVar = [[]]
    describe = staticmethod(describe)

    def __init__(self, **settings: Any) -> None:
        self._changes: Changes = ()
        self.editor = WeightEditor(self._change)
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "layer": choice(labels["layer"], words.layers(), "convolved 1"),
            "among": choice(labels["among"], words.AMONG, label_width=44),
            "digit": set_width(
                slider(labels["digit"], 19, 0, len(digit_numbers("all")) - 1, tip=tips["digit"]),
                300,
            ),
            "channel": slider(labels["channel"], 4, 0, 15, tip=tips["channel"]),
            "row": slider(labels["row"], 3, 0, 7, tip=tips["row"]),
            "column": slider(labels["column"], 3, 0, 7, tip=tips["column"]),
            "show": choice(labels["show"], words.SHOWS, label_width=42),
            "part": slider(labels["part"], 0, 0, 15, tip=tips["part"]),
        }
        super().__init__(controls, SeeThroughScene(), settings)
        if "convlab-tucked" in controls["part"]._dom_classes:  # it comes and goes with the slice
            self.editor.add_class("convlab-tucked")

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the cell on its map, and the slice in its kernel."""
        match name:
            case "digit":
                return 0, len(digit_numbers(values["among"])) - 1
            case "channel" | "row" | "column":
                axis = ("channel", "row", "column").index(name)
                return 0, shape_of(values["layer"])[axis] - 1
            case "part":
                return 0, slices_of(values["layer"]) - 1
        return None

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Offer no answers of the picture: no kernel made it."""
        if name == "show" and values["layer"] == PICTURE:
            return words.SHOWS[:-1]
        return None

    def usable(self, name: str, values: Values) -> bool:
        """Choose a slice where there are kernels."""
        return name != "part" or weights_of(values["layer"]) is not None

    def read(self, values: Values) -> SeeThroughState:
        """Return the state that the controls describe, with the reader's weights."""
        return replace(super().read(values), changes=self._changes)

    def arrange(self) -> Slots:
        """Put the fields that change a weight below the picture."""
        slots = super().arrange()
        (row,) = slots["below"]
        row.children = [self.editor, *row.children]
        return slots

    def show(self, state: SeeThroughState) -> None:
        """Show the chosen weight."""
        self.editor.show(state)

    def reset(self) -> None:
        """Put every control back to its start, and every weight to what was learned."""
        with LOCK:
            self._changes = ()
            super().reset()

    def _change(self, changes: Changes) -> None:
        with LOCK, self._reporting():
            self._changes = changes
            self._refresh()

    def _pick(self, x: float, y: float) -> None:
        with LOCK, self._reporting():
            weight = self.scene.weight_at(self.state, (x, y))
            if weight is None:
                super()._pick(x, y)
            else:
                self.editor.choose(weight)
