"""Two ways to keep the size, side by side: padding that depends on n, and fixed padding."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, ClassVar

from convlab.explore.padding.same_padding_scene import SameScene, SameState, centres, starts
from convlab.formatting import plain
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice, slider, stepper
from convlab.widgets.old_explorer import Explorer
from convlab.widgets.presets import CUSTOM, entailed, start_values


def _case(size: int, kernel: int, stride: int, dilation: int = 1) -> dict[str, int]:
    return {"size": size, "kernel": kernel, "stride": stride, "dilation": dilation}


CASES = MappingProxyType(
    {
        "differ: stride 2, even size": _case(8, 3, 2),
        "agree: stride 2, odd size": _case(9, 3, 2),
        "agree: stride 1, odd kernel": _case(8, 5, 1),
        "differ: even kernel": _case(8, 4, 1),
        "differ: n = 224, k = 7, s = 2": _case(224, 7, 2),
    }
)
"""Settings that show when the two ways agree, and when they do not."""


class TwoSames(Explorer):
    """What `same` means: an output of ⌈n/s⌉, or the same padding everywhere.

    Above, the rule of TensorFlow, Keras and JAX, whose padding depends on the size. Below, the
    habit of PyTorch, p = ⌊d(k − 1)/2⌋ on both sides.

    Parameters
    ----------
    preset : str, optional
        One of `CASES`.
    **settings
        Start values of controls: ``size``, ``kernel``, ``stride``, ``dilation``, ``step``.

    Raises
    ------
    TypeError, ValueError
        If a setting or a preset is unknown.

    Examples
    --------
    >>> TwoSames(size=224, kernel=7, stride=2).state.adapted.padding[1]
    (2, 3)
    """

    above: ClassVar = [["preset", "play", "step"]]
    below: ClassVar = [["size", "kernel", "stride", "dilation"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "size": slider("size", 8, 2, 256),
            "kernel": slider("kernel", 3, 1, 7),
            "stride": slider("stride", 2, 1, 4),
            "dilation": slider("dilation", 1, 1, 3),
            **stepper("output pixel", 4),
            "preset": choice("example", [CUSTOM, *CASES]),
        }
        controls["size"].layout.width = controls["size"].layout.min_width = "300px"
        start = start_values(CASES, settings, "differ: stride 2, even size")
        super().__init__(controls, SameScene(), start)

    def entails(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Let an example set the controls, and a hand on them end the example."""
        return entailed(CASES, name, values)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the step within the longer of the two outputs."""
        match name:
            case "size":
                return 2, 256
            case "kernel":
                return 1, 7
            case "dilation":
                return 1, 3 if values["kernel"] > 1 else 1
            case "step" | "play":
                state = self.read({**values, "step": 0})
                return 0, max(g.output_shape[1] for g in (state.adapted, state.fixed)) - 1
        return None

    def read(self, values: dict[str, Any]) -> SameState:
        """Return the state that the controls describe."""
        names = ("size", "kernel", "stride", "dilation", "step")
        return SameState(*(values[name] for name in names))

    def describe(self, state: SameState) -> str:
        """Say on which cells the chosen pixel sits in either way, and how far apart."""
        counts = [g.output_shape[1] for g in (state.adapted, state.fixed)]
        sizes = (
            f"Both leave {counts[0]} output{'s' * (counts[0] > 1)}."
            if counts[0] == counts[1]
            else f"<code>same</code> leaves {counts[0]} outputs, fixed padding {counts[1]}."
        )
        pixel = coloured(f"Output pixel {state.step}", "output")
        above = f"{pixel} reads {_cells(state, state.adapted)} by <code>same</code>"
        if state.step >= counts[1]:
            return f"{above}; with fixed padding there is no such pixel. {sizes}"
        apart = abs(centres(state.adapted)[state.step] - centres(state.fixed)[state.step])
        below = f"{_cells(state, state.fixed)} with p = {state.fixed.padding[1][0]}"
        shift = f"{plain(apart)} {'cell' if apart <= 1 else 'cells'} further left"
        shift = coloured(shift if apart else "the same cells", "look here")
        return f"{above}, {below}: {shift}. {sizes}"


def _cells(state: SameState, geometry: Any) -> str:
    first = int(starts(geometry)[state.step])
    last = first + geometry.span[1] - 1
    every = f", every {('second', 'third')[state.dilation - 2]}," if state.dilation > 1 else ""
    return (
        f"cells {plain(first)} to {plain(last)}{every}" if last > first else f"cell {plain(first)}"
    )
