"""C̃ between output and input: one row, one output pixel; one column, one input cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.explore.common_words import OPERATIONS
from convlab.explore.matrix import matrix_words as words
from convlab.explore.matrix.matrix_numbers import INPUTS, ROW, MatrixState, Sample
from convlab.explore.matrix.matrix_scene import MatrixScene
from convlab.formatting import say
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, slider, toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import (
    dilation,
    geometry_limits,
    input_size,
    kernel_size,
    padding,
    stride,
)
from convlab.widgets.settling import Limits, Values

LARGEST_INPUT = 9
LARGEST_KERNEL = 5
CHANNELS = 2


class MatrixView(Explorer[MatrixState, MatrixScene]):
    """Output, C̃ and input in one picture: Õ = C̃ Ĩ.

    Click an output pixel for its row of C̃, an input cell for its column, or C̃ itself. The
    controls do the same.

    Parameters
    ----------
    x : array_like, shape (rows, cols) or (channels, rows, cols), optional
        Your own input, at most 2 channels of 9 × 9.
    weight : array_like, shape (rows, cols) or (out, in, rows, cols), optional
        Your own kernel, at most 5 × 5, or a bank of at most 2 × 2 of them. By default the weights
        are 1, 2, 3 ..., so that each number says where it comes from.
    **settings
        Start values of controls: ``step``, ``follow`` (``"row"`` or ``"column"``), ``numbers``,
        ``input``, ``kernel``, ``dilation``, ``padding``, ``stride`` (pairs), ``channels_in``,
        ``channels_out``, ``bias`` (``"none"``, ``"added"`` or ``"column"``), ``operation``.

    Raises
    ------
    TypeError, ValueError
        If `x` or `weight` is no array of numbers, or too large, or a setting is unknown or finds no
        room.

    Examples
    --------
    >>> MatrixView().state.matrix.shape
    (4, 16)
    """

    state_type = MatrixState
    above: ClassVar = [["step", "follow", "numbers"]]
    below: ClassVar = [
        ["input", "kernel"],
        ["stride", "padding"],
        ["dilation", "channels_in", "channels_out"],
        ["operation", "bias"],
    ]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(
        self, x: ArrayLike | None = None, weight: ArrayLike | None = None, **settings: Any
    ) -> None:
        own = None if x is None else _checked("x", x, (2, 3), LARGEST_INPUT)
        bank = None if weight is None else _checked("weight", weight, (2, 4), LARGEST_KERNEL)
        if own is not None and bank is not None and own.shape[0] != bank.shape[1]:
            raise ValueError(
                say(
                    "`weight` must have as many input channels as `x`: "
                    "got {weight} in `weight`, {x} in `x`",
                    weight=bank.shape[1],
                    x=own.shape[0],
                )
            )
        self._sample = Sample(INPUTS if own is None else own, bank)
        out, depth, *kernel = (CHANNELS, CHANNELS, 5, 5) if bank is None else bank.shape
        size, depth = self._sample.x.shape[1:], min(depth, len(self._sample.x))
        controls = {
            "input": input_size(4 if own is None else size, size),
            "kernel": kernel_size(
                3 if bank is None else (kernel[0], kernel[1]), (kernel[0], kernel[1])
            ),
            "dilation": dilation(1, 3),
            "padding": padding(0, 2),
            "stride": stride(1, 3),
            "channels_in": slider(words.CHANNELS_IN, 1, 1, depth),
            "channels_out": slider(words.CHANNELS_OUT, 1, 1, out),
            "bias": choice(words.BIAS, words.BIASES),
            "operation": choice(words.OPERATION, OPERATIONS),
            "numbers": toggle(words.NUMBERS, tip=words.NUMBERS_TIP),
            "follow": choice(words.FOLLOW, words.FOLLOWED),
            "step": Stepper("step", 1, readout=False),  # the caption says it, counted from 1
        }
        for name in ("channels_in", "channels_out"):
            controls[name].style.description_width = "88px"
        super().__init__(controls, MatrixScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel and its gaps inside the input, and the step inside C̃."""
        return super().limits(name, values) or geometry_limits(name, values)

    def steps(self, values: Values) -> int:
        """Return the number of rows of C̃, or of its columns."""
        rows, cols = self.read(values).shape
        return rows if values["follow"] == ROW else cols

    def read(self, values: Values) -> MatrixState:
        """Return the state that the controls describe, with the reader's numbers."""
        return replace(super().read(values), sample=self._sample)


def _checked(name: str, value: ArrayLike, ndim: tuple[int, ...], largest: int) -> np.ndarray:
    """Return an array with its channels, none too many and none too large."""
    array = as_array(name, value, ndim=ndim)
    array = array.reshape((1,) * (max(ndim) - array.ndim) + array.shape)
    if max(array.shape[-2:]) > largest or max(array.shape[:-2]) > CHANNELS:
        raise ValueError(
            say(
                "`{name}` must be at most {largest} × {largest}, with at most {channels} channels, "
                "got shape {shape}",
                name=name,
                largest=largest,
                channels=CHANNELS,
                shape=np.shape(value),
            )
        )
    return array
