"""The mouse does what the sliders do: a click goes to a cell, dragging turns the scene."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from convlab.explore import Sweep

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tools.browser import ExplorerOnScreen, Server


@pytest.fixture(scope="module")
def sweep(browser: Browser, server: Server) -> Iterator[ExplorerOnScreen]:
    """The explorer of the first notebook, live."""
    from tools.browser import Lab

    lab = Lab(browser, server)
    try:
        lab.open("00_start_here.ipynb")
        lab.run_all()
        explorer = lab.explorers()[0]
        explorer.scroll_to_top()
        yield explorer
    finally:
        lab.close()


def place_of(step: int) -> dict[str, float]:
    """Return where an output cell of the notebook's sweep is drawn, from the upper left corner."""
    twin = Sweep(stride=1, step=4)
    scene = twin.scene
    for y in range(0, scene.height, 5):
        for x in range(0, scene.width, 5):
            if scene.step_at(twin.state, (x, scene.height - y)) == step:
                return {"x": x + 6, "y": y + 6}
    raise AssertionError(f"step {step} is nowhere in the picture")


def test_a_click_on_an_output_cell_goes_to_it(sweep: ExplorerOnScreen) -> None:
    picture = sweep.root.locator(".convlab-picture")
    for step in (8, 0):
        before = sweep.digest()
        picture.click(position=place_of(step))
        assert sweep.changes_from(before)
        sweep.root.locator(".convlab-caption", has_text=f"Step {step} of 0 to 8").wait_for()


def test_dragging_turns_the_scene_without_leaving_its_step(sweep: ExplorerOnScreen) -> None:
    picture = sweep.root.locator(".convlab-picture")
    turn = sweep.control("turn").locator(".widget-readout")
    before, angle, caption = sweep.digest(), turn.inner_text(), sweep.caption
    box = picture.bounding_box()
    mouse = sweep.lab.page.mouse
    mouse.move(box["x"] + 100, box["y"] + 300)
    mouse.down()
    for part in range(1, 11):
        mouse.move(box["x"] + 100 + 12 * part, box["y"] + 300)
        sweep.lab.page.wait_for_timeout(80)
    mouse.up()
    assert sweep.changes_from(before)
    assert int(turn.inner_text()) > int(angle) + 20
    assert sweep.caption == caption
    assert sweep.status == ""


def test_play_runs_through_the_steps(sweep: ExplorerOnScreen) -> None:
    seen = {sweep.caption}
    buttons = sweep.control("play").locator("button")
    buttons.first.click()
    for _ in range(12):
        sweep.lab.page.wait_for_timeout(250)
        seen.add(sweep.caption)
    buttons.first.click()
    assert len(seen) >= 4
