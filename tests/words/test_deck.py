"""A deck says in each language what it says in English."""

import json
import re
from pathlib import Path

import pytest

from tests.speaking import HAN

DECK = Path(__file__).parents[2] / "tools" / "lab_extensions" / "convlab-deck" / "static"
SAID = re.compile(r'\bsay\(\s*"([^"]+)"')
WORDS = re.search(
    r"const WORDS = \{\n  zh: (\{.*?\n  \}),\n\};", (DECK / "words.js").read_text("utf-8"), re.S
)


def placeholders(sentence):
    """Return the names of what is filled in."""
    return sorted(re.findall(r"\{(\w+)\}", sentence))


@pytest.fixture(scope="module")
def chinese():
    """What stands in words.js; but for trailing commas it is JSON."""
    return json.loads(re.sub(r",(\s*\})", r"\1", WORDS[1]))


def test_what_is_said_and_what_is_translated_are_the_same(chinese):
    said = {
        text
        for name in ("deck", "notes")
        for text in SAID.findall((DECK / f"{name}.js").read_text("utf-8"))
    }
    assert len(said) > 10
    assert said == set(chinese)


def test_a_translation_is_chinese_and_keeps_what_is_filled_in(chinese):
    assert [one for one in chinese.values() if not re.search(f"[{HAN}]", one)] == []
    assert {text: placeholders(text) for text in chinese} == {
        text: placeholders(translated) for text, translated in chinese.items()
    }
