"""The README keeps its word: its code runs, its links lead somewhere, its commands exist."""

import doctest
import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_its_code_prints_what_it_says():
    result = doctest.testfile(str(PROJECT / "README.md"), module_relative=False)
    assert result.attempted >= 4
    assert result.failed == 0


def test_its_links_lead_somewhere():
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert len(links) > 5
    assert [link for link in links if not (PROJECT / link).exists()] == []


def test_it_lists_every_lesson():
    lessons = {path.name for path in (PROJECT / "notebooks").glob("*.ipynb")}
    assert set(re.findall(r"\(notebooks/([^)]+)\)", README)) == lessons


def test_its_commands_exist():
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.M))
    named = set(re.findall(r"make (\w+)", README))
    assert {"lab", "test"} <= named <= targets


def test_the_continuous_integration_runs_the_readme_s_test_command():
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^.*\bmake test\b", script, re.M)
