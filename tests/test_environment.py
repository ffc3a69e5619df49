"""environment.yml, for conda, asks for what pyproject.toml asks for."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
NOT_IN_PYPROJECT = {"pip"}
FROM_CONDA = {"explore", "lab", "test"}
FROM_PIP = {"present", "handouts", "gallery", "class", "zh", "browser"}
NOT_TO_RUN_ANYTHING = {"lint", "versions", "benchmark"}
"""None of these is needed to run lessons and tests."""


def by_name(requirements: list[str]) -> dict[str, str]:
    """Return name -> bound, the conda names put into PyPI's."""
    pairs = (re.fullmatch(r"([\w.-]+)\s*(.*)", line).groups() for line in requirements)  # type: ignore[union-attr]
    return {CONDA_NAMES.get(name, name): bound for name, bound in pairs}


def wanted_by(pyproject: dict[str, Any], extras: Iterable[str]) -> dict[str, str]:
    """Return name -> bound of all that the package and some of its extras ask for."""
    asked = list(pyproject["project"]["dependencies"])
    for extra in extras:
        asked += pyproject["project"]["optional-dependencies"][extra]
    # An extra that asks for another one: `convlab[explore]`.
    return by_name([line for line in asked if not line.startswith("convlab[")])


def differences(environment: dict[str, Any], pyproject: dict[str, Any]) -> dict[str, Any]:
    """Return name -> (bound in environment.yml, bound in pyproject.toml), where they differ."""
    conda = by_name([line for line in environment["dependencies"] if isinstance(line, str)])
    wanted = wanted_by(pyproject, FROM_CONDA)
    wanted["python"] = pyproject["project"]["requires-python"]
    names = (conda.keys() | wanted.keys()) - NOT_IN_PYPROJECT
    return {
        name: (conda.get(name), wanted.get(name))
        for name in sorted(names)
        if conda.get(name) != wanted.get(name)
    }


@pytest.fixture
def environment() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "environment.yml").read_text("utf-8"))


@pytest.fixture
def pyproject() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


def test_dependencies_and_bounds_are_equal(
    environment: dict[str, Any], pyproject: dict[str, Any]
) -> None:
    """Same packages, same bounds, same Python."""
    assert differences(environment, pyproject) == {}


def test_environment_installs_the_package_itself(environment: dict[str, Any]) -> None:
    """Name and channel are the documented ones, and pip installs convlab from the folder."""
    assert environment["name"] == "convlab"
    assert environment["channels"] == ["conda-forge"]
    (pip,) = next(part["pip"] for part in environment["dependencies"] if isinstance(part, dict))
    assert pip == "-e .[present,handouts,gallery,class,zh,browser]"


def test_each_extra_comes_from_somewhere(pyproject: dict[str, Any]) -> None:
    """The environment alone runs the lessons, the slides and the tests."""
    extras = pyproject["project"]["optional-dependencies"]
    assert extras.keys() == FROM_CONDA | FROM_PIP | NOT_TO_RUN_ANYTHING
    assert "convlab[explore]" in extras["lab"]


def test_the_core_needs_numbers_only(pyproject: dict[str, Any]) -> None:
    """Neither matplotlib nor Jupyter comes with a plain `pip install convlab`."""
    assert wanted_by(pyproject, ()).keys() == {"numpy", "scipy"}


@pytest.mark.parametrize(
    ("missing", "statement"),
    [
        ("PIL", "convlab.images.load(b'GIF89a')"),
        ("matplotlib", "convlab.images.photo()"),
        ("ipywidgets", "import convlab.explore"),
        ("ipyevents", "from convlab.explore import Sweep"),
        ("matplotlib", "import convlab.explore"),
        ("PIL", "import convlab.explore"),
    ],
)
def test_what_is_missing_is_named_with_the_extra_that_brings_it(
    missing: str, statement: str
) -> None:
    """Where only the core is installed, an error says what to install."""
    program = f"import sys; sys.modules[{missing!r}] = None; import convlab.images; {statement}"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    last = run.stderr.strip().splitlines()[-1]
    name = {"PIL": "(PIL|Pillow)"}.get(missing, missing)
    assert re.fullmatch(rf"ImportError: .* needs {name}: pip install convlab\[explore\]", last)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda lines: lines.remove("scipy>=1.12"), {"scipy": (None, ">=1.12")}),
        (lambda lines: lines.remove("nbval>=0.11"), {"nbval": (None, ">=0.11")}),
        (lambda lines: lines.append("pandas"), {"pandas": ("", None)}),
        (lambda lines: lines.__setitem__(0, "python>=3.9"), {"python": (">=3.9", ">=3.11")}),
    ],
    ids=["missing", "missing for the tests", "extra", "other bound"],
)
def test_a_planted_difference_is_found(
    environment: dict[str, Any], pyproject: dict[str, Any], change: Any, found: dict[str, Any]
) -> None:
    """The comparison above can fail."""
    change(environment["dependencies"])
    assert differences(environment, pyproject) == found
