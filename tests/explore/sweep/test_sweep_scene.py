"""The sweep's scene: what is drawn where, and what a click finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from convlab.convolution import conv2d, flip
from convlab.draw.text import text_path
from convlab.explore.samples import GUIDE_INPUT, GUIDE_KERNEL, KERNEL, LETTER_T, PICTURE
from convlab.explore.sweep.sweep_numbers import SweepState
from convlab.explore.sweep.sweep_scene import SweepScene
from convlab.geometry import Geometry
from tests.strategies import oracle
from tests.strategies import settings as _profile  # noqa: F401


@pytest.fixture(scope="module")
def scene():
    return SweepScene()


def test_the_sample_is_the_published_worked_example():
    guide = oracle("worked_examples")["conv"][0]
    assert_array_equal(GUIDE_INPUT, guide["x"])
    assert_array_equal(GUIDE_KERNEL, guide["weight"])
    assert not np.array_equal(flip(GUIDE_KERNEL), GUIDE_KERNEL)


def test_the_kernel_that_teaches_the_flip_is_unlike_its_mirror_images_and_transposes():
    quarters = [np.rot90(LETTER_T, turns) for turns in range(4)]
    every = [kernel for quarter in quarters for kernel in (quarter, quarter.T)]
    assert len({kernel.tobytes() for kernel in every}) == 8
    assert_array_equal(flip(LETTER_T), [[0, 5, 0], [0, 4, 0], [3, 2, 1]])


def test_the_numbers_are_those_of_conv2d():
    geometry = Geometry(6, (3, 2), stride=(1, 2), padding=((0, 1), (2, 0)), dilation=(2, 1))
    layout = {"stride": (1, 2), "padding": ((0, 1), (2, 0)), "dilation": (2, 1)}
    assert_array_equal(SweepState(geometry).y, conv2d(PICTURE[:6, :6], KERNEL[:3, :2], **layout))
    flipped = SweepState(geometry, operation=True)
    assert_array_equal(flipped.y, conv2d(PICTURE[:6, :6], flip(KERNEL[:3, :2]), **layout))
    assert_array_equal(flipped.weight, flip(KERNEL[:3, :2]))


def corners(collection):
    return [path.vertices[:4] for path in collection.get_paths()]


def test_there_are_as_many_cells_of_each_kind_as_the_geometry_says(scene):
    geometry = Geometry((5, 4), (2, 3), padding=1, dilation=(2, 1))
    for step in (0, 7, geometry.steps - 1):
        scene.update(SweepState(geometry, step))
        assert len(corners(scene._input)) == 20
        assert len(corners(scene._taps)) == 6
        assert len(corners(scene._done)) == step
        assert len(corners(scene._pixel)) == 1
        assert len(corners(scene._waiting)) == geometry.steps - step - 1
        assert len(scene._joins.get_segments()) == 4
        assert len(scene._padding.get_segments()) == (7 + 1) + (6 + 1)
    scene.update(SweepState(Geometry(5, 3)))
    assert scene._padding.get_segments() == []


def test_every_padded_cell_is_dashed_and_holds_a_zero(scene):
    """As the legend and the lessons say: none of them is empty."""
    one = len(text_path(["0"], np.zeros((1, 2)), 12).vertices)
    for padding, added in ((0, 0), (1, 24), (((0, 1), (2, 0)), 17)):
        state = SweepState(Geometry(5, 3, padding=padding))
        scene.update(state)
        assert len(scene._zeros.get_path().vertices) == added * one
        assert (len(scene._padding.get_segments()) > 0) == (added > 0)
        assert (state.patch[state.outside] == 0).all()


def test_the_taps_of_a_dilated_kernel_leave_holes(scene):
    geometry = Geometry(5, 3, dilation=2)
    state = SweepState(geometry, azimuth=0, elevation=90)
    scene.update(state)
    zoom = scene.camera(state).zoom
    centres = np.array([c.mean(axis=0) for c in corners(scene._taps)])
    assert np.diff(centres[:3, 0]) == pytest.approx(2 * zoom)
    footprint = corners(scene._footprint)[0]
    assert np.ptp(footprint, axis=0) == pytest.approx((5 * zoom, 5 * zoom))


def test_the_lines_join_the_window_to_its_pixel(scene):
    state = SweepState(Geometry(5, 3, stride=(1, 2)), step=3)
    scene.update(state)
    feet, heads = np.array(scene._joins.get_segments()).transpose(1, 0, 2)
    assert feet == pytest.approx(corners(scene._footprint)[0])
    assert heads == pytest.approx(corners(scene._pixel)[0])


@given(
    st.sampled_from(
        [Geometry(5, 3), Geometry((3, 8), (1, 3), stride=2), Geometry(9, 2, padding=3)]
    ),
    st.floats(-180, 180),
    st.floats(10, 85),
)
def test_a_click_on_any_output_cell_finds_its_step(geometry, azimuth, elevation):
    scene = SweepScene()
    state = SweepState(geometry, 0, azimuth, elevation)
    scene.update(state)
    drawn = corners(scene._pixel) + corners(scene._waiting)
    for step, cell in enumerate(drawn):
        assert scene.pick(state, tuple(cell.mean(axis=0))) == {"step": step}
    assert scene.pick(state, (-50.0, -50.0)) is None


@given(
    st.sampled_from([Geometry(5, 3), Geometry(1, 1), Geometry(9, 2, padding=3, stride=4)]),
    st.floats(-180, 180),
    st.floats(10, 85),
)
def test_everything_stays_inside_the_picture(geometry, azimuth, elevation):
    scene = SweepScene()
    scene.update(SweepState(geometry, 0, azimuth, elevation))
    for collection in (scene._input, scene._taps, scene._pixel, scene._waiting, scene._footprint):
        for cell in corners(collection):
            assert (cell >= 0).all()
            assert (cell <= (scene.width, scene.height - 30)).all()


def test_numbers_are_left_out_where_there_is_no_room(scene):
    scene.update(SweepState(Geometry(5, 3)))
    assert len(scene._numbers.get_path().vertices) > 100
    scene.update(SweepState(Geometry(9, 3, padding=3), elevation=12))
    assert len(scene._numbers.get_path().vertices) == 0
