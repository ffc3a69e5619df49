"""The score of a kernel that is to light up one direction."""

import numpy as np
import pytest

from convlab.exercises.design import light_on_spokes
from convlab.kernels import KERNELS

RIGHT = KERNELS["Sobel vertical"].weights
DIRECTIONS = np.arange(0, 180, 22.5)


def test_the_shares_of_all_directions_sum_to_one():
    for weights in (RIGHT, [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]], [[1, -3, 2]]):
        assert sum(light_on_spokes(weights, d) for d in DIRECTIONS) == pytest.approx(1)


def test_a_gradient_lights_up_the_edges_that_run_across_it():
    """Of an ideal gradient along x, an edge at angle φ gets sin² φ: a quarter at 90°."""
    expected = np.sin(np.radians(DIRECTIONS)) ** 2 / 4
    got = [light_on_spokes(RIGHT, d) for d in DIRECTIONS]
    np.testing.assert_allclose(got, expected, atol=0.03)
    turned = [light_on_spokes(RIGHT.T, d) for d in DIRECTIONS]
    np.testing.assert_allclose(turned, np.roll(expected, 4), atol=0.03)


def test_a_spot_does_not_care():
    got = [light_on_spokes(KERNELS["Laplacian 8"].weights, d) for d in DIRECTIONS]
    np.testing.assert_allclose(got, 1 / 8, atol=0.03)


@pytest.mark.parametrize("degrees", [45, 135])
def test_both_ways_of_the_lesson_reach_its_goal(degrees):
    """A line, and a gradient that is smeared along its edge; mirrored for the other diagonal."""
    line = 3 * np.eye(3) - 1
    gradient = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]])
    smeared = sum(np.pad(gradient, ((i, 4 - i), (i, 4 - i))) for i in range(5))
    for weights in (line, smeared):
        mirrored = weights if degrees == 45 else weights[:, ::-1]
        assert light_on_spokes(mirrored, degrees) >= 0.35
        assert light_on_spokes(mirrored, 180 - degrees) < 0.2
    assert light_on_spokes(gradient, 45) < 0.25
    five = sum(np.pad(gradient, ((i, 2 - i), (i, 2 - i))) for i in range(3))
    assert light_on_spokes(gradient, 45) < light_on_spokes(five, 45) < 0.35


@pytest.mark.parametrize(
    ("weights", "degrees", "error", "message"),
    [
        ([[1, 2, 1]], 45, ValueError, "`weights` must sum to 0, .* got 4"),
        (np.zeros((3, 3)), 45, ValueError, "`weights` must not all be 0"),
        (RIGHT, 30, ValueError, "`degrees` must be a multiple of 22.5, got 30"),
        ([1, -1], 45, ValueError, "`weights` must have 2 axes"),
        ([["a"]], 45, TypeError, "`weights` must hold real numbers"),
    ],
)
def test_a_bad_argument_is_named(weights, degrees, error, message):
    with pytest.raises(error, match=message):
        light_on_spokes(weights, degrees)
