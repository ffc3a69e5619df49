"""The five controls of a small convolution, whose kernel always fits: shared by explorers."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from convlab.geometry import Geometry, Pair
from convlab.widgets import old_controls as controls

LARGEST_INPUT = 6
LARGEST_KERNEL = 3
NAMES = ("input", "kernel", "dilation", "stride", "padding")


def layout_controls(
    input_shape: Any = 4, kernel_size: Any = 3, *, stride: Any = 1, padding: Any = 0
) -> dict[str, widgets.Widget]:
    """Return controls for sizes, dilation, stride and padding, in the order they yield."""
    return {
        "input": controls.Pair("input", input_shape, 1, LARGEST_INPUT),
        "kernel": controls.Pair("kernel", kernel_size, 1, LARGEST_KERNEL),
        "dilation": controls.Pair("dilation", 1, 1, 2),
        "stride": controls.Pair("stride", stride, 1, 3),
        "padding": controls.Pair("padding", padding, 0, 2),
    }


def layout_bounds(name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
    """Return the bounds of one of these controls, given those before it.

    The kernel, its gaps included, stays within the input. The padding stops at d(k − 1): beyond
    it, windows would see nothing but padding.
    """
    match name:
        case "input":
            return (1, 1), (LARGEST_INPUT,) * 2
        case "kernel":
            return (1, 1), tuple(min(LARGEST_KERNEL, size) for size in values["input"])
        case "dilation":
            return (1, 1), widest_dilation(values["input"], values["kernel"], 2)
        case "padding":
            return (0, 0), widest_padding(values["kernel"], values["dilation"], 2)
    return None


def widest_dilation(room: Pair, kernel: Pair, most: int) -> Pair:
    """Return the largest dilation, up to `most`, whose kernel fits; 1 for a kernel of one cell."""
    down, across = (
        min(most, (n - 1) // (k - 1)) if k > 1 else 1 for n, k in zip(room, kernel, strict=True)
    )
    return down, across


def widest_padding(kernel: Pair, dilation: Pair, most: int) -> Pair:
    """Return the largest padding, up to `most`, with which every window still meets the input."""
    down, across = (min(most, d * (k - 1)) for k, d in zip(kernel, dilation, strict=True))
    return down, across


def geometry_of(values: dict[str, Any]) -> Geometry:
    """Return the geometry that the controls describe; without a `dilation` among them it is 1."""
    layout = {"stride": values["stride"], "padding": values["padding"]}
    return Geometry(values["input"], values["kernel"], **layout, dilation=values.get("dilation", 1))
