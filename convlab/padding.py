"""Padding: how many cells each side gets.

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, section 2.
"""

from __future__ import annotations

from typing import Any

from convlab.aliases import Pair, Sides
from convlab.arguments import as_count, as_int, two_ints

PADDING_WORDS = ("valid", "same", "full")


def same_padding(size: int, kernel_size: int, *, stride: int = 1, dilation: int = 1) -> Pair:
    """Return the (before, after) padding along one axis that makes the output ⌈n/s⌉ long.

    The total is max((⌈n/s⌉ − 1)s + d(k−1) + 1 − n, 0); when it is odd the extra cell goes to the
    end. This is the rule of TensorFlow, Keras and JAX.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        Along this axis, each at least 1.

    Returns
    -------
    (int, int)

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`.

    Examples
    --------
    >>> same_padding(5, 3), same_padding(5, 4), same_padding(224, 7, stride=2)
    ((1, 1), (1, 2), (2, 3))
    """
    sizes = {"size": size, "kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    for name, value in sizes.items():
        as_count(name, value, 1)
    total = max((-(-size // stride) - 1) * stride + dilation * (kernel_size - 1) + 1 - size, 0)
    return total // 2, total - total // 2


def as_sides(padding: Any, axes: list[Any]) -> Sides:
    """Return `padding` as ((top, bottom), (left, right)).

    `axes` holds (size, kernel_size, stride, dilation) for each axis; only the words need it.
    """
    if isinstance(padding, str):
        (rows, cols) = (_padding_of_word(padding, *axis) for axis in axes)
        return rows, cols
    return numeric_sides(padding, *PADDING_WORDS)


def numeric_sides(padding: Any, *words: str) -> Sides:
    """Return padding in numbers as ((top, bottom), (left, right)).

    `words` are what else the caller takes, for the message.
    """
    try:
        vertical, horizontal = padding
    except (TypeError, ValueError):
        vertical = horizontal = padding
    sides = tuple(
        (both, both) if (both := as_int(side)) is not None else two_ints(side)
        for side in (vertical, horizontal)
    )
    if sides[0] is None or sides[1] is None:
        others = f" or one of {', '.join(words)}" if words else ""
        raise TypeError(
            "`padding` must be an int, (vertical, horizontal), ((top, bottom), (left, right))"
            f"{others}, got {padding!r}"
        )
    if min(*sides[0], *sides[1]) < 0:
        raise ValueError(f"`padding` must be at least 0 on every side, got {padding!r}")
    return sides[0], sides[1]


def _padding_of_word(word: str, size: int, kernel_size: int, stride: int, dilation: int) -> Pair:
    if word == "valid":
        return 0, 0
    if word == "same":
        return same_padding(size, kernel_size, stride=stride, dilation=dilation)
    if word == "full":
        return dilation * (kernel_size - 1), dilation * (kernel_size - 1)
    raise ValueError(f"`padding` must be one of {', '.join(PADDING_WORDS)}, got {word!r}")
