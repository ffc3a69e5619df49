"""Sliders that have one value together: a pair of them, and a slider of steps that plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

from convlab.formatting import say
from convlab.widgets.controls import (
    NO_LIMIT,
    IntPair,
    both,
    button,
    clamp,
    set_range,
    set_width,
    slider,
)
from convlab.widgets.held import held
from convlab.widgets.in_step import InStep, QuietPlay
from convlab.widgets.lifetime import every_widget
from convlab.widgets.lock import LOCK, in_update

TIED = 254
"""Pixels of the one slider of a tied pair."""
SPEEDS = {"½×": 2.0, "1×": 1.0, "2×": 0.5, "4×": 0.25}
"""How much longer a step stays, for each speed."""


class Compound(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """Sliders in a row that have one value together, whatever thread they are moved on."""

    def __init__(self, parts: Sequence[widgets.IntSlider], children: Sequence[widgets.Widget]):
        self.parts = tuple(parts)
        self._showing = False
        super().__init__(list(children))
        for index, part in enumerate(self.parts):
            part.observe(lambda change, index=index: self._on_part(index, change.new), "value")

    def show(self) -> None:
        """Move the sliders to what `min`, `max` and `value` say."""
        raise NotImplementedError

    def moved(self, index: int, value: int) -> Any:
        """Return the value of all sliders when one has moved."""
        raise NotImplementedError

    @traitlets.observe("value", "min", "max")
    def refresh(self, _change: object = None) -> None:
        """Show `value` within its bounds, whatever the sliders show now."""
        with LOCK:
            self._showing = True
            try:
                self.show()
            finally:
                self._showing = False

    def _on_part(self, index: int, value: int) -> None:
        nested = in_update()
        with LOCK:
            if not (nested and self._showing):
                self.value = self.moved(index, value)


class Pair(Compound):
    """Two sliders, vertical and horizontal, with one pair as their value.

    A pair of equal numbers is tied: one slider moves both. The button at its end unties them.

    Parameters
    ----------
    label : str
    value : int or (int, int)
        Vertical and horizontal; an int means both.
    low, high : int or (int, int)
        Smallest and largest value.

    Attributes
    ----------
    value, min, max : (int, int)
        Values outside `min` and `max` are moved to the nearest bound.
    tie : ipywidgets.ToggleButton
        Whether both are kept equal; a value of two numbers unties them, and an equal one that
        `settle_tie` meets ties them.
    """

    value = traitlets.Tuple(traitlets.Int(), traitlets.Int(), default_value=(0, 0))
    min = traitlets.Tuple(traitlets.Int(), traitlets.Int(), default_value=(0, 0))
    max = traitlets.Tuple(traitlets.Int(), traitlets.Int(), default_value=(0, 0))

    def __init__(
        self, label: str, value: int | IntPair, low: int | IntPair, high: int | IntPair
    ) -> None:
        self.description = say(label)
        down = slider(self.description, 0, 0, 1)
        across = slider("↔", 0, 0, 1, tip=say("{label}, horizontal", label=self.description))
        across.style.description_width = "18px"
        self.tie = widgets.ToggleButton(
            icon="link", tooltip=say("{label}: keep both equal", label=self.description)
        )
        set_width(self.tie, 28).add_class("convlab-tie")
        self.tie.observe(self._on_tie, "value")
        super().__init__((down, across), (down, across, self.tie))
        with held(*every_widget(self)):
            self.layout.align_items = "center"
            set_range(self, both(low), both(high), both(value))
            self.settle_tie()

    def settle_tie(self) -> None:
        """Tie the sliders where their numbers are equal, as at the start; untie them elsewhere."""
        self.tie.value = self.value[0] == self.value[1]
        self._lay_out()

    @traitlets.validate("value")
    def _clamp(self, proposal: Any) -> IntPair:
        value: IntPair = clamp(both(proposal["value"]), self.min, self.max)
        return value

    def show(self) -> None:
        """Move the sliders to what `min`, `max` and `value` say."""
        for part, low, high, value in zip(self.parts, self.min, self.max, self.value, strict=True):
            if low <= high:
                set_range(part, low, high, value)
        if self.value[0] != self.value[1]:
            self.tie.value = False

    def moved(self, index: int, value: int) -> IntPair:
        """Return the value of both sliders when one has moved."""
        if self.tie.value:
            return value, value
        return (value, self.value[1]) if index == 0 else (self.value[0], value)

    def _on_tie(self, change: Any) -> None:
        with LOCK:
            if change.new and not self._showing:
                self.value = (self.value[0], self.value[0])
                if self.value[0] != self.value[1]:  # there is no room for both
                    self.tie.value = False
            self._lay_out()

    def _lay_out(self) -> None:
        """Show one wide slider for both, or two."""
        down, across = self.parts
        tied = self.tie.value
        down.description = self.description if tied else f"{self.description} ↕"
        down.tooltip = (
            say("{label}, both axes", label=self.description)
            if tied
            else say("{label}, vertical", label=self.description)
        )
        across.layout.display = "none" if tied else ""
        set_width(down, TIED if tied else 206)
        set_width(across, 150)
        set_width(self, 292 if tied else 400)


class Stepper(Compound):
    """A play button and a slider of steps that drive each other inside the page.

    Parameters
    ----------
    label : str
    value : int, default 0
    interval : int, default 500
        Milliseconds between two steps while playing.
    width : int, default 276
        Of the slider, in pixels.
    readout : bool, default True
        Write the step beside the slider; not where the words count it from 1.

    Attributes
    ----------
    value, min, max : int
    loose : list of Widget
        What belongs to it, but is none of its children.
    """

    value = traitlets.Int(0)
    min = traitlets.Int(0)
    max = traitlets.Int(NO_LIMIT)

    def __init__(
        self,
        label: str,
        value: int = 0,
        *,
        interval: int = 500,
        width: int = 276,
        readout: bool = True,
    ) -> None:
        self.description = say(label)
        self.slider = slider(label, value, 0, max(value, 1))
        self.slider.readout = readout
        set_width(self.slider, width)
        self.play = QuietPlay(
            value=value, min=0, max=self.slider.max, interval=interval, show_repeat=False
        )
        self.play.repeat, self.play.tooltip = True, say("play the steps")
        self.play.add_class("convlab-play")
        self.speed = widgets.Dropdown(
            options=list(SPEEDS), value="1×", description=say("speed"), tooltip=say("speed of play")
        )
        set_width(self.speed, 56).add_class("convlab-bare")
        self.speed.observe(lambda change: self._play_at(interval, change.new), "value")
        self.loose = [InStep(self.play, self.slider)]
        super().__init__((self.slider,), (self.play, self.slider, self.speed))
        self.layout.align_items = "center"
        self.value = value

    @traitlets.validate("value")
    def _clamp(self, proposal: Any) -> int:
        value: int = clamp(int(proposal["value"]), self.min, self.max)
        return value

    def show(self) -> None:
        """Move the slider and the play button to what `min`, `max` and `value` say."""
        high = max(self.value, 1) if self.max == NO_LIMIT else self.max
        set_range(self.slider, self.min, high, self.value)
        set_range(self.play, self.min, high, self.value)

    def _play_at(self, interval: int, speed: str) -> None:
        self.play.interval = round(interval * SPEEDS[speed])

    def moved(self, index: int, value: int) -> int:  # noqa: ARG002 -- there is one slider
        """Return the step that the slider has moved to."""
        return value


def back_and_on(stepper: Stepper) -> list[widgets.Button]:
    """Return two buttons that move a stepper one step back, and one step on."""

    def move(by: int) -> None:
        with LOCK:
            stepper.value += by

    buttons = [
        button("", icon="step-backward", tip="one step back", width=40),
        button("", icon="step-forward", tip="one step on", width=40),
    ]
    for made, by in zip(buttons, (-1, 1), strict=True):
        made.on_click(lambda _, by=by: move(by))
    return buttons
