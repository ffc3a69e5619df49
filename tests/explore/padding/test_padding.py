"""The explorer of one geometry: its examples, its four sides, its formula and its words."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convlab import Geometry, conv2d
from convlab.draw.shapes import at
from convlab.explore import Padding
from convlab.explore.padding.padding import CASES, SIDES
from convlab.explore.padding.padding_numbers import centres
from tests.explore.driving import extremes, move
from tests.strategies import oracle

EXPLORER = Padding()
NUMBERS = re.compile(
    r"(\d+) \+ (\d+) \+ (\d+) − (\d+) ·\( (\d+) − 1\) − 1 (\d+) \+ 1 = ([\d.]+) \+ 1 = (\d+)"
)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def arrays(geometry):
    return np.ones(geometry.input_shape), np.ones(geometry.kernel_size)


def output_of(geometry, x, weight):
    names = ("stride", "padding", "dilation")
    return conv2d(x, weight, **{name: getattr(geometry, name) for name in names})


def sides(explorer):
    return [explorer.controls[side].value for side in SIDES]


def drive(explorer, moves):
    for name, how_far in moves:
        move(explorer, name, how_far)


moves = st.lists(st.tuples(st.sampled_from(list(EXPLORER.controls)), st.floats(0, 1)), max_size=5)


def test_the_examples_are_the_published_ones():
    published = oracle("conv_arithmetic")["cases"]
    assert [name.replace(", ", "_").replace(" ", "_") for name in CASES] == [
        case["name"] for case in published
    ]
    for name, case in zip(CASES, published, strict=True):
        geometry = Padding(preset=name).state.geometry
        i, k, s, p, d, o = (case[letter] for letter in "ikspdo")
        assert geometry == Geometry(i, k, stride=s, padding=p, dilation=d)
        assert geometry.output_shape == (o, o) == output_of(geometry, *arrays(geometry)).shape


@pytest.mark.parametrize("name", CASES)
def test_an_example_sets_the_controls_from_wherever_they_are(name):
    explorer = Padding(input=1, kernel=1, padding="full", stride=4)
    assert explorer.controls["preset"].value == "custom"
    explorer.controls["preset"].value = name
    assert explorer.controls["preset"].value == name
    assert explorer.state.geometry == Padding(preset=name).state.geometry
    assert {key: explorer.controls[key].value for key in CASES[name]} == CASES[name]


@pytest.mark.parametrize("control", ["input", "kernel", "stride", "dilation", "padding", "left"])
def test_a_hand_on_a_control_ends_the_example(control):
    explorer = Padding()
    assert explorer.controls["preset"].value == "padding, strides"
    before = explorer.controls[control].value
    explorer.controls[control].value = next(
        value for value in extremes(explorer.controls[control]) if value != before
    )
    assert explorer.controls["preset"].value == "custom"


def test_the_steps_do_not_end_the_example():
    explorer = Padding()
    explorer.controls["step"].value = 2
    assert explorer.controls["preset"].value == "padding, strides"


@pytest.mark.parametrize(
    ("kernel", "dilation", "stride", "side", "output"),
    [
        (3, 1, 1, 2, 7),
        (3, 2, 1, 4, 9),
        (3, 3, 1, 6, 11),
        (4, 2, 1, 6, 11),
        (3, 1, 2, 2, 4),
        (3, 2, 2, 4, 5),
    ],
)
def test_full_is_told_with_the_dilation_and_is_larger_than_the_input_at_stride_1(
    kernel, dilation, stride, side, output
):
    explorer = Padding(input=5, kernel=kernel, dilation=dilation, stride=stride, padding="full")
    assert sides(explorer) == [side] * 4 == [dilation * (kernel - 1)] * 4
    assert explorer.state.geometry.output_shape == (output, output)
    options = dict(explorer.controls["padding"].options)
    assert [text for text, rule in options.items() if rule == "full"] == ["full: d(k − 1) a side"]


def test_the_sides_show_what_the_rule_gives_and_obey_only_by_hand():
    explorer = Padding(kernel=4, stride=1, padding="same")
    assert sides(explorer) == [1, 2, 1, 2]
    assert all(explorer.controls[side].disabled for side in SIDES)
    explorer.controls["padding"].value = "full"
    assert sides(explorer) == [3, 3, 3, 3]
    explorer.controls["padding"].value = "by hand"
    assert sides(explorer) == [3, 3, 3, 3]
    assert not any(explorer.controls[side].disabled for side in SIDES)
    explorer.controls["bottom"].value = 0
    assert explorer.state.geometry.padding == ((3, 0), (3, 3))
    explorer.controls["padding"].value = "valid"
    assert sides(explorer) == [0, 0, 0, 0]


def test_padding_may_be_given_as_for_a_geometry():
    assert Padding(padding=((0, 1), (2, 3))).state.geometry.padding == ((0, 1), (2, 3))
    assert Padding(padding=(1, 2)).state.geometry.padding == ((1, 1), (2, 2))
    assert Padding(padding=2).controls["padding"].value == "by hand"
    assert Padding(top=3).state.geometry.padding == ((3, 1), (1, 1))
    assert Padding(preset="dilation", stride=2).controls["preset"].value == "custom"


@given(moves)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_formula_holds_the_numbers_and_its_result_is_conv2ds_size(hand):
    drive(EXPLORER, hand)
    geometry = EXPLORER.state.geometry
    found = NUMBERS.findall(words(EXPLORER.details.value))
    shape = output_of(geometry, *arrays(geometry)).shape
    for axis, numbers in enumerate(found):
        n, before, after, d, k, s = map(int, numbers[:6])
        assert (n, k) == (geometry.input_shape[axis], geometry.kernel_size[axis])
        assert (before, after) == geometry.padding[axis]
        assert (d, s) == (geometry.dilation[axis], geometry.stride[axis])
        quotient, o = float(numbers[6]), int(numbers[7])
        assert quotient == pytest.approx((n + before + after - d * (k - 1) - 1) / s, abs=0.005)
        assert math.floor(quotient) + 1 == o == shape[axis]
    assert len(found) == 2


@given(moves)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_caption_counts_the_padding_under_the_kernel(hand):
    """A kernel of ones over an input of ones counts the cells that are no padding."""
    drive(EXPLORER, hand)
    geometry = EXPLORER.state.geometry
    pixel = geometry.window(EXPLORER.state.step).pixel
    x, weight = arrays(geometry)
    padding = weight.size - int(output_of(geometry, x, weight)[pixel])
    text = words(EXPLORER.caption.value)
    assert f"Output pixel {pixel} reads {weight.size} cell" in text
    counted = re.search(r"(\d+) of them padding", text)
    whole = "all of them padding" in text or "which is padding" in text
    assert (weight.size if whole else int(counted[1]) if counted else 0) == padding


def test_a_window_that_lies_on_padding_alone_is_told_in_words():
    assert "reads 9 cells, all of them padding" in words(Padding(padding=3, step=0).caption.value)
    one = Padding(padding=1, kernel=1, stride=1, step=0)
    assert "reads 1 cell, which is padding." in words(one.caption.value)


def test_a_single_cell_has_no_gaps_to_widen():
    """Dilation is at rest where the kernel has one cell, by whatever rule is padded."""
    for rule in ("valid", "same", "full"):
        dilation = Padding(input=9, kernel=(1, 3), dilation=(1, 3), padding=rule).controls[
            "dilation"
        ]
        assert (dilation.max, dilation.value) == ((1, 3), (1, 3))
        assert [part.disabled for part in dilation.parts] == [True, False]


def test_the_caption_names_the_border_that_is_never_read():
    assert "19 hatched cells : 1 row at the bottom and 1 column at the right" in words(
        Padding(input=10, padding="valid", stride=2).caption.value
    )
    text = words(Padding(input=(9, 8), kernel=1, padding="valid", stride=(2, 3)).caption.value)
    assert "1 column at the right" in text and "row at" not in text
    assert "cells between those that the windows read" in text
    assert "Every cell is read" in Padding().caption.value


def test_a_click_goes_to_a_window():
    explorer = Padding(preset="padding, strides, odd", step=0)
    geometry = explorer.state.geometry
    below, above = explorer.scene.boards(geometry)
    explorer._pick(*above.centre(2, 1))
    assert explorer.state.step == explorer.controls["step"].value == 7
    explorer._pick(*at(below, centres(geometry)[3]))
    assert explorer.state.step == 3
    explorer._pick(1, 1)
    assert explorer.state.step == 3


def test_bad_settings_are_named():
    with pytest.raises(ValueError, match=r"`preset` must be one of no padding, .* got 'nothing'"):
        Padding(preset="nothing")
    with pytest.raises(TypeError, match=r"`padding` must be an int, .* got 1.5"):
        Padding(padding=1.5)
    with pytest.raises(ValueError, match=r"`padding` must be at least 0 on every side, got -1"):
        Padding(padding=-1)


def test_a_border_that_is_left_over_on_both_axes_is_not_taken_for_gaps():
    """Of 6 × 6 cells, 5 × 5 are read by windows of 3 that move by 2: 11 are not."""
    text = words(Padding(input=6, kernel=3, stride=2, padding=0).caption.value)
    assert "11 hatched cells" in text
    assert "cells between" not in text
