"""The font of the pictures has what the catalogs use, and English is set as it ever was."""

import warnings

import numpy as np
import pytest

from convlab.draw.fonts import FONTS, OWN, families
from convlab.draw.text import text_path
from tools.font import MOST_BYTES, characters, own_characters, wanted


@pytest.mark.parametrize("weight", FONTS)
def test_the_font_has_each_character_that_a_catalog_uses(weight):
    """Where one is missing, `python -m tools.font` cuts the font anew."""
    assert wanted() - characters(FONTS[weight]) == set()


@pytest.mark.parametrize("weight", FONTS)
def test_the_font_has_no_character_that_matplotlibs_own_has(weight):
    assert {ord(letter) for letter in characters(FONTS[weight])} & own_characters() == set()


def test_the_fonts_are_small_and_their_licence_lies_beside_them():
    assert sum(path.stat().st_size for path in FONTS.values()) < MOST_BYTES
    licence = next(iter(FONTS.values())).with_name("LICENSE").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence


@pytest.mark.parametrize("bold", [False, True])
def test_chinese_is_drawn_without_a_box(bold):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        path = text_path(["卷积核 3 × 3"], np.zeros((1, 2)), 20, bold=bold)
    wide = np.ptp(path.vertices[:, 0])
    assert 110 < wide < 160


def test_the_first_font_is_matplotlibs_own():
    assert families("kernel 3 × 3") == [OWN]
    assert families("核")[0] == OWN
    assert families("") == [OWN]


def test_a_missing_character_is_found():
    """The test above can fail."""
    assert "龘" not in characters(FONTS["Regular"])
