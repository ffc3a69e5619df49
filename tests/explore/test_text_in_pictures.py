"""No text of any picture is clipped or lies on another, whatever its controls are set to."""

import html
import re
import sys

import numpy as np
import pytest

from convlab import explore
from convlab.draw import text
from convlab.draw.scene import Scene
from tests.explore.driving import extremes, texts_of

EXPLORERS = [getattr(explore, name) for name in explore.__all__]
MOVED = {
    "FanOut": "tags are written first, and then moved to where they hide nothing",
    "FilterLab": "words of a line are put one after the other once they are written",
    "MatrixView": "titles are moved aside once they are written",
    "Backprop": "a drawing is moved to the middle once it is written",
    "GradientCheck": "a drawing is moved to the middle once it is written",
}
"""Explorers whose words are not known where they stand in the end, and why."""
LETTERS_IN_A_LINE = 124
"""So many of JupyterLab's letters, 14 pixels high, fill the 860 pixels that a caption may have."""
FLYING = {"Flatten": "cells fly from the grid to the column, and land there one after the other"}


def every_state(explorer):
    """Move each control to its ends and to a few places between, from where the explorer begins."""
    for name, control in explorer.controls.items():
        values = extremes(control)
        for value in [*values[:: max(1, len(values) // 4)], *values[-1:]]:
            control.value = value
            yield name, value
        explorer.reset()


@pytest.fixture
def words(monkeypatch):
    """Collect each word that is written, as its text and its corners."""
    written = []
    original = text.text_path

    def recorded(texts, places, size, **options):
        for word, place in zip(texts, places, strict=True):
            outline = original([word], np.array([place]), size, **options).vertices
            if size and len(outline):
                written.append((word, *outline.min(axis=0), *outline.max(axis=0)))
        return original(texts, places, size, **options)

    for module in list(sys.modules.values()):
        if module.__name__.startswith("convlab") and vars(module).get("text_path") is original:
            monkeypatch.setattr(module, "text_path", recorded)
    return written


def overlapping(written):
    """Return pairs of words whose boxes share more than the width of a line."""
    corners = np.array([box for _, *box in written]).reshape(-1, 4)
    (left, low, right, high) = corners.T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    tall = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    pairs = np.argwhere(np.triu((wide > 1.5) & (tall > 1.5), 1))
    return [(written[one][0], written[other][0]) for one, other in pairs]


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_no_text_is_cut_off_or_lies_on_another_and_no_caption_outgrows_its_lines(
    kind, words, monkeypatch
):
    monkeypatch.setattr(Scene, "live", lambda _: b"")  # where words stand is known before
    explorer = kind()
    for name, value in every_state(explorer):
        caption = html.unescape(re.sub(r"<[^>]+>", "", explorer.describe(explorer.state)))
        if "is not shown" not in caption:  # a file that is refused says why, before all else
            room = kind.caption_lines * LETTERS_IN_A_LINE
            assert len(caption) <= room, (name, value, len(caption), caption)
        fresh = type(explorer.scene)()
        words.clear()
        fresh.update(explorer.state)
        if kind.__name__ not in MOVED | FLYING:
            assert overlapping(words) == [], (name, value)
        for patch in texts_of(fresh):
            box = patch.get_path().vertices
            low, high = box.min(axis=0), box.max(axis=0)
            assert (low > -1).all(), (name, value, low)
            assert (high < (fresh.width + 1, fresh.height + 1)).all(), (name, value, high)


def test_the_rules_can_fail(words):
    text_path = sys.modules["convlab.explore.sweep.sweep_lettering"].text_path
    text_path(["one", "other"], np.array([(50, 50), (60, 52)]), 12)
    assert overlapping(words) == [("one", "other")]
    words.clear()
    text_path(["one", "other"], np.array([(50, 50), (90, 52)]), 12)
    assert overlapping(words) == []
