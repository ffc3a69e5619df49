"""All Chinese texts call one thing by one word: the one in the table of lesson 00."""

import re

import pytest

from tests.words.terms import (
    EVERYDAY,
    LESSON,
    OTHERWISE,
    SHORT,
    SPELT,
    VARIANTS,
    both_editions,
    lost,
    table_of,
    terms,
    variants,
)
from tools.words import LOCALE, PROJECT, read

LESSONS = sorted(LESSON.parent.glob("*.ipynb"))
PAGES = sorted(PROJECT.glob("**/*.zh.md"))


@pytest.fixture(scope="module")
def table():
    return terms()


def in_the_catalog():
    """Yield each sentence with all of its forms, and each form of its translation."""
    for message in read(LOCALE / "zh/LC_MESSAGES/convlab.po"):
        if message.id:
            forms = [message.string] if isinstance(message.string, str) else message.string
            english = message.id if isinstance(message.id, str) else " ".join(message.id)
            yield from ((english, form) for form in forms)


def test_the_table_is_read_and_what_is_said_of_its_terms_follows_from_it(table):
    assert len(table) > 100
    assert (table["stride"], table["step length"]) == (("步长",), table["learning rate"])
    assert table["dilated convolution"] == ("膨胀卷积", "空洞卷积")
    assert {*SHORT, *EVERYDAY, *VARIANTS, *SPELT.values()} <= set(table)
    assert [term for term, part in SHORT.items() if part not in table[term][0]] == []
    known = {word for words in table.values() for word in words}
    assert known.isdisjoint(word for words in VARIANTS.values() for word in words)


def test_the_words_of_the_package_keep_to_the_terms(table):
    found = {}
    for english, chinese in in_the_catalog():
        if wrong := [*lost(english, chinese, table), *variants(chinese, table)]:
            found[chinese] = wrong
    assert found == {}


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_keeps_to_the_terms(path, table):
    found = {}
    for english, chinese in both_editions(path):
        if wrong := [*lost(english, chinese, table), *variants(chinese, table)]:
            found[chinese[:80]] = wrong
    assert found == {}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_keeps_to_the_terms(path, table):
    found = {*variants(path.read_text("utf-8"), table)}
    name, word = OTHERWISE
    assert found == ({word} & found if path.name == name else set())


def test_there_are_texts_to_look_at():
    assert len(LESSONS) == 11
    assert [path.name for path in PAGES] == ["README.zh.md", "for_lecturers.zh.md"]


TABLE = """<details><summary>术语表：中文 · English</summary>

| 中文 | English | 中文 | English |
|---|---|---|---|
| 步长 | stride | 学习率 | learning rate, step length |
| 核（卷积核） | kernel | 池化 | pooling |

</details>"""


def test_another_word_is_found():
    """The tests above can fail."""
    known = {**dict.fromkeys(SPELT.values(), ()), **table_of(f"# 从这里开始\n\n{TABLE}")}
    assert known["step length"] == ("学习率",)
    assert known["kernel"] == ("核", "卷积核")
    assert [*lost("the stride {stride}", "步长 {stride}", known)] == []
    assert [*lost("Strides, and a step length", "步幅与步长", known)] == ["step length"]
    assert [*lost("a row r·stride of `kernel` $kernel$", "第 r·stride 行", known)] == []
    assert [*lost("as *Striding kernels* says", "见 *Striding kernels*", known)] == []
    full = dict.fromkeys(VARIANTS, ()) | known
    assert [*variants("步幅与汇聚，有时叫作“反卷积”", full)] == ["汇聚", "步幅"]
    assert [*variants("步幅", {**full, "stride": ("步长", "步幅")})] == []


def test_the_table_itself_is_what_counts(table):
    """A term that the table called otherwise would be missed in lessons."""
    other = {**table, "pooling": ("汇聚",)}
    texts = [text for path in LESSONS for text in both_editions(path)]
    assert any("pooling" in lost(*text, other) for text in texts)
    assert not any(re.search("汇聚", chinese) for _, chinese in texts)
