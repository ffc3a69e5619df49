"""A hidden filter is learned in the page: forth and back in time, and too long a step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.browser import ExplorerOnScreen

NOTEBOOK = "09_learn_a_kernel.ipynb"


def says(explorer: ExplorerOnScreen, words: str | re.Pattern[str]) -> None:
    """Wait until the caption holds these words."""
    explorer.root.locator(".convlab-caption", has_text=words).wait_for()


def test_a_step_on_and_a_step_back_show_the_same_again(explorer: ExplorerOnScreen) -> None:
    start = explorer.digest()
    says(explorer, "The start: the loss is 0.25.")
    explorer.root.locator("button:has(.fa-step-forward)").click()
    says(explorer, "Step 1 of 200")
    assert explorer.changes_from(start)
    explorer.root.locator("button:has(.fa-step-backward)").click()
    says(explorer, "The start")
    assert explorer.digest() == start


def test_play_trains_on(explorer: ExplorerOnScreen) -> None:
    play = explorer.root.locator(".convlab-play button").first
    play.click()
    says(explorer, re.compile(r"Step \d\d of 200"))  # a step or two may be left out
    play.click()
    assert explorer.status == ""


def test_the_end_of_the_path_is_found_by_the_keyboard(explorer: ExplorerOnScreen) -> None:
    explorer.handle("step").press("End")
    says(explorer, "Step 200 of 200")
    before = explorer.digest()
    explorer.root.locator(".convlab-control-revealed input").check()
    says(explorer, "The largest error is 0.05.")
    assert explorer.changes_from(before)


def test_too_long_a_step_is_stopped_with_a_word_and_comes_back(explorer: ExplorerOnScreen) -> None:
    explorer.show_all()
    rate = explorer.handle("rate")
    rate.wait_for()
    rate.press("End")
    says(explorer, "Diverged, and stopped after")
    says(explorer, "is longer than 2(1 + μ)/λ")
    assert "NaN" not in explorer.caption
    assert explorer.status == ""
    rate.press("Home")
    says(explorer, "Step 200 of 200")
    says(explorer, "η\u00a0=\u00a00.02 is below")


def test_a_click_on_a_weight_puts_it_on_the_surface(explorer: ExplorerOnScreen) -> None:
    before = explorer.digest()
    explorer.picture.click(position={"x": 442 + 98, "y": 26 + 98})
    assert explorer.changes_from(before)
    chosen = explorer.control("across").locator("select")
    assert chosen.evaluate("el => el.selectedOptions[0].innerText") == "w₃,₃"


def test_a_filter_of_ones_own_is_typed_and_found(explorer: ExplorerOnScreen) -> None:
    explorer.control("hidden").locator("select").select_option(label="your own")
    field = explorer.control("weights").locator("input").first
    field.wait_for()
    before = explorer.digest()
    field.fill("3")
    field.press("Enter")
    assert explorer.changes_from(before)
    assert explorer.status == ""
