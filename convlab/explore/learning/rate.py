"""A slider over numbers with a fraction, such as a step length."""

from __future__ import annotations

import ipywidgets as widgets

from convlab.formatting import say
from convlab.widgets.controls import LABEL, set_width


def real_slider(
    label: str, value: float, low: float, high: float, step: float, *, tip: str
) -> widgets.FloatSlider:
    """Return a slider over numbers with two decimals."""
    made = widgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=say(label),
        tooltip=say(tip),
        readout_format=".2f",
        style={"description_width": f"{LABEL}px"},
    )
    return set_width(made, 250)
