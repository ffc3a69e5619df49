"""The README keeps its word, in both languages: its code runs, its links lead somewhere."""

import doctest
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LESSONS = {"README.md": "notebooks", "README.zh.md": "notebooks/zh"}
in_both_languages = pytest.mark.parametrize("page", LESSONS)


@in_both_languages
def test_its_code_prints_what_it_says(page):
    result = doctest.testfile(str(PROJECT / page), module_relative=False)
    assert result.attempted >= 4
    assert result.failed == 0


@in_both_languages
def test_its_links_lead_somewhere(page):
    text = (PROJECT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert len(links) > 5
    assert [link for link in links if not (PROJECT / link).exists()] == []


@in_both_languages
def test_it_lists_every_lesson(page):
    folder, text = LESSONS[page], (PROJECT / page).read_text(encoding="utf-8")
    lessons = {path.name for path in (PROJECT / folder).glob("*.ipynb")}
    assert set(re.findall(rf"\({folder}/([^)]+)\)", text)) == lessons


@in_both_languages
def test_its_commands_exist(page):
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.M))
    named = set(re.findall(r"make (\w+)", (PROJECT / page).read_text(encoding="utf-8")))
    assert {"lab", "test"} <= named <= targets


def test_each_language_leads_to_the_other():
    first = {page: (PROJECT / page).read_text(encoding="utf-8").splitlines()[0] for page in LESSONS}
    assert "](README.zh.md)" in first["README.md"]
    assert "](README.md)" in first["README.zh.md"]


def test_the_continuous_integration_runs_the_readme_s_test_command():
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^.*\bmake test\b", script, re.M)
