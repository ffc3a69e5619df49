"""How far a work that takes long has come."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import ipywidgets as widgets
from IPython.display import display

from convlab.formatting import say
from convlab.widgets import jupyter

T = TypeVar("T")
PATIENCE = 1.0
"""Seconds without a word; what takes longer shows a bar."""


def watched(parts: Iterable[T], number: int, label: str) -> Iterator[T]:
    """Yield the parts of a work, with a bar below the cell once it has taken a second.

    Outside a notebook there is no bar.

    Parameters
    ----------
    parts : iterable
    number : int
        How many there are.
    label : str
        What is being done.

    Yields
    ------
    object
        Each part.

    Examples
    --------
    >>> list(watched("abc", 3, "saving"))
    ['a', 'b', 'c']
    """
    started, bar = time.monotonic(), None
    try:
        for count, part in enumerate(parts):
            if bar is None and jupyter.shell() and time.monotonic() - started > PATIENCE:
                bar = widgets.IntProgress(max=number, description=say(label))
                display(bar)  # type: ignore[no-untyped-call]
            if bar is not None:
                bar.value = count
            yield part
    finally:
        if bar is not None:
            bar.close()
