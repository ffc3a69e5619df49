"""Every planted mistake is caught, and where one cannot show the caption's reason is true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from convlab.convolution import flip
from convlab.explore.backprop.gradient_check_numbers import (
    MISTAKES,
    NONE,
    Agreement,
    agreements,
    coded,
)
from convlab.explore.backprop.gradient_check_words import in_words, why_hidden
from convlab.explore.backprop.worked_example import WorkedExample, worked
from convlab.geometry import Geometry
from tests.explore.backprop.test_worked_example import small_geometries

PLANTED = list(MISTAKES)
BY_CHANCE = "the numbers happen to agree"
TELLING = [
    Geometry(6, 3, stride=2, padding=1),
    Geometry((6, 5), (3, 2), stride=(2, 3)),
    Geometry((5, 6), (2, 3), stride=2, padding=(1, 0)),
]
every_mistake = pytest.mark.parametrize("name", PLANTED)


@every_mistake
@pytest.mark.parametrize("geometry", TELLING, ids=str)
def test_every_mistake_is_caught_at_telling_geometries_and_spoils_one_gradient_only(name, geometry):
    found = agreements(worked(geometry), name)
    part = MISTAKES[name].part
    assert [key for key, agreement in found.items() if not agreement.passes] == [part]
    assert found[part].error > 0.01


@given(small_geometries(), st.booleans(), st.sampled_from(PLANTED))
def test_a_mistake_is_caught_exactly_where_it_changes_the_gradient(geometry, symmetric, name):
    n, part = WorkedExample(geometry, symmetric=symmetric), MISTAKES[name].part
    own, right = getattr(coded(n, name), part), getattr(n.gradients, part)
    changed = own.shape != right.shape or not np.allclose(own, right, atol=1e-9)
    found = agreements(n, name)
    assert found[part].passes == (not changed)
    assert found[part].passes or found[part].error > 1e-2
    assert all(agreement.passes for key, agreement in found.items() if key != part)


@given(small_geometries(), st.booleans(), st.sampled_from(PLANTED))
def test_the_reason_why_a_mistake_hides_is_true(geometry, symmetric, name):
    n, mistake = WorkedExample(geometry, symmetric=symmetric), MISTAKES[name]
    reason = why_hidden(name, n)
    passes = agreements(n, name)[mistake.part].passes
    if BY_CHANCE not in reason and "is 0 here" not in reason:
        assert passes, reason
    if "looks the same" in reason and mistake.part == "x":
        assert np.array_equal(n.weight, flip(n.weight))
    if passes and "cropped" in name:
        assert max(geometry.leftover) == 0
    if passes and "per product" in name:
        assert n.weight.size == 1 or n.gradients.bias == 0


def test_a_mistake_seldom_hides_by_chance():
    chances = []

    @given(small_geometries(), st.sampled_from(PLANTED))
    def look(geometry, name):
        n = WorkedExample(geometry)
        hides = agreements(n, name)[MISTAKES[name].part].passes
        chances.append(hides and BY_CHANCE in why_hidden(name, n))

    look()
    assert sum(chances) <= 0.1 * len(chances)


def test_stride_one_hides_a_forgotten_stride_and_symmetry_hides_the_rotation():
    one = worked(Geometry(6, 3))
    for name in PLANTED:
        if "stride" in name:
            assert agreements(one, name)[MISTAKES[name].part].passes
            assert "stride 2" in why_hidden(name, one)
    name = "∂ℓ/∂x: kernel not rotated"
    same = worked(Geometry(6, 3, stride=2), True)
    assert agreements(same, name)["x"].passes
    assert "looks the same when rotated" in why_hidden(name, same)
    assert not agreements(worked(Geometry(6, 3, stride=2)), name)["x"].passes


@given(small_geometries(), st.booleans())
def test_right_gradients_pass(geometry, symmetric):
    found = agreements(WorkedExample(geometry, symmetric=symmetric), NONE)
    assert all(agreement.error < 1e-10 for agreement in found.values())


def test_one_wrong_entry_does_not_pass():
    right = np.arange(6.0).reshape(2, 3)
    for index in np.ndindex(right.shape):
        wrong = right.copy()
        wrong[index] += 1e-3
        assert not Agreement(wrong, right).passes
    assert Agreement(right, right).error == 0
    assert Agreement(right[:1], right).error == float("inf")
    assert Agreement(np.zeros(2), np.zeros(2)).passes


@pytest.mark.parametrize(
    ("error", "words"), [(0.0, "0"), (1.156, "116 %"), (2.2e-13, "2 · 10⁻¹³"), (5e-4, "5 · 10⁻⁴")]
)
def test_errors_are_written_as_a_reader_would(error, words):
    assert in_words(error) == words


def test_a_bias_per_product_is_a_multiple_of_the_right_one():
    n = worked(Geometry(4, 3))
    assert_allclose(coded(n, "∂ℓ/∂b: counted per product").bias, 9 * n.grad_output.sum())
