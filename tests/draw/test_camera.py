"""The camera: what it projects it can find again, and what it fits is inside the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab.draw.camera import Camera, cells, fit
from tests.strategies import settings as _profile  # noqa: F401

angles = st.tuples(st.floats(-180, 180), st.floats(10, 90))


@given(angles, st.tuples(*[st.floats(-5, 5)] * 3))
def test_a_pixel_leads_back_to_the_point_of_its_plane(view, point):
    camera = Camera(*view, zoom=37.0, centre=(200.0, 150.0))
    pixel = camera.project(np.array(point))
    assert camera.unproject(pixel, point[2]) == pytest.approx(point[:2], abs=1e-6)


def test_looking_along_a_plane_finds_no_point():
    assert Camera(azimuth=20, elevation=0).unproject((1.0, 2.0), 0.0) is None


def test_from_above_a_plane_looks_like_the_printed_matrix():
    right, down = Camera(0, 90).project(np.array([[1.0, 0, 0], [0, 1.0, 0]]))
    assert right == pytest.approx((1, 0))
    assert down == pytest.approx((0, -1))


def test_what_is_higher_appears_higher():
    low, high = Camera(30, 40).project(np.array([[0, 0, 0.0], [0, 0, 1.0]]))
    assert high[1] > low[1]
    assert high[0] == pytest.approx(low[0])


@given(angles, st.floats(0.5, 9), st.floats(0.5, 9))
def test_a_fitted_cylinder_is_inside_the_picture_and_touches_it(view, radius, top):
    camera = fit(Camera(*view), (500.0, 400.0), radius, 0.0, top)
    turns = np.radians(np.arange(0, 360, 2))
    ring = np.column_stack([radius * np.cos(turns), radius * np.sin(turns), np.zeros(len(turns))])
    seen = np.concatenate([camera.project(ring), camera.project(ring + [0, 0, top])])
    assert seen.min() > -1e-6
    assert (seen <= (500 + 1e-6, 400 + 1e-6)).all()
    spans = np.ptp(seen, axis=0) / (500, 400)
    assert max(spans) == pytest.approx(1, abs=0.01)


@given(st.tuples(st.floats(-180, 180), st.floats(0, 90)))
def test_the_rows_of_the_projection_are_orthogonal_and_as_long_as_the_zoom(view):
    """Otherwise the view would be sheared or stretched: it would not be orthographic."""
    matrix = Camera(*view, zoom=37.0).matrix
    assert matrix @ matrix.T == pytest.approx(37.0**2 * np.eye(2), abs=1e-9)


@given(st.floats(-180, 180), st.floats(1, 90))
def test_a_positive_turn_goes_counter_clockwise_seen_from_above(azimuth, elevation):
    """A turned camera sees what an unturned one sees of points that were turned instead."""
    cosine, sine = np.cos(np.radians(azimuth)), np.sin(np.radians(azimuth))
    x, y, z = 2.0, -1.0, 0.5
    turned = np.array([x * cosine + y * sine, y * cosine - x * sine, z])
    seen = Camera(azimuth, elevation).project(np.array([x, y, z]))
    assert seen == pytest.approx(Camera(0, elevation).project(turned), abs=1e-9)


def test_turning_keeps_the_size_of_the_scene():
    zooms = {round(fit(Camera(t, 30), (500, 400), 3, 0, 2).zoom, 9) for t in range(0, 360, 30)}
    assert len(zooms) == 1


def test_cells_have_unit_sides_and_start_at_their_corner():
    corners = cells(np.array([0, 2]), np.array([1, 0]), 7.0, origin=(-1.5, -2.0))
    assert corners.shape == (2, 4, 3)
    assert corners[0, 0].tolist() == [-1.0, -1.5, 7.0]
    assert corners[1, 2].tolist() == [-1.0, 1.5, 7.0]
