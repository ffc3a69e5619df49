"""What is written on the input plane of the sweep, and what of it the output plane hides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from matplotlib.path import Path

from convlab.draw.camera import Camera, cells
from convlab.draw.planes import centred, grid_cells, input_mask, letters, touched
from convlab.draw.text import LEGIBLE, NOTHING, text_boxes, text_path
from convlab.explore.sweep.sweep_numbers import SweepState
from convlab.formatting import plain

CORNER = np.array([-0.3, -0.3])
"""Where in its cell a weight is written: rows and columns from the middle."""
WIDEST = 2 * (0.5 + CORNER[1])
"""How many cells a weight is wide at most, so that it stays inside its own."""
SMALLEST = 7.5
"""Font size below which a weight is left to the table; from there on it is written legibly."""
MARGIN = 1.0
"""Pixels between a text and what may not touch it."""


@dataclass(frozen=True, eq=False)
class Lettering:
    """Short texts that are written alike.

    Parameters
    ----------
    texts : list of str
    places : ndarray, shape (len(texts), 2)
        Where their middles are, in pixels.
    size : float
        Font size; with 0 nothing is written.
    room : float, optional
        Wider texts are made smaller until they fit.
    bold : bool, default False
    """

    texts: list[str]
    places: np.ndarray
    size: float
    room: float | None = None
    bold: bool = False

    @cached_property
    def boxes(self) -> np.ndarray:
        """The lower left and the upper right corner of each text: shape (len(texts), 2, 2)."""
        texts = self.texts if self.size else []
        places = self.places[: len(texts)]
        return text_boxes(texts, places, self.size, room=self.room, bold=self.bold)

    @cached_property
    def path(self) -> Path:
        """The outlines of all texts."""
        if not self.size:
            return NOTHING
        return text_path(self.texts, self.places, self.size, room=self.room, bold=self.bold)

    def clear_of(self, outline: np.ndarray) -> Lettering:
        """Return the texts that a parallelogram, shape (4, 2), does not touch; itself if all."""
        seen = ~touched(self.boxes + [[-MARGIN], [MARGIN]], outline)
        if seen.all():
            return self
        texts = [text for text, kept in zip(self.texts, seen, strict=True) if kept]
        return replace(self, texts=texts, places=self.places[seen])


def plane_letterings(camera: Camera, state: SweepState) -> tuple[Lettering, Lettering]:
    """Return the numbers of the input and the zeros of its padding."""
    size, room = letters(camera)
    start = [side.start for side in state.geometry.inside]
    rows, cols = grid_cells(state.geometry.input_shape)
    around = np.nonzero(~input_mask(state.geometry))
    # A weight needs the corner, so that the number makes room for it.
    aside = -0.45 * CORNER if _corner_size(camera, state) else np.zeros(2)
    numbers = _middles(camera, state, rows + start[0], cols + start[1], aside)
    zeros = _middles(camera, state, around[0], around[1], np.zeros(2))
    return (
        Lettering(_written(state.x), numbers, size, room),
        Lettering(["0"] * len(zeros), zeros, max(0.8 * size, LEGIBLE) if size else 0.0),
    )


def weight_lettering(camera: Camera, state: SweepState) -> Lettering:
    """Return the weights, in the corners of the cells that they cover at this step."""
    _, down, across = state.geometry.window(state.step)
    rows, cols = (part.ravel() for part in np.meshgrid(down, across, indexing="ij"))
    places = _middles(camera, state, rows, cols, CORNER)
    size, room = _corner_size(camera, state), WIDEST * camera.zoom
    return Lettering(_written(state.weight), places, size, room, bold=True)


def _middles(
    camera: Camera, state: SweepState, rows: np.ndarray, cols: np.ndarray, aside: np.ndarray
) -> np.ndarray:
    """Return where cells of the padded input are drawn, moved `aside` by parts of a cell."""
    first = np.add(centred(state.geometry.padded_shape), aside)
    corners = cells(rows, cols, 0, origin=(float(first[0]), float(first[1])))
    return np.asarray(camera.project(corners.mean(axis=1)))


def _corner_size(camera: Camera, state: SweepState) -> float:
    return weight_size(camera) if state.weights else 0.0


def _written(values: np.ndarray) -> list[str]:
    return [plain(value) for value in values.ravel()]


def weight_size(camera: Camera) -> float:
    """Return the font size of the weights in the corners of cells; 0 where there is no room."""
    size = 0.62 * letters(camera)[0]
    return max(size, LEGIBLE) if size >= SMALLEST else 0.0
