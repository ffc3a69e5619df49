"""The planter of faults plants what it says, and goes on where it was stopped."""

import json

import pytest

from tools import mutants
from tools.faults import mutants_of, planted, reach
from tools.mutants import PARTS, Part, chosen_tests, fails, main

TEXT = '''"""Counts 3 things."""
from typing import Literal, TypeAlias, overload

Word: TypeAlias = Literal["a"] | int
__all__ = ["first", "second"]
Named = dict[str, tuple[Word, str]]

@overload
def first(n: Literal[1]) -> Literal[2]: ...
def first(n: int = 4, on: bool = True) -> tuple[int, int]:
    """Return 5 things."""
    if not on or n < -6:
        raise ValueError(f"{n + 7} is wrong")
    return n // 2, n
'''


def changes(text):
    return [mutant.change for mutant in mutants_of("file.py", text)]


def test_texts_and_types_are_left_alone_and_everything_else_is_not():
    assert sorted(changes(TEXT)) == [
        "2 becomes 3",
        "4 becomes 5",
        "6 becomes 7",
        "FloorDiv becomes Mult: n // 2",
        "Lt becomes LtE: n < -6",
        "Not is dropped: not on",
        "Or becomes And: not on or n < -6",
        "True becomes False",
        "USub is dropped: -6",
        "swapped: (n // 2, n)",
    ]


def test_each_mutant_is_another_program_and_none_changes_the_text_that_was_given():
    every = [planted(mutant, TEXT) for mutant in mutants_of("file.py", TEXT)]
    assert len(set(every)) == len(every) == 10
    for text in every:
        compile(text, "file.py", "exec")
        assert '"""Return 5 things."""' in text
    assert "return (n, n // 2)" in every[changes(TEXT).index("swapped: (n // 2, n)")]


PLACES = """LIMIT = 3

class State:
    size: int = 4

    def grown(self, by=5):
        if self.size > 6:
            return (
                self.size
                + 7
            )
        return 8
"""


