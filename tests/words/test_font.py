"""The font of the pictures has what catalogs and lessons use; English is set as it ever was."""

import io
import shutil
import warnings

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib import rcParams
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from convlab.draw.fonts import FONTS, NAME, OWN, families
from convlab.draw.text import text_path
from convlab.language import use_language
from tools.font import (
    MOST_BYTES,
    characters,
    own_characters,
    put_in_place,
    texts_in_code,
    wanted,
)

REGULAR = FONTS["Regular"]


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


@pytest.fixture
def own_family():
    before = list(rcParams["font.family"])
    yield before
    use_language("en")
    rcParams["font.family"] = before


def test_figures_of_the_reader_have_chinese_titles_while_chinese_is_spoken(own_family):
    """matplotlib's own settings are changed by the choice, not by an import, and changed back."""
    assert NAME not in own_family
    use_language("zh")
    use_language("zh")
    assert rcParams["font.family"][:2] == [*own_family, NAME]
    assert rcParams["font.family"].count(NAME) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        figure = Figure(figsize=(2, 1))
        figure.suptitle("".join(sorted({*"".join(texts_in_code())} & characters(REGULAR))))
        figure.savefig(io.BytesIO())
    use_language("en")
    assert rcParams["font.family"] == own_family


def test_a_font_that_the_reader_has_chosen_stays_theirs(own_family):  # noqa: ARG001
    rcParams["font.family"] = [NAME]
    for language in ("zh", "en"):
        use_language(language)
        assert rcParams["font.family"][0] == NAME


def test_a_title_without_the_font_would_be_noticed():
    """The test above can fail."""
    figure = Figure(figsize=(2, 1))
    figure.suptitle("输入", family=OWN)
    with pytest.warns(UserWarning, match="missing from font"):
        figure.savefig(io.BytesIO())


def test_a_missing_character_is_found():
    """The test above can fail."""
    assert "龘" not in characters(FONTS["Regular"])


def test_a_font_that_is_cut_anew_harms_no_kernel_that_has_it_open(tmp_path):
    """Of what is written over in its place, glyphs have no outline: see the test below."""
    path = tmp_path / "han.otf"
    shutil.copy(REGULAR, path)
    opened = FT2Font(path)
    put_in_place(TTFont(FONTS["Bold"]), path)
    assert points(opened, "核") == points(FT2Font(REGULAR), "核") > 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_font_that_is_written_over_loses_its_outlines(tmp_path):
    """The test above can fail."""
    path = tmp_path / "han.otf"
    shutil.copy(REGULAR, path)
    opened = FT2Font(path)
    path.write_bytes(bytes(REGULAR.stat().st_size))
    assert points(opened, "核") == 0


def points(font, letter):
    """Return how many points the outline of a letter has."""
    font.load_char(ord(letter))
    return len(font.get_path()[0])
