"""The picture language: published hues, legible text, a map centred on 0."""

import itertools

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
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


FILLED = {"input": 0.22, "kernel": 0.62, "output": 0.3, "gradient": 0.35}
"""How much of each hue the cells have that words in its deep colour stand on."""


@pytest.mark.parametrize(("role", "amount"), FILLED.items())
def test_text_in_a_role_s_colour_reads_on_its_cells(role, amount):
    hue = palette.ROLES[role]
    assert contrast(palette.DEEP[hue], palette.tint(hue, amount)) >= 4.5


def test_words_that_stand_back_read_on_white_and_on_cells():
    assert contrast(palette.MUTED, palette.PAPER) >= 4.5
    for hue in palette.ROLES.values():
        assert contrast(palette.MUTED, palette.tint(hue, 0.22)) >= 4.5


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


def test_white_letters_where_they_read_better_than_black_ones():
    for colour in palette.shades(palette.KERNEL, 25):
        on_black, on_white = contrast(colour, palette.BLACK), contrast(colour, palette.PAPER)
        chosen = on_white if palette.is_dark(colour) else on_black
        assert chosen > 0.95 * max(on_black, on_white)
        assert chosen >= 4.5


KINDS = ["protanomaly", "deuteranomaly", "tritanomaly"]
"""Colour blindness by the matrices of Machado, Oliveira and Fernandes (2009), at full strength."""
EASY, JUST = 10, 2.5
"""Differences in CAM02-UCS: told apart at a glance, and just told apart side by side."""


def seen_by(kind, colour):
    sight = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    return np.clip(cspace_convert(to_rgb(colour), sight, "sRGB1"), 0, 1)


def difference(kind, one, other):
    return float(deltaE(seen_by(kind, one), seen_by(kind, other), input_space="sRGB1"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_colour_blind_reader_tells_the_hues_apart(kind):
    for one, other in itertools.combinations(palette.ROLES.values(), 2):
        assert difference(kind, one, other) >= EASY, (one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_a_colour_blind_reader_tells_the_fills_of_cells_apart(kind):
    """Only just: it is their outlines, in full hue, and their titles that say what they are."""
    fills = [palette.tint(palette.ROLES[role], amount) for role, amount in FILLED.items()]
    for one, other in itertools.combinations(fills, 2):
        assert difference(kind, one, other) >= JUST, (one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_a_colour_blind_reader_tells_negative_from_positive(kind):
    below, above = palette.diverging(np.array([-1.0, 1.0]))[:, :3]
    assert difference(kind, below, above) >= 3 * EASY


def test_red_and_green_of_one_brightness_would_be_found():
    assert difference("deuteranomaly", "#B8860B", "#8B9A0B") < EASY < 100
    assert difference("protanomaly", "#A0522D", "#6B6B00") < EASY
