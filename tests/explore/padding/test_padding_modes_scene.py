"""What the padding holds: the same as scipy's boundary modes, and dark frames where it is zeros."""

import numpy as np
import pytest
from scipy import ndimage

from convlab import conv2d
from convlab.explore.padding.padding_modes_numbers import (
    LARGEST_WINDOW,
    PICTURES,
    PaddingModesState,
    picture,
    ring_means,
)
from convlab.explore.padding.padding_modes_scene import PaddingModesScene
from convlab.padding import PADDING_MODES

SCIPY = {"zeros": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "wrap"}
every_fill = pytest.mark.parametrize("fill", PADDING_MODES)


@every_fill
@pytest.mark.parametrize("kernel", [3, 8, LARGEST_WINDOW])
@pytest.mark.parametrize("name", ["photograph", "test card"])
def test_the_smoothed_picture_is_scipys(name, fill, kernel):
    state = PaddingModesState(name, fill, kernel)
    origin = 0 if kernel % 2 else -1  # an even window reaches one further to the end
    expected = ndimage.uniform_filter(picture(name), kernel, mode=SCIPY[fill], origin=origin)
    assert state.smoothed.shape == picture(name).shape
    assert np.allclose(state.smoothed, expected, atol=1e-6)


def test_a_column_and_a_row_of_means_are_the_mean_over_the_window():
    state = PaddingModesState("test card", "reflect", 7)
    assert np.allclose(state.smoothed, conv2d(state.padded, np.full((7, 7), 1 / 49)))


def test_zeros_are_what_conv2d_pads_with():
    state = PaddingModesState("test card", "zeros", 5)
    expected = conv2d(picture("test card"), np.full((5, 5), 1 / 25), padding="same")
    assert np.allclose(state.smoothed, expected)


@every_fill
def test_only_zeros_darken_the_frame_of_a_flat_picture(fill):
    means = ring_means(PaddingModesState("flat grey", fill, 15).smoothed)
    dark = means < 159.99
    assert dark.tolist() == [fill == "zeros" and ring < 7 for ring in range(len(means))]


def test_at_an_edge_about_half_is_black_and_in_a_corner_three_quarters():
    smoothed = PaddingModesState("flat grey", "zeros", 31).smoothed
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
    scene, state = PaddingModesScene(), PaddingModesState(name, fill, LARGEST_WINDOW)
    scene.update(state)
    left, right, bottom, top = scene._images[0].get_extent()
    (frame,) = scene._frames.get_paths()
    pad = state.before * scene.scale
    assert np.allclose(frame.vertices[0], (left + pad, top - pad))
    assert np.allclose(frame.vertices[2], (right - pad, bottom + pad))
    assert left > 0 and bottom > 0 and top < scene.height
    other = scene._images[1].get_extent()
    chart = scene.chart.get_position().x0 * scene.width
    assert right < other[0] and other[1] < chart - 30
    for curve, image in zip(scene._curves, (picture(name), state.smoothed), strict=True):
        x, y = curve.get_data()
        assert x.tolist() == list(range(40))
        assert np.allclose(y, ring_means(image))


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_grey_and_fit_the_page(name):
    image = picture(name)
    assert image.ndim == 2 and max(image.shape) <= 224 and min(image.shape) > 2 * 31
    assert image.min() >= 0 and image.max() <= 255