def test_what_runs_a_change_is_its_statement_or_what_uses_what_is_made_at_import():
    where = {mutant.change: reach(mutant, PLACES) for mutant in mutants_of("file.py", PLACES)}
    lines = {change: (found[0], found[-1]) for change, found in where.items()}
    assert lines == {
        "3 becomes 4": (1, 13),
        "4 becomes 5": (3, 12),
        "5 becomes 6": (6, 12),
        "Gt becomes GtE: self.size > 6": (7, 7),
        "6 becomes 7": (7, 7),
        "Add becomes Sub: self.size + 7": (8, 11),
        "7 becomes 8": (8, 11),
        "8 becomes 9": (12, 12),
    }


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A package of one file with two functions, and tests of them; one of these fails."""
    tests = {
        "test_both": "import time; time.sleep(0.2); assert double(half(6)) == 6",
        "test_double": "assert double(5) == 10",
        "test_half": "assert half(4) == 2",
        "test_wrong": "assert half(4) == 3",
    }
    text = "".join(f"def {name}():\n    {body}\n\n" for name, body in tests.items())
    (tmp_path / "convlab").mkdir()
    (tmp_path / "convlab" / "__init__.py").write_text("")
    functions = "def double(n):\n    return 2 * n\n\n\ndef half(n):\n    return n // 2\n"
    (tmp_path / "convlab" / "file.py").write_text(functions)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_file.py").write_text(
        f"from convlab.file import double, half\n\n{text}"
    )
    monkeypatch.setattr(mutants, "PROJECT", tmp_path)
    monkeypatch.setattr(mutants, "KEPT", tmp_path / "kept")
    return tmp_path


def test_the_tests_of_a_line_are_those_that_run_it_and_pass_the_quickest_first(project):
    part, text = Part("convlab/*.py", ("tests",), 0.9), (project / "convlab/file.py").read_text()
    found = {
        mutant.change: chosen_tests(mutant, text, part)
        for mutant in mutants_of("convlab/file.py", text)
        if "becomes" in mutant.change and not mutant.change[0].isdigit()
    }
    assert found == {
        "Mult becomes Add: 2 * n": [
            "convlab/file.py",
            "tests/test_file.py::test_double",
            "tests/test_file.py::test_both",
        ],
        "FloorDiv becomes Mult: n // 2": [
            "convlab/file.py",
            "tests/test_file.py::test_half",
            "tests/test_file.py::test_both",
        ],
    }


def test_a_table_is_left_to_the_tests_that_bear_its_name_or_else_to_all(project):
    (project / "convlab" / "table.py").write_text("SIZE = 3\n")
    part, (mutant,) = Part("convlab/*.py", ("tests",), 0.9), mutants_of("table.py", "SIZE = 3\n")
    assert chosen_tests(mutant, "SIZE = 3\n", part) == ["table.py", "tests/test_file.py"]
    (project / "tests" / "test_table_of_sizes.py").write_text("")
    assert chosen_tests(mutant, "SIZE = 3\n", part)[1:] == ["tests/test_table_of_sizes.py"]


def test_what_is_made_at_import_may_be_read_by_any_test_of_a_file_that_loads_it(project):
    text = "SIZE = 3\n\n\ndef size():\n    return SIZE\n"
    (project / "convlab" / "table.py").write_text(text)
    (project / "tests" / "test_sizes.py").write_text(
        "from convlab.table import size\n\nKNOWN = size()\n\n\n"
        "def test_runs():\n    size()\n\n\n"
        "def test_known():\n    assert KNOWN == 3\n"
    )
    part = Part("convlab/*.py", ("tests",), 0.9)
    (mutant,) = (m for m in mutants_of("convlab/table.py", text) if m.change == "3 becomes 4")
    assert sorted(chosen_tests(mutant, text, part)[1:]) == [
        "tests/test_sizes.py::test_known",
        "tests/test_sizes.py::test_runs",
    ]


def test_of_explorers_the_tests_of_other_topics_are_left_out():
    files = mutants.files_of_tests("convlab/explore/matrix/cost_words.py", PARTS["explorers"])
    names = {str(path.relative_to(mutants.PROJECT / "tests")) for path in files}
    assert {"explore/matrix/test_cost.py", "explore/test_contract.py"} <= names
    assert "pictures/test_pictures.py" in names
    assert not {"explore/sweep/test_sweep.py", "explore/test_monkeys.py"} & names


@pytest.mark.parametrize(("fault", "is_found"), [("return 2 * n", False), ("return 2 + n", True)])
def test_a_fault_is_found_by_a_test_that_fails(fault, is_found, tmp_path):
    (tmp_path / "double.py").write_text(f"def double(n):\n    {fault}\n")
    (tmp_path / "test_double.py").write_text(
        "from double import double\n\n\ndef test_it():\n    assert double(5) == 10\n"
    )
    assert fails(["test_double.py"], tmp_path) is is_found
    assert not fails(["double.py"], tmp_path)  # it holds no tests


def test_what_was_found_is_not_tried_again_and_what_was_not_is_once_the_tests_change(
    tmp_path, monkeypatch, capsys
):
    tried = []

    def is_found(mutant, _part, _tree):
        tried.append(mutant.change)
        return "swapped" not in mutant.change

    (tmp_path / "convlab").mkdir()
    (tmp_path / "convlab" / "file.py").write_text(TEXT)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_file.py").write_text("")
    monkeypatch.setattr(mutants, "PROJECT", tmp_path)
    monkeypatch.setattr(mutants, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(mutants, "COPIED", ("convlab",))
    monkeypatch.setattr(mutants, "is_found", is_found)
    monkeypatch.setitem(PARTS, "core", Part("convlab/*.py", ("tests",), 0.9))
    assert main(["core", "--count", "6"]) in (0, 1)
    assert len(tried) == 6
    assert main(["core", "--count", "99"]) == 0  # 9 of 10
    assert sorted(tried) == sorted(changes(TEXT))
    report = capsys.readouterr().out
    assert "found 90.0% of 10, a sample of 10; the goal is 90%" in report
    assert "passes: convlab/file.py:14: swapped: (n // 2, n)" in report
    (tmp_path / "tests" / "test_file.py").write_text("# another test")
    main(["core", "--count", "99"])
    assert tried[10:] == ["swapped: (n // 2, n)"]
    assert not list((tmp_path / "kept").glob("tree-*"))
    lines = (tmp_path / "kept" / "results.jsonl").read_text().splitlines()
    assert [json.loads(line)[2] for line in lines].count(False) == 2
