"""The gradient check of a function that a reader has written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.backprop import own_check_words as words
from convlab.explore.backprop.gradient_check_scene import GradientCheckScene
from convlab.explore.backprop.own_backward import examine
from convlab.explore.backprop.own_call import Kind
from convlab.explore.backprop.own_check_numbers import OwnCheckState
from convlab.widgets.controls import choice
from convlab.widgets.explorer import Explorer
from convlab.widgets.parts import Slots
from convlab.widgets.settling import Values


class _OwnGradientCheck(Explorer[OwnCheckState, GradientCheckScene]):
    """What `GradientCheck` becomes when it is given a function.

    It has its own controls and state, so it is a class of its own; the picture is the same. The
    function runs when the explorer is made, and never again: no control can fail through it.

    Parameters
    ----------
    function : callable
        As for `examine`.
    **settings
        Start value of the control: ``case``, counted from 0; by default the smallest that fails.

    Raises
    ------
    TypeError, ValueError
        If `function` cannot be called as a backward pass, or a setting is unknown.
    """

    state_type = OwnCheckState
    plays = "case"
    above: ClassVar = [["case"]]
    describe = staticmethod(words.describe)

    def __init__(self, function: Callable[..., Any], /, **settings: Any) -> None:
        self.findings = examine(function)
        kinds = [outcome.kind for outcome in self.findings.outcomes]
        first = next((i for i, kind in enumerate(kinds) if kind is not Kind.PASSES), 0)
        controls = {"case": choice(words.CASE, words.options(self.findings), first)}
        super().__init__(controls, GradientCheckScene(), settings)

    def arrange(self) -> Slots:
        """Put the tables below the caption: they are wide, and the verdict comes first."""
        slots = super().arrange()
        return {**slots, "caption": [self.caption, self.details]}

    def beside(self) -> list[widgets.Widget]:
        """Return nothing: there is no room beside the picture."""
        return []

    def read(self, values: Values) -> OwnCheckState:
        """Add the findings, which are no control's, to the state."""
        return OwnCheckState(values["case"], self.findings)

    def explain(self, state: OwnCheckState) -> str:
        """Return how the function was called, and what came."""
        return words.explain(state)


_OwnGradientCheck.__name__ = "GradientCheck"  # which is what a reader has called
