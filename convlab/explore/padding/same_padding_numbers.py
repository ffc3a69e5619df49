"""One axis, padded in two ways that keep its size: which cells each output then sits on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convlab.geometry import Geometry

Range = tuple[int, int]


@dataclass(frozen=True)
class SameState:
    """One axis of a convolution, and the output pixel to look at.

    Parameters
    ----------
    size, kernel, stride, dilation : int
    step : int, default 0
        The output pixel.
    """

    size: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    step: int = 0

    @cached_property
    def adapted(self) -> Geometry:
        """``same``: the output is ⌈n/s⌉, whatever padding that takes."""
        return self._geometry("same")

    @cached_property
    def fixed(self) -> Geometry:
        """The same padding ⌊d(k − 1)/2⌋ on both sides, whatever the size and the stride."""
        p = self.dilation * (self.kernel - 1) // 2
        return self._geometry(((0, 0), (p, p)))

    @property
    def outputs(self) -> tuple[int, int]:
        """How many output pixels the two ways leave."""
        return self.adapted.output_shape[1], self.fixed.output_shape[1]

    @property
    def apart(self) -> float:
        """How far the two centres of the pixel lie apart, in cells, where both ways have it."""
        return float(abs(centres(self.adapted)[self.step] - centres(self.fixed)[self.step]))

    def _geometry(self, padding: Any) -> Geometry:
        return Geometry(
            (1, self.size),
            (1, self.kernel),
            stride=(1, self.stride),
            padding=padding,
            dilation=(1, self.dilation),
        )


def starts(geometry: Geometry) -> np.ndarray:
    """Return the input cell on which each window starts; below 0 it is padding."""
    return np.arange(geometry.output_shape[1]) * geometry.stride[1] - geometry.padding[1][0]


def centres(geometry: Geometry) -> np.ndarray:
    """Return where each window's centre lies, in input cells: 1 is the middle of cell 1."""
    return starts(geometry) + (geometry.span[1] - 1) / 2


def shown(state: SameState) -> list[Range]:
    """Return the cells that are drawn, as half-open ranges: one, or three if the strip is long."""
    before = max(g.padding[1][0] for g in (state.adapted, state.fixed))
    after = max(g.padding[1][1] for g in (state.adapted, state.fixed))
    span, n = state.adapted.span[1], state.size
    end, middle = span // 2 + 4, span + 4
    if n <= 2 * end + middle + 2:
        return [(-before, n + after)]
    first = state.step * state.stride - before - 1
    start = max(end, min(n - end - middle, first))
    return [(-before, end), (start, start + middle), (n - end, n + after)]
