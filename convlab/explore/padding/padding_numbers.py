"""One geometry: where its windows' centres lie, and what they never read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.draw.planes import input_mask
from convlab.geometry import Geometry


@dataclass(frozen=True)
class PaddingState:
    """Everything that the flat view shows.

    Parameters
    ----------
    geometry : Geometry
    step : int, default 0
        The window that is framed, counted along the rows of the output.
    """

    geometry: Geometry
    step: int = 0

    @property
    def cells(self) -> int:
        """The number of cells that the window reads."""
        rows, cols = self.geometry.kernel_size
        return rows * cols

    @property
    def on_padding(self) -> int:
        """How many of them are padding."""
        _, rows, cols = self.geometry.window(self.step)
        return int((~input_mask(self.geometry)[np.ix_(rows, cols)]).sum())


def centres(geometry: Geometry) -> np.ndarray:
    """Return the (row, column) of every window's centre on the padded input, in steps' order."""
    pixels = np.indices(geometry.output_shape).reshape(2, -1).T
    return pixels * geometry.stride + np.divide(geometry.span, 2)


def never_read(geometry: Geometry) -> np.ndarray:
    """Return which cells of the padded input no window reads: bool, of the padded shape.

    Examples
    --------
    >>> never_read(Geometry(6, 3, stride=2)).sum(axis=0).tolist()
    [1, 1, 1, 1, 1, 6]
    """
    read = np.zeros(geometry.padded_shape, bool)
    for tap in geometry.taps:
        read[tap.view] = True
    return ~read
