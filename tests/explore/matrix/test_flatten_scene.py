"""Flattening: cells start in the grid, land in the column, and numpy agrees about the order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.explore.matrix.flatten_numbers import FLIGHT, FlattenState
from convlab.explore.matrix.flatten_scene import FlattenScene
from tests.strategies import pairs

orders = st.sampled_from(["rows", "columns"])


@given(pairs(1, 4), st.integers(1, 2), orders)
def test_the_order_is_numpy_s(shape, channels, order):
    state = FlattenState(shape, channels, order=order)
    x = np.random.default_rng(0).normal(size=(channels, *shape))
    expected = x.ravel() if order == "rows" else np.concatenate([c.ravel(order="F") for c in x])
    assert_array_equal(x.ravel()[state.sequence], expected)
    for index in range(state.size):
        assert x[state.cell(index)] == expected[index]


@given(pairs(1, 4), st.integers(1, 2), orders)
def test_all_start_on_the_grid_and_all_land_in_the_column(shape, channels, order):
    scene = FlattenScene()
    state = FlattenState(shape, channels, 0, order)
    grids, column = scene.boards(state)
    start = np.concatenate([grid.boxes() for grid in grids])
    assert_allclose(_drawn(scene, state)[0], start[state.sequence])
    last = FlattenState(shape, channels, state.steps - 1, order)
    at_rest, flying = _drawn(scene, last)
    assert_allclose(at_rest, column.boxes())
    assert len(flying) == 0
    assert last.landed == last.size


def _drawn(scene, state):
    """Return the corners of the cells at rest, and of those under way."""
    scene.update(state)
    return [
        np.array([path.vertices[:4] for path in cells.get_paths()]).reshape(-1, 4, 2)
        for cells, _ in scene._layers
    ]


@given(st.integers(0, 19))
def test_what_has_landed_is_counted_as_it_is_drawn(step):
    scene, state = FlattenScene(), FlattenState((4, 4), step=step)
    at_rest, flying = _drawn(scene, state)
    column = scene.boards(state)[1]
    landed = (at_rest[:, 0, 0] == column.left).sum()
    assert landed == state.landed
    assert len(at_rest) + len(flying) == 16
    assert len(flying) == sum(0 < step - cell < FLIGHT for cell in range(16))


@pytest.mark.parametrize("order", ["rows", "columns"])
def test_no_cell_leaves_the_picture_on_its_way(order):
    scene = FlattenScene()
    for step in range(36):
        for corners in _drawn(scene, FlattenState((4, 4), 2, step, order)):
            assert (corners >= 0).all()
            assert (corners <= (scene.width, scene.height)).all()
