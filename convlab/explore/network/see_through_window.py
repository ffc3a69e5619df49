"""How one cell of a network comes about, and where its gradient goes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convlab.aliases import Pair
from convlab.arrays import Array
from convlab.explore.network.see_through_numbers import (
    ACTIVATED,
    MAPS,
    PICTURE,
    POOLED,
    SCORES,
    SeeThroughState,
    below,
    planes,
    shape_of,
    weights_of,
)
from convlab.explore.network.trained_network import NETWORK, changed
from convlab.geometry import Geometry
from convlab.strokes import similarity


class Window(NamedTuple):
    """What a cell is computed from.

    Shapes are (slices, rows, cols): one slice for each channel that the window reaches over.
    """

    first: Pair
    """Row and column of the maps below at which it begins; below 0 in padding."""
    channels: tuple[int, ...]
    """The channels of the maps below."""
    patch: Array
    """NaN where it is padding."""
    kernel: Array | None
    """None for ReLU and pooling."""
    bias: float

    @property
    def products(self) -> Array:
        """What the kernel's weights make of the patch."""
        return np.nan_to_num(self.patch) * (1.0 if self.kernel is None else self.kernel)

    @property
    def sums(self) -> Array:
        """The sum of the products of each slice."""
        return np.asarray(self.products.sum(axis=(1, 2)))


class Shares(NamedTuple):
    """What a cell's gradient g hands on: of the shape of the window, 0 where it is padding."""

    window: Array
    """To each number that the window saw."""
    kernel: Array | None
    """To each weight: what the other windows hand to it comes on top."""


def window_of(state: SeeThroughState) -> Window | None:
    """Return what the chosen cell is computed from; None for a pixel of the picture."""
    kind, _ = MAPS[state.layer]
    if kind == PICTURE:
        return None
    source = planes(state.maps, below(state.layer))
    channel, row, col = state.cell
    if kind in (ACTIVATED, POOLED):
        size = 1 if kind == ACTIVATED else 2
        first = size * row, size * col
        patch = source[channel, first[0] : first[0] + size, first[1] : first[1] + size]
        return Window(first, (channel,), patch[None], None, 0.0)
    named = weights_of(state.layer)
    assert named is not None
    weights = changed(state.changes)
    kernel, bias = weights[named[0]][channel], float(weights[named[1]][channel])
    every = tuple(range(len(source)))
    if kind == SCORES:
        return Window((0, 0), every, source, kernel.reshape(source.shape), bias)
    geometry = Geometry(source.shape[1:], NETWORK.kernel_size, padding="same")
    _, rows, cols = geometry.window(row * geometry.output_shape[1] + col)
    sides = ((0, 0), *geometry.padding)
    down, across = np.ix_(rows, cols)
    patch = np.pad(source, sides, constant_values=np.nan)[:, down, across]
    (top, _), (left, _) = geometry.padding
    return Window((int(rows[0]) - top, int(cols[0]) - left), every, patch, kernel, bias)


def shares_of(state: SeeThroughState) -> Shares | None:
    """Return where the gradient of the chosen cell goes; None for a pixel of the picture."""
    window = window_of(state)
    if window is None:
        return None
    g, (kind, _) = state.gradient, MAPS[state.layer]
    inside = ~np.isnan(window.patch)
    if window.kernel is not None:
        return Shares(np.where(inside, g * window.kernel, 0), g * np.nan_to_num(window.patch))
    passes = np.zeros(window.patch.shape)
    if kind == ACTIVATED:
        passes[...] = window.patch > 0
    else:  # the first of the largest, in row-major order
        passes.flat[window.patch.argmax()] = 1
    return Shares(g * passes, None)


def readers_of(state: SeeThroughState) -> int:
    """Count the cells of the maps above that read the chosen one: what its gradient is summed over.

    A score is read by the loss alone.
    """
    names = list(MAPS)
    if state.layer == SCORES:
        return 1
    above = names[names.index(state.layer) + 1]
    kind, _ = MAPS[above]
    channels, rows, cols = shape_of(above)
    if kind == SCORES:
        return channels
    if kind in (ACTIVATED, POOLED):
        return 1
    reach = [
        min(at + 1, size - 1) - max(at - 1, 0) + 1
        for at, size in ((state.row, rows), (state.column, cols))
    ]
    return channels * reach[0] * reach[1]


def alike(state: SeeThroughState, patch: Array | None) -> float | None:
    """Return cos φ of a patch of the picture and the kernel that answers to it.

    None where the kernel does not lie on the picture itself: beyond the first layer. Without a
    patch, 0 where there would be one. Padding counts as paper.
    """
    kind, layer = MAPS[state.layer]
    if layer != 0 or kind == POOLED:
        return None
    if patch is None:
        return 0.0
    kernel, seen = changed(state.changes)["kernels 1"][state.channel, 0], np.nan_to_num(patch)
    return float(similarity(kernel, seen))
