"""What the flat pictures of this topic share: grids in a row, with signs between them."""

from __future__ import annotations

from typing import Any

import numpy as np

from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing


def partly(
    drawing: Drawing,
    where: CellGrid,
    values: np.ndarray,
    role: str,
    there: np.ndarray,
    **options: Any,
) -> None:
    """Draw the cells that are there with their numbers, and of the others a dashed outline."""
    drawing.grid(where, values, role, shown=there, **options)
    drawing.grid(where, shown=~there, empty=~there)
