"""What the drill's questions share: a geometry drawn, written out, and misread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from convlab.formatting import say
from convlab.geometry import Geometry, Pair


def drawn_geometry(
    rng: Random, *, sizes: Pair, kernels: Pair, strides: int, paddings: int
) -> Geometry | None:
    """Draw a geometry; each of stride, padding and dilation is left out now and then."""

    def pair(low: int, high: int, chance: float = 1.0) -> Pair:
        if rng.random() > chance:
            return low, low
        first = rng.randint(low, high)
        return first, first if rng.random() < 0.5 else rng.randint(low, high)

    shape, kernel = (tuple(rng.randint(*ends) for _ in range(2)) for ends in (sizes, kernels))
    given = {"stride": pair(1, strides, 0.75), "padding": pair(0, paddings, 0.75)}
    try:
        return Geometry(shape, kernel, **given, dilation=pair(1, 2, 0.5))
    except ValueError:
        return None


def setting(geometry: Geometry) -> str:
    """Write stride, padding and dilation as a part of a sentence.

    Examples
    --------
    >>> setting(Geometry(9, 3, stride=(1, 2), padding=1))
    'stride (1, 2), padding 1 on each side and dilation 1, pairs as (vertical, horizontal)'
    >>> setting(Geometry(9, 3))
    'stride 1, no padding and dilation 1'
    """
    pad = (geometry.padding[0][0], geometry.padding[1][0])
    pairs = {"stride": geometry.stride, "padding": pad, "dilation": geometry.dilation}
    uneven = any(first != second for first, second in pairs.values())
    return say(
        _SETTINGS[any(pad), uneven],
        **{
            name: first if first == second else (first, second)
            for name, (first, second) in pairs.items()
        },
    )


_SETTINGS = {
    (False, False): "stride {stride}, no padding and dilation {dilation}",
    (False, True): "stride {stride}, no padding and dilation {dilation}, pairs as (vertical, "
    "horizontal)",
    (True, False): "stride {stride}, padding {padding} on each side and dilation {dilation}",
    (True, True): "stride {stride}, padding {padding} on each side and dilation {dilation}, pairs "
    "as (vertical, horizontal)",
}
"""By whether there is padding, and whether any pair is no single number."""


def by(pair: Pair) -> str:
    """Write a size.

    Examples
    --------
    >>> by((3, 5))
    '3 × 5'
    """
    return f"{pair[0]} × {pair[1]}"


def other(geometry: Geometry, **changes: Any) -> Geometry | None:
    """Return a geometry with changes; None where the kernel does not fit then.

    Examples
    --------
    >>> other(Geometry(5, 3, stride=2), stride=1).output_shape
    (3, 3)
    >>> other(Geometry(5, 3), dilation=3)
    """
    try:
        return replace(geometry, **changes)
    except ValueError:
        return None


def misread(geometry: Geometry) -> Mapping[str, Geometry]:
    """Return what a mistake in reading makes of a geometry, by its name, where it can be made."""
    sides, dilation = geometry.padding, geometry.dilation
    padded, dilated = any(map(any, sides)), max(dilation) > 1
    read = {
        "stride ignored": other(geometry, stride=1) if max(geometry.stride) > 1 else None,
        "padding forgotten": other(geometry, padding=0) if padded else None,
        "dilation ignored": other(geometry, dilation=1) if dilated else None,
        "dilation counted from 0": other(geometry, dilation=(dilation[0] + 1, dilation[1] + 1)),
    }
    return {name: seen for name, seen in read.items() if seen}
