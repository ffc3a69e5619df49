"""The five controls of a convolution, and how they leave room for each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from convlab.geometry import Geometry
from convlab.widgets.compound import Pair
from convlab.widgets.controls import IntPair

Size = int | IntPair
LARGEST_INPUT = 6
LARGEST_KERNEL = 3


def input_size(value: Size, largest: Size) -> Pair:
    """Return the control of the input's rows and columns."""
    return Pair("input", value, 1, largest)


def kernel_size(value: Size, largest: Size) -> Pair:
    """Return the control of the kernel's rows and columns."""
    return Pair("kernel", value, 1, largest)


def stride(value: Size, largest: Size) -> Pair:
    """Return the control of the stride."""
    return Pair("stride", value, 1, largest)


def padding(value: Size, largest: Size) -> Pair:
    """Return the control of the padding, per side."""
    return Pair("padding", value, 0, largest)


def dilation(value: Size, largest: Size) -> Pair:
    """Return the control of the dilation: 1 leaves no gaps."""
    return Pair("dilation", value, 1, largest)


def geometry_controls(
    size: Size = 4, kernel: Size = 3, *, strides: Size = 1, pads: Size = 0
) -> dict[str, widgets.Widget]:
    """Return the controls of a small convolution, in the order they yield."""
    return {
        "input": input_size(size, LARGEST_INPUT),
        "kernel": kernel_size(kernel, LARGEST_KERNEL),
        "dilation": dilation(1, 2),
        "stride": stride(strides, 3),
        "padding": padding(pads, 2),
    }


def geometry_limits(name: str, values: Mapping[str, Any]) -> tuple[IntPair, IntPair] | None:
    """Return the room of one of these controls, given those before it; None without a bound.

    The kernel, its gaps included, stays within the input; where the padding comes first, within
    the padded input. The padding, where it comes after the dilation, stops at d(k − 1): beyond
    it, windows would see nothing but padding.
    """
    names = list(values)
    padding_first = "padding" in names and names.index("padding") < names.index("kernel")
    room = padded(values) if padding_first else values["input"]
    match name:
        case "kernel":
            return (1, 1), room
        case "dilation":
            return (1, 1), widest_dilation(room, values["kernel"])
        case "padding" if not padding_first:
            return (0, 0), widest_padding(values["kernel"], values.get("dilation", (1, 1)))
    return None


def padded(values: Mapping[str, Any]) -> IntPair:
    """Return rows and columns of the input with its padding."""
    rows, cols = (n + 2 * p for n, p in zip(values["input"], values["padding"], strict=True))
    return rows, cols


def widest_dilation(room: IntPair, kernel: IntPair) -> IntPair:
    """Return the largest dilation whose kernel fits; 1 for a kernel of one cell."""
    down, across = ((n - 1) // (k - 1) if k > 1 else 1 for n, k in zip(room, kernel, strict=True))
    return down, across


def widest_padding(kernel: IntPair, dilation: IntPair) -> IntPair:
    """Return the largest padding with which every window still meets the input."""
    down, across = (d * (k - 1) for k, d in zip(kernel, dilation, strict=True))
    return down, across


def geometry_of(values: Mapping[str, Any]) -> Geometry:
    """Return the geometry that the controls describe; without a `dilation` among them it is 1."""
    return Geometry(
        values["input"],
        values["kernel"],
        stride=values["stride"],
        padding=values["padding"],
        dilation=values.get("dilation", 1),
    )
