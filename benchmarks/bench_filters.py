"""The filter lab: kernel time from a number typed to the picture on its way to the page."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from benchmarks.timing import medians, report
from convlab.explore import FilterLab


def main() -> None:
    """Print medians of kernel times, and how a picture in colour compares with a grey one."""
    labs = {
        "grey, 3×3": FilterLab(),
        "colour, 3×3": FilterLab(colour=True),
        "colour, 7×7": FilterLab(colour=True, size=7),
    }
    times = medians({name: _edit(lab) for name, lab in labs.items()})
    for name, time in times.items():
        report(f"a weight is edited, 512×600, {name}", time, "ms", "≤ 60")
    lab = labs["grey, 3×3"]
    row, rows = lab.controls["row"], itertools.cycle(range(300, 400))
    walk = medians({"row": lambda: setattr(row, "value", next(rows))})["row"]
    report("another pixel is chosen", walk, "ms", "≤ 12")
    report("three channels against one", times["colour, 3×3"] / times["grey, 3×3"], "×", "≤ 3")
    scene = lab.scene
    coded = medians({"JPEG": scene.live, "PNG": scene.png})
    report("drawn and sent as PNG, against JPEG", coded["PNG"] / coded["JPEG"], "×", "above 1")


def _edit(lab: FilterLab) -> Callable[[], None]:
    """Return a call that types another number into the middle of the first row."""
    field, numbers = lab.controls["weights"].children[1], itertools.cycle(range(1, 9))
    return lambda: setattr(field, "value", next(numbers))


if __name__ == "__main__":
    main()
