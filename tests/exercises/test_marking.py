"""Marking: only a wholly right answer is right, and no answer raises."""

import numpy as np
import pytest

from convlab.exercises import EXERCISES, check
from convlab.exercises.questions import Exercise, Task, same

every_question = pytest.mark.parametrize("name", list(EXERCISES))


@every_question
def test_the_right_answer_is_right(name):
    question = EXERCISES[name]
    answer = question.expected if isinstance(question, Exercise) else question.reference
    verdict = check(name, answer)
    assert verdict.right is True
    assert repr(verdict).startswith("✓ Right.")


@every_question
@pytest.mark.parametrize("answer", [None, "nonsense", -12345.678, [[1, 2], [3]], {"a": 1}, np.nan])
def test_a_wrong_answer_earns_a_hint(name, answer):
    verdict = check(name, answer)
    assert verdict.right is False
    assert len(verdict.words) > 10


@every_question
def test_three_dots_are_no_answer_yet(name):
    assert repr(check(name, ...)).startswith("○ Not answered yet.")
    if isinstance(EXERCISES[name], Task):
        assert check(name, lambda *_: None).right is None


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
    assert check(name, question.reference).right is True


def test_an_unknown_question_is_named():
    with pytest.raises(ValueError, match=r"`name` must be one of 1.1 output size, .* got '9.9'"):
        check("9.9", 1)


def test_sameness_is_of_shape_and_of_every_entry():
    assert same((3, 2), np.array([3, 2]))
    assert same(1 / 3, 0.3333333333)
    assert not same([3, 2, 2], (3, 2))
    assert not same(6.0, (6.0, 6.0))
    assert not same([[1, 2]], [1, 2])
    assert same("same", "same")
    assert not same(1, True)
    assert not same(True, 1)


def test_whole_numbers_must_be_met_to_the_last_digit():
    assert not same(5_529_601, 5_529_600)
    assert same(3 * (1 / 3), 1)
    assert same(0.1 + 0.2, 0.3)
