"""The mouse does what the sliders do: a click goes to a cell, dragging turns the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convlab.explore import Sweep

if TYPE_CHECKING:
    from tools.browser import ExplorerOnScreen

NOTEBOOK = "00_start_here.ipynb"


def place_of(step: int) -> dict[str, float]:
    """Return where an output cell of the notebook's sweep is drawn, from the upper left corner."""
    twin = Sweep(stride=1, step=4)
    scene = twin.scene
    for y in range(0, scene.height, 5):
        for x in range(0, scene.width, 5):
            if scene.pick(twin.state, (x, scene.height - y)) == {"step": step}:
                return {"x": x + 6, "y": y + 6}
    raise AssertionError(f"step {step} is nowhere in the picture")


def test_a_click_on_an_output_cell_goes_to_it(explorer: ExplorerOnScreen) -> None:
    picture = explorer.root.locator(".convlab-picture")
    for step in (8, 0):
        before = explorer.digest()
        picture.click(position=place_of(step))
        assert explorer.changes_from(before)
        explorer.root.locator(".convlab-caption", has_text=f"Step {step} of 0 to 8").wait_for()


def test_dragging_turns_the_scene_without_leaving_its_step(
    explorer: ExplorerOnScreen,
) -> None:
    picture = explorer.root.locator(".convlab-picture")
    turn = explorer.control("azimuth").locator(".widget-readout")
    before, angle, caption = explorer.digest(), turn.inner_text(), explorer.caption
    box = picture.bounding_box()
    mouse = explorer.lab.page.mouse
    mouse.move(box["x"] + 100, box["y"] + 300)
    mouse.down()
    for part in range(1, 11):
        mouse.move(box["x"] + 100 + 12 * part, box["y"] + 300)
        explorer.lab.page.wait_for_timeout(80)
    mouse.up()
    assert explorer.changes_from(before)
    assert int(turn.inner_text()) > int(angle) + 20
    assert explorer.caption == caption
    assert explorer.status == ""


def test_play_runs_through_the_steps(explorer: ExplorerOnScreen) -> None:
    seen = {explorer.caption}
    buttons = explorer.root.locator(".convlab-play button")
    buttons.first.click()
    for _ in range(12):
        explorer.lab.page.wait_for_timeout(250)
        seen.add(explorer.caption)
    buttons.first.click()
    assert len(seen) >= 4
