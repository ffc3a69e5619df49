"""Back-propagation through a convolution, derived one step at a time."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.backprop.backprop_scene import (
    STEPS,
    USES_CELL,
    USES_WEIGHT,
    BackpropScene,
    BackpropState,
)
from convlab.explore.backprop.derivation import formula, sentence
from convlab.explore.backprop.names import weight_name
from convlab.widgets.old_controls import back_and_on, choice, slider, stepper
from convlab.widgets.old_explorer import Explorer
from convlab.widgets.old_geometry_controls import geometry_of, layout_bounds, layout_controls


class Backprop(Explorer):
    """The article's derivation of both gradients, in thirteen steps, at any geometry.

    Each step has one formula, one picture and one sentence, with the numbers filled in.

    Parameters
    ----------
    **settings
        Start values of controls: ``step`` (from 0), ``cell`` (the i of xᵢ, from 1), ``weight``
        (counted from 0 along the rows), ``input``, ``kernel``, ``stride``, ``padding``,
        ``dilation`` (pairs).

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> float(Backprop(step=3).state.numbers.gradients.x[0, 0])
    6.0
    """

    above: ClassVar = [["play", "step", "cell", "weight"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["dilation"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            **layout_controls(),
            **stepper("step", len(STEPS), interval=4000),
            "cell": slider("i of xᵢ", 1, 1, 36),
            "weight": choice("weight", [(weight_name(u, v), 3 * u + v) for u, v in _KERNEL]),
        }
        controls["step"].layout.width = controls["step"].layout.min_width = "250px"
        controls["step"].readout = False  # the title says it, counted from 1
        controls["weight"].layout.width = controls["weight"].layout.min_width = "140px"
        controls["weight"].style.description_width = "56px"
        super().__init__(controls, BackpropScene(), {"cell": 6, **settings})

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel inside the input, and both pointers inside what they point into."""
        rows, cols = values["kernel"]
        match name:
            case "cell":
                return 1, values["input"][0] * values["input"][1]
            case "weight":
                cells = [(u, v) for u in range(rows) for v in range(cols)]
                return tuple((weight_name(u, v), u * cols + v) for u, v in cells)
        return layout_bounds(name, values)

    def read(self, values: dict[str, Any]) -> BackpropState:
        """Return the state that the controls describe."""
        step, cell, weight = values["step"], values["cell"] - 1, values["weight"]
        return BackpropState(geometry_of(values), step, cell, weight)

    def describe(self, state: BackpropState) -> str:
        """Say what the step shows."""
        return sentence(state)

    def explain(self, state: BackpropState) -> str:
        """Return the step's title and formula, in TeX."""
        return (
            f'<div class="convlab-derivation"><div><b>{_title(state)}</b></div>'
            f"<div>\\[{formula(state)}\\]</div></div>"
        )

    def printed(self, state: BackpropState) -> str:
        """Return the step's title: a saved page does not typeset formulas."""
        return f"<h2>{_title(state)}</h2>"

    def _settle(self) -> dict[str, Any]:
        """Let only those pointers be moved that the step looks at."""
        values = super()._settle()
        self.controls["cell"].disabled = values["step"] not in USES_CELL
        self.controls["weight"].disabled = values["step"] not in USES_WEIGHT
        return values

    def _arrange(self) -> list[widgets.Widget]:
        self.details = widgets.HTMLMath(layout={"margin": "2px 2px 0"})
        self.picture.layout.margin = "0 2px 2px"
        style, row, _, caption, *rest = super()._arrange()
        row.children = [*back_and_on(self.controls["step"]), *row.children]
        return [style, row, self.details, self.picture, caption, *rest]


def _title(state: BackpropState) -> str:
    words = STEPS[state.step]
    return f"{state.step + 1} · {words[0].upper()}{words[1:]}"


_KERNEL = [(u, v) for u in range(3) for v in range(3)]
