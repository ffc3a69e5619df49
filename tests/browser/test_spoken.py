"""What a screen reader hears of an explorer: names, and what a move has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import own_notebook
from tests.browser.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tools.browser import Lab, Server

NOTEBOOK = "spoken.ipynb"
CELLS = [
    "from convlab.exercises import predict\nfrom convlab.explore import Sweep, drill",
    "Sweep(stride=(1, 2), controls='all')",
    "predict('1a output', Sweep(input=5, kernel=3))",
    "drill(seed=1)",
]
LISTEN = """window.said = [];
window.ear?.disconnect();
window.ear = new MutationObserver(records => said.push(records.at(-1).target.textContent));
for (const region of document.querySelectorAll('.convlab-spoken [role=status]'))
    ear.observe(region, {childList: true})"""


@pytest.fixture(scope="module")
def lab(desk: Page, server: Server) -> Iterator[Lab]:
    with own_notebook.opened(desk, server, NOTEBOOK, CELLS) as lab:
        lab.run_all(reveal=False)
        lab.page.locator(".convlab-explorer[role=group]").nth(1).wait_for()
        yield lab


def test_each_part_has_a_name(lab: Lab) -> None:
    sweep = lab.explorers()[0].root
    assert sweep.get_attribute("aria-label") == "Sweep"
    for name in ("step", "stride ↕: stride, vertical", "stride, horizontal", "kernel, both axes"):
        assert sweep.get_by_role("slider", name=name, exact=True).is_visible(), name
    assert sweep.get_by_role("img", name="Sweep: a picture").is_visible()
    play = sweep.get_by_role("button", name="play", exact=True)
    play.click()
    sweep.get_by_role("button", name="pause", exact=True).click()
    play.wait_for()
    assert violations(lab.page, ".convlab-explorer", ".convlab-drill", others={}) == []


def test_a_violation_is_found_and_that_of_others_is_not_ours(lab: Lab) -> None:
    handle = lab.explorers()[0].handle("step")
    handle.evaluate("el => el.removeAttribute('aria-label')")
    found = violations(lab.page, ".convlab-explorer")
    assert [line.partition(":")[0] for line in found] == ["aria-input-field-name"]
    assert len(violations(lab.page, "body", others={})) > len(violations(lab.page, "body")) == 1


def test_what_a_drag_has_changed_is_said_once(lab: Lab) -> None:
    sweep = lab.explorers()[0]
    sweep.handle("step").press("Home")
    lab.page.wait_for_timeout(1500)
    lab.page.evaluate(LISTEN)
    for _ in range(3):
        sweep.handle("step").press("ArrowRight")
    lab.page.wait_for_function("said.length")
    lab.page.wait_for_timeout(1000)
    (said,) = lab.page.evaluate("said")
    assert said.startswith("Step 3 of")
    assert said == " ".join(sweep.caption.split())


def test_only_new_sentences_are_said_and_no_answer_before_its_question(lab: Lab) -> None:
    asking = lab.explorers()[1]
    lab.page.evaluate(LISTEN)
    asking.root.locator(".convlab-question input[type=text]").fill("many")
    asking.root.locator(".convlab-question input[type=text]").press("Enter")
    lab.page.wait_for_function("said.length")
    (said,) = lab.page.evaluate("said")
    assert "2 numbers are asked for" in said
    assert "output pixel" not in said
    asking.reveal()
    lab.page.wait_for_function("said.length > 1")
    said = lab.page.evaluate("said")[-1]
    assert said.count("It is 3 × 3.") == 1
    assert "output pixel" in said
