"""environment.yml, for conda and Binder, asks for what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
NOT_IN_PYPROJECT = {"pip"}


def by_name(requirements: list[str]) -> dict[str, str]:
    """Return name -> bound, the conda names put into PyPI's."""
    pairs = (re.fullmatch(r"([\w.-]+)\s*(.*)", line).groups() for line in requirements)  # type: ignore[union-attr]
    return {CONDA_NAMES.get(name, name): bound for name, bound in pairs}


def differences(environment: dict[str, Any], pyproject: dict[str, Any]) -> dict[str, Any]:
    """Return name -> (bound in environment.yml, bound in pyproject.toml), where they differ."""
    conda = by_name([line for line in environment["dependencies"] if isinstance(line, str)])
    wanted = by_name(pyproject["project"]["dependencies"])
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
    assert {"pip": ["-e ."]} in environment["dependencies"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda lines: lines.remove("scipy>=1.12"), {"scipy": (None, ">=1.12")}),
        (lambda lines: lines.append("pandas"), {"pandas": ("", None)}),
        (lambda lines: lines.__setitem__(0, "python>=3.9"), {"python": (">=3.9", ">=3.11")}),
    ],
    ids=["missing", "extra", "other bound"],
)
def test_a_planted_difference_is_found(
    environment: dict[str, Any], pyproject: dict[str, Any], change: Any, found: dict[str, Any]
) -> None:
    """The comparison above can fail."""
    change(environment["dependencies"])
    assert differences(environment, pyproject) == found
