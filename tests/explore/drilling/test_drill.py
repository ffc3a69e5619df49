"""The drill as a widget: a hand types and presses, and reads what is said."""

import html
import re

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances

from convlab import explore
from convlab.exercises.drill.drill import Drill
from convlab.exercises.drill.drill_questions import TOPICS
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.explore import drill
from convlab.explore.drilling import drill_words
from convlab.explore.drilling.drill import DrillCard
from convlab.widgets import lifetime
from convlab.widgets.lock import LOCK
from convlab.widgets.spoken import SAID
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

every_topic = pytest.mark.parametrize("topic", list(TOPICS))


@pytest.fixture
def card():
    card = drill(seed=1, topics="parameters")
    yield card
    card.close()


def text_of(value):
    return html.unescape(re.sub(r"<[^>]+>", "", value))


def typed(answer):
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


def enter(card, text):
    """Type a text and press Enter, as the page reports it: the key before the text."""
    card.answer._handle_custom_msg({"event": "submit"}, [])
    card.answer.value = text


def press(card, text):
    card.answer.value = text
    card.check_button.click()


def wrong_of(card):
    """Return a mistake that can be made in the question, and what comes out."""
    return next(iter(card.drill.question.mistakes.items()))


def shows_a_picture(card):
    return bytes(card.picture.value).startswith(b"\x89PNG") and not hidden(card.picture)


def hidden(part):
    return part.layout.display == "none"


def test_it_is_exported_but_is_no_explorer():
    assert explore.drill is drill
    assert "drill" not in explore.__all__


def test_it_needs_no_arguments():
    card = drill()
    assert isinstance(card, DrillCard)
    assert f"drill(seed={card.drill.seed})" in card.score.value
    card.close()


@every_topic
def test_a_question_is_asked_in_words_and_shows_nothing_of_its_answer(topic):
    card = drill(seed=5, topics=topic)
    question = card.drill.question
    assert text_of(card.question.value).startswith(f"Question 1: {topic}")
    assert question.words in text_of(card.question.value)
    assert question.form in text_of(card.question.value)
    assert card.answer.placeholder == question.form
    assert all(hidden(part) for part in (card.picture, card.caption, card.details))
    assert (card.picture.value, card.caption.value, card.details.value) == (b"", "", "")
    assert text_of(card.verdict.value) == ""
    assert text_of(card.score.value).startswith("Nothing answered yet.")
    sent = " ".join(
        str(widget.get_state())
        for widget in lifetime.every_widget(card)
        if not isinstance(widget, widgets.Layout)
    )
    assert question.why not in html.unescape(sent)
    card.close()


def test_the_numbers_stand_in_tables_where_values_are_asked_for():
    card = drill(seed=5, topics="output value")
    case = card.drill.question.case
    tables = re.findall(r"<table class=\"convlab-grid.*?</table>", card.numbers.value)
    for table, numbers in zip(tables, (case.x, case.weight), strict=True):
        shown = [int(n.replace("−", "-")) for n in re.findall(r"<td>(.*?)</td>", table)]
        assert shown == np.ravel(numbers).tolist()
    assert ["input" in tables[0], "kernel" in tables[1]] == [True, True]
    card.close()


def test_the_layers_stand_in_a_table_and_r_and_j_only_afterwards():
    card = drill(seed=5, topics="receptive field")
    question = card.drill.question
    for layer in question.case.layers:
        assert f"<td>{layer.kernel_size[1]}</td><td>{layer.stride[1]}</td>" in card.numbers.value
    assert "<th>R</th>" not in card.numbers.value
    press(card, typed(question.expected))
    size, jump = question.expected
    assert "<th>R</th><th>J</th>" in card.details.value
    assert f"<td>{size}</td><td>{jump}</td></tr></table>" in card.details.value
    card.close()


@every_topic
@pytest.mark.parametrize("submit", [enter, press])
def test_a_right_answer_is_right_and_the_picture_comes(topic, submit):
    card = drill(seed=6, topics=topic)
    question = card.drill.question
    submit(card, typed(question.expected))
    assert text_of(card.verdict.value) == f"✓ Right. {question.why}"
    assert shows_a_picture(card)
    assert not any(hidden(part) for part in (card.picture, card.caption, card.details))
    assert len(text_of(card.caption.value)) > 30
    assert SAID in card.caption._dom_classes
    assert text_of(card.score.value).startswith("1 of 1 right")
    assert card.status.value == ""
    card.close()


