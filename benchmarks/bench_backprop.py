"""Back-propagation: kernel time of a step, of the gradient check, and of pointing at a cell."""

from __future__ import annotations

import itertools

from benchmarks.timing import medians, report
from convlab.explore import Backprop, FanOut, GradientCheck

LARGEST = {"input": 6, "padding": 2}


def main() -> None:
    """Print medians of kernel times."""
    for name, settings in (("the article's case", {}), ("6×6 input, 8×8 output", LARGEST)):
        explorer = Backprop(**settings)
        step, steps = explorer.controls["step"], itertools.cycle([*range(1, 13), 0])
        time = medians({"step": lambda step=step, steps=steps: setattr(step, "value", next(steps))})
        report(f"a step of the derivation, {name}", time["step"], "ms", "≤ 25")

    mistake = GradientCheck().controls["mistake"]
    names = itertools.cycle([value for _, value in mistake.options])
    time = medians({"mistake": lambda: setattr(mistake, "value", next(names))})
    report("planting a mistake, 6×6 input", time["mistake"], "ms", "≤ 60")

    cell = FanOut().controls["cell"]
    cells = itertools.cycle(range(1, 26))
    time = medians({"cell": lambda: setattr(cell, "value", next(cells))})
    report("pointing at another input cell, 5×5", time["cell"], "ms", "≤ 12")
