"""Plant small faults and see whether the tests find them: ``python -m tools.mutants core``.

Each mutant is one change to one line of the package (`tools.faults`). It is planted in a copy of
the project, never in the project itself, and the tests that run the line are run there, the
quickest first. Which these are is recorded once (`tools.touched`). A mutant that no test finds is
listed: it is a gap in the tests, or changes nothing.

The sample is drawn by seed. What has been tried is kept in ``.mutants/``, so that a run that was
stopped goes on where it was: what was found stays found until its file changes, and what was not is
tried again once the tests change. Timeouts count as found.

Source: https://en.wikipedia.org/wiki/Mutation_testing
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import importlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.faults import Mutant, mutants_of, planted, reach
from tools.touched import quickest_tests

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / ".mutants"
COPIED = ("convlab", "tests", "notebooks", "tools", "benchmarks", "pyproject.toml", "Makefile")
LONGEST = 1200
"""Seconds after which a mutant counts as found: longer than all tests of a part take."""


@dataclass(frozen=True)
class Part:
    """A part of the package: its files, and the tests of all of them."""

    files: str
    tests: tuple[str, ...]
    goal: float


PARTS = {
    "core": Part("convlab/*.py", ("tests/core",), 0.95),
    "pictures": Part("convlab/draw/*.py", ("tests/draw", "tests/pictures"), 0.85),
    "widgets": Part("convlab/widgets/*.py", ("tests/widgets", "tests/explore"), 0.85),
    "explorers": Part("convlab/explore/*/*.py", ("tests/explore", "tests/pictures"), 0.85),
    "exercises": Part("convlab/exercises/**/*.py", ("tests/exercises",), 0.85),
}
NO_TESTS = 5
"""What pytest ends with where there are no tests: nothing is found by them."""
BY_LUCK = ("test_monkeys.py",)
"""Tests that move at random: what they find once they may miss the next time."""
BY_READING = {
    "core": "tests/core/test_documented_defaults.py",
    "other": "tests/explore/test_documented_defaults.py",
}
"""Tests that look at the package's text, and run none of its lines; they are always run."""
LOADED = (
    *("numpy", "scipy.signal", "scipy.sparse", "matplotlib.figure", "PIL.Image"),
    *("ipywidgets", "ipyevents", "anywidget", "pytest", "hypothesis.extra.numpy"),
)
"""What nearly all tests import, and a mutant does not change: it is loaded once for all."""


def chosen_tests(mutant: Mutant, text: str, part: Part) -> list[str]:
    """Return the file itself and the tests that run what a mutant changes, the quickest first."""
    lines = reach(mutant, text)
    files = files_of_tests(mutant.file, part)
    kept = KEPT / "touched"
    found = quickest_tests(mutant.file, lines, files, PROJECT, kept)
    if not found:
        found = quickest_tests(mutant.file, range(1, text.count("\n") + 2), files, PROJECT, kept)
    if not found:  # a file of nothing but tables: all of it is run at import
        named = [path for path in files if Path(mutant.file).stem in path.stem]
        found = [str(path.relative_to(PROJECT)) for path in named or files]
    by_reading = BY_READING["core" if part is PARTS["core"] else "other"]
    return [mutant.file, *([by_reading] if (PROJECT / by_reading).is_file() else []), *found]


def files_of_tests(file: str, part: Part) -> list[Path]:
    """Return the files of tests of a part; of explorers, those of other topics are left out."""
    topic = Path(file).parent.name
    every = sorted(path for name in part.tests for path in (PROJECT / name).rglob("test_*.py"))
    return [
        path
        for path in every
        if path.name not in BY_LUCK
        and (part is not PARTS["explorers"] or path.parent.name in (topic, "explore", "pictures"))
    ]


def is_found(mutant: Mutant, part: Part, tree: Path) -> bool:
    """Plant a mutant in a copy of the project, run the tests, and take it out again."""
    file = tree / mutant.file
    text, times = file.read_text("utf-8"), file.stat()
    tests = chosen_tests(mutant, text, part)
    file.write_text(planted(mutant, text), "utf-8")
    try:
        return fails(tests, tree)
    finally:
        file.write_text(text, "utf-8")
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))  # its compiled form holds again


