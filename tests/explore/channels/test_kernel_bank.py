"""The bank and the mixture: their words, presets and clicks."""

import re

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.explore import KernelBank, MixChannels
from convlab.explore.channels.kernel_bank_numbers import THICK_KERNELS, picture
from convlab.explore.channels.mix_channels_numbers import MIXTURES, OWN, PLACES


def plain_text(html):
    return re.sub("<[^>]*>", "", html).replace("−", "-")


def test_the_caption_names_the_kernel_and_counts_the_weights():
    bank = KernelBank(kernels=4)
    for kernel in range(4):
        bank.controls["kernel"].value = kernel
        text = bank.caption.value
        assert f"Kernel {kernel} of 0 to 3" in text
        assert THICK_KERNELS[kernel].name in text
        assert "4 kernels × 27 weights = 108 weights, 4 output channels" in text
        assert ("mid-grey" in text) == bool((THICK_KERNELS[kernel].weights < 0).any())


def test_a_bank_of_one_kernel_is_counted_in_the_singular():
    text = plain_text(KernelBank(kernels=1).caption.value)
    assert "Kernel 0, " in text
    assert "1 kernel × 27 weights = 27 weights, 1 output channel." in text


def test_the_kernel_that_is_looked_at_stays_in_the_bank():
    bank = KernelBank(kernels=6, kernel=5)
    bank.controls["kernels"].value = 2
    assert bank.state.kernel == 1 == bank.controls["kernel"].max
    bank.controls["kernels"].value = 6
    assert bank.state.kernel == 5


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        (KernelBank, {"kernels": 7}, "`kernels` of KernelBank must be from 1 to 6 here, got 7"),
        (
            KernelBank,
            {"kernels": 2, "kernel": 2},
            "`kernel` of KernelBank must be from 0 to 1 here, got 2",
        ),
        (MixChannels, {"bias": 256}, "`bias` of MixChannels must be from -255 to 255 here"),
        (MixChannels, {"red": 1.5}, "`red` of MixChannels must be from -1.0 to 1.0 here, got 1.5"),
    ],
)
def test_a_start_value_without_room_is_refused_with_its_range(kind, settings, message):
    with pytest.raises(ValueError, match=message):
        kind(**settings)


def test_a_click_chooses_an_output_channel():
    bank = KernelBank()
    left, right, low, high = bank.scene._thumbs[4].get_extent()
    bank._pick((left + right) / 2, (low + high) / 2)
    assert bank.state.kernel == 4
    bank._pick(1.0, 1.0)
    assert bank.state.kernel == 4


@pytest.mark.parametrize("name", MIXTURES)
def test_a_mixture_sets_the_sliders_and_a_hand_on_one_ends_it(name):
    mix = MixChannels(mixture=name)
    *weights, bias = MIXTURES[name]
    assert mix.state.weights == tuple(weights)
    assert mix.state.bias == bias
    assert mix.controls["mixture"].value == name
    mix.controls["green"].value = 0.77
    assert mix.controls["mixture"].value == OWN
    assert mix.state.weights == (weights[0], 0.77, weights[2])
    mix.controls["green"].value = weights[1]
    assert mix.controls["mixture"].value == name


def test_weights_given_by_hand_are_kept():
    mix = MixChannels(red=0.5, blue=-0.5)
    assert mix.state.weights == (0.5, 0.0, -0.5)
    assert mix.controls["mixture"].value == OWN


def test_weights_that_are_a_mixture_are_named():
    assert MixChannels(red=1.0).controls["mixture"].value == "red only"


@pytest.mark.parametrize("settings", [{}, {"mixture": "negative"}, {"red": 0.4, "bias": -40}])
def test_the_table_follows_pixels_through_conv2d(settings):
    mix = MixChannels(**settings)
    y = conv2d(picture(), np.reshape(mix.state.weights, (1, 3, 1, 1)), [mix.state.bias])[0]
    cells = [plain_text(cell) for cell in re.findall(r"<td>(.*?)</td>", mix.details.value)]
    shown = [int(cell) for cell in cells[-len(PLACES) :]]
    expected = [y[place] for place in PLACES.values()]
    np.testing.assert_allclose(shown, expected, atol=1.1)


def test_grey_keeps_greys_and_differences_turn_them_to_0():
    assert "a grey of 100 becomes 100" in plain_text(MixChannels().details.value)
    assert "becomes 0" in plain_text(MixChannels(mixture="red − blue").details.value)


def test_the_caption_writes_the_mixture_as_a_sum():
    mix = MixChannels(red=1, green=-0.5, blue=0, bias=-3)
    assert "1 × red - 0.5 × green + 0 × blue - 3" in plain_text(mix.caption.value)
    assert "3 weights and 1 bias" in mix.caption.value
    assert "What falls below 0 is black" in MixChannels(red=1, bias=-3).caption.value
