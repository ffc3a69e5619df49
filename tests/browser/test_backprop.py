"""Typeset formulas, in real JupyterLab: no raw TeX is ever seen, and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tools.browser import ExplorerOnScreen

NOTEBOOK = "07_backpropagate.ipynb"

# On every frame that the page paints: where the picture and the first control below it are, how
# high all of it is, whether there is raw TeX, whether a formula is there, and its room.
WATCH = """root => {
    window.frames_seen = [];
    const place = what => root.querySelector(what).getBoundingClientRect();
    const look = () => {
        if (!root.isConnected) return;
        const details = root.querySelector('.convlab-details');
        const formula = details.querySelector('mjx-container');
        const paper = place('.convlab-derivation');
        const ink = formula ? formula.getBoundingClientRect() : paper;
        window.frames_seen.push({
            layout: [place('img.convlab-picture').top, place('.convlab-control-input').top]
                .map(top => Math.round(top - root.getBoundingClientRect().top)).join(),
            raw: details.innerText.includes('textcolor'),
            typeset: formula !== null,
            fits: paper.left <= ink.left && ink.right <= paper.right && ink.bottom <= paper.bottom,
        });
        requestAnimationFrame(look);
    };
    look();
}"""


@pytest.fixture(scope="module")
def frames(explorer: ExplorerOnScreen) -> list[dict[str, Any]]:
    """What every painted frame showed while all steps were gone through."""
    page = explorer.lab.page
    page.wait_for_timeout(1000)
    explorer.root.evaluate(WATCH)
    for _ in range(12):
        assert explorer.move("step")
        page.wait_for_timeout(200)
    return page.evaluate("() => window.frames_seen")


def test_formulas_are_typeset_on_every_frame(frames: list[dict[str, Any]]) -> None:
    """Nobody sees TeX, not even for one frame, nor an empty place instead."""
    assert len(frames) > 50
    assert all(frame["typeset"] and not frame["raw"] for frame in frames)


def test_no_formula_is_cut_off(frames: list[dict[str, Any]]) -> None:
    """Each formula of the article's case lies inside its paper."""
    assert all(frame["fits"] for frame in frames)


def test_a_step_moves_neither_the_picture_nor_the_controls(frames: list[dict[str, Any]]) -> None:
    """Everything stays where it is from the first step to the last."""
    assert len({frame["layout"] for frame in frames}) == 1
