"""The effective receptive field: how much each cell that a unit sees counts."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.receptive_field import effective_field_words as words
from convlab.explore.receptive_field.effective_field_numbers import EffectiveFieldState, fits
from convlab.explore.receptive_field.effective_field_scene import EffectiveFieldScene
from convlab.widgets.controls import choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values

MOST_LAYERS, MOST_POOLS = 20, 3


class EffectiveField(Explorer[EffectiveFieldState, EffectiveFieldScene]):
    """The effective receptive field beside the theoretical one.

    Parameters
    ----------
    **settings
        Start values of controls: ``layers``, ``kernel``, ``dilation``, ``pools`` (2 × 2, with
        stride 2, spread among the layers), ``weights`` ("uniform" or "random"), ``percent``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> EffectiveField(layers=1, kernel=5).state.field.shape
    (5, 5)
    """

    state_type = EffectiveFieldState
    plays = "layers"
    above: ClassVar = [["layers", "kernel", "dilation", "pools"], ["percent", "weights"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "kernel": slider(labels["kernel"], 3, 2, 7),
            "dilation": slider(labels["dilation"], 1, 1, 3),
            "pools": slider(labels["pools"], 0, 0, MOST_POOLS, tip=tips["pools"]),
            "layers": slider(labels["layers"], 10, 1, MOST_LAYERS, tip=tips["layers"]),
            "percent": slider(labels["percent"], 90, 50, 99, tip=tips["percent"]),
            "weights": choice(labels["weights"], words.WEIGHTS),
        }
        super().__init__(controls, EffectiveFieldScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the field small enough to compute at a glance; poolings lie between layers."""
        kernel, dilation, pools = (values[n] for n in ("kernel", "dilation", "pools"))
        if name == "pools":
            return 0, max(n for n in range(MOST_POOLS + 1) if fits(n + 1, kernel, dilation, n))
        if name == "layers":
            counts = range(pools + 1, MOST_LAYERS + 1)
            return counts[0], max(n for n in counts if fits(n, kernel, dilation, pools))
        return None
