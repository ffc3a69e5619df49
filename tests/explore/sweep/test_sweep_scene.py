"""The sweep's scene: what is drawn where, and what a click finds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path
from numpy.testing import assert_array_equal

from convlab.convolution import conv2d, flip
from convlab.draw.text import text_path
from convlab.explore.samples import GUIDE_INPUT, GUIDE_KERNEL, KERNEL, LETTER_T, PICTURE
from convlab.explore.sweep.sweep_lettering import weight_size
from convlab.explore.sweep.sweep_numbers import Sample, SweepState
from convlab.explore.sweep.sweep_scene import SweepScene
from convlab.explore.sweep.sweep_words import describe
from convlab.formatting import plain
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
        assert len(scene._joins.get_segments()) > 4
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
    for azimuth in (-150, -20, 25, 90):
        state = SweepState(Geometry(5, 3, stride=(1, 2), padding=1), step=3, azimuth=azimuth)
        scene.update(state)
        pieces = np.array(scene._joins.get_segments())
        foot, head = corners(scene._footprint)[0], corners(scene._pixel)[0]
        for low, high in zip(foot, head, strict=True):
            unit = (high - low) / np.linalg.norm(high - low)
            away = pieces - low
            aside = np.abs(away[..., 0] * unit[1] - away[..., 1] * unit[0]).max(axis=1)
            assert (aside < 1e-6).sum() > 20  # of 48 pieces


VIEWS = [
    SweepState(geometry, step, azimuth, elevation)
    for geometry in (
        Geometry(5, 3, stride=(1, 2)),
        Geometry(5, 3, padding=1),
        Geometry((2, 7), (2, 3), dilation=(1, 2)),
    )
    for azimuth in (-150, -20, 0, 25, 90)
    for elevation in (32, 60, 85)
    for step in (0, geometry.steps - 1)
]


def glyphs(scene):
    """Return what is written on the input plane, as filled outlines."""
    written = (scene._numbers, scene._zeros, scene._weights)
    return [glyph for patch in written for glyph in patch.get_path().to_polygons() if len(glyph)]


@pytest.mark.parametrize("state", VIEWS)
def test_no_line_crosses_what_is_written(scene, state):
    scene.update(state)
    pieces = np.array(scene._joins.get_segments())
    along = np.linspace(0, 1, 9)[:, None, None]
    points = (pieces[:, 0] + along * (pieces[:, 1] - pieces[:, 0])).reshape(-1, 2)
    for glyph in glyphs(scene):
        inside = (points > glyph.min(axis=0)) & (points < glyph.max(axis=0))
        assert not inside.all(axis=1).any()


@pytest.mark.parametrize("state", VIEWS)
def test_the_output_cuts_no_number_and_the_caption_tells_of_those_that_it_hides(scene, state):
    scene.update(state)
    cells_of = (scene._done, scene._pixel, scene._waiting)
    plane = [Path(cell) for collection in cells_of for cell in corners(collection)]
    shown = glyphs(scene)
    for glyph in shown:
        assert not any(cell.intersects_path(Path(glyph), filled=True) for cell in plane)
    flat = replace(state, flat=True)
    scene.update(flat)
    missing = len(shown) < len(glyphs(scene))
    assert ("the output hides some numbers" in describe(state)) == missing
    assert "hides" not in describe(flat)


def test_where_the_flat_view_has_no_room_the_caption_names_the_table(scene):
    sample = Sample(np.ones((9, 12)), np.ones((2, 1)))
    state = SweepState(Geometry((9, 12), (2, 1)), azimuth=90, elevation=85, sample=sample)
    assert describe(state).endswith("are in the table.")
    assert describe(SweepState(Geometry(5, 3), elevation=85)).endswith("the flat view has all.")
    scene.update(replace(state, flat=True))
    assert glyphs(scene) == []
    weightless = SweepState(Geometry(7, 1), azimuth=0, elevation=85)
    assert describe(weightless).endswith("are in the table.")
    assert describe(replace(weightless, weights=False)).endswith("the flat view has all.")
    assert weight_size(scene.camera(weightless)) > 0
    scene.update(replace(weightless, flat=True))
    assert len(scene._weights.get_path().vertices) == 0 < len(glyphs(scene))


def test_the_weights_stand_in_the_corners_of_the_cells_that_they_cover(scene):
    geometry = Geometry(5, (3, 2), dilation=(1, 2))
    state = SweepState(geometry, step=8, azimuth=0, elevation=40)
    scene.update(state)
    written = scene._weights.get_path()
    assert len(written.vertices) == sum(
        len(text_path([plain(value)], np.zeros((1, 2)), 12, bold=True).vertices)
        for value in state.weight.ravel()
    )
    box, cells_ = written.get_extents(), np.array(corners(scene._taps))
    assert cells_[..., 0].min() < box.x0 < cells_[..., 0].min() + 0.4 * scene.camera(state).zoom
    scene.update(SweepState(geometry, weights=False))
    assert len(scene._weights.get_path().vertices) <= 1


def test_long_weights_stay_in_their_cells_and_lie_on_no_number(scene):
    sample = Sample(np.full((5, 5), -1234.5), np.full((3, 3), -99.25))
    state = SweepState(Geometry(5, 3), step=4, azimuth=0, elevation=45, sample=sample)
    scene.update(state)
    window, numbers = corners(scene._footprint)[0], scene._numbers.get_path().to_polygons()
    for weight in scene._weights.get_path().to_polygons():
        assert weight[:, 0].min() >= window[:, 0].min()
        for number in numbers:
            low = np.maximum(weight.min(axis=0), number.min(axis=0))
            high = np.minimum(weight.max(axis=0), number.max(axis=0))
            assert (low >= high).any()


def test_flat_the_output_lies_beside_the_input(scene):
    geometry = Geometry((5, 4), 3, padding=1)
    state = SweepState(geometry, step=5, flat=True)
    scene.update(state)
    outputs = [*corners(scene._done), *corners(scene._pixel), *corners(scene._waiting)]
    right = max(cell[:, 0].max() for cell in corners(scene._input))
    assert min(cell[:, 0].min() for cell in outputs) > right
    assert max(cell[:, 0].max() for cell in outputs) < scene.width
    for step, cell in enumerate(outputs):
        assert scene.pick(state, tuple(cell.mean(axis=0))) == {"step": step}
    assert scene.pick(state, tuple(corners(scene._input)[0].mean(axis=0))) is None


def test_what_the_mouse_points_at_is_found_on_the_input_alone(scene):
    for flat in (False, True):
        state = SweepState(Geometry(5, 3, padding=1), step=12, azimuth=0, elevation=40, flat=flat)
        scene.update(state)
        taps = np.array(corners(scene._taps)).mean(axis=1)
        found = [scene.input_at(state, tuple(tap)) for tap in taps[3:]]
        expected = [(2 + u, 2 + v) for u, v in np.ndindex(3, 3)][3:]
        assert found == expected
        assert [state.weight_over(cell) for cell in found] == [*np.ndindex(3, 3)][3:]
        pixel = tuple(corners(scene._pixel)[0].mean(axis=0))
        assert scene.input_at(state, pixel) is None
    assert state.weight_over((0, 0)) is None


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


@pytest.mark.parametrize(
    ("pointed", "there"), [(None, 0), ((1, 2), 1), ((0, 0), 1), ((2, 0), 0), ((0, 3), 0)]
)
def test_only_a_cell_of_the_kernel_is_pointed_at(pointed, there):
    """A kernel that has become smaller may leave the mouse where it was."""
    look = SweepState(Geometry(5, (2, 3)), pointed=pointed).look
    assert (0 if look is None else look.sum()) == there
    if there:
        assert look.shape == (2, 3)
        assert look[pointed]
