"""What the explorer of padding values says of its pictures."""

from __future__ import annotations

from convlab.explore.padding.padding_modes_numbers import PaddingModesState, picture, ring_means
from convlab.formatting import plain, say
from convlab.widgets.html import coloured

LABELS = {"fill": "padding", "kernel": "window", "picture": "picture"}
TIPS = {"kernel": "rows and columns of the window"}
SURROUNDED = {
    "zeros": "Zeros are black: on the outermost ring of pixels, {mean}.",
    "edge": "The outermost pixels are repeated: on the outermost ring of pixels, {mean}.",
    "reflect": "The picture is mirrored about its outermost pixels: on the outermost ring of "
    "pixels, {mean}.",
    "wrap": "The picture begins again on the other side: on the outermost ring of pixels, {mean}.",
}


def titles(state: PaddingModesState) -> list[str]:
    """Return the titles of both pictures."""
    return [
        say("padded with {fill}", fill=say(state.fill)),
        say("mean over {size} × {size}", size=state.kernel),
    ]


def chart() -> dict[str, str]:
    """Return the words of the chart: its title, its axis and its two curves."""
    return {
        "title": say("mean brightness"),
        "axis": say("pixels from the border"),
        "before": say("before"),
        "after": say("after"),
    }


def describe(state: PaddingModesState) -> str:
    """Say what surrounds the picture, and how bright its outermost pixels were and are."""
    before, after = (ring_means(image, 1)[0] for image in (picture(state.picture), state.smoothed))
    if after < before - 0.5:
        sentence = "the mean falls from {before} to {after}"
    elif after > before + 0.5:
        sentence = "the mean rises from {before} to {after}"
    else:
        sentence = "the mean stays at {after}"
    mean = say(sentence, before=plain(round(before)), after=plain(round(after)))
    return say(SURROUNDED[state.fill], mean=coloured(mean, "output"))
