"""Pooling: every channel alone, nothing to learn, and where each gradient goes."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.explore.pooling.pooling_numbers import (
    AVERAGE,
    BACKWARD,
    FORWARD,
    INSIDE,
    MAX,
    MOST,
    SIDE,
    SLIP,
    Numbers,
    PoolingState,
    numbers_of,
)
from convlab.explore.pooling.pooling_scene import PoolingScene
from convlab.formatting import plain
from convlab.pooling import pool_geometry
from convlab.widgets.html import coloured, grid
from convlab.widgets.old_controls import choice, slider, stepper
from convlab.widgets.old_orbit import Orbit, view

PASSES = [("forward: values", FORWARD), ("backward: gradients", BACKWARD)]
WRONG = ("backward, with the slip x == max", SLIP)
KINDS = [
    ("max", MAX),
    ("average", AVERAGE),
    ("average of input cells", INSIDE),
]
NUMBERS = [("varied digits", "varied"), ("many ties (ReLU)", "ties")]
AS_WINDOW = 0
STRIDES = [("as the window", AS_WINDOW), ("1", 1), ("2", 2), ("3", 3)]


class Pooling(Orbit):
    """Max and average pooling on up to three channels, in 3-D: forward, and backward.

    Click an output cell to go to it; drag the picture to turn it. The controls do the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``show`` ("forward", "backward" or "slip"), ``kind``
        ("max", "average" or "average of input cells"), ``numbers`` ("varied" or "ties"),
        ``input``, ``size``, ``stride`` (0 for that of the window), ``padding``, ``channels``,
        ``azimuth``, ``elevation``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> Pooling(input=5, size=3, stride=1, padding=1).state.geometry.output_shape
    (5, 5)
    """

    above: ClassVar = [["play", "step", "show"]]
    below: ClassVar = [
        ["kind", "size", "stride", "padding"],
        ["numbers", "input", "channels"],
        ["azimuth", "elevation"],
    ]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "kind": choice("kind", KINDS, width=236),
            "show": choice("show", [*PASSES, WRONG], width=320),
            "numbers": choice("numbers", NUMBERS, width=236),
            "input": slider("input", 4, 3, SIDE, tip="rows and columns of the input"),
            "size": slider("window", 2, 1, 4, tip="rows and columns of the window"),
            "stride": choice("stride", STRIDES, width=220),
            "padding": slider("padding", 0, 0, 1),
            "channels": slider("channels", 3, 1, MOST),
            **stepper("step", 4, interval=800),
            **view(25, 28, highest=45),
        }
        controls["step"].readout = False  # the caption says it, counted from 1
        super().__init__(controls, PoolingScene(), {"step": 2, **settings})
        self.on_pointer(self.go_to_step, self.turn_view)

    def bounds(self, name: str, values: dict[str, Any]) -> Any:
        """Keep the window inside the input, padding to half the window, and the step in range.

        An average has no maximum to mistake, so the slip is offered for max pooling only.
        """
        match name:
            case "show":
                return [*PASSES, WRONG] if values["kind"] == MAX else PASSES
            case "size":
                return 1, min(4, values["input"])
            case "padding":
                return 0, min(1, values["size"] // 2)
            case "step" | "play":
                return 0, _geometry(values).steps - 1
        return None

    def read(self, values: dict[str, Any]) -> PoolingState:
        """Return the state that the controls describe."""
        names = ("kind", "channels", "show", "numbers", "step", "azimuth", "elevation")
        return PoolingState(_geometry(values), **{name: values[name] for name in names})

    def describe(self, state: PoolingState) -> str:
        """Say what the windows give, or where their gradients go."""
        numbers = numbers_of(state)
        (row, col), steps = state.window.pixel, state.geometry.steps
        begin = f"Output pixel ({row}, {col}), window {state.step + 1} of {steps}: "
        if state.forward:
            given = ", ".join(plain(value) for value in numbers.y[:, row, col])
            verb = "the largest number" if state.kind == MAX else "the average"
            who = "the one channel gives" if state.channels == 1 else "each channel alone gives"
            return (
                f"{begin}{who} {verb} of its own window, {coloured(given, 'output')}. "
                f"{_uncounted(state, numbers)}{_channels(state)} in, {_channels(state)} out."
            )
        given = ", ".join(plain(value) for value in numbers.grad_output[:, row, col])
        named = f"the gradient{'s' * (state.channels > 1)} {given}"
        return f"{begin}{coloured(named, 'gradient')} {_goes(state, numbers)}"

    def explain(self, state: PoolingState) -> str:
        """Return the windows, what they give or hand back, and a count that must come out even."""
        parts = [f"<b>{head}</b>" for head in _heads(state)]
        numbers = numbers_of(state)
        for plane in range(state.channels):
            parts += [coloured(plane, "input"), *_row(state, numbers, plane)]
        table = "".join(f"<span>{part}</span>" for part in parts)
        account = _price(state) if state.forward else _account(state, numbers)
        return (
            '<div class="convlab-panel" style="gap:4px;padding-top:4px">'
            f'<div class="convlab-addends">{table}</div>'
            f'<div style="line-height:1.4">{account}</div></div>'
        )


def _geometry(values: dict[str, Any]) -> Any:
    stride = values["stride"] or None
    shape, size = (values["input"],) * 2, values["size"]
    return pool_geometry(shape, size, stride=stride, padding=values["padding"])


def _channels(state: PoolingState) -> str:
    return "1 channel" if state.channels == 1 else f"{state.channels} channels"


def _uncounted(state: PoolingState, numbers: Numbers) -> str:
    """Return what becomes of padding, where a window holds any."""
    padding = int(np.isnan(numbers.patch[0]).sum())
    if not padding:
        return ""
    cells = numbers.patch[0].size
    if state.kind == MAX:
        return "Padding never wins. "
    if state.kind == AVERAGE:
        return f"The {padding} padding cells count as 0: each sum is divided by {cells}. "
    return f"Padding is left out: each sum is divided by {cells - padding}. "


def _goes(state: PoolingState, numbers: Numbers) -> str:
    """Say where the gradients of the current windows go."""
    go = "goes" if state.channels == 1 else "each go"
    overlap = _overlap(state)
    if state.kind != MAX:
        cells = numbers.patch[0].size
        outside = int(np.isnan(numbers.patch[0]).sum())
        parts = cells - outside if state.kind == INSIDE else cells
        shares = "undivided" if parts == 1 else f"in {parts} equal shares"
        lost = "; what falls on padding is lost" * (outside > 0 and state.kind == AVERAGE)
        return f"{go} back to the cells of its window, {shares}{lost}.{overlap}"
    tied = [plane for plane in range(state.channels) if _maxima(numbers, plane).sum() > 1]
    where = f"in channel{'s' * (len(tied) > 1)} {' and '.join(map(str, tied))}"
    if state.show == SLIP:
        if not tied:
            return f"{go} to the maximum of its window. No tie here, so no harm done.{overlap}"
        return (
            f"{go} to <b>every</b> cell that equals the maximum of its window. A tie "
            f"{where}: each cell gets all of it, which is {coloured('too much', 'look here')}."
        )
    rule = f" A tie {where}: the first in row-major order gets it all." if tied else ""
    return f"{go} to the one cell of its window that won.{rule}{overlap}"


def _overlap(state: PoolingState) -> str:
    apart = np.greater_equal(state.geometry.stride, state.geometry.kernel_size).all()
    return "" if apart else " Windows overlap: what a cell gets from several adds up."


def _maxima(numbers: Numbers, plane: int) -> np.ndarray:
    """Return which cells of a channel's window hold its maximum."""
    return numbers.patch[plane] == np.nanmax(numbers.patch[plane])


