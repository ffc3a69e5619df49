"""Which font a text is drawn in: matplotlib's own, and for Chinese one that comes with convlab.

The second holds only the characters that the catalogs of words use (`tools/font.py` cuts it), so
that no picture shows a box for a missing one, whatever fonts a machine has. In figures that readers
draw themselves, it comes after their own font for as long as Chinese is spoken.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from matplotlib import rcParams
from matplotlib.font_manager import FontProperties, fontManager

from convlab.language import when_chosen

OWN = "DejaVu Sans"
"""The font that comes with matplotlib."""
NAME = "convlab Han Sans"
"""The font that comes with convlab."""
FONTS = {
    weight: Path(__file__).parent / "han" / f"han-{weight.lower()}.otf"
    for weight in ("Regular", "Bold")
}
"""Its files, by their weight."""
CHINESE = "zh"
LARGER = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC"),
    *("Hiragino Sans GB", "Heiti TC", "SimHei", "WenQuanYi Micro Hei", "Noto Sans CJK JP"),
)
"""Fonts with all Chinese characters, one of which most machines have."""
FIRST_HAN = "\u2e80"
"""From here on, characters are those of Chinese, and of its punctuation."""


def families(text: str) -> list[str]:
    """Return the names of the fonts for a text, the first of which has most of its characters.

    They are looked up by what is written, not by the language.

    Examples
    --------
    >>> families("kernel"), families("卷积核")
    (['DejaVu Sans'], ['DejaVu Sans', 'convlab Han Sans'])
    """
    if max(text, default="") < FIRST_HAN:
        return [OWN]
    _register()
    return [OWN, NAME]


def font_of(text: str, bold: bool) -> FontProperties:
    """Return the font that a text is to be set in."""
    return FontProperties(family=families(text), weight="bold" if bold else "normal")


def lend(language: str) -> None:
    """Let figures of the reader's own fall back to the font while Chinese is spoken.

    Behind it comes a font of the machine, if it has one: for characters that convlab never uses.
    """
    own = [family for family in rcParams["font.family"] if family not in _lent]
    _lent.clear()
    if language == CHINESE:
        _register()
        known = set(fontManager.get_font_names())
        larger = [family for family in LARGER if family in known][:1]
        _lent[:] = [family for family in (NAME, *larger) if family not in own]
    if own + _lent != rcParams["font.family"]:
        rcParams["font.family"] = own + _lent


@cache
def _register() -> None:
    """Make the font known to matplotlib, when it is first needed."""
    for path in FONTS.values():
        fontManager.addfont(path)


_lent: list[str] = []
when_chosen(lend)
