"""The kernel sweep: one step at a time, with the arithmetic of the pixel beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.explore.common_words import OPERATIONS
from convlab.explore.samples import KERNEL, PICTURE
from convlab.explore.sweep import sweep_words as words
from convlab.explore.sweep.cell_editor import CellEditor
from convlab.explore.sweep.sweep_lettering import weight_size
from convlab.explore.sweep.sweep_numbers import Sample, SweepState
from convlab.explore.sweep.sweep_scene import SweepScene
from convlab.formatting import say
from convlab.widgets.camera_controls import camera_controls
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import (
    dilation,
    geometry_limits,
    input_size,
    kernel_size,
    padding,
    stride,
)
from convlab.widgets.lock import LOCK
from convlab.widgets.settling import Limits, Values

LARGEST_INPUT = 12
LARGEST_KERNEL = 7


class Sweep(Explorer[SweepState, SweepScene]):
    """A kernel that slides over an input, in 3-D.

    Click an output cell to go to it, or an input cell to change its number; drag the picture to
    turn it. The controls do the same. Point at a cell under the kernel to see its product.

    Parameters
    ----------
    x, weight : array_like, shape (rows, cols), optional
        Your own input, at most 12 × 12, and kernel, at most 7 × 7. By default a 9 × 9 input and a
        5 × 5 kernel, of which the controls show the upper left part.
    **settings
        Start values of controls: ``step``, ``input``, ``kernel``, ``stride``, ``padding``,
        ``dilation`` (pairs), ``azimuth``, ``elevation``, ``operation``, ``weights``,
        ``flat``.

    Raises
    ------
    TypeError, ValueError
        If `x` or `weight` is no array of numbers, or too large, or a setting is unknown or finds no
        room.

    Examples
    --------
    >>> Sweep(padding=1, stride=(1, 2)).state.geometry.output_shape
    (5, 3)
    """

    state_type = SweepState
    above: ClassVar = [["step", "operation"]]
    below: ClassVar = [
        ["input", "kernel"],
        ["stride", "padding"],
        ["azimuth", "elevation"],
        ["dilation", "weights", "flat"],
    ]
    hovers = True
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(
        self, x: ArrayLike | None = None, weight: ArrayLike | None = None, **settings: Any
    ) -> None:
        own_x, own_weight = _part("x", x, LARGEST_INPUT), _part("weight", weight, LARGEST_KERNEL)
        self._sample = self._own = Sample(
            x=PICTURE if own_x is None else own_x,
            weight=KERNEL if own_weight is None else own_weight,
        )
        self._pointed: tuple[int, int] | None = None
        self.editor = CellEditor(self._change)
        largest_x, largest_weight = self._sample.x.shape, self._sample.weight.shape
        controls = {
            "input": input_size(5 if own_x is None else largest_x, largest_x),
            "padding": padding(0, 3),
            "kernel": kernel_size(3 if own_weight is None else largest_weight, largest_weight),
            "dilation": dilation(1, 3),
            "stride": stride((1, 2), 4),
            "step": Stepper("step", 3),
            "operation": choice("operation", OPERATIONS),
            "weights": toggle(words.LABELS["weights"], True, tip=words.TIPS["weights"]),
            "flat": toggle(words.LABELS["flat"], tip=words.TIPS["flat"]),
            **camera_controls(25, 32, lowest=10, highest=85),
        }
        super().__init__(controls, SweepScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel and its gaps inside the padded input, and the step in range."""
        return super().limits(name, values) or geometry_limits(name, values)

    def read(self, values: Values) -> SweepState:
        """Return the state that the controls describe, with the reader's numbers."""
        return replace(super().read(values), sample=self._sample, pointed=self._pointed)

    def usable(self, name: str, values: Values) -> bool:
        """Turn what can be turned, which is not the flat view; offer weights where they fit."""
        match name:
            case "azimuth" | "elevation":
                return not values["flat"]
            case "weights":
                return weight_size(SweepScene.seen_from(self.read(values))) > 0
        return True

    def companions(self, name: str) -> Sequence[widgets.Widget]:
        """Let the fields that change a number stand behind the last control."""
        return [self.editor] if name == "flat" else super().companions(name)

    def show(self, state: SweepState) -> None:
        """Show the numbers of the chosen cell."""
        self.editor.show(state)

    def reset(self) -> None:
        """Put every control back to its start, and every number."""
        with LOCK:
            self._sample, self._pointed = self._own, None
            super().reset()

    def _change(self, sample: Sample) -> None:
        with LOCK, self._reporting():
            self._sample = sample
            self._refresh()

    def _pick(self, x: float, y: float) -> None:
        with LOCK, self._reporting():
            if (cell := self.scene.input_at(self.state, (x, y))) is None:
                super()._pick(x, y)
                return
            inside = zip(cell, self.state.geometry.inside, strict=True)
            row, col = (at - side.start for at, side in inside)
            rows, cols = self.state.geometry.input_shape
            if 0 <= row < rows and 0 <= col < cols:
                self.editor.choose((row, col))

    def _point(self, x: float, y: float) -> None:
        with LOCK, self._reporting():
            cell = self.scene.input_at(self.state, (x, y))
            self._pointed = None if cell is None else self.state.weight_over(cell)
            self._refresh()


def _part(name: str, value: ArrayLike | None, largest: int) -> np.ndarray | None:
    if value is None:
        return None
    array = as_array(name, value, ndim=(2,))
    if max(array.shape) > largest:
        raise ValueError(
            say(
                "`{name}` must be at most {largest} × {largest}, got {shape}",
                name=name,
                largest=largest,
                shape=array.shape,
            )
        )
    return array
