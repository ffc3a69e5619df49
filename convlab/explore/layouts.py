"""The five controls of a small convolution, whose kernel always fits: shared by explorers."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from convlab.explore.controls import Pair
from convlab.geometry import Geometry

LARGEST_INPUT = 6
LARGEST_KERNEL = 3
NAMES = ("input", "kernel", "dilation", "stride", "padding")


def layout_controls(
    input_shape: Any = 4, kernel_shape: Any = 3, *, stride: Any = 1, padding: Any = 0
) -> dict[str, widgets.Widget]:
    """Return controls for sizes, dilation, stride and padding, in the order they yield."""
    return {
        "input": Pair("input", input_shape, 1, LARGEST_INPUT),
        "kernel": Pair("kernel", kernel_shape, 1, LARGEST_KERNEL),
        "dilation": Pair("dilation", 1, 1, 2),
        "stride": Pair("stride", stride, 1, 3),
        "padding": Pair("padding", padding, 0, 2),
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
            axes = zip(values["input"], values["kernel"], strict=True)
            return (1, 1), tuple(min(2, (n - 1) // (k - 1)) if k > 1 else 1 for n, k in axes)
        case "padding":
            axes = zip(values["kernel"], values["dilation"], strict=True)
            return (0, 0), tuple(min(2, d * (k - 1)) for k, d in axes)
    return None


def geometry_of(values: dict[str, Any]) -> Geometry:
    """Return the geometry that the controls describe."""
    layout = {name: values[name] for name in ("stride", "padding", "dilation")}
    return Geometry(values["input"], values["kernel"], **layout)
