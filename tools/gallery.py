"""All explorers on one page, without code: ``make gallery``, for a hall or a kiosk.

``python -m tools.gallery [NAME ...]`` serves those that are named, or all, in the order in which
the lessons bring them, each under its name. The page is a notebook that Voilà shows: every visitor
gets a kernel of their own, and a new start by loading the page again. What is not known here goes
to Voilà: ``--no-browser --port=8080 --Voila.ip=0.0.0.0``.
"""

from __future__ import annotations

import argparse
import inspect
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from convlab import explore
from convlab.formatting import say
from convlab.language import ENGLISH, language
from tools.notebooks import KERNEL, edition, find

DATA = Path(__file__).parent
"""Where Voilà finds a template of this project's, in ``voila/templates``."""


def lessons() -> dict[str, list[str]]:
    """Return which explorers each lesson brings that none before it has, by its title.

    Lesson 00 comes last: what it shows belongs to a later one. Titles are those of the edition in
    the language that is spoken, if there is one.
    """
    every = find()
    spoken = [path for path in every if edition(path) == language()]
    first, *others = spoken or [path for path in every if edition(path) == ENGLISH]
    found: dict[str, list[str]] = {}
    known: set[str] = set()
    for path in (*others, first):
        cells = nbformat.read(path, as_version=4).cells
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        calls = dict.fromkeys(re.findall(r"\b([A-Z]\w+)\(", code))
        new = [name for name in calls if name in explore.__all__ and name not in known]
        known.update(new)
        if new:
            found[str(cells[0].source).splitlines()[0].lstrip("# ")] = new
    return found


def gallery(names: Sequence[str] = ()) -> NotebookNode:
    """Return a notebook of explorers, each below its name and what it is.

    Parameters
    ----------
    names : sequence of str
        All, if none is named.

    Raises
    ------
    ValueError
        If there is no such explorer.
    """
    for name in names:
        if name not in explore.__all__:
            known = ", ".join(explore.__all__)
            raise ValueError(f"there is no explorer {name!r}; there are: {known}")
    cells = [new_markdown_cell(f"# {say('convlab: see convolution work')}")]
    for title, explorers in lessons().items():
        chosen = [name for name in explorers if not names or name in names]
        if chosen:
            cells.append(new_markdown_cell(f"## {title}"))
        for name in chosen:
            words = (inspect.getdoc(getattr(explore, name)) or "").splitlines()[0]
            below = f"\n\n{words}" if language() == ENGLISH else ""  # its docstring is English
            cells.append(new_markdown_cell(f"### {name}{below}"))
            cells.append(new_code_cell(f"from convlab.explore import {name}\n{name}()"))
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the explorers until the server is stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.gallery", description=__doc__)
    parser.add_argument("names", nargs="*", help="of explorers, such as Sweep; default: all")
    options, further = parser.parse_known_args(arguments)
    try:
        from voila.app import Voila
    except ImportError:
        sys.exit('Voilà is not installed here: run `make gallery`, or `pip install ".[gallery]"`.')
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "convlab.ipynb"
        try:
            nbformat.write(gallery(options.names), page)
        except ValueError as error:
            parser.error(str(error))
        # Each explorer is shown once it is made. A page that asks for all of them at the end gives
        # up after 4 seconds, asks for each widget at once, and a part of the answers is dropped:
        # https://github.com/jupyter-widgets/ipywidgets/pull/2765
        chosen = ["--strip_sources=True", "--progressive_rendering=True", "--template=convlab"]
        data = filter(None, [str(DATA), os.environ.get("JUPYTER_PATH")])
        os.environ["JUPYTER_PATH"] = os.pathsep.join(data)
        Voila.launch_instance([str(page), *chosen, *further])
    return 0


if __name__ == "__main__":
    sys.exit(main())
