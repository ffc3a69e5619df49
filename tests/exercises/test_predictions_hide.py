"""What a prediction hides is hidden: under the veil nothing of the picture is left to be seen."""

from __future__ import annotations

import ast

import numpy as np
import pytest

import convlab
from convlab import explore
from convlab.draw import palette
from convlab.draw.scene import SHARPNESS
from convlab.draw.veil import NONE
from convlab.exercises import PREDICTIONS, predict
from convlab.explore import samples
from convlab.widgets.asking import RIDDLE
from tests.exercises.asked import ASKED

SOURCES = {name: cell.source for _, name, cell in ASKED}


@pytest.fixture(params=SOURCES)
def asked(request):
    """Make an explorer as its lesson does, with its question."""
    names = {**vars(convlab), **vars(samples), "predict": predict}
    names |= {name: getattr(explore, name) for name in explore.__all__}
    *before, last = ast.parse(SOURCES[request.param]).body
    exec(compile(ast.Module(before, []), request.param, "exec"), names)
    explorer = eval(compile(ast.Expression(last.value), request.param, "eval"), names)
    yield request.param, explorer
    explorer.close()


def pixels(explorer):
    return np.asarray(explorer.scene.image().convert("RGB")).astype(int)


def under(explorer, part, shape, inset):
    """Mark the pixels of a part of the picture, `inset` of the scene's pixels from the edges."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    mask = np.zeros(shape, bool)
    for left, top, right, bottom in explorer.scene.regions(explorer.state)[part]:
        mask |= (
            (x >= SHARPNESS * (left + inset))
            & (x < SHARPNESS * (right - inset))
            & (y >= SHARPNESS * (top + inset))
            & (y < SHARPNESS * (bottom - inset))
        )
    return mask


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def test_picture_and_words_hide_the_answer_and_nothing_else(asked):
    name, explorer = asked
    kind = type(explorer).__name__
    veiled = pixels(explorer)
    assert repr(explorer) == explorer._repr_mimebundle_()[0]["text/plain"] == f"{kind}: {RIDDLE}"
    assert "convlab-asking" in explorer._dom_classes

    explorer.asking.show()
    bare = pixels(explorer)
    assert repr(explorer).startswith(f"{kind}: ")
    assert RIDDLE not in repr(explorer)
    assert "convlab-asking" not in explorer._dom_classes

    part = PREDICTIONS[name].hides
    covered, reached = (under(explorer, part, bare.shape[:2], inset) for inset in (1, -1))
    assert np.array_equal(veiled[~reached], bare[~reached])
    if part == NONE:
        return
    assert not np.array_equal(veiled[covered], bare[covered])
    # Only the veil, its question mark, and what lies between the two at the edges of the letter.
    veil, mark = rgb(palette.tint(palette.QUIET, 0.12)), rgb(palette.MUTED)
    along = (veiled[covered] - veil) @ (mark - veil) / ((mark - veil) @ (mark - veil))
    off = np.abs(veiled[covered] - veil - along[:, None] * (mark - veil)).max(axis=1)
    assert off.max() <= 8  # the page's palette has few shades between them
    assert along.min() > -0.1
    assert along.max() < 1.1
