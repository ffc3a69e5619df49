"""Every notebook, in real JupyterLab, by the hand of a reader.

There is nothing to add here for a new notebook: each one is found, and so is each explorer in it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from convlab.draw.text import LEGIBLE
from tests.browser.axe import violations
from tests.browser.conftest import SCREENS
from tests.speaking import HAN, foreign

SMALLEST, SMALLEST_IN_PICTURES = 18, 15
"""Pixels of the letters that a hall reads, at 1280 × 720: of words, and within pictures."""
SMALL_IN_PICTURES = {
    "FilterLab": 14,  # none of its own letters is below 15
    "SeeThrough": 13,  # it is high, and has three rows of controls
    "explorer": 13.5,  # the check of a reader's own function: its report stands below the picture
}

# Class names of what would be scrolled sideways: boxes that are wider inside than outside.
SCROLLING = """root => [root.closest('.jp-OutputArea-output'), root, ...root.querySelectorAll('*')]
    .filter(el => ['auto', 'scroll'].includes(getComputedStyle(el).overflowX))
    .filter(el => el.scrollWidth > el.clientWidth)
    .map(el => el.className)"""

ARGUMENTS = {"stride", "padding", "dilation"}
"""What a gradient check may say that a function of the reader's does not take."""

# Words of an explorer that are no code, formula or unit: seen, or in the tip of a control.
WORDS = """root => {
    const parts = [...root.querySelectorAll('*')].filter(el => el.checkVisibility()
        && !el.closest('code, svg, math, mjx-container, select, .convlab-formula'));
    const seen = parts.flatMap(el => [...el.childNodes])
        .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data);
    return [...seen, ...parts.map(el => el.title || ''), ...parts.map(el => el.ariaLabel || ''),
        ...[...root.querySelectorAll('option')].map(el => el.text)];
}"""

# Labels that are wider than the room they have; where there is only an icon, none is.
CUT_OFF = """root => [...root.querySelectorAll('.widget-label, .jupyter-button')]
    .filter(el => el.checkVisibility() && el.innerText.trim())
    .filter(el => el.clientWidth > 2 && el.scrollWidth > el.clientWidth + 1)
    .map(el => `${el.innerText}: ${el.scrollWidth} in ${el.clientWidth} pixels`)"""


def test_opens_without_a_dialog(lesson: Any) -> None:
    """A reader who opens a lesson is asked nothing."""
    assert lesson.popups == []


def test_shows_a_still_picture_of_each_explorer_before_it_is_run(lesson: Any) -> None:
    """There is something to see before any cell has been run."""
    assert lesson.still_pictures >= len(lesson.lab.explorers()) > 0


def test_runs_without_an_error(lesson: Any) -> None:
    """Running all cells writes no error, no warning, and nothing red on an explorer."""
    assert lesson.lab.error_outputs() == []
    assert [explorer.status for explorer in lesson.lab.explorers() if explorer.status] == []


def test_an_answer_leaves_the_picture_where_it_is(lesson: Any) -> None:
    """However many rows of controls come with it, or none."""
    assert [moved for moved in lesson.moved if abs(moved[1]) > 1] == []


def test_every_explorer_answers_the_arrow_keys(lesson: Any) -> None:
    """An arrow key on the main slider of each explorer, or its list, changes its picture."""
    for explorer in lesson.lab.explorers():
        if not explorer.sliders():
            explorer.show_all()
        assert explorer.sliders(), f"{explorer.name} has no slider: {explorer.controls}"
        assert explorer.move(explorer.sliders()[0]), f"{explorer.name} keeps its picture"
        assert explorer.caption, f"{explorer.name} does not say what its picture shows"
        assert explorer.status == ""


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_every_slide_of_the_deck_fits(lesson: Any, screen: tuple[int, int]) -> None:
    """Nothing is cut off, nothing scrolls, no slide is empty, and each press shows another one."""
    seen = lesson.walks[screen]
    assert len(seen) > 5
    assert [f"{slide.cells}: {fault}" for slide in seen for fault in slide.faults] == []
    smallest = min(screen[0] / 1280, screen[1] / 720)
    assert [slide for slide in seen if slide.zoom < smallest] == []
    assert [slide for slide in seen if slide.letters < SMALLEST * smallest - 0.1] == []
    assert len({slide.cells for slide in seen}) == len(seen) == seen[-1].number
    pictured = {slide.cells for slide in seen if slide.picture}
    assert pictured >= {slide.cells for _, slide in lesson.shown}


def test_every_slide_that_asks_fits_before_it_is_answered(lesson: Any) -> None:
    """As a lecturer meets it: the question with its field or choices, and the covered picture."""
    assert [(name, slide.faults) for name, slide in lesson.covered if slide.faults] == []
    assert [(name, slide) for name, slide in lesson.covered if slide.letters < SMALLEST - 0.1] == []


def test_a_picture_is_enlarged_until_its_smallest_letters_can_be_read(lesson: Any) -> None:
    """No letter of any picture is smaller than `LEGIBLE`, before it is enlarged."""
    sizes = [(name, round(LEGIBLE * slide.picture, 1)) for name, slide in lesson.shown]
    needed = [SMALL_IN_PICTURES.get(name, SMALLEST_IN_PICTURES) for name, _ in sizes]
    assert sizes
    assert [one for one, least in zip(sizes, needed, strict=True) if one[1] < least] == []


def test_page_reports_no_error(lesson: Any) -> None:
    """The page's own console stays free of errors while all this goes on."""
    assert lesson.lab.complaints == []


def test_nothing_in_an_explorer_has_a_scroll_bar(lesson: Any) -> None:
    """Also where the notebook's own scroll bar takes its width, which headless browsers hide.

    Both with the few controls that an explorer opens with, and with all of them.
    """
    page = lesson.lab.page
    screen = page.viewport_size
    page.set_viewport_size({**screen, "width": screen["width"] - 15})
    try:
        for explorer in lesson.lab.explorers():
            assert explorer.root.evaluate(SCROLLING) == [], explorer.name
            explorer.show_all()
            assert explorer.root.evaluate(SCROLLING) == [], f"{explorer.name}, all controls"
    finally:
        page.set_viewport_size(screen)


def test_all_words_are_of_one_language_and_a_translation_has_room(lesson: Any) -> None:
    """A Chinese page says nothing in English, and an English one nothing in Chinese."""
    for explorer in lesson.lab.explorers():
        explorer.show_all()
        words = "\n".join(explorer.root.evaluate(WORDS)).replace(explorer.name, "")
        if lesson.language == "en":
            assert re.findall(f"[{HAN}]", words) == [], explorer.name
        else:
            assert set(foreign(words)) <= ARGUMENTS, explorer.name
            assert re.search(f"[{HAN}]", explorer.caption), explorer.name
            assert explorer.root.evaluate(CUT_OFF) == [], explorer.name


def test_nothing_keeps_a_reader_out(lesson: Any) -> None:
    """Neither a control without a name nor anything else that axe-core calls serious."""
    assert violations(lesson.lab.page, "body") == []


def test_a_deck_speaks_the_language_of_its_lesson(lesson: Any) -> None:
    """The bar on each slide, and its four buttons."""
    is_chinese = lesson.language == "zh"
    assert len(lesson.labels) == 5
    assert [one for one in lesson.labels if bool(re.search(f"[{HAN}]", one)) != is_chinese] == []
