"""Hold a translated lesson against the English one: ``python -m tools.editions [NAME ...]``.

Both have the same cells in the same order. Code is equal up to comments, what readers read in
strings, and the line that chooses the language; text has the same headings, items, rows, formulas
and links. Each translated cell keeps a fingerprint of the English it was translated from, so that
an English cell that has changed since is named; ``--accept`` renews them, once the translation has
followed.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
MARK = "translated_from"
HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
SCRIPTS = {"zh": HAN}
"""By what a text in a language is told from English; one that shares the letters is not told."""
MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$", re.S)
IN_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|textbf|mbox)\{[^{}]*\}")
FENCE = re.compile(r"^```.*?^```", re.S | re.M)
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|(?:href|src)=\"([^\"]+)\"|<(https?://[^>]+)>")
TERMS = re.compile(r"<details><summary>[^<]*· English</summary>.*?</details>", re.S)
"""The table of terms, which the English edition does without."""
SLANTED = re.compile(r"(?<![*\\])\*(?![*\s])([^*\n]+)(?<!\s)\*(?!\*)")
"""What one star at each end makes italic; Chinese is not slanted, but set bold, by two."""
LINES = {
    "heading 1": r"^# ",
    "heading 2": r"^## ",
    "heading 3": r"^### ",
    "item": r"^\s*[-*] ",
    "numbered item": r"^\s*\d+\. ",
    "row of a table": r"^\|",
    "quotation": r"^>",
    "details": r"^<details",
    "fence": r"^```",
}
"""What a line of text can be."""

Cell = dict[str, Any]


def translations(names: Sequence[str] = ()) -> list[Path]:
    """Return the translated lessons; those whose names begin so, if names are given."""
    wanted = tuple(Path(name).name for name in names)
    every = sorted(FOLDER.glob("*/*.ipynb"))
    return [path for path in every if not wanted or path.name.startswith(wanted)]


def original(path: Path) -> Path:
    """Return the English lesson that a lesson was translated from."""
    return path.parent.parent / path.name


def fingerprint(source: str) -> str:
    """Return what tells a cell's text from any other."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:12]


def cells_of(path: Path) -> list[Cell]:
    """Return the cells of a notebook."""
    cells: list[Cell] = json.loads(path.read_text("utf-8"))["cells"]
    return cells


def source_of(cell: Cell) -> str:
    """Return the text of a cell, which a file may hold line by line."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def differences(english: Sequence[Cell], other: Sequence[Cell], language: str) -> Iterator[str]:
    """Yield what keeps two editions of a lesson apart, each with the number of its cell.

    Parameters
    ----------
    english, other : sequence of dict
        The cells of both.
    language : str
        What the other chooses in its first code cell.
    """
    if len(english) != len(other):
        yield f"{len(other)} cells for {len(english)}"
    first = next((n for n, cell in enumerate(english) if cell["cell_type"] == "code"), None)
    for number, (one, two) in enumerate(zip(english, other, strict=False)):
        where = f"cell {number}"
        if one["cell_type"] != two["cell_type"]:
            yield f"{where} is {two['cell_type']}, not {one['cell_type']}"
            return
        for name in ("tags", "slideshow"):
            if one["metadata"].get(name) != two["metadata"].get(name):
                yield f"{where} has other {name}"
        yield from (f"{where} {why}" for why in _freshness(one, two, language))
        texts = source_of(one), source_of(two)
        is_code, begins = one["cell_type"] == "code", number == first
        found = _code(*texts, language, begins=begins) if is_code else _text(*texts)
        yield from (f"{where} {why}" for why in found)


def _may_be_in(language: str, text: str) -> bool:
    return language not in SCRIPTS or bool(SCRIPTS[language].search(text))


def _freshness(one: Cell, two: Cell, language: str) -> Iterator[str]:
    """Say whether a cell follows the English one as it is now."""
    mark, english = two["metadata"].get(MARK), source_of(one)
    if mark is None:
        if source_of(two) != english and _may_be_in(language, source_of(two)):
            yield f"does not say what it was translated from, {fingerprint(english)}"
    elif mark != fingerprint(english):
        now = fingerprint(english)
        yield f"was translated from {mark}; the English is {now} now: {english[:60]!r}"


def _code(one: str, two: str, language: str, *, begins: bool) -> Iterator[str]:
    """Compare code; the first cell chooses the language."""
    try:
        english, other = (ast.parse(_plain(source)) for source in (one, two))
    except SyntaxError as error:
        yield f"is no Python: {error}"
        return
    if begins:
        chosen = f"convlab.use_language({language!r})"
        before = len(other.body)
        other.body = [node for node in other.body if ast.unparse(node) != chosen]
        if before - len(other.body) != 1:
            yield f'does not say `convlab.use_language("{language}")` once'
        if "import convlab" not in map(ast.unparse, english.body):
            other.body = [node for node in other.body if ast.unparse(node) != "import convlab"]
    strings = [_strings(tree) for tree in (english, other)]
    if ast.dump(english) != ast.dump(other):
        yield f"is other code: {two[:60]!r}"
        return
    for said, words in zip(*strings, strict=True):
        if said != words and not _may_be_in(language, words):
            yield f"has the string {words!r} for {said!r}, and neither is Chinese"


def _plain(source: str) -> str:
    """Return code without IPython's own lines."""
    return re.sub(r"^[%!].*$", "pass", source, flags=re.M)


