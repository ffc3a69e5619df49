"""Reading ints, pairs of ints and flags: each argument is brought to one form, at the boundary."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Set
from typing import Any

from convlab.aliases import Pair

NO_PAIR = Set, Mapping, str, bytes, bytearray
"""What may hold two things, and is no pair."""


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


def as_flag(name: str, value: Any) -> bool:
    """Return `value` if it is True or False, or raise an error that names the argument."""
    if not isinstance(value, bool):
        raise TypeError(f"`{name}` must be True or False, got {value!r}")
    return value


def as_int(value: Any) -> int | None:
    """Return `value` as an int, or None if it is none; True and False are none."""
    if type(value) is int:  # nearly always, and this is asked a dozen times for each convolution
        return value
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def two_ints(value: Any) -> Pair | None:
    """Return `value` as a pair of ints, or None if it is none."""
    if (parts := two_parts(value)) is None:
        return None
    first, second = map(as_int, parts)
    return None if first is None or second is None else (first, second)


def two_parts(value: Any) -> tuple[Any, Any] | None:
    """Return both parts of what consists of two, in an order; None for anything else."""
    if type(value) is not tuple and isinstance(value, NO_PAIR):
        return None  # the first two have no order, the letters of the others are no numbers
    try:
        first, second = value
    except (TypeError, ValueError):
        return None
    return first, second
