"""Pooling: every channel alone, nothing to learn, and where each gradient goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from convlab.explore.pooling import pooling_words as words
from convlab.explore.pooling.pooling_numbers import MAX, MOST, SIDE, PoolingState
from convlab.explore.pooling.pooling_scene import PoolingScene
from convlab.explore.pooling.pooling_table_words import explain
from convlab.geometry import Geometry
from convlab.pooling import pool_geometry
from convlab.widgets.camera_controls import camera_controls
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values


class Pooling(Explorer[PoolingState, PoolingScene]):
    """Max and average pooling on up to three channels, in 3-D: forward, and backward.

    Click an output cell to go to it; drag the picture to turn it. The controls do the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``show`` ("forward", "backward" or "bug"), ``kind``
        ("max", "average" or "average of input cells"), ``numbers`` ("varied" or "ties"),
        ``input``, ``size``, ``stride`` (0 for that of the window), ``padding``, ``ceil`` (whether
        a maximum's windows may reach past the end), ``channels``, ``azimuth``, ``elevation``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> Pooling(input=5, size=3, stride=1, padding=1).state.geometry.output_shape
    (5, 5)
    """

    state_type = PoolingState
    above: ClassVar = [["step", "show"]]
    below: ClassVar = [
        ["kind", "size", "stride", "padding", "ceil"],
        ["numbers", "input", "channels"],
        ["azimuth", "elevation"],
    ]
    describe = staticmethod(words.describe)
    explain = staticmethod(explain)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "kind": choice(labels["kind"], words.KINDS),
            "show": choice(labels["show"], [*words.PASSES, words.WRONG]),
            "numbers": choice(labels["numbers"], words.NUMBERS),
            "input": slider(labels["input"], 4, 3, SIDE, tip=tips["input"]),
            "size": slider(labels["size"], 2, 1, 4, tip=tips["size"]),
            "stride": choice(labels["stride"], words.STRIDES),
            "padding": slider(labels["padding"], 0, 0, 1),
            "ceil": choice(labels["ceil"], words.ROUNDED),
            "channels": slider(labels["channels"], 3, 1, MOST),
            "step": Stepper("step", 2, interval=800, readout=False),
            **camera_controls(25, 28, highest=40),
        }
        super().__init__(controls, PoolingScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the window inside the input, and padding to half the window."""
        match name:
            case "size":
                return 1, values["input"]
            case "padding":
                return 0, values["size"] // 2
        return super().limits(name, values)

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Offer the bug for max pooling only: an average has no maximum to mistake.

        Offer to round up where it makes a difference, and for maxima: what an average then divides
        by would be a story of its own.
        """
        if name == "show" and values["kind"] != MAX:
            return words.PASSES
        if name == "ceil":
            down, up = (self._pooled(values, ceil=ceil).output_shape for ceil in (False, True))
            return words.ROUNDED if values["kind"] == MAX and down != up else words.ROUNDED[:1]
        return None

    def geometry(self, values: Values) -> Geometry:
        """Return the geometry of one channel's pooling."""
        return self._pooled(values, ceil=values["ceil"])

    @staticmethod
    def _pooled(values: Values, *, ceil: bool) -> Geometry:
        shape, stride = (values["input"],) * 2, values["stride"] or None
        padding = values["padding"]
        return pool_geometry(shape, values["size"], stride=stride, padding=padding, ceil_mode=ceil)
