"""Handouts are opened from disk, with the network cut off, on a wide and on a narrow screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NARROW, WIDE = (400, 800), (1280, 720)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handouts of two lessons: one with steps and one with formulas in its explorers."""
    from tools.handouts import write
    from tools.notebooks import find

    made = tmp_path_factory.mktemp("handouts")
    write(find(["01", "07"]), made)
    return made


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def page(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Page:  # noqa: ARG001
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    opened = context.new_page()
    opened.asked = []  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.asked.append(request.url))  # type: ignore[attr-defined]
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    yield opened
    context.close()


@pytest.mark.parametrize(
    "name", ["01_slide_a_kernel", "07_backpropagate", "for_lecturers", "index"]
)
def test_a_page_needs_nothing_from_outside_and_fits(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    outside = [url for url in page.asked if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    hidden = "li => getComputedStyle(li).overflowX !== 'visible'"
    assert page.evaluate(f"[...document.querySelectorAll('article li')].filter({hidden})") == []
    text = page.evaluate("document.querySelector('article').innerText")
    prose = re.sub(r"(?s)<pre.*?</pre>", "", text)
    assert "\\frac" not in prose
    assert "\\textcolor" not in prose
    assert page.evaluate("document.querySelectorAll('merror').length") == 0


def test_every_player_moves_by_keyboard_and_its_caption_follows(page: Page, folder: Path) -> None:
    page.goto((folder / "07_backpropagate.html").as_uri())
    page.evaluate("document.querySelectorAll('details.riddle').forEach(one => one.open = true)")
    players = page.locator(".convlab-player")
    assert players.count() == 10
    for number in range(players.count()):
        player = players.nth(number)
        picture, slider = player.locator("img"), player.locator("input")
        at, last = int(slider.input_value()), int(slider.get_attribute("max") or 0)
        before = picture.get_attribute("src"), player.locator(".convlab-caption").inner_text()
        slider.focus()
        page.keyboard.press("ArrowRight" if at < last else "ArrowLeft")
        assert picture.get_attribute("src") != before[0]
        after = player.locator(".convlab-caption").inner_text()
        assert after != before[1]
        assert picture.get_attribute("alt").split() == after.split()


def test_a_page_of_one_player_is_moved_by_the_arrow_keys_from_anywhere(
    page: Page, tmp_path: Path
) -> None:
    from convlab.explore import Sweep

    Sweep(stride=1).save(tmp_path / "sweep.html")
    page.goto((tmp_path / "sweep.html").as_uri())
    for key, number in (("ArrowRight", "1"), ("ArrowRight", "2"), ("ArrowLeft", "1")):
        page.keyboard.press(key)
        assert page.locator("output").inner_text() == number
    assert page.locator(".convlab-caption").inner_text().startswith("Step 1 of 0 to 8")


def test_the_question_comes_before_the_answer(page: Page, folder: Path) -> None:
    page.goto((folder / "01_slide_a_kernel.html").as_uri())
    riddle = page.locator("details.riddle").first
    assert not riddle.locator(".convlab-player").is_visible()
    assert "How large will the output be" in riddle.locator("summary").inner_text()
    riddle.locator("summary").focus()
    page.keyboard.press("Enter")
    assert riddle.locator(".convlab-player").is_visible()
    assert "It is 3 × 3." in riddle.inner_text()
    assert page.locator("a[href='02_pad_and_stride.html']").count()


def test_paper_shows_what_is_folded_on_the_screen(page: Page, folder: Path) -> None:
    """Answers, their pictures instead of what covers them, and code that is no explorer's call."""
    page.goto((folder / "01_slide_a_kernel.html").as_uri())
    folded = "() => document.querySelectorAll('details[open]').length"
    cover = page.locator(".convlab-explorer > img").first
    assert page.evaluate(folded) == 0
    assert cover.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".convlab-player main img").first.is_visible()
    assert not cover.is_visible()
    assert "How large will the output be" in page.locator("details.riddle").first.inner_text()
    code = page.locator("details.code")
    seen = [one.inner_text().strip() for one in code.all() if one.is_visible()]
    assert any("patch * GUIDE_KERNEL" in text for text in seen)
    assert not any("Sweep(" in text and "predict(" in text for text in seen)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.evaluate(folded) == 0
    assert cover.is_visible()


def test_sizes_are_kept(folder: Path) -> None:
    for path in folder.glob("0*.html"):
        assert 100_000 < path.stat().st_size < 8_000_000


@pytest.mark.parametrize(
    "name", ["01_slide_a_kernel", "07_backpropagate", "for_lecturers", "index"]
)
def test_nothing_keeps_a_reader_out(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(200)  # for what can be scrolled now
    assert violations(page, "body", others={}) == []
    unnamed = page.locator("img:not([alt]), img[alt=''], img[alt^='No description']")
    assert unnamed.count() == 0


def test_a_player_says_what_has_changed_once_all_is_quiet(page: Page, tmp_path: Path) -> None:
    from convlab.explore import Sweep

    Sweep(stride=1).save(tmp_path / "sweep.html")
    page.goto((tmp_path / "sweep.html").as_uri())
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push("
        "document.querySelector('[role=status]').textContent))"
        ".observe(document.querySelector('[role=status]'), {childList: true})"
    )
    page.locator("input").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("said.length")
    (said,) = page.evaluate("said")
    assert said.startswith("Step 3 of 0 to 8")
    play = page.get_by_role("button", name="play", exact=True)
    play.click()
    assert page.get_by_role("button", name="pause", exact=True).count() == 1
