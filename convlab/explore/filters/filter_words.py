"""What the filter lab says of its pictures."""

from __future__ import annotations

import html

import numpy as np

from convlab.explore.filters.filter_numbers import CHANNELS, FilterState
from convlab.explore.filters.kernel_names import OWN_KERNEL, name_of
from convlab.formatting import in_a_row, plain, say
from convlab.kernels import KERNELS, Kernel
from convlab.widgets.html import coloured

LABELS = {
    "picture": "picture",
    "upload": "upload",
    "colour": "colours",
    "channel": "channel",
    "display": "display",
    "kernel": "kernel",
    "size": "size",
    "divisor": "divide by",
    "bias": "bias",
    "padding": "padding",
    "stride": "stride",
    "before": "before",
    "row": "row",
    "column": "column",
    "normalise": "sum to 1",
    "rotate": "rotate 180°",
}
TIPS = {
    "upload": "upload a picture of your own: a file of at most 60 MB",
    "size": "rows and columns of the kernel",
    "normalise": "divide by the sum of the weights",
    "rotate": "turn the kernel by 180 degrees",
    "before": "show the picture itself in the place of the result, to compare by turns",
}
NAMES = {
    "photograph": "the photograph",
    "test card": "the test card",
    "checkerboard": "the checkerboard",
}
"""What the pictures are called in a sentence."""
SHOWN = {
    "clip": "Clip: what is below 0 is shown black, what is above 255 white.",
    "rescale": "Rescale: the lowest value is shown black, the highest white.",
    "absolute": "Absolute: the sign is dropped, and what is above 255 is shown white.",
    "wrap": "Wrap: cut to whole numbers modulo 256, as a cast to 8 bits does.",
}
KINDS = {
    (True, True): "Its weights sum to {total}; symmetric, separable.",
    (True, False): "Its weights sum to {total}; symmetric, not separable.",
    (False, True): "Its weights sum to {total}; not symmetric, separable.",
    (False, False): "Its weights sum to {total}; not symmetric, not separable.",
}
"""By whether the kernel is symmetric, and separable."""


def title(shape: tuple[int, int], *, after: bool) -> str:
    """Return the title of the picture before, or after."""
    rows, cols = shape
    sentence = "after  {rows} × {cols}" if after else "before  {rows} × {cols}"
    return say(sentence, rows=rows, cols=cols)


def window_title(state: FilterState) -> str:
    """Return the title of the magnified window."""
    if len(state.pixels) == 1:
        return say("pixel × weight = product")
    return say("pixel × weight = product, {channel}", channel=say(CHANNELS[state.channel]))


def sum_of_products(state: FilterState) -> list[str]:
    """Return the words and numbers of the line below the window."""
    words = [say("sum of products"), plain(state.window.products.sum())]
    if state.divisor != 1:
        words += ["÷", _signed(state.divisor)]
    if state.bias != 0:
        words += ["+", _signed(state.bias)]
    if state.divisor != 1 or state.bias != 0:
        words += ["=", plain(state.window.result)]
    return [*words, say("→  {display} shows", display=say(state.display)), str(state.window.shown)]


def _signed(value: float) -> str:
    return plain(value) if value >= 0 else f"({plain(value)})"


def middle_of(name: str) -> str:
    """Return what the middle of a large picture is called."""
    return say("{name}, the middle in full", name=name)


LONGEST = 28
"""Letters that fit into the list of pictures."""


def in_list(name: str) -> str:
    """Return a picture's name as its list shows it: beginning and end, if it is long.

    Examples
    --------
    >>> in_list("IMG_20240131_182233.jpg, the middle in full")
    'IMG_20240131_…middle in full'
    """
    name = say(name)
    return name if len(name) <= LONGEST else f"{name[:13]}…{name[14 - LONGEST :]}"


def uploaded(name: str) -> str:
    """Return what a file is called whose name is that of another picture."""
    return say("{name} (uploaded)", name=name)


def not_shown(name: str, reason: str) -> str:
    """Say why a file that was uploaded is not shown."""
    return say(
        "{name} is not shown. The file {reason}. The picture stays as it was.",
        name=name,
        reason=reason,
    )


def padded_kernel(name: str) -> str:
    """Say that a larger size has only added zeros."""
    if name == OWN_KERNEL:
        return say("A border of zeros was added.")
    return say("{kernel} has no larger form: a border of zeros was added.", kernel=say(name))


def sums_to_0(positive: float) -> str:
    """Say why a kernel could not be made to sum to 1."""
    if not positive:
        return say("These weights sum to 0, and no divisor makes that 1.")
    return say(
        "These weights sum to 0, and no divisor makes that 1: now the positive ones, {positive} in "
        "all, sum to 1.",
        positive=plain(positive),
    )


def describe(state: FilterState) -> str:
    """Say what the kernel does, what the pixel became, and what does not fit into 0…255."""
    name = name_of(state.weights, state.divisor)
    kernel = KERNELS.get(name) or Kernel(name, np.divide(state.weights, state.divisor))
    result = plain(state.window.result)
    pixel = say("pixel ({row}, {col}) = {result}", row=state.row, col=state.col, result=result)
    kinds = KINDS[bool(kernel.symmetric), bool(kernel.separable)]
    sentences = [
        f"<b>{html.escape(state.notice)}</b>",
        say(
            "{kernel} on {picture}.",
            kernel=coloured(html.escape(say(kernel.name)), "kernel"),
            picture=coloured(html.escape(say(state.subject.name)), "input"),
        ),
        say(kernel.effect or "A kernel that is not in the list."),
        say(kinds, total=plain(round(kernel.total, 6))),
        say(
            "After: {pixel}, shown as {shown}.",
            pixel=coloured(pixel, "output"),
            shown=state.window.shown,
        ),
        _outside(*state.filtered.outside),
        say(SHOWN[state.display]),
    ]
    if state.colour and state.subject.in_colour:
        sentences.append(say("All three channels get the same kernel."))
    if state.subject.scaled_down:
        rows, cols = state.geometry.input_shape
        larger = "The picture is scaled down to {rows} × {cols} pixels."
        sentences.append(say(larger, rows=rows, cols=cols))
    return in_a_row(*(sentences if state.notice else sentences[1:]))


def _outside(below: float, above: float) -> str:
    """Say how much of the result does not fit into 0…255."""
    if below == above == 0:
        return say("All values lie from 0 to 255.")
    return say(
        "{below}\u00a0% of it lies below 0, {above}\u00a0% above 255.",
        below=f"{100 * below:.1f}",
        above=f"{100 * above:.1f}",
    )
