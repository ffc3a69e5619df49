"""Text in pictures is large enough, and stands out from what lies behind it."""

import numpy as np
import pytest

from convlab import explore
from convlab.draw import palette, text
from convlab.draw.scene import SHARPNESS
from tests.explore.driving import texts_of
from tests.pictures.states import STATES

EXPLORERS = [getattr(explore, name) for name in explore.__all__]
CONTRAST = 4.5
STRAY = 0.2
"""So much of a text's outline may lie on frames and lines that touch it."""

START_ONLY = {
    "Training": "it has to train first",
}
"""Explorers of which no other state is looked at, and why."""
COVERED = {"Flatten": "names in empty cells lie below the cells that have not left"}
"""Explorers some of whose letters are hidden by what is drawn over them, and why."""
SMALLEST = {"Sweep": 7.9}
"""Weights of several digits lie in the corners of cells; the table beside them has them, too."""


def luminance(colours):
    """Relative luminance by WCAG 2.1 of colours, shape (..., 3)."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def some_states(kind):
    """Return where an explorer begins, and another state of those that tell much about it."""
    named = STATES[kind.__name__]
    chosen = [*named][:1] + [*named][-1:] * (kind.__name__ not in START_ONLY)
    return {name: named[name] for name in chosen}


def letters_of(scene):
    """Return the letters of a picture."""
    return [one for one in texts_of(scene) if not one.get_linewidth()]


def faint_texts(scene):
    """Return (colour, share of it that stands on too similar a colour) of faint letters."""
    letters = [one for one in letters_of(scene) if one.get_visible()]
    for one in letters:
        one.set_visible(False)
    scene._backdrop = None
    behind = luminance(np.asarray(scene.image()) / 255)
    high, wide = behind.shape
    faint = []
    for one in letters:
        one.set_visible(True)
        path = one.get_path()
        x, y = (path.vertices[path.codes != path.CLOSEPOLY] * SHARPNESS).round().astype(int).T
        under = behind[np.clip(high - 1 - y, 0, high - 1), np.clip(x, 0, wide - 1)]
        own = luminance(np.array(one.get_facecolor()[:3]))
        ratio = (np.maximum(own, under) + 0.05) / (np.minimum(own, under) + 0.05)
        if (share := (ratio < CONTRAST).mean()) > STRAY:
            faint.append((one.get_facecolor()[:3], round(float(share), 2)))
    scene._backdrop = None
    return faint


@pytest.fixture
def small(monkeypatch):
    """Collect font sizes that are too small; an index beside its letter is not counted."""
    found, fitted = [], text._fitted

    def recorded(size, width, room):
        made = fitted(size, width, room)
        if 0 < made < text.LEGIBLE - 0.01:
            found.append(round(float(made), 1))
        return made

    monkeypatch.setattr(text, "_fitted", recorded)
    return found


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_text_is_at_least_12_pixels_high_and_has_a_contrast_of_4_5(kind, small):
    for name, settings in some_states(kind).items():
        explorer = kind(**settings)
        assert min(small, default=text.LEGIBLE) >= SMALLEST.get(kind.__name__, text.LEGIBLE), name
        if kind.__name__ not in COVERED:
            assert faint_texts(explorer.scene) == [], name
        explorer.close()


def test_the_rules_can_fail(small):
    scene = explore.Sweep().scene
    assert faint_texts(scene) == []
    letters_of(scene)[0].set_facecolor(palette.tint(palette.INK, 0.3))
    assert len(faint_texts(scene)) == 1
    text.text_path(["12345678"], np.array([[50, 50]]), 12, room=30)
    assert len(small) == 1