def _heads(state: PoolingState) -> tuple[str, ...]:
    if state.forward:
        return "", "window", "", "max" if state.kind == MAX else "mean", "", ""
    return "", "window", "", "handed back", "", "∂ℓ/∂y"


def _row(state: PoolingState, numbers: Numbers, plane: int) -> list[str]:
    """Return one channel's window and what comes of it, as the five parts of a line."""
    patch, share = numbers.patch[plane], numbers.share[plane]
    pixel = (plane, *state.window.pixel)
    empty = np.isnan(patch)
    look = np.nan_to_num(share) != 0 if state.kind == MAX else None
    window = grid(np.where(empty, 0, patch), "input", empty=empty, look=look, cell=22)
    if state.kind != AVERAGE:  # only there padding counts, as 0
        window = _blank(window)
    if state.forward:
        return [window, "→", grid(numbers.y[pixel], "output", cell=46), "", ""]
    if state.kind == MAX:
        back = _blank(grid(np.nan_to_num(share), "gradient", empty=empty, look=look, cell=22))
    else:  # equal shares, whatever the window holds
        each = np.nanmax(share)
        back = coloured(f"{int((~empty).sum())} × {plain(each)}", "gradient")
    return [window, "", back, "←", grid(numbers.grad_output[pixel], "gradient", cell=30)]


def _blank(table: str) -> str:
    """Return a table with nothing in the cells of padding."""
    return table.replace('"convlab-empty">0<', '"convlab-empty">·<')


def _price(state: PoolingState) -> str:
    """Return the count of parameters, beside that of a convolution with the same window."""
    rows, cols = state.geometry.kernel_size
    weights = state.weights_of_a_convolution
    count = state.channels
    kernels = "1 kernel" if count == 1 else f"{count} kernels"
    held = "1 weight" if weights == 1 else f"{weights} weights"
    lines = [
        "<b>This pooling: 0 weights</b>",
        f"{rows} × {cols}, thickness 1, channels {count} → {count}",
        "<b>A convolution with this window</b>",
        f"one kernel: {count} × {rows} × {cols} = {coloured(held, 'kernel')}",
        f"{kernels}, channels {count} → {count}: {coloured(count * weights, 'kernel')}",
    ]
    return "<br>".join(lines)


def _account(state: PoolingState, numbers: Numbers) -> str:
    """Return what was handed out and what arrived, over all steps so far."""
    order = np.arange(state.geometry.steps).reshape(state.geometry.output_shape)
    paid = float(numbers.grad_output[:, order <= state.step].sum())
    arrived = float(numbers.grad_input.sum())
    lines = [
        "<b>All channels, up to this window</b>",
        f"given back by the outputs: {coloured(_total(paid), 'gradient')}",
        f"arrived at the inputs: {coloured(_total(arrived), 'gradient')}",
    ]
    if np.isclose(paid, arrived):
        lines.append("✓ nothing is lost, nothing is made up")
    elif arrived > paid:
        lines.append(coloured(f"✗ {_total(arrived - paid)} too much, out of nothing", "look here"))
    else:
        lines.append(f"{_total(paid - arrived)} fell on padding and is lost")
    return "<br>".join(lines)


def _total(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
