"""The thick sweep: what it computes, where it draws it, and what it hides."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from convlab.convolution import conv2d_loops
from convlab.explore.channels.channel_sweep_numbers import ChannelState
from convlab.explore.channels.channel_sweep_scene import ROOM, ChannelScene
from convlab.explore.samples import BANK, BIASES
from convlab.geometry import Geometry
from tests.strategies import settings as _profile  # noqa: F401

SCENE = ChannelScene()


@st.composite
def states(draw):
    size, padding = draw(st.integers(2, 6)), draw(st.integers(0, 2))
    kernel = draw(st.integers(1, min(3, size + 2 * padding)))
    geometry = Geometry(size, kernel, stride=draw(st.integers(1, 3)), padding=padding)
    channels, kernels = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    step = draw(st.integers(0, kernels * geometry.steps - 1))
    view = draw(st.integers(-180, 180)), draw(st.integers(15, 60))
    return ChannelState(geometry, channels, kernels, step, draw(st.booleans()), *view)


@given(states())
def test_the_sums_of_a_pixel_are_those_of_the_definition(state):
    """By plain loops: the total is the output pixel, the partial sums are one channel's each."""
    x, weight, bias, y = state.x, state.bank, state.biases, state.y
    layout = {"stride": state.geometry.stride, "padding": state.geometry.padding}
    expected = conv2d_loops(x, weight, bias, **layout)
    np.testing.assert_allclose(y, expected, atol=1e-12)
    arithmetic, (row, col) = state.arithmetic, state.window.pixel
    assert arithmetic.total == pytest.approx(expected[state.kernel, row, col])
    alone = [
        conv2d_loops(p, w, **layout)[row, col] for p, w in zip(x, weight[state.kernel], strict=True)
    ]
    np.testing.assert_allclose(arithmetic.partial, alone, atol=1e-12)
    assert arithmetic.bias == (BIASES[state.kernel] if state.bias else 0)


@given(states())
def test_the_planes_lie_inside_their_halves_of_the_picture(state):
    """Every cell is on the picture, below the titles, and the middle is left to the sums."""
    inputs, outputs = SCENE.stacks(state)
    left, bottom, right, top = ROOM.frame
    for stack in (inputs, outputs):
        spots = np.concatenate([stack.cells(plane) for plane in range(stack.count)]).reshape(-1, 2)
        assert spots[:, 0].min() >= left - 1e-6
        assert spots[:, 0].max() <= SCENE.width - right + 1e-6
        assert spots[:, 1].min() >= bottom - 1e-6
        assert spots[:, 1].max() <= SCENE.height - top + 1e-6
    ends = inputs.camera.centre[0] + inputs.radius, outputs.camera.centre[0] - outputs.radius
    assert ends[1] - ends[0] == pytest.approx(ROOM.between)


@given(states())
def test_a_click_on_an_output_cell_finds_its_step(state):
    """The middle of every cell that no higher plane hides leads back to its own step."""
    _, stack = SCENE.stacks(state)
    middles = np.array(list(itertools.product(*map(range, stack.shape)))) + 0.5
    for plane in range(stack.count):
        seen = stack.visible(plane, middles)
        for step in np.flatnonzero(seen):
            (pixel,) = stack.points(plane, middles[[step]])
            picked = {"step": plane * state.geometry.steps + step}
            assert SCENE.pick(state, tuple(pixel)) == picked


@given(states())
def test_no_number_is_written_over_a_higher_plane(state):
    """By point-in-polygon: a number is hidden just where a higher plane lies over it."""
    stack, _ = SCENE.stacks(state)
    (top, bottom), (left, right) = state.geometry.padding
    rows, cols = stack.shape
    middles = np.array(list(itertools.product(range(rows), range(cols)))) + 0.5
    low, high = np.array([top, left]) - 0.25, np.array([rows - bottom, cols - right]) + 0.25
    corners = np.array([low, (low[0], high[1]), high, (high[0], low[1])])
    for plane in range(stack.count):
        places = stack.points(plane, middles)
        covered = np.zeros(len(places), bool)
        for higher in range(plane):
            covered |= Path(stack.points(higher, corners)).contains_points(places)
        assert (stack.visible(plane, middles, state.geometry.padding) == ~covered).all()


