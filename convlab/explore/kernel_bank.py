"""Kernels on a colour picture: a bank of thick ones, and one that only mixes the colours."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np

from convlab.draw.kernel_bank import (
    COLOURS,
    THICK_KERNELS,
    BankScene,
    BankState,
    MixScene,
    MixState,
    picture,
    signed,
)
from convlab.draw.lettering import plain
from convlab.explore.base import Explorer
from convlab.explore.controls import LABEL, choice, slider
from convlab.explore.style import coloured

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
    KernelBank: Kernel 2 of 0 to 5, "blur": each of its 3 slices meets its own channel, ...
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
        one, several = kernel.weights.size, state.kernels > 1
        what = f"{coloured(f'output channel {state.kernel}', 'output')}"
        return (
            f'{coloured(f"Kernel {state.kernel}{of}", "kernel")}, "{kernel.name}": each of its '
            f"3 slices meets its own channel, and the three partial results are added up, pixel "
            f"by pixel, to {what}. {_shown(kernel.weights)} "
            f"{state.kernels} kernel{'s' * several} with {one} weights each: "
            f"{state.kernels * one} weights, {state.kernels} output channel{'s' * several}."
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
            f"own place: no neighbour is read. A 1 × 1 × 3 {coloured('kernel', 'kernel')} has "
            f"3 weights{bias}. {_shown(np.array(state.weights))}"
        )

    def explain(self, state: MixState) -> str:
        """Return the arithmetic of three pixels of the picture."""
        rows = "".join(_row(name, place, state) for name, place in PLACES.items())
        total = plain(round(sum(state.weights), 2))
        return (
            '<div class="convlab-panel" style="width:210px;line-height:1.45">'
            '<table class="convlab-pixels"><tr><th colspan="2">pixel</th>'
            f"<th>R</th><th>G</th><th>B</th><th>out</th></tr>{rows}</table>"
            f"<div>The weights sum to <b>{total}</b>:<br>a pixel with R = G = B = 100<br>becomes "
            f"<b>{plain(round(100 * sum(state.weights) + state.bias))}</b>.</div></div>"
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


def _shown(weights: np.ndarray) -> str:
    """Say how the results are turned into a picture."""
    return "Mid-grey is 0, brighter is above, darker below." if signed(weights) else ""


def _mixture(state: MixState) -> str:
    """Write the mixture as a sum."""
    parts = [f"{plain(w)} × {colour}" for w, colour in zip(state.weights, COLOURS, strict=True)]
    line = " + ".join(parts).replace("+ −", "− ")
    sign = "−" if state.bias < 0 else "+"
    return line + (f" {sign} {plain(abs(state.bias))}" if state.bias else "")


def _row(name: str, place: tuple[int, int], state: MixState) -> str:
    values = picture()[(slice(None), *place)].round()
    mixed = float(values @ np.array(state.weights) + state.bias)
    swatch = f"background:rgb({','.join(f'{v:.0f}' for v in values)})"
    cells = "".join(f"<td>{v:.0f}</td>" for v in values)
    return (
        f'<tr><td><span class="convlab-swatch" style="{swatch}"></span></td><td>{name}</td>{cells}'
        f"<td>{coloured(plain(round(mixed)), 'output')}</td></tr>"
    )
