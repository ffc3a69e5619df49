"""A 1×1 kernel over red, green and blue: its weights, its bias, and what it makes of pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convlab.arrays import Array
from convlab.explore.channels.kernel_bank_numbers import picture

OWN = "by hand"
MIXTURES = {
    "grey, as bright as it looks": (0.3, 0.59, 0.11, 0),
    "plain average": (0.33, 0.33, 0.34, 0),
    "red only": (1.0, 0.0, 0.0, 0),
    "red − blue": (1.0, 0.0, -1.0, 0),
    "negative": (-0.3, -0.59, -0.11, 255),
}
"""The weights of red, green and blue, and the bias."""
PLACES = {"red stripe": (165, 50), "blue wall": (60, 220), "white shirt": (250, 133)}
"""Pixels of the photograph to follow, (row, column)."""


@dataclass(frozen=True)
class MixState:
    """A 1×1 kernel over red, green and blue, and its bias."""

    red: float
    green: float
    blue: float
    bias: float = 0.0

    @property
    def weights(self) -> tuple[float, float, float]:
        """The weights, to the hundredths that are written."""
        return round(self.red, 2), round(self.green, 2), round(self.blue, 2)

    @property
    def mixture(self) -> str:
        """The name of the mixture, if it has one."""
        now = (*self.weights, self.bias)
        return next((name for name, mixture in MIXTURES.items() if mixture == now), OWN)

    @property
    def pixels(self) -> Array:
        """The pixels that are followed, shape (pixels, 3)."""
        return np.array([picture()[:, row, col].round() for row, col in PLACES.values()])

    @property
    def mixed(self) -> Array:
        """What becomes of each of them."""
        return np.asarray(self.pixels @ np.array(self.weights) + self.bias)
