"""A veil: what covers a part of a picture until its answer may be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch

from convlab.draw import palette
from convlab.draw.text import NOTHING, text_path

Box = tuple[float, float, float, float]
"""Left, top, right, bottom: pixels from the upper left corner of a picture."""

ALL, NONE = "all", "nothing"
"""Names of what every picture can hide: itself, and nothing of it."""


class Veil:
    """Boxes that cover parts of a picture, with a question mark on the largest.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        In pixels from the lower left corner.
    part : str
        What is covered, by its name.
    """

    def __init__(self, axes: Axes, part: str) -> None:
        self.part = part
        self._top = float(axes.get_ylim()[1])
        style: dict[str, Any] = {"animated": True, "zorder": 10_000}
        self._boxes = PolyCollection(
            [], facecolors=palette.tint(palette.QUIET, 0.12), edgecolors="none", **style
        )
        self._mark = PathPatch(NOTHING, facecolor=palette.MUTED, linewidth=0, **style)
        axes.add_collection(self._boxes)
        axes.add_patch(self._mark)

    @property
    def artists(self) -> Sequence[Any]:
        """What is drawn, over everything else."""
        return self._boxes, self._mark

    def cover(self, boxes: Sequence[Box]) -> None:
        """Cover these boxes, and no others."""
        corners = [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)] for x0, y0, x1, y1 in boxes]
        self._boxes.set_verts([[(x, self._top - y) for x, y in box] for box in corners])
        if not boxes:
            self._mark.set_path(NOTHING)
            return
        left, top, right, bottom = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
        middle = np.array([[(left + right) / 2, self._top - (top + bottom) / 2]])
        size = min(64.0, 0.6 * (bottom - top))
        self._mark.set_path(text_path(["?"], middle, size, bold=True))

    def remove(self) -> None:
        """Take the veil away."""
        for artist in self.artists:
            artist.remove()
