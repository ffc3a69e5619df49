"""The scores of kernels to design: light in one direction, and noise that is left."""

import numpy as np
import pytest

from convlab.exercises.design import NOISE, SIDE, light_on_spokes, noise_left
from convlab.images import shapes
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


@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (3, 3), (1, 9), (5, 5)])
def test_a_mean_leaves_one_part_in_the_root_of_its_pixels(shape):
    """Independent pixels: the variance of a mean of n is one nth."""
    count = shape[0] * shape[1]
    left = noise_left(np.full(shape, 1 / count))
    assert left == pytest.approx(count**-0.5, rel=0.08)


def test_noise_is_measured_where_the_card_is_noisy():
    """Half the card's grey values, evenly: 0 to 255 without a preference."""
    noise = shapes(SIDE)[NOISE]
    assert noise.mean() == pytest.approx(127.5, rel=0.05)
    assert noise.std() == pytest.approx(np.sqrt((256**2 - 1) / 12), rel=0.05)
    below, above = noise[:-1].ravel(), noise[1:].ravel()
    assert abs(np.corrcoef(below, above)[0, 1]) < 0.1  # neighbours do not know each other


def test_the_target_tells_means_of_25_pixels_from_smaller_ones():
    assert noise_left(np.full((5, 5), 1 / 25)) <= 0.2 < noise_left(np.full((4, 5), 1 / 20))
    bell = np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256
    assert noise_left(bell) > 0.25


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        (np.ones((5, 5)), ValueError, "`weights` must sum to 1, .* got 25"),
        (np.eye(3), ValueError, "`weights` must sum to 1, .* got 3"),
        ([1], ValueError, "`weights` must have 2 axes"),
        ([["a"]], TypeError, "`weights` must hold real numbers"),
        (np.full((50, 50), 1 / 2500), ValueError, "`weights` must have at most 40 × 56 entries"),
    ],
)
def test_a_bad_kernel_against_noise_is_named(weights, error, message):
    with pytest.raises(error, match=message):
        noise_left(weights)
