"""A language is chosen for the whole process; English is the default."""

import os
import subprocess
import sys

import pytest

import convlab
from convlab.formatting import in_a_row, listed, say, say_number
from convlab.language import language, languages, use_language


@pytest.fixture
def chinese():
    use_language("zh")
    yield
    use_language("en")


def test_english_is_the_default_and_says_what_the_source_says():
    assert language() == "en"
    assert say("reset") == "reset"
    assert say_number(2, "1 column", "{number} columns") == "2 columns"


def test_sentences_numbers_and_lists_are_chinese(chinese):  # noqa: ARG001
    assert language() == "zh"
    assert say("channel {channel}", channel=3) == "通道 3"
    assert [say_number(n, "1 column", "{number} columns") for n in (1, 2)] == ["1 列", "2 列"]
    assert listed([1, 2, 3]) == "1、2 和 3"
    assert in_a_row("一。", "", "二。") == "一。二。"


def test_what_is_in_no_catalog_stays_english(chinese):  # noqa: ARG001
    assert say("never {said} before", said=1) == "never 1 before"


def test_an_explorer_that_is_made_afterwards_is_chinese():
    """Though its labels stand in tables that were made at import, in English."""
    from convlab.explore import Rings

    english = Rings()
    use_language("zh")
    try:
        other = Rings()
        assert english.controls["kernel"].description == "kernel size"
        assert other.controls["kernel"].description == "核大小"
        assert "圈" in other.caption.value
    finally:
        use_language("en")
        english.close()


def test_a_language_without_words_is_refused():
    with pytest.raises(ValueError, match="`name` must be one of en, zh, got 'xx'"):
        convlab.use_language("xx")
    with pytest.raises(TypeError, match="`name` must be a str, such as 'zh', got 3"):
        convlab.use_language(3)
    assert language() == "en"


@pytest.mark.parametrize("name", languages())
def test_the_environment_chooses_too(name):
    program = "from convlab.formatting import say; print(ascii(say('reset')))"
    environment = {**os.environ, "CONVLAB_LANGUAGE": name}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert run.stdout.strip() == ascii({"en": "reset", "zh": "重置"}[name])


def test_an_unknown_language_of_the_environment_is_named():
    environment = {**os.environ, "CONVLAB_LANGUAGE": "xx"}
    run = subprocess.run(
        [sys.executable, "-c", "import convlab"], capture_output=True, text=True, env=environment
    )
    last = run.stderr.strip().splitlines()[-1]
    assert last == "ValueError: `CONVLAB_LANGUAGE` must be one of en, zh, got 'xx'"
