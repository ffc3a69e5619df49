"""The names that signatures use for what an argument may be, and for what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, SupportsIndex, TypeAlias, TypedDict

Pair: TypeAlias = tuple[int, int]
"""(vertical, horizontal), once an argument was read."""

Sides: TypeAlias = tuple[Pair, Pair]
"""((top, bottom), (left, right)), once an argument was read."""

IntPair: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
"""One int for both axes, or two: (vertical, horizontal)."""

NumericPadding: TypeAlias = IntPair | Sequence[IntPair]
"""Padding per side in numbers: an int, (vertical, horizontal) or ((top, bottom), (left, right))."""

PaddingWord: TypeAlias = Literal["valid", "same", "full"]

Padding: TypeAlias = NumericPadding | PaddingWord
"""Padding per side, in numbers or as a word."""

PaddingMode: TypeAlias = Literal["zeros", "edge", "reflect", "wrap"]
"""What the cells of the padding hold."""


class Layout(TypedDict):
    """How a kernel is laid over an input, as keywords: ``conv2d(x, w, **layout)``."""

    stride: IntPair
    padding: Padding
    dilation: IntPair
