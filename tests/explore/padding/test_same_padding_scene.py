"""Two ways to keep the size: which cells each output sits on, and what of it is drawn."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from convlab import conv2d
from convlab.explore.padding.same_padding_numbers import SameState, centres, shown, starts
from convlab.explore.padding.same_padding_scene import SameScene
from convlab.explore.padding.same_padding_strip import has_room

SCENE = SameScene()


@st.composite
def states(draw, largest=256):
    state = SameState(
        draw(st.integers(2, largest)),
        draw(st.integers(1, 7)),
        draw(st.integers(1, 4)),
        draw(st.integers(1, 3)),
    )
    count = max(g.output_shape[1] for g in (state.adapted, state.fixed))
    step = draw(st.integers(0, count - 1))
    return SameState(state.size, state.kernel, state.stride, state.dilation, step)


@given(states())
def test_same_pads_by_the_rule_of_tensorflow(state):
    """The published rule, written as TensorFlow's documentation has it, by cases."""
    span = state.dilation * (state.kernel - 1) + 1
    rest = state.size % state.stride
    total = max(span - state.stride, 0) if rest == 0 else max(span - rest, 0)
    assert state.adapted.padding[1] == (total // 2, total - total // 2)
    assert state.adapted.output_shape[1] == -(-state.size // state.stride)


@given(states())
def test_fixed_padding_is_half_the_reach_on_both_sides(state):
    p = state.dilation * (state.kernel - 1) // 2
    assert state.fixed.padding == ((0, 0), (p, p))
    reach = state.dilation * (state.kernel - 1)
    if reach % 2 == 0:
        assert state.fixed.output_shape == state.adapted.output_shape
    elif state.stride == 1:
        assert state.fixed.output_shape[1] == state.size - 1


@given(states(60))
def test_a_centre_is_what_the_mean_of_the_window_is(state):
    """A kernel of equal weights over the column numbers gives the centre, computed by conv2d."""
    assume(state.kernel * state.dilation < state.size)
    mean = np.full((1, state.kernel), 1 / state.kernel)
    for geometry in (state.adapted, state.fixed):
        layout = {"stride": geometry.stride, "dilation": geometry.dilation}
        (before, after), n = geometry.padding[1], state.size
        columns = np.arange(-before, n + after, dtype=float)[None]
        assert np.allclose(conv2d(columns, mean, **layout)[0], centres(geometry))


@given(states())
def test_fixed_padding_never_sits_further_right(state):
    assert starts(state.adapted)[0] >= starts(state.fixed)[0]


@given(states())
def test_both_ends_and_both_windows_are_drawn(state):
    ranges = shown(state)
    drawn = {cell for start, stop in ranges for cell in range(start, stop)}
    assert len(drawn) == sum(stop - start for start, stop in ranges)
    for geometry in (state.adapted, state.fixed):
        (before, after), count = geometry.padding[1], geometry.output_shape[1]
        assert {-before, state.size + after - 1} <= drawn
        if state.step < count:
            start = starts(geometry)[state.step]
            assert set(range(start, start + geometry.span[1])) <= drawn


@given(states())
def test_cells_stand_in_order_within_the_picture(state):
    ruler = SCENE.ruler(state)
    cells = np.concatenate([np.arange(start, stop) for start, stop in ruler.ranges])
    across = ruler.across(cells)
    assert np.isfinite(across).all()
    assert (np.diff(across) >= ruler.cell - 1e-6).all()
    assert across[0] >= 0 and across[-1] + ruler.cell <= SCENE.width
    assert np.isnan(ruler.across([-1000]))[0]
    gaps = [
        start - stop for (_, stop), (start, _) in zip(ruler.ranges, ruler.ranges[1:], strict=False)
    ]
    assert len(ruler.breaks) == sum(gap > 0 for gap in gaps)


@given(states())
def test_what_is_drawn_is_what_the_windows_read(state):
    SCENE.update(state)
    ruler = SCENE.ruler(state)
    for strip, geometry in zip(SCENE._strips, (state.adapted, state.fixed), strict=True):
        lefts = np.array([path.vertices[:4, 0].min() for path in strip.taps.get_paths()])
        if state.step >= geometry.output_shape[1]:
            assert len(lefts) == 0
            continue
        _, _, cols = geometry.window(state.step)
        cells = np.array(cols) - geometry.padding[1][0]
        assert np.allclose(lefts, ruler.across(cells))
        (pixel,) = strip.pixel.get_paths()
        middle = pixel.vertices[:4, 0].mean()
        assert np.isclose(middle, (lefts[0] + lefts[-1] + ruler.cell) / 2)


def test_a_short_strip_is_drawn_whole():
    state = SameState(8, 3, 2)
    SCENE.update(state)
    for strip, geometry in zip(SCENE._strips, (state.adapted, state.fixed), strict=True):
        assert len(strip.cells.get_paths()) == 8
        assert len(strip.padding.get_segments()) == sum(geometry.padding[1])
        assert len(strip.outputs.get_paths()) == 4


def test_the_shift_is_as_long_as_the_windows_are_apart():
    for state, apart in ((SameState(224, 7, 2, 1, 50), 1), (SameState(9, 3, 2), 0)):
        SCENE.update(state)
        (bar,) = SCENE._shift.get_segments()
        assert np.isclose(abs(np.diff(bar[:, 0])[0]), apart * SCENE.ruler(state).cell)


def test_where_there_is_no_such_pixel_nothing_is_joined():
    SCENE.update(SameState(8, 4, 1, 1, step=7))
    assert len(SCENE._shift.get_segments()) == 0
    assert len(SCENE._words.get_path().vertices) > 0


def test_no_number_reaches_over_the_edge_of_its_row():
    """Two or three digits need a neighbour on each side where a cell has 12 pixels, none at 30."""
    cells = np.array([-1, 0, 1, 9, 10, 11, 243, 244, 254, 255])
    drawn = np.array([0, 1, 9, 10, 11, 242, 243, 244, 253, 254, 255])
    narrow = cells[has_room(cells, drawn, 12)]
    assert narrow.tolist() == [0, 1, 9, 10, 243, 254]
    assert cells[has_room(cells, drawn, 30)].tolist() == cells[1:].tolist()
