"""Note which test runs which line: a plugin for pytest, and what reads its notes.

Loaded by ``-p tools.touched`` it writes, for one run of pytest, the lines of ``convlab`` that each
test has run, and how long the test took if it passed; `quickest_tests` reads them. A file of tests
is recorded once, and again when it changes or the package does.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import coverage
import pytest

FILE = "CONVLAB_TOUCHED"
"""The variable that names the file which the notes go to."""
LONGEST = 3600
"""Seconds that one file of tests may take while it is recorded."""


class Recorder:
    """Writes down what each test of one run touches."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.seconds: dict[str, float] = {}
        self.useless: set[str] = set()
        self.lines = coverage.Coverage(data_file=file, source=["convlab"], config_file=False)
        self.lines.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note all that is run from here on under the test's name."""
        self.lines.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.lines.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up how long a test takes, with what it needs before and after."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if not report.passed:
            self.useless.add(report.nodeid)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write it all down, unless the run was stopped on its way."""
        self.lines.stop()
        if exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            return
        self.lines.save()
        useful = {name: time for name, time in self.seconds.items() if name not in self.useless}
        Path(f"{self.file}.json").write_text(json.dumps(useful), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to record, where a file is named."""
    if file := os.environ.get(FILE):
        config.pluginmanager.register(Recorder(file))


def quickest_tests(
    file: str, lines: range, tests: Sequence[Path], project: Path, kept: Path
) -> list[str]:
    """Return the names of the tests that run one of these lines, the quickest first.

    What runs while a module is loaded, such as a table, is run by no test: any test in a file that
    loads the module may be the one that reads it.

    Parameters
    ----------
    file : str
        The file of the package, from the project on.
    lines : range
        Lines of it.
    tests : sequence of Path
        The files of tests to choose from; each that is new is recorded first.
    project, kept : Path
        Where the project is, and where notes are kept.
    """
    found: dict[str, float] = {}
    for test in tests:
        notes = _recorded(test, project, kept)
        seconds = _seconds(notes)
        for line, names in _touched(notes, str(project / file)).items():
            if line in lines:
                chosen = seconds if "" in names else names
                found |= {name: seconds[name] for name in chosen if name in seconds}
    return sorted(found, key=found.__getitem__)


@cache
def _seconds(notes: Path) -> dict[str, float]:
    file = Path(f"{notes}.json")
    return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}


@cache
def _touched(notes: Path, file: str) -> dict[int, list[str]]:
    if not notes.exists():
        return {}
    data = coverage.CoverageData(str(notes))
    data.read()
    return data.contexts_by_lineno(file)


@cache
def _recorded(test: Path, project: Path, kept: Path) -> Path:
    """Return the notes of one file of tests; run it if there are none."""
    kept.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(test.read_bytes() + _package(project).encode()).hexdigest()[:16]
    notes = kept / f"{test.stem}-{key}"
    if not Path(f"{notes}.json").exists():
        print(f"recording {test.relative_to(project)}", flush=True)
        found_in = os.pathsep.join([str(project), str(Path(__file__).parents[1])])
        own = {"PYTHONPATH": found_in, FILE: str(notes), "OPENBLAS_NUM_THREADS": "1"}
        own["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        plain = ("-q", "-p", "no:cacheprovider", "-p", "tools.touched")
        try:
            subprocess.run(
                [sys.executable, "-m", "pytest", *plain, str(test.relative_to(project))],
                cwd=project,
                env={**os.environ, **own},
                capture_output=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            print(f"{test.name} takes too long to be run for each mutant: it is left out")
            Path(f"{notes}.json").write_text("{}", "utf-8")
    return notes


@cache
def _package(project: Path) -> str:
    texts = sorted((project / "convlab").rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in texts)).hexdigest()
