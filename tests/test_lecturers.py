"""The page for lecturers keeps its word: what it names can be opened, run and asked."""

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
PAGE = (PROJECT / "docs" / "for_lecturers.md").read_text(encoding="utf-8")
LESSONS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
CALLS = sorted(set(re.findall(r"`((?:[A-Z]\w+|drill)(?:\([^`]*\))?)`", PAGE)))


def headings(path):
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    found = [line for text in texts for line in text.splitlines()]
    return [line.lstrip("# ") for line in found if line.startswith("## ")]


def test_it_treats_every_lesson_and_is_found():
    numbered = [path for path in LESSONS if path.name[:2] != "00"]
    treated = re.findall(r"^### (\d+) · \[([^]]+)\]\(\.\./notebooks/([^)]+)\)", PAGE, re.M)
    assert [name for _, _, name in treated] == [path.name for path in numbered]
    for number, title, name in treated:
        first = nbformat.read(PROJECT / "notebooks" / name, as_version=4).cells[0].source
        assert first.startswith(f"# {number} · {title}\n")
    assert "docs/for_lecturers.md" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert "docs/for_lecturers.md" in LESSONS[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("call", CALLS)
def test_what_it_says_to_show_opens(call):
    names = {**vars(convlab), **vars(samples), **vars(explore)}
    call = call if "(" in call else f"{call}()"
    if "my_backward" not in call:
        eval(call, names)


def test_its_code_runs():
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.S):
        exec(block, {})


def test_the_sections_and_exercises_of_its_plans_exist():
    plans = PAGE.split("## Plans")[1].split("## Ten questions")[0]
    rows = re.findall(r"^\| *\d+ \| ([\d, ]+) \| (.*) \|$", plans, re.M)
    assert len(rows) >= 7
    for lessons, what in rows:
        known = [
            title
            for number in re.findall(r"\d+", lessons)
            for path in LESSONS
            if path.name.startswith(f"{int(number):02d}_")
            for title in headings(path)
        ]
        for section in re.findall(r"\*([^*]+)\*", what):
            assert any(title.startswith(section) for title in known), (section, known)
    numbers = {name.split(" ")[0] for name in EXERCISES}
    assert set(re.findall(r"\b\d+\.\d\b", plans)) <= numbers
