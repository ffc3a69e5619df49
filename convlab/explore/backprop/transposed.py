"""The transposed convolution as a layer: what it adds where, and how even that is."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.backprop import transposed_words as words
from convlab.explore.backprop.transposed_numbers import (
    WEIGHT,
    TransposedState,
    X,
    whole_shape,
)
from convlab.explore.backprop.transposed_scene import TransposedScene
from convlab.widgets.compound import Pair, Stepper
from convlab.widgets.controls import choice
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import input_size, kernel_size, padding, stride
from convlab.widgets.settling import Limits, Values


class TransposedConv(Explorer[TransposedState, TransposedScene]):
    """The transposed convolution, by adding up kernels, or by sliding one over inserted zeros.

    Click a cell of the input or the output to go to its step.

    Parameters
    ----------
    **settings
        Start values of controls: ``input``, ``kernel``, ``stride``, ``padding``,
        ``output_padding`` (pairs), ``view``, ``step``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or finds no room.

    Examples
    --------
    >>> TransposedConv(kernel=4, padding=1).state.output_shape
    (6, 6)
    """

    state_type = TransposedState
    above: ClassVar = [["step", "view"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["output_padding"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        controls = {
            "input": input_size(3, X.shape),
            "kernel": kernel_size(3, WEIGHT.shape),
            "stride": stride(2, 3),
            # At most 1, so that the numbers stay readable.
            "output_padding": Pair(words.LABELS["output_padding"], 0, 0, 1),
            "padding": padding(0, 3),
            "view": choice(words.LABELS["view"], words.VIEWS),
            "step": Stepper(words.LABELS["step"], 4, interval=900),
        }
        super().__init__(controls, TransposedScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the output padding below the stride, and some of the output with the padding."""
        if name == "output_padding":
            return 0, tuple(s - 1 for s in values["stride"])
        if name == "padding":
            names = ("input", "kernel", "stride", "output_padding")
            axes = zip(values["kernel"], whole_shape(*map(values.__getitem__, names)), strict=True)
            return 0, tuple(min(k - 1, (n - 1) // 2) for k, n in axes)
        return super().limits(name, values)

    def steps(self, values: Values) -> int:
        """Return the number of input cells, or of output cells."""
        return self.read({**values, "step": 0}).steps
