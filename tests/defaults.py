"""What docstrings say the defaults are: ``name : type, default VALUE``."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STATED = re.compile(r"^(\w[\w, ]*) : .*, default (.+)$", re.MULTILINE)


def stated_defaults(module: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield each default that a module's docstrings state: where, what is said, and what is so.

    What is said in words, as ``default the picture``, is left out.
    """
    for name, one in vars(importlib.import_module(module)).items():
        if getattr(one, "__module__", None) != module or not callable(one):
            continue
        methods = vars(one).items() if inspect.isclass(one) else ()
        every = [(name, one), *((f"{name}.{key}", each) for key, each in methods)]
        for place, function in every:
            if not (inspect.isfunction(function) or inspect.isclass(function)):
                continue
            for names, text in STATED.findall(inspect.cleandoc(function.__doc__ or "")):
                try:
                    said = ast.literal_eval(text)
                except (SyntaxError, ValueError):
                    continue
                parameters = inspect.signature(function).parameters
                for parameter in names.split(", "):
                    yield f"{place}({parameter})", said, parameters[parameter].default


def modules(*folders: str) -> list[str]:
    """Return the names of the modules of some folders of the package."""
    project = Path(__file__).parents[1]
    files = [file for folder in folders for file in sorted(project.glob(f"{folder}/*.py"))]
    names = (".".join(file.relative_to(project).with_suffix("").parts) for file in files)
    return [name.removesuffix(".__init__") for name in names]
