"""The shift explorer: its words are those of its picture, and true."""

import re

import numpy as np
import pytest

from convlab.explore import ShiftTest
from convlab.explore.pooling.shift_numbers import PATTERNS, answers
from convlab.pooling import max_pool2d


@pytest.mark.parametrize("pattern", list(PATTERNS))
def test_the_caption_counts_what_changed(pattern):
    """Counted again, from the two pictures, for max pooling; and told for all four layers."""
    shown = ShiftTest(pattern=pattern)
    for shift in (1, 2, 3, 4):
        shown.controls["shift"].value = shift
        before, after = (max_pool2d(shown.state.input(s), 2) for s in (0, shift))
        changed = int((before != after).sum())
        assert f"max pool {changed} (" in shown.caption.value
        assert "Changed, of 36 (" in shown.caption.value
        told = re.findall(r"(\d+) \(by (\d+)\s%\)", shown.caption.value)
        assert [int(count) for count, _ in told] == [a.changed.sum() for a in answers(shown.state)]
        wanted = [round(100 * a.change) for a in answers(shown.state)]
        assert np.abs(np.subtract([int(share) for _, share in told], wanted)).max() <= 1


def test_nothing_changes_before_anything_moves():
    shown = ShiftTest(shift=0)
    assert "both rows are the same" in shown.caption.value
    assert all(answer.change == 0 for answer in answers(shown.state))


@pytest.mark.parametrize(
    ("shift", "stride", "words"),
    [
        (1, 2, "Moved right by 1 column, no multiple of the stride 2"),
        (3, 2, "Moved right by 3 columns, no multiple of the stride 2"),
        (2, 2, "exactly the stride: away from the edges, every output moves along by 1 cell"),
        (4, 2, "twice the stride: away from the edges, every output moves along by 2 cells"),
        (3, 1, "3 times the stride"),
    ],
)
def test_the_caption_tells_a_whole_stride_from_a_broken_one(shift, stride, words):
    assert words in ShiftTest(shift=shift, stride=stride).caption.value


def test_the_words_stay_short_enough_for_two_lines():
    """A third line would make the page jump."""
    shown = ShiftTest(size=2, stride=1)
    for shift in (1, 2, 3, 4):
        shown.controls["shift"].value = shift
        assert len(repr(shown)) < 250


def test_play_moves_through_all_shifts():
    shown = ShiftTest()
    assert shown.controls["shift"].play.max == shown.controls["shift"].max == 4
