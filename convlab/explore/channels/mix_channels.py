"""A kernel that only mixes the colours of a picture."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.channels import mix_channels_words as words
from convlab.explore.channels.kernel_bank_numbers import COLOURS
from convlab.explore.channels.mix_channels_numbers import MIXTURES, OWN, MixState
from convlab.explore.channels.mix_channels_scene import MixScene
from convlab.formatting import say
from convlab.widgets.controls import LABEL, choice, set_width, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Values


class MixChannels(Explorer[MixState, MixScene]):
    """A 1×1 kernel on a photograph: it mixes the channels and never looks at a neighbour.

    Parameters
    ----------
    **settings
        Start values of controls: ``mixture``, ``red``, ``green``, ``blue``, ``bias``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> MixChannels(mixture="red − blue").state.weights
    (1.0, 0.0, -1.0)
    """

    state_type = MixState
    above: ClassVar = [["mixture", "bias"], list(COLOURS)]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        controls = {
            "mixture": choice(words.MIXTURE, [*MIXTURES, OWN], OWN),
            **{colour: _weight(colour) for colour in COLOURS},
            "bias": slider(words.BIAS, 0, -255, 255, tip=words.BIAS_TIP),
        }
        defaults = {} if set(settings) & set(COLOURS) else {"mixture": next(iter(MIXTURES))}
        super().__init__(controls, MixScene(), settings, defaults)

    def entails(self, name: str, values: Values) -> Values:
        """Let a mixture set the weights, and the weights name the mixture."""
        if name != "mixture":
            return {"mixture": self.read(values).mixture}
        if values["mixture"] == OWN:
            return {}
        return dict(zip((*COLOURS, "bias"), MIXTURES[values["mixture"]], strict=True))


def _weight(colour: str) -> widgets.FloatSlider:
    made = widgets.FloatSlider(
        value=0.0,
        min=-1.0,
        max=1.0,
        step=0.01,
        description=say(colour),
        tooltip=words.weight_tip(colour),
        readout_format=".2f",
        style={"description_width": f"{LABEL}px"},
    )
    return set_width(made, 240)
