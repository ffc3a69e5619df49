"""In the page: from a key press to the painted picture, beside a slider that echoes into a label.

Real JupyterLab in a headless Chromium, every explorer by its main control. Both take turns in one
run, so that whatever else the machine does slows down both. ``python -m benchmarks.bench_page
Sweep FilterLab`` measures those explorers whose names contain one of these words.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.in_lab import is_asked_for, run_in_lab
from benchmarks.timing import report
from convlab import explore

PRESSES = 24
ECHO = """
import ipywidgets

slider, label = ipywidgets.IntSlider(50), ipywidgets.Label("50")
slider.observe(lambda change: setattr(label, "value", str(change.new)), "value")
slider.add_class("convlab-control-step")
label.add_class("bench-label")
ipywidgets.HBox([slider, label]).add_class("bench-echo")
"""
GOALS = {"FilterLab in colour": 2.5}
"""In echoes, where it is not 2."""
SETTINGS = {"FilterLab in colour": "FilterLab(colour=True)"}
QUIET = 120
"""Milliseconds between two presses."""

# From the press to the frame in which what came back is painted, in ms; null if nothing came.
PRESS = """async ([handle, watched, up]) => {
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(0);
    }));
    const isImage = watched.tagName == 'IMG';
    const came = new Promise(done => {
        const watch = new MutationObserver(() => { watch.disconnect(); done(true); });
        watch.observe(watched, isImage ? {attributeFilter: ['src']}
            : {childList: true, characterData: true, subtree: true});
        setTimeout(() => { watch.disconnect(); done(false); }, 2000);
    });
    const start = performance.now();
    if (handle.tagName == 'SELECT') {
        handle.selectedIndex += up ? 1 : -1;
        handle.dispatchEvent(new Event('change', {bubbles: true}));
    } else {
        const key = up ? 'ArrowRight' : 'ArrowLeft';
        handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    }
    if (!await came) return null;
    if (isImage) await watched.decode();
    return await painted() - start;
}"""


def main(names: Sequence[str] = ()) -> None:
    """Print how long each explorer takes, and how many echoes that is."""
    calls = {name: f"{name}()" for name in sorted(explore.__all__)} | SETTINGS
    calls = {name: call for name, call in calls.items() if is_asked_for(name, names)}
    with run_in_lab([ECHO, "from convlab.explore import *", *calls.values()]) as lab:
        if lab is None:
            return
        for name, explorer in zip(calls, lab.explorers(), strict=True):
            _measure(lab, name, explorer)


def _measure(lab: Any, name: str, explorer: Any) -> None:
    """Print one explorer's line; the echo and the explorer take turns."""
    page = lab.page
    echo = page.locator(".bench-echo")
    explorer.scroll_to_top()
    if not explorer.sliders():
        explorer.show_all()
    main_control = explorer.sliders()[0]
    pairs = {
        "echo": (echo.locator(".noUi-handle"), echo.locator(".bench-label")),
        "picture": (explorer.handle(main_control), explorer.picture),
    }
    elements = {
        which: [locator.element_handle() for locator in pair] for which, pair in pairs.items()
    }
    handle = pairs["picture"][0]
    at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    ways = itertools.cycle((False, True) if at_end else (True, False))
    times: dict[str, list[float]] = {which: [] for which in elements}
    for number in range(PRESSES + 2):
        up = next(ways)
        for which, pair in elements.items():
            found = page.evaluate(PRESS, [*pair, up])
            if found is not None and number > 1:
                times[which].append(found)
            page.wait_for_timeout(QUIET)
    if len(times["picture"]) < PRESSES / 2:
        print(f"  {name}, {main_control}: the picture often stays as it was")
        return
    picture, bare = (statistics.median(times[which]) for which in ("picture", "echo"))
    report(f"{name}, {main_control}, against an echo of {bare:.0f} ms", picture, "ms")
    report("  in echoes", picture / bare, "×", f"≤ {GOALS.get(name, 2)}")


if __name__ == "__main__":
    # Loopback only, and a kernel that leaves the other processor to the browser.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main(sys.argv[1:])
