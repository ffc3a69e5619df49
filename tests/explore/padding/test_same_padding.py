"""The explorer of the two ways to keep the size: its words are what conv2d does."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convlab import conv2d
from convlab.explore import TwoSames
from convlab.explore.padding.same_padding import CASES
from tests.explore.driving import move

EXPLORER = TwoSames()
moves = st.lists(st.tuples(st.sampled_from(list(EXPLORER.controls)), st.floats(0, 1)), max_size=5)


def words(explorer):
    return " ".join(re.sub(r"<[^>]+>", "", explorer.caption.value).split())


def number(text):
    return int(text.replace("−", "-"))


@given(moves)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_cells_in_the_caption_are_those_that_conv2d_reads(hand):
    """The first and last cell of a window change its output pixel, and cells beyond do not."""
    for name, how_far in hand:
        move(EXPLORER, name, how_far)
    state, text = EXPLORER.state, words(EXPLORER)
    found = re.findall(r"cells? (−?\d+)(?: to (−?\d+))?", text)
    for (first, last), geometry in zip(found, (state.adapted, state.fixed), strict=False):
        first, last = number(first), number(last or first)
        layout = {n: getattr(geometry, n) for n in ("stride", "padding", "dilation")}
        weight = np.ones((1, state.kernel))
        for cell in {first, last, first - 1, last + 1}:
            if 0 <= cell < state.size:
                x = np.zeros((1, state.size))
                x[0, cell] = 1
                reads = conv2d(x, weight, **layout)[0, state.step] == 1
                assert reads == (first <= cell <= last)
    if "no such pixel" in text:
        assert len(found) == 1 and state.step >= state.fixed.output_shape[1]
    else:
        assert len(found) == 2


def test_the_case_of_224_pixels_pads_two_and_three_or_three_and_three():
    explorer = TwoSames(preset="differ: n = 224, k = 7, s = 2")
    assert explorer.state.adapted.padding[1] == (2, 3)
    assert explorer.state.fixed.padding[1] == (3, 3)
    assert words(explorer) == (
        "Output pixel 0 reads cells −2 to 4 by same, cells −3 to 3 with p = 3: "
        "1 cell further left. Both leave 112 outputs."
    )
    assert explorer.controls["step"].max == 111


@pytest.mark.parametrize("name", CASES)
def test_examples_agree_or_differ_as_they_say(name):
    """On random numbers, by conv2d with the padding written out."""
    state = TwoSames(preset=name).state
    x, weight = np.random.default_rng(2).normal(size=(2, 1, 300))
    x, weight = x[:, : state.size], weight[:, : state.kernel]
    p = state.kernel // 2 if state.kernel % 2 else state.kernel // 2 - 1
    one = conv2d(x, weight, stride=(1, state.stride), padding="same")
    other = conv2d(x, weight, stride=(1, state.stride), padding=(0, p))
    agree = one.shape == other.shape and np.allclose(one, other)
    assert name.startswith("agree") == agree


def test_an_example_sets_the_controls_and_a_hand_ends_it():
    explorer = TwoSames()
    assert explorer.controls["preset"].value == "differ: stride 2, even size"
    for name in CASES:
        explorer.controls["preset"].value = name
        assert {key: explorer.controls[key].value for key in CASES[name]} == CASES[name]
    explorer.controls["step"].value = 5
    assert explorer.controls["preset"].value == name
    explorer.controls["size"].value = 10
    assert explorer.controls["preset"].value == "custom"


def test_a_pixel_that_only_one_of_them_has_is_said_to_be_missing():
    explorer = TwoSames(size=8, kernel=4, stride=1, step=7)
    assert "with fixed padding there is no such pixel" in words(explorer)
    assert "same leaves 8 outputs, fixed padding 7" in words(explorer)


def test_a_kernel_of_one_cell_has_no_gaps_to_widen():
    explorer = TwoSames(kernel=2, dilation=3)
    explorer.controls["kernel"].value = 1
    assert explorer.controls["dilation"].disabled and explorer.state.dilation == 1
    explorer.controls["kernel"].value = 2
    assert not explorer.controls["dilation"].disabled and explorer.state.dilation == 3


def test_a_dilated_window_skips_cells():
    text = words(TwoSames(size=12, kernel=3, stride=1, dilation=3, step=4))
    assert "cells 1 to 7, every third," in text


def test_an_unknown_example_is_named():
    with pytest.raises(ValueError, match=r"`preset` must be one of differ: .* got 'x'"):
        TwoSames(preset="x")
