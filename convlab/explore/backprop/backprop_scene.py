"""Back-propagation through one convolution, a picture for each step of the derivation."""

from __future__ import annotations

from dataclasses import dataclass

from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.backprop import input_gradient, weight_gradient
from convlab.explore.backprop.worked_example import WorkedExample, worked
from convlab.geometry import Geometry

STEPS = (
    "the forward pass",
    "which outputs x₁ touches",
    "the partials: column 1 of C̃",
    "the chain rule sums",
    "the same for every input cell",
    "all of them stacked: C̃ᵀ",
    "why the transpose",
    "C̃ᵀ is again a convolution",
    "second job: where a weight appears",
    "sum over the windows",
    "all weights at once: W′ = O′ @ I",
    "the bias",
    "one step against the gradient",
)
"""What each step is about."""

USES_CELL = (4, 5, 7)
"""Steps that look at the input cell of the state; the others look at the first, or at all."""
USES_WEIGHT = (8, 9, 10)
"""Steps that look at the weight of the state."""


@dataclass(frozen=True)
class BackpropState:
    """One step of the derivation.

    Parameters
    ----------
    geometry : Geometry
    step : int, default 0
        Which of `STEPS`.
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
    def looked_at(self) -> int:
        """The input cell that this step is about."""
        return self.cell if self.step in USES_CELL else 0

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the weight looked at."""
        return divmod(self.weight, self.geometry.kernel_size[1])


class BackpropScene(DrawingScene):
    """The picture of one step."""

    def __init__(self, *, width: int = 850, height: int = 276) -> None:
        super().__init__(width, height)

    def update(self, state: BackpropState) -> None:
        """Draw the picture of the step."""
        self.show(self.sheet(state))

    def sheet(self, state: BackpropState) -> Drawing:
        """Return what is drawn at a step."""
        sheet, numbers, cell = Drawing(), state.numbers, state.looked_at
        match state.step:
            case 0:
                input_gradient.forward(sheet, numbers)
            case 1:
                input_gradient.touched(sheet, numbers)
            case 2:
                input_gradient.column(sheet, numbers, cell, summed=False)
            case 3 | 4:
                input_gradient.column(sheet, numbers, cell, summed=True)
            case 5:
                input_gradient.transposed(sheet, numbers, cell)
            case 6:
                input_gradient.both_ways(sheet, numbers)
            case 7:
                input_gradient.as_convolution(sheet, numbers, cell)
            case 8:
                weight_gradient.appearances(sheet, numbers, state.place)
            case 9:
                weight_gradient.window_sum(sheet, numbers, state.place)
            case 10:
                weight_gradient.as_correlation(sheet, numbers, state.place)
            case 11:
                weight_gradient.bias(sheet, numbers)
            case 12:
                weight_gradient.descent(sheet, numbers)
        sheet.centre(self.width)
        return sheet
