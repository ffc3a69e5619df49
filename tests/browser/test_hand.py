"""The hand that the other browser tests use notices what goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tools.browser import Server

# A slider that nothing listens to, a picture that nothing changes, and a word in red.
DEAF = """
import io, ipywidgets, PIL.Image

class Deaf(ipywidgets.VBox):
    def __init__(self):
        png = io.BytesIO()
        PIL.Image.new("L", (8, 8)).save(png, "png")
        step, picture = ipywidgets.IntSlider(), ipywidgets.Image(value=png.getvalue())
        status = ipywidgets.HTML("a planted failure")
        step.add_class("convlab-control-step")
        picture.add_class("convlab-picture")
        status.add_class("convlab-status")
        super().__init__([step, picture, status])
        self.add_class("convlab-explorer")
"""


def test_planted_faults_are_noticed(browser: Browser, server: Server, project: Path) -> None:
    """Errors, warnings, a red status, a picture that stays, and a complaint of the page."""
    from tools.browser import Lab

    sources = [
        DEAF,
        "Deaf()",
        "from IPython.display import Javascript\nJavascript('console.error(\"planted\")')",
        "import sys\n_ = print('a planted warning', file=sys.stderr)",
        "raise RuntimeError('a planted error')",
    ]
    faulty = new_notebook(cells=[new_markdown_cell("# Faults"), *map(new_code_cell, sources)])
    faulty.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(faulty, project / "notebooks" / "faults.ipynb")

    lab = Lab(browser, server)
    lab.open("faults.ipynb")
    assert lab.still_pictures() == 0
    lab.run_all()
    warning, error = lab.error_outputs()
    assert "a planted warning" in warning
    assert "a planted error" in error
    assert [text for text in lab.complaints if "planted" in text]
    (explorer,) = lab.explorers()
    assert (explorer.name, explorer.sliders()) == ("Deaf", ["step"])
    assert explorer.status == "a planted failure"
    assert not explorer.move("step", timeout=1000)
    lab.close()
