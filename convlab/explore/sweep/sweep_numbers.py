"""The state of the sweep, and the numbers that picture and words tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.draw.planes import input_mask
from convlab.explore.samples import KERNEL, PICTURE
from convlab.geometry import Geometry


@dataclass(frozen=True, eq=False)
class Sample:
    """An input and a kernel; a geometry smaller than they are takes their upper left part."""

    x: np.ndarray
    weight: np.ndarray


GUIDE = Sample(PICTURE, KERNEL)


@dataclass(frozen=True)
class SweepState:
    """Everything that the sweep shows.

    Parameters
    ----------
    geometry : Geometry
    step : int, default 0
        The output pixel, counted along the rows.
    azimuth, elevation : float
        Of the camera, in degrees.
    operation : bool, default False
        True for the convolution of mathematics, False for deep learning's.
    weights : bool, default True
        Whether the weights are written into the corners of the cells that they cover.
    flat : bool, default False
        Whether input and output lie side by side, seen from above.
    sample : Sample
    pointed : (int, int), optional
        The kernel cell that the mouse points at: its row and column.
    """

    geometry: Geometry
    step: int = 0
    azimuth: float = 25
    elevation: float = 32
    operation: bool = False
    weights: bool = True
    flat: bool = False
    sample: Sample = GUIDE
    pointed: tuple[int, int] | None = None

    @property
    def look(self) -> np.ndarray | None:
        """Which cell of the kernel is pointed at: bool, shape of the kernel; None if none is."""
        if self.pointed is None or not np.less(self.pointed, self.weight.shape).all():
            return None
        mask = np.zeros(self.weight.shape, bool)
        mask[self.pointed] = True
        return mask

    def weight_over(self, cell: tuple[int, int]) -> tuple[int, int] | None:
        """Return the row and column of the weight that lies over a cell of the padded input."""
        _, rows, cols = self.geometry.window(self.step)
        inside = cell[0] in rows and cell[1] in cols
        return (rows.index(cell[0]), cols.index(cell[1])) if inside else None

    @cached_property
    def x(self) -> np.ndarray:
        """The input."""
        rows, cols = self.geometry.input_shape
        return self.sample.x[:rows, :cols]

    @cached_property
    def weight(self) -> np.ndarray:
        """The kernel as it is laid on the input."""
        rows, cols = self.geometry.kernel_size
        weight = self.sample.weight[:rows, :cols]
        return flip(weight) if self.operation else weight

    @cached_property
    def y(self) -> np.ndarray:
        """The output."""
        return conv2d(self.x, self.weight, **self.geometry.layout)

    @cached_property
    def outside(self) -> np.ndarray:
        """Which cells of the patch under the kernel are padding: bool, shape of the kernel."""
        _, rows, cols = self.geometry.window(self.step)
        return ~input_mask(self.geometry)[np.ix_(rows, cols)]

    @cached_property
    def patch(self) -> np.ndarray:
        """What lies under the kernel, shape of the kernel."""
        _, rows, cols = self.geometry.window(self.step)
        return np.pad(self.x, self.geometry.padding)[np.ix_(rows, cols)]
