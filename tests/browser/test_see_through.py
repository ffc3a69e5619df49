"""A network is opened by mouse and by keys, a weight is changed, and a digit is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from convlab.explore.network import draw_digit_scene, see_through_layout
from convlab.explore.network.draw_digit_scene import PAPER
from convlab.explore.network.draw_digit_scene import READ as READ_BOARD
from convlab.explore.network.see_through_layout import column_of, grids
from tests.browser import own_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import ExplorerOnScreen, Lab, Server

SOURCES = ["from convlab.explore import DrawDigit, SeeThrough", "SeeThrough()", "DrawDigit()"]

SEE_SIZE = see_through_layout.WIDTH, see_through_layout.HEIGHT
DRAW_SIZE = draw_digit_scene.WIDTH, draw_digit_scene.HEIGHT


@pytest.fixture(scope="module")
def lab(desk: Page, server: Server) -> Iterator[Lab]:
    """A notebook with the two explorers, run."""
    with own_notebook.opened(desk, server, "own_network.ipynb", SOURCES) as lab:
        lab.run_all()
        lab.page.locator(".convlab-explorer").nth(1).wait_for()
        yield lab


@pytest.fixture
def network(lab: Lab) -> ExplorerOnScreen:
    """The first explorer, on the screen."""
    return on_screen(lab, 0)


@pytest.fixture
def paper(lab: Lab) -> ExplorerOnScreen:
    """The second explorer, on the screen."""
    return on_screen(lab, 1)


def on_screen(lab: Lab, number: int) -> ExplorerOnScreen:
    """Return an explorer, put back to its start and scrolled to the top."""
    explorer = lab.explorers()[number]
    explorer.scroll_to_top()
    explorer.root.locator("button", has_text="reset").last.click()
    lab.page.wait_for_timeout(500)
    return explorer


def says(explorer: ExplorerOnScreen, text: str) -> None:
    """Wait until the caption says something."""
    explorer.root.locator(".convlab-caption", has_text=text).wait_for(timeout=20_000)
    assert explorer.status == ""


def place(explorer: ExplorerOnScreen, x: float, y: float) -> dict[str, float]:
    """Return where a place of the picture, in its own pixels, is on its element."""
    scene = SEE_SIZE if explorer.root.locator(".convlab-control-layer").count() else DRAW_SIZE
    box = explorer.picture.bounding_box()
    assert box is not None
    shrink = box["width"] / scene[0]
    return {"x": x * shrink, "y": (scene[1] - y) * shrink}


def click(explorer: ExplorerOnScreen, x: float, y: float) -> None:
    """Click a place of the picture, in its own pixels from the lower left corner."""
    explorer.picture.click(position=place(explorer, x, y))


def type_into(explorer: ExplorerOnScreen, label: str, text: str) -> None:
    """Type a number into a field that is found by its label, and leave it."""
    field = explorer.root.get_by_role("spinbutton", name=label, exact=True)
    field.fill(text)
    field.press("Tab")


def test_all_of_it_fits_on_a_small_screen(lab: Lab) -> None:
    assert lab.error_outputs() == []
    assert [explorer.hidden_height() for explorer in lab.explorers()] == [0, 0]


def test_a_click_opens_a_cell_and_another_the_cell_that_it_reads(
    network: ExplorerOnScreen,
) -> None:
    column, plane = column_of("convolved 2", 7)  # the lowest plane of its column hides nothing
    x, y = column.stack.block(plane, (3, 3)).mean(axis=0)
    click(network, x, y)
    says(network, "Convolution 2, channel 7, cell (3, 3)")
    window = grids(3, 36, (3, 3), 150)[0]
    click(network, *window.centre(0, 1))
    says(network, "Pooling 1, channel 0, cell (2, 3)")


def test_the_keyboard_opens_a_cell_as_well(network: ExplorerOnScreen) -> None:
    says(network, "Convolution 1, channel 4, cell (3, 3)")
    for name, cell in (("row", "(4, 3)"), ("column", "(4, 4)")):
        network.handle(name).press("ArrowRight")
        says(network, f"channel 4, cell {cell}")
    network.handle("channel").press("ArrowLeft")
    says(network, "channel 3, cell (4, 4)")
    assert network.move("show")
    says(network, "came back to it")


def test_a_weight_is_changed_by_hand_and_the_answer_follows(network: ExplorerOnScreen) -> None:
    before = network.digest()
    kernel = grids(3, 36, (3, 3), 150)[1]
    click(network, *kernel.centre(0, 2))
    network.lab.page.wait_for_timeout(500)
    type_into(network, "bias", "5")
    says(network, "1 weight is changed")
    assert network.changes_from(before)
    type_into(network, "weight", "-3")
    says(network, "2 weights are changed")
    network.root.locator("button", has_text="trained weights").click()
    says(network, "The network reads 352 of 360")


def test_a_digit_is_drawn_with_the_mouse(paper: ExplorerOnScreen) -> None:
    paper.root.locator("button", has_text="clear").click()
    says(paper, "An empty paper")
    box = paper.picture.bounding_box()
    assert box is not None
    mouse = paper.lab.page.mouse
    corners = [(2, 15), (18, 6), (18, 24)], [(10, 19), (20, 18), (29, 17)]  # a four
    for stroke in corners:
        for number, (row, col) in enumerate(stroke):
            at = place(paper, *PAPER.centre(row, col))
            mouse.move(box["x"] + at["x"], box["y"] + at["y"], steps=6)
            paper.lab.page.wait_for_timeout(150)
            if not number:
                mouse.down()
        mouse.up()
        paper.lab.page.wait_for_timeout(150)
    says(paper, "Read as 4")


def test_a_stroke_is_drawn_with_a_finger(paper: ExplorerOnScreen) -> None:
    paper.root.locator("button", has_text="clear").click()
    says(paper, "An empty paper")
    box = paper.picture.bounding_box()
    assert box is not None
    page = paper.lab.page
    finger = page.context.new_cdp_session(page)
    for number, cell in enumerate([(2, 15), (10, 15), (20, 14), (29, 14)]):
        at = place(paper, *PAPER.centre(*cell))
        point = {"x": box["x"] + at["x"], "y": box["y"] + at["y"]}
        kind = "touchMove" if number else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.wait_for_timeout(200)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    says(paper, "Read as 1")
    readout = paper.control("pen_row").locator(".widget-readout").inner_text()
    assert int(readout) >= 28


def test_a_digit_is_drawn_with_the_keys(paper: ExplorerOnScreen) -> None:
    paper.root.locator("button", has_text="clear").click()
    says(paper, "An empty paper")
    before = paper.digest()
    assert paper.move("pen")
    for _ in range(6):
        paper.handle("pen_row").press("ArrowRight")
    for _ in range(4):
        paper.handle("pen_column").press("ArrowLeft")
    says(paper, "Read as")
    assert paper.changes_from(before)


def test_a_click_hides_a_patch_and_the_answer_falls(paper: ExplorerOnScreen) -> None:
    says(paper, "Read as 3")
    click(paper, *READ_BOARD.centre(5, 4))
    says(paper, "Hidden are 3 × 3 cells around (5, 4)")
    click(paper, *READ_BOARD.centre(1, 0))
    says(paper, "around (1, 0)")
