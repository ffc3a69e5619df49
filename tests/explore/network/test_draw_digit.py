"""A digit drawn by hand: its ink, what is done to it, and what the pen does."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convlab.explore import DrawDigit
from convlab.explore.network.draw_digit_ink import (
    ERASER,
    EXAMPLES,
    PEN,
    SIDE,
    SMALL,
    blank,
    example,
    fitted,
    pixels,
    with_stroke,
)
from convlab.explore.network.draw_digit_numbers import moved
from convlab.explore.network.draw_digit_scene import NEEDED, PAPER, READ, paper_at
from convlab.explore.network.trained_network import NETWORK, trained
from convlab.learning import softmax
from tests.explore.driving import mouse, point

SLANTED = with_stroke(blank(), (6.5, 20), (11, 9))
DIGITS = [name for name in EXAMPLES if name != SMALL]


def lies_near(pixel, start, end, radius):
    """Whether a pixel's middle is near a stroke: the nearest of many points along it is asked."""
    along = np.linspace(start, end, 2001)
    return np.hypot(*(along - pixel).T).min() < radius


@pytest.mark.parametrize(("erase", "radius"), [(False, PEN), (True, ERASER)])
def test_a_stroke_touches_the_pixels_near_it(erase, radius):
    start, end = (4.3, 25), (17, 8.6)
    ink = bytes([1] * SIDE**2) if erase else SLANTED
    after = pixels(with_stroke(ink, start, end, erase=erase))
    for row, col in np.ndindex(SIDE, SIDE):
        if lies_near((row, col), start, end, radius):
            assert after[row, col] == (not erase)
        else:
            assert after[row, col] == pixels(ink)[row, col]


def test_a_fitted_drawing_fills_the_paper_and_keeps_its_shape():
    drawn, large = pixels(SLANTED), pixels(fitted(SLANTED))
    for picture in (drawn, large):
        rows, cols = (np.flatnonzero(picture.any(axis=axis)) for axis in (1, 0))
        proportion = (np.ptp(cols) + 1) / (np.ptp(rows) + 1)
        if picture is drawn:
            expected = proportion
    assert proportion == pytest.approx(expected, rel=0.06)
    assert max(np.ptp(rows), np.ptp(cols)) + 1 == SIDE
    assert abs(rows[0] - (SIDE - 1 - rows[-1])) <= 1
    assert abs(cols[0] - (SIDE - 1 - cols[-1])) <= 1
    assert fitted(blank()) == blank()


def test_a_picture_is_moved_and_paper_comes_in():
    picture = np.arange(1.0, 21).reshape(4, 5)
    for down, right in [(0, 0), (1, 2), (-2, 1), (3, -3), (0, 4)]:
        found = moved(picture, down, right)
        for row, col in np.ndindex(4, 5):
            from_row, from_col = row - down, col - right
            inside = 0 <= from_row < 4 and 0 <= from_col < 5
            assert found[row, col] == (picture[from_row, from_col] if inside else 0)


@pytest.mark.parametrize("name", DIGITS)
def test_each_example_is_read_as_what_it_is(name):
    shown = DrawDigit(example=name)
    assert str(shown.state.answer) == name
    assert f"Read as {name}" in shown.caption.value


def test_a_small_digit_aside_is_misread_and_read_once_it_is_fitted():
    shown = DrawDigit(example=SMALL)
    assert shown.state.answer != 3
    assert "It is small" in shown.caption.value
    shown.controls["fit"].value = True
    assert shown.state.answer == 3
    assert shown.state.probabilities[3] > 0.9
    assert "It is small" not in shown.caption.value


def test_where_a_picture_does_not_stand_as_those_that_were_learned_from():
    assert DrawDigit().state.misfits == ()
    assert DrawDigit(right=2).state.misfits == ("aside",)
    assert DrawDigit(down=3).state.misfits[0] == "cut"
    assert DrawDigit(example=SMALL).state.misfits == ("small", "aside")
    assert DrawDigit(example="own").state.misfits == ()


