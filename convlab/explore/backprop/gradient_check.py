"""The gradient check: coded gradients beside numerical ones, with a mistake to plant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from convlab.explore.backprop import gradient_check_words as words
from convlab.explore.backprop.gradient_check_numbers import GradientCheckState
from convlab.explore.backprop.gradient_check_scene import GradientCheckScene
from convlab.explore.backprop.own_check import _OwnGradientCheck
from convlab.widgets.controls import choice
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import geometry_controls, geometry_limits
from convlab.widgets.settling import Limits, Values


class GradientCheck(Explorer[GradientCheckState, GradientCheckScene]):
    """Gradients as they were coded, checked against central differences of the loss.

    Given a function, it checks that instead of a planted mistake: the function is run over
    strides, paddings, dilations and sizes that leave rows over, a control lists these cases, and
    the mistake is named where the catalogue knows it. What is returned then is an explorer of
    another class, with a control ``case`` only and with ``findings``.

    Parameters
    ----------
    function : callable, optional
        A backward pass of your own, ``function(grad_output, x, weight, stride=1, padding=0,
        dilation=1)``, that returns ∂ℓ/∂x, ∂ℓ/∂w and, if it likes, ∂ℓ/∂b, all of single-channel
        2-D arrays. It may take fewer of the last three, which are whole numbers; then it is
        tried on what it can express.
    **settings
        Start values of controls: ``mistake`` ("none", or one of
        `convlab.explore.backprop.gradient_check_numbers.MISTAKES`), ``symmetric`` (whether the
        kernel looks the same when rotated), ``input``, ``kernel``, ``stride``, ``padding``,
        ``dilation`` (pairs).

    Raises
    ------
    TypeError, ValueError
        If `function` cannot be called like that, or a setting is unknown, or finds no room.

    Examples
    --------
    >>> GradientCheck(mistake="∂ℓ/∂x: kernel not rotated").state.agreements["x"].passes
    False
    >>> from convlab import conv2d_backward, flip
    >>> mine = GradientCheck(lambda g, x, weight: conv2d_backward(g, x, flip(weight)))
    >>> mine.findings.mistakes
    {'x': 'kernel not rotated'}
    """

    state_type = GradientCheckState
    plays = "mistake"
    above: ClassVar = [["mistake", "symmetric"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["dilation"]]
    describe = staticmethod(words.describe)

    def __new__(cls, function: Callable[..., Any] | None = None, /, **settings: Any) -> Any:
        """Hand over to the check of a reader's own function, if there is one."""
        return super().__new__(cls) if function is None else _OwnGradientCheck(function, **settings)

    def __init__(self, function: None = None, /, **settings: Any) -> None:  # noqa: ARG002
        controls = {
            **geometry_controls(6, 3, strides=2, pads=1),
            "mistake": choice(words.PLANTED, words.CHOICES),
            "symmetric": choice(words.NUMBERS, words.KERNELS),
        }
        super().__init__(controls, GradientCheckScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the input."""
        return geometry_limits(name, values)
