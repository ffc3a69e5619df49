"""Three gradients as they were coded, beside the numerical ones, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.backprop.mistakes import TOLERANCE, Agreement, agreements
from convlab.explore.backprop.worked_example import WorkedExample, worked
from convlab.geometry import Geometry

NAMES = {"x": "∂ℓ/∂x", "weight": "∂ℓ/∂w", "bias": "∂ℓ/∂b"}
PLACES = {"x": (16, 290, 156, 222), "weight": (550, 290, 84, 84), "bias": (550, 140, 84, 40)}
"""Left and top of each comparison, and the room for each of its grids, in pixels."""


@dataclass(frozen=True)
class GradientCheckState:
    """A geometry, and the mistake that is planted.

    Parameters
    ----------
    geometry : Geometry
    mistake : str, default "none"
        One of `MISTAKES`.
    symmetric : bool, default False
        Whether the kernel looks the same when rotated.
    """

    geometry: Geometry
    mistake: str = "none"
    symmetric: bool = False

    @property
    def numbers(self) -> WorkedExample:
        """The numbers of this geometry."""
        return worked(self.geometry, self.symmetric)

    @property
    def agreements(self) -> dict[str, Agreement]:
        """How each coded gradient agrees with the numerical one."""
        return agreements(self.numbers, self.mistake)


def in_words(error: float) -> str:
    """Write a relative error: in percent where it is large.

    Examples
    --------
    >>> in_words(0.5), in_words(2.3e-10), in_words(0.0)
    ('50 %', '2 · 10⁻¹⁰', '0')
    """
    if error == 0:
        return "0"
    if error >= 1e-3:
        return f"{100 * error:.0f} %"
    digit, power = f"{error:.0e}".split("e")
    return f"{digit} · 10{''.join('⁻' if c == '-' else _RAISED[int(c)] for c in str(int(power)))}"


_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class GradientCheckScene(DrawingScene):
    """Coded, numerical and difference, for ∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b."""

    def __init__(self, *, width: int = 850, height: int = 300) -> None:
        super().__init__(width, height)

    def update(self, state: GradientCheckState) -> None:
        """Draw the comparison."""
        self.show(self.sheet(state))

    def sheet(self, state: GradientCheckState) -> Drawing:
        """Return what is drawn."""
        sheet = Drawing()
        for part, agreement in state.agreements.items():
            _compare(sheet, NAMES[part], agreement, *PLACES[part])
        return sheet


def _compare(
    sheet: Drawing,
    name: str,
    agreement: Agreement,
    left: float,
    top: float,
    wide: float,
    high: float,
) -> None:
    own, other = (np.atleast_2d(part) for part in agreement)
    side = min(38.0, wide / other.shape[1], high / other.shape[0])
    boards = [
        CellGrid(*other.shape, left + k * (wide + 20), top - 52, side, side) for k in range(3)
    ]
    colour = palette.DEEP[palette.OUTPUT if agreement.passes else palette.LOOK_HERE]
    if agreement.same_shape:
        verdict = f"relative error {in_words(agreement.error)}"
    else:
        verdict = f"shape {own.shape[0]} × {own.shape[1]}, not {other.shape[0]} × {other.shape[1]}"
    label = palette.DEEP[palette.GRADIENT]
    sheet.text(name, left, top - 10, 17, label, align="left", bold=True)
    mark = "✓" if agreement.passes else "✗"
    sheet.text(f"{mark} {verdict}", left + 66, top - 10, 15, colour, align="left", bold=True)
    for where, title in zip(boards, ("coded", "numerical", "difference"), strict=True):
        sheet.text(title, where.left, top - 37, 13, align="left")
    there = np.zeros(other.shape, bool)
    there[: own.shape[0], : own.shape[1]] = True
    padded = np.zeros(other.shape)
    padded[there] = own.ravel()
    sheet.grid(boards[0], padded.round(6), "gradient", shown=there)
    sheet.grid(boards[0], shown=~there, empty=~there)
    sheet.grid(boards[1], other.round(6), "gradient")
    if not agreement.same_shape:
        sheet.grid(boards[2], empty=np.ones(other.shape, bool))
        return
    gap = own - other
    sheet.grid(boards[2], gap.round(6))
    scale = max(np.abs(own).max(), np.abs(other).max())
    for row, col in np.argwhere(np.abs(gap) > TOLERANCE * scale):
        sheet.frame(boards[2], int(row), int(col))
