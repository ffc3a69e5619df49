"""How a grid becomes a column: cell by cell, with the formula of its index."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.matrix import flatten_words as words
from convlab.explore.matrix.flatten_numbers import FlattenState
from convlab.explore.matrix.flatten_scene import FlattenScene
from convlab.widgets.compound import Pair, Stepper
from convlab.widgets.controls import choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Values


class Flatten(Explorer[FlattenState, FlattenScene]):
    """Flattening as a moving picture: a grid on the left, the column on the right.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``shape`` (rows and columns, at most 4 each),
        ``channels`` (1 or 2), ``order`` (``"rows"`` or ``"columns"``).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or finds no room.

    Examples
    --------
    >>> Flatten(shape=(2, 3)).state.size
    6
    """

    state_type = FlattenState
    above: ClassVar = [["step"]]
    below: ClassVar = [["shape", "channels", "order"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        controls = {
            "shape": Pair(words.SHAPE, 4, 1, 4),
            "channels": slider(words.CHANNELS, 1, 1, 2),
            "order": choice(words.ORDER, words.ORDERS),
            "step": Stepper("step", 9, interval=250),
        }
        super().__init__(controls, FlattenScene(), settings)

    def steps(self, values: Values) -> int:
        """Let the steps end when the last cell has landed."""
        return self.read(values).steps