@every_topic
def test_a_wrong_answer_is_told_its_mistake_and_what_is_right(topic):
    card = drill(seed=7, topics=topic)
    question = card.drill.question
    for name, answer in question.mistakes.items():
        other = drill(seed=7, topics=topic)
        press(other, typed(answer))
        verdict = text_of(other.verdict.value)
        assert verdict.startswith(f"✗ Not yet. {name}: {MISTAKES[name]} The answer is ")
        assert verdict.endswith(question.why)
        assert text_of(other.score.value).startswith(f"0 of 1 right; slipped on: {name} (1)")
        assert shows_a_picture(other)
        other.close()
    card.close()


def test_a_wrong_answer_that_no_mistake_gives_earns_the_hint(card):
    press(card, "-7")
    question = card.drill.question
    assert text_of(card.verdict.value).startswith(f"✗ Not yet. {question.hint} The answer is ")
    assert text_of(card.score.value).startswith("0 of 1 rightdrill(")


def test_what_is_not_understood_does_not_count_and_is_no_html(card):
    for text in ("<img src=x onerror=alert(1)>", "", "4, 5", "{number}", "{", "%s"):
        press(card, text)
        assert "<img" not in card.verdict.value
        assert "Not answered yet" in card.verdict.value
        assert not card.check_button.disabled
        assert card.drill.history == []
    assert "“<img src=x" not in text_of(card.verdict.value)
    press(card, typed(card.drill.question.expected))
    assert text_of(card.score.value).startswith("1 of 1 right")


def buttons(card):
    """Return which of check, show me and next can be pressed."""
    return [not b.disabled for b in (card.check_button, card.show_button, card.next_button)]


def test_only_what_makes_sense_can_be_pressed(card):
    assert buttons(card) == [True, True, False]
    assert not card.answer.disabled
    press(card, "1")
    assert buttons(card) == [False, False, True]
    assert card.answer.disabled
    card.next_button.click()
    assert buttons(card) == [True, True, False]
    assert (card.answer.value, card.answer.disabled) == ("", False)


def test_show_me_reveals_the_answer_and_does_not_count_as_right(card):
    question = card.drill.question
    enter(card, "I do not know")
    card.show_button.click()
    told = text_of(card.verdict.value)
    assert told == f"The answer is {question.expected}. {question.why}"
    assert text_of(card.score.value).startswith("0 of 1 right")
    assert shows_a_picture(card)
    card.answer.value = typed(question.expected)
    card.check_button.click()
    assert text_of(card.score.value).startswith("0 of 1 right")


def test_next_asks_the_next_question_and_takes_the_picture_away(card):
    press(card, "1")
    card.next_button.click()
    assert text_of(card.question.value).startswith("Question 2: parameters")
    assert card.drill.question.words in text_of(card.question.value)
    assert hidden(card.picture)
    assert (card.picture.value, text_of(card.verdict.value)) == (b"", "")
    before = card.question.value
    card.next_button.click()  # the page may send what it should not
    assert card.question.value == before


def test_pressing_twice_counts_once(card):
    name, answer = wrong_of(card)
    enter(card, typed(answer))
    enter(card, typed(answer))
    card.check_button.click()
    card.show_button.click()
    assert text_of(card.score.value).startswith(f"0 of 1 right; slipped on: {name} (1)")
    assert name in card.verdict.value


def test_leaving_the_field_is_no_answer_and_enter_is_one_afterwards(card):
    card.answer.value = typed(card.drill.question.expected)
    assert card.drill.history == []
    card.answer._handle_custom_msg({"event": "submit"}, [])
    assert text_of(card.score.value).startswith("1 of 1 right")


def test_what_comes_after_enter_takes_the_place_of_what_came_before(card):
    """The reader left the field with half of the number in it, and came back."""
    expected = str(card.drill.question.expected)
    card.answer.value = expected[:-1]
    enter(card, expected)
    assert text_of(card.score.value).startswith("1 of 1 right")
    assert text_of(card.verdict.value).startswith("✓ Right.")
    card.answer.value = ""  # and an answer that was none makes room for one
    assert buttons(card) == [True, True, False]
    assert hidden(card.picture)


def test_enter_alone_says_nothing_and_enter_again_nothing_new(card):
    card.answer._handle_custom_msg({"event": "submit"}, [])
    assert text_of(card.verdict.value) == ""
    enter(card, "four")
    told = card.verdict.value
    card.answer._handle_custom_msg({"event": "submit"}, [])
    assert card.verdict.value == told
    enter(card, typed(card.drill.question.expected))
    assert text_of(card.score.value).startswith("1 of 1 right")


def test_other_messages_of_the_field_are_no_answer(card):
    card.answer.value = "12"
    for content in ({}, {"event": "focus"}, {"do": "submit"}):
        card.answer._handle_custom_msg(content, [])
    assert card.drill.history == []


