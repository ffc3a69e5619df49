"""axe-core over a page: what keeps readers out, and whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = ("serious", "critical")
OTHERS = {
    # https://github.com/jupyterlab/jupyterlab/issues/16891
    "aria-allowed-attr": "jp-button",
    # https://github.com/jupyterlab/jupyterlab/issues/14765
    "aria-required-children": ".jp-WindowedPanel-viewport",
    # https://github.com/jupyterlab/jupyterlab/pull/10260 made it, without a name: no issue yet
    "button-name": ".jp-collapseHeadingButton",
    # https://github.com/jupyter/notebook/issues/6671: editors of code
    "aria-input-field-name": ".cm-content",
    # https://github.com/jupyter/enhancement-proposals/issues/120: pictures that are outputs
    "image-alt": ".jp-RenderedImage img",
}
"""Violations of JupyterLab, as rule and where it is broken. ipywidgets' would be here as well: that
it names no handle of a slider, no play button and no picture; `convlab.widgets.spoken` does."""

_RUN = """async ([include, others]) => {
    const found = await axe.run({include}, {resultTypes: ['violations']});
    return found.violations.flatMap(one => one.nodes
        .filter(node => !(one.id in others)
            || !document.querySelector(node.target.at(-1))?.matches(others[one.id]))
        .map(node => [one.impact, `${one.id}: ${node.html.slice(0, 160)}`]));
}"""


def violations(page: Page, *include: str, others: dict[str, str] | None = None) -> list[str]:
    """Return the serious and critical violations inside some elements, without those of others."""
    import axe_playwright_python

    if not page.evaluate("'axe' in window"):
        script = Path(axe_playwright_python.__file__).with_name("axe.min.js")
        page.evaluate(script.read_text("utf-8"))
    known = OTHERS if others is None else others
    found: list[Any] = page.evaluate(_RUN, [[[one] for one in include], known])
    return [words for impact, words in found if impact in GRAVE]
