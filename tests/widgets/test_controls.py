"""Controls: pairs that stay inside their bounds, and ranges that change in any order."""

import itertools

import ipywidgets as widgets
import pytest

from convlab.widgets import export
from convlab.widgets.compound import Pair, Stepper, back_and_on
from convlab.widgets.controls import choice, clamp, set_range, slider


def test_a_pair_is_vertical_then_horizontal():
    pair = Pair("stride", (1, 2), 1, 4)
    assert pair.value == (1, 2)
    assert [part.value for part in pair.parts] == [1, 2]
    assert [part.tooltip for part in pair.parts] == ["stride, vertical", "stride, horizontal"]


def test_sliders_and_pair_follow_each_other():
    pair, seen = Pair("kernel", (3, 4), 1, 5), []
    pair.observe(lambda change: seen.append(change.new), "value")
    pair.parts[1].value = 5
    assert pair.value == (3, 5)
    pair.value = (2, 4)
    assert [part.value for part in pair.parts] == [2, 4]
    assert seen == [(3, 5), (2, 4)]


def test_equal_numbers_are_tied_and_one_slider_moves_both():
    pair = Pair("kernel", 3, 1, 5)
    assert pair.tie.value and pair.parts[1].layout.display == "none"
    pair.parts[0].value = 4
    assert pair.value == (4, 4)
    assert pair.parts[0].tooltip == "kernel, both axes"


def test_untied_sliders_move_alone_and_tying_makes_them_equal():
    pair = Pair("kernel", 3, 1, 5)
    pair.tie.value = False
    assert not pair.parts[1].layout.display
    pair.parts[1].value = 5
    assert pair.value == (3, 5)
    pair.tie.value = True
    assert pair.value == (3, 3)


def test_unequal_numbers_untie():
    pair = Pair("kernel", 3, 1, 5)
    pair.value = (2, 4)
    assert not pair.tie.value
    assert [part.value for part in pair.parts] == [2, 4]


def test_what_has_no_room_for_equal_numbers_cannot_be_tied():
    pair = Pair("size", (1, 5), (1, 4), (2, 6))
    pair.tie.value = True
    assert not pair.tie.value
    assert pair.value == (1, 4)


def test_tied_sliders_that_meet_a_bound_come_apart():
    pair = Pair("padding", 0, 0, (3, 1))
    pair.parts[0].value = 2
    assert pair.value == (2, 1)
    assert not pair.tie.value


def test_an_int_means_both_and_values_are_moved_into_their_bounds():
    pair = Pair("padding", 0, 0, (3, 1))
    pair.value = (9, 9)
    assert pair.value == (3, 1)
    pair.value = (-1, 1)
    assert pair.value == (0, 1)


RANGES = [((1, 1), (5, 5)), ((2, 0), (2, 9)), ((6, 6), (8, 7)), ((0, 0), (0, 0))]


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(RANGES, 2)))
def test_any_range_can_follow_any_other(first, second):
    pair = Pair("size", first[0], *first)
    set_range(pair, *second, second[1])
    assert (pair.min, pair.max, pair.value) == (*second, second[1])
    for part, low, high in zip(pair.parts, *second, strict=True):
        assert (part.min, part.max, part.value) == (low, high, high)
        assert part.disabled == (low == high)


@pytest.mark.parametrize(
    ("first", "second"), list(itertools.permutations([(1, 5), (7, 9), (0, 0)], 2))
)
def test_a_slider_s_range_can_jump(first, second):
    control = slider("size", first[0], *first)
    set_range(control, *second, second[1])
    assert (control.min, control.max, control.value) == (*second, second[1])


def test_clamp_works_on_numbers_and_on_pairs():
    assert clamp(7, 0, 5) == 5
    assert clamp((7, -1), 0, (5, 3)) == (5, 0)


def test_the_play_button_loops_at_the_article_s_pace():
    step = Stepper("step")
    set_range(step, 0, 5, 2)
    assert (step.play.min, step.play.max, step.play.interval, step.play.repeat) == (0, 5, 500, True)
    assert (step.play.value, step.slider.value, step.slider.max) == (2, 2, 5)


def test_play_can_be_faster_and_slower():
    step = Stepper("step", interval=500)
    intervals = {}
    for speed in step.speed.options:
        step.speed.value = speed
        intervals[speed] = step.play.interval
    assert intervals == {"½×": 1000, "1×": 500, "2×": 250, "4×": 125}


def test_a_list_is_as_wide_as_its_longest_option_needs():
    short, long = choice("which", ["a", "bc"]), choice("which", ["a", "a much longer option"])
    wide = choice("which", ["a", "垂直梯度垂直梯度垂直"])
    widths = [int(made.layout.width.removesuffix("px")) for made in (short, long, wide)]
    assert widths[0] < widths[1] == widths[2]
    assert widths[1] - widths[0] == pytest.approx(18 * 7.3, abs=1)


def test_a_stepper_and_its_slider_follow_each_other():
    step, seen = Stepper("step"), []
    set_range(step, 0, 9, 0)
    step.observe(lambda change: seen.append(change.new), "value")
    step.slider.value = 4
    step.value = 7
    assert (step.value, step.slider.value, step.play.value) == (7, 7, 7)
    assert seen == [4, 7]


def test_two_buttons_step_back_and_on_and_stop_at_the_ends():
    step = Stepper("step")
    set_range(step, 0, 2, 1)
    back, on = back_and_on(step)
    for _ in range(3):
        on.click()
    assert step.value == 2
    for _ in range(5):
        back.click()
    assert step.value == 0


@pytest.mark.parametrize(("low", "high", "count"), [(-2, 3, 6), (0, 0, 1), (1, 1000, export.MOST)])
def test_what_is_played_reaches_from_the_first_value_to_the_last(low, high, count):
    control = widgets.IntSlider(min=low, max=high)
    found = export.values(control)
    assert (found[0], found[-1]) == ((str(low), low), (str(high), high))
    assert len(found) == count
    assert {later - value for (_, value), (_, later) in itertools.pairwise(found)} <= {
        (high - low) // max(count - 1, 1),
        -((low - high) // max(count - 1, 1)),
    }
    chosen = widgets.Dropdown(options=[("one", 1), "two"])
    assert export.values(chosen) == [("one", 1), ("two", "two")]
