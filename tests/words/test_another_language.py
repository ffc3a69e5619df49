"""Another language costs a catalog and no code, whatever plurals it has: here one that is made up.

It stands in for Polish, which has three: for one, for two to four, and for more.
"""

import gettext

import pytest

from convlab import language
from convlab.formatting import say, say_number
from convlab.language import languages, use_language
from tests.notebooks.test_editions import ENGLISH, cell
from tools import words
from tools.editions import differences, fingerprint
from tools.words import LOCALE, as_po, read

NAME = "pl"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of catalogs of its own; what can be said is read off the Chinese one."""
    known = [message.id for message in read(LOCALE / "zh/LC_MESSAGES/convlab.po") if message.id]

    def template():
        made = words.Catalog()
        for key in known:
            made.add(key)
        return made

    monkeypatch.setattr(words, "template", template)
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    monkeypatch.setattr(gettext, "_translations", {})  # it remembers what it read from a file
    yield tmp_path
    use_language("en")


def translate(path, *, but=()):
    """Put each sentence of a catalog in marks, a plural in those of its number."""
    catalog = read(path)
    for message in catalog:
        if message.id and message.id not in but:
            if isinstance(message.id, str):
                message.string = f"«{message.id}»"
            else:
                forms = range(catalog.num_plurals)
                message.string = tuple(f"«{number}: {message.id[1]}»" for number in forms)
    path.write_bytes(as_po(catalog))


def test_a_new_catalog_is_begun_filled_in_and_spoken(folder, capsys):
    from convlab.explore import Rings

    path = folder / NAME / "LC_MESSAGES" / "convlab.po"
    assert words.main(["--new", NAME]) > 1000
    assert f"{NAME}: 'reset' has no translation" in capsys.readouterr().out
    translate(path)
    assert words.main([]) == 0
    assert languages() == ("en", NAME)
    use_language(NAME)
    assert say("channel {channel}", channel=3) == "«channel 3»"
    counted = [say_number(n, "1 column", "{number} columns") for n in (1, 3, 5)]
    assert counted == ["«0: 1 columns»", "«1: 3 columns»", "«2: 5 columns»"]
    rings = Rings()
    assert rings.controls["kernel"].description == "«kernel size»"
    assert "«" in rings.caption.value
    with pytest.raises(ValueError, match="«`kernel` of Rings must be from"):
        Rings(kernel=99)


def test_what_is_not_translated_yet_stays_english(folder):
    path = folder / NAME / "LC_MESSAGES" / "convlab.po"
    words.main(["--new", NAME])
    translate(path, but=["reset"])
    assert words.main([]) == 1
    use_language(NAME)
    assert [say("reset"), say("play")] == ["reset", "«play»"]


def test_lessons_may_be_in_a_language_with_the_letters_of_english():
    """Which cannot be told from English, so that each cell says what it was translated from."""
    other = [
        cell("markdown", "# Tytuł\n\nWzór $x_1$, [link](02_pad.ipynb).\n\n- raz\n- dwa"),
        cell(
            "code",
            'import convlab\nfrom convlab import conv2d\nconvlab.use_language("pl")\nx = 1',
            slideshow={"slide_type": "skip"},
        ),
        cell("code", 'check("1.1 size", x)\nprint("rozmiar", f"{x} pól")'),
    ]
    unmarked = list(differences(ENGLISH, other, NAME))
    assert [why[: len("cell 0 does not say what")] for why in unmarked] == [
        f"cell {number} does not say what" for number in range(3)
    ]
    for one, two in zip(ENGLISH, other, strict=True):
        two["metadata"]["translated_from"] = fingerprint(one["source"])
    assert list(differences(ENGLISH, other, NAME)) == []
    other[2]["source"] = other[2]["source"].replace("{x}", "{y}")
    assert [why[:20] for why in differences(ENGLISH, other, NAME)] == ["cell 2 is other code"]
