"""The state of the fan-out: an input cell, and where it is seen from."""

from __future__ import annotations

from dataclasses import dataclass

from convlab.explore.backprop.worked_example import Connection, WorkedExample, worked
from convlab.geometry import Geometry


@dataclass(frozen=True)
class FanOutState:
    """An input cell, and where it is seen from.

    Parameters
    ----------
    geometry : Geometry
    cell : int, default 0
        The input cell, counted from 0 along the rows.
    backward : bool, default False
        Whether gradients come home along the lines, instead of the cell going out.
    azimuth, elevation : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    cell: int = 0
    backward: bool = False
    azimuth: float = 32
    elevation: float = 25

    @property
    def numbers(self) -> WorkedExample:
        """The numbers of this geometry."""
        return worked(self.geometry)

    @property
    def feeds(self) -> list[Connection]:
        """The connections to the outputs that the cell feeds."""
        return self.numbers.fed_by(self.cell)

    @property
    def products(self) -> list[float]:
        """What comes home on each line: weight × ∂ℓ/∂y."""
        n = self.numbers
        return [float(n.weight[m.weight] * n.grad_output.flat[m.pixel]) for m in self.feeds]

    @property
    def gradient(self) -> float:
        """The loss's derivative for the cell."""
        return self.numbers.gradient_of(self.cell)
