"""A question before an explorer: typed or chosen, compared with the truth, and never in the way."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from convlab.exercises.marking.predictions import Prediction
from convlab.explore import Sweep
from convlab.widgets import asking as module
from convlab.widgets.spoken import SAID

TYPED = Prediction(
    "rows × columns", "3 × 2", hides="output", slips={"axes swapped": "2 × 3"}, also=("6",)
)
CHOSEN = Prediction("yes or no?", "no", choices={"yes": "Look at the <edge>.", "no": ""})


@pytest.fixture
def sweep():
    explorer = Sweep(stride=(1, 2), step=1)
    yield explorer
    explorer.close()


def text(widget):
    return re.sub(r"<[^>]+>", "", widget.value)


def enter(asking):
    """Press Enter in the field, as the page tells it."""
    asking.field._handle_custom_msg({"event": "submit"}, [])


def test_a_right_answer_is_compared_and_shows_the_picture(sweep):
    hidden = sweep.picture.value
    sweep.ask(TYPED)
    assert sweep.picture.value != hidden
    sweep.asking.commit(" 3, 2 ")
    assert text(sweep.asking.verdict).strip() == "You predicted 3, 2, and so it is."
    assert not sweep.is_asking
    assert sweep.picture.value == hidden


def test_a_wrong_answer_is_shown_the_right_one_and_why(sweep):
    sweep.ask(TYPED)
    sweep.asking.commit("2 × 3")
    assert text(sweep.asking.verdict).startswith("You predicted 2 × 3. The answer is 3 × 2. Rows")
    assert not sweep.is_asking


def test_what_is_no_answer_keeps_the_question_open(sweep):
    sweep.ask(TYPED)
    veiled = sweep.picture.value
    sweep.asking.commit("three")
    assert "2 numbers are asked for" in text(sweep.asking.verdict)
    assert sweep.is_asking
    assert sweep.picture.value == veiled


def test_show_me_shows_the_answer_without_a_prediction(sweep):
    sweep.ask(TYPED)
    sweep.asking.show_button.click()
    assert text(sweep.asking.verdict) == "It is 3 × 2."
    assert not sweep.is_asking


def test_enter_commits_to_what_was_typed_and_shows_where_nothing_was(sweep):
    sweep.ask(TYPED)
    sweep.asking.field.value = "2 × 3"
    enter(sweep.asking)
    assert "You predicted 2 × 3" in text(sweep.asking.verdict)
    other = Sweep(stride=(1, 2), step=1)
    other.ask(TYPED)
    enter(other.asking)
    assert text(other.asking.verdict) == "It is 3 × 2."
    other.close()


def test_letters_that_come_after_enter_belong_to_the_answer(sweep):
    """The page sends what was typed a moment later than the key that ends it."""
    sweep.ask(TYPED)
    sweep.asking.field.value = "3 ×"
    enter(sweep.asking)
    assert sweep.is_asking
    sweep.asking.field.value = "3 × 2"
    assert text(sweep.asking.verdict).strip() == "You predicted 3 × 2, and so it is."
    assert not sweep.is_asking


def test_an_answer_is_not_changed_long_after_it_was_committed_to(sweep, monkeypatch):
    sweep.ask(TYPED)
    now = module.time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    sweep.asking.field.value = "2 × 3"
    enter(sweep.asking)
    monkeypatch.setattr(module.time, "monotonic", lambda: now + 2 * module.LATE)
    sweep.asking.field.value = "3 × 2"
    assert "You predicted 2 × 3." in text(sweep.asking.verdict)


def test_a_choice_is_a_button_and_only_the_first_counts(sweep):
    sweep.ask(CHOSEN)
    yes, no = sweep.asking.choices
    yes.click()
    no.click()
    words = sweep.asking.verdict.value
    assert "You predicted <b>yes</b>. The answer is <b>no</b>." in words
    assert "Look at the &lt;edge&gt;." in words
    assert all(button.disabled for button in (yes, no, sweep.asking.show_button))


def test_what_a_reader_types_is_never_markup(sweep):
    sweep.ask(TYPED)
    sweep.asking.commit("<img src=x onerror=alert()> 3 2")
    assert "<img" not in sweep.asking.verdict.value
    assert "&lt;img" in sweep.asking.verdict.value


def test_the_verdict_is_said_aloud(sweep):
    sweep.ask(TYPED)
    assert SAID in sweep.asking.verdict._dom_classes
    sweep.asking.commit("3 × 2")
    assert "3 × 2" in sweep.asking.verdict.value


def test_moving_while_the_question_is_open_keeps_the_veil(sweep):
    sweep.ask(TYPED)
    veiled = sweep.picture.value
    sweep.controls["step"].value = 2
    assert sweep.picture.value != veiled  # the window moved, under the veil nothing shows
    sweep.controls["step"].value = 1
    assert sweep.picture.value == veiled


def test_an_unknown_part_is_named(sweep):
    with pytest.raises(
        ValueError, match=r"`question.hides` must be one of all, nothing, output, got 'roof'"
    ):
        sweep.ask(replace(TYPED, hides="roof"))
    assert not sweep.is_asking


def test_a_closed_explorer_keeps_no_question(sweep):
    sweep.ask(TYPED)
    sweep.close()
    assert not hasattr(sweep.asking, "comm") or sweep.asking.comm is None
