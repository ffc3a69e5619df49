"""No lesson says the answer to an exercise before it asks it."""

import ast
import inspect
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from convlab.exercises import EXERCISES
from convlab.exercises.marking.questions import Exercise, Task

FOLDER = Path(__file__).parents[2] / "notebooks"
ANSWERED = {name: q for name, q in EXERCISES.items() if isinstance(q, Exercise)}
TASKS = {name: q for name, q in EXERCISES.items() if isinstance(q, Task)}
LONG = 28
"""Characters from which on a line of code is no coincidence."""


def lesson_of(name):
    (path,) = FOLDER.glob(f"{int(name.split('.')[0]):02d}_*.ipynb")
    return path


@cache
def read(path):
    return nbformat.read(path, as_version=4)


def before(name, notebook):
    """Return the cells in front of an exercise's own, and that one's source."""
    for place, cell in enumerate(notebook.cells):
        if f'check("{name}"' in cell.source:
            return notebook.cells[:place], cell.source
    raise AssertionError(f"{name} is not asked in its lesson")


def plain(text):
    """Write all text in one way: no commas in large numbers, no LaTeX, one minus, one times."""
    text = re.sub(r"\\,|\\;|\\textcolor\{#\w+\}|[$]", "", text)
    text = text.replace("\\times", "×").replace("\\cdot", "·").replace("−", "-")
    text = re.sub(r"(?<=\d)[,_](?=\d{3}\b)", "", text)
    text = re.sub(r"(\d)\.(?!\d)", r"\1", text)  # numpy's 3. is 3
    return re.sub(r"\s+", " ", text)


def texts(cells):
    """Return what a reader can read in some cells: prose, code and what was printed."""
    found = []
    for cell in cells:
        found.append(cell.source)
        for output in cell.get("outputs", []):
            found.append(output.get("text", ""))
            found += [v for k, v in output.get("data", {}).items() if k.startswith("text/")]
    return [plain(text) for text in found]


def spellings(expected):
    """Return how a text would say an answer; nothing, if it is too short to tell anything."""
    values = np.asarray(expected)
    if values.ndim == 0:
        number = f"{values.item():g}"
        return [rf"(?<![\d.]){number}(?![\d.])"] if len(number.strip("-")) >= 3 else []
    rows = [[f"{value:g}" for value in row] for row in np.atleast_2d(values)]
    lengths = [len(number) for row in rows for number in row]
    if sum(lengths) < (3 if max(lengths) > 1 else 4):
        return []  # a pair such as (2, 3) stands everywhere
    between = r"(?: ?[,×·/;] ?| and | )"
    line = r"\]?,? ?;? ?\[? ?".join(between.join(map(re.escape, row)) for row in rows)
    return [rf"(?<![\d.,]){line}(?![\d.])"]


def leaks_of(name, notebook):
    cells, _ = before(name, notebook)
    found = []
    for pattern in spellings(ANSWERED[name].expected):
        for text in texts(cells):
            found += [text[max(hit.start() - 30, 0) : hit.end() + 10]
                      for hit in re.finditer(pattern, text)]  # fmt: skip
    return found


@pytest.mark.parametrize("name", list(ANSWERED))
def test_no_value_is_said_before_it_is_asked(name):
    assert leaks_of(name, read(lesson_of(name))) == []


def test_most_values_are_long_enough_to_be_looked_for():
    looked_for = [name for name, q in ANSWERED.items() if spellings(q.expected)]
    assert len(looked_for) > len(ANSWERED) / 2


def code(cells):
    return [cell.source for cell in cells if cell.cell_type == "code"]


def lines_of(source):
    """Return the lines of a solution that say how, not its head and its imports."""
    lines = (" ".join(line.split()) for line in source.splitlines())
    return [line for line in lines if len(line) >= LONG and not re.match("def|import|from", line)]


@pytest.mark.parametrize("name", list(TASKS))
def test_no_line_of_a_solution_stands_in_the_lesson(name):
    cells, _ = before(name, read(lesson_of(name)))
    given = " ".join(" ".join(text.split()) for text in [c.source for c in cells])
    assert [line for line in lines_of(TASKS[name].solution) if line in given] == []


def functions_in(cells):
    """Return the functions that the code of some cells defines, as far as it can be run alone."""
    names = {}
    exec("import numpy as np\nfrom convlab import *\nfrom convlab.kernels import KERNELS", names)
    for source in code(cells):
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                with suppress(NameError):  # a default that only the lesson has
                    exec(ast.unparse(node), names)
                    yield names[node.name]


@pytest.mark.parametrize("name", list(TASKS))
@pytest.mark.filterwarnings("ignore")
def test_no_function_of_a_lesson_answers_a_task(name):
    cells, _ = before(name, read(lesson_of(name)))
    count = len(TASKS[name].trials[0])
    for function in functions_in(cells):
        if len(inspect.signature(function).parameters) == count:
            assert not TASKS[name].mark(function).right, function.__name__


@pytest.mark.parametrize("name", list(EXERCISES))
def test_every_exercise_is_asked_and_waits_for_its_answer(name):
    _, source = before(name, read(lesson_of(name)))
    assert "..." in source
    if isinstance(EXERCISES[name], Task):
        arguments = ast.parse(source).body[0].args.args
        assert len(arguments) == len(EXERCISES[name].trials[0])
        solution = re.findall(r"^def (\w+)\((.*)\):", EXERCISES[name].solution, re.MULTILINE)[0]
        assert solution == re.findall(r"^def (\w+)\((.*)\):", source, re.MULTILINE)[0]


def planted(*cells):
    name = "3.4 dilations"
    return new_notebook(cells=[*cells, new_code_cell(f'check("{name}", ...)')])


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell("it sees 27, 19 and then 7"),
        new_markdown_cell("$27 \\times 19 \\times 7$"),
        new_code_cell("assert sizes == (27, 19, 7)"),
        new_code_cell("sizes", outputs=[new_output("stream", text="[27. 19.  7.]")]),
        new_code_cell(
            "sizes", outputs=[new_output("execute_result", {"text/plain": "(27,\n 19, 7)"})]
        ),
    ],
)
def test_a_planted_leak_is_found(cell):
    notebook = planted(cell)
    if "and then" in cell.source:
        cell.source = "it sees 27, 19 and 7"
    assert leaks_of("3.4 dilations", notebook)


def test_what_is_no_leak_is_none():
    notebook = planted(new_markdown_cell("127, 19, 7 and 27, 19, 70 and 27"))
    assert leaks_of("3.4 dilations", notebook) == []
    large = new_markdown_cell("7,248 weights")
    assert any(re.search(pattern, plain(large.source)) for pattern in spellings(7248))
    assert not any(re.search(pattern, plain("17,248")) for pattern in spellings(7248))
