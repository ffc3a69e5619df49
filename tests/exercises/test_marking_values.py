"""Marking a value: what is right in substance is right, and what is not is told what differs."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse

from convlab.exercises.marking.questions import Exercise
from convlab.exercises.marking.sameness import fingerprint, same, written
from tests.exercises.odd_answers import ODD, Hostile

HINTS = ("Think.", "Count.")
PAIR = Exercise((4, 7), HINTS, "Counted.", {"axes swapped": (7, 4), "off by one": (3, 6)})
NUMBER = Exercise(0.25, HINTS)
GRID = Exercise(np.array([[0, 2], [0, 0]]), HINTS)
ROWS = Exercise([3, 7, 8], HINTS, in_any_order=True)
WORD = Exercise("max pooling", HINTS)
YES = Exercise(True, HINTS)
EVEN = Exercise(4, HINTS, accepts=lambda answer: answer % 2 == 0)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (PAIR, [4, 7]),
        (PAIR, [[4, 7]]),
        (PAIR, np.array([[4.0], [7.0]])),
        (PAIR, (np.int64(4), np.float32(7))),
        (PAIR, (Fraction(8, 2), Decimal(7))),
        (PAIR, range(4, 8, 3)),
        (PAIR, scipy.sparse.csr_array([[4, 7]])),
        (NUMBER, [0.25]),
        (NUMBER, [[0.25]]),
        (NUMBER, Fraction(1, 4)),
        (NUMBER, np.float32(0.25)),
        (NUMBER, 0.25 + 1e-9),
        (GRID, [[0, 2], [0, 0]]),
        (GRID, scipy.sparse.coo_array(([2], ([0], [1])), shape=(2, 2))),
        (GRID, np.array([[0, 2], [0, 0]], np.uint8)),
        (ROWS, {8, 3, 7}),
        (ROWS, (8.0, 7.0, 3.0)),
        (ROWS, [[3], [8], [7]]),
        (ROWS, frozenset([3, 7, 8])),
        (WORD, " Max  Pooling "),
        (YES, np.True_),
        (EVEN, 4),
        (EVEN, 10),
    ],
)
def test_what_is_right_in_substance_is_right(question, answer):
    assert question.mark(answer).right is True


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        (PAIR, 4, "2 numbers are asked for, and 1 came. Think."),
        (PAIR, [4, 7, 7], "2 numbers are asked for, and 3 came. Think."),
        (NUMBER, (1, 2), "One number is asked for, and 2 came. Think."),
        (PAIR, (5, 5), "Think."),
        (PAIR, {4, 7}, "Numbers are asked for, and a set came. A set has no order"),
        (PAIR, None, "and None came. Does it print its result"),
        (PAIR, "4, 7", "and a text came. Leave out the quotes."),
        (PAIR, ("4", "7"), "and texts came. Leave out the quotes."),
        (PAIR, {"rows": 4, "columns": 7}, "and a dictionary came."),
        (PAIR, (n for n in (4, 7)), "and a generator came."),
        (PAIR, lambda: (4, 7), "and a function came. What it returns is asked for"),
        (PAIR, [[4], [7, 7]], "and a list of rows that differ in length came."),
        (PAIR, (True, False), "and True and False came."),
        (PAIR, (4 + 0j, 7), "and complex numbers came. Take `.real`"),
        (PAIR, (np.nan, 7), "NaN came."),
        (PAIR, (np.inf, 7), "Infinity came."),
        (PAIR, (None, 7), "and a list of what is no number came."),
        (NUMBER, None, "A number is asked for, and None came."),
        (NUMBER, True, "A number is asked for, and True or False came."),
        (GRID, [0, 2, 0, 0], "The numbers are right, their shape is not: (4,) came for (2, 2)."),
        (
            Exercise([1, 2, 3], HINTS),
            [3, 2, 1],
            "The numbers are right, their order is not. Think.",
        ),
        (ROWS, [3, 7], "Think."),
        (ROWS, {3, "a"}, "Numbers are asked for"),
        (WORD, 3, "A word is asked for, in quotes, and 3 came."),
        (WORD, "min pooling", "Think."),
        (YES, 1, "True or False is asked for, and 1 came."),
        (YES, False, "Think."),
        (EVEN, 5, "Think."),
        (EVEN, "six", "A number is asked for, and a text came."),
    ],
)
def test_what_is_wrong_is_told_what_differs(question, answer, words):
    verdict = question.mark(answer)
    assert verdict.right is False
    assert words in verdict.words


@pytest.mark.parametrize("answer", ["six", b"6", True])
@pytest.mark.parametrize("question", [NUMBER, PAIR])
def test_what_is_asked_for_is_said_once(question, answer):
    assert question.mark(answer).words.count("asked for") == 1


def test_a_known_mistake_goes_before_everything_else():
    assert PAIR.mark((7, 4)).mistake == "axes swapped"
    assert "order" not in PAIR.mark((7, 4)).words


@pytest.mark.parametrize("question", [PAIR, NUMBER, GRID, ROWS, WORD, YES, EVEN])
@pytest.mark.parametrize("index", range(len(ODD)))
def test_no_answer_raises_or_cannot_be_shown(question, index):
    verdict = question.mark(ODD[index])
    assert (verdict.right is None) == (ODD[index] is ...)
    assert repr(verdict)
    assert (verdict._repr_html_() is None) == (verdict.right is None)


def test_sameness_of_several_arrays_is_of_each():
    expected = (np.eye(2), np.ones(3), 4.0)
    assert same([np.eye(2).tolist(), (1, 1, 1), 4], expected)
    assert not same((np.eye(2), np.ones(3)), expected)
    assert not same((np.eye(2), np.ones(3), 5.0), expected)
    assert not same(4.0, expected)


def test_a_fingerprint_tells_answers_apart_by_what_they_say():
    alike = [(1, 2), [1.0, 2.0], np.array([1, 2], np.int8)]
    others = [[2, 1], [[1, 2]], [1, 2, 3], "1, 2", None, {1, 2}, [1, 2.001]]
    assert len({fingerprint(answer) for answer in alike}) == 1
    assert len({fingerprint(answer) for answer in (alike[0], *others)}) == len(others) + 1
    assert fingerprint(0.0) == fingerprint(-0.0)
    assert all(fingerprint(answer) for answer in ODD if type(answer) is not Hostile)


def test_anything_can_be_written_shortly():
    assert all(0 < len(written(answer)) <= 60 for answer in ODD)
