"""The controls that explorers are made of: every one has a label and works from the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from unicodedata import east_asian_width

import ipywidgets as widgets

from convlab.formatting import say
from convlab.widgets.held import held
from convlab.widgets.slider_ends import renew_ends

IntPair = tuple[int, int]
Option = Any
"""What a list offers: a value, or (text, value)."""

LABEL = 76
"""Pixels of a control's label."""
NO_LIMIT = 10**6


def slider(label: str, value: int, low: int, high: int, *, tip: str = "") -> widgets.IntSlider:
    """Return a slider over whole numbers."""
    return widgets.IntSlider(
        value=value,
        min=low,
        max=high,
        description=say(label),
        tooltip=say(tip or label),
        style={"description_width": f"{LABEL}px"},
        layout=widgets.Layout(height="28px", overflow="hidden", **wide(176)),
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


def choice(
    label: str,
    options: Sequence[Option],
    value: Any = None,
    *,
    label_width: int = LABEL,
) -> widgets.Dropdown:
    """Return a list to choose from, as wide as its longest option needs.

    `options` are values or (text, value) pairs.
    """
    extra = {} if value is None else {"value": value}
    offered = worded(options)
    return widgets.Dropdown(
        options=offered,
        description=say(label),
        tooltip=say(label),
        style={"description_width": f"{label_width}px"},
        layout=widgets.Layout(**wide(label_width + needed_width(offered))),
        **extra,
    )


def needed_width(options: Sequence[tuple[str, Any]]) -> int:
    """Return the pixels of a list that shows any of its options in full."""
    return 44 + round(7.3 * max((columns(text) for text, _ in options), default=0))


def columns(text: str) -> int:
    """Return how many letters wide a text is; a Chinese character takes two."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def toggle(label: str, value: bool = False, *, tip: str = "") -> widgets.Checkbox:
    """Return a box to tick."""
    return widgets.Checkbox(
        value=value,
        description=say(label),
        tooltip=say(tip or label),
        indent=False,
        layout=widgets.Layout(width="auto", margin="1px 10px"),
    )


def button(label: str, *, tip: str, icon: str = "", width: int = 112) -> widgets.Button:
    """Return a button; one with an icon alone has an empty label."""
    return widgets.Button(
        description=say(label) if label else "",
        tooltip=say(tip),
        icon=icon,
        layout=widgets.Layout(**wide(width)),
    )


def set_width(control: Any, pixels: int) -> Any:
    """Give a control a width that no neighbour can squeeze, and return it."""
    with held(control.layout):
        for name, value in wide(pixels).items():
            setattr(control.layout, name, value)
    return control


def wide(pixels: int) -> dict[str, str]:
    """Return what a layout says of a width that no neighbour can squeeze."""
    return {"width": f"{pixels}px", "min_width": f"{pixels}px", "margin": "1px 2px"}


def worded(options: Sequence[Option]) -> list[tuple[str, Any]]:
    """Return what a list offers as (text, value) pairs, the texts in the reader's language."""
    pairs = (option if isinstance(option, tuple) else (str(option), option) for option in options)
    return [(say(text), value) for text, value in pairs]


def both(value: Any) -> tuple[Any, Any]:
    """Return a pair; anything that is no pair means both."""
    return cast("IntPair", tuple(value)) if isinstance(value, tuple | list) else (value, value)


def clamp(value: Any, low: Any, high: Any) -> Any:
    """Move a number, or each number of a pair, to the nearest bound."""
    if isinstance(value, tuple):
        return tuple(map(clamp, value, both(low), both(high)))
    return max(low, min(high, value))


def set_range(control: Any, low: Any, high: Any, value: Any, *, usable: bool = True) -> None:
    """Give a control new bounds and a value within them, in an order that never conflicts."""
    if isinstance(control, widgets.HBox):  # a compound, which moves its sliders
        control.min, control.max, control.value = low, high, value
        control.refresh()
        return
    grows = low < control.min or high > control.max
    if low > control.max:
        control.max, control.min = high, low
    else:
        control.min, control.max = low, high
    control.value = value
    if grows and isinstance(control, widgets.IntSlider):
        renew_ends(control)
    control.disabled = low == high or not usable
