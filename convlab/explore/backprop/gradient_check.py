"""The gradient check: coded gradients beside numerical ones, with a mistake to plant."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.backprop import gradient_check_words as words
from convlab.explore.backprop.gradient_check_numbers import GradientCheckState
from convlab.explore.backprop.gradient_check_scene import GradientCheckScene
from convlab.widgets.controls import choice
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import geometry_controls, geometry_limits
from convlab.widgets.settling import Limits, Values


class GradientCheck(Explorer[GradientCheckState, GradientCheckScene]):
    """Gradients as they were coded, checked against central differences of the loss.

    Parameters
    ----------
    **settings
        Start values of controls: ``mistake`` ("none", or one of
        `convlab.explore.backprop.gradient_check_numbers.MISTAKES`), ``symmetric`` (whether the
        kernel looks the same when rotated), ``input``, ``kernel``, ``stride``, ``padding``,
        ``dilation`` (pairs).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> GradientCheck(mistake="∂ℓ/∂x: kernel not rotated").state.agreements["x"].passes
    False
    """

    state_type = GradientCheckState
    above: ClassVar = [["mistake", "symmetric"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["dilation"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        controls = {
            **geometry_controls(6, 3, strides=2, pads=1),
            "mistake": choice(words.PLANTED, words.CHOICES),
            "symmetric": choice(words.NUMBERS, words.KERNELS),
        }
        super().__init__(controls, GradientCheckScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the input."""
        return geometry_limits(name, values)
