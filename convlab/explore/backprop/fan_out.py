"""Which outputs one input cell feeds, and through which weights."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from convlab.explore.backprop import fan_out_words as words
from convlab.explore.backprop.fan_out_numbers import FanOutState
from convlab.explore.backprop.fan_out_scene import FanOutScene
from convlab.widgets.camera_controls import camera_controls
from convlab.widgets.controls import NO_LIMIT, choice, set_width, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import geometry_controls, geometry_limits
from convlab.widgets.settling import Limits, Values


class FanOut(Explorer[FanOutState, FanOutScene]):
    """An input cell, and a line with its weight to every output that the cell feeds.

    Point at an input cell, or choose it with the slider; drag the picture to turn it.

    Parameters
    ----------
    **settings
        Start values of controls: ``cell`` (the i of xᵢ, from 1), ``input``, ``kernel``,
        ``stride``, ``padding``, ``dilation`` (pairs), ``azimuth``, ``elevation``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> [connection.pixel for connection in FanOut(input=4, cell=2).state.numbers.fed_by(1)]
    [0, 1]
    """

    state_type = FanOutState
    plays = "cell"
    above: ClassVar = [["cell", "backward"]]
    below: ClassVar = [
        ["input", "kernel"],
        ["stride", "padding"],
        ["azimuth", "elevation"],
        ["dilation"],
    ]
    hovers = True
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        controls = {
            **geometry_controls(5, 3),
            "cell": set_width(slider(words.CELL, 13, 1, NO_LIMIT), 300),
            "backward": choice(words.WAY, words.WAYS),
            **camera_controls(32, 25, lowest=10, highest=85),
        }
        super().__init__(controls, FanOutScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the input, and the cell too."""
        if name == "cell":
            return 1, values["input"][0] * values["input"][1]
        return geometry_limits(name, values)

    def read(self, values: Values) -> FanOutState:
        """Return the state that the controls describe; there, cells count from 0."""
        return replace(super().read(values), cell=values["cell"] - 1)