@pytest.mark.parametrize(("down", "right"), [(0, 1), (-1, 0), (2, -2), (0, 2)])
def test_the_maps_move_along_where_they_can(down, right):
    """In loops over the cells: none at the edge, before or after, is compared."""
    still, gone = DrawDigit().state, DrawDigit(down=down, right=right).state
    for layer, found in enumerate(gone.moved_along):
        cell = 2**layer
        if down % cell or right % cell:
            assert found is None
            continue
        before, after = (s.maps.layers[layer].activated[0] for s in (still, gone))
        last, same, count = before.shape[1] - 1, 0, 0
        for channel, row, col in np.ndindex(*before.shape):
            was = row - down // cell, col - right // cell
            if all(0 < at < last for at in (row, col, *was)):
                count += 1
                same += abs(before[channel, was[0], was[1]] - after[channel, row, col]) < 1e-9
        assert found == (same, count)
    assert gone.moved_along[0][0] == gone.moved_along[0][1]  # equivariant, away from the edge


def test_noise_is_the_same_each_time_and_stays_between_paper_and_ink():
    one, other = DrawDigit(noise=40).state, DrawDigit(noise=40).state
    assert_array_equal(one.picture, other.picture)
    assert (one.picture.min(), one.picture.max()) == (0, 1)
    assert not np.allclose(one.picture, DrawDigit().state.picture)


def test_the_map_of_what_is_needed_is_what_hiding_each_patch_gives():
    state = DrawDigit(hide=3, example="8").state
    for row, col in [(0, 0), (3, 4), (5, 2), (7, 7)]:
        hidden = DrawDigit(hide=3, example="8", hide_row=row, hide_column=col).state
        assert state.needed[row, col] == pytest.approx(hidden.probabilities[8])
        covered = state.whole.copy()
        covered[max(row - 1, 0) : row + 2, max(col - 1, 0) : col + 2] = 0
        assert_array_equal(hidden.picture, covered)
        assert_allclose(
            hidden.probabilities, softmax(NETWORK.forward(trained(), covered).scores)[0]
        )


def test_a_patch_that_is_hidden_makes_the_answer_fall():
    shown = DrawDigit(hide=3, hide_row=5, hide_column=4)
    assert "3 falls from" in shown.caption.value
    assert "around (5, 4)" in shown.caption.value


def test_an_empty_paper_is_called_one():
    shown = DrawDigit(example="own")
    assert "An empty paper" in shown.caption.value
    assert not shown.state.picture.any()


def test_what_is_less_than_one_percent_is_no_tag():
    """The text that a saved page keeps is the caption without its tags."""
    shown = DrawDigit(noise=40, down=1, right=2, example="7")
    assert shown.state.probabilities.max() > 0.995
    assert "(>99 %), then 7 (<1 %). Part of it is cut off." in repr(shown)


# The pen


def event(kind, row, col, *, shrink=1.0, **further):
    """Return what the page sends of the mouse at a pixel of the paper."""
    return mouse(kind, PAPER.centre(row, col), (844, 372), shrink=shrink, **further)


def touch(kind, row, col):
    at = event(kind, row, col)
    return {"type": kind, "touches": [at] if kind != "touchend" else []}


def mouse_stroke(shown, *places, shrink=1.0):
    pen = shown._pointer
    pen(event("mousedown", *places[0], shrink=shrink, buttons=1))
    for place in places[1:]:
        pen(event("mousemove", *place, shrink=shrink, buttons=1))
    pen(event("mouseup", *places[-1], shrink=shrink, buttons=0))


def expected_ink(*places, ink=None):
    ink = blank() if ink is None else ink
    for start, end in pairwise([places[0], *places]):
        ink = with_stroke(ink, start, end)
    return ink


@pytest.mark.parametrize("shrink", [1.0, 0.75])
def test_the_mouse_draws_where_it_goes(shrink):
    shown = DrawDigit(example="own")
    places = [(4, 10), (20, 12), (25, 22)]
    mouse_stroke(shown, *places, shrink=shrink)
    difference = pixels(shown.state.ink) != pixels(expected_ink(*places))
    assert difference.sum() <= (0 if shrink == 1 else 6)
    assert (shown.state.pen_row, shown.state.pen_column) == (25, 22)
    assert shown.controls["example"].value == "own"


