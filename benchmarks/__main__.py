"""Run every ``bench_*.py`` of this folder, or those whose names are given: ``make bench``.

Each runs in a process of its own, so that none finds the memory as another one left it, and with
one thread for numpy's products: two that wait for each other on a busy machine say little.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
RUN = "import {0} as bench; print(bench.__doc__.splitlines()[0], flush=True); bench.main()"


def main(names: list[str]) -> None:
    """Run the benchmarks, each under its own heading."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if not names or any(name in path.stem for name in names):
            code = RUN.format(f"benchmarks.{path.stem}")
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=path.parent.parent,
                env={**os.environ, **ONE_THREAD},
                check=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
