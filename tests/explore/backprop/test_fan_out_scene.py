"""The fan-out: a line to every output fed, and the cell under a pixel."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab.explore.backprop.fan_out_numbers import FanOutState
from convlab.explore.backprop.fan_out_scene import FanOutScene
from convlab.explore.backprop.worked_example import worked
from convlab.geometry import Geometry
from tests.explore.backprop.test_worked_example import small_geometries

SCENE = FanOutScene()


@given(small_geometries(), st.integers(0, 35))
def test_each_output_that_the_cell_feeds_has_a_line_a_weight_and_a_place(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    SCENE.update(FanOutState(geometry, cell))
    fed = np.count_nonzero(n.matrix[:, cell])
    assert len(SCENE._lines.get_segments()) == fed == len(SCENE._fed.get_paths())
    assert len(SCENE._tags.get_paths()) == fed
    assert len(SCENE._waiting.get_paths()) == n.y.size - fed
    assert len(SCENE._input.get_paths()) == n.x.size


@given(small_geometries(), st.integers(0, 35), st.integers(-180, 180), st.integers(10, 85))
def test_the_middle_of_a_drawn_cell_belongs_to_that_cell(geometry, cell, azimuth, elevation):
    state = FanOutState(geometry, cell % worked(geometry).x.size, azimuth, elevation)
    SCENE.update(state)
    for index, path in enumerate(SCENE._input.get_paths()):
        middle = path.vertices[:4].mean(axis=0)
        assert SCENE.pick(state, tuple(middle)) == {"cell": index + 1}
        assert (middle > 0).all()
        assert (middle < (SCENE.width, SCENE.height)).all()


def test_beside_the_input_on_its_padding_and_edge_on_there_is_no_cell():
    state = FanOutState(Geometry(5, 3), 12)
    assert SCENE.pick(state, (1, 1)) is None
    padded = FanOutState(Geometry(5, 3, padding=2), 0)
    SCENE.update(padded)
    first, second = (p.vertices[:4].mean(axis=0) for p in SCENE._input.get_paths()[:2])
    assert SCENE.pick(padded, tuple(2 * first - second)) is None
    assert SCENE.pick(FanOutState(Geometry(5, 3), 12, elevation=0), (250, 200)) is None


def test_the_lines_begin_in_the_middle_of_the_chosen_cell():
    SCENE.update(FanOutState(Geometry(5, 3, stride=2, padding=1), 6))
    middle = SCENE._chosen.get_paths()[0].vertices[:4].mean(axis=0)
    for start, _ in SCENE._lines.get_segments():
        assert np.linalg.norm(start - middle) == pytest.approx(10)  # an arrow leaves some room


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_no_weight_hides_another(padding):
    """Also where the fan is narrow: every tag can be read, seen as the explorer first shows it."""
    geometry = Geometry(6, 3, padding=padding)
    scene = FanOutScene()
    for cell in range(geometry.input_shape[0] * geometry.input_shape[1]):
        scene.update(FanOutState(geometry, cell))
        boxes = [path.get_extents() for path in scene._tags.get_paths()]
        for one, other in combinations(boxes, 2):
            wide = min(one.x1, other.x1) - max(one.x0, other.x0)
            high = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert min(wide, high) < 8
