"""Cut the font of the pictures to the letters that are needed: ``python -m tools.font``.

matplotlib's own font has no Chinese characters, and not every machine has a font that does. So
convlab brings one: Noto Sans CJK SC (SIL Open Font License, `convlab/draw/han/LICENSE`), of which
only those glyphs are kept that a catalog of words uses, or a lesson in its code, and matplotlib's
font lacks.

Run it whenever a translation brings a new character; a test names those that are missing. It needs
``fonttools``, and the font: on Debian and Ubuntu ``apt install fonts-noto-cjk``, elsewhere from
https://github.com/notofonts/noto-cjk, its folder then named by ``--source``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from convlab.draw.fonts import FONTS, NAME, OWN
from tools.editions import cells_of, source_of, strings, translations
from tools.words import catalogs, letters, read

SOURCE = Path("/usr/share/fonts/opentype/noto")
FACE = "Noto Sans CJK SC"
ALSO = "，。：；、？！（）《》“”‘’…—·"
"""Punctuation that is kept, whether a catalog uses it yet or not."""
KEPT_NAMES = (0, 13, 14)
"""Copyright, licence, and where the licence is found."""
MOST_BYTES = 300_000


def wanted() -> set[str]:
    """Return the characters of all catalogs and lessons that matplotlib's own font lacks."""
    own = own_characters()
    used = {letter for path in catalogs() for letter in letters(read(path))}
    used |= {letter for text in texts_in_code() for letter in text} | set(ALSO)
    return {letter for letter in used if ord(letter) not in own and ord(letter) > 127}


def texts_in_code() -> Iterator[str]:
    """Yield the texts in the code of translated lessons, which may be titles of figures."""
    for path in translations():
        for cell in cells_of(path):
            if cell["cell_type"] == "code":
                yield from strings(source_of(cell))


def own_characters() -> set[int]:
    """Return the codes of the characters that matplotlib's own font has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return set(get_font(findfont(FontProperties(family=OWN))).get_charmap())


def characters(path: Path) -> set[str]:
    """Return the characters that a font has."""
    return {chr(code) for code in TTFont(path).getBestCmap()}


def cut(source: Path, kept: set[str], weight: str) -> TTFont:
    """Return a font of some of the glyphs of another, under a name of its own.

    Parameters
    ----------
    source : Path
        A collection of fonts, one of which is `FACE`.
    kept : set of str
    weight : {"Regular", "Bold"}

    Returns
    -------
    fontTools.ttLib.TTFont
    """
    named = {font["name"].getDebugName(1): font for font in TTCollection(source).fonts}
    font = named[FACE]
    options = subset.Options(hinting=False, desubroutinize=False, notdef_outline=True)
    options.layout_features, options.name_IDs, options.glyph_names = [], [*KEPT_NAMES], False
    options.drop_tables += ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "DSIG"]
    made = subset.Subsetter(options)
    made.populate(unicodes=map(ord, kept))
    made.subset(font)
    names = {
        1: NAME,
        2: weight,
        3: f"{NAME} {weight}",
        4: f"{NAME} {weight}",
        6: f"convlab-{weight}",
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"convlab-{weight}"]
    top[0].FullName, top[0].FamilyName = f"{NAME} {weight}", NAME
    font["head"].modified = font["head"].created  # so that the same glyphs make the same file
    font.recalcTimestamp = False
    return font


def put_in_place(font: TTFont, path: Path) -> None:
    """Write a font beside the one that it replaces, and then change the two at one stroke.

    A kernel that runs reads glyphs when it first needs them: from a file that is written over, it
    would read outlines of the wrong place, or none ('list' object has no attribute 'flags').
    """
    beside = path.with_suffix(".new")
    font.save(beside)
    beside.replace(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Cut both weights."""
    parser = argparse.ArgumentParser(prog="tools.font", description="Cut the font of the pictures.")
    parser.add_argument("--source", type=Path, default=SOURCE, help="the folder of Noto Sans CJK")
    folder = parser.parse_args(arguments).source
    kept = wanted()
    for weight, path in FONTS.items():
        source = folder / f"NotoSansCJK-{weight}.ttc"
        if not source.exists():
            sys.exit(f"There is no {source}: apt install fonts-noto-cjk, or name it by --source.")
        put_in_place(cut(source, kept, weight), path)
        print(f"{path.name}: {len(kept)} characters, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
