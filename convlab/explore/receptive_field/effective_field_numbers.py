"""The effective receptive field beside the theoretical one: which cells count, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np

from convlab.effective_field import effective_receptive_field
from convlab.receptive_field import Layer, receptive_field

LARGEST_SIZE = 81  # cells on a side; random weights of larger fields take longer than a glance
CHANNELS = RUNS = 4
Weights = Literal["uniform", "random"]


@dataclass(frozen=True)
class EffectiveFieldState:
    """A stack of equal layers, and the share of the gradient to look for.

    Parameters
    ----------
    layers, kernel, dilation : int
        How many convolutions, their size and their dilation.
    pools : int, default 0
        How many 2×2 poolings with stride 2 are spread among them.
    weights : "uniform" or "random", default "uniform"
        As for `effective_receptive_field`.
    percent : int, default 90
        How much of the gradient the inner frame is to hold.
    """

    layers: int
    kernel: int
    dilation: int = 1
    pools: int = 0
    weights: Weights = "uniform"
    percent: int = 90

    @property
    def stack(self) -> tuple[Layer, ...]:
        """The convolutions and poolings, from the input on."""
        return stack(self.layers, self.kernel, self.dilation, self.pools)

    @cached_property
    def field(self) -> np.ndarray:
        """The share of each cell; not to be written to."""
        return _field(self.stack, self.weights)

    @cached_property
    def reached(self) -> np.ndarray:
        """Which cells the unit reads at all."""
        return np.asarray(_field(self.stack, "uniform") > 0)

    @cached_property
    def inner(self) -> int:
        """The side of the smallest square in the middle that holds the wanted share."""
        return middle_square(self.field, self.percent / 100)


def fits(layers: int, kernel: int, dilation: int, pools: int) -> bool:
    """Say whether the field of such a stack is small enough to compute at a glance."""
    return receptive_field(stack(layers, kernel, dilation, pools)).size[0] <= LARGEST_SIZE


def stack(layers: int, kernel: int, dilation: int = 1, pools: int = 0) -> tuple[Layer, ...]:
    """Return equal convolutions with 2×2 poolings spread among them.

    Examples
    --------
    >>> [layer.kernel_size[0] for layer in stack(4, 3, pools=1)]
    [3, 3, 2, 3, 3]
    """
    made: list[Layer] = []
    breaks = {round(layers * part / (pools + 1)) for part in range(1, pools + 1)}
    for position in range(layers):
        if position in breaks:
            made.append(Layer(2, stride=2))
        made.append(Layer(kernel, dilation=dilation))
    return tuple(made)


def middle_square(field: np.ndarray, share: float) -> int:
    """Return the side of the smallest square in the middle of a field that holds a share of it.

    Examples
    --------
    >>> middle_square(np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), 0.9)
    1
    """
    size = len(field)
    total = field.sum()
    for margin in range((size - 1) // 2, 0, -1):
        inside = field[margin : size - margin, margin : size - margin].sum()
        if inside >= share * total - 1e-12:
            return size - 2 * margin
    return size


@lru_cache(maxsize=256)
def _field(layers: tuple[Layer, ...], weights: Weights) -> np.ndarray:
    field = effective_receptive_field(layers, weights=weights, channels=CHANNELS, runs=RUNS)
    field.flags.writeable = False
    return field
