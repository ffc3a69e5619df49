"""Readers' words are whole sentences that come through `say`; none is glued together."""

import ast
import re
import string
from pathlib import Path

import pytest

import convlab.explore

FOLDER = Path(convlab.explore.__file__).parent
TEX = {"formulas"}
"""Modules whose strings are formulas."""
WORD = re.compile(r"[A-Za-z]{3,}")
SAID = {"say", "say_number"}


def modules():
    return sorted(path for path in FOLDER.rglob("*.py") if not path.name.startswith("_"))


def glued(source):
    """Yield the line and text of each f-string that holds words, outside tags and errors."""
    tree = ast.parse(source)
    errors = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in errors:
            parts = [part.value if isinstance(part, ast.Constant) else "" for part in node.values]
            text = re.sub(r"<[^>]*>?|[^<]*>|\w+=\"[^\"]*\"|&\w+;|\\\w+", "", "".join(parts))
            if WORD.search(text) and not re.fullmatch(r"\w+_", text):  # or the name of a control
                yield node.lineno, text


def said(source):
    """Yield each sentence that is handed to `say`, with the names that it is given."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAID:
            given = {keyword.arg for keyword in node.keywords}
            given |= {"number"} if node.func.id == "say_number" else set()
            for sentence in node.args:
                if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                    yield node.lineno, sentence.value, given


@pytest.mark.parametrize(
    "path", [p for p in modules() if p.stem not in TEX], ids=lambda path: path.stem
)
def test_no_sentence_is_glued_from_pieces(path):
    """Words stand in sentences with named placeholders, never between the braces of an f-string."""
    assert list(glued(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_a_sentence_names_only_what_it_is_given(path):
    """Placeholders have names, and each is filled."""
    for line, sentence, given in said(path.read_text("utf-8")):
        fields = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        names = {re.split(r"[.\[]", field)[0] for field in fields}
        assert "" not in names, (line, sentence)
        assert names <= given or None in given, (line, sentence)


def test_glue_and_missing_names_are_found():
    """The tests above can fail."""
    assert [text for _, text in glued('f"{n} channels"')] == [" channels"]
    assert list(glued("f'<td class=\"convlab-x\">{n}</td>'")) == []
    assert list(glued('raise ValueError(f"`x` must be {n}")')) == []
    ((_, sentence, given),) = said('say("{a} and {b}", a=1)')
    assert (sentence, given) == ("{a} and {b}", {"a"})
