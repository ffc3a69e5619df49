"""The rings of cells around a pixel that one kernel fuses, and what an even size does to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_styles import INPUT_CELLS, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.text import text_path

SIZE = 9
CENTRE = SIZE // 2
CELL = 40.0
SHADES = (0.95, 0.62, 0.38, 0.2)


@dataclass(frozen=True)
class RingsState:
    """The size of a square kernel."""

    kernel: int = 3


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
    return np.maximum.outer(distance, distance)


class RingsScene(Scene):
    """A square window on a grid, each cell labelled with its ring."""

    def __init__(self, *, width: int = 540, height: int = 396) -> None:
        super().__init__(width, height)
        self._corner = np.array([(width - SIZE * CELL) / 2, (height + SIZE * CELL) / 2])
        orange = palette.KERNEL
        everywhere = np.argwhere(np.ones((SIZE, SIZE)))
        self._grid = self.polygons(**INPUT_CELLS | {"linewidths": 1.0})
        self._grid.set_verts(self._cells(everywhere))
        self._rings = self.polygons(moving=True, edgecolors=orange, linewidths=1.0)
        self._window = self.polygons(moving=True, **WINDOW | {"linewidths": 3.0})
        self._pixel = self.polygons(
            moving=True, facecolors="none", edgecolors=palette.DEEP[palette.OUTPUT], linewidths=3.5
        )
        self._middle = self.polygons(
            moving=True, facecolors=palette.LOOK_HERE, edgecolors=palette.PAPER, linewidths=1.0
        )
        self._labels = self.text(moving=True)

    def update(self, state: RingsState) -> None:
        """Move the artists to show `state`."""
        rings = ring_numbers(state.kernel)
        first = CENTRE - (state.kernel - 1) // 2
        inside = np.argwhere(rings >= 0) + first
        self._rings.set_verts(self._cells(inside))
        self._rings.set_facecolors([palette.tint(palette.KERNEL, SHADES[r]) for r in rings.flat])
        last = first + state.kernel
        self._window.set_verts(
            [self._at([[first, first], [first, last], [last, last], [last, first]])]
        )
        self._pixel.set_verts(self._cells(np.array([[CENTRE, CENTRE]])))
        centre = first + state.kernel / 2
        diamond = np.array([[-1, 0], [0, 1], [1, 0], [0, -1]]) * 0.16 + centre
        self._middle.set_verts([self._at(diamond)] if state.kernel % 2 == 0 else [])
        others = inside[rings.ravel() > 0]
        texts = [str(r) for r in rings.flat if r > 0]
        self._labels.set_path(text_path(texts, self._at(others + 0.5), 17))

    def _at(self, points: object) -> np.ndarray:
        """Turn (row, column) points into pixels."""
        rows, cols = np.asarray(points, float).T
        return np.column_stack([self._corner[0] + CELL * cols, self._corner[1] - CELL * rows])

    def _cells(self, places: np.ndarray) -> np.ndarray:
        corners = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
        return np.stack([self._at(place + corners) for place in places])
