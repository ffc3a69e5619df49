"""One JupyterLab and one Chromium for all browser tests; one kernel per notebook."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tools.browser import ExplorerOnScreen, Lab, Server
    from tools.deck import Screen, SlideOnScreen

    Slides = list[tuple[str, SlideOnScreen]]

REQUIRED = os.environ.get("CONVLAB_REQUIRE_BROWSER") == "1"
FOLDER = Path(__file__).parents[2] / "notebooks"
TRANSLATED = [FOLDER / "zh" / "07_backpropagate.ipynb"]
"""Of another edition, the lesson with most explorers, questions and formulas."""
SCREENS = (1280, 720), (1024, 768), (1920, 1080)
"""The sizes that slides have to fit, the first that of a lecturer."""
NOTEBOOKS = [*sorted(FOLDER.glob("*.ipynb")), *TRANSLATED]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that ``-m "not browser"`` leaves it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def do_without(reason: str) -> None:
    """Skip a test that needs a browser, or fail it where CONVLAB_REQUIRE_BROWSER=1."""
    if REQUIRED:
        pytest.fail(f"browser tests are required here, but {reason}")
    pytest.skip(reason)


# The fixtures below last for this folder only: a running Playwright keeps an event loop open, and
# the tests that come after may need their own.


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    try:
        from tools.browser import chromium, find_chromium
    except ImportError:
        do_without("Playwright is not installed (pip install -e .[browser])")
    if find_chromium() is None:
        do_without("no Chromium is installed, nor named in CONVLAB_CHROMIUM")
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def project(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """A copy of the notebooks, which running them may change."""
    from tools.browser import copy_project

    return copy_project(tmp_path_factory.mktemp("lab") / "project")


@pytest.fixture(scope="package")
def server(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab as ``make lab`` starts it, with its commands open to the tests."""
    from tools.browser import lab_server

    home = tmp_path_factory.mktemp("home")
    with lab_server(project, home, "--expose-app-in-browser") as server:
        yield server


@pytest.fixture(scope="package")
def desk(browser: Browser) -> Iterator[Page]:
    """A tab in which one notebook after the other is opened, JupyterLab being there already."""
    page = browser.new_page()
    yield page
    page.close()


@dataclass(frozen=True)
class Lesson:
    """A notebook that was opened, looked at, and then run from top to bottom."""

    lab: Lab
    popups: list[str]
    still_pictures: int
    language: str
    covered: Slides
    """The slides that ask something, as they were before it was answered."""
    walks: dict[Screen, list[SlideOnScreen]]
    """All slides with all answers, as screens of several sizes show them."""
    shown: Slides
    """Of these, on a lecturer's screen, the slides of all explorers."""
    labels: list[str]
    """What the parts of the bar on each slide are called."""
    moved: list[tuple[str, float]]
    """By how many pixels the answer to a question of one line moved the picture below it."""


def place_of(path: Path) -> str:
    """Return where a lesson lies in the folder of lessons, which names its edition, too."""
    return path.relative_to(FOLDER).as_posix()


def answered(explorers: list[ExplorerOnScreen]) -> list[tuple[str, float]]:
    """Answer all questions; return by how many pixels that moved the pictures below short ones."""
    moved = []
    for explorer in explorers:
        if explorer.is_asking:
            top, lines = explorer.top_of_picture, explorer.lines_of_question
            explorer.reveal()
            if lines == 1:
                moved.append((explorer.name, explorer.top_of_picture - top))
    return moved


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=place_of)
def lesson(request: pytest.FixtureRequest, server: Server, desk: Page) -> Iterator[Lesson]:
    """Each notebook in turn, with a kernel of its own."""
    from tools.browser import Lab

    lab = Lab(desk, server)
    try:
        lab.open(place_of(request.param))
        before = lab.popups(), lab.still_pictures()
        lab.run_all(reveal=False)
        named = [(one.name, one.place) for one in lab.explorers()]
        asking = [(one.name, one.place) for one in lab.explorers() if one.is_asking]
        with lab.deck() as deck:
            covered = [(name, deck.show(place)) for name, place in asking]
        moved = answered(lab.explorers())
        with lab.deck() as deck:
            walks, labels = deck.tour(SCREENS), deck.labels()
        seen = {place: slide for slide in reversed(walks[SCREENS[0]]) for place in slide.cells}
        shown = [(name, seen[place]) for name, place in named]
        language = request.param.relative_to(FOLDER).parent.name or "en"
        yield Lesson(lab, *before, language, covered, walks, shown, labels, moved)
    finally:
        lab.close()


@pytest.fixture(scope="module")
def explorer(
    request: pytest.FixtureRequest, desk: Page, server: Server
) -> Iterator[ExplorerOnScreen]:
    """The first explorer of the lesson that the test's module names, run and on the screen.

    It stands in a notebook with no more than it needs, for the whole lesson is run elsewhere.
    """
    from tests.browser import own_notebook

    name = request.module.NOTEBOOK
    cells = own_notebook.first_explorer(server.project / "notebooks" / name)
    with own_notebook.opened(desk, server, f"first_of_{name}", cells) as lab:
        lab.run_all(reveal=False)
        lab.page.locator(".convlab-explorer img.convlab-picture").wait_for()
        (explorer,) = lab.explorers()
        explorer.reveal()
        explorer.scroll_to_top()
        yield explorer
