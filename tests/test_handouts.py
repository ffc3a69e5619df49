"""What handouts are made of: typeset formulas, links between pages, players that fit."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from convlab.explore import Sweep
from convlab.widgets.mathml import mathml, typeset
from tools.handouts import _links, _piece, _thinned, speaking
from tools.slide_pages import page_of

LESSONS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
FORMULAS = sorted(
    {
        formula
        for path in LESSONS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
        for pair in re.findall(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", cell.source, re.S)
        for formula in pair
        if formula
    }
)


def test_every_formula_of_the_lessons_istypeset():
    assert len(FORMULAS) > 300
    for formula in FORMULAS:
        made = mathml(formula, "inline")
        assert made.startswith("<math"), formula
        left = re.findall(r"\\[a-zA-Z]+", re.sub(r"<[^>]+>", "", made))
        assert left == [], formula


def test_links_lead_to_pages():
    assert _links("[a](02_pad.ipynb) [b](../docs/for_lecturers.md)") == (
        "[a](02_pad.html) [b](for_lecturers.html)"
    )
    assert _links("[b](../../docs/for_lecturers.zh.md)") == "[b](for_lecturers.html)"
    assert _links("[c](../notebooks/03_x.ipynb)") == "[c](03_x.html)"
    assert _links("[c](../notebooks/zh/03_x.ipynb)") == "[c](03_x.html)"
    assert _links("[d](https://a.org/b.ipynb)") == "[d](https://a.org/b.ipynb)"


def test_formulas_of_captions_and_tables_are_typeset():
    made = typeset(r"<b>a</b> \(x_1\) and \[\frac{a}{b} &lt; 1\]")
    assert made.count("<math") == 2
    assert "\\" not in made
    assert typeset("costs 3 $ and 4 $") == "costs 3 $ and 4 $"


@pytest.mark.parametrize("room", [10_000_000, 150_000, 1])
def test_a_player_is_thinned_to_its_room_and_begins_where_the_lesson_does(room):
    explorer = Sweep(stride=1, step=4)
    start, frames = _thinned(explorer, room)
    assert frames[start].label == "4"
    assert len(frames) == 9 if room > 1_000_000 else 2 <= len(frames) < 9
    explorer.close()


def test_an_explorer_without_a_question_shows_its_player_at_once():
    piece = _piece(Sweep(stride=1, step=4), 10_000_000)
    assert "details" not in re.sub(r'class="convlab-details"|"details"', "", piece)
    assert piece.count('class="convlab-player"') == 1


@pytest.mark.parametrize("chosen", ["en", "zh"])
def test_slides_say_which_language_they_are_in(chosen):
    """A browser takes other forms of Chinese punctuation for another language."""
    cell = new_markdown_cell("# 1", metadata={"slideshow": {"slide_type": "slide"}})
    with speaking(chosen):
        page = page_of(new_notebook(cells=[cell]))
    assert f'<html lang="{chosen}">' in page
