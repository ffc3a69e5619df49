"""The state of the flattening: which cell goes where, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.geometry import Pair

FLIGHT = 4
"""Steps that a cell is under way."""
ROW_BY_ROW, COLUMN_BY_COLUMN = "rows", "columns"


@dataclass(frozen=True)
class FlattenState:
    """Everything that the picture shows.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of one channel.
    channels : int, default 1
    step : int, default 0
        Cell i leaves after step i and lands at step i + 4.
    order : {"rows", "columns"}
        Which cells follow each other: those of a row, as numpy and these lessons have it, or those
        of a column.
    """

    shape: Pair
    channels: int = 1
    step: int = 0
    order: str = ROW_BY_ROW

    @property
    def size(self) -> int:
        """Number of cells."""
        return self.channels * self.shape[0] * self.shape[1]

    @property
    def steps(self) -> int:
        """Number of steps until all have landed, with the start."""
        return self.size + FLIGHT

    @property
    def landed(self) -> int:
        """How many cells are at their place in the column."""
        return int(np.clip(self.step - FLIGHT + 1, 0, self.size))

    @property
    def followed(self) -> int:
        """The place in the column that was filled last, or is about to be."""
        return max(self.landed - 1, 0)

    @property
    def sequence(self) -> np.ndarray:
        """The cells in the order of the column, each counted along the rows of its channel."""
        cells = np.arange(self.size).reshape(self.channels, *self.shape)
        return (cells if self.order == ROW_BY_ROW else cells.swapaxes(1, 2)).ravel()

    @property
    def line(self) -> int:
        """How many cells follow each other in a row, or in a column."""
        return self.shape[1] if self.order == ROW_BY_ROW else self.shape[0]

    def cell(self, index: int) -> tuple[int, int, int]:
        """Return channel, row and column of what stands in the column at an index."""
        channel, pixel = divmod(int(self.sequence[index]), self.shape[0] * self.shape[1])
        return channel, *divmod(pixel, self.shape[1])
