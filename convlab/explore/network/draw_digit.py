"""A digit drawn by hand, and what a trained network reads in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.network import draw_digit_words as words
from convlab.explore.network.draw_digit_ink import ERASE, OWN, SIDE, UP, blank, example, with_stroke
from convlab.explore.network.draw_digit_numbers import CELLS, FARTHEST, DrawDigitState
from convlab.explore.network.draw_digit_scene import DrawDigitScene, paper_at, point_at
from convlab.explore.network.pen import Pen
from convlab.widgets.controls import button, choice, slider, toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.lock import LOCK
from convlab.widgets.settling import Values


class DrawDigit(Explorer[DrawDigitState, DrawDigitScene]):
    """A paper to draw a digit on, and what the network of `SeeThrough` reads in it.

    Draw with the mouse or a finger; or put the pen down and move it with the sliders. Click a cell
    of the picture that is read, or of the map below it, to hide a patch there.

    Parameters
    ----------
    **settings
        Start values of controls: ``example`` ("0" to "9", "small", or "own" for an empty paper),
        ``pen`` ("up", "draw" or "erase"), ``pen_row``, ``pen_column``, ``fit`` (whether the drawing
        is made as large as the paper), ``down``, ``right``, ``noise`` (in percent), ``hide`` (rows
        of the hidden patch), ``hide_row``, ``hide_column``.

    Attributes
    ----------
    clear : ipywidgets.Button
        Take an empty paper.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> DrawDigit(example="8").state.answer
    8
    """

    state_type = DrawDigitState
    above: ClassVar = [["example", "pen", "pen_row", "pen_column"]]
    below: ClassVar = [["right", "down", "noise", "fit"], ["hide", "hide_row", "hide_column"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        self._own, self._by_hand = blank(), False
        labels, tips = words.LABELS, words.TIPS
        self.clear = button(labels["clear"], tip=tips["clear"], width=64)
        controls = {
            "example": choice(labels["example"], words.examples(), "3"),
            "pen": choice(labels["pen"], words.PENS, label_width=36),
            "pen_row": slider(labels["pen_row"], 4, 0, SIDE - 1, tip=tips["pen_row"]),
            "pen_column": slider(labels["pen_column"], 16, 0, SIDE - 1, tip=tips["pen_column"]),
            "right": slider(labels["right"], 0, -FARTHEST, FARTHEST, tip=tips["right"]),
            "down": slider(labels["down"], 0, -FARTHEST, FARTHEST, tip=tips["down"]),
            "noise": slider(labels["noise"], 0, 0, 60, tip=tips["noise"]),
            "fit": toggle(labels["fit"], tip=tips["fit"]),
            "hide": slider(labels["hide"], 0, 0, 5, tip=tips["hide"]),
            "hide_row": slider(labels["hide_row"], 3, 0, CELLS - 1, tip=tips["hide_row"]),
            "hide_column": slider(labels["hide_column"], 3, 0, CELLS - 1, tip=tips["hide_column"]),
        }
        super().__init__(controls, DrawDigitScene(), settings)
        self.clear.on_click(lambda _: self._clear())
        self._pointer.event.close()
        size = self.scene.width, self.scene.height
        self._pointer: Any = Pen(self.picture, size, self._begins, self._drawn, self._pick)

    def entails(self, name: str, values: Values) -> Values:
        """Draw where the pen goes while it is down: then the drawing is the reader's own."""
        if name not in ("pen_row", "pen_column") or "state" not in vars(self) or self._by_hand:
            return {}
        if values["pen"] == UP:
            return {}
        before = self._settling.values
        start, end = ((v["pen_row"], v["pen_column"]) for v in (before, values))
        self._own = with_stroke(self.state.ink, start, end, erase=values["pen"] == ERASE)
        return {"example": OWN}

    def usable(self, name: str, values: Values) -> bool:
        """Place the patch where there is one."""
        return not name.startswith("hide_") or values["hide"] > 0

    def read(self, values: Values) -> DrawDigitState:
        """Return the state that the controls describe, with the ink on the paper."""
        chosen = values["example"]
        return replace(super().read(values), ink=self._own if chosen == OWN else example(chosen))

    def companions(self, name: str) -> Sequence[widgets.Widget]:
        """Let the button that clears the paper stand behind the pen."""
        return [self.clear] if name == "pen_column" else super().companions(name)

    def reset(self) -> None:
        """Put every control back to its start, and take a fresh paper."""
        with LOCK:
            self._own = blank()
            super().reset()

    @staticmethod
    def _begins(place: tuple[float, float]) -> bool:
        return paper_at(place) is not None

    def _drawn(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw, or rub out, what the mouse or a finger went over."""
        with LOCK, self._reporting():
            first, last = point_at(start), point_at(end)
            erase = self.controls["pen"].value == ERASE
            self._own = with_stroke(self.state.ink, first, last, erase=erase)
            row, column = (min(max(round(at), 0), SIDE - 1) for at in last)
            self._by_hand = True
            try:
                self.set_controls(example=OWN, pen_row=row, pen_column=column)
            finally:
                self._by_hand = False

    def _clear(self) -> None:
        with LOCK, self._reporting():
            self._own = blank()
            self.set_controls(example=OWN)
