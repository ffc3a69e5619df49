"""The explorer of padding values: its numbers are conv2d's, and only zeros leave a frame."""

import re

import numpy as np
import pytest

from convlab import conv2d
from convlab.explore import PaddingValues
from convlab.explore.padding.padding_modes_numbers import PICTURES, picture

FILLS = {"zeros": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}
"""What `numpy.pad` calls them."""


def outermost(image):
    ring = np.ones(image.shape, bool)
    ring[1:-1, 1:-1] = False
    return image[ring].mean()


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("fill", FILLS)
def test_the_caption_says_how_bright_the_outermost_pixels_become(name, fill):
    explorer = PaddingValues(picture=name, fill=fill, kernel=9)
    padded = np.pad(picture(name), 4, FILLS[fill])
    smoothed = conv2d(padded, np.full((9, 9), 1 / 81))
    text = re.sub(r"<[^>]+>", "", explorer.caption.value)
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    assert numbers[-1] == round(outermost(smoothed))
    if len(numbers) == 2:
        assert numbers[0] == round(outermost(picture(name)))
    else:
        assert "stays" in text
        assert abs(outermost(smoothed) - outermost(picture(name))) <= 0.5
    assert ("falls" in text) == (outermost(smoothed) < outermost(picture(name)) - 0.5)


@pytest.mark.parametrize("fill", FILLS)
def test_a_flat_picture_stays_flat_unless_it_is_padded_with_zeros(fill):
    text = PaddingValues(picture="flat grey", fill=fill).caption.value
    assert ("falls" in text) == (fill == "zeros")
    assert ("stays" in text) == (fill != "zeros")


def test_the_window_moves_in_odd_steps():
    window = PaddingValues().controls["kernel"]
    assert window.step == 2 and window.min % 2 == window.max % 2 == 1
