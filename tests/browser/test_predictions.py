"""Predictions in JupyterLab, with the keyboard alone: committed to, shown, chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import ExplorerOnScreen, Server

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


def answer(explorer: ExplorerOnScreen, *keys: str, says: str, enter: str = "Enter") -> None:
    """Press keys in the first place to answer, and wait for the verdict.

    On a slow machine there may be another before it: Enter overtakes the last letters.
    """
    page = explorer.lab.page
    question = explorer.root.locator(".convlab-question")
    question.locator("input[type=text], button").first.focus()
    for key in keys:
        page.keyboard.type(key, delay=15)
    page.keyboard.press(enter)
    question.locator(".convlab-says").filter(has_text=says).wait_for(timeout=10_000)


@pytest.mark.parametrize("notebook", SAID)
def test_predictions_are_answered_with_the_keyboard_alone(
    desk: Page, server: Server, notebook: str
) -> None:
    from tools.browser import Lab

    asked, other, shown, right, chosen = SAID[notebook]
    lab = Lab(desk, server)
    try:
        lab.open(notebook)
        lab.run_all(reveal=False)
        output, stride, rings, flip = (e for e in lab.explorers() if e.is_asking)

        assert not output.root.locator(".convlab-caption").first.is_visible()
        veiled, place = output.digest(), output.top_of_picture
        answer(output, "many", says=asked)
        assert output.is_asking
        assert output.digest() == veiled
        for _ in "many":
            lab.page.keyboard.press("Backspace")
        answer(output, "5 x 5", says=other)
        lab.page.wait_for_function(
            "el => !el.classList.contains('convlab-asking')", arg=output.root.element_handle()
        )
        assert output.changes_from(veiled)
        assert abs(output.top_of_picture - place) <= 1  # not jumped from under the eye
        assert output.move("step")

        answer(stride, says=shown)
        answer(rings, "2 1", says=right)
        answer(flip, says=chosen, enter="Space")
        assert not [e.name for e in lab.explorers() if e.is_asking or e.status]
        assert not lab.complaints
    finally:
        lab.close()
