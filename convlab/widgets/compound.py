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
from convlab.widgets.lock import LOCK, in_update


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
    """

    value = traitlets.Tuple(traitlets.Int(), traitlets.Int(), default_value=(0, 0))
    min = traitlets.Tuple(traitlets.Int(), traitlets.Int(), default_value=(0, 0))
    max = traitlets.Tuple(traitlets.Int(), traitlets.Int(), default_value=(0, 0))

    def __init__(
        self, label: str, value: int | IntPair, low: int | IntPair, high: int | IntPair
    ) -> None:
        self.description = say(label)
        down = slider(
            f"{self.description} ↕", 0, 0, 1, tip=say("{label}, vertical", label=self.description)
        )
        across = slider("↔", 0, 0, 1, tip=say("{label}, horizontal", label=self.description))
        across.style.description_width = "18px"
        set_width(across, 112)
        super().__init__((down, across), (down, across))
        set_width(self, 292)
        set_range(self, both(low), both(high), both(value))

    @traitlets.validate("value")
    def _clamp(self, proposal: Any) -> IntPair:
        value: IntPair = clamp(both(proposal["value"]), self.min, self.max)
        return value

    def show(self) -> None:
        """Move the sliders to what `min`, `max` and `value` say."""
        for part, low, high, value in zip(self.parts, self.min, self.max, self.value, strict=True):
            if low <= high:
                set_range(part, low, high, value)

    def moved(self, index: int, value: int) -> IntPair:
        """Return the value of both sliders when one has moved."""
        return (value, self.value[1]) if index == 0 else (self.value[0], value)


class Stepper(Compound):
    """A play button and a slider of steps that drive each other inside the page.

    Parameters
    ----------
    label : str
    value : int, default 0
    interval : int, default 500
        Milliseconds between two steps while playing.
    width : int, default 308
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
        width: int = 308,
        readout: bool = True,
    ) -> None:
        self.description = say(label)
        self.slider = slider(label, value, 0, max(value, 1))
        self.slider.readout = readout
        set_width(self.slider, width)
        self.play = widgets.Play(
            value=value, min=0, max=self.slider.max, interval=interval, show_repeat=False
        )
        self.play.repeat, self.play.tooltip = True, say("play the steps")
        self.play.add_class("convlab-play")
        self.loose = [widgets.jslink((self.play, "value"), (self.slider, "value"))]
        super().__init__((self.slider,), (self.play, self.slider))
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
