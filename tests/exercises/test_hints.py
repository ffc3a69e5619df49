"""Hints come one by one: one more for each wrong answer that is not like one before."""
# ruff: noqa: ARG005 -- these are functions that readers get wrong

import threading

import numpy as np
import pytest

from convlab.exercises import check, checking, solution
from convlab.exercises.marking.questions import Exercise, Task
from convlab.exercises.marking.verdicts import Verdict
from convlab.exercises.record import RECORD, Record

HINTS = ("Look again.", "Two sides have padding.", "Add it twice.")


@pytest.fixture(autouse=True)
def few_questions(monkeypatch):
    """Ask a value and a function, whatever the lessons ask."""
    questions = {
        "1.1 sum": Exercise(7, HINTS, "3 + 4.", {"off by one": 8}),
        "1.2 double": Task(
            lambda x: 2 * x,
            ((np.eye(2),), (np.ones((1, 3)),)),
            HINTS,
            "Twice.",
            {"off by one": lambda x: 2 * x + 1},
            solution="def double(x):\n    return 2 * x\n",
        ),
        "1.3 in words": Task(lambda x: x, ((1,),), HINTS, "As it is."),
        "1.4 even": Exercise(2, HINTS, "Even.", accepts=lambda n: n % 2 == 0),
        "1.5 word": Exercise("it's", HINTS, "So."),
    }
    monkeypatch.setattr(checking, "EXERCISES", questions)
    monkeypatch.setattr("convlab.exercises.solutions.EXERCISES", questions)


def test_each_new_wrong_answer_earns_one_more_hint_until_there_are_no_more():
    counts = [len(check("1.1 sum", wrong).hints) for wrong in (1, 2, 3, 4, 5)]
    assert counts == [1, 2, 3, 3, 3]
    assert check("1.1 sum", 6).hints == HINTS


def test_the_same_answer_again_earns_none():
    for same in (1, 1.0, [1], np.array(1), [[1]], 1):
        assert len(check("1.1 sum", same).hints) in (1, 2, 3)
    assert len(check("1.1 sum", 1).hints) == len(check("1.1 sum", 1).hints)
    RECORD.clear()
    assert [len(check("1.1 sum", wrong).hints) for wrong in (1, 1, 2, 1, 2, 2.0)] == [
        1,
        1,
        2,
        2,
        2,
        2,
    ]


def test_a_known_mistake_earns_its_name_and_no_hint():
    assert check("1.1 sum", 8).hints == ()
    assert check("1.1 sum", 1).hints == HINTS[:1]


def test_what_is_no_answer_earns_no_hint():
    for answer in (..., None, "seven", {1, 2}):
        assert check("1.1 sum", answer).hints == ()
    assert check("1.1 sum", 1).hints == HINTS[:1]


def test_questions_have_hints_of_their_own():
    check("1.1 sum", 1)
    check("1.1 sum", 2)
    assert check("1.2 double", lambda x: x).hints == HINTS[:1]


def test_of_functions_those_that_give_the_same_are_the_same_answer():
    def thrice(x):
        return 3 * x

    def added(x):
        return x + x + x

    assert [len(check("1.2 double", f).hints) for f in (thrice, added, lambda x: x)] == [1, 1, 2]


def test_hints_are_numbered_and_shown_from_the_vaguest_on():
    check("1.1 sum", 1)
    assert repr(check("1.1 sum", 2)) == (
        "✗ Not yet. Hint 1 of 3: Look again.\nHint 2 of 3: Two sides have padding."
    )


def test_marking_alone_keeps_nothing():
    question = Exercise(7, HINTS)
    assert [question.mark(wrong).hints for wrong in (1, 2)] == [HINTS[:1]] * 2


def test_threads_do_not_lose_a_hint():
    record = Record()
    verdicts = [Verdict(False, hints=("a",), of=1, key=str(n)) for n in range(400)]
    threads = [
        threading.Thread(
            target=lambda some: [record.answered("1.1", v) for v in some], args=(part,)
        )
        for part in (verdicts[::4], verdicts[1::4], verdicts[2::4], verdicts[3::4])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert record.answered("1.1", verdicts[0]) == 400


# Solutions


def test_a_solution_is_kept_back_until_there_was_a_try():
    for answer in (..., None, "seven"):
        check("1.1 sum", answer)
        assert "Try it first" in repr(solution("1.1 sum"))
        assert "7" not in repr(solution("1.1 sum"))
    check("1.1 sum", 8)
    assert repr(solution("1.1 sum")) == "The answer is 7. 3 + 4."


def test_a_solution_can_be_asked_for_at_once():
    assert repr(solution("1.1 sum", anyway=True)) == "The answer is 7. 3 + 4."


@pytest.mark.parametrize(
    "answer", [lambda x: x, lambda x: 1 / 0, lambda x: 2 * x, lambda x: None if len(x) else 0]
)
def test_any_try_at_a_function_is_one(answer):
    check("1.2 double", answer)
    shown = solution("1.2 double")
    assert repr(shown) == "def double(x):\n    return 2 * x\n\nTwice."
    assert "<pre" in shown._repr_html_()


def test_a_call_that_is_refused_is_no_try():
    check("1.2 double", int)
    check("1.2 double", lambda: 1)
    check("1.2 double", lambda x: ...)
    assert "Try it first" in repr(solution("1.2 double"))


def test_solutions_of_other_kinds():
    assert repr(solution("1.3 in words", anyway=True)) == "In words: Add it twice. As it is."
    assert repr(solution("1.4 even", anyway=True)) == "One right answer is 2. Even."
    assert repr(solution("1.5 word", anyway=True)) == 'The answer is "it\'s". So.'


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match=r"`name` must be one of 1.1 sum, .*, got '9'"):
        solution("9")
    with pytest.raises(ValueError, match=r"`name` must be one of 1.1 sum, .*, got \['9'\]"):
        solution(["9"])
    with pytest.raises(ValueError, match=r"`name` must be one of 1.1 sum, .*, got \['9'\]"):
        check(["9"], 1)
    with pytest.raises(TypeError, match=r"`anyway` must be True or False, got 1"):
        solution("1.1 sum", anyway=1)
