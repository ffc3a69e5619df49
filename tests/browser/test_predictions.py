"""Predictions in JupyterLab, with the keyboard alone: committed to, shown, chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tools.browser import ExplorerOnScreen, Server


def answer(explorer: ExplorerOnScreen, *keys: str, enter: str = "Enter") -> str:
    """Press keys in the first place to answer, wait for the verdict, and return it."""
    page = explorer.lab.page
    question = explorer.root.locator(".convlab-question")
    question.locator("input[type=text], button").first.focus()
    for key in keys:
        page.keyboard.type(key, delay=15)
    page.keyboard.press(enter)
    verdict = question.locator(".convlab-says")
    verdict.filter(has_not_text="is hidden until").wait_for(timeout=10_000)
    return verdict.inner_text()


def place_of(explorer: ExplorerOnScreen) -> float:
    """Return how far below the explorer's top its picture begins."""
    top: float = explorer.picture.evaluate(
        "(el, root) => el.getBoundingClientRect().top - root.getBoundingClientRect().top",
        explorer.root.element_handle(),
    )
    return top


def test_predictions_are_answered_with_the_keyboard_alone(browser: Browser, server: Server) -> None:
    from tools.browser import Lab

    lab = Lab(browser, server)
    try:
        lab.open("01_slide_a_kernel.ipynb")
        lab.run_all(reveal=False)
        output, stride, rings, flip = (e for e in lab.explorers() if e.is_asking)

        assert not output.root.locator(".convlab-caption").first.is_visible()
        veiled, place = output.digest(), place_of(output)
        assert "2 numbers are asked for" in answer(output, "many")
        assert output.is_asking
        assert output.digest() == veiled
        for _ in "many":
            lab.page.keyboard.press("Backspace")
        answer(output, "5 x 5")
        lab.page.wait_for_function(
            "el => !el.classList.contains('convlab-asking')", arg=output.root.element_handle()
        )
        words = output.root.locator(".convlab-question .convlab-says").inner_text()
        assert words.startswith("You predicted 5 x 5. The answer is 3 × 3.")
        assert output.changes_from(veiled)
        assert abs(place_of(output) - place) < 40  # the picture has not jumped from under the eye
        assert output.move("step")

        assert answer(stride) == "It is 3 × 2."
        assert answer(rings, "2 1") == "You predicted 2 1, and so it is."
        assert answer(flip, enter="Space").startswith("You predicted mirror images of themselves.")
        assert not [e.name for e in lab.explorers() if e.is_asking or e.status]
        assert not lab.complaints
    finally:
        lab.close()
