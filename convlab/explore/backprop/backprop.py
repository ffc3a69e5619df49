"""Back-propagation through a convolution, derived one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.backprop import backprop_words as words
from convlab.explore.backprop import derivation
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.backprop_scene import BackpropScene
from convlab.widgets.compound import Stepper, back_and_on
from convlab.widgets.controls import NO_LIMIT, choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.geometry_controls import geometry_controls, geometry_limits
from convlab.widgets.parts import Slots
from convlab.widgets.settling import Limits, Values


class Backprop(Explorer[BackpropState, BackpropScene]):
    """The article's derivation of both gradients, in thirteen steps, at any geometry.

    Each step has one formula, one picture and a few sentences, with the numbers filled in.

    Parameters
    ----------
    **settings
        Start values of controls: ``step`` (from 0), ``cell`` (the i of xᵢ, from 1), ``weight``
        (counted from 0 along the rows), ``input``, ``kernel``, ``stride``, ``padding``,
        ``dilation`` (pairs).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> float(Backprop(step=3).state.numbers.gradients.x[0, 0])
    6.0
    """

    state_type = BackpropState
    above: ClassVar = [["step", "cell", "weight"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["dilation"]]
    rich = True
    describe = staticmethod(derivation.describe)
    explain = staticmethod(derivation.explain)
    printed = staticmethod(derivation.printed)

    def __init__(self, **settings: Any) -> None:
        controls = {
            **geometry_controls(),
            # The title tells the step, counted from 1.
            "step": Stepper("step", interval=4000, width=250, readout=False),
            "cell": slider(words.CELL, 6, 1, NO_LIMIT),
            "weight": choice(words.WEIGHT, words.weights((3, 3)), label_width=56),
        }
        super().__init__(controls, BackpropScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel inside the input, and the cell too."""
        if name == "cell":
            return 1, values["input"][0] * values["input"][1]
        return super().limits(name, values) or geometry_limits(name, values)

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Offer the weights of the kernel."""
        return words.weights(values["kernel"]) if name == "weight" else None

    def usable(self, name: str, values: Values) -> bool:
        """Let only that be moved which the step looks at."""
        return name not in ("cell", "weight") or name == derivation.STEPS[values["step"]].looks_at

    def steps(self, values: Values) -> int:  # noqa: ARG002
        """Return the number of steps of the derivation."""
        return len(derivation.STEPS)

    def read(self, values: Values) -> BackpropState:
        """Return the state that the controls describe; there, cells count from 0."""
        return replace(super().read(values), cell=values["cell"] - 1)

    def arrange(self) -> Slots:
        """Put two buttons before the step."""
        slots = super().arrange()
        row = slots["above"][0]
        row.children = [*back_and_on(self.controls["step"]), *row.children]
        return slots

    def middle(self) -> list[widgets.Widget]:
        """Put title and formula above the picture."""
        self.details.layout.margin, self.picture.layout.margin = "2px 2px 0", "0 2px 2px"
        return [self.details, self.picture]
