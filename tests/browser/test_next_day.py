"""A lesson that was run and saved, when it is opened again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import own_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import Lab, Server

NOTEBOOK = "next_day.ipynb"
CELLS = ["from convlab.explore import Sweep", "Sweep()", "Sweep(kernel=2)"]
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
RESTART = """async () => {
    const notebook = window.jupyterapp.shell.currentWidget;
    await notebook.sessionContext.session.kernel.restart();
}"""
EXPLORERS = 2
LIVE = "application/vnd.jupyter.widget-view+json"


def run(lab: Lab) -> None:
    """Run everything, wait for the last explorer, and save."""
    lab.run_all()
    lab.page.wait_for_function(
        f"() => document.querySelectorAll('.convlab-explorer').length == {EXPLORERS}"
    )
    lab.page.evaluate(SAVE)


@pytest.fixture(scope="module")
def lab(desk: Page, server: Server) -> Iterator[Lab]:
    """A lesson that was run, and saved with its live explorers; each test leaves it so."""
    with own_notebook.opened(desk, server, NOTEBOOK, CELLS) as lab:
        run(lab)
        file = server.project / "notebooks" / NOTEBOOK
        assert file.read_text("utf-8").count(LIVE) == EXPLORERS
        yield lab


def reopen(lab: Lab) -> None:
    """Open the lesson in a new page."""
    lab.page.goto("about:blank")
    lab.open(NOTEBOOK)


def expect_stills(lab: Lab) -> None:
    """Every explorer is a picture, and nothing says that anything is missing."""
    lab.page.locator(".jp-OutputArea .jp-RenderedImage img").nth(EXPLORERS - 1).wait_for()
    assert lab.still_pictures() == EXPLORERS
    assert lab.explorers() == []
    assert "model not found" not in lab.page.locator(".jp-Notebook").inner_text()
    widths = "images => images.map(image => image.naturalWidth)"
    assert min(lab.page.locator(".jp-RenderedImage img").evaluate_all(widths)) > 100


def expect_live(lab: Lab) -> None:
    """Every explorer is there, and the first one follows the keyboard."""
    explorers = lab.explorers()
    assert len(explorers) == EXPLORERS
    explorers[0].scroll_to_top()
    assert explorers[0].move(explorers[0].sliders()[0])
    assert explorers[0].status == ""


def test_still_the_next_day_and_live_once_run(lab: Lab, server: Server) -> None:
    """Also where the page is loaded again while the new kernel knows no explorer yet."""
    file = server.project / "notebooks" / NOTEBOOK
    saved = file.read_bytes()
    server.stop_kernels()
    reopen(lab)
    expect_stills(lab)
    reopen(lab)
    expect_stills(lab)
    assert file.read_bytes() == saved
    run(lab)
    expect_live(lab)


def test_live_while_its_kernel_lives(lab: Lab) -> None:
    """A page that is loaded again finds the explorers where they were."""
    reopen(lab)
    lab.page.wait_for_selector(".convlab-picture")
    expect_live(lab)


def test_still_after_its_kernel_was_restarted(lab: Lab, server: Server) -> None:
    """A kernel that was started anew knows no explorer; saving once more does not matter."""
    file = server.project / "notebooks" / NOTEBOOK
    before = file.stat().st_mtime
    lab.page.evaluate(RESTART)
    lab.page.evaluate(SAVE)
    assert file.stat().st_mtime > before
    assert file.read_text("utf-8").count(LIVE) == EXPLORERS
    reopen(lab)
    expect_stills(lab)
    run(lab)
    reopen(lab)
    lab.page.wait_for_selector(".convlab-picture")
    expect_live(lab)
