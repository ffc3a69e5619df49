"""Plant small faults and see whether the tests find them: ``python -m tools.mutants core``.

Each mutant is one change to one line of the package: a comparison turned, a sign dropped, a number
off by one. It is planted in a copy of the project, never in the project itself, and the tests that
belong to the file run there: first the narrow ones, then, if they let it pass, those of the whole
part. A mutant that no test finds is listed: it is a gap in the tests, or changes nothing.

The sample is drawn by seed. What has been tried is kept in ``.mutants/``, so that a run that was
stopped goes on where it was: what was found stays found until its file changes, and what was not is
tried again once the tests change. Timeouts count as found.

Source: https://en.wikipedia.org/wiki/Mutation_testing
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / ".mutants"
COPIED = ("convlab", "tests", "notebooks", "tools", "benchmarks", "pyproject.toml", "Makefile")
LONGEST = 240
"""Seconds after which a mutant counts as found: it does not end."""


@dataclass(frozen=True)
class Part:
    """A part of the package: its files, and the tests of all of them."""

    files: str
    tests: tuple[str, ...]
    goal: float


PARTS = {
    "core": Part("convlab/*.py", ("tests/core",), 0.95),
    "pictures": Part("convlab/draw/*.py", ("tests/draw", "tests/pictures"), 0.85),
    "explorers": Part("convlab/explore/*/*.py", ("tests/explore",), 0.85),
    "exercises": Part("convlab/exercises/**/*.py", ("tests/exercises",), 0.85),
}

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the place of the node in it, and what the change is, in words."""

    file: str
    place: int
    line: int
    change: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.change}"


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that are worth a change, always in the same order.

    Left out are texts, annotations, imports, decorators, and what is declared for types alone.
    """
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            if isinstance(child, ast.FunctionDef) and _is_overload(child):
                continue
            if isinstance(child, ast.AnnAssign) and ast.unparse(child.annotation) == "TypeAlias":
                continue
            if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__":
                continue
            yield child
            yield from nodes(child)


def _is_overload(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) == "overload" for one in function.decorator_list)


def change_of(node: ast.AST) -> str | None:
    """Return what would be changed about a node, in words; None for nothing."""
    match node:
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPS:
            return f"{type(op).__name__} becomes {SWAPS[type(op)].__name__}: {ast.unparse(node)}"
        case ast.Compare(ops=[op, *_]):
            return f"{type(op).__name__} becomes {SWAPS[type(op)].__name__}: {ast.unparse(node)}"
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            return f"{type(node.op).__name__} is dropped: {ast.unparse(node)}"
        case ast.Constant(value=bool()):
            return f"{node.value} becomes {not node.value}"
        case ast.Constant(value=int() | float()):
            return f"{node.value} becomes {node.value + 1}"
        case ast.Tuple(elts=[first, second]) if ast.dump(first) != ast.dump(second):
            if isinstance(node.ctx, ast.Load):
                return f"swapped: {ast.unparse(node)}"
    return None


def changed(node: ast.AST) -> ast.AST:
    """Return the node that stands in for another one that `change_of` says something about."""
    new = copy.deepcopy(node)
    match new:
        case ast.Compare():
            new.ops[0] = SWAPS[type(new.ops[0])]()  # type: ignore[assignment]
        case ast.BinOp() | ast.BoolOp() | ast.AugAssign():
            new.op = SWAPS[type(new.op)]()  # type: ignore[assignment]
        case ast.UnaryOp():
            return new.operand
        case ast.Constant(value=bool()):
            new.value = not new.value
        case ast.Constant():
            new.value += 1  # type: ignore[operator]
        case ast.Tuple():
            new.elts.reverse()
    return new


def mutants_of(file: str, text: str) -> list[Mutant]:
    """Return all mutants of a file."""
    found = enumerate(nodes(ast.parse(text)))
    with_changes = ((place, node, change_of(node)) for place, node in found)
    return [
        Mutant(file, place, getattr(node, "lineno", 0), change)
        for place, node, change in with_changes
        if change is not None
    ]


def planted(mutant: Mutant, text: str) -> str:
    r"""Return the text of a file with the mutant in it.

    Examples
    --------
    >>> text = "def half(n):\n    return n // 2"
    >>> for mutant in mutants_of("half.py", text):
    ...     print(planted(mutant, text).splitlines()[1].strip())
    return n * 2
    return n // 3
    """
    tree = ast.parse(text)
    target = next(node for place, node in enumerate(nodes(tree)) if place == mutant.place)

    class Plant(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return changed(node) if node is target else self.generic_visit(node)

    return ast.unparse(ast.fix_missing_locations(Plant().visit(tree)))


def narrow_tests(file: str, part: Part) -> list[str]:
    """Return the tests that belong to a file most closely; without any, those of its folder."""
    path = Path(file)
    names = [path.stem, path.stem.removesuffix("_scene").removesuffix("_words")]
    names.append(names[-1].removesuffix("_numbers"))
    folder = part.tests[0] if path.parent.parent.name != "explore" else f"{part.tests[0]}/"
    folder += path.parent.name * (path.parent.parent.name == "explore")
    tests = [f"{folder}/test_{name}{more}.py" for name in names for more in ("", "_scene")]
    there = [test for test in dict.fromkeys(tests) if (PROJECT / test).is_file()]
    return [*(there or [folder]), file]


def is_found(mutant: Mutant, part: Part, tree: Path) -> bool:
    """Plant a mutant in a copy of the project, run the tests, and take it out again."""
    file = tree / mutant.file
    text = file.read_text("utf-8")
    file.write_text(planted(mutant, text), "utf-8")
    try:
        rounds = [narrow_tests(mutant.file, part)]
        if part is PARTS["core"]:
            rounds.append(list(part.tests))
        return any(fails(tests, tree) for tests in rounds)
    finally:
        file.write_text(text, "utf-8")


def fails(tests: Sequence[str], tree: Path) -> bool:
    """Say whether one of the tests fails, or does not end."""
    plain = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    command = [sys.executable, "-m", "pytest", *plain, *tests]
    own = {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env={**os.environ, **own},
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


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
