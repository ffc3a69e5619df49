"""Rows of small boards, each a kernel or a map, painted pixel by pixel.

A board of 3 × 3 is enlarged by a whole number of drawn pixels, so that all its cells are alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb

from convlab.draw import palette
from convlab.draw.scene import SHARPNESS


@dataclass(frozen=True)
class Boards:
    """Where rows of boards lie.

    Parameters
    ----------
    left, top : float
        In pixels of the page.
    pitch : int
        Pixels from one board to the next, of which 2 stay free.
    rows, cols : int
        How many there is room for.
    colour : str
        Of the line around each.
    """

    left: float
    top: float
    pitch: int
    rows: int
    cols: int
    colour: str

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top."""
        right, bottom = self.left + self.cols * self.pitch, self.top - self.rows * self.pitch
        return self.left, right, bottom, self.top

    def paint(self, boards: np.ndarray) -> np.ndarray:
        """Return the pixels of boards, shape (rows, cols, height, width): RGBA bytes.

        The colours are centred on 0, and the same for all of them.
        """
        return self.show(palette.diverging(boards)[..., :3])

    def show(self, colours: np.ndarray) -> np.ndarray:
        """Return the pixels of boards in their colours, shape (rows, cols, height, width, 3)."""
        pitch = round(self.pitch * SHARPNESS)
        sheet = np.full((self.rows, pitch, self.cols, pitch, 4), 255, np.uint8)
        rows, cols, high, wide = colours.shape[:4]
        side = max(1, (pitch - 5) // max(high, wide))
        tall, broad = side * high + 2, side * wide + 2
        top, left = (pitch - tall) // 2, (pitch - broad) // 2
        boards = sheet.swapaxes(1, 2)[:rows, :cols, top : top + tall, left : left + broad, :3]
        boards[...] = _bytes(np.array(to_rgb(self.colour)))
        boards[:, :, 1:-1, 1:-1] = _bytes(colours).repeat(side, 2).repeat(side, 3)
        return np.asarray(sheet.reshape(self.rows * pitch, self.cols * pitch, 4))


def _bytes(colours: np.ndarray) -> np.ndarray:
    return np.asarray((255 * colours).round(), np.uint8)


def inked(picture: np.ndarray, colour: str) -> np.ndarray:
    """Return the colours of a picture from 0, paper, to 1, the full colour."""
    return np.asarray(1 - np.clip(picture, 0, 1)[..., None] * (1 - np.array(to_rgb(colour))))
