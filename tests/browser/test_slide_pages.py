"""The slides of a lesson as one file: opened from disk, with the network cut off, and walked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEYOND = """() => {
    const all = [...document.querySelectorAll('section.here *')];
    const seen = all.filter(el => el.checkVisibility());
    return seen.filter(el => {
        const box = el.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && (box.left < -1 || box.top < -1
            || box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
    }).map(el => `${el.tagName} ${el.className}`).slice(0, 3);
}"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The slides of lesson 1."""
    from tools.slide_pages import main

    folder = tmp_path_factory.mktemp("slides")
    main(["01", "--to", str(folder)])
    (made,) = folder.glob("*.html")
    return made


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    opened = context.new_page()
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.on(
        "request",
        lambda one: pytest.fail(one.url) if not one.url.startswith(("file:", "data:")) else None,
    )
    opened.goto(path.as_uri())
    yield opened
    context.close()


def number(page: Page) -> list[str]:
    return page.locator(".bar output").inner_text().split(" / ")


@pytest.mark.parametrize("screen", [(1280, 720), (1024, 768), (1920, 1080)], ids=str)
def test_every_slide_fits(page: Page, screen: tuple[int, int]) -> None:
    """Nothing is cut off, also with the answer shown; the last slide is reached by Page Down."""
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    here, last = number(page)
    while True:
        page.evaluate(
            "document.querySelectorAll('section.here .riddle').forEach(one => one.open = true)"
        )
        page.wait_for_timeout(30)
        assert page.evaluate(BEYOND) == [], f"slide {here}"
        slide = page.locator("section.here")
        assert slide.inner_text().strip() or slide.locator("img").count()
        page.keyboard.press("PageDown")
        if number(page)[0] == here:
            break
        here = number(page)[0]
    assert here == last == str(page.locator("section").count())


def test_keys_go_on_from_a_slider_and_arrow_keys_move_only_that(page: Page) -> None:
    while not page.locator("section.here .riddle").count():
        page.keyboard.press("Space")
    here = number(page)
    page.locator("section.here summary").click()
    slider = page.locator("section.here .convlab-player input")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert (slider.input_value(), number(page)) == ("1", here)
    page.locator("section.here .play").focus()
    page.keyboard.press("Space")
    assert int(number(page)[0]) == int(here[0]) + 1
    page.keyboard.press("PageUp")
    page.wait_for_timeout(1200)  # longer than a step takes where it plays
    assert (slider.input_value(), number(page)) == ("1", here)
