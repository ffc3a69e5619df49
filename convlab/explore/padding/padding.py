"""One geometry seen from above, with its size formula filled in."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from convlab.explore.padding import padding_words as words
from convlab.explore.padding.padding_numbers import PaddingState
from convlab.explore.padding.padding_scene import PaddingScene
from convlab.explore.padding.padding_words import BY_HAND
from convlab.geometry import Geometry, as_sides
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import NO_LIMIT, choice, set_width, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import (
    dilation,
    input_size,
    kernel_size,
    stride,
    widest_dilation,
)
from convlab.widgets.presets import CUSTOM, entailed, start_values
from convlab.widgets.settling import Limits, Values

SIDES = ("top", "bottom", "left", "right")
LARGEST_SIDE = 6


def _case(n: int, k: int, s: int, p: int, d: int, rule: str = BY_HAND) -> dict[str, Any]:
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


class Padding(Explorer[PaddingState, PaddingScene]):
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
        If a setting or a preset is unknown, a setting finds no room, or `padding` is not as
        for `Geometry`.

    Examples
    --------
    >>> Padding(input=6, padding=1, stride=2).state.geometry.output_shape
    (3, 3)
    >>> Padding(preset="dilation").state.geometry.span
    (5, 5)
    """

    state_type = PaddingState
    above: ClassVar = [["preset", "step"], ["padding", *SIDES]]
    below: ClassVar = [["input", "kernel"], ["stride", "dilation"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        labels = words.LABELS
        controls = {
            "input": input_size(5, 12),
            "padding": choice(labels["padding"], words.RULES, BY_HAND),
            "kernel": kernel_size(3, 5),
            "dilation": dilation(1, 3),
            "stride": stride(2, 4),
            **{side: _side(side) for side in SIDES},
            "step": Stepper("step", 4),
            "preset": choice(labels["preset"], [CUSTOM, *CASES]),
        }
        start = start_values(CASES, _with_sides(settings), "padding, strides")
        super().__init__(controls, PaddingScene(), *start)

    def entails(self, name: str, values: Values) -> Values:
        """Let an example set the controls, and a hand on them end it."""
        keep = {}  # by hand, the sides go on from what a rule gave
        if name == "padding" and values["padding"] == BY_HAND:
            keep = {side: min(values[side], LARGEST_SIDE) for side in SIDES}
        return {**entailed(CASES, name, values), **keep}

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the padded input; let the sides show what a rule gives."""
        by_hand = values["padding"] == BY_HAND
        top, bottom, left, right = (min(values[side], LARGEST_SIDE) * by_hand for side in SIDES)
        rows, cols = values["input"]
        padded = (rows + top + bottom, cols + left + right)
        fits_always = values["padding"] in ("same", "full")
        match name:
            case "kernel" if not fits_always:
                return (1, 1), padded
            case "dilation":
                room = (NO_LIMIT, NO_LIMIT) if fits_always else padded
                return (1, 1), widest_dilation(room, values["kernel"])
            case "top" | "bottom" | "left" | "right" if by_hand:
                return 0, LARGEST_SIDE
            case "top" | "bottom" | "left" | "right":
                given = int(np.ravel(self.geometry(values).padding)[SIDES.index(name)])
                return given, given
        return super().limits(name, values)

    def geometry(self, values: Values) -> Geometry:
        """Return the geometry, padded by the rule or by hand."""
        rule = values["padding"]
        top, bottom, left, right = (values[side] for side in SIDES)
        return Geometry(
            values["input"],
            values["kernel"],
            stride=values["stride"],
            padding=((top, bottom), (left, right)) if rule == BY_HAND else rule,
            dilation=values["dilation"],
        )


def _with_sides(settings: dict[str, Any]) -> dict[str, Any]:
    """Turn numbers given as `padding` into four sides; sides given alone are by hand."""
    if set(SIDES) & set(settings):
        settings = {"padding": BY_HAND, **settings}
    padding = settings.get("padding", BY_HAND)
    if isinstance(padding, str):
        return settings
    sides = np.ravel(as_sides(padding, [])).tolist()
    return {**settings, "padding": BY_HAND, **dict(zip(SIDES, sides, strict=True))}


def _side(name: str) -> Any:
    """Return a short slider for one side's padding; a rule may give more than a hand can."""
    side = slider(words.LABELS[name], 1, 0, NO_LIMIT, tip=words.TIPS[name])
    side.style.description_width = "46px"
    return set_width(side, 132)
