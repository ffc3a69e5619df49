"""C̃ on screen: kernel time of a step, and of a change of geometry."""

from __future__ import annotations

import itertools

from benchmarks.timing import medians, report
from convlab.explore import Flatten, MatrixView, Patches


def main() -> None:
    """Print medians of kernel times."""
    small, large = MatrixView(), MatrixView(input=8, padding=1)
    changing, flat, patches = MatrixView(), Flatten(), Patches(padding=1)
    sizes = itertools.cycle([(4, 4), (5, 5), (8, 8)])
    times = medians(
        {
            "4×4": _stepping(small, 4),
            "8×8": _stepping(large, 64),
            "flatten": _stepping(flat, 20),
            "patches": _stepping(patches, 16),
            "geometry": lambda: setattr(changing.controls["input"], "value", next(sizes)),
        }
    )
    report("a step in MatrixView, 4×4 input, symbols in all cells", times["4×4"], "ms", "≤ 25")
    report("a step in MatrixView, 8×8 input, padding 1: 64×64", times["8×8"], "ms", "≤ 25")
    report("a change of its input, 4×4, 5×5, 8×8", times["geometry"], "ms", "≤ 60")
    report("a step in Flatten, 4×4", times["flatten"], "ms", "≤ 12")
    report("a step in Patches, 4×4, padding 1", times["patches"], "ms", "≤ 25")


def _stepping(explorer: object, count: int) -> object:
    steps = itertools.cycle(range(count))
    return lambda: setattr(explorer.controls["step"], "value", next(steps))
