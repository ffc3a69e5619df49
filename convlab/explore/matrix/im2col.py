"""C̃ beside the patch matrix: unroll the kernel, or unroll the input as frameworks do."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.explore.matrix.im2col_scene import PatchScene
from convlab.explore.matrix.matrix_product import ZERO, MatrixState
from convlab.formatting import plain
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import Pair, clamp, stepper, toggle
from convlab.widgets.old_explorer import Explorer
from convlab.widgets.old_geometry_controls import geometry_of


class Patches(Explorer):
    """The same output from two products: C̃ Ĩ, and the kernel times the patches of the input.

    Click an output pixel, a row of C̃ or a column of P to follow it; the slider does the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``numbers``, ``input`` (at most 6 × 6), ``kernel`` (at
        most 3 × 3), ``stride``, ``padding`` (pairs).

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> Patches(padding=1).scene.taps.shape
    (9, 16)
    """

    above: ClassVar = [["play", "step", "numbers"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "input": Pair("input", 4, 1, 6),
            "kernel": Pair("kernel", 3, 1, 3),
            "padding": Pair("padding", 0, 0, 1),
            "stride": Pair("stride", 1, 1, 3),
            "numbers": toggle("numbers", tip="numbers instead of symbols"),
            **stepper("step", 4),
        }
        controls["step"].readout = False  # the caption says it, counted from 1
        super().__init__(controls, PatchScene(), {"step": 1, **settings})
        self.on_pointer(self._go_to)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel inside the input, and the step among the output pixels."""
        match name:
            case "kernel":
                return (1, 1), clamp((3, 3), (1, 1), values["input"])
            case "padding":
                return (0, 0), tuple(min(1, k - 1) for k in values["kernel"])
            case "step" | "play":
                return 0, geometry_of(values).steps - 1
        return None

    def read(self, values: dict[str, Any]) -> MatrixState:
        """Return the state that the controls describe."""
        geometry = geometry_of(values)
        return MatrixState(geometry, step=values["step"], numbers=values["numbers"])

    def describe(self, state: MatrixState) -> str:
        """Say what agrees, and what each of the two matrices stores."""
        model, taps = self.scene.product, self.scene.taps
        y = f"y<sub>{state.step + 1}</sub> = {plain(model.y.ravel()[state.step])}"
        most = int(np.bincount(taps[taps >= 0]).max(initial=0))
        (rows, cols), (cells, steps) = model.matrix.shape, taps.shape
        zeros = int((model.which == ZERO).sum())
        return (
            f"Row {state.step + 1} of {coloured('C̃', 'kernel')} and column {state.step + 1} of "
            f"{coloured('P', 'input')} make the same {coloured(y, 'output')}. "
            f"C̃ repeats the kernel in every row: {rows} × {cols} = {_entries(rows * cols)}, "
            f"{zeros or 'none'} of them zero. {_repeated(most)}: "
            f"{cells} × {steps} = {_entries(cells * steps)}."
        )

    def _go_to(self, x: float, y: float) -> None:
        step = self.scene.step_at((x, y))
        if step is not None:
            self.controls["step"].value = step


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _repeated(most: int) -> str:
    if most <= 1:
        return "P holds no input cell twice"
    return f"P repeats the input, a cell up to {'twice' if most == 2 else f'{most} times'}"
