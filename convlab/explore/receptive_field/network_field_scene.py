"""What one unit of a well-known network sees: a frame on the photograph that is its input."""

from __future__ import annotations

from typing import Any

import numpy as np

from convlab.aliases import Pair
from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Scene
from convlab.draw.shapes import at, discs, place
from convlab.draw.text import text_path
from convlab.explore.receptive_field import network_field_words as words
from convlab.explore.receptive_field.network_field_numbers import (
    PERCENT,
    NetworkFieldState,
    photograph,
)

HEAD, MARGIN = 30.0, 8.0
CLOSEST_UNITS = 13.0  # pixels between two units, below which their dots would hide the picture
Region = tuple[Pair, Pair]
"""Rows and columns of the input, half-open."""


class NetworkFieldScene(Scene[NetworkFieldState]):
    """The photograph, the middles of all units' fields, and the frame of one."""

    def __init__(self, *, width: int = 430, height: int = 440) -> None:
        super().__init__(width, height, photographic=True)
        self._photograph = self.pixels()
        self._border = self.polygons(facecolors="none", edgecolors=palette.INPUT, linewidths=2.0)
        self._dim = self.polygons(moving=True, facecolors=palette.PAPER, alpha=0.6, linewidths=0)
        self._beyond = self.polygons(
            moving=True, facecolors=palette.tint(palette.LOOK_HERE, 0.12), linewidths=0
        )
        self._units = self.polygons(
            moving=True, facecolors=palette.OUTPUT, edgecolors=palette.PAPER, linewidths=0.7
        )
        self._frame = self.polygons(moving=True, **LOOK_HERE | {"linewidths": 3.0})
        self._unit = self.polygons(
            moving=True, facecolors=palette.OUTPUT, edgecolors=palette.INK, linewidths=1.6
        )
        self._map = self.text(palette.DEEP[palette.OUTPUT])
        self._size = self.text(palette.DEEP[palette.LOOK_HERE])

    def pick(self, state: NetworkFieldState, xy: tuple[float, float]) -> dict[str, Any]:
        """Return the place of the photograph, in percent, that is drawn nearest to a pixel."""
        share = place(self._board(state), xy) / state.layers.input_shape
        down, across = np.clip(np.rint(PERCENT * share), 0, PERCENT).astype(int).tolist()
        return {"place": (down, across)}

    def layout(self, state: NetworkFieldState) -> Any:
        """Return the network and the layer, for which all that any unit sees is in view."""
        return state.network, state.layer

    def lay_out(self, state: NetworkFieldState) -> None:
        """Show the photograph, the middles of all units, and what they see in words."""
        board = self._board(state)
        self._photograph.set_data(photograph(board.rows))
        self._photograph.set_extent((board.left, board.right, board.bottom, board.top))
        self._border.set_verts([board.block((0, board.rows), (0, board.cols))])
        y = self.height - 17
        for artist, text, align, x in (
            (self._map, words.map_of(state), "left", MARGIN),
            (self._size, words.each_sees(state), "right", self.width - MARGIN),
        ):
            artist.set_path(text_path([text], np.array([[x, y]]), 15, align=align, bold=True))
        close = board.high * min(state.field.stride) < CLOSEST_UNITS
        every = np.argwhere(np.full(state.map_shape, not close))
        self._units.set_verts(discs(_middles(state, board, every), 2.6, corners=4))

    def move(self, state: NetworkFieldState) -> None:
        """Show the frame of the unit."""
        board, field = self._board(state), state.region
        whole = (0, board.rows), (0, board.cols)
        self._dim.set_verts([board.block(*part) for part in _without(whole, field)])
        self._beyond.set_verts([board.block(*part) for part in _without(field, whole)])
        self._frame.set_verts([board.block(*field)])
        middle = _middles(state, board, np.array([state.unit]))
        self._unit.set_verts(discs(middle, 4.5, corners=4))

    def _board(self, state: NetworkFieldState) -> CellGrid:
        """Return the cells of the input, so that all that any unit of the layer sees is in view."""
        rows, cols = state.layers.input_shape
        last = state.field.region(*(count - 1 for count in state.map_shape))
        (top, _), (left, _) = np.minimum(state.field.region(0, 0), 0)
        bottom, right = max(last[0][1], rows), max(last[1][1], cols)
        room = (self.width - 2 * MARGIN, self.height - HEAD - 2 * MARGIN)
        cell = min(room[0] / (right - left), room[1] / (bottom - top))
        x = self.width / 2 - cell * (left + right) / 2
        y = (self.height - HEAD) / 2 + cell * (top + bottom) / 2
        return CellGrid(rows, cols, x, y, cell, cell)


def _middles(state: NetworkFieldState, board: CellGrid, units: np.ndarray) -> np.ndarray:
    """Return the pixels of the middles of what units see: shape (len(units), 2)."""
    field = state.field
    return at(board, units * field.stride - np.array(field.padding) + np.array(field.size) / 2)


def _without(region: Region, other: Region) -> list[Region]:
    """Return what of a region lies outside another, as up to four regions."""
    (top, bottom), (left, right) = region
    first, last = np.clip(other[0], top, bottom).tolist()
    start, end = np.clip(other[1], left, right).tolist()
    parts: list[Region] = [
        ((top, first), (left, right)),
        ((last, bottom), (left, right)),
        ((first, last), (left, start)),
        ((first, last), (end, right)),
    ]
    return [part for part in parts if all(low < high for low, high in part)]
