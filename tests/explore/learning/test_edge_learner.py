"""The edge learner: what it counts and says is true of its kernels."""

import re

import numpy as np
import pytest
from scipy import signal

from convlab.explore import EdgeLearner
from convlab.explore.learning import edge_words as words
from convlab.explore.learning.edge_numbers import (
    GRADIENT,
    HELD_OUT,
    LINE,
    NOTHING,
    OTHER,
    STEPS,
    EdgeState,
    held_out,
)
from convlab.explore.learning.edge_scene import EdgeScene


def text(state):
    return re.sub("<[^>]+>", "", words.describe(state))


def answers_by_scipy(state):
    """Answer each held-out stroke by hand: the larger of two pooled scores."""
    found = []
    for picture in held_out(state.noise).pictures:
        maps = [np.maximum(signal.correlate2d(picture, k, "valid"), 0) for k in state.kernels]
        pooled = [m.max() if state.pool == "max" else m.mean() for m in maps]
        found.append(int(pooled[1] > pooled[0]))
    return np.array(found)


@pytest.mark.parametrize("pool", ["average", "max"])
@pytest.mark.parametrize("step", [0, 30, STEPS])
def test_answers_and_accuracy_are_those_of_scipy(pool, step):
    state = EdgeState(5, pool, 0.1, 0.2, step)
    answers = answers_by_scipy(state)
    assert np.array_equal(state.answers, answers)
    right = int((answers == held_out(0.1).labels).sum())
    assert state.accuracy == right / HELD_OUT
    assert f"{100 * right / HELD_OUT:.0f} % of 200" in text(state)


@pytest.mark.parametrize(
    ("seed", "kinds", "said"),
    [
        (11, (GRADIENT, GRADIENT), "kernel for upright is a vertical gradient. "),
        (7, (GRADIENT, GRADIENT), "upright is a vertical gradient, with its sign turned. "),
        (1, (GRADIENT, LINE), "kernel for level finds lines instead, both edges at once."),
        (10, (NOTHING, NOTHING), "kernel for level hardly answers"),
    ],
)
def test_what_became_of_the_kernels_is_said(seed, kinds, said):
    state = EdgeState(seed, "average", 0.1, 0.2, STEPS)
    assert tuple(state.kind(which) for which in (0, 1)) == kinds
    assert said in text(state)


def test_a_gradient_is_one_to_the_eye_as_well():
    """Its three rows are alike, and rise or fall from left to right."""
    kernel = EdgeState(11, "average", 0.1, 0.2, STEPS).kernels[0]
    assert (np.diff(kernel, axis=1) > 0).all()
    assert np.ptp(kernel, axis=0).max() < np.ptp(kernel.mean(axis=0)) / 4


def test_a_line_is_one_to_the_eye_as_well():
    """Its middle row is of one sign, the other two of the other."""
    kernel = EdgeState(1, "average", 0.1, 0.2, STEPS).kernels[1]
    signs = np.sign(kernel)
    assert (signs[0] == signs[2]).all()
    assert (signs[1] == -signs[0]).all()


def test_silence_is_silence():
    state = EdgeState(10, "average", 0.1, 0.2, STEPS)
    for picture in held_out(0.1).pictures[:20]:
        for kernel in state.kernels:
            assert np.maximum(signal.correlate2d(picture, kernel, "valid"), 0).mean() < 0.3


def test_neither_is_called_neither():
    kinds = {EdgeState(seed, "max", 0.1, 0.2, STEPS).kind(1) for seed in range(4)}
    assert OTHER in kinds


def test_each_shown_stroke_is_framed_as_right_or_wrong():
    state = EdgeState(9, "average", 0.1, 0.2, STEPS)
    drawn = EdgeScene().drawing(state)
    right = state.answers[:12] == held_out(0.1).labels[:12]
    colours = drawn.frame_colours[:12]
    assert [colour == colours[int(right.argmax())] for colour in colours] == right.tolist()
    for which, is_right in enumerate(right):
        label = int(held_out(0.1).labels[which])
        assert words.answer(state, which, label).startswith("✓" if is_right else "✗")


def test_words_fit_two_lines():
    """A third would make the page jump."""
    explorer = EdgeLearner()
    for pool in ("average", "max"):
        for seed in range(16):
            for step in (0, 20, STEPS):
                explorer.set_controls(pool=pool, seed=seed, step=step)
                assert len(text(explorer.state)) < 225, text(explorer.state)


def test_a_step_back_shows_the_very_same_picture():
    explorer = EdgeLearner(step=30)
    seen = explorer.picture.value
    explorer.controls["step"].value = 31
    assert explorer.picture.value != seen
    explorer.controls["step"].value = 30
    assert explorer.picture.value == seen
