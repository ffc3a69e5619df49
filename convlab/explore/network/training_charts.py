"""Where the training's curves lie: two charts over the steps, of the loss and of the accuracy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convlab.explore.network import training_run


@dataclass(frozen=True)
class Chart:
    """A chart over the steps.

    Parameters
    ----------
    left, bottom, width, height : float
        In pixels.
    low, high : float
        What the lower and the upper edge stand for; what lies beyond is drawn on the edge.
    marks : tuple of (float, str)
        Values with a line across, and what is written at it.
    logarithmic : bool, default False
    """

    left: float
    bottom: float
    width: float
    height: float
    low: float
    high: float
    marks: tuple[tuple[float, str], ...]
    logarithmic: bool = False

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.bottom + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    def across(self, steps: ArrayLike) -> np.ndarray:
        """Return where steps lie."""
        return self.left + self.width * np.asarray(steps, float) / training_run.LAST

    def up(self, values: ArrayLike) -> np.ndarray:
        """Return how high values lie."""
        inside = np.clip(np.asarray(values, float), self.low, self.high)
        low, high = self.low, self.high
        if self.logarithmic:
            inside, low, high = np.log(inside), np.log(low), np.log(high)
        return np.asarray(self.bottom + self.height * (inside - low) / (high - low))

    def line(self, steps: ArrayLike, values: ArrayLike) -> np.ndarray:
        """Return the points of a curve: shape (points, 2)."""
        return np.stack([self.across(steps), self.up(values)], axis=-1)

    def frame(self) -> np.ndarray:
        """Return its left and lower edge: shape (3, 2)."""
        corners = [(self.left, self.top), (self.left, self.bottom), (self.right, self.bottom)]
        return np.array(corners)

    def grid(self) -> list[np.ndarray]:
        """Return the line of each mark."""
        return [np.array([(self.left, y), (self.right, y)]) for y in self.heights()]

    def heights(self) -> np.ndarray:
        """Return how high the marks lie."""
        return self.up([value for value, _ in self.marks])


LOSS = Chart(
    46, 204, 226, 116, 0.005, 10, ((0.01, "0.01"), (0.1, "0.1"), (1, "1"), (10, "10")), True
)
"""Equal factors are equally high, so that 0.1 and 0.01 can be told apart."""
ACCURACY = Chart(
    46, 34, 226, 116, 0, 1, ((0.0, "0 %"), (0.5, "50 %"), (0.9, "90 %"), (1.0, "100 %"))
)
