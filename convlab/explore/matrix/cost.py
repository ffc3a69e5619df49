"""What C̃ costs: memory by arithmetic, time by measurement on the reader's own machine."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.matrix import cost_words as words
from convlab.explore.matrix.cost_numbers import LARGEST, SMALLEST, CostState
from convlab.explore.matrix.cost_scene import CostScene
from convlab.widgets.controls import choice, set_width, slider
from convlab.widgets.explorer import Explorer


class Cost(Explorer[CostState, CostScene]):
    """Memory and time of C̃, dense and sparse, against patches and the sliding kernel.

    Square inputs, one channel, `same` padding, stride 1, 8-byte numbers. Times are measured when
    they are first asked for, which takes a second or two; they differ from machine to machine.
    They include building C̃, or P.

    Parameters
    ----------
    **settings
        Start values of controls: ``size`` (4 to 224), ``what`` (``"memory"`` or ``"time"``),
        ``kernel`` (1, 3, 5 or 7), ``kernels`` (how many: 1 or 16).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or finds no room.

    Examples
    --------
    >>> Cost(size=4).state.size
    4
    """

    state_type = CostState
    above: ClassVar = [["size", "what"], ["kernel", "kernels"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        controls = {
            "size": set_width(slider(words.SIZE, LARGEST, SMALLEST, LARGEST), 340),
            "what": choice(words.WHAT, words.QUESTIONS),
            "kernel": choice(words.KERNEL, words.KERNELS, 3),
            "kernels": choice(words.COUNT, words.counts()),
        }
        super().__init__(controls, CostScene(), settings)
