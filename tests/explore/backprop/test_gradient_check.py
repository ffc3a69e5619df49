"""The gradient check: what it says is what was found."""

import re

import pytest

from convlab.explore import GradientCheck
from convlab.explore.backprop.gradient_check_numbers import MISTAKES, GradientCheckState
from convlab.explore.backprop.gradient_check_words import CHOICES, KERNELS, what_was_done
from convlab.geometry import Geometry


def words(explorer):
    return re.sub("<[^>]+>", "", explorer.caption.value)


@pytest.mark.parametrize("name", list(MISTAKES))
def test_the_caption_says_caught_and_which_gradients_still_agree(name):
    explorer = GradientCheck(mistake=name)
    text = words(explorer)
    assert text.startswith(f"Caught: {what_was_done(name)}")
    assert "still agree" in text
    assert name[:5] not in text.split(". ")[-1]
    assert len(text) <= 235


def test_without_a_mistake_only_rounding_is_left():
    text = words(GradientCheck())
    assert text.startswith("No mistake is planted.")
    assert re.search(r"is at most \d · 10⁻¹[¹²³⁴⁵⁶]", text)


def test_the_caption_says_why_a_mistake_hides():
    explorer = GradientCheck(mistake="∂ℓ/∂x: stride forgotten", stride=1)
    assert "Planted, but invisible" in words(explorer)
    assert "no gap between windows to forget" in words(explorer)
    explorer.controls["stride"].value = (2, 2)
    assert words(explorer).startswith("Caught")
    explorer = GradientCheck(mistake="∂ℓ/∂x: kernel not rotated", symmetric=True)
    assert "looks the same when rotated" in words(explorer)
    explorer.controls["symmetric"].value = False
    assert words(explorer).startswith("Caught")


def test_every_wrong_entry_is_framed_and_no_right_one():
    explorer = GradientCheck(mistake="∂ℓ/∂w: rotated as well")
    agreement = explorer.state.agreements["weight"]
    wrong = abs(agreement.coded - agreement.numerical) > 1e-3
    drawing = explorer.scene.drawing(explorer.state)
    assert len(drawing.frames) == wrong.sum() > 0
    assert len(explorer.scene.drawing(GradientCheck().state).frames) == 0


def test_what_is_missing_is_dashed():
    explorer = GradientCheck(mistake="∂ℓ/∂x: left-over cells cropped")
    drawing = explorer.scene.drawing(explorer.state)
    assert len(drawing.dashed) == (36 - 25) + 36


def test_the_words_name_every_mistake_and_every_part():
    """A mistake that is added without words fails here, not before a reader."""
    for name, mistake in MISTAKES.items():
        assert what_was_done(name).startswith(name[:5])
        assert GradientCheckState(Geometry(4, 3), name).agreements.keys() >= {mistake.part}
    offered = [value for _, value in GradientCheck().controls["mistake"].options]
    assert offered == CHOICES == ["none", *MISTAKES]
    assert [value for _, value in KERNELS] == [False, True]


def test_no_word_of_the_field_is_missing():
    """The stride's zeros are inserted, as the literature says."""
    assert "inserting the stride's zeros" in words(GradientCheck(mistake="∂ℓ/∂w: stride forgotten"))
