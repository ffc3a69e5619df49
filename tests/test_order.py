"""Tests run in any order, but the cells of a notebook in their own."""

import itertools
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

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
    lessons = [name.partition("[")[2].partition(".ipynb")[0] for name in found]
    in_turn = [lesson for lesson, _ in itertools.groupby(lessons)]
    assert len(in_turn) == len(set(lessons)) >= 11
    written = re.findall(r"^def (test_\w+)", PROJECT.joinpath(path).read_text("utf-8"), re.M)
    first = [name.partition("::")[2].partition("[")[0] for name in found if "[00_" in name]
    assert list(dict.fromkeys(first)) == written


def test_what_shares_a_hub_keeps_its_order() -> None:
    """Those who are logged in are thrown out where the proxy is killed: that comes last."""
    path = "tests/deploy/test_class.py"
    found = [name.partition("::")[2].partition("[")[0] for name in collected(1, path)]
    written = re.findall(r"^def (test_\w+)", PROJECT.joinpath(path).read_text("utf-8"), re.M)
    assert list(dict.fromkeys(found)) == written


class Process:
    """A process of pytest-xdist, as its scheduler sees it: it runs what it was sent."""

    shutting_down = False
    gateway = SimpleNamespace(id="gw")

    def __init__(self) -> None:
        self.queue: list[int] = []
        self.ran: list[str] = []

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.queue += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


def ran(names: list[str], paces: tuple[int, int]) -> list[list[str]]:
    """Return which files two processes run that do so many tests a round."""
    pytest.importorskip("xdist")
    make: Any = runpy.run_path(str(PROJECT / "conftest.py"))["pytest_xdist_make_scheduler"]
    said = {"dist": "loadfile", "tx": ["2*popen"]}
    config = SimpleNamespace(
        getvalue=said.__getitem__, option=SimpleNamespace(loadscopereorder=True)
    )
    scheduler, processes = make(config, None), [Process(), Process()]
    for process in processes:
        scheduler.add_node(process)
        scheduler.add_node_collection(process, names)
    scheduler.schedule()
    while any(process.queue for process in processes):
        for process, pace in zip(processes, paces, strict=True):
            for _ in range(min(pace, len(process.queue))):
                number = process.queue.pop(0)
                process.ran.append(names[number].partition("::")[0])
                scheduler.mark_test_complete(process, number)
    return [list(dict.fromkeys(process.ran)) for process in processes]


def test_one_process_has_the_browser_to_itself_and_the_other_helps_at_the_end() -> None:
    """The longest files of each come first."""
    page, plain = ([f"tests/{part}/test_{n}.py" for n in range(6)] for part in ("browser", "core"))
    names = [f"{file}::test_{n}" for files in (page, plain) for file in files for n in range(9)]
    names += [f"{page[4]}::more", f"{plain[3]}::more"]
    for paces in ((1, 1), (9, 1), (1, 9)):
        one, other = ran(names, paces)
        assert sorted(one + other) == sorted(page + plain)
        assert one == sorted(one, key=lambda file: file in plain)
        assert other == sorted(other, key=lambda file: file in page)
        assert (one[0], other[0]) == (page[4], plain[3])
        assert (len(one) > len(other)) == (paces[0] > paces[1])
