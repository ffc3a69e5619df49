"""The kernel sweep: one step at a time, with the arithmetic of the pixel beside it."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.draw.planes import input_mask
from convlab.explore.samples import KERNEL, PICTURE
from convlab.explore.sweep.sweep_scene import SweepScene, SweepState
from convlab.formatting import plain
from convlab.widgets.controls import Pair, choice, clamp, stepper
from convlab.widgets.geometry_controls import geometry_of, widest_dilation
from convlab.widgets.html import coloured, grid
from convlab.widgets.orbit import Orbit, view

LARGEST_INPUT = 12
LARGEST_KERNEL = 7
OPERATIONS = [
    ("correlation, as in deep learning", False),
    ("true convolution: kernel flipped", True),
]


class Sweep(Orbit):
    """A kernel that slides over an input, in 3-D.

    Click an output cell to go to it; drag the picture to turn it. The sliders do the same.

    Parameters
    ----------
    x, weight : array_like, shape (rows, cols), optional
        Your own input, at most 12 × 12, and kernel, at most 7 × 7. By default a 9 × 9 input and a
        5 × 5 kernel, of which the controls show the upper left part.
    **settings
        Start values of controls: ``step``, ``input``, ``kernel``, ``stride``, ``padding``,
        ``dilation`` (pairs), ``azimuth``, ``elevation``, ``operation``.

    Raises
    ------
    TypeError, ValueError
        If `x` or `weight` is no array of numbers, or too large, or a setting is unknown.

    Examples
    --------
    >>> Sweep(padding=1, stride=(1, 2)).state.geometry.output_shape
    (5, 3)
    """

    above: ClassVar = [["play", "step", "operation"]]
    below: ClassVar = [
        ["input", "kernel", "azimuth"],
        ["stride", "padding", "elevation"],
        ["dilation"],
    ]

    def __init__(
        self, x: ArrayLike | None = None, weight: ArrayLike | None = None, **settings: Any
    ) -> None:
        x = _part("x", x, PICTURE, LARGEST_INPUT)
        weight = _part("weight", weight, KERNEL, LARGEST_KERNEL)
        self._largest = {"input": x.shape, "kernel": weight.shape}
        controls = {
            "input": Pair("input", 5 if x is PICTURE else x.shape, 1, x.shape),
            "padding": Pair("padding", 0, 0, 3),
            "kernel": Pair("kernel", 3 if weight is KERNEL else weight.shape, 1, weight.shape),
            "dilation": Pair("dilation", 1, 1, 3),
            "stride": Pair("stride", (1, 2), 1, 4),
            **stepper("step", 6),
            "operation": choice("operation", OPERATIONS),
            **view(25, 32, lowest=10, highest=85),
        }
        super().__init__(controls, SweepScene(x, weight), {"step": 3, **settings})
        self.on_pointer(self.go_to_step, self.turn_view)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel inside the padded input, its gaps inside that, and the step in range."""
        padded = tuple(np.add(values["input"], np.multiply(2, values["padding"])).tolist())
        match name:
            case "input":
                return (1, 1), self._largest["input"]
            case "kernel":
                return (1, 1), clamp(self._largest["kernel"], (1, 1), padded)
            case "dilation":
                return (1, 1), widest_dilation(padded, values["kernel"], 3)
            case "step" | "play":
                return 0, geometry_of(values).steps - 1
        return None

    def read(self, values: dict[str, Any]) -> SweepState:
        """Return the state that the controls describe."""
        view = (values["azimuth"], values["elevation"], values["operation"])
        return SweepState(geometry_of(values), values["step"], *view)

    def describe(self, state: SweepState) -> str:
        """Say which pixel is computed, from what."""
        (row, col), rows, cols = state.geometry.window(state.step)
        patch, _, outside = self._arithmetic(state)
        y = self.scene.values(state)[2][row, col]
        padding = int(outside.sum())
        products = "1 product" if patch.size == 1 else f"{patch.size} products"
        of_padding = f", {padding} of them on padding" if padding else ""
        (top, _), (left, _) = state.geometry.padding
        return (
            f"Step {state.step} of 0 to {state.geometry.steps - 1}: "
            f"{coloured(f'output pixel ({row}, {col}) = {plain(y)}', 'output')} "
            f"is the sum of {products}{of_padding}. The window starts at input row "
            f"{plain(rows[0] - top)}, column {plain(cols[0] - left)}, both counted from 0."
        )

    def explain(self, state: SweepState) -> str:
        """Return the arithmetic of the pixel: patch × kernel, products, sum."""
        patch, weight, outside = self._arithmetic(state)
        products = patch * weight
        title = "flipped kernel" if state.flipped else "kernel"
        cell = {1: 36, 2: 36, 3: 36, 4: 30, 5: 24, 6: 20, 7: 17}[max(weight.shape)]
        total = np.array([[products.sum()]])
        return (
            '<div class="convlab-panel"><div class="convlab-line">'
            + grid(patch, "input", "patch", empty=outside, cell=cell)
            + '<span class="convlab-sign">×</span>'
            + grid(weight, "kernel", title, cell=cell)
            + '</div><div class="convlab-line"><span class="convlab-sign">=</span>'
            + grid(products, "products", "products", cell=cell)
            + '<span class="convlab-sign">→</span>'
            + grid(total, "output", "sum", cell=56)
            + "</div></div>"
        )

    def _arithmetic(self, state: SweepState) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the patch, the kernel, and which cells of the patch are padding."""
        x, weight, _ = self.scene.values(state)
        _, rows, cols = state.geometry.window(state.step)
        window = np.ix_(rows, cols)
        outside = ~input_mask(state.geometry)[window]
        return np.pad(x, state.geometry.padding)[window], weight, outside


def _part(name: str, value: ArrayLike | None, default: np.ndarray, largest: int) -> np.ndarray:
    if value is None:
        return default
    array = as_array(name, value, ndim=(2,))
    if max(array.shape) > largest:
        raise ValueError(f"`{name}` must be at most {largest} × {largest}, got {array.shape}")
    return array
