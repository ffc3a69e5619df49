"""Two ways to keep the size, side by side: padding that depends on n, and fixed padding."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, ClassVar

from convlab.explore.padding import same_padding_words as words
from convlab.explore.padding.same_padding_numbers import SameState
from convlab.explore.padding.same_padding_scene import SameScene
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, set_width, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.presets import CUSTOM, entailed, start_values
from convlab.widgets.settling import Limits, Values


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


class TwoSames(Explorer[SameState, SameScene]):
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
        If a setting or a preset is unknown, or a setting finds no room.

    Examples
    --------
    >>> TwoSames(size=224, kernel=7, stride=2).state.adapted.padding[1]
    (2, 3)
    """

    state_type = SameState
    above: ClassVar = [["preset", "step"]]
    below: ClassVar = [["size", "kernel", "stride", "dilation"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels = words.LABELS
        controls = {
            "size": set_width(slider(labels["size"], 8, 2, 256), 300),
            "kernel": slider(labels["kernel"], 3, 1, 7),
            "stride": slider(labels["stride"], 2, 1, 4),
            "dilation": slider(labels["dilation"], 1, 1, 3),
            "step": Stepper(labels["step"]),
            "preset": choice(labels["preset"], [CUSTOM, *CASES]),
        }
        start = start_values(CASES, settings, "differ: stride 2, even size")
        super().__init__(controls, SameScene(), *start)

    def entails(self, name: str, values: Values) -> Values:
        """Let an example set the controls, and a hand on them end the example."""
        return entailed(CASES, name, values)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Leave a kernel of one cell without gaps."""
        if name == "dilation" and values["kernel"] == 1:
            return 1, 1
        return super().limits(name, values)

    def steps(self, values: Values) -> int:
        """Return the longer of the two outputs."""
        return max(self.read({**values, "step": 0}).outputs)
