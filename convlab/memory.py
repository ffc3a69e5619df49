"""How much memory one array may take: a clear error comes before the machine runs out."""

from __future__ import annotations

import math
from collections.abc import Sequence

MEMORY_LIMIT = 2**30
"""Bytes of the largest array that a function of the core makes."""


def check_memory(name: str, what: str, shape: Sequence[int], itemsize: int, instead: str) -> None:
    """Raise an error if an array that is about to be made takes more than `MEMORY_LIMIT`.

    Parameters
    ----------
    name : str
        The argument that asks for it, for the message.
    what : str
        What the array is.
    shape : sequence of int
    itemsize : int
        Bytes of one number.
    instead : str
        How to go on.

    Raises
    ------
    ValueError
        It names the bytes that are asked for, and the limit.

    Examples
    --------
    >>> check_memory("size", "a card", (10**5, 10**5), 8, "draw less")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: `size` is too large: a card, 100000 × 100000, would need 74.5 GiB, the limit is ...
    """
    needed = math.prod(map(int, shape)) * itemsize
    if needed > MEMORY_LIMIT:
        raise ValueError(
            f"`{name}` is too large: {what}, {' × '.join(map(str, shape))}, would need "
            f"{needed / 2**30:.1f} GiB, the limit is {MEMORY_LIMIT / 2**30:g} GiB; {instead}"
        )
