"""Notebooks are committed executed, small and clean; and each of these rules can fail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

import convlab.explore
from tools import hygiene
from tools.editions import cells_of, source_of
from tools.hygiene import RULES, Lesson
from tools.notebooks import WIDGET_VIEW, clean, text_of

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = [*sorted(FOLDER.glob("*.ipynb")), *sorted(FOLDER.glob("??/*.ipynb"))]
EXPLORERS = list(getattr(convlab.explore, "__all__", []))


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=name_of)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_notebook(path: Path, rule: Any) -> None:
    """Each notebook keeps each rule."""
    notebook = nbformat.read(path, as_version=4)
    assert rule(Lesson(notebook, path.parent)) == []


def test_file_is_small(path: Path) -> None:
    """A notebook is under 1 MB, so that GitHub shows it and a clone stays quick."""
    assert path.stat().st_size < hygiene.MOST_BYTES


def test_file_is_as_make_notebooks_writes_it(path: Path) -> None:
    """Nothing was saved by hand: ids, metadata and layout are those of `make notebooks`."""
    text = path.read_text("utf-8")
    assert text_of(clean(nbformat.reads(text, as_version=4))) == text


@pytest.mark.parametrize("name", EXPLORERS)
def test_explorer_is_used_in_a_lesson(name: str) -> None:
    """Every explorer has its place in a notebook."""
    sources = [
        source_of(cell)
        for path in NOTEBOOKS
        for cell in cells_of(path)
        if cell["cell_type"] == "code"
    ]
    assert any(re.search(rf"\b{name}\(", source) for source in sources)


def notebook_of(*cells: Any) -> nbformat.NotebookNode:
    """A notebook of these cells; unlike nbformat's own it takes any, the same one twice too."""
    notebook = new_notebook()
    notebook.cells = list(cells)
    return notebook


def lesson(*cells: Any, kernel: str = "python3") -> Lesson:
    """A small notebook that keeps every rule, followed by the given cells."""
    title = new_markdown_cell("# Title\n\n[code](https://example.org) and [below](#Title)")
    one = new_code_cell("1 + 1", execution_count=1)
    one.outputs = [new_output("execute_result", {"text/plain": "2"}, execution_count=1)]
    notebook = notebook_of(title, one, *cells)
    notebook.metadata["kernelspec"] = {"name": kernel}
    return Lesson(notebook, FOLDER)


def code(source: str, *outputs: Any, count: int | None = 2) -> Any:
    return new_code_cell(source, execution_count=count, outputs=list(outputs))


def shown(**data: str) -> Any:
    return new_output("display_data", {name.replace("_", "/"): text for name, text in data.items()})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_clean_notebook_passes(rule: Any) -> None:
    """The rules do not complain about nothing."""
    harmless = code("x = 'a;b'  # c/home/d", shown(text_plain="see https://a.org/home/x"))
    assert rule(lesson(harmless)) == []


@pytest.mark.parametrize(
    ("rule", "planted", "complaint"),
    [
        ("names_the_usual_kernel", lesson(kernel="my-env"), "'my-env'"),
        (
            "has_short_cells",
            lesson(code("1"), code("\n".join("abcdefghijklm"))),
            "cell 4: 13 lines",
        ),
        ("has_short_cells", lesson(*[code("a\nb\nc\nd")] * 2), "median code cell has 4 lines"),
        ("ends_no_line_with_a_semicolon", lesson(code("f()\ng(); # no\n1")), "cell 3.*g()"),
        ("was_executed_in_order", lesson(code("1", count=None)), "cell 3.*None, not 2"),
        ("was_executed_in_order", lesson(code("1", count=7)), "cell 3.*7, not 2"),
        (
            "holds_no_errors",
            lesson(code("1 / 0", new_output("error", ename="ZeroDivisionError", evalue=""))),
            "cell 3: ZeroDivisionError",
        ),
        (
            "holds_no_errors",
            lesson(code("warn()", new_output("stream", name="stderr", text="beware"))),
            "cell 3: text on stderr",
        ),
        (
            "holds_no_widget_state",
            lesson(code("w", new_output("display_data", {WIDGET_VIEW: {"model_id": "1"}}))),
            "cell 3: the id of a widget",
        ),
        ("names_no_machine", lesson(code("open('/home/ann/x.png')")), "cell 3: /home/ann"),
        ("names_no_machine", lesson(new_markdown_cell(r"in C:\Users\ann")), r"cell 3: C:\\Users"),
        ("names_no_machine", lesson(code("f", shown(text_html="</tmp/ab>"))), "cell 3: /tmp/ab"),
        (
            "names_no_machine",
            lesson(code("f", new_output("stream", text="<A at 0x7f00aa11bb22>"))),
            "cell 3: at 0x7f",
        ),
        ("links_resolve", lesson(new_markdown_cell("[next](99_none.ipynb#a)")), "99_none.ipynb#a"),
    ],
)
def test_planted_violation_is_found(rule: str, planted: Lesson, complaint: str) -> None:
    """Each rule finds what it is there to find, once, and says where."""
    (found,) = getattr(hygiene, rule)(planted)
    assert re.search(complaint, found)


@pytest.mark.parametrize("cells", [[code("1")], [new_markdown_cell("No title")], []])
def test_missing_title_is_found(cells: list[Any]) -> None:
    """A notebook that begins with code or plain text, or has no cell, has no title."""
    (found,) = hygiene.begins_with_a_title(Lesson(notebook_of(*cells), FOLDER))
    assert "no Markdown title" in found


def test_widget_state_in_the_metadata_is_found() -> None:
    """State that JupyterLab can save with a notebook is found as well."""
    planted = lesson()
    planted.notebook.metadata["widgets"] = {}
    assert len(hygiene.holds_no_widget_state(planted)) == 1


def test_clean_takes_out_what_changes_from_run_to_run() -> None:
    """After `clean` a notebook that JupyterLab has saved keeps the rules again."""
    both = new_output("display_data", {WIDGET_VIEW: {"model_id": "1"}, "text/plain": "Sweep()"})
    planted = lesson(code("w", both))
    planted.notebook.metadata["widgets"] = {"state": {}}
    planted.notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    planted.notebook.cells[2].metadata = {"execution": {"iopub.status.busy": "now"}, "tags": ["a"]}
    cleaned = clean(planted.notebook)
    assert [complaint for rule in RULES for complaint in rule(planted)] == []
    assert "version" not in cleaned.metadata.language_info
    assert cleaned.cells[2].metadata == {"tags": ["a"]}
    assert cleaned.cells[2].outputs[0].data == {"text/plain": "Sweep()"}


def test_clean_gives_every_cell_an_id_of_its_own() -> None:
    """Copied and missing ids are replaced; the others stay, so that diffs stay small."""
    cells = [new_markdown_cell(str(number)) for number in range(4)]
    for cell, name in zip(cells, ("a", "a", "", "cell-0"), strict=True):
        cell["id"] = name
    cleaned = clean(notebook_of(*cells))
    assert [cell.id for cell in cleaned.cells] == ["a", "cell-1", "cell-2", "cell-0"]
