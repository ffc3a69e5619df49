"""A training in real JupyterLab: play, pause, back, and a slider that is moved while it trains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.browser import ExplorerOnScreen

NOTEBOOK = "10_see_through_a_network.ipynb"
SETTLED = 8000
"""Milliseconds after which a training of this length has come to its step, on a busy machine."""


def steps(explorer: ExplorerOnScreen) -> int:
    """Return how many steps its words say are done."""
    found = re.match(r"(\d+) steps? of", explorer.caption)
    return int(found[1]) if found else 0


def asked(explorer: ExplorerOnScreen) -> int:
    """Return the step that its slider stands at."""
    return round(float(explorer.handle("step").get_attribute("aria-valuenow") or 0))


def settle(explorer: ExplorerOnScreen) -> None:
    """Wait until the training has come to where its slider stands, and stays there."""
    waited = 0
    while waited < SETTLED:
        before = steps(explorer), asked(explorer)
        explorer.lab.page.wait_for_timeout(500)
        waited += 500
        if before == (steps(explorer), asked(explorer)) and before[0] == before[1]:
            return


def press_play(explorer: ExplorerOnScreen) -> None:
    """Press play, or pause: it is the same button."""
    explorer.root.locator(".convlab-play button").first.click()


def test_it_plays_and_pauses_and_goes_back(explorer: ExplorerOnScreen) -> None:
    """Each picture of play is further than the last; after a pause words and slider agree."""
    page = explorer.lab.page
    explorer.handle("step").press("Home")
    settle(explorer)
    assert "Before the first step" in explorer.caption
    press_play(explorer)
    seen = []
    for _ in range(20):
        page.wait_for_timeout(200)
        seen.append(steps(explorer))
    press_play(explorer)
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    settle(explorer)
    stopped, digest = steps(explorer), explorer.digest()
    assert stopped == asked(explorer) < 600
    explorer.handle("step").press("ArrowLeft")
    assert explorer.changes_from(digest)
    settle(explorer)
    assert steps(explorer) == stopped - 1
    explorer.handle("step").press("ArrowRight")
    settle(explorer)
    assert (steps(explorer), explorer.digest()) == (stopped, digest)


def test_a_slider_moved_while_it_trains_begins_another_training(
    explorer: ExplorerOnScreen,
) -> None:
    """It goes on, with the new setting; *stop* ends it where it is."""
    page = explorer.lab.page
    explorer.handle("step").press("End")
    page.wait_for_timeout(300)
    explorer.handle("batch").press("ArrowRight")
    page.wait_for_timeout(700)
    stop = explorer.root.locator("button", has_text="stop").last
    if stop.is_visible():
        stop.click()
    settle(explorer)
    assert "steps of 64 digits" in explorer.caption
    assert steps(explorer) == asked(explorer) <= 600
    assert explorer.status == ""
    explorer.root.locator("button", has_text="reset").click()
    settle(explorer)
    assert explorer.caption.startswith("90 steps of 32 digits")
    assert explorer.lab.complaints == []
