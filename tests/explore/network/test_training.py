"""The training's explorer: what it shows of a step, and what goes on while nobody moves it."""

import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from convlab.explore import Training
from convlab.explore.network import training as module
from convlab.explore.network import training_run
from convlab.explore.network.training_progress import Progress
from convlab.explore.network.training_run import data
from convlab.explore.network.training_scene import TABLE

QUICK = {"kernels": 2, "batch": 8, "size": 2}


@pytest.fixture(autouse=True)
def long_enough(monkeypatch):
    monkeypatch.setattr(training_run, "LAST", 600)


@pytest.fixture
def live(monkeypatch):
    """An explorer as in a page: it trains one step at a time, until it is where it is asked for."""
    monkeypatch.setattr(module, "SLICE", 0)
    monkeypatch.setattr(module, "PLAYED", 0)
    explorer = Training(step=0, **QUICK)
    explorer._in_background = True
    yield explorer
    explorer.close()


def settle(explorer, seconds=30):
    """Wait until no training goes on."""
    until = time.monotonic() + seconds
    while explorer._worker is not None:
        assert time.monotonic() < until
        time.sleep(0.01)


def assert_true(explorer):
    fresh = type(explorer.scene)()
    fresh.update(explorer.state)
    assert explorer.picture.value == fresh.live()
    assert explorer.state.step == explorer.controls["step"].value


def test_a_step_back_shows_the_same_picture_again():
    explorer = Training(step=24, **QUICK)
    before = bytes(explorer.picture.value), explorer.caption.value
    for step in (25, 60, 3, 24):
        explorer.controls["step"].value = step
    assert (bytes(explorer.picture.value), explorer.caption.value) == before
    explorer.controls["step"].value = 23
    assert bytes(explorer.picture.value) != before[0]


def test_the_table_counts_what_was_read_as_what():
    state = Training(step=40, digit=7, **QUICK).state
    network, held_out = state.run.training.network, data().held_out
    counted = np.zeros((10, 10), int)
    for number, (picture, label) in enumerate(zip(*held_out, strict=True)):
        scores = network.forward(state.moment.weights, picture).scores[0]
        counted[label, scores.argmax()] += 1
        if number == 7:
            assert (state.truth, state.answer) == (label, scores.argmax())
            wanted = np.exp(scores) / np.exp(scores).sum()
            np.testing.assert_allclose(state.probabilities, wanted)
    assert state.table.tolist() == counted.tolist()
    assert state.scores.held_out.accuracy == pytest.approx(np.trace(counted) / 360)


def test_a_click_on_the_table_shows_a_digit_that_was_read_so():
    explorer = Training(step=40, **QUICK)
    wrong = explorer.state.table * (1 - np.eye(10, dtype=int))
    truth, answer = np.unravel_index(wrong.argmax(), wrong.shape)
    explorer._pick(*TABLE.centre(truth, answer))
    assert (explorer.state.truth, explorer.state.answer) == (truth, answer)
    assert explorer.controls["digit"].value == explorer.state.digit
    before = explorer.state
    empty = np.argwhere(explorer.state.table == 0)[0]
    explorer._pick(*TABLE.centre(*empty))
    explorer._pick(3, 3)
    assert explorer.state == before


@pytest.mark.parametrize(
    ("rival", "settings", "change", "said"),
    [
        ("nothing", {}, None, None),
        ("relu", {"relu": False}, {"relu": True}, "with ReLU"),
        ("relu", {"relu": True}, {"relu": False}, "without ReLU"),
        ("shrink", {"shrink": "stride"}, {"shrink": "pool"}, "with pooling"),
        ("shrink", {"shrink": "pool"}, {"shrink": "stride"}, "with stride 2"),
        ("start", {"batch": 4}, {"batch": 8}, "as it began"),
    ],
)
def test_the_rival_is_the_same_training_but_for_one_thing(rival, settings, change, said):
    explorer = Training(step=4, **QUICK)
    explorer.set_controls(rival=rival, **settings)
    state = explorer.state
    assert state.rival == (change if change is None else replace(state.plan, **change))
    assert ("Dotted" in explorer.caption.value) == (rival != "nothing")
    if change:
        assert f"Dotted: {said}, " in explorer.caption.value
        alone = Training(step=4, **QUICK | settings | change).state
        assert state.rival_scores.held_out.loss == alone.scores.held_out.loss


def test_words_say_what_the_curves_show():
    assert "all weights are random" in Training(step=0).caption.value
    caption = Training(pictures=20, step=80).caption.value
    assert "by heart" in caption
    assert "overfitting" in caption
    assert "80.0 times through all 20" in caption
    diverged = Training(relu=False, length=1.0, momentum=0.95, step=30).caption.value
    assert "After 4 steps the loss" in diverged
    assert "step length 1 is too long" in diverged
    assert "hardly better than guessing" in Training(length=1.0, step=30).caption.value
    plain = Training(step=90).caption.value
    assert "by heart" not in plain
    assert "guessing" not in plain
    assert "2.0 times through all 1437" in plain