def fails(tests: Sequence[str], tree: Path) -> bool:
    """Say whether one of the tests fails, or does not end."""
    run = multiprocessing.get_context("fork").Process(target=_run, args=(tests, tree))
    run.start()
    run.join(LONGEST)
    if run.exitcode is None and run.pid is not None:
        os.killpg(run.pid, signal.SIGKILL)  # with what the tests have started
        run.join()
    return run.exitcode not in (0, NO_TESTS)


def _run(tests: Sequence[str], tree: Path) -> None:
    """Run tests in a process of their own, which has loaded no part of the project."""
    os.setsid()
    os.chdir(tree)
    os.environ |= {"PYTHONPATH": str(tree), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in ("convlab", "tools")]:
        del sys.modules[name]
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    import pytest

    plain = ("-x", "-q", "-p", "no:cacheprovider")
    outcome = pytest.main([*plain, *tests])
    if outcome == pytest.ExitCode.USAGE_ERROR:  # the mutant has changed the name of a case
        outcome = pytest.main([*plain, *dict.fromkeys(test.partition("[")[0] for test in tests)])
    os._exit(int(outcome))


def main(given: Sequence[str]) -> int:
    """Try a sample of mutants, and report; 1 if fewer are found than the part's goal."""
    reader = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    reader.add_argument("part", nargs="?", choices=PARTS, default="core")
    reader.add_argument("--count", type=int, default=40, help="how many mutants to try")
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--only", nargs="*", default=[""], help="files whose path contains this")
    options = reader.parse_args(given)
    part = PARTS[options.part]
    texts = {
        path.relative_to(PROJECT).as_posix(): path.read_text("utf-8")
        for path in sorted(PROJECT.glob(part.files))
        if any(name in path.as_posix() for name in options.only) and path.name != "__init__.py"
    }
    every = [mutant for file, text in texts.items() for mutant in mutants_of(file, text)]
    sample = random.Random(options.seed).sample(every, min(options.count, len(every)))
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for name in LOADED:
        importlib.import_module(name)
    tree = _copied()
    tests, known, outcomes = _digest(part), _known(), {}
    for number, mutant in enumerate(sample, start=1):
        key = _key(mutant, texts[mutant.file])
        kept = known.get((key, "")), known.get((key, tests))
        if kept == (None, None):
            outcome = is_found(mutant, part, tree)
            with (KEPT / "results.jsonl").open("a", encoding="utf-8") as lines:
                line = [key, "" if outcome else tests, outcome, str(mutant)]
                lines.write(json.dumps(line) + "\n")
        else:
            outcome = bool(kept[0])
        outcomes[mutant] = outcome
        print(f"{number}/{len(sample)} {'found' if outcome else 'PASSES'} {mutant}", flush=True)
    shutil.rmtree(tree)
    return _report(outcomes, len(every), part.goal)


def _report(outcomes: dict[Mutant, bool], every: int, goal: float) -> int:
    files = Counter(mutant.file for mutant in outcomes)
    found = Counter(mutant.file for mutant, is_killed in outcomes.items() if is_killed)
    for file, count in sorted(files.items()):
        print(f"{found[file]:4} of {count:3}  {file}")
    share = sum(found.values()) / max(1, len(outcomes))
    print(f"found {share:.1%} of {len(outcomes)}, a sample of {every}; the goal is {goal:.0%}")
    for mutant, is_killed in outcomes.items():
        if not is_killed:
            print(f"passes: {mutant}")
    return int(share < goal)


def _copied() -> Path:
    """Make a fresh copy of the project to plant mutants in."""
    tree = KEPT / f"tree-{os.getpid()}"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for name in COPIED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    compileall.compile_dir(tree / "convlab", quiet=1)
    return tree


def _known() -> dict[tuple[str, str], bool]:
    """Return what has been tried before: by mutant, and by its tests where they did not find it."""
    kept = KEPT / "results.jsonl"
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    return {(key, tests): outcome for key, tests, outcome, _ in map(json.loads, lines)}


def _key(mutant: Mutant, text: str) -> str:
    return hashlib.sha256(f"{mutant} {mutant.place} {text}".encode()).hexdigest()


def _digest(part: Part) -> str:
    """Return what tells whether the tests of a part are the same as before."""
    tests = sorted(path for name in part.tests for path in (PROJECT / name).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in tests)).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