def strings(code: str) -> list[str]:
    """Return the texts in a cell of code.

    Examples
    --------
    >>> strings('print("输入", x)  # 注释')
    ['输入']
    """
    return _strings(ast.parse(_plain(code)))


def _strings(tree: ast.AST) -> list[str]:
    """Return the texts of a tree, in order, and take them out of it; what f-strings fill in stays.

    A translation may fill in the same values in another order.
    """
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said = [part.value for part in node.values if isinstance(part, ast.Constant)]
            texts.append("".join(map(str, said)))
            values = [part for part in node.values if not isinstance(part, ast.Constant)]
            node.values = sorted(values, key=ast.dump)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
            node.value = ""
    return texts


def _text(one: str, two: str) -> Iterator[str]:
    """Compare text."""
    two = TERMS.sub("", two)
    english, other = _fenced(one), _fenced(two)
    if english[1] != other[1]:
        yield "has other code between ```"
    for what, pattern in LINES.items():
        counts = [len(re.findall(pattern, text, re.M)) for text in (one, two)]
        alone = what == "numbered item" and max(counts) < 2  # a number that ends a sentence
        if counts[0] != counts[1] and not alone:
            yield f"has {counts[1]} × {what} for {counts[0]}"
    for slanted in SLANTED.findall(re.sub(r"`[^`]*`", "", MATH.sub("", other[0]))):
        if HAN.search(slanted):
            yield f"slants {slanted}, which is to be bold"
    for what, found in (("formula", _formulas), ("link", _links)):
        lost, new = found(english[0]) - found(other[0]), found(other[0]) - found(english[0])
        if lost or new:
            yield f"has another {what}: lost {[*lost]}, new {[*new]}"


def _fenced(text: str) -> tuple[str, list[str]]:
    """Return a text without its code, and the code without its comments."""
    code = [re.sub(r"\s*#.*", "", block) for block in FENCE.findall(text)]
    return FENCE.sub("", text), code


def _formulas(text: str) -> Counter[str]:
    """Return the formulas of a text; words in them may be translated."""
    bare = (IN_WORDS.sub(r"\\text{}", formula) for formula in MATH.findall(text))
    return Counter(re.sub(r"\s+", "", formula) for formula in bare)


def _links(text: str) -> Counter[str]:
    """Return where a text leads to: on the web, or to which file; not to which heading."""
    targets = (next(filter(None, found)) for found in LINK.findall(text))
    return Counter(target if ":" in target else _file(target) for target in targets)


def _file(target: str) -> str:
    """Return a file's name, whatever folder and edition it is in."""
    name = target.partition("#")[0].rpartition("/")[2]
    return re.sub(r"\.\w\w(?=\.md$)", "", name)


def check(path: Path) -> list[str]:
    """Return what keeps a lesson apart from the English one."""
    return list(differences(cells_of(original(path)), cells_of(path), path.parent.name))


def accept(path: Path) -> None:
    """Say in each cell of a lesson that it follows the English one as it is now."""
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    for one, two in zip(cells_of(original(path)), notebook["cells"], strict=True):
        if MARK in two["metadata"] or source_of(one) != source_of(two):
            two["metadata"][MARK] = fingerprint(source_of(one))
    after = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(after, "utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the lessons that are named, or all; returns how many differ."""
    parser = argparse.ArgumentParser(prog="tools.editions", description=__doc__)
    parser.add_argument("names", nargs="*", help="how their file names begin, such as zh/01")
    parser.add_argument("--accept", action="store_true", help="the translation has followed")
    options = parser.parse_args(arguments)
    apart = 0
    for path in translations(options.names):
        if options.accept:
            accept(path)
        found = check(path)
        apart += bool(found)
        print(f"{path.parent.name}/{path.name}: {'; '.join(found) or 'the same'}")
    return apart


if __name__ == "__main__":
    sys.exit(main())
