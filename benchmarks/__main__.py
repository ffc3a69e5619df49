"""Run every ``bench_*.py`` of this folder, or those whose names are given: ``make bench``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the benchmarks, each under its own heading."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if names and not any(name in path.stem for name in names):
            continue
        module = importlib.import_module(f"benchmarks.{path.stem}")
        print((module.__doc__ or path.stem).strip().splitlines()[0])
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
