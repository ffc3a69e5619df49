"""One geometry seen from above, with its size formula filled in."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from convlab.explore.padding.padding_scene import PaddingScene, PaddingState, never_read
from convlab.geometry import Geometry, as_sides
from convlab.widgets.html import coloured, floor, formula, fraction
from convlab.widgets.old_controls import Pair, choice, clamp, slider, stepper
from convlab.widgets.old_explorer import Explorer
from convlab.widgets.old_geometry_controls import widest_dilation
from convlab.widgets.presets import CUSTOM, entailed, start_values

RULES = [
    ("none (valid)", "valid"),
    ("same: output ⌈n/s⌉", "same"),
    ("full: every overlap", "full"),
    ("by hand", "by hand"),
]
SIDES = ("top", "bottom", "left", "right")
LARGEST_SIDE = 6


def _case(n: int, k: int, s: int, p: int, d: int, rule: str = "by hand") -> dict[str, Any]:
    """Return the settings of a square case; p is the padding on each side."""
    sides = dict.fromkeys(SIDES, p)
    pairs = {"input": (n, n), "kernel": (k, k), "stride": (s, s), "dilation": (d, d)}
    return {**pairs, "padding": rule, **sides}


CASES = MappingProxyType(
    {
        "no padding, no strides": _case(4, 3, 1, 0, 1, "valid"),
        "arbitrary padding, no strides": _case(5, 4, 1, 2, 1),
        "same padding, no strides": _case(5, 3, 1, 1, 1, "same"),
        "full padding, no strides": _case(5, 3, 1, 2, 1, "full"),
        "no padding, strides": _case(5, 3, 2, 0, 1, "valid"),
        "padding, strides": _case(5, 3, 2, 1, 1),
        "padding, strides, odd": _case(6, 3, 2, 1, 1),
        "dilation": _case(7, 3, 1, 0, 2, "valid"),
    }
)
"""The published cases of arXiv:1603.07285, figures 2.1 to 2.7 and 5.1, as settings of controls."""


class Padding(Explorer):
    """What padding, stride and dilation do to where a kernel stands, and to the output's size.

    Click an output cell, or the input near a window's centre, to frame that window; the step
    slider does the same.

    Parameters
    ----------
    preset : str, optional
        One of the published cases in `CASES`.
    **settings
        Start values of controls: ``input``, ``kernel``, ``stride``, ``dilation`` (pairs), ``step``,
        and ``padding``: ``"valid"``, ``"same"``, ``"full"`` or numbers, as for `Geometry`;
        ``top``, ``bottom``, ``left`` and ``right`` set one side each.

    Raises
    ------
    TypeError, ValueError
        If a setting or a preset is unknown, or `padding` is not as for `Geometry`.

    Examples
    --------
    >>> Padding(input=6, padding=1, stride=2).state.geometry.output_shape
    (3, 3)
    >>> Padding(preset="dilation").state.geometry.span
    (5, 5)
    """

    above: ClassVar = [["preset", "play", "step"], ["padding", *SIDES]]
    below: ClassVar = [["input", "kernel"], ["stride", "dilation"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "input": Pair("input", 5, 1, 12),
            "padding": choice("padding", RULES, "by hand"),
            "kernel": Pair("kernel", 3, 1, 5),
            "dilation": Pair("dilation", 1, 1, 3),
            "stride": Pair("stride", 2, 1, 4),
            **{side: _side(side) for side in SIDES},
            **stepper("step", 9),
            "preset": choice("example", [CUSTOM, *CASES]),
        }
        start = start_values(CASES, _with_sides(settings), "padding, strides")
        super().__init__(controls, PaddingScene(), {"step": 4, **start})
        self.on_pointer(self._go_to)

    def entails(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Let an example set the controls, and a hand on them end the example."""
        return entailed(CASES, name, values)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel inside the padded input; let the sides show what a rule gives."""
        by_hand = values["padding"] == "by hand"
        sides = [clamp(values[side], 0, LARGEST_SIDE) * by_hand for side in SIDES]
        padded = tuple(np.add(values["input"], (sum(sides[:2]), sum(sides[2:]))).tolist())
        fits_always = values["padding"] in ("same", "full")
        match name:
            case "input":
                return (1, 1), (12, 12)
            case "kernel":
                return (1, 1), (5, 5) if fits_always else clamp((5, 5), (1, 1), padded)
            case "dilation" if not fits_always:
                return (1, 1), widest_dilation(padded, values["kernel"], 3)
            case "dilation":
                return (1, 1), tuple(3 if k > 1 else 1 for k in values["kernel"])
            case "top" | "bottom" | "left" | "right" if by_hand:
                return 0, LARGEST_SIDE
            case "top" | "bottom" | "left" | "right":
                given = np.ravel(self._geometry(values).padding)[SIDES.index(name)]
                return int(given), int(given)
            case "step" | "play":
                return 0, self._geometry(values).steps - 1
        return None

    def read(self, values: dict[str, Any]) -> PaddingState:
        """Return the state that the controls describe."""
        return PaddingState(self._geometry(values), values["step"], values["padding"])

    def describe(self, state: PaddingState) -> str:
        """Say what the framed window reads, and what no window reads."""
        geometry = state.geometry
        pixel, rows, cols = geometry.window(state.step)
        inside = [
            sum(before <= cell < before + size for cell in cells)
            for cells, (before, _), size in zip(
                (rows, cols), geometry.padding, geometry.input_shape, strict=True
            )
        ]
        cells = len(rows) * len(cols)
        on_padding = cells - inside[0] * inside[1]
        reads = f"{cells} {_cells(cells)}{_of_padding(on_padding, cells)}"
        first = f"{coloured(f'Output pixel {pixel}', 'output')} reads {reads}."
        return f"{first} {self._unread(geometry)}"

    @staticmethod
    def _unread(geometry: Geometry) -> str:
        """Say which cells of the padded input no window reads, and why."""
        unread = int(never_read(geometry).sum())
        if not unread:
            return "Every cell is read by some window."
        rest = [
            f"{count} {word}{'s' * (count > 1)} at the {end}"
            for count, word, end in zip(
                geometry.leftover, ("row", "column"), ("bottom", "right"), strict=True
            )
            if count
        ]
        (rows, cols), (down, across) = geometry.padded_shape, geometry.leftover
        border = rows * cols - (rows - down) * (cols - across)
        reasons = [f"{' and '.join(rest)}, where no whole step is left"] * bool(border)
        reasons += ["cells between those that the windows read"] * (unread > border)
        hatched = coloured(f"{unread} hatched {_cells(unread)}", "look here")
        return f"No window reads {hatched}: {'; '.join(reasons)}."

    def explain(self, state: PaddingState) -> str:
        """Return the size formula in symbols, and in numbers for the rows and the columns."""
        n, k = coloured("<i>n</i>", "input"), coloured("<i>k</i>", "kernel")
        d, s = coloured("<i>d</i>", "kernel"), coloured("<i>s</i>", "look here")
        before, after = (coloured(f"<i>p</i>{side}", "padding") for side in ("₁", "₂"))
        symbols = _size(n, before, after, d, k, s, coloured("<i>o</i>", "output") + " = ")
        axes = "".join(self._axis(state.geometry, axis) for axis in (0, 1))
        return (
            f'<div class="convlab-panel" style="gap:9px"><b>output size, on each axis</b>{symbols}'
            f"<span>{n} input, {before} and {after} padding,<br>{k} kernel, {d} dilation, "
            f"{s} stride</span>{axes}</div>"
        )

    @staticmethod
    def _axis(geometry: Geometry, axis: int) -> str:
        """Return the formula in the numbers of one axis, and what the floor rounds."""
        before, after = (coloured(p, "padding") for p in geometry.padding[axis])
        room = geometry.padded_shape[axis] - geometry.span[axis]
        stride = geometry.stride[axis]
        numbers = _size(
            coloured(geometry.input_shape[axis], "input"),
            before,
            after,
            coloured(geometry.dilation[axis], "kernel"),
            coloured(geometry.kernel_size[axis], "kernel"),
            coloured(stride, "look here"),
            "",
        )
        quotient = f"{room / stride:.2f}".rstrip("0").rstrip(".")
        output = coloured(geometry.output_shape[axis], "output")
        result = formula("= ", floor(quotient), f" + 1 = {output}")
        return f"<div><b>{('rows ↕', 'columns ↔')[axis]}</b>{numbers}{result}</div>"

    def _geometry(self, values: dict[str, Any]) -> Geometry:
        rule = values["padding"]
        top, bottom, left, right = (clamp(values[side], 0, LARGEST_SIDE) for side in SIDES)
        return Geometry(
            values["input"],
            values["kernel"],
            stride=values["stride"],
            padding=((top, bottom), (left, right)) if rule == "by hand" else rule,
            dilation=values["dilation"],
        )

    def _go_to(self, x: float, y: float) -> None:
        step = self.scene.step_at(self.state, (x, y))
        if step is not None:
            self.controls["step"].value = step


def _size(n: str, before: str, after: str, d: str, k: str, s: str, start: str) -> str:
    above = f"{n} + {before} + {after} − {d}·({k} − 1) − 1"
    return formula(start, floor(fraction(above, s)), " + 1")


def _with_sides(settings: dict[str, Any]) -> dict[str, Any]:
    """Turn numbers given as `padding` into four sides; sides given alone are by hand."""
    if set(SIDES) & set(settings):
        settings = {"padding": "by hand", **settings}
    padding = settings.get("padding", "by hand")
    if isinstance(padding, str):
        return settings
    sides = np.ravel(as_sides(padding, [])).tolist()
    return {**settings, "padding": "by hand", **dict(zip(SIDES, sides, strict=True))}


def _side(name: str) -> Any:
    """Return a short slider for one side's padding."""
    side = slider(name, 1, 0, LARGEST_SIDE, tip=f"padding, {name}")
    side.style.description_width = "46px"
    side.layout.width = side.layout.min_width = "132px"
    return side


def _of_padding(count: int, cells: int) -> str:
    """Say how many of the cells that a window reads are padding."""
    if not count:
        return ""
    if cells == 1:
        return ", which is padding"
    return f", {'all' if count == cells else count} of them padding"


def _cells(count: int) -> str:
    return "cell" if count == 1 else "cells"
