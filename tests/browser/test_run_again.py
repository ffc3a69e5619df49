"""A cell that is run again shows a living explorer, and the one before is gone for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import own_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import Lab, Server

NOTEBOOK = "run_again.ipynb"
MEASURE = "import psutil\nprint('mebibytes:', psutil.Process().memory_info().rss / 2**20)"
CELLS = ["from convlab.explore import Sweep", "Sweep()", MEASURE]
WARM_UP, RUNS = 5, 10
MOST = 0.5
"""MiB that a run may leave behind."""


@pytest.fixture
def lab(desk: Page, server: Server) -> Iterator[Lab]:
    """A notebook with one explorer, and the memory of its kernel."""
    with own_notebook.opened(desk, server, NOTEBOOK, CELLS) as lab:
        yield lab


def run(lab: Lab) -> float:
    """Run everything; return the kernel's memory in MiB."""
    output = lab.page.locator(".jp-OutputArea-output", has_text="mebibytes:")
    lab.run_afresh()
    output.wait_for()
    lab.page.locator(".convlab-explorer img.convlab-picture").wait_for()
    return float(output.inner_text().split()[-1])


def test_a_cell_that_is_run_again_leaves_little_behind(lab: Lab) -> None:
    """The last explorer is as live as the first one, and the page has nothing to complain of."""
    before = [run(lab) for _ in range(WARM_UP)][-1]
    after = [run(lab) for _ in range(RUNS)][-1]
    assert (after - before) / RUNS < MOST
    [explorer] = lab.explorers()
    assert explorer.move("step")
    assert explorer.status == ""
    assert lab.complaints == []
