"""The page for lecturers keeps its word, in both languages: what it names can be opened."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

import convlab
from convlab import explore
from convlab.exercises import EXERCISES
from convlab.explore import samples

PROJECT = Path(__file__).parent.parent
LESSONS = {"for_lecturers.md": "notebooks", "for_lecturers.zh.md": "notebooks/zh"}
PAGES = {page: (PROJECT / "docs" / page).read_text(encoding="utf-8") for page in LESSONS}
CALL = r"`((?:[A-Z]\w+|drill)(?:\([^`]*\))?)`"
CALLS = sorted({call for page in PAGES.values() for call in re.findall(CALL, page)})
in_both_languages = pytest.mark.parametrize("page", LESSONS)


def lessons(page):
    return sorted((PROJECT / LESSONS[page]).glob("*.ipynb"))


def headings(path):
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    found = [line for text in texts for line in text.splitlines()]
    return [line.lstrip("# ") for line in found if line.startswith("## ")]


@in_both_languages
def test_it_treats_every_lesson_and_is_found(page):
    numbered = [path for path in lessons(page) if path.name[:2] != "00"]
    link = rf"^### (\d+) · \[([^]]+)\]\(\.\./{LESSONS[page]}/([^)]+)\)"
    treated = re.findall(link, PAGES[page], re.M)
    assert [name for _, _, name in treated] == [path.name for path in numbered]
    for (number, title, _), path in zip(treated, numbered, strict=True):
        first = nbformat.read(path, as_version=4).cells[0].source
        assert first.startswith(f"# {number} · {title}\n")
    readme = page.replace("for_lecturers", "README")
    assert f"docs/{page}" in (PROJECT / readme).read_text(encoding="utf-8")
    assert f"docs/{page}" in lessons(page)[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("call", CALLS)
def test_what_it_says_to_show_opens(call):
    names = {**vars(convlab), **vars(samples), **vars(explore)}
    call = call if "(" in call else f"{call}()"
    if "my_backward" not in call:
        eval(call, names)


@in_both_languages
def test_its_code_runs(page):
    for block in re.findall(r"```python\n(.*?)```", PAGES[page], re.S):
        exec(block, {})


@in_both_languages
def test_the_sections_and_exercises_of_its_plans_exist(page):
    plans = PAGES[page].split("\n## ")[3]  # what comes before is the same in every language
    rows = re.findall(r"^\| *\d+ \| ([\d,、 ]+) \| (.*) \|$", plans, re.M)
    assert len(rows) >= 7
    for named, what in rows:
        known = [
            title
            for number in re.findall(r"\d+", named)
            for path in lessons(page)
            if path.name.startswith(f"{int(number):02d}_")
            for title in headings(path)
        ]
        for section in re.findall(r"\*([^*]+)\*", what):
            assert any(title.startswith(section) for title in known), (section, known)
    numbers = {name.split(" ")[0] for name in EXERCISES}
    assert set(re.findall(r"\b\d+\.\d\b", plans)) <= numbers
