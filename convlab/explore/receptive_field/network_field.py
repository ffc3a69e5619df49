"""Real networks: what one unit of any of their layers sees of a photograph."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.receptive_field.network_field_scene import (
    NetworkFieldScene,
    NetworkFieldState,
    fields_of,
    nearest_unit,
)
from convlab.networks import NETWORKS
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import Pair, choice, slider
from convlab.widgets.old_explorer import Explorer

ROWS = 11  # of the table, around the current layer
PERCENT = 100


class NetworkField(Explorer):
    """The receptive field of a well-known network as a frame on the photograph.

    Click the photograph to choose a place; the sliders do the same. What is shown is the unit
    whose field has its middle nearest to that place.

    Parameters
    ----------
    **settings
        Start values of controls: ``network``, a name of `NETWORKS`; ``layer``, counted from 1;
        ``place``, in percent of the photograph from its top and from its left.

    Examples
    --------
    >>> NetworkField(network="VGG-16", layer=18).state.field.size
    (212, 212)
    """

    above: ClassVar = [["network", "layer"], ["place"]]

    def __init__(self, **settings: Any) -> None:
        layer = slider("layer", 18, 1, max(map(len, NETWORKS.values())))
        layer.layout.width = layer.layout.min_width = "420px"
        controls = {
            "network": choice("network", list(NETWORKS), "VGG-16"),
            "layer": layer,
            "place": Pair("place %", 50, 0, PERCENT),
        }
        super().__init__(controls, NetworkFieldScene(), settings)
        self.on_pointer(self._look_at)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the layer within the network, and the place on the photograph."""
        match name:
            case "layer":
                return 1, len(NETWORKS[values["network"]])
            case "place":
                return (0, 0), (PERCENT, PERCENT)
        return None

    def read(self, values: dict[str, Any]) -> NetworkFieldState:
        """Return the state that the controls describe."""
        name, layer = values["network"], values["layer"] - 1
        shape = NETWORKS[name].input_shape
        place = tuple(p * n / PERCENT for p, n in zip(values["place"], shape, strict=True))
        return NetworkFieldState(name, layer, nearest_unit(name, layer, place))

    def describe(self, state: NetworkFieldState) -> str:
        """Say what the unit sees, and how much of that is there."""
        (top, bottom), (left, right) = state.region
        rows, cols = state.network.input_shape
        unit = coloured(f"Unit {state.unit} of {state.network[state.layer].name}", "output")
        size = coloured(f"{bottom - top} × {right - left} cells", "look here")
        inside = state.share_inside
        seen = f"of the {coloured(f'{rows} × {cols} input', 'input')}"
        if inside == 1:
            return f"{unit} in {state.name} sees {size} {seen}: all of its field is on the picture."
        whole = top <= 0 and left <= 0 and bottom >= rows and right >= cols
        sees = f"could see {size}, and sees all {seen}" if whole else f"sees {size} {seen}"
        return (
            f"{unit} in {state.name} {sees}: {_percent(1 - inside)} of its field "
            "lies beyond the border, where there is only padding."
        )

    def explain(self, state: NetworkFieldState) -> str:
        """Return the table around the current layer, and what to know of the network."""
        count = len(state.network)
        first = max(0, min(state.layer - ROWS // 2, count - ROWS))
        shown = range(first, min(first + ROWS, count))
        rows = "".join(_row(state, position) for position in shown)
        part = f"layers {shown[0] + 1} to {shown[-1] + 1} of {count}"
        head = "".join(f"<th>{name}</th>" for name in ("", "kernel", "stride", *_COLUMNS))
        return (
            f'<div class="convlab-sums"><table class="convlab-fields convlab-network">'
            f"<tr>{head}</tr>{rows}</table><i>{part}</i>"
            f'<p class="convlab-note">{state.network.note}</p></div>'
        )

    def _look_at(self, x: float, y: float) -> None:
        place = self.scene.place_at(self.state, (x, y))
        shape = self.state.network.input_shape
        self.controls["place"].value = tuple(
            min(max(round(PERCENT * cells / size), 0), PERCENT)
            for cells, size in zip(place, shape, strict=True)
        )


_COLUMNS = ("sees", "moves", "before")


def _row(state: NetworkFieldState, position: int) -> str:
    layer, field = state.network[position], fields_of(state.name)[position]
    pairs = (layer.kernel_size, layer.stride, field.size, field.stride, field.padding)
    look = ' class="convlab-current"' if position == state.layer else ""
    numbers = "".join(f"<td>{pair[0]}</td>" for pair in pairs)
    return f"<tr{look}><td>{layer.name}</td>{numbers}</tr>"


def _percent(share: float) -> str:
    return "less than 1 %" if share < 0.005 else f"{share:.0%}".replace("%", " %")
