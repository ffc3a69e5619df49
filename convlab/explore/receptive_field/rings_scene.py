"""The rings of cells that one kernel combines with a pixel, and what an even size does to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import board
from convlab.draw.cell_styles import INPUT_CELLS, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.shapes import discs
from convlab.draw.text import text_path

SIZE = 9
CENTRE = SIZE // 2
CELL = 40.0
SHADES = (0.95, 0.62, 0.38, 0.2)


@dataclass(frozen=True)
class RingsState:
    """The size of a square kernel."""

    kernel: int = 3

    @property
    def rings(self) -> np.ndarray:
        """The ring that each cell of the window lies on: shape (kernel, kernel)."""
        return ring_numbers(self.kernel)


def ring_numbers(kernel: int) -> np.ndarray:
    """Return, for each cell of a window, the ring that it lies on around the output pixel.

    The output pixel sits on window cell ⌊(k − 1)/2⌋, so that an even window reaches one cell
    further towards the end; the same rule puts the extra row of `same` padding at the end.

    Examples
    --------
    >>> ring_numbers(3)
    array([[1, 1, 1],
           [1, 0, 1],
           [1, 1, 1]])
    >>> ring_numbers(2)
    array([[0, 1],
           [1, 1]])
    """
    distance = np.abs(np.arange(kernel) - (kernel - 1) // 2)
    return np.asarray(np.maximum.outer(distance, distance))


class RingsScene(Scene[RingsState]):
    """A square window on a grid, each cell labelled with its ring."""

    def __init__(self, *, width: int = 540, height: int = 396) -> None:
        super().__init__(width, height)
        side = SIZE * CELL
        self._board = board((SIZE, SIZE), (width - side) / 2, height / 2, (side, side), CELL)
        grid = self.polygons(**INPUT_CELLS | {"linewidths": 1.0})
        grid.set_verts(self._board.boxes())
        self._rings = self.polygons(moving=True, edgecolors=palette.KERNEL, linewidths=1.0)
        self._window = self.polygons(moving=True, **WINDOW | {"linewidths": 3.0})
        pixel = self.polygons(
            moving=True, facecolors="none", edgecolors=palette.DEEP[palette.OUTPUT], linewidths=3.5
        )
        pixel.set_verts(self._board.boxes([CENTRE * SIZE + CENTRE]))
        self._middle = self.polygons(
            moving=True, facecolors=palette.LOOK_HERE, edgecolors=palette.PAPER, linewidths=1.0
        )
        self._labels = self.text(moving=True)

    def move(self, state: RingsState) -> None:
        """Show the window and its rings; where it has no middle cell, the middle as well."""
        kernel, rings = state.kernel, state.rings.ravel()
        inside = slice(CENTRE - (kernel - 1) // 2, CENTRE + kernel // 2 + 1)
        window = self._board.part(inside, inside)
        shades = [palette.tint(palette.KERNEL, SHADES[ring]) for ring in rings]
        self._rings.set(verts=window.boxes(), facecolors=shades)
        self._window.set_verts([window.block((0, kernel), (0, kernel))])
        diamond = discs(np.array([window.middle]), 0.16 * CELL, corners=4)
        self._middle.set_verts([] if kernel % 2 else diamond)
        around = np.flatnonzero(rings)
        texts = [str(ring) for ring in rings[around]]
        self._labels.set_path(text_path(texts, window.middles(around), 17))
