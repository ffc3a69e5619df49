"""Padding: how many cells each side gets, and what they hold.

Sources: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, section 2; for what the cells hold, numpy's ``pad`` and PyTorch's
``torch.nn.functional.pad``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.aliases import NumericPadding, PaddingMode, Pair, Sides
from convlab.arguments import as_count, as_int, two_ints, two_parts
from convlab.arrays import Array, as_images
from convlab.memory import check_memory

PADDING_WORDS = ("valid", "same", "full")
PADDING_MODES = ("zeros", "edge", "reflect", "wrap")

Indices = NDArray[np.intp]

# For each mode that copies: which of n cells is copied to place i, before 0 or from n on.
_SOURCES: Mapping[str, Callable[[Indices, int], Indices]] = MappingProxyType(
    {
        "edge": lambda i, n: np.clip(i, 0, n - 1),
        "reflect": lambda i, n: n - 1 - np.abs(i % max(2 * (n - 1), 1) - (n - 1)),
        "wrap": lambda i, n: i % n,
    }
)


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
    # Python's own ints from here on: small numpy integers would wrap around.
    n, k = as_count("size", size, 1), as_count("kernel_size", kernel_size, 1)
    s, d = as_count("stride", stride, 1), as_count("dilation", dilation, 1)
    total = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
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
    vertical, horizontal = two_parts(padding) or (padding, padding)
    sides = tuple(
        (both, both) if (both := as_int(side)) is not None else two_ints(side)
        for side in (vertical, horizontal)
    )
    if sides[0] is None or sides[1] is None:
        others = f" or {'one of ' if words[1:] else ''}{', '.join(words)}" if words else ""
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


def pad(x: ArrayLike, padding: NumericPadding, mode: PaddingMode = "zeros") -> Array:
    """Add cells around the last two axes, and fill them.

    Along an axis of n cells, the new cell at place i (below 0, or n and more) holds

    - ``"zeros"``: 0
    - ``"edge"``: x[min(max(i, 0), n − 1)], the nearest cell
    - ``"reflect"``: x[j] with i mirrored at the first and the last cell, as often as it takes, and
      the mirror not repeated: j = n − 1 − ∣(i mod 2(n − 1)) − (n − 1)∣
    - ``"wrap"``: x[i mod n], as if copies of x lay side by side

    Parameters
    ----------
    x : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        Floating-point input keeps its dtype; integers become float64.
    padding : int, (int, int) or ((int, int), (int, int))
        Cells added per side, as for `Geometry`. It may exceed the input, in every mode.
    mode : "zeros", "edge", "reflect" or "wrap", default "zeros"
        PyTorch calls "edge" ``"replicate"``, and "wrap" ``"circular"``.

    Returns
    -------
    ndarray
        Of the input's rank. A corner is filled along its rows and along its columns.

    Raises
    ------
    TypeError, ValueError
        If `x` is no array of numbers with 2 to 4 axes, or `padding` is not in numbers of at least
        0, or the mode is unknown.

    Examples
    --------
    >>> for mode in PADDING_MODES:
    ...     print(pad([[1, 2, 3]], (0, 2), mode))
    [[0. 0. 1. 2. 3. 0. 0.]]
    [[1. 1. 1. 2. 3. 3. 3.]]
    [[3. 2. 1. 2. 3. 2. 1.]]
    [[2. 3. 1. 2. 3. 1. 2.]]
    """
    x = as_images("x", x)
    if mode not in PADDING_MODES:
        raise ValueError(f"`mode` must be one of {', '.join(PADDING_MODES)}, got {mode!r}")
    sides = numeric_sides(padding)
    grown = [n + sum(side) for n, side in zip(x.shape[-2:], sides, strict=True)]
    shape = (*x.shape[:-2], *grown)
    check_memory("padding", "the padded input", shape, x.itemsize, "pad less, or a smaller input")
    if mode == "zeros":
        return np.pad(x, ((0, 0),) * (x.ndim - 2) + sides)
    rows, cols = (
        _SOURCES[mode](np.arange(-before, size + after), size)
        for (before, after), size in zip(sides, x.shape[-2:], strict=True)
    )
    return x[..., rows[:, None], cols]
