"""Which outputs one input cell feeds, and through which weights."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.backprop.fan_out_scene import FanOutScene, FanOutState
from convlab.explore.backprop.input_gradient import sub, weight_name
from convlab.formatting import plain
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import slider
from convlab.widgets.old_geometry_controls import geometry_of, layout_bounds, layout_controls
from convlab.widgets.old_orbit import Orbit, view


class FanOut(Orbit):
    """An input cell, and a line with its weight to every output that the cell feeds.

    Point at an input cell, or choose it with the slider; drag the picture to turn it.

    Parameters
    ----------
    **settings
        Start values of controls: ``cell`` (the i of xᵢ, from 1), ``input``, ``kernel``,
        ``stride``, ``padding``, ``dilation`` (pairs), ``azimuth``, ``elevation``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> [connection.pixel for connection in FanOut(input=4, cell=2).state.numbers.fed_by(1)]
    [0, 1]
    """

    above: ClassVar = [["cell", "azimuth", "elevation"]]
    below: ClassVar = [["input", "kernel"], ["stride", "padding"], ["dilation"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            **layout_controls(5, 3),
            "cell": slider("i of xᵢ", 1, 1, 36),
            **view(32, 25, lowest=10, highest=85),
        }
        controls["cell"].layout.width = controls["cell"].layout.min_width = "300px"
        super().__init__(controls, FanOutScene(), {"cell": 13, **settings})
        self.on_pointer(self._go_to, self.turn_view, self._go_to)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the kernel inside the input, and the cell too."""
        if name == "cell":
            return 1, values["input"][0] * values["input"][1]
        return layout_bounds(name, values)

    def read(self, values: dict[str, Any]) -> FanOutState:
        """Return the state that the controls describe."""
        return FanOutState(
            geometry_of(values), values["cell"] - 1, values["azimuth"], values["elevation"]
        )

    def describe(self, state: FanOutState) -> str:
        """Say how many outputs the cell feeds."""
        n = state.numbers
        feeds, cell = n.fed_by(state.cell), coloured(f"x{sub(state.cell + 1)}", "input")
        if not feeds:
            return (
                f"No window covers {cell}: it feeds no output, and its gradient is "
                f"{coloured('0', 'gradient')}. It keeps its place in ∂ℓ/∂x all the same."
            )
        outputs = "1 output" if len(feeds) == 1 else f"{len(feeds)} outputs"
        total = plain(n.gradients.x.ravel()[state.cell])
        another = ", each through a weight of its own" if len(feeds) > 1 else ""
        home = coloured(f"∂ℓ/∂x{sub(state.cell + 1)} = {total}", "gradient")
        return (
            f"{cell} feeds {coloured(outputs, 'output')} of {n.y.size}{another}. Backwards, the "
            f"same lines bring the gradients home: weight × ∂ℓ/∂y, summed, is {home}."
        )

    def explain(self, state: FanOutState) -> str:
        """Return the lines as a table: output, weight, ∂ℓ/∂y, and their product."""
        n = state.numbers
        rows = []
        for connection in n.fed_by(state.cell):
            weight, grad = n.weight[connection.weight], n.grad_output.ravel()[connection.pixel]
            line = f"{weight_name(*connection.weight)} = {plain(weight)}"
            rows.append(
                f"<tr><td>{coloured(f'y{sub(connection.pixel + 1)}', 'output')}</td>"
                f"<td>{coloured(line, 'kernel')}</td>"
                f"<td>{coloured(plain(grad), 'gradient')}</td><td>{plain(weight * grad)}</td></tr>"
            )
        total = coloured(plain(n.gradients.x.ravel()[state.cell]), "gradient")
        return (
            '<table class="convlab-list convlab-feeds"><caption>what comes home to '
            f"x{sub(state.cell + 1)}</caption>"
            "<tr><th>output</th><th>weight</th><th>∂ℓ/∂y</th><th>product</th></tr>"
            f"{''.join(rows)}<tr><th colspan=3>sum, ∂ℓ/∂x{sub(state.cell + 1)}</th>"
            f"<td>{total}</td></tr></table>"
        )

    def _go_to(self, x: float, y: float) -> None:
        cell = self.scene.cell_at(self.state, (x, y))
        if cell is not None:
            self.controls["cell"].value = cell + 1
