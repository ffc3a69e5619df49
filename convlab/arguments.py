"""Reading ints and pairs of ints: each argument is brought to one form once, at the boundary."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Set
from typing import Any

from convlab.aliases import Pair


def as_count(name: str, value: Any, minimum: int) -> int:
    """Return `value` as an int of at least `minimum`, or raise an error that names the argument."""
    count = as_int(value)
    if count is None:
        raise TypeError(f"`{name}` must be an int, got {value!r}")
    if count < minimum:
        raise ValueError(f"`{name}` must be at least {minimum}, got {value!r}")
    return count


def as_pair(name: str, value: Any, minimum: int) -> Pair:
    """Return `value` as (vertical, horizontal), or raise an error that names the argument."""
    both = as_int(value)
    pair = (both, both) if both is not None else two_ints(value)
    if pair is None:
        raise TypeError(f"`{name}` must be an int or a pair of ints, got {value!r}")
    if min(pair) < minimum:
        raise ValueError(f"`{name}` must be at least {minimum} on both axes, got {value!r}")
    return pair


def as_int(value: Any) -> int | None:
    """Return `value` as an int, or None if it is none; True and False are none."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def two_ints(value: Any) -> Pair | None:
    """Return `value` as a pair of ints, or None if it is none."""
    if isinstance(value, Set | Mapping):
        return None  # neither has an order
    try:
        first, second = value
    except (TypeError, ValueError):
        return None
    first, second = as_int(first), as_int(second)
    return None if first is None or second is None else (first, second)
