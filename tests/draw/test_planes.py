"""What lies on what: boxes of texts, planes over them, and lines that leave room for them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from numpy.testing import assert_allclose

from convlab.draw.planes import touched
from convlab.draw.shapes import broken
from convlab.draw.text import text_boxes, text_path
from tests.strategies import settings as _profile  # noqa: F401

NUMBERS = st.floats(-20, 20).map(lambda value: round(value, 2))
PLACES = st.tuples(NUMBERS, NUMBERS)


@given(PLACES, PLACES, PLACES, PLACES, st.tuples(st.floats(0.5, 9), st.floats(0.5, 9)))
def test_a_box_touches_a_parallelogram_as_matplotlib_finds(first, one, other, low, size):
    first, one, other, low = map(np.array, (first, one, other, low))
    if abs(one[0] * other[1] - one[1] * other[0]) < 1:
        return
    outline = np.array([first, first + one, first + one + other, first + other])
    found = []
    for grown in (-0.01, 0.01):
        box = np.array([low - grown, low + size + grown])
        found.append(Path(outline[[0, 1, 2, 3, 0]]).intersects_bbox(Bbox(box), filled=True))
    if found[0] == found[1]:  # no mere contact
        assert touched(np.array([[low, low + size]]), outline).tolist() == [found[0]]


@pytest.mark.parametrize("bold", [False, True])
def test_the_boxes_are_those_of_the_outlines(bold):
    texts, places = ["0", "−7.5", "9999", "j"], np.array([[0, 0], [50, 9], [9, 70], [80, 90]])
    for size, room in ((12, None), (20, 25.0)):
        boxes = text_boxes(texts, places, size, room=room, bold=bold)
        for text, place, box in zip(texts, places, boxes, strict=True):
            path = text_path([text], place[None], size, room=room, bold=bold)
            assert_allclose(box, path.get_extents().get_points(), atol=0.05 * size)
    assert text_boxes([], np.zeros((0, 2)), 12).shape == (0, 2, 2)


def test_a_line_is_broken_at_each_box_and_at_no_other_place():
    line = np.array([[[0.0, 0.0], [48.0, 0.0]]])
    boxes = np.array([[[10, -1], [12, 1]], [[30, -1], [31, 1]], [[20, 5], [22, 9]]])
    kept = broken(line, boxes, 0.5, pieces=48)[:, :, 0].round().astype(int)
    starts = [start for start in range(48) if start not in (9, 10, 11, 12, 29, 30, 31)]
    assert kept[:, 0].tolist() == starts
    assert (kept[:, 1] == kept[:, 0] + 1).all()
    assert len(broken(line, np.zeros((0, 2, 2)), 0.5)) == 48
