"""The planter of faults plants what it says, and goes on where it was stopped."""

import json

import pytest

from tools import mutants
from tools.mutants import PARTS, Part, fails, main, mutants_of, narrow_tests, planted

TEXT = '''"""Counts 3 things."""
from typing import Literal, TypeAlias, overload

Word: TypeAlias = Literal["a"] | int
__all__ = ["first", "second"]

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


def test_the_tests_of_a_file_are_found_by_its_name():
    core, explorers = PARTS["core"], PARTS["explorers"]
    assert narrow_tests("convlab/matrix.py", core) == [
        "tests/core/test_matrix.py",
        "convlab/matrix.py",
    ]
    assert narrow_tests("convlab/scatter.py", core) == ["tests/core", "convlab/scatter.py"]
    assert narrow_tests("convlab/explore/matrix/cost_words.py", explorers) == [
        "tests/explore/matrix/test_cost.py",
        "convlab/explore/matrix/cost_words.py",
    ]
    assert narrow_tests("convlab/explore/backprop/tex.py", explorers)[0] == "tests/explore/backprop"


@pytest.mark.parametrize(("fault", "is_found"), [("return 2 * n", False), ("return 2 + n", True)])
def test_a_fault_is_found_by_a_test_that_fails(fault, is_found, tmp_path):
    (tmp_path / "double.py").write_text(f"def double(n):\n    {fault}\n")
    (tmp_path / "test_double.py").write_text(
        "from double import double\n\n\ndef test_it():\n    assert double(5) == 10\n"
    )
    assert fails(["test_double.py"], tmp_path) is is_found


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
    assert "passes: convlab/file.py:13: swapped: (n // 2, n)" in report
    (tmp_path / "tests" / "test_file.py").write_text("# another test")
    main(["core", "--count", "99"])
    assert tried[10:] == ["swapped: (n // 2, n)"]
    assert not list((tmp_path / "kept").glob("tree-*"))
    lines = (tmp_path / "kept" / "results.jsonl").read_text().splitlines()
    assert [json.loads(line)[2] for line in lines].count(False) == 2
