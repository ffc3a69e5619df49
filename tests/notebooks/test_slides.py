"""Which cells of a lesson are slides: the rules of a deck, and each of them can fail."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tools import slides

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def cells(request):
    return nbformat.read(request.param, as_version=4).cells


@pytest.mark.parametrize("rule", slides.RULES, ids=lambda rule: rule.__name__)
def test_lesson(cells, rule):
    """Each lesson keeps each rule."""
    assert rule(slides.slides(cells)) == []


def test_every_slide_begins_where_a_press_of_space_leads(cells):
    """The first cell is on the first slide, and no cell is lost between slides."""
    found = slides.slides(cells)
    assert found[0][0].place == 0
    numbers = [part.place for slide in found for part in slide]
    assert numbers == sorted(set(numbers))


def text(source, kind="slide"):
    return new_markdown_cell(source, metadata=said(kind))


def code(source, kind=None, *, picture=False):
    outputs = [new_output("display_data", {"image/png": ""})] if picture else []
    return new_code_cell(source, metadata=said(kind), outputs=outputs)


def said(kind):
    return {"slideshow": {"slide_type": kind}} if kind else {}


DECK = [
    text("# Title"),
    code("import numpy as np", "skip"),
    text("## One idea"),
    code("predict('1a', Sweep())", "subslide", picture=True),
    text("**Play.** Move it.", "notes"),
    text("<details><summary>Answer</summary>5</details>", "notes"),
    text("## Exercises\n\n**1.1** One."),
    code("answer = ...\ncheck('1.1', answer)"),
    text("**1.2** Again.", "subslide"),
    code("answer = ...\ncheck('1.2', answer)"),
    text("## Further reading", "skip"),
]


@pytest.mark.parametrize("rule", slides.RULES, ids=lambda rule: rule.__name__)
def test_clean_deck_passes(rule):
    """The rules do not complain about nothing."""
    assert rule(slides.slides(DECK)) == []


@pytest.mark.parametrize(
    ("rule", "place", "planted", "complaint"),
    [
        ("changes_at_every_press", 3, text("more", "fragment"), "cell 4: a fragment"),
        ("gives_explorers_a_slide", 3, code("Rings()", picture=True), "cells 3, 4: an explorer"),
        ("keeps_answers_off", 3, text("<summary>Answer</summary>", None), "cells 3, 4: .*answer"),
        ("keeps_play_in_the_notes", 3, text("**Play.** Move", "subslide"), "cell 4: what to play"),
        ("shows_no_bare_checks", 3, code("assert 1", "subslide"), "cell 4: nothing but"),
        ("ends_with_exercises", 11, text("## More"), "cell 12: after the exercises"),
        ("is_one_idea", 7, text("**1.2** Two", None), "cells 7 to 9: 2 exercises"),
        ("is_one_idea", 3, text("## Two", None), "cells 3, 4: 2 headings"),
    ],
)
def test_planted_violation_is_found(rule, place, planted, complaint):
    """Each rule finds what it is there to find."""
    deck = [*DECK[:place], planted, *DECK[place:]]
    found = getattr(slides, rule)(slides.slides(deck))
    assert any(re.search(complaint, line) for line in found), found
