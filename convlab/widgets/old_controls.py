"""The controls that explorers are made of: every one has a label and works from the keyboard."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import traitlets

LABEL = "76px"


class Pair(widgets.HBox):
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

    def __init__(self, label: str, value: Any, low: Any, high: Any) -> None:
        self._sliders = (
            slider(f"{label} ↕", 0, 0, 1, tip=f"{label}, vertical"),
            slider("↔", 0, 0, 1, tip=f"{label}, horizontal"),
        )
        self._sliders[1].style.description_width = "18px"
        self._sliders[1].layout = _width(112)
        self._moving = False
        super().__init__(self._sliders, layout=_width(292))
        set_range(self, both(low), both(high), both(value))
        for part in self._sliders:
            part.observe(self._on_slider, "value")

    @traitlets.validate("value")
    def _clamp(self, proposal: Any) -> tuple[int, int]:
        return clamp(both(proposal["value"]), self.min, self.max)

    @traitlets.observe("value", "min", "max")
    def _on_trait(self, _change: Any) -> None:
        bounds = list(zip(self.min, self.max, strict=True))
        if self._moving or any(low > high for low, high in bounds):
            return
        self._moving = True
        try:
            for part, (low, high), value in zip(self._sliders, bounds, self.value, strict=True):
                set_range(part, low, high, value)
        finally:
            self._moving = False

    def _on_slider(self, _change: Any) -> None:
        if not self._moving:
            self.value = tuple(part.value for part in self._sliders)


def slider(label: str, value: int, low: int, high: int, *, tip: str = "") -> widgets.IntSlider:
    """Return a slider over whole numbers."""
    return widgets.IntSlider(
        value=value,
        min=low,
        max=high,
        description=label,
        tooltip=tip or label,
        style={"description_width": LABEL},
        layout=_width(176),
    )


def number(value: int, low: int, high: int, *, tip: str) -> widgets.BoundedIntText:
    """Return a small field for a whole number, for tables of them; only its `tip` names it."""
    field = widgets.BoundedIntText(
        value=value,
        min=low,
        max=high,
        description=tip,
        tooltip=tip,
        layout=widgets.Layout(width="48px", min_width="48px", margin="1px"),
    )
    field.add_class("convlab-bare")  # the label is there for those who cannot see the table
    return field


def choice(label: str, options: Any, value: Any = None, *, width: int = 300) -> widgets.Dropdown:
    """Return a list to choose from; `options` are values or (text, value) pairs."""
    extra = {} if value is None else {"value": value}
    return widgets.Dropdown(
        options=options,
        description=label,
        tooltip=label,
        style={"description_width": LABEL},
        layout=_width(width),
        **extra,
    )


def toggle(label: str, value: bool = False, *, tip: str = "") -> widgets.Checkbox:
    """Return a box to tick."""
    return widgets.Checkbox(
        value=value,
        description=label,
        tooltip=tip or label,
        indent=False,
        layout=widgets.Layout(width="auto", margin="1px 10px"),
    )


def stepper(label: str, count: int, *, interval: int = 500) -> dict[str, widgets.Widget]:
    """Return a play button and a slider of steps that drive each other inside the page.

    Parameters
    ----------
    label : str
    count : int
        Number of steps.
    interval : int, default 500
        Milliseconds between two steps while playing.
    """
    play = widgets.Play(min=0, max=count - 1, interval=interval, show_repeat=False, repeat=True)
    play.tooltip = "play the steps"
    step = slider(label, 0, 0, count - 1)
    step.layout = _width(308)
    widgets.jslink((play, "value"), (step, "value"))
    return {"step": step, "play": play}


def back_and_on(step: widgets.IntSlider) -> list[widgets.Button]:
    """Return two buttons that move a slider one step back, and one step on."""

    def move(by: int) -> None:
        step.value = clamp(step.value + by, step.min, step.max)

    buttons = []
    for by, icon, tip in (
        (-1, "step-backward", "one step back"),
        (1, "step-forward", "one step on"),
    ):
        button = widgets.Button(icon=icon, tooltip=tip, layout=_width(40))
        button.on_click(lambda _, by=by: move(by))
        buttons.append(button)
    return buttons


def _width(pixels: int) -> widgets.Layout:
    return widgets.Layout(width=f"{pixels}px", min_width=f"{pixels}px", margin="1px 2px")


def both(value: Any) -> tuple[Any, Any]:
    """Return a pair; anything that is no pair means both."""
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def clamp(value: Any, low: Any, high: Any) -> Any:
    """Move a number, or each number of a pair, to the nearest bound."""
    if isinstance(value, tuple):
        return tuple(map(clamp, value, both(low), both(high)))
    return max(low, min(high, value))


def set_range(control: widgets.Widget, low: Any, high: Any, value: Any) -> None:
    """Give a control new bounds and a value within them, in an order that never conflicts."""
    if isinstance(control, Pair):
        control.min, control.max, control.value = low, high, value
        control._on_trait(None)
        return
    if low > control.max:
        control.max, control.min = high, low
    else:
        control.min, control.max = low, high
    control.value = value
    control.disabled = low == high