def test_what_is_stored_of_it_names_no_number_that_was_measured():
    words = repr(Training(step=90))
    assert words == ("Training: Step 90 of 600, batches of 32, step length 0.05, 1437 digits.")


def test_it_trains_on_while_nobody_waits_and_shows_the_same(live):
    live.controls["step"].value = 30
    assert live.state.step < 30
    assert live.is_behind
    settle(live)
    assert live.state.step == 30
    assert_true(live)
    assert bytes(live.picture.value) == bytes(Training(step=30, **QUICK).picture.value)
    assert live.progress.layout.visibility == "hidden"


def test_stop_leaves_it_where_it_is(live):
    live.controls["step"].value = 600
    live.progress.stop.click()
    settle(live)
    assert 0 < live.state.step < 600
    assert live.controls["step"].value == live.controls["step"].slider.value == live.state.step
    assert_true(live)


def test_pause_stops_it_too_but_not_at_the_end(live):
    play = live.controls["step"].play
    play.playing = True
    live.controls["step"].slider.value = 90
    play.playing = False
    settle(live)
    assert live.state.step < 90
    live.controls["step"].value = 599
    play.playing = True
    play.value = 600
    play.playing = False
    assert live.is_behind
    live.progress.stop.click()


def test_play_goes_on_from_where_the_training_has_come(live):
    play, step = live.controls["step"].play, live.controls["step"]
    play.playing = True
    for reached in (1, 2, 3):
        step.slider.value += 5  # one step at a time is all that it has time for here
        assert step.value == step.slider.value == play.value == reached == live.state.step
        assert_true(live)
    assert live._worker is None


def test_play_does_not_go_back_to_a_step_that_the_next_has_overtaken(live):
    play, step = live.controls["step"].play, live.controls["step"]
    step.value = 20
    settle(live)
    play.playing = True
    step.slider.value = 17
    assert step.value == step.slider.value == play.value == live.state.step == 20
    step.slider.value = 15  # that is no play, it is a hand
    assert step.value == live.state.step == 15
    play.playing = False
    step.slider.value = 14
    assert live.state.step == 14


def test_play_waits_while_another_training_catches_up(live):
    play, step = live.controls["step"].play, live.controls["step"]
    step.value = 20
    settle(live)
    play.playing = True
    live.controls["batch"].value = 4
    assert live.is_behind
    step.slider.value = 25
    assert step.value == step.slider.value == play.value == 20
    step.slider.value = 400  # that is no play, it is a hand
    assert step.value == 400
    play.playing = False
    settle(live)
    assert_true(live)
    assert live.state.step < 400


def test_a_last_step_of_play_that_comes_after_the_pause_is_not_gone(live, monkeypatch):
    play, step = live.controls["step"].play, live.controls["step"]
    play.playing = True
    step.slider.value = 5
    play.playing = False
    for late in (10, 15):
        step.slider.value = late
        assert live.state.step == step.value == step.slider.value == 1
    step.value += 1  # a press of the button for one step on
    settle(live)
    step.slider.value = 10  # and a hand
    settle(live)
    assert live.state.step == 10
    play.playing = True
    play.playing = False
    monkeypatch.setattr(module, "LATE", 0)
    step.slider.value = 15
    settle(live)
    assert live.state.step == 15


def test_a_setting_moved_while_it_trains_starts_the_other_training(live):
    live.controls["step"].value = 40
    live.controls["batch"].value = 4
    live.controls["size"].value = 1
    assert live.state.plan.batch == 4
    settle(live)
    assert live.state.step == 40
    assert_true(live)
    wanted = Training(step=40, kernels=2, batch=4, size=1)
    assert bytes(live.picture.value) == bytes(wanted.picture.value)


def test_how_long_it_takes_is_said_where_it_takes_long(live, monkeypatch):
    monkeypatch.setattr("convlab.explore.network.training_progress.LONG", 0)
    monkeypatch.setattr("convlab.explore.network.training_progress.SURE", 0)
    seen = []
    live.progress.layout.observe(lambda change: seen.append(change.new), "visibility")
    live.controls["step"].value = 20
    settle(live)
    assert seen == ["visible", "hidden"]
    assert "s left" in live.progress.children[1].value


def test_a_closed_one_trains_no_more(live):
    live.controls["step"].value = 600
    worker = live._worker
    live.close()
    worker.join(timeout=10)
    assert not worker.is_alive()
    assert repr(live).startswith("Training: ")


def test_the_time_that_is_left_goes_by_the_steps_that_were_taken(monkeypatch):
    """From step 10 on, 20 steps in 4 s: the 30 that are missing take 6 s."""
    clock = SimpleNamespace(monotonic=iter([100.0, 104.0]).__next__)
    monkeypatch.setattr("convlab.explore.network.training_progress.time", clock)
    progress = Progress()
    progress.begin(10)
    progress.show(30, 60)
    assert (progress._label.value, progress._bar.value) == ("6 s left", 0.5)
    assert progress.layout.visibility == "visible"
    progress.close()
