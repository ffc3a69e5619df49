"""Marking: only a wholly right answer is right, and no answer raises."""

import math
import re
from random import Random

import numpy as np
import pytest

from convlab.exercises import EXERCISES, check
from convlab.exercises.drill_questions import TOPICS, draw_question
from convlab.exercises.mistakes import MISTAKES
from convlab.exercises.questions import Exercise, Task, same
from convlab.explore.backprop.planted_backward import PLANTED as BACKWARD
from convlab.explore.samples import GUIDE_INPUT, GUIDE_KERNEL


def own(function):
    """Return a function as a reader's own: one that does not say what it calls."""
    return lambda *arguments: function(*arguments)


every_question = pytest.mark.parametrize("name", list(EXERCISES))


@every_question
def test_the_right_answer_is_right(name):
    question = EXERCISES[name]
    answer = question.expected if isinstance(question, Exercise) else own(question.reference)
    verdict = check(name, answer)
    assert verdict.right is True
    assert repr(verdict).startswith("✓ Right.")


@every_question
@pytest.mark.parametrize(
    "answer", [None, "nonsense", -12345.678, [[1, 2], [3]], {"a": 1}, np.nan, {1, "a"}, b"", 1j]
)
def test_a_wrong_answer_earns_a_hint(name, answer):
    verdict = check(name, answer)
    assert verdict.right is False
    assert len(verdict.words) > 10


@every_question
def test_three_dots_are_no_answer_yet(name):
    assert repr(check(name, ...)).startswith("○ Not answered yet.")


def unfinished(x, k): ...


def commented(x, k):
    """With no more than a docstring."""


@pytest.mark.parametrize("name", [n for n, q in EXERCISES.items() if isinstance(q, Task)])
def test_an_empty_body_is_no_answer_yet_and_a_missing_return_is_said(name):
    assert check(name, unfinished).right is None
    assert check(name, commented).right is None

    def forgotten(*arguments):
        _ = np.zeros(len(arguments))

    verdict = check(name, forgotten)
    assert verdict.right is False
    assert "returned nothing: is there a `return`?" in verdict.words


@every_question
def test_one_wrong_entry_is_wrong(name):
    question = EXERCISES[name]
    if isinstance(question, Task):

        def nearly(*arguments):
            result = np.array(question.reference(*arguments), float)
            result.flat[-1] += 1
            return result

        assert check(name, nearly).right is False
    elif not isinstance(question.expected, str | bool):
        nearly = np.array(question.expected, float)
        nearly.flat[-1] += 1
        assert check(name, nearly).right is False


