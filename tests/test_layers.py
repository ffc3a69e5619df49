"""The floors, core <- draw <- widgets <- explore <- notebooks: no floor knows one above it.

Proved twice: by what a new process has loaded after an import, and by reading every import
statement, so that one inside a function counts too.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "convlab"

# What each floor may import besides the standard library and itself.
NUMBERS = {"numpy", "scipy", "convlab"}
PICTURES = {*NUMBERS, "convlab.draw", "matplotlib", "mpl_toolkits", "PIL"}
WIDGETS = {*PICTURES, "convlab.widgets", "ipywidgets", "ipyevents", "anywidget"}
WIDGETS |= {"IPython", "traitlets", "latex2mathml"}
EXPLORERS = {*WIDGETS, "convlab.explore", "convlab.exercises"}
# The extension of Jupyter's server stands apart: nothing here imports it, and it imports nothing.
SERVER = {"convlab.lab", "jupyter_server"}
FLOORS = {
    "draw": PICTURES,
    "widgets": WIDGETS,
    "explore": EXPLORERS,
    "exercises": EXPLORERS,
    "lab": SERVER,
}
# What reads picture files says so inside functions only.
LAZY = {"images.py": {"matplotlib"}, "picture_files.py": {"PIL"}}
NOWHERE = {"matplotlib.pyplot", "pylab"}


def imports(source: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, dotted name, inside a function?) for every import that runs."""

    def visit(node: ast.AST, lazy: bool) -> Iterator[tuple[int, str, bool]]:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{start}.{alias.name}", lazy) for alias in node.names)
        inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, inside)

    return visit(ast.parse(source), False)


def violations(path: str, source: str) -> list[str]:
    """Return what the module at `path`, relative to the package, imports and must not."""
    floor = path.split("/")[0] if "/" in path else ""
    allowed = FLOORS.get(floor, NUMBERS)
    found = []
    for line, name, lazy in imports(source):
        permitted = allowed | (LAZY.get(path, set()) if lazy else set())
        if name.startswith("."):
            found.append(f"{path}:{line}: write the whole name of {name}")
        elif any(f"{name}.".startswith(f"{banned}.") for banned in NOWHERE):
            found.append(f"{path}:{line}: {name} is used nowhere")
        elif not _is_permitted(name, permitted):
            found.append(f"{path}:{line}: {name} belongs to a floor above, or to none")
    return found


def _is_permitted(name: str, permitted: set[str]) -> bool:
    parts = name.split(".")
    if parts[0] in sys.stdlib_module_names:
        return True
    if parts[0] != "convlab":
        return parts[0] in permitted
    # `convlab.draw` is a floor of its own; `convlab.geometry` is part of the core.
    floor = ".".join(parts[:2])
    return floor in permitted if parts[1:2] and parts[1] in FLOORS else "convlab" in permitted


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_nothing_from_above(path: Path) -> None:
    """Every import statement, at the top or in a function, stays on its floor or goes down."""
    relative = path.relative_to(PACKAGE).as_posix()
    assert violations(relative, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geometry.py", "import matplotlib"),
        ("geometry.py", "def f():\n    from convlab.draw import scene"),
        ("geometry.py", "from convlab import explore"),
        ("geometry.py", "import pandas"),
        ("geometry.py", "from . import arrays"),
        ("picture_files.py", "from PIL import Image"),
        ("images.py", "def f():\n    import ipywidgets"),
        ("draw/scene.py", "from convlab.explore import Sweep"),
        ("draw/scene.py", "import ipyevents"),
        ("draw/scene.py", "from matplotlib import pyplot as plt"),
        ("widgets/explorer.py", "from convlab.explore import Sweep"),
        ("explore/sweep/sweep.py", "from convlab import lab"),
        ("lab/stills.py", "from convlab import geometry"),
        ("lab/stills.py", "import ipywidgets"),
        ("explore/sweep/sweep.py", "class A:\n    def f(self):\n        import matplotlib.pyplot"),
    ],
)
def test_a_planted_violation_is_found(path: str, source: str) -> None:
    """The test above can fail, on every floor and in every form of import."""
    assert len(violations(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geometry.py", "import os.path, numpy as np\nfrom convlab.arrays import as_array"),
        ("images.py", "def f():\n    import matplotlib.cbook"),
        ("picture_files.py", "def f():\n    from PIL import Image"),
        ("draw/scene.py", "from convlab import Geometry\nfrom matplotlib.figure import Figure"),
        ("explore/sweep/sweep.py", "import ipywidgets\nfrom convlab.draw import scene"),
        (
            "geometry.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import matplotlib",
        ),
    ],
)
def test_downwards_is_allowed(path: str, source: str) -> None:
    """The checker does not complain about imports that go down."""
    assert violations(path, source) == []


def loaded_after(statement: str, names: set[str]) -> set[str]:
    """Return which of `names` a new Python process has loaded after a statement."""
    program = f"import sys\n{statement}\nprint(*(sys.modules.keys() & {names!r}))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


ABOVE_CORE = {"matplotlib", "PIL", "ipywidgets", "ipyevents", "IPython", "jupyter_server"}
ABOVE_CORE |= {"convlab.draw", "convlab.lab"}
ABOVE_DRAW = {"matplotlib.pyplot", "ipywidgets", "ipyevents", "IPython", "convlab.widgets"}


def test_core_loads_no_pictures_and_no_widgets() -> None:
    """`import convlab` loads numpy and scipy, and nothing of the floors above."""
    assert loaded_after("import convlab", ABOVE_CORE) == set()


def test_draw_loads_no_widgets_and_no_pyplot() -> None:
    """`import convlab.draw` loads matplotlib's figures, and neither pyplot nor a widget."""
    assert loaded_after("import convlab.draw", ABOVE_DRAW) == set()


def test_nothing_loads_pyplot() -> None:
    """All modules together never load pyplot, which keeps state that two threads would share."""
    paths = [path.relative_to(PACKAGE.parent).with_suffix("") for path in modules()]
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    statement = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    assert loaded_after(statement, {"matplotlib.pyplot"}) == set()


def test_a_loaded_module_is_noticed() -> None:
    """The three tests above can fail."""
    assert loaded_after("import matplotlib.pyplot", ABOVE_CORE | ABOVE_DRAW) >= {
        "matplotlib",
        "matplotlib.pyplot",
    }
