"""What a notebook must look like to be committed: one small rule per function.

Each rule takes a notebook and returns a list of complaints, empty when all is well. The tests in
``tests/notebooks`` apply all of `RULES` to every notebook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from nbformat import NotebookNode

from tools.notebooks import KERNEL, WIDGET_VIEW

MEDIAN_LINES = 3
MOST_LINES = 12
MOST_BYTES = 1_000_000

# A folder that exists on one machine only, and the place of an object in memory.
MACHINE = re.compile(
    r"(?<![\w/.:])(/(?:home|Users|root|tmp|var|opt|mnt|work|private|workspace)/[\w.-]+)"
    r"|\b([A-Z]:\\+Users\\+\w+)"
    r"|( at 0x[0-9a-fA-F]{6,})"
)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
ELSEWHERE = ("http://", "https://", "mailto:", "attachment:", "data:")


class Lesson(NamedTuple):
    """A notebook, and the folder that its links start from."""

    notebook: NotebookNode
    folder: Path

    @property
    def code(self) -> Iterator[tuple[int, NotebookNode]]:
        """The code cells with anything in them, numbered among all cells from 1."""
        return (
            (number, cell)
            for number, cell in enumerate(self.notebook.cells, start=1)
            if cell.cell_type == "code" and cell.source.strip()
        )

    @property
    def outputs(self) -> Iterator[tuple[int, NotebookNode]]:
        """The outputs, each with the number of its cell."""
        return ((number, output) for number, cell in self.code for output in cell.outputs)


def begins_with_a_title(lesson: Lesson) -> list[str]:
    """The first cell is Markdown and begins with a first-level heading."""
    first = lesson.notebook.cells[0] if lesson.notebook.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        return ["the first cell is no Markdown title (`# ...`)"]
    return []


def names_the_usual_kernel(lesson: Lesson) -> list[str]:
    """The kernel is `python3`, which every reader has, so that nobody is asked for one."""
    name = lesson.notebook.metadata.get("kernelspec", {}).get("name")
    return [] if name == KERNEL["name"] else [f"the kernel is {name!r}, not {KERNEL['name']!r}"]


def has_short_cells(lesson: Lesson) -> list[str]:
    """Code cells have at most 12 lines, and half of them at most 3."""
    lengths = {number: len(cell.source.strip().splitlines()) for number, cell in lesson.code}
    long = [
        f"cell {number}: {length} lines, at most {MOST_LINES}"
        for number, length in lengths.items()
        if length > MOST_LINES
    ]
    if lengths and (middle := median(lengths.values())) > MEDIAN_LINES:
        long.append(f"the median code cell has {middle:g} lines, at most {MEDIAN_LINES}")
    return long


def ends_no_line_with_a_semicolon(lesson: Lesson) -> list[str]:
    """A trailing `;` does not hide a value from nbval; `_ = ...` does."""
    return [
        f"cell {number}: ends with `;`: {line.strip()}"
        for number, cell in lesson.code
        for line in cell.source.splitlines()
        if re.search(r";\s*(#.*)?$", line)
    ]


def was_executed_in_order(lesson: Lesson) -> list[str]:
    """Cells are numbered 1, 2, 3 ... as one run from top to bottom leaves them."""
    return [
        f"cell {number}: execution count {cell.execution_count}, not {count}"
        for count, (number, cell) in enumerate(lesson.code, start=1)
        if cell.execution_count != count
    ]


def holds_no_errors(lesson: Lesson) -> list[str]:
    """No output is an error or a warning."""
    return [
        f"cell {number}: {output.get('ename', 'text on stderr')}"
        for number, output in lesson.outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


def holds_no_widget_state(lesson: Lesson) -> list[str]:
    """No ids and no state of widgets, which are new in each run."""
    found = [
        f"cell {number}: the id of a widget"
        for number, output in lesson.outputs
        if WIDGET_VIEW in output.get("data", {})
    ]
    if "widgets" in lesson.notebook.metadata:
        found.append("the state of widgets, in the notebook's metadata")
    return found


def names_no_machine(lesson: Lesson) -> list[str]:
    """Neither a source nor an output names a folder of one machine, or a place in memory."""
    texts = [(number, cell.source) for number, cell in enumerate(lesson.notebook.cells, start=1)]
    for number, output in lesson.outputs:
        data = output.get("data", {})
        texts += [(number, text) for mime, text in data.items() if mime.startswith("text/")]
        texts.append((number, output.get("text", "")))
    return [
        f"cell {number}: {found.group().strip()}"
        for number, text in texts
        if (found := MACHINE.search(text))
    ]


def links_resolve(lesson: Lesson) -> list[str]:
    """Every link to a file finds it, seen from the notebook's folder."""
    targets = (
        (number, target)
        for number, cell in enumerate(lesson.notebook.cells, start=1)
        if cell.cell_type == "markdown"
        for target in LINK.findall(cell.source)
    )
    return [
        f"cell {number}: {target} is not there"
        for number, target in targets
        if not target.startswith((*ELSEWHERE, "#"))
        and not (lesson.folder / target.split("#")[0]).exists()
    ]


RULES: tuple[Callable[[Lesson], list[str]], ...] = (
    begins_with_a_title,
    names_the_usual_kernel,
    has_short_cells,
    ends_no_line_with_a_semicolon,
    was_executed_in_order,
    holds_no_errors,
    holds_no_widget_state,
    names_no_machine,
    links_resolve,
)
