"""A shift of the input by a few columns, and how pooling and convolution answer it."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.pooling.shift_scene import FARTHEST, PATTERNS, ShiftScene, ShiftState, answers
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice, slider, stepper
from convlab.widgets.old_explorer import Explorer


class ShiftTest(Explorer):
    """A pattern and the same pattern moved, and what four layers make of both.

    The layers share their window and stride: max pooling, average pooling, a convolution, and max
    pooling that is smoothed before positions are skipped.

    Parameters
    ----------
    **settings
        Start values of controls: ``pattern``, ``shift``, ``size``, ``stride``.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> ShiftTest(pattern="one dot", shift=3).state.shift
    3
    """

    above: ClassVar = [["play", "shift", "pattern"]]
    below: ClassVar = [["size", "stride"]]

    def __init__(self, **settings: Any) -> None:
        parts = stepper("shift", FARTHEST + 1, interval=900)
        controls = {
            "pattern": choice("pattern", list(PATTERNS), width=240),
            "size": slider("window", 2, 2, 4, tip="rows and columns of every window"),
            "stride": slider("stride", 2, 1, 4),
            "shift": parts["step"],
            "play": parts["play"],
        }
        super().__init__(controls, ShiftScene(), {"shift": 1, **settings})

    def read(self, values: dict[str, Any]) -> ShiftState:
        """Return the state that the controls describe."""
        return ShiftState(**{name: values[name] for name in ("pattern", "shift", "size", "stride")})

    def describe(self, state: ShiftState) -> str:
        """Say by how much each layer's answer changed, and why."""
        if not state.shift:
            return "Nothing has moved yet: both rows are the same, and nothing is framed."
        columns = "1 column" if state.shift == 1 else f"{state.shift} columns"
        whole, rest = divmod(state.shift, state.stride)
        if rest:
            reason = (
                f"no multiple of the stride {state.stride}: windows gather other cells together"
            )
        else:
            times = {1: "exactly", 2: "twice"}.get(whole, f"{whole} times")
            cells = "1 cell" if whole == 1 else f"{whole} cells"
            reason = f"{times} the stride: away from the edges, every output moves along by {cells}"
        changes = ", ".join(
            f"{answer.name} {answer.changed.sum()} (by {100 * answer.change:.0f}\u00a0%)"
            for answer in answers(state)
        )
        count = answers(state)[0].after.size
        framed = coloured("framed", "look here")
        return f"Moved right by {columns}, {reason}. Changed, of {count} ({framed}): {changes}."
