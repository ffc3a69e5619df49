"""A digit drawn by hand, what is done to it, and what the network makes of it.

The pen draws on 32 × 32 pixels; the ink in each block of 4 × 4 is counted, as it was for the digits
that the network learned from. The counts, from 0 to 16, are divided by 16. Then the picture may be
moved, covered with noise, and a patch of it hidden, in this order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from convlab.arrays import Array
from convlab.convnet import Maps
from convlab.explore.network.draw_digit_ink import BLOCK, SIDE, Ink, fitted, pixels
from convlab.explore.network.trained_network import NETWORK, Reading, trained
from convlab.inspection import bitmap_counts, occlusion_map, without_patch
from convlab.learning import softmax

CELLS = SIDE // BLOCK
FARTHEST = 3
"""Rows or columns of the 8 × 8 picture that it may be moved."""


def moved(picture: Array, down: int, right: int) -> Array:
    """Return a picture moved by whole cells; paper comes in, and what leaves is lost.

    Examples
    --------
    >>> moved(np.array([[1.0, 2], [3, 4]]), 1, -1)
    array([[0., 0.],
           [2., 0.]])
    """
    rows, cols = picture.shape
    wide = np.pad(picture, ((abs(down),) * 2, (abs(right),) * 2))
    top, left = abs(down) - down, abs(right) - right
    return np.asarray(wide[top : top + rows, left : left + cols])


@lru_cache(maxsize=1)
def noise_pattern() -> Array:
    """Return the noise of full strength: normal, of deviation 1, and always the same."""
    return np.random.default_rng(10).normal(size=(CELLS, CELLS))


@dataclass(frozen=True)
class DrawDigitState(Reading):
    """A drawing, where the pen is, and what is done to the picture before it is read.

    Parameters
    ----------
    pen : {"up", "draw", "erase"}
    pen_row, pen_column : int
        Pixels of the paper.
    fit : bool
        Whether the drawing is made as large as the paper, and put in its middle.
    down, right : int
        Cells of the 8 × 8 picture.
    noise : int
        Deviation of the noise, in percent of full ink.
    hide : int
        Rows and columns of the hidden patch; 0 hides nothing.
    hide_row, hide_column : int
        The cell in its middle.
    ink : bytes
    """

    pen: str
    pen_row: int
    pen_column: int
    fit: bool
    down: int
    right: int
    noise: int
    hide: int
    hide_row: int
    hide_column: int
    ink: Ink = b""

    @cached_property
    def counts(self) -> Array:
        """How much ink each block of the paper has, 0 to 16."""
        paper = fitted(self.ink) if self.fit else self.ink
        return bitmap_counts(pixels(paper), block=BLOCK)

    @cached_property
    def whole(self) -> Array:
        """The picture before a patch is hidden, from 0 to 1."""
        picture = moved(self.counts / BLOCK**2, self.down, self.right)
        noise = self.noise / 100 * noise_pattern()
        return np.clip(picture + noise, 0, 1) if self.noise else picture

    @cached_property
    def picture(self) -> Array:
        """What the network is shown."""
        if not self.hide:
            return self.whole
        return without_patch(self.whole, (self.hide_row, self.hide_column), self.hide)

    @cached_property
    def maps(self) -> Maps:
        """Every number of the forward pass."""
        return NETWORK.forward(trained(), self.picture)

    @cached_property
    def unhidden(self) -> Array:
        """The probabilities with nothing hidden."""
        if not self.hide:
            return self.probabilities
        return np.asarray(softmax(NETWORK.forward(trained(), self.whole).scores)[0])

    @property
    def first_answer(self) -> int:
        """What the network reads with nothing hidden."""
        return int(self.unhidden.argmax())

    @cached_property
    def needed(self) -> Array:
        """How sure the network still is of that, with a patch hidden around each cell."""
        return occlusion_map(NETWORK, trained(), self.whole, self.first_answer, size=self.patch)

    @property
    def patch(self) -> int:
        """Rows and columns of the patch that is tried in all places."""
        return self.hide or 3

    @cached_property
    def moved_along(self) -> tuple[tuple[int, int] | None, ...]:
        """For the maps of each layer's ReLU: how many cells moved along, of how many compared.

        None where the move is no whole number of their cells. What the edge reaches is not
        compared: there, other ink is read.
        """
        still = NETWORK.forward(trained(), self.counts / BLOCK**2)
        found: list[tuple[int, int] | None] = []
        for layer, (before, after) in enumerate(zip(still.layers, self.maps.layers, strict=True)):
            cell = 2**layer
            if self.down % cell or self.right % cell:
                found.append(None)
                continue
            old = before.activated[0]
            down, right = self.down // cell, self.right // cell
            along = np.array([moved(plane, down, right) for plane in old])
            known = moved(np.pad(np.ones(np.subtract(old.shape[1:], 2)), 1), down, right) > 0
            known[[0, -1]], known[:, [0, -1]] = False, False
            same = np.isclose(along, after.activated[0])[:, known]
            found.append((int(same.sum()), same.size))
        return tuple(found)

    @property
    def misfits(self) -> tuple[str, ...]:
        """What the picture, before noise and hiding, lacks of those that were learned from."""
        before = self.counts / BLOCK**2
        picture = moved(before, self.down, self.right)
        if not picture.any():
            return ()
        rows = np.flatnonzero(picture.any(axis=1))
        middle = (picture.sum(axis=0) @ np.arange(CELLS)) / picture.sum()
        found = {
            "cut": not np.isclose(picture.sum(), before.sum()),
            "small": bool(np.ptp(rows) < CELLS - 2),
            "aside": abs(middle - (CELLS - 1) / 2) > 1,
        }
        return tuple(name for name, lacks in found.items() if lacks)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.whole.any()
