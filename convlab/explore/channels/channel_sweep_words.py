"""What the sweep over channels says of its picture."""

from __future__ import annotations

import numpy as np

from convlab.explore.channels.channel_sweep_numbers import ChannelState
from convlab.explore.channels.channel_sweep_stacks import numbers_fit, numbers_hidden
from convlab.formatting import plain, say, say_number
from convlab.widgets.html import coloured, grid

LABELS = {
    "channels": "channels",
    "kernels": "kernels",
    "input": "input",
    "padding": "padding",
    "kernel": "kernel",
    "stride": "stride",
    "bias": "bias",
    "products": "products",
}
TIPS = {
    "channels": "input channels",
    "kernels": "kernels, which is output channels",
    "input": "rows and columns of the input",
    "kernel": "rows and columns of the kernel",
    "bias": "each kernel has a bias",
    "products": "show the products behind each sum",
}


def legend(state: ChannelState) -> tuple[str, str, str, str]:
    """Return the titles of input, kernel and output, and the key to dashed cells."""
    geometry = state.geometry
    sentences = (
        ("input {channels} × {rows} × {cols}", state.channels, geometry.input_shape),
        ("kernel {channels} × {rows} × {cols}", state.channels, geometry.kernel_size),
        ("output {channels} × {rows} × {cols}", state.kernels, geometry.output_shape),
    )
    first, second, third = (
        say(sentence, channels=channels, rows=rows, cols=cols)
        for sentence, channels, (rows, cols) in sentences
    )
    padded = geometry.padded_shape != geometry.input_shape
    return first, second, third, say("dashed: padding") if padded else ""


def channel_title(channel: int) -> str:
    """Return what stands above the sum of a channel of the input."""
    return say("channel {channel}", channel=channel)


def channels_title(state: ChannelState) -> str:
    """Return what stands above the planes of the output."""
    return say_number(state.kernels, "channel", "channels")


def kernel_title(state: ChannelState) -> str:
    """Return what stands above the partial sums."""
    return say("kernel {kernel}", kernel=state.kernel)


def bias_title() -> str:
    """Return what stands below the bias."""
    return say("bias")


def signed(value: float) -> str:
    """Write a number with its sign, a plus included."""
    return f"{'+' if value > 0 else ''}{plain(value)}"


def describe(state: ChannelState) -> str:
    """Say which pixel of which channel is computed, from what."""
    row, col = state.window.pixel
    rows, cols = state.geometry.kernel_size
    result = say(
        "Channel {channel}, pixel ({row}, {col}) = {total}",
        channel=state.kernel,
        row=row,
        col=col,
        total=plain(state.arithmetic.total),
    )
    sentence = (
        "Step {step} of 0 to {last}: kernel {kernel} spans {channels}. {result} is the sum of "
        "{count} × {rows} × {cols} = {weights} products, plus the bias, added once. "
        "{kernels} {missing}"
        if state.bias
        else "Step {step} of 0 to {last}: kernel {kernel} spans {channels}. {result} is the sum of "
        "{count} × {rows} × {cols} = {weights} products. {kernels} {missing}"
    )
    spanned = say_number(state.channels, "{number} channel", "all {number} channels")
    return say(
        sentence,
        step=state.step,
        last=state.steps - 1,
        kernel=state.kernel,
        channels=coloured(spanned, "input"),
        result=coloured(result, "output"),
        count=state.channels,
        rows=rows,
        cols=cols,
        weights=state.weights,
        kernels=say_number(
            state.kernels,
            "{number} kernel, {number} output channel.",
            "{number} kernels, {number} output channels.",
        ),
        missing=_missing(state),
    ).rstrip()


def _missing(state: ChannelState) -> str:
    if not numbers_fit(state):
        return say(
            "The cells are too small for their numbers here; the table has those that are "
            "multiplied."
        )
    if numbers_hidden(state):
        return say(
            "From here, higher planes hide some numbers; those that are multiplied are in the "
            "table."
        )
    return ""


def explain(state: ChannelState) -> str:
    """Return the sums of the pixel, channel by channel, and the count of parameters."""
    last = say("products") if state.products else say("sum")
    parts = [f"<b>{head}</b>" for head in ("", say("patch"), "", kernel_title(state), "", last)]
    patch, weight, partial, *_ = state.arithmetic
    for plane, (seen, slice_, sum_) in enumerate(zip(patch, weight, partial, strict=True)):
        products = np.nan_to_num(seen) * slice_
        parts += [
            coloured(plane, "input"),
            grid(np.nan_to_num(seen), "input", empty=np.isnan(seen), cell=22),
            "×",
            grid(slice_, "kernel", cell=22),
            "=",
            grid(products, "products", cell=22)
            if state.products
            else grid(np.array([[sum_]]), "products", cell=38),
        ]
    return (
        '<div class="convlab-panel" style="width:272px;gap:8px;line-height:1.45">'
        '<div class="convlab-addends" style="column-gap:5px">'
        f"{''.join(f'<span>{part}</span>' for part in parts)}</div>"
        f"<div>{_total(state)}</div><div>{'<br>'.join(_parameters(state))}</div></div>"
    )


def _total(state: ChannelState) -> str:
    """Return the partial sums and the bias as one line of arithmetic."""
    _, _, (first, *others), bias, total = state.arithmetic
    line = plain(first) + "".join(map(_term, others))
    own = coloured(_term(bias), "kernel") if state.bias else ""
    return f"{line}{own} = {coloured(plain(total), 'output')}"


def _term(value: float) -> str:
    return f" {'−' if value < 0 else '+'} {plain(abs(value))}"


def _parameters(state: ChannelState) -> list[str]:
    """Return the count of weights and biases, line by line."""
    rows, cols = state.geometry.kernel_size
    return [
        say(
            "one kernel: {channels} × {rows} × {cols} = <b>{weights}</b> weights",
            channels=state.channels,
            rows=rows,
            cols=cols,
            weights=state.weights,
        ),
        say_number(
            state.kernels,
            "{number} kernel: {number} × {weights} = <b>{product}</b>",
            "{number} kernels: {number} × {weights} = <b>{product}</b>",
            weights=state.weights,
            product=state.kernels * state.weights,
        ),
        say_number(
            state.kernels,
            "+ {number} bias = <b>{parameters}</b> parameters",
            "+ {number} biases = <b>{parameters}</b> parameters",
            parameters=state.parameters,
        )
        if state.bias
        else say("no biases: <b>{parameters}</b> parameters", parameters=state.parameters),
    ]
