"""The stylesheet: tables of numbers have the colour of their role, as the pictures have."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from convlab.draw import palette
from convlab.widgets.html import STYLE

HUES = {"input": "#0072B2", "kernel": "#E69F00", "output": "#009E73", "gradient": "#CC79A7"}
"""Those of M. Okabe and K. Ito, Color Universal Design (2008)."""
_MIX = r"color-mix\(in srgb, (#\w{6}) ([\d.]+)%, (?:white|#fff(?:fff)?)\)"


def declarations(selector):
    """Return what the stylesheet says of exactly this selector, as property to value."""
    css = re.sub(r"/\*.*?\*/", "", re.sub(r"</?style>", "", STYLE), flags=re.DOTALL)
    found = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if selector in [" ".join(one.split()) for one in selectors.split(",")]:
            lines = (line.partition(":") for line in body.split(";") if line.strip())
            found |= {name.strip(): " ".join(value.split()) for name, _, value in lines}
    return found


def colour(value):
    """Return a colour as red, green and blue from 0 to 255; knows what the stylesheet uses."""
    root = declarations(":root")
    value = re.sub(r"var\((--[\w-]+)\)", lambda match: root[match[1]], value)
    if mixed := re.fullmatch(_MIX, value, re.IGNORECASE):
        return 255 - float(mixed[2]) / 100 * (255 - colour(mixed[1]))
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", value), f"no colour that this test reads: {value}"
    return np.array([int(value[at : at + 2], 16) for at in (1, 3, 5)], float)


@pytest.mark.parametrize("role", HUES)
def test_the_cells_of_a_role_are_filled_with_a_tint_of_its_colour(role):
    hue, fill = colour(HUES[role]), colour(declarations(f".convlab-{role} td")["background"])
    amount = (255 - fill) @ (255 - hue) / ((255 - hue) @ (255 - hue))
    assert 0.1 < amount < 0.7
    assert fill == pytest.approx(255 - amount * (255 - hue), abs=1)


@pytest.mark.parametrize("role", HUES)
def test_the_cells_of_a_role_are_outlined_in_its_colour(role):
    hue, edge = colour(HUES[role]), colour(declarations(f".convlab-{role} td")["border-color"])
    nearest = min(HUES, key=lambda other: _angle(colour(HUES[other]), edge))
    assert nearest == role
    assert (edge <= hue + 1).all(), "an outline is the colour itself, or a darker one"


@pytest.mark.parametrize("role", HUES)
def test_words_in_the_colour_of_a_role_are_nearest_to_it(role):
    word = colour(declarations(f".convlab-word-{role}")["color"])
    assert min(HUES, key=lambda other: _angle(colour(HUES[other]), word)) == role


def test_padding_is_dashed_and_empty():
    empty = declarations(".convlab-grid td.convlab-empty")
    assert "dashed" in empty["border"]
    assert empty["background"].upper() in ("#FFF", "#FFFFFF", "WHITE")


def _angle(one, other):
    """Return how far two colours lie apart as directions, whatever their brightness."""
    return 1 - one @ other / np.linalg.norm(one) / np.linalg.norm(other)


@pytest.mark.parametrize("role", palette.ROLES)
def test_a_formula_s_colour_is_met_as_mathjax_writes_it_and_made_deeper(role):
    red, green, blue = (round(255 * part) for part in to_rgb(palette.ROLES[role]))
    name = role.replace(" ", "-")
    met = f'.MathJax [style*="color: rgb({red}, {green}, {blue})"]'
    assert f"{met} {{ color: var(--convlab-{name}-deep) !important; }}" in STYLE
    assert f'body[data-jp-theme-light="false"] {met} {{ color: color-mix(' in STYLE
