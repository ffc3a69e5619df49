"""Real networks: what one unit of any of their layers sees of a photograph."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.receptive_field import network_field_words as words
from convlab.explore.receptive_field.network_field_numbers import PERCENT, NetworkFieldState
from convlab.explore.receptive_field.network_field_scene import NetworkFieldScene
from convlab.networks import NETWORKS
from convlab.widgets.compound import Pair
from convlab.widgets.controls import choice, set_width, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values


class NetworkField(Explorer[NetworkFieldState, NetworkFieldScene]):
    """The receptive field of a well-known network as a frame on the photograph.

    Click the photograph to choose a place; the sliders do the same. What is shown is the unit
    whose field has its middle nearest to that place.

    Parameters
    ----------
    **settings
        Start values of controls: ``network``, a name of `NETWORKS`; ``layer``, counted from 1;
        ``place``, in percent of the photograph from its top and from its left.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> NetworkField(network="VGG-16", layer=18).state.field.size
    (212, 212)
    """

    state_type = NetworkFieldState
    plays = "layer"
    above: ClassVar = [["network", "layer"], ["place"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        labels, longest = words.LABELS, max(map(len, NETWORKS.values()))
        controls = {
            "network": choice(labels["network"], list(NETWORKS), "VGG-16"),
            "layer": set_width(slider(labels["layer"], 18, 1, longest), 420),
            "place": Pair(labels["place"], 50, 0, PERCENT),
        }
        super().__init__(controls, NetworkFieldScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the layer within the network."""
        return (1, len(NETWORKS[values["network"]])) if name == "layer" else None