@pytest.mark.parametrize("name", [n for n, q in EXERCISES.items() if isinstance(q, Task)])
def test_a_function_that_fails_or_spoils_its_arguments_is_no_harm(name):
    question = EXERCISES[name]

    def spoil(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = 0
        raise KeyError("oops")

    verdict = check(name, spoil)
    assert verdict.right is False
    assert "KeyError" in verdict.words
    assert check(name, own(question.reference)).right is True


def test_an_unknown_question_is_named():
    with pytest.raises(ValueError, match=r"`name` must be one of 1.1 output size, .* got '9.9'"):
        check("9.9", 1)


def test_sameness_is_of_shape_and_of_every_entry():
    assert same((3, 2), np.array([3, 2]))
    assert same(1 / 3, 0.3333333333)
    assert not same([3, 2, 2], (3, 2))
    assert not same(6.0, (6.0, 6.0))
    assert not same([[1, 2]], [1, 2])  # of a function's results; values may have axes of length 1
    assert same("same", "same")
    assert not same(1, True)
    assert not same(True, 1)


def test_whole_numbers_must_be_met_to_the_last_digit():
    assert not same(5_529_601, 5_529_600)
    assert same(3 * (1 / 3), 1)
    assert same(0.1 + 0.2, 0.3)


def test_a_value_is_right_in_substance():
    assert check("6.2 one row", [[0, 0, 0, 1, 2, 0, 3, 4, 0]]).right
    assert check("4.1 parameters", [1792]).right
    for answer in ([9, 8, 7, 3], {3, 7, 8, 9}, (3, 7, 8, 9), np.array([3, 9, 7, 8])):
        assert check("2.3 never read", answer).right
    assert not check("2.3 never read", [3, 7, 8]).right
    assert not check("1.1 output size", (5, 4)).right  # there the order counts


PLANTED = [(name, mistake) for name, q in EXERCISES.items() for mistake in q.mistakes]


@pytest.mark.parametrize(("name", "mistake"), PLANTED)
def test_a_known_mistake_is_called_by_its_name_and_is_never_right(name, mistake):
    made = EXERCISES[name].mistakes[mistake]
    verdict = check(name, own(made) if callable(made) else made)
    assert verdict.right is False
    assert verdict.mistake == mistake
    assert verdict.words == MISTAKES[mistake]


def test_every_mistake_of_the_catalogue_can_be_made_and_says_where_it_is_treated():
    drawn = {m for t in TOPICS for n in range(40) for m in draw_question(t, Random(n)).mistakes}
    in_gradients = {name for some in BACKWARD.values() for name in some}
    assert {mistake for _, mistake in PLANTED} | drawn | in_gradients == set(MISTAKES)
    for words in MISTAKES.values():
        assert re.search(r"\(lesson ([1-9]|10)\)\.$", words)


def test_an_unknown_mistake_earns_the_hint():
    verdict = check("1.1 output size", (7, 7))
    assert (verdict.right, verdict.mistake) == (False, None)
    assert verdict.words == EXERCISES["1.1 output size"].hints[0]


def test_a_function_that_answers_the_question_may_not_be_called():
    from convlab import conv_matrix

    def cheat(w, rows, cols, stride, padding):
        return conv_matrix(w, (rows, cols), stride=stride, padding=padding)

    verdict = check("6.3 matrix", cheat)
    assert verdict.right is False
    assert "`conv_matrix` would answer it" in verdict.words


def test_ragged_results_are_said_to_be_no_array():
    assert "no array of numbers came back" in check("6.4 patches", lambda *_: [[1], [1, 2]]).words


def by_loops(x, w, stride=1, padding=0):
    x = np.pad(x, padding)
    shape = [(n - k) // stride + 1 for n, k in zip(x.shape, w.shape, strict=True)]
    y = np.zeros(shape)
    for r, c in np.ndindex(*shape):
        for u, v in np.ndindex(*w.shape):
            y[r, c] += w[u, v] * x[r * stride + u, c * stride + v]
    return y


def starts(n, k, stride, before, after):
    """Count the places of a window one by one."""
    return sum(first + k <= n + before + after for first in range(0, n + before + after, stride))


def test_expected_values_come_out_of_plain_loops_and_hands():
    """None of these uses what the exercises are computed with."""
    expected = {name: q.expected for name, q in EXERCISES.items() if isinstance(q, Exercise)}
    assert expected["1.1 output size"] == (starts(6, 3, 1, 0, 0), starts(12, 3, 2, 0, 0))
    assert expected["1.2 one pixel"] == by_loops(GUIDE_INPUT, GUIDE_KERNEL)[0, 2]
    assert expected["2.1 output size"] == (starts(32, 5, 2, 2, 2), starts(100, 3, 3, 1, 1))
    reach = 3 * (math.ceil(10 / 3) - 1) + 4
    assert sum(expected["2.2 same padding"]) == reach - 10
    read = {r for first in range(0, 10 - 2, 4) for r in range(first, first + 3)}
    assert expected["2.3 never read"] == sorted(set(range(10)) - read)

    def cells(unit, layers):
        """Walk down from a unit, cell by cell."""
        seen = {unit}
        for k, s, d in reversed(layers):
            seen = {u * s + t * d for u in seen for t in range(k)}
        return seen

    four = [(3, 1, 1)] * 4
    rings, side = expected["3.1 rings"]
    assert side == len(cells(0, four)) == 2 * rings + 1
    stack = [(5, 1, 1), (2, 2, 1), (3, 1, 1), (2, 2, 1), (3, 1, 1)]
    assert expected["3.2 by hand"] == (
        len(cells(0, stack)),
        min(cells(1, stack)) - min(cells(0, stack)),
    )
    spans = [cells(0, [(3, 1, d) for d in dilations]) for dilations in ((1, 2, 4), (2, 2, 2))]
    assert expected["3.4 dilations"] == (max(spans[0]) + 1, max(spans[1]) + 1, len(spans[1]))
    assert len(spans[0]) == 15
    assert expected["4.1 parameters"] == np.zeros((64, 3, 3, 3)).size + np.zeros(64).size
    assert (
        expected["4.2 bias once"]
        == sum(by_loops(np.ones((3, 3)), np.ones((3, 3)))[0, 0] for _ in range(3)) + 2
    )
    flat = by_loops(np.full((3, 3), 50.0), np.outer([1, 2, 1], [1, 2, 1]))[0, 0]
    assert expected["5.1 forgotten division"] == (flat, int(flat) % 256)
    picture = np.arange(30.0).reshape(5, 6)
    moved = by_loops(picture, np.array(expected["5.2 shift down"], float), padding=1)
    assert np.array_equal(moved[1:], picture[:-1])
    whole = sum(1 for _ in np.ndindex(20, 30, 9, 9))
    assert expected["5.3 products"] == (whole, sum(1 for _ in np.ndindex(20, 30, 9 + 9)))
    outputs = 3 * starts(5, 3, 2, 1, 1) * starts(6, 2, 1, 1, 1)
    assert expected["6.1 shape of the matrix"] == (outputs, 2 * 5 * 6)
    unit = np.eye(9).reshape(9, 3, 3)
    row = [by_loops(x, np.array([[1.0, 2], [3, 4]]))[1, 0] for x in unit]
    assert np.array_equal(expected["6.2 one row"], row)
    assert expected["8.1 price"] == (0, sum(1 for _ in np.ndindex(64, 64, 2, 2)))
    line, out = [2, 7, 7, 1, 7], [0] * 5
    for start, grad in enumerate((1, 10, 100)):
        window = line[start : start + 3]
        out[start + window.index(max(window))] += grad
    assert expected["8.2 where it goes"] == [out]
