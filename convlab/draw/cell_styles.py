"""How cells, windows and padding look: the same in every scene, whatever it shows of them.

Styles for `Scene.polygons` and `Scene.lines`. Where a picture needs a finer or a stronger line, it
says so: ``self.polygons(**INPUT_CELLS | {"linewidths": 1.3})``.
"""

from __future__ import annotations

from typing import Any

from convlab.draw import palette

Style = dict[str, Any]

DASHES = (0, (3, 2.5))
PADDING: Style = {"colors": palette.QUIET, "linewidths": 0.9, "linestyles": DASHES}
"""The outlines of cells that are not the input's own."""

INPUT_CELLS: Style = {
    "facecolors": palette.tint(palette.INPUT, 0.22),
    "edgecolors": palette.INPUT,
    "linewidths": 1.1,
}
READ_CELLS: Style = {
    "facecolors": palette.tint(palette.KERNEL, 0.62),
    "edgecolors": palette.KERNEL,
    "linewidths": 1.1,
}
"""Cells under the kernel."""
OUTPUT_CELLS: Style = {
    "facecolors": palette.tint(palette.OUTPUT, 0.3),
    "edgecolors": palette.OUTPUT,
    "linewidths": 1.1,
}
WAITING_CELLS: Style = {
    "facecolors": palette.PAPER,
    "alpha": 0.6,
    "edgecolors": palette.tint(palette.OUTPUT, 0.6),
    "linewidths": 0.9,
}
"""Output cells that the sweep has not come to, on the plane that lies over the input."""
CURRENT_CELL: Style = {
    "facecolors": palette.tint(palette.OUTPUT, 0.75),
    "edgecolors": palette.INK,
    "linewidths": 2.0,
}
"""The output cell that is being computed."""

WINDOW: Style = {"facecolors": "none", "edgecolors": palette.KERNEL, "linewidths": 2.6}
"""The frame of what the kernel reaches over."""
LOOK_HERE: Style = {"facecolors": "none", "edgecolors": palette.LOOK_HERE, "linewidths": 2.6}
"""The frame of what the words are about."""
