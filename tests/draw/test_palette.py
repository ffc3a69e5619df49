"""The picture language: published hues, legible text, a map centred on 0."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from convlab.draw import palette


def luminance(colour):
    """Relative luminance by WCAG 2.1."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_roles_have_the_hues_of_okabe_and_ito():
    assert palette.ROLES == {
        "input": "#0072B2",
        "kernel": "#E69F00",
        "output": "#009E73",
        "gradient": "#CC79A7",
        "look here": "#D55E00",
    }


@pytest.mark.parametrize("hue", palette.ROLES.values())
def test_text_in_a_role_s_colour_reads_on_white(hue):
    assert contrast(palette.DEEP[hue], palette.PAPER) >= 4.5


@pytest.mark.parametrize("hue", palette.ROLES.values())
@pytest.mark.parametrize("amount", [0.2, 0.5, 0.7])
def test_numbers_read_on_tinted_cells(hue, amount):
    assert contrast(palette.INK, palette.tint(hue, amount)) >= 4.5


def test_values_are_coloured_around_zero():
    colours = palette.diverging(np.array([-4.0, -2.0, 0.0, 2.0, 4.0]))
    assert colours[2].tolist() == [1, 1, 1, 1]
    assert colours[0, 0] > colours[0, 2]
    assert colours[4, 2] > colours[4, 0]
    assert np.abs(colours[1] - colours[2]).max() < np.abs(colours[0] - colours[2]).max()
    assert (palette.diverging(np.zeros(3)) == 1).all()
    assert (palette.diverging(np.array([8.0]), limit=2.0) == palette.diverging([1.0])).all()
    assert np.isfinite(palette.diverging(np.array([np.nan, np.inf, 1.0]))).all()


def test_the_swatches_are_few_and_hold_every_role_exactly():
    swatches = [tuple(c) for c in np.reshape(palette.SWATCHES, (-1, 3)).tolist()]
    assert len(swatches) <= 256
    for colour in (palette.PAPER, palette.INK, *palette.ROLES.values()):
        assert tuple(round(255 * part) for part in to_rgb(colour)) in swatches
    assert all(one != other for one, other in itertools.combinations(swatches, 2))


def test_shades_run_from_light_to_dark_without_white():
    for count in (4, 9, 25):
        lightness = palette.shades(palette.KERNEL, count) @ (0.2126, 0.7152, 0.0722)
        assert (np.diff(lightness) < 0).all()
        assert lightness[0] < 0.97
    assert palette.shades(palette.KERNEL, 1).shape == (1, 3)


def test_white_letters_where_they_read_better_than_ink():
    for colour in palette.shades(palette.KERNEL, 25):
        on_ink, on_white = contrast(colour, palette.INK), contrast(colour, palette.PAPER)
        chosen = on_white if palette.is_dark(colour) else on_ink
        assert chosen > 0.95 * max(on_ink, on_white)
        assert chosen > 3.5
