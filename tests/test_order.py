"""Tests run in any order, but the cells of a notebook in their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pytest_randomly")
PROJECT = Path(__file__).parents[1]
NOTEBOOKS = ["notebooks/00_start_here.ipynb", "notebooks/01_slide_a_kernel.ipynb"]
OTHERS = "tests/test_readme.py"


def collected(seed: int, *paths: str) -> list[str]:
    """Return the names of what would run, in order."""
    options = ("--collect-only", "-q", "-p", "no:cacheprovider", f"--randomly-seed={seed}")
    command = [sys.executable, "-m", "pytest", "--nbval", *options, *paths]
    own = {"PYTEST_ADDOPTS": "", "PYTEST_XDIST_WORKER": ""}
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={name: value for name, value in {**os.environ, **own}.items() if value},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_cells_keep_their_order_and_tests_do_not() -> None:
    """The cells of a notebook follow each other; the tests of a file are shuffled."""
    found = collected(1, *NOTEBOOKS, OTHERS)
    cells = [name for name in found if ".ipynb" in name]
    tests = [name for name in found if ".ipynb" not in name]
    numbers = [int(name.rpartition("Cell ")[2]) for name in cells]
    second = numbers.index(0, 1)
    assert numbers == [*range(second), *range(len(numbers) - second)]
    assert tests != sorted(tests)


def test_what_shares_a_page_keeps_its_order() -> None:
    """The tests of one lesson in the browser follow each other, as they are written."""
    path = "tests/browser/test_lessons.py"
    found = collected(1, path)
    lessons = [name.partition("[")[2][:2] for name in found]
    assert lessons == sorted(lessons)
    assert len(set(lessons)) == 11
    written = re.findall(r"^def (test_\w+)", PROJECT.joinpath(path).read_text("utf-8"), re.M)
    first = [name.partition("::")[2].partition("[")[0] for name in found if "[00_" in name]
    assert list(dict.fromkeys(first)) == written


def test_what_shares_a_hub_keeps_its_order() -> None:
    """Those who are logged in are thrown out where the proxy is killed: that comes last."""
    path = "tests/deploy/test_class.py"
    found = [name.partition("::")[2].partition("[")[0] for name in collected(1, path)]
    written = re.findall(r"^def (test_\w+)", PROJECT.joinpath(path).read_text("utf-8"), re.M)
    assert list(dict.fromkeys(found)) == written
