"""Groups: kernels that span only a part of the input channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from convlab.explore.channels import groups_words as words
from convlab.explore.channels.groups_numbers import MOST, GroupsState, common_divisors
from convlab.explore.channels.groups_scene import GroupsScene
from convlab.widgets.controls import choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values


class Groups(Explorer[GroupsState, GroupsScene]):
    """Which input channels each kernel spans when a convolution is cut into groups.

    Parameters
    ----------
    **settings
        Start values of controls: ``inputs``, ``outputs``, ``groups``, ``kernel``, ``output``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room; if `groups` does not divide both counts of
        channels.

    Examples
    --------
    >>> Groups(inputs=8, outputs=8, groups=8).state.weights
    72
    """

    state_type = GroupsState
    plays = "output"
    above: ClassVar = [["output", "groups"]]
    below: ClassVar = [["inputs", "outputs", "kernel"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "inputs": slider(labels["inputs"], 4, 1, MOST, tip=tips["inputs"]),
            "outputs": slider(labels["outputs"], 8, 1, MOST, tip=tips["outputs"]),
            "groups": choice(labels["groups"], common_divisors(4, 8), 2),
            "kernel": slider(labels["kernel"], 3, 1, 5, tip=tips["kernel"]),
            "output": slider(labels["output"], 2, 0, MOST - 1, tip=tips["output"]),
        }
        super().__init__(controls, GroupsScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep to the output channels there are."""
        return (0, values["outputs"] - 1) if name == "output" else None

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Offer the groups that divide both counts of channels."""
        return common_divisors(values["inputs"], values["outputs"]) if name == "groups" else None
