"""What the mixture of channels says of its picture."""

from __future__ import annotations

import numpy as np

from convlab.explore.channels.channel_sweep_words import signed
from convlab.explore.channels.kernel_bank_numbers import COLOURS
from convlab.explore.channels.kernel_bank_words import shown
from convlab.explore.channels.mix_channels_numbers import PLACES, MixState
from convlab.formatting import in_a_row, plain, say
from convlab.widgets.html import coloured

MIXTURE, BIAS, BIAS_TIP = "mixture", "bias", "added once to every pixel"


def weight_tip(colour: str) -> str:
    """Return what the slider of a colour sets."""
    return say("weight of the {colour} channel", colour=say(colour))


def titles() -> tuple[str, str, str]:
    """Return what stands above the kernel and its output, and below the bias."""
    return say("kernel"), say("one output channel"), say("bias")


def bias_sign(state: MixState) -> str:
    """Return the bias as it is added, or nothing where there is none."""
    return signed(state.bias) if state.bias else ""


def describe(state: MixState) -> str:
    """Say which mixture every output pixel is."""
    sentence = (
        "Every pixel of the {output} is {mixture}, taken at its own place: no neighbour is read. "
        "A <span style='white-space:nowrap'>3 × 1 × 1</span> {kernel} has 3 weights and 1 bias."
        if state.bias
        else "Every pixel of the {output} is {mixture}, taken at its own place: no neighbour is "
        "read. A <span style='white-space:nowrap'>3 × 1 × 1</span> {kernel} has 3 weights."
    )
    what = say(
        sentence,
        output=coloured(say("output"), "output"),
        mixture=_sum(state),
        kernel=coloured(say("kernel"), "kernel"),
    )
    return in_a_row(what, shown(state.weights, state.bias))


def explain(state: MixState) -> str:
    """Return the arithmetic of three pixels of the picture."""
    pixels, mixed = state.pixels, state.mixed
    swatches = [
        f'<span class="convlab-swatch" style="background:{_rgb(pixel)}"></span>' for pixel in pixels
    ]
    rows = [
        ["", *swatches],
        [say("pixel"), *(say(name).replace(" ", "<br>") for name in PLACES)],
        *([say(name), *map(plain, col)] for name, col in zip(COLOURS, pixels.T, strict=True)),
        [say("output"), *(coloured(plain(round(value)), "output") for value in mixed)],
    ]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    total = sum(state.weights)
    greys = say(
        "The weights sum to <b>{total}</b>: a grey of 100 becomes <b>{grey}</b>.",
        total=plain(round(total, 2)),
        grey=plain(round(100 * total + state.bias)),
    )
    return (
        '<div class="convlab-panel" style="width:208px;line-height:1.45">'
        f'<table class="convlab-pixels" style="margin-left:-8px">{body}</table>'
        f"<div>{greys}</div></div>"
    )


def _sum(state: MixState) -> str:
    """Write the mixture as a sum."""
    parts = [
        f"{plain(weight)} × {say(colour)}"
        for weight, colour in zip(state.weights, COLOURS, strict=True)
    ]
    line = " + ".join([*parts, *([plain(state.bias)] if state.bias else [])])
    return line.replace("+ −", "− ")


def _rgb(pixel: np.ndarray) -> str:
    return "rgb({:.0f},{:.0f},{:.0f})".format(*pixel)
