"""A chart: a rectangle of the picture, and where numbers lie in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Chart:
    """A rectangle of the picture, in pixels, and the numbers at its edges.

    Parameters
    ----------
    left, bottom, wide, high : float
        In pixels.
    across, up : tuple of float
        What the left and the right edge stand for, and the lower and the upper one; what lies
        beyond is drawn on the edge.
    logarithmic : bool, default False
        Whether equal factors are equally high.

    Examples
    --------
    >>> chart = Chart(10, 20, 100, 50, (0, 200), (-1, 1))
    >>> chart.places([50, 300], [0, 1]).tolist()
    [[35.0, 45.0], [110.0, 70.0]]
    >>> Chart(0, 0, 100, 100, (0, 1), (0.01, 1), logarithmic=True).places(0, 0.1).tolist()
    [[0.0, 50.0]]
    """

    left: float
    bottom: float
    wide: float
    high: float
    across: tuple[float, float]
    up: tuple[float, float]
    logarithmic: bool = False

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.wide

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.bottom + self.high

    def places(self, x: ArrayLike, y: ArrayLike) -> np.ndarray:
        """Return where points lie in the picture: shape (number, 2)."""
        across = np.interp(np.asarray(x, float), self.across, (self.left, self.right))
        values, edges = np.clip(np.asarray(y, float), *self.up), np.asarray(self.up, float)
        if self.logarithmic:
            values, edges = np.log(values), np.log(edges)
        return np.column_stack([across, np.interp(values, edges, (self.bottom, self.top))])
