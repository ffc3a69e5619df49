"""Numbers as outlines: where they stand, how wide they are, how they are written."""

import numpy as np
import pytest

from convlab.draw.text import joined, text_path
from convlab.formatting import plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (-12.0, "−12"),
        (0.5, "0.5"),
        (1 / 9, "0.11"),
        (-2.345, "−2.35"),
        (99.996, "100"),
        (123.4, "123.4"),
        (-654321.25, "−654321.2"),
        (9999, "9999"),
        (250000, "250000"),
        (12345678, "1.2e7"),
        (0.00012, "0.00012"),
        (1.2e-7, "1.2e−7"),
        (np.nan, "nan"),
        (-np.inf, "−inf"),
        (np.float32(2), "2"),
    ],
)
def test_numbers_are_written_as_a_reader_would(value, text):
    assert plain(value) == text


def test_strings_are_centred_on_their_places():
    places = np.array([[10.0, 20.0], [-5.0, 3.0]])
    for text, place in zip(["88", "8"], places, strict=True):
        box = text_path([text], np.array([place]), 12.0).get_extents()
        assert (box.x0 + box.x1) / 2 == pytest.approx(place[0], abs=1e-6)
        assert (box.y0 + box.y1) / 2 == pytest.approx(place[1], abs=0.3)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(("before", "letter"), [("", "C"), ("", "x"), ("4 ", "x"), ("x x", "C")])
def test_a_tilde_stands_above_the_middle_of_its_letter(before, letter, bold):
    """Also where matplotlib draws it across a capital."""

    def polygons(text):
        return text_path([text], np.zeros((1, 2)), 10.0, align="left", bold=bold).to_polygons()

    tilde = polygons(f"{before}{letter}\N{COMBINING TILDE}")[-1]
    foot = polygons(before + letter)[len(polygons(before)) :]
    foot = np.concatenate(foot)
    assert 0 < tilde[:, 1].min() - foot[:, 1].max() < 1
    assert tilde[:, 1].max() - tilde[:, 1].min() < 2
    middle = (foot[:, 0].min() + foot[:, 0].max()) / 2
    assert (tilde[:, 0].min() + tilde[:, 0].max()) / 2 == pytest.approx(middle, abs=0.1)


def test_a_string_without_room_is_made_smaller_until_it_fits():
    wide = text_path(["123456"], np.zeros((1, 2)), 12.0).get_extents().width
    tight = text_path(["123456"], np.zeros((1, 2)), 12.0, room=20.0).get_extents().width
    assert wide > 20
    assert tight == pytest.approx(20)


@pytest.mark.parametrize(("align", "edge"), [("left", "x0"), ("right", "x1")])
def test_strings_start_or_end_at_their_places(align, edge):
    box = text_path(["abc"], np.array([[7.0, 0.0]]), 10.0, align=align).get_extents()
    assert getattr(box, edge) == pytest.approx(7.0, abs=1e-6)


def test_many_strings_are_one_path_and_none_are_an_empty_one():
    both = text_path(["1", "2"], np.array([[0.0, 0], [50.0, 0]]), 10.0)
    assert both.get_extents().width > 50
    assert len(text_path([], np.empty((0, 2)), 10.0).vertices) == 0
    assert len(text_path(["", " "], np.zeros((2, 2)), 10.0).vertices) == 0


def test_joining_nothing_is_an_empty_path():
    assert len(joined([]).vertices) == 0
