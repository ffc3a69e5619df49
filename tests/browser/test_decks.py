"""A lesson as ``make present`` opens it: as slides, run, and moved by a clicker's keys.

That every slide of every lesson fits is tested with the lessons, which are open there already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tools.deck import Deck

    Talk = tuple[Any, Deck]


@pytest.fixture(scope="module")
def talk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """The deck of lesson 1, in a JupyterLab that was started by the command."""
    from tools.browser import Lab, copy_project, lab_server
    from tools.deck import Deck

    folder = tmp_path_factory.mktemp("present")
    project, command = copy_project(folder / "project"), ("-m", "tools.present", "01")
    with lab_server(project, folder / "home", "--expose-app-in-browser", command=command) as server:
        lab = Lab(browser, server)
        lab.page.goto(f"{server.url}/?token={server.token}")
        lab.page.locator(".convlab-deck-start").wait_for(timeout=60_000)
        lab.page.locator(".convlab-deck-start", has_text="of 29 cells").wait_for(timeout=60_000)
        lab.page.locator(".convlab-deck-bar output").wait_for(timeout=90_000)
        lab.page.locator(".convlab-deck-start").wait_for(state="detached")
        try:
            yield lab, Deck(lab.page)
        finally:
            lab.close()


@pytest.fixture
def sweep(talk: Talk) -> Any:
    """The slide of the first explorer, whose answer is seen."""
    lab, deck = talk
    deck.begin()
    while not lab.page.locator(".jp-deck-mod-onscreen .convlab-explorer").count():
        deck.press("PageDown")
    return lab.explorers()[0]


def test_it_says_how_far_it_is_and_opens_on_the_first_slide(talk: Talk) -> None:
    """A lecturer sees that something goes on, and then the title, with everything run."""
    lab, deck = talk
    deck.begin()
    assert (deck.here().number, deck.here().cells, deck.here().faults) == (1, (0,), ())
    assert lab.error_outputs() == lab.popups() == []
    assert len(lab.explorers()) == 4


def test_text_is_large_enough_for_the_last_row(talk: Talk) -> None:
    """At 1280 × 720 what is read has 18 pixels or more, on every slide."""
    _, deck = talk
    assert [slide for slide in deck.walk() if slide.letters < 17.9] == []


def test_space_does_not_answer_the_question(sweep: Any, talk: Talk) -> None:
    """Where a prediction is typed, Space is a letter; a clicker's keys still go on."""
    _, deck = talk
    before = deck.here().number
    field = sweep.root.locator(".convlab-question input")
    field.click()
    field.type("3 x 3")
    assert (field.input_value(), deck.here().number) == ("3 x 3", before)
    deck.press("PageDown")
    assert deck.here().number == before + 1
    deck.press("PageUp")
    assert deck.here().number == before
    sweep.reveal()


@pytest.mark.parametrize("key", ["PageDown", "Space"])
@pytest.mark.parametrize("part", [".noUi-handle", ".convlab-play button", "select"])
def test_keys_of_a_clicker_never_stick_in_a_control(
    sweep: Any, talk: Talk, part: str, key: str
) -> None:
    """They go on from a slider, a play button and a list, and leave the sweep where it is."""
    _, deck = talk
    sweep.reveal()
    control = sweep.control("step").locator(part).first
    before, value = deck.here().number, sweep.handle("step").get_attribute("aria-valuenow")
    control.focus()
    deck.press(key)
    assert deck.here().number == before + 1
    deck.press("PageUp")
    sweep.lab.page.wait_for_timeout(700)  # as long as the sweep would take to play a step
    assert sweep.handle("step").get_attribute("aria-valuenow") == value


def test_arrow_keys_move_the_slider_that_has_the_focus_and_only_that(
    sweep: Any, talk: Talk
) -> None:
    _, deck = talk
    sweep.reveal()
    before = deck.here().number
    assert sweep.move("step")
    assert deck.here().number == before


def test_arrow_keys_go_on_and_back_elsewhere(talk: Talk) -> None:
    _, deck = talk
    deck.begin()
    deck.press("ArrowRight")
    deck.press("ArrowDown")
    assert deck.here().number == 3
    deck.press("ArrowLeft")
    assert deck.here().number == 2


def test_letters_change_no_cell(talk: Talk) -> None:
    """A clicker's key for a dark screen inserts no cell, and x cuts none."""
    lab, deck = talk
    count = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
    deck.begin()
    before = lab.page.evaluate(count)
    for key in ("x", "b"):
        deck.press(key)
    assert lab.page.evaluate(count) == before
    assert lab.page.locator("body.convlab-dark-screen").count() == 1
    deck.press("b")
    assert lab.page.locator("body.convlab-dark-screen").count() == 0


def test_notes_follow_the_slides_in_a_window_of_their_own(talk: Talk) -> None:
    """N opens it; it says what to play and what comes next, and takes a clicker's keys as well."""
    lab, deck = talk
    deck.begin()
    with lab.page.expect_popup() as opening:
        lab.page.keyboard.press("n")
    notes = opening.value
    assert notes.locator("output").inner_text() == "1 / 29"
    for _ in range(2):
        before = notes.locator("footer").inner_text()
        deck.press("PageDown")
        assert notes.locator("footer").inner_text() != before
    assert notes.locator("h1").inner_text() == "Sweep"
    assert notes.locator("main strong").first.inner_text() == "Play."
    assert notes.locator("mjx-container").count() == 0
    assert notes.locator("footer").inner_text().startswith("Next: ")
    notes.keyboard.press("PageDown")
    notes.locator("output", has_text="4 / 29").wait_for(timeout=5000)
    assert deck.here().number == 4
    notes.close()
    lab.page.bring_to_front()


def test_it_can_be_left(talk: Talk) -> None:
    """The last button of the bar leads back to the notebook, and nothing of the deck stays."""
    lab, _ = talk
    lab.page.locator(".convlab-deck-bar button").last.click()
    lab.page.locator(".convlab-deck-bar").wait_for(state="detached")
    assert lab.page.locator(".jp-Deck").count() == 0
    assert lab.complaints == []


def test_a_lesson_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    from tools import present

    with pytest.raises(SystemExit):
        present.main(["99"])
    assert "no notebook begins with '99'" in capsys.readouterr().err
