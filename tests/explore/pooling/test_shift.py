"""The shift explorer: its words are those of its picture, and true."""

import itertools
import re

import numpy as np
import pytest

from convlab.explore import ShiftTest
from convlab.explore.pooling.shift_numbers import PATTERNS, ShiftState, answers
from convlab.explore.pooling.shift_scene import ShiftScene
from convlab.explore.pooling.shift_words import describe
from convlab.pooling import max_pool2d


def every_shift():
    return itertools.product(PATTERNS, (1, 2, 3, 4), (2, 3, 4), (1, 2, 3, 4))


@pytest.mark.parametrize(("pattern", "shift", "size", "stride"), list(every_shift()))
def test_words_and_picture_agree_in_every_state(pattern, shift, size, stride):
    """Counted again for max pooling, cell by cell: each with the one that moves onto it."""
    state = ShiftState(pattern, shift, size, stride)
    before, after = (max_pool2d(state.input(s), size, stride=stride) for s in (0, shift))
    along = min(range(5), key=lambda cells: (abs(cells * stride - shift), cells))
    pairs = [
        (after[row, col], before[row, col - along])
        for row, col in np.ndindex(after.shape)
        if col >= along
    ]
    count = sum(one != other for one, other in pairs)
    framed = {tuple(frame[0].round(3)) for frame in ShiftScene().drawing(state).frames}
    assert len(framed) == sum(answer.changed.sum() for answer in answers(state))
    text = re.sub("<[^>]+>", "", describe(state))
    if shift % stride == 0:
        assert not framed
        assert "not one number changed" in text
        assert f"along by {along} cell" in text
        assert "equivariant" in text
        assert "invariant layer" not in text
    else:
        assert f"max pool {count} of {len(pairs)}" in text
        place = f"compared {along} cell along" if along else "compared in place"
        assert place in text
        assert ("as near" in text) == (shift % stride * 2 == stride)
        assert "An invariant layer would not notice" in text
        assert "equivariant" not in text
    assert len(text) < 250  # a third line would make the page jump


def test_what_moves_along_is_not_called_a_change():
    """A dot that moves by one whole window: every number is new where it was, none realigned."""
    answer = answers(ShiftState("one dot", 2))[0]
    assert (answer.before != answer.after).sum() == 2
    assert answer.changed.sum() == 0 == answer.change


def test_nearly_a_stride_is_compared_one_cell_along():
    """Moved by 3 of 4 columns, the digit's maxima fit 1 cell along better than in place."""
    state = ShiftState(shift=3, stride=4)
    before, after = (max_pool2d(state.input(shift), 2, stride=4) for shift in (0, 3))
    nearest = answers(state)[0]
    assert nearest.changed.sum() == (after[:, 1:] != before[:, :-1]).sum()
    assert nearest.compared.sum() == 6


def test_nothing_changes_before_anything_moves():
    shown = ShiftTest(shift=0)
    assert "both rows are the same" in shown.caption.value
    assert all(answer.change == 0 for answer in answers(shown.state))


@pytest.mark.parametrize(
    ("shift", "stride", "words"),
    [
        (1, 2, "half a stride: compared in place (1 cell along is as near)."),
        (1, 4, "less than half a stride: compared in place, the nearest."),
        (3, 2, "1½ strides: compared 1 cell along (2 are as near)."),
        (3, 4, "no whole stride: compared 1 cell along, the nearest."),
        (2, 2, "by 2 columns, a whole stride: every output moves along by 1 cell."),
        (4, 2, "by 4 columns, 2 whole strides: every output moves along by 2 cells."),
        (3, 1, "3 whole strides"),
    ],
)
def test_the_caption_tells_a_whole_stride_from_a_broken_one(shift, stride, words):
    assert words in ShiftTest(shift=shift, stride=stride).caption.value


def test_play_moves_through_all_shifts():
    shown = ShiftTest()
    assert shown.controls["shift"].play.max == shown.controls["shift"].max == 4
