"""What the padding holds: the same as scipy's boundary modes, and dark frames where it is zeros."""

import numpy as np
import pytest
from scipy import ndimage

from convlab import conv2d
from convlab.explore.padding.padding_modes_scene import (
    FILLS,
    LARGEST_WINDOW,
    PICTURES,
    FillScene,
    FillState,
    picture,
    ring_means,
)

SCIPY = {"zeros": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "wrap"}
every_fill = pytest.mark.parametrize("fill", FILLS)


@every_fill
@pytest.mark.parametrize("kernel", [3, 8, LARGEST_WINDOW])
@pytest.mark.parametrize("name", ["photograph", "test card"])
def test_the_smoothed_picture_is_scipys(name, fill, kernel):
    state = FillState(name, fill, kernel)
    origin = 0 if kernel % 2 else -1  # an even window reaches one further to the end
    expected = ndimage.uniform_filter(picture(name), kernel, mode=SCIPY[fill], origin=origin)
    assert state.smoothed.shape == picture(name).shape
    assert np.allclose(state.smoothed, expected, atol=1e-6)


def test_a_column_and_a_row_of_means_are_the_mean_over_the_window():
    state = FillState("test card", "reflect", 7)
    assert np.allclose(state.smoothed, conv2d(state.padded, np.full((7, 7), 1 / 49)))


def test_zeros_are_what_conv2d_pads_with():
    state = FillState("test card", "zeros", 5)
    expected = conv2d(picture("test card"), np.full((5, 5), 1 / 25), padding="same")
    assert np.allclose(state.smoothed, expected)


@every_fill
def test_only_zeros_darken_the_frame_of_a_flat_picture(fill):
    means = ring_means(FillState("flat grey", fill, 15).smoothed)
    dark = means < 159.99
    assert dark.tolist() == [fill == "zeros" and ring < 7 for ring in range(len(means))]


def test_at_an_edge_about_half_is_black_and_in_a_corner_three_quarters():
    smoothed = FillState("flat grey", "zeros", 31).smoothed
    assert smoothed[112, 0] == pytest.approx(160 * 16 / 31)
    assert smoothed[0, 0] == pytest.approx(160 * (16 / 31) ** 2)


def test_ring_means_are_means_over_rings():
    image = np.random.default_rng(5).normal(size=(5, 8))
    rings = {}
    for row, col in np.ndindex(image.shape):
        ring = min(row, col, 4 - row, 7 - col)
        rings.setdefault(ring, []).append(image[row, col])
    assert np.allclose(ring_means(image), [np.mean(rings[ring]) for ring in sorted(rings)])


@pytest.mark.parametrize("name", PICTURES)
@every_fill
def test_the_frame_encloses_the_picture_and_all_stays_on_the_page(name, fill):
    scene, state = FillScene(), FillState(name, fill, LARGEST_WINDOW)
    scene.update(state)
    left, right, bottom, top = scene._images[0].get_extent()
    (frame,) = scene._frames.get_paths()
    pad = state.before * scene.scale
    assert np.allclose(frame.vertices[0], (left + pad, top - pad))
    assert np.allclose(frame.vertices[2], (right - pad, bottom + pad))
    assert left > 0 and bottom > 0 and top < scene.height
    other = scene._images[1].get_extent()
    assert right < other[0] and other[1] < scene._chart[0] - 30
    for curve, image in zip(scene._curves, (picture(name), state.smoothed), strict=True):
        (line,) = curve.get_segments()
        low, high = scene._chart[2:]
        assert np.allclose((line[:, 1] - low) / (high - low) * 255, ring_means(image))


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_grey_and_fit_the_page(name):
    image = picture(name)
    assert image.ndim == 2 and max(image.shape) <= 224 and min(image.shape) > 2 * 31
    assert image.min() >= 0 and image.max() <= 255
