"""Questions, hints, verdicts, solutions and the drill speak Chinese, all of them."""

import re

import pytest

from convlab.exercises import EXERCISES, PREDICTIONS, check, predict, progress, solution
from convlab.exercises.drill.drill import Drill
from convlab.exercises.drill.drill_questions import TOPICS
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise
from convlab.exercises.riddles import RIDDLES
from convlab.explore import Sweep
from convlab.widgets.asking import Asking
from convlab.widgets.controls import columns
from tests.exercises.odd_answers import ODD
from tests.speaking import faults, foreign, shown, speaking

LESSONS = range(1, 11)


@pytest.fixture
def unknown():
    with speaking("zh") as found:
        yield found


def assert_chinese(text):
    """Assert that a text keeps to the rules of spaces and stops, wherever it holds no code."""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "x", text)
    assert faults(text) == []


def test_predictions_are_asked_and_answered_in_chinese(unknown):
    for question in PREDICTIONS.values():
        given = [question.answer, *question.choices, "1 2 3 4 5 6 7"]
        for values in question.slips.values():
            given += [values] if isinstance(values, str) else values
        for answer in given:
            asking = Asking(question, lambda: None)
            asking.commit(answer)
            page = shown(asking.verdict.value)
            assert foreign(re.sub(r"你的预测：.*?。", "", page)) == []
            assert_chinese(page)
            asking.close()
    assert unknown == set()


def test_a_choice_is_shown_in_chinese_and_marked_all_the_same(unknown):
    question = PREDICTIONS["2h frame"]
    asking = Asking(question, lambda: None)
    chosen = next(made for made in asking.choices if made.description == "变暗")
    chosen.click()
    assert "你的预测：<b>变暗</b>。正是如此。" in asking.verdict.value
    assert unknown == set()


@pytest.mark.usefixtures("unknown")
def test_every_choice_has_room_for_its_chinese_words():
    for question in PREDICTIONS.values():
        asking = Asking(question, lambda: None)
        for made in asking.choices:
            needed = 7 * columns(made.description) + 20
            assert int(made.layout.width.removesuffix("px")) >= needed, made.description
        asking.close()


def test_a_covered_picture_says_so_in_chinese(unknown):
    explorer = predict("1d flip", Sweep())
    assert foreign(repr(explorer).removeprefix("Sweep")) == []
    explorer.asking.show()
    assert foreign(repr(explorer).removeprefix("Sweep")) == []
    explorer.close()
    assert unknown == set()


@pytest.mark.parametrize("text", ["（3，2）", "3、2", "３ × ２", "3 和 2"])
def test_numbers_may_be_typed_as_one_types_them_in_chinese(text):
    assert Prediction("rows, columns", "3 × 2").mark(text).right


@pytest.mark.parametrize("lesson", LESSONS)
def test_verdicts_and_hints_are_chinese(unknown, lesson):
    for name, question in EXERCISES.items():
        if int(name.partition(".")[0]) != lesson:
            continue
        wrong = [123.5, "x", [1, 2, 3], None] if isinstance(question, Exercise) else [3]
        right = [question.expected] if isinstance(question, Exercise) else []
        mistakes = [*question.mistakes.values()][:2]
        for answer in [..., *wrong, *mistakes, *wrong, *right]:
            verdict = check(name, answer)
            told = repr(verdict), verdict._repr_html_()
            assert re.search("[\u4e00-\u9fff]", told[0])
        repr(solution(name, anyway=True))
        repr(progress(lesson))
    assert unknown == set()


def test_odd_answers_are_told_so_in_chinese(unknown):
    number, many = EXERCISES["1.2 one pixel"], EXERCISES["1.1 output size"]
    for odd in ODD:
        for question in (number, many):
            repr(question.mark(odd))
    assert unknown == set()


def test_riddles_say_in_chinese_what_they_show(unknown):
    for draw in RIDDLES.values():
        drawn = draw()
        assert foreign(drawn.words) == []
        assert_chinese(drawn.words)
    assert unknown == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_the_drill_speaks_chinese(unknown, topic):
    drill = Drill(seed=3, topics=topic)
    for _ in range(12):
        question = drill.question
        for text in (question.words, question.hint, question.why, question.form):
            assert foreign(re.sub(r"\b[RJdsr]\b", "", text)) == [], text
            assert_chinese(text)
        for answer in (*question.mistakes.values(), "what", "", question.expected):
            repr(question.mark(answer))
        drill.next()
    assert unknown == set()


def test_names_of_exercises_are_the_same_in_every_language():
    with speaking("zh"):
        assert check("1.1 output size", (4, 5)).right
        with pytest.raises(ValueError, match=r"`name` 必须是 1\.1 output size, "):
            check("1.1 输出大小", 3)
