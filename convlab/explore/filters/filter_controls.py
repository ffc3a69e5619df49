"""The controls of the filter lab, and how wide each of them is."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np

from convlab.explore.filters import filter_words as words
from convlab.explore.filters.filter_numbers import CHANNELS, PADDINGS
from convlab.explore.filters.filter_pictures import TYPES
from convlab.explore.filters.kernel_names import OWN_KERNEL
from convlab.formatting import say
from convlab.images import DISPLAY_MODES
from convlab.kernels import KERNELS
from convlab.widgets.controls import NO_LIMIT, choice, set_width, slider, toggle
from convlab.widgets.kernel_editor import LARGEST, LIMIT, SMALLEST, KernelEditor

SMALLEST_DIVISOR = 0.001
COLOURS = [("grey", False), ("colour", True)]
GREY = [("grey", 0)]
RED_GREEN_BLUE = [(name, index) for index, name in enumerate(CHANNELS)]
WIDTHS = {
    "picture": (296, 46),
    "upload": (112, 0),
    "colour": (136, 46),
    "channel": (130, 46),
    "display": (150, 46),
    "kernel": (280, 52),
    "size": (158, 40),
    "divisor": (132, 58),
    "bias": (104, 34),
    "padding": (190, 58),
    "stride": (212, 52),
    "row": (208, 40),
    "column": (218, 52),
}
"""Pixels of each control, and of its label."""


def filter_controls(pictures: list[str]) -> dict[str, widgets.Widget]:
    """Return the controls of the lab, in the order in which they yield to each other."""
    labels, tips = words.LABELS, words.TIPS
    controls = {
        "picture": choice(labels["picture"], pictures),
        "upload": widgets.FileUpload(
            accept=TYPES, description=say(labels["upload"]), tooltip=say(tips["upload"])
        ),
        "colour": choice(labels["colour"], COLOURS),
        "channel": choice(labels["channel"], GREY),
        "display": choice(labels["display"], DISPLAY_MODES),
        "kernel": choice(labels["kernel"], [*KERNELS, OWN_KERNEL]),
        "size": slider(labels["size"], 3, SMALLEST, LARGEST, tip=tips["size"]),
        "weights": KernelEditor(KERNELS["identity"].weights),
        "divisor": _number(labels["divisor"], 1),
        "bias": _number(labels["bias"], 0),
        "padding": choice(labels["padding"], [*PADDINGS, "valid"]),
        "stride": slider(labels["stride"], 1, 1, 4),
        "before": toggle(labels["before"], tip=tips["before"]),
        "row": slider(labels["row"], 351, 0, NO_LIMIT),
        "column": slider(labels["column"], 208, 0, NO_LIMIT),
    }
    for name, (width, label) in WIDTHS.items():
        set_width(controls[name], width)
        if label:
            controls[name].style.description_width = f"{label}px"
    return controls


def not_zero(divisor: float) -> float:
    """Return a divisor that one can divide by; what is none becomes 1."""
    if not np.isfinite(divisor) or divisor == 0:
        return 1.0
    return float(np.copysign(max(abs(divisor), SMALLEST_DIVISOR), divisor))


def _number(label: str, value: float) -> widgets.BoundedFloatText:
    return widgets.BoundedFloatText(
        value=value,
        min=-LIMIT,
        max=LIMIT,
        description=say(label),
        tooltip=say(label),
        layout=widgets.Layout(margin="1px 2px"),
    )


def rigid(width: int) -> widgets.Layout:
    """Return the layout of a part that keeps its width."""
    return widgets.Layout(width=f"{width}px", min_width=f"{width}px")
