"""The sweep with thickness: how many channels become one, and how many kernels give many."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.channels import channel_sweep_words as words
from convlab.explore.channels.channel_sweep_numbers import MOST, ChannelState
from convlab.explore.channels.channel_sweep_scene import ChannelScene
from convlab.widgets.camera_controls import camera_controls
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import slider, toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values


class ChannelSweep(Explorer[ChannelState, ChannelScene]):
    """A kernel that spans all input channels, and one output channel for each kernel, in 3-D.

    Click an output cell to go to it; drag the picture to turn it. The sliders do the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``channels``, ``kernels``, ``bias``, ``products``,
        ``input``, ``kernel``, ``stride``, ``padding``, ``azimuth``, ``elevation``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> ChannelSweep(kernels=4).state.parameters
    112
    """

    state_type = ChannelState
    caption_lines: ClassVar = 3
    above: ClassVar = [["step", "bias", "products"]]
    below: ClassVar = [
        ["channels", "kernels", "azimuth", "elevation"],
        ["input", "kernel", "stride", "padding"],
    ]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "channels": slider(labels["channels"], 3, 1, MOST, tip=tips["channels"]),
            "kernels": slider(labels["kernels"], 2, 1, MOST, tip=tips["kernels"]),
            "input": slider(labels["input"], 5, 2, 6, tip=tips["input"]),
            "padding": slider(labels["padding"], 0, 0, 2),
            "kernel": slider(labels["kernel"], 3, 1, 3, tip=tips["kernel"]),
            "stride": slider(labels["stride"], 1, 1, 3),
            "step": Stepper("step", 4),
            "bias": toggle(labels["bias"], True, tip=tips["bias"]),
            "products": toggle(labels["products"], tip=tips["products"]),
            **camera_controls(25, 26),
        }
        super().__init__(controls, ChannelScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the padded input."""
        if name == "kernel":
            return 1, values["input"] + 2 * values["padding"]
        return super().limits(name, values)

    def steps(self, values: Values) -> int:
        """Let the steps run through all output channels."""
        return int(values["kernels"] * self.geometry(values).steps)
