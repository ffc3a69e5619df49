"""The gradient check: coded gradients beside numerical ones, with a mistake to plant."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.backprop.gradient_check_scene import (
    NAMES,
    GradientCheckScene,
    GradientCheckState,
    in_words,
)
from convlab.explore.backprop.mistakes import MISTAKES
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice
from convlab.widgets.old_explorer import Explorer
from convlab.widgets.old_geometry_controls import geometry_of, layout_bounds, layout_controls


class GradientCheck(Explorer):
    """Gradients as they were coded, checked against central differences of the loss.

    Parameters
    ----------
    **settings
        Start values of controls: ``mistake`` (one of `convlab.draw.mistakes.MISTAKES`),
        ``symmetric`` (whether the kernel looks the same when rotated), ``input``, ``kernel``,
        ``stride``, ``padding``, ``dilation`` (pairs).

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> GradientCheck(mistake="∂ℓ/∂x: kernel not rotated").state.agreements["x"].passes
    False
    """

    above: ClassVar = [["mistake", "symmetric"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["dilation"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            **layout_controls(6, 3, stride=2, padding=1),
            "mistake": choice("planted", list(MISTAKES)),
            "symmetric": choice("numbers", [("asymmetric kernel", False), ("symmetric", True)]),
        }
        super().__init__(controls, GradientCheckScene(), settings)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel inside the input."""
        return layout_bounds(name, values)

    def read(self, values: dict[str, Any]) -> GradientCheckState:
        """Return the state that the controls describe."""
        return GradientCheckState(geometry_of(values), values["mistake"], values["symmetric"])

    def describe(self, state: GradientCheckState) -> str:
        """Say what the check found."""
        mistake, found = MISTAKES[state.mistake], state.agreements
        if mistake is None:
            largest = in_words(max(agreement.error for agreement in found.values()))
            return (
                "No mistake is planted. Numerical means: nudge each number up and down by 10⁻⁴, "
                "and see how the loss ℓ moves. The coded gradients agree with that to "
                f"{coloured(largest, 'gradient')}, which is rounding."
            )
        agreement = found[mistake.part]
        if agreement.passes:
            return (
                f"Planted, but invisible: {mistake.words}, yet the check passes, for "
                f"{mistake.hidden(state.numbers)}."
            )
        if agreement.same_shape:
            off = f"it is off by {in_words(agreement.error)} of its largest entry (framed)"
        else:
            off = "it has not even the shape of what it belongs to (dashed: missing)"
        others = [name for part, name in NAMES.items() if part != mistake.part]
        return (
            f"{coloured('Caught', 'look here')}: {mistake.words}; {off}. "
            f"{others[0]} and {others[1]} still agree, so you know where to look."
        )
