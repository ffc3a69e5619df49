"""C̃ between output and input: one row, one output pixel; one column, one input cell."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.explore.common_words import OPERATIONS
from convlab.explore.matrix.matrix_product import (
    ADDED,
    AS_COLUMN,
    COLUMN,
    NO_BIAS,
    ROW,
    ZERO,
    MatrixState,
    Product,
)
from convlab.explore.matrix.matrix_scene import MatrixScene
from convlab.formatting import plain
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import Pair, choice, clamp, slider, stepper, toggle
from convlab.widgets.old_explorer import Explorer
from convlab.widgets.old_geometry_controls import geometry_of, widest_dilation, widest_padding

LARGEST_INPUT = 9
LARGEST_KERNEL = 5
CHANNELS = 2
FOLLOW = [("a row: one output pixel", ROW), ("a column: one input cell", COLUMN)]
BIAS = [("none", NO_BIAS), ("a vector, added", ADDED), ("one more column", AS_COLUMN)]
NAMED = 4
"""Outputs of a column that the caption names one by one."""


class MatrixView(Explorer):
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
        If `x` or `weight` is no array of numbers, or too large, or a setting is unknown.

    Examples
    --------
    >>> MatrixView().scene.product.matrix.shape
    (4, 16)
    """

    above: ClassVar = [["play", "step", "follow", "numbers"]]
    below: ClassVar = [
        ["input", "kernel", "channels_in"],
        ["stride", "padding", "channels_out"],
        ["dilation", "operation", "bias"],
    ]

    def __init__(
        self, x: ArrayLike | None = None, weight: ArrayLike | None = None, **settings: Any
    ) -> None:
        x = None if x is None else _checked("x", x, (2, 3), LARGEST_INPUT)
        weight = None if weight is None else _checked("weight", weight, (2, 4), LARGEST_KERNEL)
        self._largest = _largest(x, weight)
        size, kernel = self._largest["input"], self._largest["kernel"]
        controls = {
            "input": Pair("input", 4 if x is None else size, 1, size),
            "kernel": Pair("kernel", 3 if weight is None else kernel, 1, kernel),
            "dilation": Pair("dilation", 1, 1, 3),
            "padding": Pair("padding", 0, 0, 2),
            "stride": Pair("stride", 1, 1, 3),
            "channels_in": slider("channels in", 1, 1, CHANNELS),
            "channels_out": slider("channels out", 1, 1, CHANNELS),
            "bias": choice("bias", BIAS, NO_BIAS, width=240),
            "operation": choice("operation", OPERATIONS),
            "numbers": toggle("numbers", tip="numbers instead of symbols"),
            "follow": choice("follow", FOLLOW, ROW, width=260),
            **stepper("step", 4),
        }
        for name in ("channels_in", "channels_out"):
            controls[name].style.description_width = "88px"
        controls["step"].readout = False  # the caption says it, counted from 1
        super().__init__(controls, MatrixScene(x, weight), {"step": 1, **settings})
        self.on_pointer(self._go_to)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel and its gaps inside the input, and the step inside C̃."""
        match name:
            case "input":
                return (1, 1), self._largest["input"]
            case "kernel":
                return (1, 1), clamp(self._largest["kernel"], (1, 1), values["input"])
            case "dilation":
                return (1, 1), widest_dilation(values["input"], values["kernel"], 3)
            case "padding":
                return (0, 0), widest_padding(values["kernel"], values["dilation"], 2)
            case "channels_in" | "channels_out":
                return 1, self._largest[name]
            case "step" | "play":
                geometry = geometry_of(values)
                if values["follow"] == ROW:
                    return 0, values["channels_out"] * geometry.steps - 1
                cells = values["channels_in"] * int(np.prod(geometry.input_shape))
                return 0, cells - (values["bias"] != AS_COLUMN)
        return None

    def read(self, values: dict[str, Any]) -> MatrixState:
        """Return the state that the controls describe."""
        return MatrixState(
            geometry_of(values),
            (values["channels_in"], values["channels_out"]),
            values["step"],
            values["follow"],
            values["numbers"],
            values["operation"],
            values["bias"],
        )

    def describe(self, state: MatrixState) -> str:
        """Say what the row or the column holds, and how much of C̃ is zeros."""
        model = self.scene.product
        zeros = int((model.which == ZERO).sum())
        share = 100 * model.zeros
        rounded = f"{share:.0f} %" if share < 99.5 else f"{share:.1f} %"
        words = _of_row(model, state) if state.follow == ROW else _of_column(model, state)
        whole = f"Zeros in all C̃: {zeros} of {model.which.size} ({rounded})."
        return f"{words} {whole}"

    def _go_to(self, x: float, y: float) -> None:
        place = self.scene.place_at(self.state, (x, y))
        if place is not None:
            self.controls["follow"].value, self.controls["step"].value = place


def _of_row(model: Product, state: MatrixState) -> str:
    channel, pixel = divmod(state.step, state.geometry.steps)
    place = _place(channel, state.geometry.window(pixel).pixel, state.channels[1])
    number = plain(model.y.ravel()[state.step])
    y = coloured(f"y<sub>{state.step + 1}</sub>, output pixel {place} = {number}", "output")
    weights = int((model.which[state.step] >= 0).sum())
    lost = model.weight[0].size - weights
    falls = "falls on padding and has" if lost == 1 else "fall on padding and have"
    on_padding = f"; {lost} more {falls} no column" if lost else ""
    bias = f", and the bias {plain(model.bias[channel])}" if state.bias != NO_BIAS else ""
    met = f"from {coloured(_count(weights, 'weight'), 'kernel')} and the inputs that they meet"
    if not weights:
        met, on_padding = "from no weight at all", ": all of them fall on padding"
    zeros = int((model.which[state.step] == ZERO).sum())
    return (
        f"Row {state.step + 1} of {len(model.matrix)} makes {y}, {met}{on_padding}{bias}. "
        f"The rest of the row: {_count(zeros, 'zero')}."
    )


def _of_column(model: Product, state: MatrixState) -> str:
    rows, cols = model.matrix.shape
    start = f"Column {state.step + 1} of {cols} belongs to "
    if state.step == model.x.size:
        constant = coloured("the constant 1", "kernel")
        return f"{start}{constant}, which no pixel holds: it adds the bias to {_all(rows)}."
    depth, cell = divmod(state.step, model.x[0].size)
    place = _place(depth, divmod(cell, model.x.shape[2]), state.channels[0])
    number = plain(model.x.ravel()[state.step])
    x = coloured(f"x<sub>{state.step + 1}</sub>, input cell {place} = {number}", "input")
    fed = np.flatnonzero(model.which[:, state.step] != ZERO)
    if not len(fed):
        return f"{start}{x}: no window covers it, so the column is all zeros."
    uses = [
        f"{coloured(f'y<sub>{row + 1}</sub>', 'output')} with "
        + coloured(_written(model, row, state.step), "kernel")
        for row in fed[:NAMED].tolist()
    ]
    more = f" and {len(fed) - NAMED} more" if len(fed) > NAMED else ""
    outputs = _count(len(fed), "output")
    return f"{start}{x}, which feeds {outputs}: {', '.join(uses)}{more}."


def _written(model: Product, row: int, col: int) -> str:
    text = model.entry_text(row, col)
    return text.replace("_{", "<sub>").replace("}", "</sub>")


def _place(channel: int, pixel: tuple[int, int], channels: int) -> str:
    row, col = pixel
    return f"({row}, {col})" if channels == 1 else f"({channel}, {row}, {col})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + "s" * (number != 1)


def _all(rows: int) -> str:
    return "the only output" if rows == 1 else f"all {rows} outputs"


def _largest(x: np.ndarray | None, weight: np.ndarray | None) -> dict[str, Any]:
    """Return how large the controls may become: as the reader's arrays, or as the sample."""
    if x is not None and weight is not None and x.shape[0] != weight.shape[1]:
        raise ValueError(
            f"`weight` must have as many input channels as `x`: "
            f"got {weight.shape[1]} in `weight`, {x.shape[0]} in `x`"
        )
    depths = [a for a in (x is not None and len(x), weight is not None and weight.shape[1]) if a]
    return {
        "input": (LARGEST_INPUT,) * 2 if x is None else x.shape[1:],
        "kernel": (LARGEST_KERNEL,) * 2 if weight is None else weight.shape[2:],
        "channels_in": min([CHANNELS, *depths]),
        "channels_out": CHANNELS if weight is None else len(weight),
    }


def _checked(name: str, value: ArrayLike, ndim: tuple[int, ...], largest: int) -> np.ndarray:
    """Return an array with its channels, none too many and none too large."""
    array = as_array(name, value, ndim=ndim)
    array = array.reshape((1,) * (max(ndim) - array.ndim) + array.shape)
    if max(array.shape[-2:]) > largest or max(array.shape[:-2]) > CHANNELS:
        raise ValueError(
            f"`{name}` must be at most {largest} × {largest}, with at most {CHANNELS} channels, "
            f"got shape {np.shape(value)}"
        )
    return array
