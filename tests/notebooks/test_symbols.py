"""One symbol, one meaning: the formulas of all lessons keep to the table of lesson 00."""

import re
from pathlib import Path

import nbformat
import pytest

from convlab.draw import palette

FOLDER = Path(__file__).parents[2] / "notebooks"
LESSONS = sorted(FOLDER.glob("*.ipynb"))
MATH = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
WORDS = re.compile(r"\\(?:text|operatorname|mathrm|begin|end)\{[^}]*\}|\\textcolor\{#\w+\}")
COLOURED = re.compile(r"\\textcolor\{(#\w+)\}\{")

BLUE, ORANGE, GREEN, PURPLE, LOOK = (
    palette.INPUT,
    palette.KERNEL,
    palette.OUTPUT,
    palette.GRADIENT,
    palette.LOOK_HERE,
)
HUES = {"x": BLUE, "I": BLUE, "w": ORANGE, "y": GREEN, "O": GREEN, "b": ORANGE}
"""The colour of a symbol, wherever it is coloured and no gradient."""
LOCAL = {
    "05": "a q z",  # a grey value; a place in merged kernels; the variable of polynomials
    "07": "A h",  # any matrix; the step of a difference
    "10": "q v z g",  # probabilities, velocities, scores of the ten digits; a gradient that came
}
"""Letters that one lesson uses for itself, and explains there."""
FORBIDDEN = {
    r"\\tilde\{? ?[xyow]\b": "flattened arrays are capitals, \\tilde I and \\tilde O",
    r"\\hat": "cells outside the input are 0: no x with a hat",
    r"(?<!tilde )c_\{j": "an entry of the matrix is \\tilde c_{j,i}",
    r"@": "sliding is \\star; @ is numpy's",
}


def texts(path):
    notebook = nbformat.read(path, as_version=4)
    return [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]


def formulas(path):
    return [(cell, found) for cell, text in texts(path) for found in MATH.findall(text)]


def letters(formula):
    """Return the letters of a formula; not those of words and of commands."""
    return re.findall(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", WORDS.sub("", formula)))


def coloured(formula):
    """Return each coloured part of a formula, with its colour."""
    for found in COLOURED.finditer(formula):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(formula[end], 0)
            end += 1
        yield found[1], formula[found.end() : end - 1]


def table():
    """Return the letters of the table of symbols: those of its first column."""
    source = next(text for _, text in texts(LESSONS[0]) if text.startswith("## One meaning, one s"))
    rows = [line.split(" | ")[0] for line in source.splitlines() if line.startswith("| ")]
    # The sentence that counts sizes on two axes stands in the second column.
    both = [found for line in source.splitlines() for found in MATH.findall(line)]
    return {letter for part in [*rows[1:], *both] for letter in letters(part)}


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:2])
def test_every_letter_of_a_formula_is_in_the_table_of_symbols(path):
    known = table() | set(LOCAL.get(path.stem[:2], "").split())
    used = {letter for _, formula in formulas(path) for letter in letters(formula)}
    assert used - known == set()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:2])
def test_no_formula_writes_a_thing_in_another_way(path):
    wrong = [
        (cell, formula, rule)
        for cell, formula in formulas(path)
        for pattern, rule in FORBIDDEN.items()
        if re.search(pattern, formula)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:2])
def test_formulas_have_the_colours_of_the_picture_language(path):
    wrong = []
    for cell, formula in formulas(path):
        for hue, part in coloured(formula):
            if hue not in (BLUE, ORANGE, GREEN, PURPLE, LOOK):
                wrong.append((cell, part, "no colour of the picture language"))
            is_gradient = r"\partial" in part or r"\ell" in part or "'" in part
            symbol = re.match(r"(?:\\tilde\s*)?([A-Za-z])(?![a-z])", part)
            wanted = PURPLE if is_gradient else HUES.get(symbol[1]) if symbol else None
            if wanted and hue != wanted:
                wrong.append((cell, part, f"{hue}, not {wanted}"))
    assert wrong == []


def test_the_rules_find_what_they_are_for():
    assert letters(r"$\textcolor{#0072B2}{x_{r,c}} \text{ of } \tilde O$") == [*"xrcO"]
    assert list(coloured(r"\textcolor{#E69F00}{w_{u,\textcolor{#0072B2}{x}}}")) == [
        (ORANGE, r"w_{u,\textcolor{#0072B2}{x}}"),
        (BLUE, "x"),
    ]
    for wrong in (r"\tilde x", r"\hat x", "c_{j,i}", "O' @ I"):
        assert any(re.search(pattern, wrong) for pattern in FORBIDDEN)
    assert not any(re.search(pattern, r"\tilde c_{j,i} \star \tilde O") for pattern in FORBIDDEN)
    assert {"x", "R", "f"} < table()
