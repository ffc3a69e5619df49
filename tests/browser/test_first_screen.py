"""What ``make lab`` shows first: the lesson, and nothing in front of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST_LESSON = Path(__file__).parents[2] / "notebooks" / "00_start_here.ipynb"


@pytest.mark.skipif(not FIRST_LESSON.exists(), reason="the first lesson is not written yet")
@pytest.mark.parametrize(
    ("command", "lesson", "title", "menu"),
    [
        (("-m", "tools.lab"), "00_start_here", "Start here", "File"),
        (("-m", "tools.lab", "--language=zh"), "zh/00_start_here", "从这里开始", "文件"),
    ],
    ids=["en", "zh"],
)
def test_make_lab_shows_the_first_lesson_and_no_popup(
    browser: Browser,
    project: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    lesson: str,
    title: str,
    menu: str,
) -> None:
    """The command of the Makefile, with no further argument, opens on the lesson alone.

    In another edition JupyterLab itself speaks that language as well.
    """
    from tools.browser import Lab, lab_server

    with lab_server(project, tmp_path, command=command) as server:
        lab = Lab(browser, server)
        lab.open_first_screen()
        assert lab.page.url.endswith(f"/lab/tree/notebooks/{lesson}.ipynb")
        assert lab.title().startswith(title)
        assert lab.page.locator(".lm-MenuBar-item").first.inner_text().startswith(menu)
        assert lab.popups() == []
        lab.close()


@pytest.mark.skipif(not FIRST_LESSON.exists(), reason="the first lesson is not written yet")
def test_popup_would_be_noticed(browser: Browser, project: Path, tmp_path: Path) -> None:
    """Without the project's settings JupyterLab asks about news, and the test above would see it.

    This proves that `Lab.popups` looks in the right place, and late enough.
    """
    from tools.browser import Lab, lab_server

    settings = tmp_path / "no-settings"
    settings.mkdir()
    with lab_server(project, tmp_path, f"--LabApp.app_settings_dir={settings}") as server:
        lab = Lab(browser, server)
        lab.open_first_screen()
        assert any("news" in text for text in lab.popups())
        lab.close()
