"""A shift of the input by a few columns, and how pooling and convolution answer it."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.pooling import shift_words as words
from convlab.explore.pooling.shift_numbers import FARTHEST, PATTERNS, ShiftState
from convlab.explore.pooling.shift_scene import ShiftScene
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Values


class ShiftTest(Explorer[ShiftState, ShiftScene]):
    """A pattern and the same pattern moved, and what four layers make of both.

    The layers share their window and stride: max pooling, average pooling, a convolution, and max
    pooling that is smoothed before positions are skipped.

    Parameters
    ----------
    **settings
        Start values of controls: ``pattern``, ``shift``, ``size``, ``stride``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> ShiftTest(pattern="one dot", shift=3).state.shift
    3
    """

    state_type = ShiftState
    plays = "shift"
    above: ClassVar = [["shift", "pattern"]]
    below: ClassVar = [["size", "stride"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels = words.LABELS
        controls = {
            "pattern": choice(labels["pattern"], list(PATTERNS)),
            "size": slider(labels["size"], 2, 2, 4, tip=words.TIPS["size"]),
            "stride": slider(labels["stride"], 2, 1, 4),
            "shift": Stepper(labels["shift"], 1, interval=900),
        }
        super().__init__(controls, ShiftScene(), settings)

    def steps(self, values: Values) -> int:  # noqa: ARG002
        """Return the number of shifts, the one by nothing included."""
        return FARTHEST + 1
