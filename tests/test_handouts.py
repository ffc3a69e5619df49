"""What handouts are made of: typeset formulas, links between pages, players that fit."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from convlab import explore
from convlab.explore import Pooling, Sweep
from convlab.widgets import export
from convlab.widgets.mathml import mathml, typeset
from tools.handouts import _links, _piece, _rendered, _run, _thinned, speaking
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

EXPLORER = re.compile(rf"\b({'|'.join(explore.__all__)})\(")


def names_in(source, *, defined):
    """Return the names that a cell defines, or else those that it uses."""
    tree, found = list(ast.walk(ast.parse(source))), set()
    if defined:
        kinds = (ast.FunctionDef, ast.alias)
        found = {getattr(n, "asname", None) or n.name for n in tree if isinstance(n, kinds)}
    kind = ast.Store if defined else ast.Load
    return found | {n.id for n in tree if isinstance(n, ast.Name) and isinstance(n.ctx, kind)}


def explorer_cells(path):
    """Yield the code of each explorer, behind the cells that define what it uses."""
    before = []
    for place, cell in enumerate(nbformat.read(path, as_version=4).cells):
        if cell.cell_type != "code":
            continue
        is_still = any("image/png" in one.get("data", {}) for one in cell.outputs)
        if is_still and EXPLORER.search(cell.source):
            code, used = [cell.source], names_in(cell.source, defined=False)
            for source in reversed(before):
                if used & names_in(source, defined=True):
                    code.insert(0, source)
                    used |= names_in(source, defined=False)
            yield place, "\n".join(code)
        before.append(cell.source)


def test_every_formula_of_the_lessons_is_typeset():
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


def test_a_heading_keeps_its_formula_and_a_percentage_is_one_piece():
    made = _rendered("## $C^2$ reads 98 % of all\n\n`7 % 2`")
    assert re.search(r"<h2.*<msup>.*</math> reads 98\N{NO-BREAK SPACE}% of all</h2>", made)
    assert "<code>7 % 2</code>" in made


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


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:2])
def test_every_explorer_of_a_lesson_moves(path):
    """Each player has pictures that differ, and captions that differ; code is of no language."""
    still, cells = [], dict(explorer_cells(path))
    for place, source in cells.items():
        explorer = _run(source, {})
        if explorer.asking is not None:
            explorer.asking.show()
        pictures, captions = set(), set()
        for _, state in export.each_state(explorer):
            pictures.add(explorer.scene.png())
            captions.add(explorer.describe(state))
            if min(len(pictures), len(captions)) > 1:
                break
        else:
            still.append(place)
        explorer.close()
    assert cells
    assert still == []


def test_where_there_is_one_step_another_control_is_played():
    """The first of those on show that has several values, and then any that is not greyed out."""
    explorer = Pooling(size=4, step=0, controls=("step", "channels", "input"))
    assert export.played(explorer) == "channels"
    piece = _piece(explorer, 10_000_000)
    assert "<label>channels <input" in piece
    assert re.findall(r'"label": "(\d)"', piece) == ["1", "2", "3"]
    alone = Pooling(size=4, step=0, controls=("step",))
    assert export.played(alone) == "kind"
    alone.controls["kind"].disabled = True
    assert export.played(alone) == "show"
    alone.close()


@pytest.mark.parametrize("chosen", ["en", "zh"])
def test_slides_say_which_language_they_are_in(chosen):
    """A browser takes other forms of Chinese punctuation for another language."""
    cell = new_markdown_cell("# 1", metadata={"slideshow": {"slide_type": "slide"}})
    with speaking(chosen):
        page = page_of(new_notebook(cells=[cell]))
    assert f'<html lang="{chosen}">' in page
