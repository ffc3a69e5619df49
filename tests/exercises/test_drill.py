"""The drill's order: the same for the same seed and answers, and sooner again what went wrong."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convlab.exercises.drill.drill import Answered, Drill, as_topics, following
from convlab.exercises.drill.drill_questions import TOPICS
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

seeds = st.integers(0, 10**9)
few = settings(max_examples=20)  # each draws dozens of questions
WAYS = ("right", "mistake", "wrong", "given up", "skipped")
ways = st.lists(st.sampled_from(WAYS), min_size=1, max_size=12)


def answer(drill, way):
    """Answer the question in one of many ways; return the mistake that was made."""
    question = drill.question
    if way == "right":
        drill.mark(question.expected)
    elif way == "mistake":
        name = sorted(question.mistakes)[0]
        drill.mark(question.mistakes[name])
        return name
    elif way == "wrong":
        drill.mark(np.array(question.expected) + 10_000)
    elif way == "given up":
        drill.give_up()
    return None


def asked(drill, ways_):
    """Return the questions that come where they are answered so."""
    questions = []
    for way in ways_:
        questions.append(drill.question)
        answer(drill, way)
        drill.next()
    return [*questions, drill.question]


@few
@given(seeds, ways, st.booleans())
def test_the_same_seed_and_the_same_answers_give_the_same_questions(seed, ways_, adaptive):
    one, other = (Drill(seed, adaptive=adaptive) for _ in range(2))
    assert asked(one, ways_) == asked(other, ways_)
    assert one.history == other.history


@few
@given(seeds, st.lists(st.sampled_from(WAYS), min_size=10, max_size=10))
def test_a_class_has_the_same_ten_questions_whatever_it_answers(seed, ways_):
    one = asked(Drill(seed, adaptive=False), ways_)
    other = asked(Drill(seed, adaptive=False), ["right"] * 10)
    assert one == other


@few
@given(seeds)
def test_without_adapting_each_round_has_every_topic_once(seed):
    topics = [question.topic for question in asked(Drill(seed, adaptive=False), ["wrong"] * 19)]
    for start in range(0, 20, 5):
        assert set(topics[start : start + 5]) == set(TOPICS)


@few
@given(seeds)
def test_where_all_goes_well_every_topic_has_its_turn(seed):
    topics = [question.topic for question in asked(Drill(seed), ["right"] * 14)]
    for start in range(11):
        assert set(topics[start : start + 5]) == set(TOPICS)


def test_other_seeds_give_other_questions():
    first = {Drill(seed, topics="parameters").question.words for seed in range(30)}
    assert len(first) > 20
    assert len({tuple(q.words for q in asked(Drill(s), ["right"] * 3)) for s in range(10)}) == 10


def test_without_a_seed_each_drill_has_one_of_its_own_that_can_be_told():
    drills = [Drill() for _ in range(8)]
    assert len({drill.seed for drill in drills}) > 1
    again = Drill(drills[0].seed)
    assert again.question == drills[0].question


@given(seeds, st.integers(0, 7), st.sampled_from(["mistake", "wrong", "given up", "skipped"]))
def test_what_went_wrong_comes_back_sooner_and_with_the_same_trap(seed, before, way):
    drill = Drill(seed)
    asked(drill, ["right"] * before)
    topic, mistake = drill.question.topic, answer(drill, way)
    assert drill.next().topic != topic
    answer(drill, "right")
    question = drill.next()
    assert question.topic == topic
    assert mistake is None or mistake in question.mistakes


@given(seeds)
def test_what_went_right_again_is_no_trap_any_more(seed):
    drill = Drill(seed, topics="gradient shapes")
    mistake = answer(drill, "mistake")
    assert mistake in drill.next().mistakes
    answer(drill, "right")
    order, history = drill.topics, drill.history
    assert following(order, history) == ("gradient shapes", None)


@given(seeds, st.lists(st.sampled_from(WAYS), min_size=60, max_size=60))
def test_no_topic_is_forgotten(seed, ways_):
    """Whatever goes wrong, every topic comes at least once in ten questions."""
    history = []
    order = list(TOPICS)
    for way in ways_:
        topic, _ = following(order, history)
        history.append(Answered(topic, way == "right"))
    for topic in order:
        places = [-1, *(n for n, one in enumerate(history) if one.topic == topic), len(history)]
        assert max(later - sooner for sooner, later in pairwise(places)) <= 10, seed


def test_only_the_first_answer_counts_and_none_that_is_not_understood():
    drill = Drill(3, topics="parameters")
    expected, wrong = drill.question.expected, drill.question.mistakes["one kernel counted"]
    assert drill.mark("what?").right is None
    assert drill.mark("").right is None
    assert (drill.history, drill.is_answered, drill.number) == ([], False, 1)
    assert drill.mark(wrong).mistake == "one kernel counted"
    assert drill.mark(expected).right is True
    drill.give_up()
    assert drill.history == [Answered("parameters", False, "one kernel counted")]
    assert (drill.is_answered, drill.number) == (True, 1)
    drill.next()
    assert (drill.is_answered, drill.number) == (False, 2)


def test_an_answer_can_be_corrected():
    drill = Drill(3, topics="parameters")
    drill.mark(drill.question.mistakes["one kernel counted"])
    assert drill.correct(drill.question.expected).right is True
    assert drill.history == [Answered("parameters", True)]
    assert drill.correct("?").right is None
    assert (drill.history, drill.is_answered) == ([], False)
    assert drill.correct(drill.question.expected).right is True
    assert len(drill.history) == 1


def test_right_answers_and_slips_are_counted():
    drill = Drill(11)
    for mistake in ("stride ignored", "batch kept", None, "batch kept"):
        drill.history.append(Answered("parameters", False, mistake))
    answer(drill, "right")
    assert (drill.right, len(drill.history)) == (1, 5)
    assert list(drill.slips.items()) == [("batch kept", 2), ("stride ignored", 1)]


def test_topics_can_be_chosen():
    assert as_topics(None) == tuple(TOPICS)
    assert as_topics("parameters") == as_topics(["parameters", "parameters"]) == ("parameters",)
    two = ("receptive field", "output size")
    for adaptive in (True, False):
        drill = Drill(1, adaptive=adaptive, topics=iter(two))
        topics = {question.topic for question in asked(drill, ["wrong", "right"] * 4)}
        assert topics == set(two)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"seed": -1}, ValueError, "`seed` must be at least 0, got -1"),
        ({"seed": 1.5}, TypeError, "`seed` must be an int, got 1.5"),
        ({"seed": True}, TypeError, "`seed` must be an int, got True"),
        ({"seed": "7"}, TypeError, "`seed` must be an int, got '7'"),
        ({"adaptive": 1}, TypeError, "`adaptive` must be True or False, got 1"),
        ({"topics": []}, ValueError, "`topics` must name at least one of output size, .* got []"),
        ({"topics": "sizes"}, ValueError, "`topics` must be among output size, .* got 'sizes'"),
        ({"topics": ["sizes"]}, ValueError, "`topics` must be among output size, .* got 'sizes'"),
        ({"topics": 3}, TypeError, "`topics` must be a str or strings, got 3"),
        ({"topics": [3]}, TypeError, "`topics` must be a str or strings, got 3"),
    ],
)
def test_bad_arguments_are_named(arguments, error, message):
    with pytest.raises(error, match=re.escape(message).replace(r"\.\*", ".*")):
        Drill(**{"seed": 1} | arguments)


def test_a_numpy_seed_is_a_seed():
    assert Drill(np.int64(4)).question == Drill(4).question
