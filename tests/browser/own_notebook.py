"""A notebook of a test's own, opened in JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import Lab, Server

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook of code cells."""
    made = new_notebook(cells=[*map(new_code_cell, cells)], metadata={"kernelspec": KERNEL})
    nbformat.write(made, path)


def first_explorer(lesson: Path) -> list[str]:
    """Return what the first explorer of a lesson needs: the cell of imports, and its own."""
    code = [cell for cell in nbformat.read(lesson, 4).cells if cell.cell_type == "code"]
    shows = [cell for cell in code for one in cell.outputs if "image/png" in one.get("data", {})]
    return [code[0].source, shows[0].source]


@contextmanager
def opened(desk: Page, server: Server, name: str, cells: Sequence[str]) -> Iterator[Lab]:
    """Open a notebook of these cells; afterwards it is gone."""
    from tools.browser import Lab

    path = server.project / "notebooks" / name
    write(path, cells)
    lab = Lab(desk, server)
    try:
        lab.open(name)
        yield lab
    finally:
        lab.close()
        path.unlink()
