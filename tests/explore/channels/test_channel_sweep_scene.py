"""The thick sweep: what it computes, where it draws it, and what it hides."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from convlab.convolution import conv2d_loops
from convlab.draw.text import text_path
from convlab.explore.channels.channel_sweep_numbers import ChannelState
from convlab.explore.channels.channel_sweep_scene import ChannelScene
from convlab.explore.channels.channel_sweep_stacks import ROOM, uncrowded
from convlab.explore.channels.channel_sweep_words import describe
from convlab.explore.samples import BANK, BIASES
from convlab.formatting import plain
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
    lines, pieces = joins(SCENE), np.array(SCENE._joins.get_segments())
    assert len(pieces) > len(lines) == 2 * (state.channels + 1)
    start, way = lines[:, 0], np.diff(lines, axis=1)[:, 0]
    turned = np.column_stack([-way[:, 1], way[:, 0]]) / np.linalg.norm(way, axis=1)[:, None]
    aside = np.abs(((pieces[:, :, None] - start) * turned).sum(axis=-1)).max(axis=1)
    assert (aside.min(axis=1) < 1e-6).all()  # each piece lies on one of the lines
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


def joins(scene):
    """Return the two sides of each beam, without gaps: shape (n, 2, 2)."""
    beams = [path.vertices[:3] for path in scene._beams.get_paths()]
    return np.array([beam[[0, end]] for beam in beams for end in (1, 2)])


def glyphs(*patches):
    return [glyph for patch in patches for glyph in patch.get_path().to_polygons() if len(glyph)]


def boxes(*patches):
    return np.array([(g.min(axis=0), g.max(axis=0)) for g in glyphs(*patches)]).reshape(-1, 2, 2)


@given(states())
def test_no_line_crosses_a_number(state):
    SCENE.update(state)
    pieces = np.array(SCENE._joins.get_segments())
    along = np.linspace(0, 1, 9)[:, None, None]
    points = (pieces[:, 0] + along * (pieces[:, 1] - pieces[:, 0])).reshape(-1, 1, 2)
    numbers = boxes(SCENE._numbers, SCENE._zeros, SCENE._results)
    inside = (points > numbers[:, 0]) & (points < numbers[:, 1])
    assert not inside.all(axis=2).any()


@given(states())
def test_nothing_that_is_written_lies_on_anything_else_that_is(state):
    """Letter by letter: those of one word lie side by side, too."""
    SCENE.update(state)
    words = [SCENE._numbers, SCENE._zeros, SCENE._results, SCENE._sums, SCENE._notes]
    written = boxes(*words, SCENE._sources, SCENE._channels, *SCENE._legend)
    shared = np.minimum(written[:, None, 1], written[:, 1])
    shared -= np.maximum(written[:, None, 0], written[:, 0])
    holes = (written[:, None, 0] >= written[:, 0]) & (written[:, None, 1] <= written[:, 1])
    on = (shared > 1.5).all(axis=2) & ~holes.all(axis=2) & ~holes.all(axis=2).T
    assert not on.any()


def test_a_zero_of_the_padding_gives_way_to_what_lies_below_it():
    state = ChannelState(Geometry(5, 3, padding=1, stride=2), channels=2, azimuth=60)
    SCENE.update(state)
    digits = [text_path([plain(value)], np.zeros((1, 2)), 10) for value in state.x.ravel()]
    assert len(glyphs(SCENE._numbers)) == sum(len(path.to_polygons()) for path in digits)
    zeros = len(glyphs(SCENE._zeros)) / 2  # the outline of a 0 is two: its ring and its hole
    assert 24 < zeros < 2 * 24


def test_a_box_gives_way_only_to_one_that_stays():
    """Of a row in which each touches the next, every second one is kept."""
    row = np.array([[[x, 0], [x + 1.5, 1]] for x in range(6)])
    nothing = np.empty((0, 2, 2))
    assert uncrowded(row, nothing).tolist() == [True, False] * 3
    assert uncrowded(row, row[:1]).tolist() == [False, False, True, False, True, False]
    assert uncrowded(row + [0, 2], row).tolist() == [True, False] * 3


@given(states())
def test_the_caption_says_where_numbers_are_missing(state):
    SCENE.update(state)
    shown = len(glyphs(SCENE._numbers))
    apart = ChannelState(
        state.geometry, state.channels, state.kernels, state.step, state.bias, elevation=60
    )
    text = describe(state)
    assert ("too small for their numbers" in text) == (shown == 0)
    if "higher planes hide" in text:
        stacks = SCENE.stacks(state)
        assert not all(
            stack.visible(plane, stack.middles).all()
            for stack in stacks
            for plane in range(stack.count)
        )
    assert text.count("table") <= 1
    assert describe(apart).endswith(".")


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
