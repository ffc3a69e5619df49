"""The pooling scene: what is drawn where, whose numbers they are, and what a click finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.explore.pooling.pooling_numbers import (
    AVERAGE,
    BACKWARD,
    BUG,
    GRAD_OUTPUT,
    INPUTS,
    INSIDE,
    MAX,
    PoolingState,
    every_maximum,
)
from convlab.explore.pooling.pooling_scene import PoolingScene
from convlab.gradients import numerical_gradient
from convlab.pooling import pool_geometry
from tests.strategies import settings as _profile  # noqa: F401


@pytest.fixture(scope="module")
def scene():
    return PoolingScene()


@st.composite
def states(draw):
    """Any state that the controls can describe."""
    side, size = draw(st.integers(3, 5)), draw(st.integers(1, 3))
    stride = draw(st.none() | st.integers(1, 3))
    geometry = pool_geometry(
        (side, side), size, stride=stride, padding=draw(st.integers(0, size // 2))
    )
    kind = draw(st.sampled_from([MAX, AVERAGE, INSIDE]))
    show = draw(st.sampled_from(["forward", BACKWARD, BUG] if kind == MAX else [BACKWARD]))
    return PoolingState(
        geometry,
        kind,
        draw(st.integers(1, 3)),
        show,
        draw(st.sampled_from(list(INPUTS))),
        draw(st.integers(0, geometry.steps - 1)),
        draw(st.floats(-180, 180)),
        draw(st.floats(15, 60)),
    )


def corners(collection):
    return [path.vertices[:4] for path in collection.get_paths()]


def windows(state, x):
    """Yield each window's output pixel and, for one channel, the input cells that it sees."""
    geometry = state.geometry
    rows, cols = geometry.input_shape
    for step in range(geometry.steps):
        pixel, at_rows, at_cols = geometry.window(step)
        top, left = geometry.padding[0][0], geometry.padding[1][0]
        cells = [(r - top, c - left) for r in at_rows for c in at_cols]
        yield pixel, [(r, c) for r, c in cells if 0 <= r < rows and 0 <= c < cols]
    assert x.shape == geometry.input_shape


@given(states())
def test_both_passes_are_those_of_plain_loops_over_the_windows(state):
    """Values, gradients so far and the bug, one window and one channel at a time."""
    numbers = state
    for channel, x in enumerate(numbers.x):
        assert_array_equal(x, INPUTS[state.numbers][channel][: len(x), : len(x)])
        y = np.zeros(state.geometry.output_shape)
        grad = np.zeros_like(x)
        for step, (pixel, seen) in enumerate(windows(state, x)):
            values = [x[cell] for cell in seen]
            cells = state.geometry.kernel_size[0] ** 2 if state.kind == AVERAGE else len(seen)
            y[pixel] = max(values) if state.kind == MAX else sum(values) / cells
            if step > state.step:
                continue
            share = GRAD_OUTPUT[(channel, *pixel)]
            if state.kind != MAX:
                winners, share = seen, share / cells
            elif state.show == BUG:
                winners = [cell for cell in seen if x[cell] == y[pixel]]
            else:
                winners = [next(cell for cell in seen if x[cell] == y[pixel])]
            for cell in winners:
                grad[cell] += share
        assert_allclose(numbers.y[channel], y)
        assert_allclose(numbers.grad_input[channel], grad)


def test_the_gradient_of_a_step_is_the_change_that_the_step_makes():
    """The shares beside the picture add up to the numbers in it."""
    geometry = pool_geometry((5, 5), 3, stride=1, padding=1)
    total = np.zeros((3, 7, 7))
    for step in range(geometry.steps):
        state = PoolingState(geometry, MAX, 3, BACKWARD, "ties", step)
        numbers = state
        _, rows, cols = state.window
        total[:, rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1] += np.nan_to_num(numbers.share)
        assert_array_equal(np.isnan(numbers.share), np.isnan(numbers.patch))
        assert_array_equal(total[:, 1:-1, 1:-1], numbers.grad_input)


