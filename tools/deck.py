"""A lesson as slides in a headless Chromium: every slide is walked to, and looked at.

with lab.deck((1280, 720)) as deck:
    for slide in deck.walk(): ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

Screen = tuple[int, int]
"""Width and height in pixels."""
SMALLEST = 18
"""Pixels of the letters on a slide, at 1280 × 720."""


@dataclass(frozen=True)
class SlideOnScreen:
    """What was seen of one slide.

    Attributes
    ----------
    number : int
        As the bar in the corner counts it.
    cells : tuple of int
        Places of the cells that are seen.
    zoom : float
        How much larger than in the notebook everything is.
    letters : float
        Pixels of the smallest letters of its prose, or of what its explorer says.
    picture : float
        How much larger than in the notebook its explorer's picture is; 0 where there is none.
    faults : tuple of str
        What is cut off, what scrolls, or that nothing is there.
    """

    number: int
    cells: tuple[int, ...]
    zoom: float
    letters: float
    picture: float
    faults: tuple[str, ...]


class Deck:
    """The deck that a page shows."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press a key, and wait until the slide that it leads to has its size."""
        self.page.keyboard.press(key)
        self.page.evaluate(_TWO_FRAMES)

    def labels(self) -> list[str]:
        """Return what the bar in the corner, and each of its buttons, is called."""
        bar = self.page.locator(".convlab-deck-bar")
        parts = [bar, *bar.locator("button").all()]
        return [part.get_attribute("aria-label") or "" for part in parts]

    def begin(self) -> None:
        """Go to the first slide, also from a slider, which takes Home for itself."""
        self.page.evaluate("() => document.activeElement?.blur()")
        self.press("Home")

    def show(self, cell: int) -> SlideOnScreen:
        """Go to the slide that ends with a cell, given by its place, and return what is seen."""
        self.page.evaluate(_SHOW, cell)
        self.page.evaluate(_TWO_FRAMES)
        return self.here()

    def here(self) -> SlideOnScreen:
        """Return what is seen now."""
        seen = self.page.evaluate(_LOOK)
        return SlideOnScreen(**{**seen, "cells": (*seen["cells"],), "faults": (*seen["faults"],)})

    def tour(self, screens: Sequence[Screen]) -> dict[Screen, list[SlideOnScreen]]:
        """Go through all slides once, and look at each on screens of several sizes."""
        self.begin()
        order, seen = list(screens), {screen: [] for screen in screens}
        while True:
            for screen in order:
                self.resize(screen)
                seen[screen].append(self.here())
            order.reverse()  # the next slide is looked at first on the screen that is there
            self.press("PageDown")
            if self.here() == seen[order[0]][-1]:
                return seen

    def resize(self, screen: Screen) -> None:
        """Give the screen a size, and wait until the slide has taken it."""
        width, height = screen
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate(_TWO_FRAMES)

    def walk(self, look: Callable[[SlideOnScreen], object] = print) -> list[SlideOnScreen]:
        """Go through all slides by Page Down, until it leads no further.

        `look` is called on each of them, for instance to take a picture.
        """
        self.begin()
        seen = [self.here()]
        look(seen[-1])
        while True:
            self.press("PageDown")
            slide = self.here()
            if slide == seen[-1]:
                return seen
            seen.append(slide)
            look(slide)


_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

_SHOW = """cell => {
    document.activeElement?.blur();
    window.jupyterapp.shell.currentWidget.content.activeCellIndex = cell;
}"""

_LOOK = """() => {
    const notebook = document.querySelector('.jp-Deck .jp-Notebook');
    const all = [...notebook.querySelectorAll('.jp-Cell')];
    const shown = all.filter(cell => cell.matches('.jp-deck-mod-onscreen.jp-deck-mod-visible'));
    const zoom = parseFloat(shown[0]?.style.getPropertyValue('--convlab-zoom')) || 0;
    const faults = [];
    const seen = el => el.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && !el.closest('mjx-assistive-mml, .jp-Cell-inputCollapser, .lm-mod-hidden')
        && !getComputedStyle(el).clipPath.includes('inset');
    let letters = 1000, picture = 0;
    for (const cell of shown) {
        const inside = [...cell.querySelectorAll('*')].filter(seen);
        if (!cell.innerText.trim() && !inside.some(el => el.tagName === 'IMG'))
            faults.push('empty');
        for (const el of inside) {
            const box = el.getBoundingClientRect();
            if (box.width < 2 || box.height < 2) continue;
            const name = `${el.tagName} ${el.className?.baseVal ?? el.className}`.trim();
            const beyond = Math.max(-box.left, -box.top, box.right - innerWidth,
                box.bottom - innerHeight);
            if (beyond > 1) faults.push(`cut off: ${name} by ${Math.round(beyond)} pixels`);
            if (el.matches('.convlab-picture')) picture = box.width / parseFloat(el.style.width);
            const style = getComputedStyle(el);
            if (['auto', 'scroll'].includes(style.overflowX) && el.scrollWidth > el.clientWidth + 1)
                faults.push(`scrolls: ${name}`);
            if (el.matches('.jp-RenderedMarkdown p, .convlab-explorer .widget-html-content'))
                letters = Math.min(letters, parseFloat(style.fontSize) * el.currentCSSZoom);
        }
    }
    if (!shown.length) faults.push('nothing is shown');
    if (notebook.scrollHeight > notebook.clientHeight + 1) faults.push('the slide scrolls');
    return {number: parseInt(document.querySelector('.convlab-deck-bar output').textContent),
        cells: shown.map(cell => all.indexOf(cell)), zoom, letters, picture,
        faults: faults.slice(0, 4)};
}"""
