"""Predictions in JupyterLab, with the keyboard alone: committed to, shown, chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import ExplorerOnScreen, Server

HIDDEN = re.compile("is hidden until|遮住")
SAID = {
    "01_slide_a_kernel.ipynb": (
        "2 numbers are asked for",
        "You predicted 5 x 5. The answer is 3 × 3.",
        "It is 3 × 2.",
        "You predicted 2 1, and so it is.",
        "You predicted mirror images of themselves.",
    ),
    "zh/01_slide_a_kernel.ipynb": (
        "要的是 2 个数",
        "你的预测：5 x 5。答案：3 × 3。",
        "答案：3 × 2。",
        "你的预测：2 1。正是如此。",
        "你的预测：自身镜像对称的。",
    ),
}
"""What is answered, in each edition."""


def answer(explorer: ExplorerOnScreen, *keys: str, enter: str = "Enter") -> str:
    """Press keys in the first place to answer, wait for the verdict, and return it."""
    page = explorer.lab.page
    question = explorer.root.locator(".convlab-question")
    question.locator("input[type=text], button").first.focus()
    for key in keys:
        page.keyboard.type(key, delay=15)
    page.keyboard.press(enter)
    verdict = question.locator(".convlab-says")
    verdict.filter(has_not_text=HIDDEN).wait_for(timeout=10_000)
    return verdict.inner_text()


@pytest.mark.parametrize("notebook", SAID)
def test_predictions_are_answered_with_the_keyboard_alone(
    desk: Page, server: Server, notebook: str
) -> None:
    from tools.browser import Lab

    asked, other, shown, right, chosen = SAID[notebook]
    lab = Lab(desk.context.browser, server, page=desk)
    try:
        lab.open(notebook)
        lab.run_all(reveal=False)
        output, stride, rings, flip = (e for e in lab.explorers() if e.is_asking)

        assert not output.root.locator(".convlab-caption").first.is_visible()
        veiled, place = output.digest(), output.top_of_picture
        assert asked in answer(output, "many")
        assert output.is_asking
        assert output.digest() == veiled
        for _ in "many":
            lab.page.keyboard.press("Backspace")
        answer(output, "5 x 5")
        lab.page.wait_for_function(
            "el => !el.classList.contains('convlab-asking')", arg=output.root.element_handle()
        )
        words = output.root.locator(".convlab-question .convlab-says").inner_text()
        assert words.startswith(other)
        assert output.changes_from(veiled)
        assert abs(output.top_of_picture - place) <= 1  # not jumped from under the eye
        assert output.move("step")

        assert answer(stride) == shown
        assert answer(rings, "2 1") == right
        assert answer(flip, enter="Space").startswith(chosen)
        assert not [e.name for e in lab.explorers() if e.is_asking or e.status]
        assert not lab.complaints
    finally:
        lab.close()
