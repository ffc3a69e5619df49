"""A hand that does not wait: whatever it does, the last state is the one that is shown."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import own_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tools.browser import ExplorerOnScreen, Lab, Server

NOTEBOOK = "hard_hand.ipynb"
CELLS = [
    "from convlab.explore import Sweep",
    "sweep = Sweep(input=7)\nsweep",
    "sweep.set_controls(stride=2)",
]
MAKE, CHANGE = 1, 2
"""The cell that makes the explorer and shows it, and the one that moves it."""
RUN_CELL = """place => {
    window.jupyterapp.shell.currentWidget.content.activeCellIndex = place;
    return window.jupyterapp.commands.execute('notebook:run-cell');
}"""
SECONDS = 3
"""A key is held, or a slider dragged, for so long."""

# The picture that a scene without a history draws of the explorer's state, and that state.
TRUTH = """
import hashlib
fresh = type(sweep.scene)()
fresh.update(sweep.state)
print(hashlib.sha1(fresh.live()).hexdigest(), sweep.state.step, sweep.controls["step"].play.playing)
"""
ASK = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const future = kernel.requestExecute({code, store_history: false});
    let said = '';
    future.onIOPub = message => { said += message.content.text || ''; };
    await future.done;
    return said;
}"""


@pytest.fixture(scope="module")
def lab(desk: Page, server: Server) -> Iterator[Lab]:
    """A notebook with one explorer."""
    with own_notebook.opened(desk, server, NOTEBOOK, CELLS) as lab:
        yield lab


@pytest.fixture
def sweep(lab: Lab) -> ExplorerOnScreen:
    """The explorer, afresh."""
    lab.run_afresh()
    [explorer] = lab.explorers()
    explorer.show_all()
    explorer.scroll_to_top()
    return explorer


def ask(sweep: ExplorerOnScreen) -> list[str]:
    """Return what the kernel says is to be seen, of what step, and whether it plays."""
    return str(sweep.lab.page.evaluate(ASK, TRUTH)).split()


def expect_truth(sweep: ExplorerOnScreen, timeout: float = 20) -> None:
    """The picture, the caption and the slider come to show the state of the kernel."""
    until, shown, truth = time.monotonic() + timeout, {}, {}
    while time.monotonic() < until:
        digest, step, playing = ask(sweep)
        truth = {"picture": digest, "step": f"{step}.0", "playing": "False", "caption": True}
        shown = {
            "picture": sweep.digest(),
            "step": sweep.handle("step").get_attribute("aria-valuenow"),
            "playing": playing,
            "caption": f"Step {step} of" in sweep.caption,
        }
        if shown == truth:
            break
        sweep.lab.page.wait_for_timeout(200)
    assert shown == truth
    assert sweep.status == ""
    assert sweep.lab.complaints == []


def drag(sweep: ExplorerOnScreen, name: str, seconds: float) -> None:
    """Drag a slider's handle up and down and far beyond its ends."""
    sweep.handle(name).wait_for()  # one that was run again may still be on its way
    mouse, box = sweep.lab.page.mouse, sweep.handle(name).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        number += 1
        mouse.move(x + (number * 61) % 460 - 60, y + number % 7)
    mouse.up()


def press_play(sweep: ExplorerOnScreen) -> None:
    """Press play, or pause."""
    sweep.root.locator(".convlab-play button").first.click()


def test_a_key_that_is_held(sweep: ExplorerOnScreen) -> None:
    """The keyboard repeats it some thirty times a second."""
    handle = sweep.handle("step")
    handle.press("Home")
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        sweep.lab.page.keyboard.down("ArrowRight")  # the key stays down: it repeats
        sweep.lab.page.wait_for_timeout(33)
    sweep.lab.page.keyboard.up("ArrowRight")
    expect_truth(sweep)


def test_sliders_that_are_dragged_wildly(sweep: ExplorerOnScreen) -> None:
    """Also one that decides how far the other goes."""
    for name in ("step", "stride", "step"):
        drag(sweep, name, SECONDS / 3)
    expect_truth(sweep)


def test_geometry_that_changes_while_it_plays(sweep: ExplorerOnScreen) -> None:
    """Steps that are gone are not shown, and it stands still once it was stopped."""
    press_play(sweep)
    for name in ("padding", "stride", "padding", "stride"):
        sweep.lab.page.wait_for_timeout(400)
        drag(sweep, name, 0.5)
    press_play(sweep)
    expect_truth(sweep)


def test_cells_run_again(sweep: ExplorerOnScreen) -> None:
    """A cell that was run again shows what its name now stands for."""
    again = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
    for _ in range(3):
        sweep.lab.page.evaluate(again)
        sweep.handle("step").press("ArrowRight")
    sweep.lab.run_all()
    [explorer] = sweep.lab.explorers()
    assert explorer.move("step")
    expect_truth(explorer)


def test_cells_out_of_order(sweep: ExplorerOnScreen) -> None:
    """What is shown is what came of the cells in the order in which they were run."""
    lab = sweep.lab
    for order, stride in (([MAKE], 1), ([CHANGE, MAKE], 1), ([CHANGE], 2), ([MAKE, CHANGE], 2)):
        for place in order:
            lab.page.evaluate(RUN_CELL, place)
        [explorer] = lab.explorers()
        expect_truth(explorer)
        explorer.show_all()
        assert explorer.handle("stride").get_attribute("aria-valuenow") == f"{stride}.0"
        assert explorer.move("step")
        expect_truth(explorer)


def test_two_notebooks_at_once(lab: Lab, browser: Browser, server: Server) -> None:
    """Each has a kernel and a state of its own."""
    from tools.browser import Lab

    file = server.project / "notebooks" / f"other_{NOTEBOOK}"
    file.write_bytes((server.project / "notebooks" / NOTEBOOK).read_bytes())
    lab.run_all()
    other = Lab(browser, server)
    try:
        other.open(file.name)
        other.run_all()
        both: list[Any] = [lab.explorers()[0], other.explorers()[0]]
        for steps, explorer in zip((2, 5), both, strict=True):
            for _ in range(steps):
                explorer.handle("step").press("ArrowRight")
        for explorer in both:
            expect_truth(explorer)
        one, two = (ask(explorer) for explorer in both)
        assert one[1] != two[1]
    finally:
        other.page.close()
        file.unlink()


def test_a_stale_picture_is_noticed(sweep: ExplorerOnScreen) -> None:
    """What the others compare with can tell."""
    sweep.lab.page.evaluate(ASK, "sweep.scene.live = lambda: b'stale'")
    sweep.handle("step").press("ArrowRight")
    with pytest.raises(AssertionError):
        expect_truth(sweep, timeout=2)
    assert ask(sweep)[0] != hashlib.sha1(b"stale").hexdigest()
