"""What was asked of a control is kept, what has no room yields, and nonsense is named."""

import numpy as np
import pytest

from convlab.explore import FilterLab, Pooling, Sweep


def test_what_yields_is_said_and_comes_back():
    sweep = Sweep(input=7, kernel=3, dilation=3, stride=1)
    sweep.controls["kernel"].value = (4, 3)
    assert sweep.state.geometry.dilation == (2, 3)
    assert sweep.notice.value == (
        "There is no room for <i>dilation</i> 3 × 3 now: it is 2 × 3, and comes back with more "
        "room."
    )
    sweep.controls["azimuth"].value = 40
    assert sweep.notice.value == ""
    sweep.controls["kernel"].value = (3, 3)
    assert sweep.state.geometry.dilation == (3, 3)


def test_a_hand_on_what_has_yielded_is_a_new_wish():
    sweep = Sweep(input=9, kernel=5, stride=1)
    sweep.controls["input"].value = (3, 3)
    assert sweep.state.geometry.kernel_size == (3, 3)
    sweep.controls["kernel"].value = (2, 2)
    sweep.controls["input"].value = (9, 9)
    assert sweep.state.geometry.kernel_size == (2, 2)


def test_the_step_comes_back_without_a_word():
    sweep = Sweep(stride=1, step=8)
    sweep.controls["stride"].value = (3, 3)
    assert sweep.state.step == 0
    assert sweep.notice.value == ""
    sweep.controls["stride"].value = (1, 1)
    assert sweep.state.step == 8


def test_a_list_takes_back_what_it_offers_again():
    pooling = Pooling(show="bug")
    pooling.controls["kind"].value = "average"
    assert pooling.state.show == "forward"
    assert "<i>show</i> backward, with the bug x == max now: it is forward" in pooling.notice.value
    pooling.controls["kind"].value = "max"
    assert pooling.state.show == "bug"


def test_several_controls_move_as_one():
    """In between there is no room for the second; together there is."""
    sweep = Sweep(input=3, stride=1)
    seen = []
    sweep.picture.observe(lambda change: seen.append(change.new), "value")
    sweep.set_controls(kernel=(5, 5), input=(9, 9))
    assert sweep.state.geometry.kernel_size == (5, 5)
    assert len(seen) == 1


def test_a_value_is_moved_to_as_a_start_value_is_given():
    """One number means both of a pair, and what has no room goes as far as a slider does."""
    sweep = Sweep(input=7)
    sweep.set_controls(stride=2, step=np.int64(1), padding=99)
    assert sweep.state.geometry.stride == (2, 2)
    assert sweep.state.geometry.padding == ((3, 3), (3, 3))
    assert sweep.state.step == 1


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"stride": "2"}, ValueError, "`stride` of Sweep cannot be '2'"),
        ({"step": None}, ValueError, "`step` of Sweep cannot be None"),
        ({"stride": 1, "step": True}, ValueError, "`step` of Sweep cannot be True"),
        ({"operation": 2}, ValueError, "`operation` .* 2; choose from False, True"),
        ({"weight": [[1]]}, TypeError, "`weight` is no control of Sweep; known: input, padding"),
    ],
)
def test_a_value_of_another_kind_is_refused_and_nothing_moves(values, error, message):
    sweep = Sweep(input=7, stride=2)
    before, picture = sweep.state, sweep.picture.value
    with pytest.raises(error, match=message):
        sweep.set_controls(**values)
    assert (sweep.state, sweep.picture.value, sweep.status.value) == (before, picture, "")
    sweep.set_controls(step=1)
    assert sweep.state.step == 1


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        (
            {"input": 12},
            ValueError,
            r"`input` of Sweep must be from \(1, 1\) to \(9, 9\) here, got 12",
        ),
        ({"azimuth": 727}, ValueError, "`azimuth` of Sweep must be from -180 to 180 here, got 727"),
        ({"input": 2, "kernel": 3}, ValueError, r"`kernel` .* to \(2, 2\) here, got 3"),
        ({"step": True}, ValueError, "`step` of Sweep cannot be True"),
        ({"step": 1.5}, ValueError, "`step` of Sweep cannot be 1.5"),
        ({"stride": (1, 2, 3)}, ValueError, r"`stride` of Sweep cannot be \(1, 2, 3\)"),
        ({"operation": "flip"}, ValueError, "`operation` .* 'flip'; choose from False, True"),
        ({"kernl": 3}, TypeError, "`kernl` is no control of Sweep; known: input, padding, kernel"),
    ],
)
def test_a_start_value_without_room_is_named_with_its_range(settings, error, message):
    with pytest.raises(error, match=message):
        Sweep(**settings)


def test_numbers_of_a_field_are_finite():
    with pytest.raises(ValueError, match="`bias` of FilterLab cannot be inf"):
        FilterLab(bias=float("inf"))
    with pytest.raises(ValueError, match=r"`bias` of FilterLab must be from -9999.0 to 9999.0"):
        FilterLab(bias=1e5)


def test_what_the_explorer_itself_wants_yields_to_the_reader():
    """The default kernel is 3 × 3 and the default step 3; neither has room here."""
    sweep = Sweep(input=2)
    assert sweep.state.geometry.kernel_size == (2, 2)
    assert sweep.state.step == 0
    sweep.controls["input"].value = (5, 5)
    assert sweep.state.geometry.kernel_size == (3, 3)


def test_reset_forgets_every_wish():
    sweep = Sweep(input=7, kernel=5, stride=1)
    sweep.controls["kernel"].value = (2, 2)
    sweep.controls["input"].value = (1, 1)
    sweep.reset()
    assert sweep.state.geometry == Sweep(input=7, kernel=5, stride=1).state.geometry
    sweep.controls["input"].value = (9, 9)
    assert sweep.state.geometry.kernel_size == (5, 5)
