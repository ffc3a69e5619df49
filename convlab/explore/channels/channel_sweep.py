"""The sweep with thickness: how many channels become one, and how many kernels give many."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.explore.channels.channel_sweep_scene import MOST, ChannelScene, ChannelState
from convlab.explore.samples import BANK, BIASES, CHANNELS
from convlab.formatting import plain
from convlab.widgets.html import coloured, grid
from convlab.widgets.old_controls import slider, stepper, toggle
from convlab.widgets.old_geometry_controls import geometry_of
from convlab.widgets.old_orbit import Orbit, view


class ChannelSweep(Orbit):
    """A kernel that spans all input channels, and one output channel for each kernel, in 3-D.

    Click an output cell to go to it; drag the picture to turn it. The sliders do the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``channels``, ``kernels``, ``bias``, ``input``,
        ``kernel``, ``stride``, ``padding``, ``azimuth``, ``elevation``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> ChannelSweep(kernels=4).state.parameters
    112
    """

    above: ClassVar = [["play", "step", "bias"]]
    below: ClassVar = [
        ["channels", "kernels", "azimuth", "elevation"],
        ["input", "kernel", "stride", "padding"],
    ]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "channels": slider("channels", 3, 1, MOST, tip="input channels"),
            "kernels": slider("kernels", 2, 1, MOST, tip="kernels, which is output channels"),
            "input": slider("input", 5, 2, 6, tip="rows and columns of the input"),
            "padding": slider("padding", 0, 0, 2),
            "kernel": slider("kernel", 3, 1, 3, tip="rows and columns of the kernel"),
            "stride": slider("stride", 1, 1, 3),
            **stepper("step", 18),
            "bias": toggle("bias", True, tip="each kernel has a bias"),
            **view(25, 26),
        }
        super().__init__(controls, ChannelScene(CHANNELS, BANK, BIASES), {"step": 4, **settings})
        self.on_pointer(self.go_to_step, self.turn_view)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[int, int] | None:
        """Keep the kernel inside the padded input, and the step in range."""
        match name:
            case "kernel":
                return 1, min(3, values["input"] + 2 * values["padding"])
            case "step" | "play":
                return 0, self._state(values).steps - 1
        return None

    def read(self, values: dict[str, Any]) -> ChannelState:
        """Return the state that the controls describe."""
        return self._state(values)

    def describe(self, state: ChannelState) -> str:
        """Say which pixel of which channel is computed, from what."""
        row, col = state.window.pixel
        rows, cols = state.geometry.kernel_size
        total = plain(self.scene.arithmetic(state).total)
        channels = _count(state.channels, "channel")
        bias = ", plus the bias, added once" if state.bias else ""
        return (
            f"Step {state.step} of 0 to {state.steps - 1}: kernel {state.kernel} spans "
            f"{coloured(f'all {channels}' if state.channels > 1 else channels, 'input')}. "
            f"{coloured(f'Channel {state.kernel}, pixel ({row}, {col}) = {total}', 'output')} is "
            f"the sum of {state.channels} × {rows} × {cols} = {state.weights} products{bias}. "
            f"{_count(state.kernels, 'kernel')}, {_count(state.kernels, 'output channel')}."
        )

    def explain(self, state: ChannelState) -> str:
        """Return the sums of the pixel, channel by channel, and the count of parameters."""
        arithmetic = self.scene.arithmetic(state)
        heads = ("", "patch", "", f"kernel {state.kernel}", "", "sum")
        parts = [f"<b>{head}</b>" for head in heads]
        for plane, (patch, weight, partial) in enumerate(
            zip(arithmetic.patch, arithmetic.weight, arithmetic.partial, strict=True)
        ):
            empty = np.isnan(patch)
            parts += [
                coloured(plane, "input"),
                grid(np.nan_to_num(patch), "input", empty=empty, cell=22),
                "×",
                grid(weight, "kernel", cell=22),
                "=",
                grid(np.array([[partial]]), "products", cell=38),
            ]
        return (
            '<div class="convlab-panel" style="width:272px;gap:8px;line-height:1.45">'
            '<div class="convlab-addends">'
            f"{''.join(f'<span>{part}</span>' for part in parts)}</div>"
            f"<div>{_total(arithmetic, state)}</div><div>{_parameters(state)}</div></div>"
        )

    def _state(self, values: dict[str, Any]) -> ChannelState:
        names = ("channels", "kernels", "step", "bias", "azimuth", "elevation")
        return ChannelState(geometry_of(values), **{name: values[name] for name in names})


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' * (number != 1)}"


def _total(arithmetic: Any, state: ChannelState) -> str:
    """Return the partial sums and the bias as one line of arithmetic."""
    first, *others = arithmetic.partial
    line = plain(first) + "".join(_term(part) for part in others)
    if state.bias:
        line += coloured(_term(arithmetic.bias), "kernel")
    return f"{line} = {coloured(plain(arithmetic.total), 'output')}"


def _term(value: float) -> str:
    return f" {'−' if value < 0 else '+'} {plain(abs(value))}"


def _parameters(state: ChannelState) -> str:
    """Return the count of weights and biases, line by line."""
    rows, cols = state.geometry.kernel_size
    weights = state.kernels * state.weights
    lines = [
        f"one kernel: {state.channels} × {rows} × {cols} = <b>{state.weights}</b> weights",
        f"{_count(state.kernels, 'kernel')}: {state.kernels} × {state.weights} = <b>{weights}</b>",
        f"+ {state.kernels} bias{'es' * (state.kernels > 1)} = <b>{state.parameters}</b> parameters"
        if state.bias
        else f"no biases: <b>{state.parameters}</b> parameters",
    ]
    return "<br>".join(lines)
