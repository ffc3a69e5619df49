"""Where the training's curves lie: two charts over the steps, of the loss and of the accuracy."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from convlab.draw.charts import Chart
from convlab.explore.network.training_run import LAST

LOSS = Chart(46, 204, 226, 116, (0, LAST), (0.005, 10), logarithmic=True)
"""Equal factors are equally high, so that 0.1 and 0.01 can be told apart."""
ACCURACY = Chart(46, 34, 226, 116, (0, LAST), (0, 1))
CHARTS = MappingProxyType({"loss": LOSS, "accuracy": ACCURACY})
MARKS = MappingProxyType(
    {
        "loss": (0.01, 0.1, 1, 10),
        "accuracy": (0, 0.5, 0.9, 1),
    }
)
"""By chart: values with a line across."""


def heights(name: str) -> np.ndarray:
    """Return how high the marks of a chart lie."""
    values = MARKS[name]
    return CHARTS[name].places(np.zeros(len(values)), values)[:, 1]


def grid(name: str) -> list[np.ndarray]:
    """Return the line of each mark of a chart."""
    chart = CHARTS[name]
    return [np.array([(chart.left, y), (chart.right, y)]) for y in heights(name)]


def frame(chart: Chart) -> np.ndarray:
    """Return the left and the lower edge of a chart: shape (3, 2)."""
    corners = [(chart.left, chart.top), (chart.left, chart.bottom), (chart.right, chart.bottom)]
    return np.array(corners)
