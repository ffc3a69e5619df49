"""Rings: how much of a neighbourhood one kernel combines."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.receptive_field import rings_words as words
from convlab.explore.receptive_field.rings_scene import RingsScene, RingsState
from convlab.widgets.controls import slider
from convlab.widgets.explorer import Explorer


class Rings(Explorer[RingsState, RingsScene]):
    """The rings around a pixel that a square kernel gathers.

    Parameters
    ----------
    **settings
        Start values of controls: ``kernel``, from 1 to 7.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of range.

    Examples
    --------
    >>> Rings(kernel=5)
    Rings: A 5 × 5 kernel combines a pixel with 2 rings around it: 25 cells.
    """

    state_type = RingsState
    above: ClassVar = [["kernel"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        super().__init__({"kernel": slider(words.KERNEL, 3, 1, 7)}, RingsScene(), settings)
