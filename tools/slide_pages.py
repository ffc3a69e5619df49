"""Each lesson's slides as one HTML file that needs neither kernel nor network.

``python -m tools.slide_pages [--to FOLDER] [NAME ...]``, or ``make slides``. Made as handouts are:
formulas are MathML, explorers are players. Page Down, Space and the arrow keys go from slide to
slide; an arrow key on a player's slider moves the player.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from convlab.formatting import say
from tools.handouts import HERE, Handout, read_options, speaking
from tools.notebooks import FOLDER, edition, find
from tools.slides import slides


class Slides(Preprocessor):
    """Leave the cells that are slides, and say where one begins and ends."""

    def preprocess(self, notebook: NotebookNode, resources: dict[str, Any]) -> Any:
        """Change a notebook in which players stand already."""
        deck = slides(notebook.cells)
        for slide in deck:
            slide[0].cell.metadata.begins = True
            slide[-1].cell.metadata.ends = True
            for part in slide:
                part.cell.metadata.live = _is_seen_without_code(part.cell)
        notebook.cells = [part.cell for slide in deck for part in slide]
        sheet = HERE.joinpath("slides.css").read_text("utf-8")
        resources["style"] += f"\n<style>\n{sheet}</style>"
        turning = HERE.joinpath("slides.js").read_text("utf-8")
        resources["turning"] = f"<script>\n{turning}</script>"
        resources["bar"] = say("Slides"), say("Back"), say("On")
        return notebook, resources


def _is_seen_without_code(cell: NotebookNode) -> bool:
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    return any("image/png" in one or "convlab-player" in one.get("text/html", "") for one in data)


def page_of(notebook: NotebookNode) -> str:
    """Return the slides of a lesson as a page."""
    exporter = Handout("slides")
    exporter.register_preprocessor(Slides(), enabled=True)
    body: str = exporter.from_notebook_node(notebook)[0]
    return body


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the slides that are asked for; all by default."""
    options = read_options("tools.slide_pages", __doc__, "handouts/slides", arguments)
    for path in find(options.names):
        page = options.to / path.relative_to(FOLDER).with_suffix(".html")
        page.parent.mkdir(parents=True, exist_ok=True)
        with speaking(edition(path)):
            page.write_text(page_of(nbformat.read(path, as_version=4)), encoding="utf-8")
        print(f"{page}: {page.stat().st_size / 1e6:.1f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
