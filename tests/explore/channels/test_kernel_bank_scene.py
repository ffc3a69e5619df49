"""The bank on the photograph: its numbers by scipy, its pictures by their pixels."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from convlab.convolution import conv2d
from convlab.explore.channels.kernel_bank_numbers import (
    THICK_KERNELS,
    BankState,
    displayed,
    partial_results,
    picture,
)
from convlab.explore.channels.kernel_bank_scene import BankScene
from convlab.explore.channels.mix_channels_numbers import MixState
from convlab.explore.channels.mix_channels_scene import MixScene
from convlab.explore.channels.picture_scene import SMALL
from convlab.images import photo


@pytest.mark.parametrize("kernel", THICK_KERNELS, ids=lambda kernel: kernel.name)
def test_partial_results_add_up_to_the_convolution(kernel):
    """Each is its own channel's, by scipy; their sum is the output channel, by conv2d."""
    assert kernel.weights.shape == (3, 3, 3)
    parts = partial_results(kernel.weights)
    for part, channel, weight in zip(parts, picture(), kernel.weights, strict=True):
        np.testing.assert_allclose(part, correlate2d(channel, weight, mode="same"), atol=1e-9)
    whole = conv2d(picture(), kernel.weights[None], padding="same")[0]
    np.testing.assert_allclose(parts.sum(axis=0), whole, atol=1e-9)


def test_the_kernels_are_what_their_names_say():
    weights = {kernel.name: kernel.weights for kernel in THICK_KERNELS}
    assert weights["blur"] == pytest.approx(np.full((3, 3, 3), 1 / 27))
    assert weights["grey"].sum() == pytest.approx(1)
    assert weights["red − blue"].sum() == 0
    assert not weights["red edges"][1:].any()
    np.testing.assert_array_equal(
        weights["vertical edges"], weights["horizontal edges"].swapaxes(1, 2)
    )


def test_brightnesses_are_shown_as_they_are():
    parts = np.array([[[0.0, 10.0]], [[5.0, 20.0]], [[1.0, 0.0]]])
    shown, total = displayed(parts, parts.sum(axis=0))
    assert shown is parts
    assert total.tolist() == [[6, 30]]


def test_mid_grey_is_0_and_the_order_is_kept_where_results_fall_below_0():
    parts = partial_results(THICK_KERNELS[4].weights)
    total = parts.sum(axis=0)
    shown, whole = displayed(parts, total)
    assert np.allclose(shown[1], 127.5)
    assert (np.sign(whole - 127.5) == np.sign(total)).all()
    assert np.argmax(whole) == np.argmax(total)


def test_a_sum_that_is_a_brightness_is_shown_as_one():
    """A negative: all partial results are below 0, and the bias lifts their sum again."""
    parts = -picture() / 3
    shown, total = displayed(parts, parts.sum(axis=0) + 255)
    assert shown.max() <= 127.5
    np.testing.assert_array_equal(total, parts.sum(axis=0) + 255)


def test_nothing_at_all_is_shown_without_a_warning():
    shown, _ = displayed(-np.zeros((3, 4, 4)), np.zeros((4, 4)))
    assert not shown.any()


def test_the_pictures_are_those_of_the_kernel_that_is_looked_at():
    scene = BankScene()
    for number, kernel in enumerate(THICK_KERNELS):
        scene.update(BankState(number, 6))
        parts = partial_results(kernel.weights)
        shown, total = displayed(parts, parts.sum(axis=0))
        pixels = np.clip(np.rint(total), 0, 255)
        np.testing.assert_array_equal(np.asarray(scene._output.get_array())[..., 0], pixels)
        thumb = np.asarray(scene._thumbs[number].get_array())[..., 1]
        np.testing.assert_array_equal(thumb, pixels[::2, ::2])
        for image, values in zip(scene._partial, shown, strict=True):
            assert np.asarray(image.get_array())[5, 7, 2] == np.clip(
                np.rint(values[10, 14]), 0, 255
            )


def test_as_many_output_channels_are_shown_as_there_are_kernels():
    scene = BankScene()
    for count in (1, 6, 3):
        scene.update(BankState(0, count))
        assert sum(image.get_visible() for image in scene._thumbs) == count
        assert len(scene._frames.get_paths()) == 8 + count


def test_the_look_is_around_the_chosen_channel_and_a_place_leads_back_to_it():
    scene = BankScene()
    state = BankState(3, 5)
    scene.update(state)
    (frame,) = scene._look.get_paths()
    middle = frame.vertices[:4].mean(axis=0)
    assert scene.pick(state, tuple(middle)) == {"kernel": 3}
    assert scene.pick(state, (5.0, 5.0)) is None
    left, right, low, high = scene._thumbs[5].get_extent()
    assert scene.pick(state, ((left + right) / 2, (low + high) / 2)) is None


def test_a_mixture_mixes_each_pixel_alone():
    """By conv2d with a 1×1 kernel."""
    scene, weights = MixScene(), (0.5, -0.25, 1.0)
    scene.update(MixState(*weights, 12.0))
    y = conv2d(picture(), np.reshape(weights, (1, 3, 1, 1)), [12.0])[0]
    parts = picture() * np.reshape(weights, (3, 1, 1))
    expected = np.clip(np.rint(displayed(parts, y)[1]), 0, 255)
    np.testing.assert_array_equal(np.asarray(scene._output.get_array())[..., 0], expected)


def test_the_bias_is_drawn_only_where_there_is_one():
    scene = MixScene()
    wires, backdrops = [], set()
    for bias in (0.0, 30.0, -30.0, 0.0):
        scene.update(MixState(1, 0, 0, bias))
        parts = (scene._bias_wire.get_segments(), scene._bias_sign.get_paths())
        wires.append((*map(len, parts), len(scene._bias.get_path()) > 1))
        scene.image()
        backdrops.add(scene._backdrop)
    assert wires == [(0, 0, False), (1, 1, True), (1, 1, True), (0, 0, False)]
    assert len(backdrops) == 1, "what stands still was drawn again"


def test_pictures_keep_their_proportions():
    _, rows, cols = picture().shape
    assert (rows, cols) == photo(color=True, max_side=312).shape[1:]
    assert SMALL[0] / SMALL[1] == pytest.approx(cols / rows, rel=0.01)