def test_ten_questions_are_scored():
    card = drill(seed=3, adaptive=False)
    slips = {}
    for number in range(10):
        name, answer = wrong_of(card)
        right = number not in (2, 5, 6)
        press(card, typed(card.drill.question.expected if right else answer))
        if not right:
            slips[name] = slips.get(name, 0) + 1
        score = text_of(card.score.value)
        card.next_button.click()
    assert score.startswith("7 of 10 right; slipped on: ")
    for name, count in slips.items():
        assert f"{name} ({count})" in score
    assert "drill(seed=3, adaptive=False) asks the same, whatever is answered." in score
    card.close()


def test_the_call_that_is_shown_gives_the_same_questions(card):
    call = html.unescape(re.search(r"<code>(.*?)</code>", card.score.value)[1])
    again = eval(call, {"drill": drill})
    assert again.question.value == card.question.value
    again.close()


@given(st.integers(0, 10**6), st.lists(st.sampled_from("rwxsne"), max_size=8))
def test_no_hand_makes_it_raise(seed, moves):
    card = drill(seed)
    for move in moves:
        question = card.drill.question
        match move:
            case "r":
                press(card, typed(question.expected))
            case "w":
                enter(card, typed(wrong_of(card)[1]))
            case "x":
                enter(card, "no number")
            case "s":
                card.show_button.click()
            case "n":
                card.next_button.click()
            case "e":
                card.answer.value = "3, 4"
        assert card.status.value == ""
        assert hidden(card.picture) != card.drill.is_answered
        assert bool(card.picture.value) == card.drill.is_answered
        assert card.drill.question.words in text_of(card.question.value)
    card.close()


def test_an_error_of_ours_is_shown_in_red_and_ends_nothing(card, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(drill_words, "told", lambda *_: 1 / 0)
        press(card, "1")
    assert "ZeroDivisionError: division by zero" in card.status.value
    assert 'role="alert"' in card.status.value
    assert buttons(card) == [False, False, True]
    card.next_button.click()
    assert card.status.value == ""


def test_what_a_hand_does_waits_for_the_lock(card, monkeypatch):
    held = []
    monkeypatch.setattr(Drill, "mark", lambda *_: held.append(LOCK._is_owned()) or 1 / 0)
    press(card, "1")
    assert held == [True]


def test_a_closed_one_leaves_no_widget_and_keeps_its_words():
    before = set(_instances)
    card = drill(seed=2)
    for _ in range(6):
        press(card, typed(card.drill.question.expected))
        card.next_button.click()
    card.show_button.click()
    field, check = card.answer, card.check_button
    words = repr(card)
    card.close()
    assert set(_instances) == before
    assert repr(card) == words
    assert card._repr_mimebundle_() == ({"text/plain": words}, {})
    card.close()
    field.value = "3"  # what comes after it is closed does nothing
    check.click()
    field._handle_custom_msg({"event": "submit"}, [])
    assert set(vars(card)) <= {
        *("_trait_values", "_trait_notifiers", "_trait_validators", "_cross_validation_lock"),
        *("_model_id", "is_closed", "words"),
    }


@every_topic
def test_a_stored_notebook_shows_the_question_and_never_the_answer(topic):
    card = drill(seed=4, topics=topic)
    question = card.drill.question
    data, _ = card._repr_mimebundle_()
    text = data["text/plain"]
    assert text == repr(card) == repr(drill(seed=4, topics=topic))
    assert text.startswith(f"drill(seed=4, topics=['{topic}']), question 1: {question.words}")
    assert "application/vnd.jupyter.widget-view+json" in data
    press(card, typed(question.expected))
    assert repr(card) == text
    assert question.why not in text
    if topic == "output value":
        numbers = np.concatenate([np.ravel(question.case.x), np.ravel(question.case.weight)])
        shown = re.sub(r".*\?\n|input|kernel", "", text)
        assert [int(n.replace("−", "-")) for n in shown.split()] == numbers.tolist()
    card.close()


def test_a_cell_that_is_run_again_closes_what_it_showed(card, monkeypatch):
    shown = []
    monkeypatch.setattr(lifetime, "shown", shown.append)
    card._repr_mimebundle_()
    assert shown == [card]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"seed": -1}, ValueError, r"`seed` must be at least 0, got -1"),
        ({"seed": "one"}, TypeError, r"`seed` must be an int, got 'one'"),
        ({"adaptive": "no"}, TypeError, r"`adaptive` must be True or False, got 'no'"),
        ({"topics": "pooling"}, ValueError, r"`topics` must be among output size, .* 'pooling'"),
        ({"topics": ()}, ValueError, r"`topics` must name at least one of output size, .* \(\)"),
    ],
)
def test_bad_arguments_are_named(arguments, error, message):
    before = set(_instances)
    with pytest.raises(error, match=message):
        drill(**arguments)
    assert set(_instances) == before
