"""The slides of a lesson, as the metadata of its cells say, and the rules that a deck keeps.

A cell of the type *slide* or *subslide* begins a slide; one without a type belongs to the slide
before it; *notes* and *skip* are not shown. Each rule takes the slides of a lesson and returns a
list of complaints, empty when all is well. ``tests/notebooks/test_slides.py`` applies `RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from nbformat import NotebookNode

STARTS, HIDDEN = ("slide", "subslide"), ("notes", "skip")
EXERCISE = re.compile(r"\*\*\d+\.\d+\*\*")


class Part(NamedTuple):
    """A cell that is seen on a slide, and its place in the notebook."""

    place: int
    cell: NotebookNode
    kind: str | None

    @property
    def is_explorer(self) -> bool:
        """Whether it shows a picture that code has made."""
        return any("image/png" in one.get("data", {}) for one in self.cell.get("outputs", []))


Slide = list[Part]


def kind_of(cell: NotebookNode) -> str | None:
    """Return the type that a cell has in a deck; None if it belongs to the one before."""
    kind = cell.metadata.get("slideshow", {}).get("slide_type")
    return None if kind in ("", "-") else kind


def slides(cells: Iterable[NotebookNode]) -> list[Slide]:
    """Return the slides of a notebook, each with its cells."""
    found: list[Slide] = []
    for place, cell in enumerate(cells):
        kind = kind_of(cell)
        if kind in HIDDEN:
            continue
        if kind in STARTS or not found:
            found.append([])
        found[-1].append(Part(place, cell, kind))
    return found


def changes_at_every_press(deck: list[Slide]) -> list[str]:
    """A slide is there as a whole: a fragment that has room already changes little or nothing."""
    return [
        f"cell {part.place + 1}: a fragment"
        for slide in deck
        for part in slide
        if part.kind == "fragment"
    ]


def gives_explorers_a_slide(deck: list[Slide]) -> list[str]:
    """An explorer is alone on its slide; the picture of an exercise stands with its question."""
    return [
        f"{_where(slide)}: an explorer that is not alone"
        for slide in deck
        if len(slide) > 1
        and any(part.is_explorer and "riddle(" not in part.cell.source for part in slide)
    ]


def keeps_answers_off(deck: list[Slide]) -> list[str]:
    """No slide holds a question and, in another cell, its answer."""
    return [
        f"{_where(slide)}: a question with its answer"
        for slide in deck
        if any("<summary>Answer" in part.cell.source for part in slide[1:])
    ]


def keeps_play_in_the_notes(deck: list[Slide]) -> list[str]:
    """What to do with an explorer is told to the lecturer, and not shown."""
    return [
        f"cell {part.place + 1}: what to play, on a slide"
        for slide in deck
        for part in slide
        if part.cell.source.startswith("**Play.**")
    ]


def shows_no_bare_checks(deck: list[Slide]) -> list[str]:
    """No slide is nothing but assertions."""
    return [
        f"cell {slide[0].place + 1}: nothing but assertions"
        for slide in deck
        if slide[0].cell.cell_type == "code"
        and "assert" in slide[0].cell.source
        and not slide[0].cell.get("outputs")
    ]


def ends_with_exercises(deck: list[Slide]) -> list[str]:
    """After the first exercise come exercises only."""
    begun, wrong = False, []
    for slide in deck:
        begins = slide[0].cell.source
        is_exercise = begins.startswith("## Exercises") or bool(EXERCISE.match(begins))
        if begun and not is_exercise:
            wrong.append(f"cell {slide[0].place + 1}: after the exercises")
        begun = begun or is_exercise
    return wrong


def is_one_idea(deck: list[Slide]) -> list[str]:
    """A slide has at most one heading, and at most one exercise."""
    wrong = []
    for slide in deck:
        sources = [part.cell.source for part in slide if part.cell.cell_type == "markdown"]
        headings = sum(source.startswith("#") for source in sources)
        exercises = sum(len(EXERCISE.findall(source)) for source in sources)
        wrong += [f"{_where(slide)}: {n} headings" for n in [headings] if n > 1]
        wrong += [f"{_where(slide)}: {n} exercises" for n in [exercises] if n > 1]
    return wrong


def _where(slide: Slide) -> str:
    first, last = slide[0].place + 1, slide[-1].place + 1
    if first == last:
        return f"cell {first}"
    return f"cells {first}, {last}" if last == first + 1 else f"cells {first} to {last}"


RULES: tuple[Callable[[list[Slide]], list[str]], ...] = (
    changes_at_every_press,
    gives_explorers_a_slide,
    keeps_answers_off,
    keeps_play_in_the_notes,
    shows_no_bare_checks,
    ends_with_exercises,
    is_one_idea,
)
