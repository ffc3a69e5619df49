"""The catalogs hold each sentence that is said: none is missing, stale, or half translated."""

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from convlab import formatting
from tests.speaking import faults as spacing
from tools.said import Source
from tools.words import (
    LOCALE,
    as_mo,
    catalogs,
    faults,
    fields,
    letters,
    read,
    template,
    updated,
)

CATALOGS = catalogs()


@pytest.fixture(scope="module")
def said():
    return template()


@pytest.fixture(scope="module", params=CATALOGS, ids=lambda path: path.parts[-3])
def path(request):
    return request.param


def entries(path):
    """Yield each sentence of a catalog, all of its forms, and its translation."""
    for message in read(path):
        if message.id:
            ids = message.id if message.pluralizable else [message.id]
            yield " ".join(ids), message.string if not message.pluralizable else message.string[0]


def test_there_is_a_chinese_catalog():
    assert LOCALE / "zh/LC_MESSAGES/convlab.po" in CATALOGS


def test_a_catalog_holds_what_is_said_and_nothing_else(path, said):
    """`make words` finds what is new in the source."""
    wanted = {message.id for message in said if message.id}
    assert {message.id for message in read(path) if message.id} == wanted


def test_each_sentence_is_translated_with_its_placeholders_and_tags(path):
    assert list(faults(read(path))) == []


def test_the_compiled_catalog_is_the_same(path):
    """The compiled file is committed, for no build and no library is needed to read it then."""
    made = gettext.GNUTranslations(io.BytesIO(as_mo(read(path))))
    with path.with_suffix(".mo").open("rb") as file:
        committed = gettext.GNUTranslations(file)
    for catalog in (made, committed):
        catalog._catalog.pop("")
    assert committed._catalog == made._catalog


def test_chinese_texts_have_chinese_stops_and_one_space_before_latin():
    found = []
    for _, chinese in entries(LOCALE / "zh/LC_MESSAGES/convlab.po"):
        found += spacing(re.sub(r"\{[^}]*\}", "□", re.sub(r"<[^>]*>", "", chinese)))
    assert found == []


def planted(*pairs):
    catalog = Catalog(locale="zh")
    for english, chinese in pairs:
        catalog.add(english, chinese)
    return sorted(why.partition(":")[0] for _, why in faults(catalog))


def test_faults_of_a_translation_are_found():
    """The tests above can fail."""
    assert planted(("{a} cells", "{a} 个格子")) == []
    assert planted(("{a} cells", "格子")) == ["has other placeholders"]
    assert planted(("{a:.0f} %", "{a} %")) == ["has other placeholders"]
    assert planted(("a cell", "")) == ["has no translation"]
    assert planted(("<b>a</b>", "甲")) == ["has other tags"]
    assert planted(("a {b}", "{b")) == ["cannot be filled in"]
    assert planted((("{number} cell", "{number} cells"), ("格子",))) == ["has other placeholders"]
    fuzzy = Catalog(locale="zh")
    fuzzy.add("one", "一", flags=["fuzzy"])
    assert [why for _, why in faults(fuzzy)] == ["is fuzzy"]
    assert fields("{a} {b.c:.2f}") == {"a:", "b.c:.2f"}


def test_what_is_no_longer_said_goes_and_what_is_new_comes_empty():
    before, now = Catalog(locale="zh"), Catalog()
    before.add("kept", "留")
    before.add("gone", "去")
    now.add("kept")
    now.add(("{number} new", "{number} new ones"))
    after = updated(before, now)
    assert {m.id: m.string for m in after if m.id} == {
        "kept": "留",
        ("{number} new", "{number} new ones"): ("",),
    }
    assert letters(after) == {"留"}


SOURCE = """
from convlab.formatting import say, say_number
TITLES = {"a": "first title", "b": "second title"}
ONE, OTHER = "one name", "other name"
class Question:
    why: str
def button(label: str, width):
    return say(label), width
def describe(state):
    sentence = "it grew" if state else "it fell"
    one, many = ("{number} cell", "{number} cells") if state else ("1 row", "{number} rows")
    say_number(3, one, many)
    say(TITLES[state.key]), say(ONE), say(words.OTHER)
    for name in ("from a loop", "and another"):
        say(name)
    raise ValueError("an error that nobody reads")
    return say(sentence), button("a button", "unsaid"), Question("a reason").why, say(q.why)
"""


def test_sentences_are_found_wherever_they_come_from():
    """Names are followed: through branches, tables, loops, parameters and fields."""
    found = Source({"formatting.py": Path(formatting.__file__).read_text("utf-8"), "a.py": SOURCE})
    own = {text for text in found.singles if text.path == "a.py"}
    assert {text.text for text in own} == {
        *("first title", "second title", "one name", "other name", "it grew", "it fell"),
        *("from a loop", "and another", "a button", "a reason"),
    }
    assert {one.text: many.text for one, many in found.plurals.items()} == {
        "{number} cell": "{number} cells",
        "1 row": "{number} rows",
    }