def test_a_finger_draws_as_the_mouse_does():
    one, other = DrawDigit(example="own"), DrawDigit(example="own")
    mouse_stroke(one, (4, 10), (20, 12))
    other._pointer(touch("touchstart", 4, 10))
    other._pointer(touch("touchmove", 20, 12))
    other._pointer(touch("touchend", 20, 12))
    other._pointer(touch("touchmove", 30, 30))
    assert one.state.ink == other.state.ink


def test_nothing_is_drawn_without_a_button_or_after_the_mouse_has_left():
    shown = DrawDigit(example="own")
    pen = shown._pointer
    pen(event("mousemove", 9, 9, buttons=0))
    assert shown.state.ink == blank()
    pen(event("mousedown", 9, 9, buttons=1))
    pen(event("mouseleave", 9, 9, buttons=1))
    before = shown.state.ink
    pen(event("mousemove", 20, 20, buttons=1))
    assert shown.state.ink == before
    pen(event("mousedown", 9, 9, buttons=1))
    pen(event("mousemove", 25, 25, buttons=0))  # let go outside
    pen(event("mousemove", 25, 9, buttons=1))
    assert shown.state.ink == before


def test_a_stroke_on_an_example_makes_it_the_readers_own():
    shown = DrawDigit(example="7")
    mouse_stroke(shown, (20, 4), (20, 9))
    assert shown.state.ink == expected_ink((20, 4), (20, 9), ink=example("7"))
    mine = shown.state.ink
    shown.controls["example"].value = "2"
    assert shown.state.ink == example("2")
    shown.controls["example"].value = "own"
    assert shown.state.ink == mine


def test_the_keys_draw_while_the_pen_is_down():
    shown = DrawDigit(example="own")
    shown.controls["pen_row"].value = 9
    assert shown.state.ink == blank()
    shown.controls["pen"].value = "draw"
    assert shown.state.ink == blank()
    shown.controls["pen_row"].value = 14
    shown.controls["pen_column"].value = 20
    assert shown.state.ink == expected_ink((9, 16), (14, 16), (14, 20))
    shown.controls["pen"].value = "erase"
    shown.controls["pen_column"].value = 10
    left = pixels(shown.state.ink)
    assert left.any()
    assert not left[14, 9:21].any()


def test_the_eraser_rubs_out_what_the_mouse_goes_over():
    shown = DrawDigit(example="1", pen="erase")
    mouse_stroke(shown, (2, 8), (2, 22))
    assert not pixels(shown.state.ink)[2, 8:22].any()
    assert pixels(shown.state.ink)[20].any()


def test_clear_and_reset():
    shown = DrawDigit()
    mouse_stroke(shown, (20, 4), (20, 9))
    shown.clear.click()
    assert shown.state.ink == blank()
    mouse_stroke(shown, (20, 4), (20, 9))
    shown.reset_button.click()
    assert shown.state.ink == example("3")
    shown.controls["example"].value = "own"
    assert shown.state.ink == blank()


def test_a_click_beside_the_paper_hides_a_patch_and_draws_nothing():
    shown = DrawDigit()
    for board, cell in ((READ, (6, 1)), (NEEDED, (2, 5))):
        x, y = board.centre(*cell)
        point(shown, "mousedown", (x, y), buttons=1)
        point(shown, "mousemove", (x, y), buttons=1)
        point(shown, "mouseup", (x, y))
        assert (shown.state.hide, shown.state.hide_row, shown.state.hide_column) == (3, *cell)
    assert shown.state.ink == example("3")
    assert paper_at((x, y)) is None
    shown._pick(840, 5)
    assert shown.status.value == ""


def test_a_closed_paper_leaves_no_pen_behind():
    shown = DrawDigit()
    event = shown._pointer.event
    shown.close()
    assert event.comm is None
