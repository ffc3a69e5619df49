"""Run tests with the oldest and with the newest versions that ``pyproject.toml`` allows.

``python -m tools.versions`` makes two virtual environments in ``.versions/``, one with the lowest
version of each package that is asked for and one with the highest, says what is in them, and runs
the tests of the core, the drawing and the widgets in both. What those packages ask for themselves
is as new as they allow.

    python -m tools.versions oldest                   one of the two
    python -m tools.versions oldest tests/core -x     other tests, other arguments of pytest's

Source: https://docs.astral.sh/uv/concepts/resolution/ (``lowest-direct``).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / ".versions"
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}
EXTRAS = ("explore", "test")
TESTS = ("tests/core", "tests/draw", "tests/widgets", "convlab/draw", "convlab/widgets")
SHOWN = ("numpy", "scipy", "matplotlib", "pillow", "ipywidgets", "ipyevents", "pytest")


def install(which: str) -> Path:
    """Make the environment afresh, and return its Python."""
    folder = KEPT / which
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _uv("venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
    wanted = f"{PROJECT}[{','.join(EXTRAS)}]"
    resolution = f"--resolution={RESOLUTIONS[which]}"
    _uv("pip", "install", "--quiet", "--python", str(python), resolution, "--editable", wanted)
    return python


def versions(python: Path) -> str:
    """Return the versions of what matters most in an environment, on one line."""
    code = (
        "import platform, sys; from importlib.metadata import version;"
        "print('Python', platform.python_version(), end='');"
        "print('', *(f'{name} {version(name)}' for name in sys.argv[1:]), sep=', ')"
    )
    done = subprocess.run(
        [python, "-c", code, *SHOWN], capture_output=True, text=True, check=True, cwd=KEPT
    )
    return done.stdout.strip()


def _uv(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", *arguments], check=True, cwd=PROJECT)


def main(given: Sequence[str]) -> int:
    """Install, say what, and test; 1 if a test failed in either environment."""
    chosen = [name for name in RESOLUTIONS if name in given] or list(RESOLUTIONS)
    further = [argument for argument in given if argument not in RESOLUTIONS] or ["-q", *TESTS]
    failed = []
    for which in chosen:
        python = install(which)
        print(f"{which}: {versions(python)}", flush=True)
        own = {"PYTHONPATH": str(PROJECT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(
            [python, "-m", "pytest", "-p", "no:cacheprovider", *further],
            cwd=PROJECT,
            env={**os.environ, **own},
            check=False,
        )
        failed += [which] * (done.returncode != 0)
    print(f"failed: {', '.join(failed)}" if failed else f"passed: {', '.join(chosen)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
