"""While playing, as fast as a button offers and at 25 steps a second: how even the pictures come.

The times between painted pictures, in real JupyterLab. A bare slider that plays into a label
shows, in the same run, what page and machine can do. ``python -m benchmarks.bench_play Sweep``
measures those explorers whose names contain one of these words.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.in_lab import is_asked_for, run_in_lab
from benchmarks.timing import report
from convlab.widgets.compound import SPEEDS

EXPLORERS = ("Sweep", "ChannelSweep", "Training")
INTERVALS = round(500 * min(SPEEDS.values())), 40
"""Milliseconds between two steps: as short as a reader can choose, and 25 steps a second."""
SECONDS = 6
LATE = 1.5
"""In intervals: a picture that comes later than this is seen to be late."""
ECHO = """
import ipywidgets

play = ipywidgets.Play(interval={interval}, max=10000)
slider, label = ipywidgets.IntSlider(max=10000), ipywidgets.Label()
ipywidgets.jslink((play, "value"), (slider, "value"))
slider.observe(lambda change, label=label: setattr(label, "value", str(change.new)), "value")
label.add_class("bench-label")
ipywidgets.HBox([play, slider, label]).add_class("bench-echo-{interval}")
"""

# Presses play, and pause after so many ms; returns when pictures were painted, in ms.
PLAY = """async ([button, watched, duration]) => {
    const times = [], isImage = watched.tagName == 'IMG';
    const painted = () => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => times.push(performance.now());
        channel.port2.postMessage(0);
    });
    const watch = new MutationObserver(painted);
    if (isImage) watched.addEventListener('load', painted);
    else watch.observe(watched, {childList: true, characterData: true, subtree: true});
    button.click();
    await new Promise(done => setTimeout(done, duration));
    button.click();
    watch.disconnect();
    watched.removeEventListener('load', painted);
    return times;
}"""


def main(names: Sequence[str] = ()) -> None:
    """Print how far apart the pictures of each explorer come, and how many of them late."""
    chosen = [name for name in EXPLORERS if is_asked_for(name, names)]
    shown = [(name, interval) for interval in INTERVALS for name in chosen]
    calls = [
        f"shown = {name}()\nshown.controls['step'].play.interval = {interval}\nshown"
        for name, interval in shown
    ]
    echoes = [ECHO.format(interval=interval) for interval in INTERVALS]
    with run_in_lab([*echoes, "from convlab.explore import *", *calls]) as lab:
        if lab is None:
            return
        for (name, interval), explorer in zip(shown, lab.explorers(), strict=True):
            explorer.scroll_to_top()
            echo = lab.page.locator(f".bench-echo-{interval}")
            _measure(lab.page, interval, "a label", echo, echo.locator(".bench-label"))
            _measure(lab.page, interval, name, explorer.root, explorer.picture)


def _measure(page: Any, interval: int, name: str, root: Any, watched: Any) -> None:
    button = root.locator(".widget-play button").first
    elements = [button.element_handle(), watched.element_handle()]
    times = page.evaluate(PLAY, [*elements, 1000 * SECONDS])
    page.wait_for_timeout(1000)  # until the last picture is there
    between = np.diff(times)
    if len(between) == 0:
        print(f"  {name}: nothing moved")
        return
    median, most = np.percentile(between, [50, 95])
    report(f"{name}: from picture to picture, median", median, "ms", str(interval))
    report("  95 % of them within", most, "ms", f"≤ {LATE * interval:.0f}")
    late = 100 * float((between > LATE * interval).mean())
    report(f"  later than {LATE * interval:.0f} ms", late, "%", "≤ 5")


if __name__ == "__main__":
    # Loopback only, and a kernel that leaves the other processor to the browser.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main(sys.argv[1:])
