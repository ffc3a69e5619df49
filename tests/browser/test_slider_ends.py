"""A slider whose range has grown, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import own_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import ExplorerOnScreen, Server

NOTEBOOK = "slider_ends.ipynb"
CELLS = ["from convlab.explore import Sweep", "Sweep(input=5, kernel=3, stride=(1, 2), step=0)"]


@pytest.fixture
def sweep(desk: Page, server: Server) -> Iterator[ExplorerOnScreen]:
    """An explorer of six steps."""
    with own_notebook.opened(desk, server, NOTEBOOK, CELLS) as lab:
        lab.run_all()
        lab.page.wait_for_selector(".convlab-picture")
        yield lab.explorers()[0]


def test_end_goes_to_the_new_end(sweep: ExplorerOnScreen) -> None:
    """Also after the range has shrunk, and grown once more; the other slider keeps the focus."""
    step = sweep.handle("step")
    stride = sweep.control("stride").locator(".noUi-handle").last
    for key, last in (("ArrowLeft", 8), ("ArrowRight", 5), ("ArrowLeft", 8)):
        step.press("Home")
        sweep.root.locator(".convlab-caption", has_text="Step 0 of").wait_for()
        stride.press(key)
        sweep.root.locator(".convlab-caption", has_text=f"of 0 to {last}").wait_for()
        assert stride.evaluate("handle => handle === document.activeElement")
        assert step.get_attribute("aria-valuemax") == f"{last}.0"
        step.press("End")
        sweep.root.locator(".convlab-caption", has_text=f"Step {last} of").wait_for()
        assert step.get_attribute("aria-valuenow") == f"{last}.0"
