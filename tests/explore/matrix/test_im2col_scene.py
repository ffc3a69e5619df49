"""C̃ beside the patch matrix: both hold the products of the same windows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from convlab.explore.matrix.im2col_scene import PatchScene
from convlab.explore.matrix.matrix_numbers import MatrixState
from convlab.geometry import Geometry
from convlab.matrix import patch_matrix
from tests.strategies import pairs


@st.composite
def states(draw):
    size, kernel = draw(pairs(1, 6)), draw(pairs(1, 3))
    kernel = tuple(map(min, kernel, size))
    padding = tuple(min(1, k - 1) for k in kernel)
    geometry = Geometry(size, kernel, stride=draw(pairs(1, 3)), padding=padding)
    return MatrixState(geometry, step=draw(st.integers(0, geometry.steps - 1)))


@given(states())
def test_the_patch_matrix_on_screen_is_the_function_s(state):
    taps, geometry = state.taps, state.geometry
    shown = np.where(taps < 0, 0, state.column[taps])
    layout = {"stride": geometry.stride, "padding": geometry.padding}
    assert_array_equal(shown, patch_matrix(state.x, geometry.kernel_size, **layout))
    assert_array_equal(state.weight.reshape(1, -1) @ shown, state.y.reshape(1, -1))


@given(states())
def test_every_geometry_hangs_inside_the_picture_without_overlaps(state):
    scene = PatchScene()
    p = scene.places(state)
    (results,) = p.y.grids
    columns = p.x.column, p.y.column
    boards = (p.kernel, p.matrix, *columns, p.padded, p.weights, p.patches, results)
    for number, one in enumerate(boards):
        assert one.left >= 0
        assert one.bottom >= 0
        assert one.right <= scene.width
        assert one.top <= scene.height - 28
        for other in boards[number + 1 :]:
            apart = one.right <= other.left or other.right <= one.left
            assert apart or one.bottom >= other.top or other.bottom >= one.top


@pytest.mark.parametrize("padding", [0, 1, (0, 1)])
def test_just_the_cells_on_padding_are_dashed(padding):
    scene, state = PatchScene(), MatrixState(Geometry((4, 5), 3, padding=padding), step=1)
    scene.update(state)
    places, missing = scene.places(state), int((state.taps < 0).sum())
    assert len(scene._padding.get_segments()) == len(places.padded.net()) + 4 * missing
    column_and_map, shown = 2 * state.x.size, state.taps.size - missing
    assert len(scene._inputs.get_paths()) == column_and_map + shown


@given(states())
def test_a_click_on_any_of_the_products_finds_its_step(state):
    scene = PatchScene()
    places, step = scene.places(state), state.step
    row = places.matrix.cols * step
    for board, index in (
        (places.y.column, step),
        (places.y.grids[0], step),
        (places.matrix, row),
        (places.patches, step),
    ):
        assert scene.pick(state, tuple(board.middles(index)[0])) == {"step": step}
    assert scene.pick(state, (1, 1)) is None
