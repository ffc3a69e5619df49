"""The state of the derivation: which step is shown, at which geometry, and what it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from convlab.explore.backprop.worked_example import Connection, WorkedExample, worked
from convlab.geometry import Geometry


@dataclass(frozen=True)
class BackpropState:
    """One step of the derivation.

    Parameters
    ----------
    geometry : Geometry
    step : int, default 0
        Which of `convlab.explore.backprop.derivation.STEPS`.
    cell : int, default 0
        The input cell looked at, counted from 0 along the rows.
    weight : int, default 0
        The weight looked at, likewise.
    """

    geometry: Geometry
    step: int = 0
    cell: int = 0
    weight: int = 0

    @property
    def numbers(self) -> WorkedExample:
        """The numbers of this geometry."""
        return worked(self.geometry)

    @property
    def row_1(self) -> list[Connection]:
        """The connections to the first output."""
        return [line for line in self.numbers.connections if line.pixel == 0]

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the weight looked at."""
        return divmod(self.weight, self.geometry.kernel_size[1])

    @cached_property
    def met_cells(self) -> list[int | None]:
        """The input cell that the weight looked at meets in each window; None for padding."""
        lines = (line for line in self.numbers.connections if line.weight == self.place)
        met = {line.pixel: line.source for line in lines}
        return [met.get(pixel) for pixel in range(self.geometry.steps)]

    @cached_property
    def conditions(self) -> dict[str, bool]:
        """What is so, by the names that the words give it."""
        n, g, first = self.numbers, self.geometry, len(self.row_1)
        outputs, fed, on_padding = n.y.size, len(n.fed_by(0)), self.met_cells.count(None)
        padded, strided = g.padded_shape != g.input_shape, max(g.stride) > 1
        left_over = max(g.leftover) > 0
        before, after = n.losses
        return {
            "always": True,
            "row 1 holds one": first == 1,
            "row 1 holds several": first != 1,
            "padded": padded,
            "strided, not padded": strided and not padded,
            "x₁ feeds nothing": fed == 0,
            "x₁ feeds outputs": fed > 0,
            "x₁ misses one": 0 < fed == outputs - 1,
            "x₁ misses several": 0 < fed < outputs - 1,
            "column 1 is one weight": outputs == fed == 1,
            "column 1 is one 0": outputs == 1 and fed == 0,
            "column 1 holds one": outputs > 1 and fed == 1,
            "column 1 holds several": outputs > 1 and fed != 1,
            "x feeds nothing": not n.fed_by(self.cell),
            "x feeds outputs": bool(n.fed_by(self.cell)),
            "some cells uncovered": not n.covered.all(),
            "zeros explained": padded or left_over,
            "zeros plain": not (padded or left_over),
            "one output": outputs == 1,
            "several outputs": outputs > 1,
            "once on padding": on_padding == 1,
            "often on padding": on_padding > 1,
            "strided": strided,
            "cropped": n.uncropped.shape != n.weight.shape,
            "dilated": max(g.dilation) > 1,
            "several weights": n.weight.size > 1,
            "the loss falls": after < before,
            "the loss stays": not after < before,
        }
