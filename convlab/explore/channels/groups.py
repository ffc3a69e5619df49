"""Groups: kernels that span only a part of the input channels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from convlab.explore.channels.groups_scene import MOST, GroupsScene, GroupsState, common_divisors
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice, slider
from convlab.widgets.old_explorer import Explorer


class Groups(Explorer):
    """Which input channels each kernel spans when a convolution is cut into groups.

    Parameters
    ----------
    **settings
        Start values of controls: ``inputs``, ``outputs``, ``groups``, ``kernel``, ``output``.

    Raises
    ------
    TypeError
        If a setting is unknown.
    ValueError
        If `groups` does not divide both counts of channels.

    Examples
    --------
    >>> Groups(inputs=8, outputs=8, groups=8).state.weights
    72
    """

    above: ClassVar = [["output", "groups"]]
    below: ClassVar = [["inputs", "outputs", "kernel"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "inputs": slider("inputs", 4, 1, MOST, tip="input channels"),
            "outputs": slider("outputs", 8, 1, MOST, tip="output channels"),
            "groups": choice("groups", common_divisors(4, 8), 2, width=176),
            "kernel": slider("kernel", 3, 1, 5, tip="rows and columns of each kernel"),
            "output": slider("look at", 2, 0, 7, tip="the output channel to look at, from 0"),
        }
        super().__init__(controls, GroupsScene(), settings)

    def bounds(self, name: str, values: dict[str, Any]) -> Any:
        """Offer the groups that divide both counts, and the output channels there are."""
        match name:
            case "groups":
                return common_divisors(values["inputs"], values["outputs"])
            case "output":
                return 0, values["outputs"] - 1
        return None

    def read(self, values: dict[str, Any]) -> GroupsState:
        """Return the state that the controls describe."""
        return GroupsState(**values)

    def describe(self, state: GroupsState) -> str:
        """Say what the chosen output channel is computed from."""
        sources = state.sources(state.output)
        names = _listed([str(source) for source in sources])
        plural = "s" * (len(sources) > 1)
        one = state.thickness * state.kernel**2
        return (
            f"{_kind(state)}: {coloured(f'output channel {state.output}', 'output')} is computed "
            f"from {coloured(f'input channel{plural} {names}', 'input')} of {state.inputs}, so its "
            f"kernel has {state.thickness} × {state.kernel} × {state.kernel} = {one} weights. "
            f"In all: {coloured(f'{state.weights} weights', 'kernel')}."
        )

    def explain(self, state: GroupsState) -> str:
        """Return the weights of this convolution beside those of its relatives."""
        whole = replace(state, groups=1).weights
        depth = state.inputs * state.kernel**2
        mixing = state.inputs * state.outputs
        k = f"{state.kernel}²"
        rows = [
            (
                f"<b>{_groups(state.groups)}</b>",
                f"{state.outputs} × {state.thickness} × {k}",
                f"<b>{state.weights}</b>",
            ),
            ("ordinary", f"{state.outputs} × {state.inputs} × {k}", whole),
            ("depthwise", f"{state.inputs} × 1 × {k}", depth),
            ("1 × 1", f"{state.outputs} × {state.inputs} × 1", mixing),
            ("both", f"{depth} + {mixing}", depth + mixing),
        ]
        body = "".join(
            f"<tr><td>{name}</td><td>{sum_}</td><td>{total}</td></tr>" for name, sum_, total in rows
        )
        return (
            '<div class="convlab-panel" style="width:272px;line-height:1.45">'
            '<table class="convlab-pixels"><tr><th></th>'
            "<th>count</th><th>weights</th></tr>"
            f"{body}</table><div>{_saving(state, whole)}</div></div>"
        )


def _kind(state: GroupsState) -> str:
    if state.groups == 1:
        return "One group, the ordinary convolution"
    if state.groups == state.inputs:
        return f"{_groups(state.groups).capitalize()} of one input channel, a depthwise convolution"
    return _groups(state.groups).capitalize()


def _groups(count: int) -> str:
    return f"{count} group{'s' * (count > 1)}"


def _saving(state: GroupsState, whole: int) -> str:
    if state.groups == 1:
        return "Every kernel spans all input channels."
    return (
        f"{_groups(state.groups)} need 1/{state.groups} of the weights:<br>"
        f"{whole} ÷ {state.groups} = {state.weights}."
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
