"""Kernels on a colour picture: a bank of thick ones, and one that only mixes the colours."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np

from convlab.explore.channels.kernel_bank_scene import (
    COLOURS,
    THICK_KERNELS,
    BankScene,
    BankState,
    MixScene,
    MixState,
    picture,
)
from convlab.formatting import plain
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import LABEL, choice, slider
from convlab.widgets.old_explorer import Explorer

OWN = "by hand"
MIXTURES = {
    "grey, as bright as it looks": (0.3, 0.59, 0.11),
    "plain average": (0.33, 0.33, 0.34),
    "red only": (1.0, 0.0, 0.0),
    "red − blue": (1.0, 0.0, -1.0),
    "negative": (-0.3, -0.59, -0.11, 255),
}
PLACES = {"red stripe": (165, 50), "blue wall": (60, 220), "white shirt": (250, 133)}
"""Pixels of the photograph to follow, (row, column)."""


class KernelBank(Explorer):
    """A bank of kernels on a photograph: each spans red, green and blue, and gives one channel.

    Click an output channel of the bank to see how it comes about; the slider does the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``kernel``, ``kernels``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> KernelBank(kernels=6, kernel=2)
    KernelBank: Kernel 2 of 0 to 5, "blur": its 3 slices meet one channel each, and ...
    """

    above: ClassVar = [["kernel", "kernels"]]

    def __init__(self, **settings: Any) -> None:
        most = len(THICK_KERNELS)
        controls = {
            "kernels": slider("kernels", 6, 1, most, tip="kernels in the bank"),
            "kernel": slider("look at", 0, 0, most - 1, tip="the kernel to look at, from 0"),
        }
        super().__init__(controls, BankScene(), settings)
        self.on_pointer(self._look_at)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[int, int] | None:
        """Keep the kernel that is looked at within the bank."""
        return (0, values["kernels"] - 1) if name == "kernel" else None

    def read(self, values: dict[str, Any]) -> BankState:
        """Return the state that the controls describe."""
        return BankState(values["kernel"], values["kernels"])

    def describe(self, state: BankState) -> str:
        """Say what the kernel does with the three channels, and how many channels come out."""
        kernel = THICK_KERNELS[state.kernel]
        of = f" of 0 to {state.kernels - 1}" if state.kernels > 1 else ""
        one, several = kernel.weights.size, "s" * (state.kernels > 1)
        return (
            f'{coloured(f"Kernel {state.kernel}{of}", "kernel")}, "{kernel.name}": its 3 slices '
            f"meet one channel each, and the partial results add up to "
            f"{coloured(f'output channel {state.kernel}', 'output')}. {_shown(kernel.weights)} "
            f"{state.kernels} kernel{several} × {one} weights = {state.kernels * one} weights, "
            f"{state.kernels} output channel{several}."
        )

    def _look_at(self, x: float, y: float) -> None:
        kernel = self.scene.kernel_at(self.state, (x, y))
        if kernel is not None:
            self.controls["kernel"].value = kernel


class MixChannels(Explorer):
    """A 1×1 kernel on a photograph: it mixes the channels and never looks at a neighbour.

    Parameters
    ----------
    **settings
        Start values of controls: ``mixture``, ``red``, ``green``, ``blue``, ``bias``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> MixChannels(mixture="red − blue").state.weights
    (1.0, 0.0, -1.0)
    """

    above: ClassVar = [["mixture", "bias"], list(COLOURS)]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "mixture": choice("mixture", [*MIXTURES, OWN], OWN),
            **{colour: _weight(colour) for colour in COLOURS},
            "bias": slider("bias", 0, -255, 255, tip="added once to every pixel"),
        }
        start = {} if set(settings) & set(COLOURS) else {"mixture": next(iter(MIXTURES))}
        super().__init__(controls, MixScene(), {**start, **settings})

    def entails(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Let a mixture set the weights, and the weights name the mixture."""
        if name != "mixture":
            now = (*(round(values[colour], 2) for colour in COLOURS), values["bias"])
            return {"mixture": next((n for n, m in MIXTURES.items() if _with_bias(m) == now), OWN)}
        if values["mixture"] == OWN:
            return {}
        names = (*COLOURS, "bias")
        return dict(zip(names, _with_bias(MIXTURES[values["mixture"]]), strict=True))

    def read(self, values: dict[str, Any]) -> MixState:
        """Return the state that the controls describe."""
        red, green, blue = (round(values[colour], 2) for colour in COLOURS)
        return MixState((red, green, blue), values["bias"])

    def describe(self, state: MixState) -> str:
        """Say which mixture every output pixel is."""
        bias = " and 1 bias" if state.bias else ""
        return (
            f"Every pixel of the {coloured('output', 'output')} is {_mixture(state)}, taken at its "
            "own place: no neighbour is read. A <span style='white-space:nowrap'>1 × 1 × 3</span> "
            f"{coloured('kernel', 'kernel')} has 3 weights{bias}. "
            f"{_shown(np.array(state.weights), state.bias)}"
        )

    def explain(self, state: MixState) -> str:
        """Return the arithmetic of three pixels of the picture."""
        pixels = np.array([picture()[(slice(None), *place)].round() for place in PLACES.values()])
        mixed = pixels @ np.array(state.weights) + state.bias
        swatches = [
            f'<span class="convlab-swatch" style="background:{_rgb(p)}"></span>' for p in pixels
        ]
        rows = [
            ["", *swatches],
            ["pixel", *(name.replace(" ", "<br>") for name in PLACES)],
            *([name, *map(plain, column)] for name, column in zip(COLOURS, pixels.T, strict=True)),
            ["output", *(coloured(plain(round(value)), "output") for value in mixed)],
        ]
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        total, even = sum(state.weights), round(100 * sum(state.weights) + state.bias)
        return (
            '<div class="convlab-panel" style="width:208px;line-height:1.45">'
            f'<table class="convlab-pixels" style="margin-left:-8px">{body}</table>'
            f"<div>The weights sum to <b>{plain(round(total, 2))}</b>: a grey of 100 becomes "
            f"<b>{plain(even)}</b>.</div></div>"
        )


def _weight(colour: str) -> widgets.FloatSlider:
    return widgets.FloatSlider(
        value=0.0,
        min=-1.0,
        max=1.0,
        step=0.01,
        description=colour,
        tooltip=f"weight of the {colour} channel",
        readout_format=".2f",
        style={"description_width": LABEL},
        layout=widgets.Layout(width="240px", min_width="240px", margin="1px 2px"),
    )


def _with_bias(mixture: tuple[float, ...]) -> tuple[float, ...]:
    return (*mixture[:3], mixture[3] if len(mixture) > 3 else 0)


def _shown(weights: np.ndarray, bias: float = 0.0) -> str:
    """Say how results that can be negative are turned into a picture."""
    if (weights < 0).any():
        return "Where results fall below 0, mid-grey stands for 0."
    return "What falls below 0 is black." if bias < 0 else ""


def _mixture(state: MixState) -> str:
    """Write the mixture as a sum."""
    parts = [f"{plain(w)} × {colour}" for w, colour in zip(state.weights, COLOURS, strict=True)]
    line = " + ".join(parts).replace("+ −", "− ")
    sign = "−" if state.bias < 0 else "+"
    return line + (f" {sign} {plain(abs(state.bias))}" if state.bias else "")


def _rgb(pixel: np.ndarray) -> str:
    return f"rgb({','.join(f'{value:.0f}' for value in pixel)})"
