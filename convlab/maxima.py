"""Which cell of each window holds its maximum: the first in row-major order, a NaN before all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from convlab.arrays import Array
from convlab.geometry import Geometry

Indices = NDArray[np.intp]
Winners = NDArray[np.unsignedinteger]
Wins = NDArray[np.bool_]


def maxima(padded: Array, geometry: Geometry) -> Array:
    """Return the maximum of each window of a padded input; a NaN counts as the largest."""
    y = np.full((*padded.shape[:-2], *geometry.output_shape), -np.inf, padded.dtype)
    for tap in geometry.taps:
        np.maximum(y, padded[(..., *tap.view)], out=y)  # passes NaN on
    return y


def contest(padded: Array, geometry: Geometry) -> tuple[Array, Winners]:
    """Return the maximum of each window, and the number of the first kernel cell that holds it."""
    first, *rest = geometry.taps
    y = np.array(padded[(..., *first.view)], order="C")
    winners = np.zeros(y.shape, np.min_scalar_type(len(rest)))
    seen, is_larger = np.empty_like(y), np.empty(y.shape, bool)
    for number, tap in enumerate(rest, start=1):
        seen[...] = padded[(..., *tap.view)]  # in one piece, for it is read twice
        np.greater(seen, y, out=is_larger)
        # Numbers rise, so the last to win is the largest; where values are as good as random, a
        # product is faster than a choice.
        last = is_larger.view(np.uint8) * winners.dtype.type(number)
        np.maximum(winners, last, out=winners)
        np.maximum(y, seen, out=y)
    if not np.isfinite(y).all():
        for number, wins in enumerate(_wins(padded, y, geometry)):
            np.copyto(winners, number, where=wins)
    return y, winners


def _wins(padded: Array, y: Array, geometry: Geometry) -> Iterator[Wins]:
    """Yield for each kernel cell whether it holds the first maximum of each window.

    This also holds for a NaN, which equals nothing, and for a −∞ of the input, which ties with the
    padding.
    """
    inside = np.zeros(geometry.padded_shape, bool)
    inside[geometry.inside] = True
    unclaimed = np.ones(y.shape, bool)
    for tap in geometry.taps:
        seen = padded[(..., *tap.view)]
        wins = ((seen == y) | np.isnan(seen)) & inside[tap.view] & unclaimed
        unclaimed ^= wins
        yield wins


def places(winners: Winners, geometry: Geometry) -> Indices:
    """Return the place of each winner in its channel, flattened row by row, without padding."""
    (top, _), (left, _) = geometry.padding
    starts = [(tap.view[0].start - top, tap.view[1].start - left) for tap in geometry.taps]
    cols = geometry.input_shape[1]
    offsets = np.array([row * cols + col for row, col in starts])
    row, col = np.indices(geometry.output_shape, sparse=True)
    return offsets[winners] + row * (geometry.stride[0] * cols) + col * geometry.stride[1]
