"""The shift experiment: whose numbers it shows, what it frames, and what the paper says."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

from convlab.draw import palette
from convlab.explore.pooling.shift_numbers import (
    FARTHEST,
    PATTERNS,
    SIDE,
    Answer,
    ShiftState,
    answers,
    edge_kernel,
    max_then_smooth,
)
from convlab.explore.pooling.shift_scene import ShiftScene


def every_state():
    return [
        ShiftState(pattern, shift, size, stride)
        for pattern in PATTERNS
        for shift in range(FARTHEST + 1)
        for size in (2, 3, 4)
        for stride in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize("pattern", list(PATTERNS))
def test_a_pattern_moves_to_the_right_and_nothing_else_happens_to_it(pattern):
    """Each shift is the one before, one column further."""
    inputs = [ShiftState(pattern, shift).input(shift) for shift in range(FARTHEST + 1)]
    for before, after in pairwise(inputs):
        assert before.shape == (SIDE, SIDE)
        assert_array_equal(after[:, 1:], before[:, :-1])
    assert inputs[0].any()


def test_the_answers_are_those_of_scipy():
    """All four layers, for every pattern, window and stride, computed another way."""
    for state in every_state():
        x, size, stride = state.input(state.shift), state.size, state.stride
        windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))
        dense = windows.max(axis=(2, 3))
        smooth = ndimage.convolve(dense, np.outer([1, 2, 1], [1, 2, 1]) / 16, mode="nearest")
        edges = signal.correlate2d(x, edge_kernel(size), mode="valid")
        expected = (dense, windows.mean(axis=(2, 3)), edges, smooth)
        for answer, dense in zip(answers(state), expected, strict=True):
            assert_allclose(answer.after, dense[::stride, ::stride], atol=1e-12)


def test_a_shift_by_a_multiple_of_the_stride_moves_the_outputs_along():
    """Away from the edges, all four layers keep their numbers; else max pooling may not."""
    for state in every_state():
        along, rest = divmod(state.shift, state.stride)
        if rest:
            continue
        for answer in answers(state):
            edge = 1 if answer.layer == "max, smoothed" else 0
            width = answer.after.shape[1]
            after = answer.after[:, along + edge : width - edge]
            assert_allclose(after, answer.before[:, edge : width - along - edge], atol=1e-12)
    stripes = answers(ShiftState("stripes", 1))[0]
    assert set(np.unique(stripes.before)) == {0, 4}
    assert set(np.unique(stripes.after)) == {4}  # no old column looks like this


def test_the_smoothing_tempers_the_change_of_the_stripes():
    """Zhang's remedy halves what one pixel does to the stripes, and does not end it."""
    pooled, _, _, smoothed = answers(ShiftState("stripes", 1))
    assert 0 < smoothed.change < 0.7 * pooled.change
    assert max_then_smooth(np.ones((5, 5)), 2, 2) == pytest.approx(1)


def test_the_measure_of_change():
    """0 for no change, also of nothing; 1 where nothing is in common; symmetric."""
    one, two = np.array([[4.0, 0.0]]), np.array([[0.0, 4.0]])
    assert Answer("", one, one, 0).change == 0 == Answer("", 0 * one, 0 * one, 0).change
    assert Answer("", one, two, 0).change == 1 == Answer("", one, -one, 0).change
    assert Answer("", one, one / 3, 0).change == pytest.approx(0.5)
    assert_array_equal(Answer("", one, two, 0).changed, [[True, True]])


def test_the_edge_kernel_is_not_symmetric():
    """Turned by 180° it is another kernel, at every size."""
    for size in (2, 3, 4):
        kernel = edge_kernel(size)
        assert kernel.sum() == 0
        assert not np.array_equal(kernel, kernel[::-1, ::-1])


@pytest.mark.parametrize(
    "state", [ShiftState(), ShiftState("stripes", 1, 2, 1), ShiftState(shift=0)]
)
def test_what_changed_is_framed_and_nothing_else(state):
    """As many frames as changed cells, all of them in the lower row."""
    scene = ShiftScene()
    scene.update(state)
    frames = [path.vertices[:4] for path in scene._frames.get_paths()]
    assert len(frames) == sum(int(answer.changed.sum()) for answer in answers(state))
    assert all((frame[:, 1] < scene.height / 2).all() for frame in frames)
    cells = len(scene._cells.get_paths())
    assert cells == 2 * (SIDE**2 + sum(answer.after.size for answer in answers(state)))


def test_values_are_coloured_about_zero():
    """Zero is white, negative and positive differ: on the picture's own map."""
    scene = ShiftScene()
    scene.update(ShiftState("stripes", 1))
    faces = scene._cells.get_facecolor()
    shown = {tuple(face) for face in faces.round(4).tolist()}
    wanted = palette.diverging(np.array([-8.0, 0.0, 8.0]), 1.6 * 8).round(4)
    assert {tuple(face) for face in wanted.tolist()} <= shown


def test_everything_stays_inside_the_picture():
    """Nothing is cut off at any window and stride."""
    scene = ShiftScene()
    for state in (ShiftState(size=size, stride=stride) for size in (2, 4) for stride in (1, 4)):
        scene.update(state)
        points = np.concatenate([path.vertices for path in scene._cells.get_paths()])
        assert (points >= 4).all()
        assert (points <= (scene.width - 4, scene.height - 28)).all()
