"""A notebook that is run in real JupyterLab, in a headless Chromium, to be measured there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

NOTEBOOK = "bench.ipynb"


def is_asked_for(name: str, words: Sequence[str]) -> bool:
    """Say whether an explorer's name contains one of some words; without words, each does."""
    return not words or any(word.lower() in name.lower() for word in words)


@contextmanager
def run_in_lab(cells: Sequence[str]) -> Iterator[Any]:
    """Yield the `Lab` in which the cells have been run; None, and say so, where there can be none.

    Parameters
    ----------
    cells : sequence of str
        The sources of code cells.
    """
    try:
        from tools.browser import Lab, chromium, copy_project, find_chromium, lab_server
    except ImportError:
        print("  left out: needs playwright, pip install convlab[browser]")
        yield None
        return
    if find_chromium() is None:
        print("  left out: there is no Chromium")
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, project / "notebooks" / NOTEBOOK)
        server = lab_server(project, Path(folder) / "home", "--expose-app-in-browser")
        with server as running, chromium() as browser:
            lab = Lab(browser, running)
            lab.open(NOTEBOOK)
            lab.run_all()
            yield lab
            lab.close()
