"""C̃ beside the patch matrix: unroll the kernel, or unroll the input as frameworks do."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.matrix import im2col_words as words
from convlab.explore.matrix import matrix_words
from convlab.explore.matrix.im2col_scene import PatchScene
from convlab.explore.matrix.matrix_numbers import MatrixState
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import (
    geometry_limits,
    input_size,
    kernel_size,
    padding,
    stride,
)
from convlab.widgets.settling import Limits, Values


class Patches(Explorer[MatrixState, PatchScene]):
    """The same output from two products: C̃ Ĩ, and the kernel times the patches of the input.

    Click an output pixel, a row of C̃ or a column of P to follow it; the slider does the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``numbers``, ``input`` (at most 6 × 6), ``kernel`` (at
        most 3 × 3), ``stride``, ``padding`` (pairs).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or finds no room.

    Examples
    --------
    >>> Patches(padding=1).state.taps.shape
    (9, 16)
    """

    state_type = MatrixState
    above: ClassVar = [["step", "numbers"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        controls = {
            "input": input_size(4, 6),
            "kernel": kernel_size(3, 3),
            "padding": padding(0, 1),
            "stride": stride(1, 3),
            "numbers": toggle(matrix_words.NUMBERS, tip=matrix_words.NUMBERS_TIP),
            "step": Stepper("step", 1, readout=False),  # the caption says it, counted from 1
        }
        super().__init__(controls, PatchScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the input, and the step among the output pixels."""
        return super().limits(name, values) or geometry_limits(name, values)
