"""Tests run in any order, but the cells of a notebook in their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pytest_randomly")
PROJECT = Path(__file__).parents[1]
NOTEBOOKS = ["notebooks/00_start_here.ipynb", "notebooks/01_slide_a_kernel.ipynb"]
OTHERS = "tests/test_readme.py"


def collected(seed: int) -> list[str]:
    """Return the names of what would run, in order."""
    options = ("--collect-only", "-q", "-p", "no:cacheprovider", f"--randomly-seed={seed}")
    command = [sys.executable, "-m", "pytest", "--nbval", *options, *NOTEBOOKS, OTHERS]
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
    found = collected(1)
    cells = [name for name in found if ".ipynb" in name]
    tests = [name for name in found if ".ipynb" not in name]
    numbers = [int(name.rpartition("Cell ")[2]) for name in cells]
    second = numbers.index(0, 1)
    assert numbers == [*range(second), *range(len(numbers) - second)]
    assert tests != sorted(tests)
