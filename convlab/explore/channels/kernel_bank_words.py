"""What the bank of kernels says of its picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.explore.channels.kernel_bank_numbers import THICK_KERNELS, BankState
from convlab.formatting import in_a_row, say, say_number
from convlab.widgets.html import coloured

KERNELS, KERNEL = "kernels", "look at"
KERNELS_TIP, KERNEL_TIP = "kernels in the bank", "the kernel to look at, from 0"


def kernel_title(state: BankState) -> str:
    """Return what stands above the slices of the kernel."""
    return say("kernel {kernel}", kernel=state.kernel)


def divisor_title(state: BankState) -> str:
    """Return what all numbers of the kernel are divided by."""
    divisor = state.thick.divisor
    return say("all ÷ {divisor}", divisor=divisor) if divisor > 1 else ""


def output_title(state: BankState) -> str:
    """Return what stands above the output channel."""
    return say("output channel {kernel}", kernel=state.kernel)


def bank_title(state: BankState) -> str:
    """Return what stands above the output channels of the bank."""
    return say_number(state.kernels, "{number} output channel", "{number} output channels")


def channel_title(kernel: int) -> str:
    """Return what stands above one output channel of the bank."""
    return say("{kernel} {name}", kernel=kernel, name=say(THICK_KERNELS[kernel].name))


def describe(state: BankState) -> str:
    """Say what the kernel does with the three channels, and how many channels come out."""
    weights = state.thick.weights
    kernel = say_number(
        state.kernels,
        "Kernel {kernel}",
        "Kernel {kernel} of 0 to {last}",
        kernel=state.kernel,
        last=state.kernels - 1,
    )
    sum_ = say(
        '{kernel}, "{name}": its 3 slices meet one channel each, and the partial results add up to '
        "{output}.",
        kernel=coloured(kernel, "kernel"),
        name=say(state.thick.name),
        output=coloured(output_title(state), "output"),
    )
    count = say_number(
        state.kernels,
        "{number} kernel × {one} weights = {total} weights, {number} output channel.",
        "{number} kernels × {one} weights = {total} weights, {number} output channels.",
        one=weights.size,
        total=state.kernels * weights.size,
    )
    return in_a_row(sum_, shown(weights), count)


def shown(weights: ArrayLike, bias: float = 0.0) -> str:
    """Say how results that can be negative are turned into a picture."""
    if np.less(weights, 0).any():
        return say("Where results fall below 0, mid-grey stands for 0.")
    return say("What falls below 0 is black.") if bias < 0 else ""