def test_the_varied_numbers_have_one_maximum_in_each_small_window_and_the_others_do_not():
    """Without ties the bug does no harm; with them it hands out too much."""
    for numbers, harmless in (("varied", True), ("ties", False)):
        state = PoolingState(pool_geometry((4, 4), 2, stride=1), numbers=numbers, step=8)
        x, g = state.x, GRAD_OUTPUT[:, :3, :3]
        right = PoolingState(state.geometry, MAX, 3, BACKWARD, numbers, 8).grad_input
        bug = every_maximum(g, x, state.geometry)
        assert right.sum() == g.sum()
        assert (bug == right).all() == harmless
        assert harmless or bug.sum() > right.sum()


def test_the_rule_is_a_derivative_where_there_is_one():
    """Central differences agree on the varied numbers, and disagree with the bug on ties."""
    geometry = pool_geometry((4, 4), 2)
    for numbers in INPUTS:
        state = PoolingState(geometry, MAX, 3, BACKWARD, numbers, 3)
        shown = state

        def loss(x, g=shown.grad_output):
            windows = x.reshape(3, 2, 2, 2, 2).max(axis=(2, 4))
            return float((g * windows).sum())

        numerical = numerical_gradient(loss, shown.x)
        assert np.allclose(numerical, shown.grad_input) == (numbers == "varied")
        assert not np.allclose(numerical, 2 * shown.grad_input)


@given(states())
def test_each_plane_shows_all_its_cells_and_one_frame(state):
    """No cell is drawn twice or left out, and the frame has the window's size."""
    scene = PoolingScene()
    scene.update(state)
    rows, cols = state.geometry.input_shape
    drawn = [corners(planes) for _, planes in scene._planes]
    assert [len(quads) for quads in drawn if quads] == [rows * cols + 1] * state.channels
    assert len(corners(scene._outputs)) == state.channels * state.geometry.steps
    assert len(corners(scene._tags)) == state.channels
    padded = state.geometry.padded_shape != state.geometry.input_shape
    segments = len(scene._planes[0][0].get_segments())
    assert segments == (sum(state.geometry.padded_shape) + 2) * padded


@given(states())
def test_everything_stays_inside_the_picture(state):
    """Whatever the camera and the geometry, nothing is cut off."""
    scene = PoolingScene()
    scene.update(state)
    collections = [planes for _, planes in scene._planes] + [scene._outputs, scene._tags]
    for cell in (cell for collection in collections for cell in corners(collection)):
        assert (cell >= 0).all()
        assert (cell <= (scene.width, scene.height - 26)).all()


@given(states())
def test_a_click_on_an_output_cell_finds_its_step(state):
    """The cells of the uppermost plane are hidden by none."""
    scene = PoolingScene()
    _, outputs = scene.stacks(state)
    for step, cell in enumerate(outputs.cells(0)):
        assert scene.pick(state, tuple(cell.mean(axis=0))) == {"step": step}
    assert scene.pick(state, (-50.0, -50.0)) is None


def colours(collection):
    """Return how often each face is drawn."""
    faces, counts = np.unique(collection.get_facecolor().round(3), axis=0, return_counts=True)
    return dict(zip(map(tuple, faces.tolist()), counts.tolist(), strict=True))


@pytest.mark.parametrize(("show", "chosen"), [(BACKWARD, [1, 1, 1]), (BUG, [4, 1, 1])])
def test_the_chosen_cells_are_drawn_darkest(scene, show, chosen):
    """One winner in each channel; with the bug, every cell of a window of zeros."""
    scene.update(PoolingState(pool_geometry((4, 4), 2), MAX, 3, show, "ties", 2))
    marked = [int((planes.get_linewidth() == np.float64(2.4)).sum()) for _, planes in scene._planes]
    assert marked[::-1] == chosen


def test_a_shared_gradient_darkens_the_whole_window(scene):
    """Of an average no cell is chosen: all four look alike."""
    scene.update(PoolingState(pool_geometry((4, 4), 2), AVERAGE, 1, BACKWARD, step=0))
    assert sorted(colours(scene._planes[0][1]).values()) == [1, 4, 12]