def test_with_the_first_settings_no_plane_hides_a_number_of_another():
    state = ChannelState(Geometry(5, 3))
    for stack in SCENE.stacks(state):
        middles = np.array(list(itertools.product(*map(range, stack.shape)))) + 0.5
        for plane in range(stack.count):
            assert stack.visible(plane, middles).all()


def test_channel_0_lies_on_top():
    for stack in SCENE.stacks(ChannelState(Geometry(5, 3), channels=4, kernels=3)):
        heights = [stack.middle(plane)[1] for plane in range(stack.count)]
        assert heights == sorted(heights, reverse=True)


@given(states())
def test_the_kernel_stands_at_the_same_place_in_every_channel(state):
    """One footprint in each plane, its corners exactly one above another; and no plane too many."""
    SCENE.update(state)
    stack, _ = SCENE.stacks(state)
    shown = [cells for _, cells, _ in SCENE._planes if cells.get_paths()]
    assert len(shown) == state.channels
    feet = np.array([cells.get_paths()[-1].vertices[:4] for cells in shown])
    np.testing.assert_allclose(feet[..., 0], np.broadcast_to(feet[0, :, 0], feet.shape[:2]))
    _, rows, cols = state.window
    expected = stack.points(0, np.array([rows[0], cols[0]]) + [[0, 0]])
    np.testing.assert_allclose(feet[-1, 0], expected[0])
    taps = state.geometry.kernel_size[0] * state.geometry.kernel_size[1]
    for cells in shown:
        colours, counts = np.unique(cells.get_facecolor(), axis=0, return_counts=True)
        orange = np.isclose(colours, cells.get_facecolor()[-2]).all(axis=1)
        assert counts[orange].item() == taps


@given(states())
def test_every_footprint_is_joined_to_its_sum_and_the_node_to_the_pixel(state):
    """Two lines bound each beam: one beam per channel, and one from the node to the pixel."""
    SCENE.update(state)
    assert len(SCENE._beams.get_paths()) == state.channels + 1
    assert len(SCENE._joins.get_segments()) == 2 * (state.channels + 1)
    assert len(SCENE._wires.get_segments()) == state.channels + state.bias
    _, outputs = SCENE.stacks(state)
    quad = outputs.cells(state.kernel)[state.step % state.geometry.steps]
    tip, *ends = SCENE._beams.get_paths()[-1].vertices[:3]
    for end in ends:
        assert np.isclose(quad, end).all(axis=1).any()
    for end in ends:
        across = np.array([tip[1] - end[1], end[0] - tip[0]])
        sides = np.round((quad - tip) @ across, 6)
        assert (sides >= 0).all() or (sides <= 0).all()


def test_output_cells_are_done_now_or_still_waiting():
    """Their shades say how far the sweep has come, through all output channels."""
    geometry = Geometry(5, 3)
    for step in (0, 8, 9, 22):
        SCENE.update(ChannelState(geometry, kernels=3, step=step))
        colours = SCENE._outputs.get_facecolor()
        assert len(colours) == 3 * 9 + 1
        white = (colours[:, :3] == 1).all(axis=1).sum()
        assert white == 27 - step


def test_the_numbers_follow_the_camera():
    turned = ChannelState(Geometry(5, 3), azimuth=70)
    SCENE.update(ChannelState(Geometry(5, 3)))
    SCENE.update(turned)
    fresh = ChannelScene()
    fresh.update(turned)
    assert SCENE.png() == fresh.png()


def test_parameters_are_counted():
    state = ChannelState(Geometry(5, 3), channels=3, kernels=4)
    assert (state.weights, state.parameters) == (27, 112)
    assert ChannelState(Geometry(5, 2), channels=2, kernels=3, bias=False).parameters == 24


def test_the_samples_are_asymmetric():
    """No slice looks the same after a rotation, so that a flip would show."""
    assert not (BANK[..., ::-1, ::-1] == BANK).all(axis=(2, 3)).any()
    assert (BIASES != 0).all()
