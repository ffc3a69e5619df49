"""The section through a stack: what is drawn where, against the mathematics done another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab.convolution import conv2d
from convlab.explore.receptive_field.layer_stack_numbers import (
    LayerStackState,
    map_sizes,
    windows,
)
from convlab.explore.receptive_field.layer_stack_scene import LayerStackScene
from convlab.receptive_field import Layer
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

LAYERS = st.builds(
    Layer,
    kernel_size=st.integers(1, 4),
    stride=st.integers(1, 3),
    padding=st.integers(0, 3),
    dilation=st.integers(1, 3),
)
STACKS = st.lists(LAYERS, min_size=1, max_size=4).map(tuple)


@st.composite
def states(draw):
    size, layers = draw(st.integers(1, 24)), draw(STACKS)
    return LayerStackState(size, layers, draw(st.integers(0, map_sizes(size, layers)[-1] - 1)))


def forward(x, layers):
    """Send a row through layers of ones, by `conv2d`."""
    for layer in layers:
        (kernel, stride), padding = (layer.kernel_size[1], layer.stride[1]), layer.padding[1]
        layout = {"stride": (1, stride), "padding": ((0, 0), padding)}
        x = conv2d(x, np.ones((1, kernel)), dilation=(1, layer.dilation[1]), **layout)
    return x


@given(states())
def test_the_cells_marked_as_read_are_those_whose_change_reaches_the_unit(state):
    """Each input cell is set to 1 in turn; the unit answers exactly where it is marked."""
    layers = state.layers[: len(state.sizes) - 1]
    answers = [forward(row[None], layers)[0, state.unit] > 0 for row in np.eye(state.input_size)]
    assert state.reads[0].tolist() == np.flatnonzero(answers).tolist()


@given(states())
def test_maps_have_the_sizes_that_conv2d_gives_and_stop_where_it_refuses(state):
    """`map_sizes` agrees with `conv2d`, layer by layer."""
    x = np.ones((1, state.input_size))
    for layer, size in zip(state.layers, state.sizes[1:], strict=False):
        x = forward(x, [layer])
        assert x.shape[1] == size
    if len(state.sizes) <= len(state.layers):
        with pytest.raises(ValueError, match="does not fit"):
            forward(x, [state.layers[len(state.sizes) - 1]])


@given(states())
def test_what_is_read_lies_in_the_region_that_the_formula_gives(state):
    """The cone never leaves the bracket below it."""
    first, end = state.region
    assert all(first <= cell < end for cell in state.reads[0])


def middles(collection):
    return np.array([path.vertices[:4].mean(axis=0) for path in collection.get_paths()])


def drawn(stack, size, unit):
    scene, state = LayerStackScene(), LayerStackState(size, tuple(stack), unit)
    scene.update(state)
    return scene, state


def test_two_3x3_mark_five_input_cells_and_three_units():
    """Two 3×3 see 5×5: five blue cells, three green ones, one chosen."""
    scene, _ = drawn([Layer(3), Layer(3)], 11, 3)
    assert len(middles(scene._input_read)) == 5
    assert len(middles(scene._units_read)) == 3
    assert len(middles(scene._unit)) == 1
    assert len(scene._joins.get_segments()) == 3 + 9


def test_every_unit_stands_above_the_middle_of_what_it_reads():
    """Stride and padding included: the unit is centred over the input cells of its cone."""
    stack = [Layer(3, padding=1), Layer(2, stride=2), Layer(3, padding=1)]
    scene, _ = drawn(stack, 21, 4)
    assert middles(scene._unit)[0, 0] == pytest.approx(middles(scene._input_read)[:, 0].mean())


def test_the_bracket_spans_the_cells_of_the_field():
    """Its ends are the outer edges of the first and the last cell that the unit sees."""
    scene, state = drawn([Layer(3), Layer(3)], 11, 3)
    across = scene._bracket.get_segments()[0][:, 0]
    left, right = across.min(), across.max()
    cells = middles(scene._input)[:, 0]
    pitch = cells[1] - cells[0]
    first, end = state.region
    assert left == pytest.approx(cells[first] - pitch / 2)
    assert right == pytest.approx(cells[end - 1] + pitch / 2)


def test_dilation_leaves_holes():
    """Of the nine cells between the outer taps, a kernel of 3 with dilation 4 reads three."""
    scene, state = drawn([Layer(3, dilation=4)], 15, 2)
    assert state.reads[0].tolist() == [2, 6, 10]
    assert len(middles(scene._input_read)) == 3


def test_lines_to_padding_are_told_apart():
    """The first unit of a padded layer has one of its three lines end on padding."""
    scene, _ = drawn([Layer(3, padding=1)], 9, 0)
    assert len(scene._joins.get_segments()) == 2
    assert len(scene._joins_to_padding.get_segments()) == 1
    assert len(scene._padding.get_segments()) == 2


def test_a_click_finds_each_unit_of_the_top_row_and_none_below():
    """Where a unit is drawn, a click finds it."""
    scene, state = drawn([Layer(3, padding=1), Layer(3, stride=2)], 15, 2)
    tops = middles(scene._units)[-state.sizes[-1] :]
    found = [scene.pick(state, tuple(place))["unit"] + state.middle for place in tops]
    assert found == list(range(len(tops)))
    assert scene.pick(state, (tops[0][0], 60.0)) is None


@given(states())
def test_nothing_is_drawn_above_the_picture_or_in_its_bracket(state):
    """Rows stay between the bracket's text and the upper edge."""
    scene = LayerStackScene()
    scene.update(state)
    for collection in (scene._input, scene._units):
        for path in collection.get_paths():
            assert path.vertices[:, 1].max() <= scene.height
            assert path.vertices[:, 1].min() >= 50


def test_windows_start_at_minus_the_padding():
    """Written out by hand."""
    layer = Layer(3, stride=2, padding=1, dilation=2)
    assert windows(layer, np.array([0, 1])).tolist() == [[-1, 1, 3], [1, 3, 5]]
