"""The numbers of the back-propagation pictures, each against another way of computing it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.convolution import conv2d, conv2d_loops, flip
from convlab.explore.backprop.worked_example import (
    BIAS,
    INPUT,
    SYMMETRIC,
    WEIGHT,
    WorkedExample,
    worked,
)
from convlab.geometry import Geometry
from convlab.widgets.geometry_controls import geometry_controls, geometry_limits, geometry_of
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

CONTROLS = geometry_controls()


@st.composite
def small_geometries(draw):
    """Any geometry that the controls of these explorers can reach."""
    values = {name: control.value for name, control in CONTROLS.items()}
    for name, control in CONTROLS.items():
        room = geometry_limits(name, values) or (control.min, control.max)
        high = np.minimum(room[1], control.max).tolist()
        values[name] = tuple(map(draw, map(st.integers, control.min, high)))
    return geometry_of(values)


def test_every_geometry_of_the_controls_is_reached_and_fits():
    seen = []

    @given(small_geometries())
    def look(geometry):
        seen.append(geometry)

    look()
    assert any(max(g.leftover) for g in seen)
    assert any(max(g.dilation) > 1 for g in seen)
    assert any(g.padded_shape != g.input_shape for g in seen)


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("cols", [1, 2, 3])
def test_no_part_of_the_kernel_looks_the_same_rotated(rows, cols):
    part = WEIGHT[:rows, :cols]
    assert part.all()
    assert np.array_equal(part, flip(part)) == (part.size == 1)
    symmetric = WorkedExample(Geometry(6, (rows, cols)), symmetric=True).weight
    assert_array_equal(symmetric, flip(symmetric))


@given(small_geometries())
def test_forward_numbers_equal_the_plain_loops(geometry):
    n = WorkedExample(geometry)
    x, w = INPUT[: len(n.x), : len(n.x[0])], WEIGHT[: len(n.weight), : len(n.weight[0])]
    assert_allclose(n.y, conv2d_loops(x, w, BIAS, **n.layout))
    assert_allclose(n.matrix @ x.ravel() + BIAS, n.y.ravel())
    assert n.loss(n.y) == pytest.approx((n.grad_output**2).sum() / 2)


@given(small_geometries(), st.booleans())
def test_gradients_equal_central_differences_of_the_loss(geometry, symmetric):
    n = WorkedExample(geometry, symmetric=symmetric)
    for coded, numerical in zip(n.gradients, n.numerical, strict=True):
        assert_allclose(coded, numerical, atol=1e-6)


@given(small_geometries())
def test_the_meetings_are_the_entries_of_the_matrix(geometry):
    n = WorkedExample(geometry)
    rebuilt = np.zeros_like(n.matrix)
    for connection in n.connections:
        rebuilt[connection.pixel, connection.source] = n.weight[connection.weight]
    assert_array_equal(rebuilt, n.matrix)
    assert_array_equal(n.covered.ravel(), n.matrix.any(axis=0))
    for source in range(n.x.size):
        assert [m.pixel for m in n.fed_by(source)] == np.flatnonzero(n.matrix[:, source]).tolist()


@given(small_geometries())
def test_the_rotated_kernel_over_the_zero_inserted_gradient_is_the_input_gradient(geometry):
    n = WorkedExample(geometry)
    assert min(min(side) for side in n.border) >= 0
    result = conv2d(n.zero_inserted_and_padded, flip(n.weight), dilation=geometry.dilation)
    assert_allclose(result, n.gradients.x, atol=1e-12)
    assert_allclose(n.matrix.T @ n.grad_output.ravel(), n.gradients.x.ravel(), atol=1e-12)


@given(small_geometries())
def test_the_zero_inserted_gradient_over_the_input_is_the_weight_gradient(geometry):
    n = WorkedExample(geometry)
    rows, cols = n.weight.shape
    result = conv2d(n.padded, n.zero_inserted, stride=geometry.dilation)[:rows, :cols]
    assert_allclose(result, n.gradients.weight, atol=1e-12)
    for u, v in np.ndindex(n.weight.shape):
        assert (n.met_by(u, v) * n.grad_output).sum() == n.gradients.weight[u, v]


@given(small_geometries())
def test_the_loss_falls_after_one_step_and_after_the_next(geometry):
    n = WorkedExample(geometry)
    steepest = max(np.abs(n.gradients.weight).max(), abs(n.gradients.bias))
    after = n.loss(n.forward(*n.learned))
    assert after < n.loss(n.y) if steepest > 0 else after == n.loss(n.y)


def test_the_article_s_case_has_something_to_say_everywhere():
    n = worked(Geometry(4, 3))
    assert n.y.shape == (2, 2)
    assert n.grad_output.all()
    assert (n.grad_output < 0).any()
    assert (n.grad_output > 0).any()
    assert n.gradients.bias != 0
    assert n.loss(n.forward(*n.learned)) < 0.6 * n.loss(n.y)


def test_the_symmetric_kernel_is_its_own_rotation_and_mirror_image_and_the_other_never_is():
    for same in (SYMMETRIC[::-1, ::-1], SYMMETRIC.T, SYMMETRIC[::-1]):
        assert_array_equal(same, SYMMETRIC)
    assert WEIGHT.all()
    for rows, cols in np.ndindex(3, 3):
        part = WEIGHT[: rows + 1, : cols + 1]
        assert part.size == 1 or not np.array_equal(part, part[::-1, ::-1])


def test_numbers_are_computed_once_per_geometry():
    assert worked(Geometry(4, 3)) is worked(Geometry(4, 3))
    assert worked(Geometry(4, 3), True) is not worked(Geometry(4, 3))
