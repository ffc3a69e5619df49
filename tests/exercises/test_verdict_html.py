"""A verdict on the page: small tables, signs beside colours, and no HTML of a reader's own."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from convlab import exercises
from convlab.exercises import EXERCISES
from convlab.exercises.marking.case_text import as_text
from convlab.exercises.marking.cases import MOST, Case, tables
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.questions import Task
from convlab.exercises.marking.verdict_page import STYLE, page
from convlab.exercises.marking.verdicts import Verdict

EVIL = "<img src=x onerror=alert(1)>&\"'"


class Shape(HTMLParser):
    """Which elements there are, in order, and whether every one is closed."""

    def __init__(self, text):
        super().__init__()
        self.names, self.open, self.rows = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, _attrs):
        self.names.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "td" in self.open:
            self.rows[-1].append(data)


def body(verdict):
    return page(verdict).removeprefix(STYLE)


def case(came, expected, **arguments):
    return Case(arguments, {"x": "input", "w": "kernel"}, came, expected)


def test_a_failing_case_is_four_small_tables():
    x, w = np.arange(12.0).reshape(3, 4), np.eye(2)
    verdict = Verdict(False, case=case([[1, 2]], [[1, 3]], x=x, w=w, stride=2))
    text = body(verdict)
    assert re.findall(r'<table class="convlab-verdict-(\w+)"><caption>(.*?)</caption>', text) == [
        ("input", "x"),
        ("kernel", "w"),
        ("products", "yours"),
        ("output", "expected"),
    ]
    assert "<code>stride = 2</code>" in text
    shown = Shape(text)
    assert shown.rows[:3] == [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9", "10", "11"]]


def test_entries_that_differ_have_a_sign_and_a_look_of_their_own():
    text = body(Verdict(False, case=case([[1, 2], [3, 4]], [[1, 2], [3, 5]])))
    came = re.findall(r'<td class="convlab-verdict-came"[^>]*><span>✗</span>(.*?)</td>', text)
    wanted = re.findall(r'<td class="convlab-verdict-wanted"[^>]*><span>✓</span>(.*?)</td>', text)
    assert (came, wanted) == (["4"], ["5"])
    assert text.count("<span>") == 2
    for kind in ("came", "wanted"):
        assert re.search(rf"td\.convlab-verdict-{kind} {{[^}}]*outline: ", STYLE)


GIVES = {
    "1.3 sweep": "output",
    "5.4 two kernels in one": "kernel",
    "6.4 patches": "input",
    "7.7 gradient check": "gradient",
    "9.4 descend": "kernel",
}


@pytest.mark.parametrize("name", GIVES)
def test_what_is_right_has_the_colour_of_what_it_is(name):
    verdict = EXERCISES[name].mark(lambda *_arguments: np.zeros((2, 3)))
    assert [table.role for table in verdict.case.results()][-1] == GIVES[name]


@pytest.mark.parametrize("shape", [(40, 60), (9, 9), (1, 500), (500,), (8, 8)])
def test_a_large_array_is_cut_around_the_first_entry_that_differs(shape):
    came, expected = np.zeros(shape), np.zeros(shape)
    at = tuple(size - 2 for size in shape)
    came[at] = 7
    shown = case(came, expected).results()[0]
    assert len(shown.rows) <= MOST
    assert all(len(row) <= MOST for row in shown.rows)
    cells = [cell for row in shown.rows for cell in row]
    assert [cell.text for cell in cells if cell.differs] == ["7"]
    dots = [cell.text for cell in cells if cell.text in "⋯⋮⋱"]
    assert bool(dots) == (max(shape) > MOST)


def test_what_is_cut_off_is_where_the_dots_are():
    (table,) = tables("x", np.arange(100.0).reshape(10, 10), "input")
    assert [cell.text for cell in table.rows[0]] == ["0", "1", "2", "3", "4", "5", "⋯"]
    assert [cell.text for cell in table.rows[-1]] == ["⋮"] * 6 + ["⋱"]


def test_of_many_layers_those_that_differ_are_shown():
    came = np.zeros((2, 3, 2, 2))
    came[1, 2, 0, 0] = 1
    titles = [table.title for table in case(came, np.zeros((2, 3, 2, 2))).results()]
    assert titles == ["yours[0, 0]", "yours[1, 2], of 2 × 3"] + [
        "expected[0, 0]",
        "expected[1, 2], of 2 × 3",
    ]


def test_numbers_that_look_alike_are_written_out():
    text = as_text(case([[0.12, 1.0]], [[0.1234567, 1.0]]))
    assert "✗0.12 " in text
    assert "✓0.1234567" in text


def test_an_empty_array_is_told_by_its_shape():
    assert "empty, of shape (0, 3)" in as_text(case(np.zeros((0, 3)), np.ones((1, 3))))


def test_nothing_of_a_readers_own_becomes_html():
    verdict = Verdict(
        False,
        f"It raised ValueError: {EVIL}, at `{EVIL}`",
        hints=(EVIL,),
        of=1,
        notes=(f"It printed:\n{EVIL}",),
        case=Case({EVIL: np.eye(1), f"{EVIL}2": EVIL}, {}, [[1]], [[2]], EVIL, EVIL),
    )
    text = body(verdict)
    assert "<img" not in text
    assert set(Shape(text).names) == {
        *("div", "b", "code", "br", "table", "caption", "tbody", "tr", "td", "span")
    }


@pytest.mark.parametrize("words", ["a `b", "`a` `b", "```", "`", "a\nb `c\nd`", ""])
def test_backquotes_of_a_readers_own_break_nothing(words):
    Shape(body(Verdict(False, words, hints=(words,), of=1)))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_first(mistake):
    verdict = Verdict(False, MISTAKES[mistake], mistake)
    assert repr(verdict) == f"✗ Not yet: {mistake}. {MISTAKES[mistake]}"
    assert body(verdict).startswith(
        '<div class="convlab-verdict convlab-verdict-wrong"><div><b>✗ Not yet: '
    )


def test_a_right_answer_has_a_page_and_no_answer_has_none():
    assert "convlab-verdict-right" in page(Verdict(True, "So it is."))
    assert Verdict(None, "Replace the three dots.")._repr_html_() is None


def test_no_line_of_text_is_wider_than_a_cell():
    arguments = {f"x{n}": np.full((9, 9), -123.456) for n in range(5)}
    text = as_text(case(np.zeros((9, 9)), np.full((9, 9), -0.001), **arguments))
    assert max(map(len, text.splitlines())) <= 100


def test_a_page_is_small():
    task = Task(
        lambda x: x, ((np.random.default_rng(0).normal(size=(4, 3, 50, 50)),),), ("Think.",)
    )
    assert len(page(task.mark(lambda x: x + 1))) < 20_000


FOLDER = Path(exercises.__file__).parent
WORDS = [FOLDER / "marking" / "mistakes.py", *sorted(FOLDER.glob("lessons/lesson_*.py"))]


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_words_are_not_marked_up_in_a_way_that_a_page_does_not_read(path):
    """Only what stands between backquotes is: an asterisk would be seen as one."""
    words = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if is_text(node)]
    assert len(words) > 5
    assert [text for text in words if re.search(r"\*[a-z]+( [a-z]+)*\*", text)] == []


def is_text(node):
    """Say whether this is a string that no program is written in."""
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and "def " not in node.value
    )
