"""How long `import convlab` takes, beside importing numpy and what it needs of scipy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from benchmarks.timing import medians, report

NEEDED = "import numpy, scipy.sparse"


def main() -> None:
    """Print the ratio of medians; each import is that of a new process, less an empty one's."""
    starts = {"nothing": "pass", "needed": NEEDED, "convlab": "import convlab"}
    times = medians({name: _start(code) for name, code in starts.items()}, rounds=20)
    ours, needed = (times[name] - times["nothing"] for name in ("convlab", "needed"))
    report("import convlab", ours, "ms")
    report(f"  times {NEEDED!r}", ours / needed, "×", "≤ 1.3")


def _start(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)
