"""Marking: only a wholly right answer is right, and no answer raises."""

import re
from random import Random

import numpy as np
import pytest

from convlab.exercises import EXERCISES, check
from convlab.exercises.drill.drill_questions import TOPICS, draw_question
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.questions import Exercise, Task, same
from convlab.explore.backprop.planted_backward import PLANTED as BACKWARD


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
    assert check("4.1 parameters", [7248]).right
    unread = [11, 4, 8, 3, 10, 9]
    for answer in (unread, set(unread), tuple(unread), np.array(unread)):
        assert check("2.3 never read", answer).right
    assert not check("2.3 never read", [3, 4, 8, 9, 10]).right
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
