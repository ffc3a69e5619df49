"""The picture of a question of the drill: a scene of the explorer that shows such cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import numpy as np

from convlab.draw.scene import Scene
from convlab.exercises.drill.drill_questions import (
    CountCase,
    FieldCase,
    ShapeCase,
    SizeCase,
    ValueCase,
)
from convlab.explore.channels import groups_words
from convlab.explore.channels.channel_sweep_numbers import ChannelState
from convlab.explore.channels.channel_sweep_scene import ChannelScene
from convlab.explore.channels.groups_numbers import GroupsState
from convlab.explore.channels.groups_scene import GroupsScene
from convlab.explore.drilling import drill_words as words
from convlab.explore.padding import padding_words
from convlab.explore.padding.padding_numbers import PaddingState
from convlab.explore.padding.padding_scene import PaddingScene
from convlab.explore.receptive_field import layer_stack_words
from convlab.explore.receptive_field.layer_stack_numbers import LayerStackState, middle_of
from convlab.explore.receptive_field.layer_stack_scene import LayerStackScene
from convlab.explore.sweep import sweep_words
from convlab.explore.sweep.sweep_numbers import Sample, SweepState
from convlab.explore.sweep.sweep_scene import SweepScene

UNITS = 3
"""Units of the last layer that a stack is drawn with."""


@dataclass(frozen=True)
class Picture:
    """A picture, its width on the page, and what is said of it: below it and beside it, in HTML."""

    png: bytes
    width: int
    caption: str
    details: str


@singledispatch
def picture_of(case: Any) -> Picture:
    """Draw the numbers of a question.

    Parameters
    ----------
    case : SizeCase, ValueCase, FieldCase, CountCase or ShapeCase

    Returns
    -------
    Picture

    Raises
    ------
    TypeError
        If `case` is none of these.

    Examples
    --------
    >>> from convlab import Geometry
    >>> picture_of(SizeCase(Geometry(5, 3))).png[1:4]
    b'PNG'
    """
    raise TypeError(f"`case` must be the numbers of a question, got {case!r}")


@picture_of.register
def _(case: SizeCase) -> Picture:
    state = PaddingState(case.geometry, step=case.geometry.steps - 1)
    return _drawn(
        PaddingScene(), state, padding_words.describe(state), padding_words.explain(state)
    )


@picture_of.register
def _(case: ValueCase) -> Picture:
    sample = Sample(np.array(case.x, float), np.array(case.weight, float))
    state = SweepState(case.geometry, case.step, flat=True, sample=sample)
    return _drawn(SweepScene(), state, sweep_words.describe(state), sweep_words.explain(state))


@picture_of.register
def _(case: FieldCase) -> Picture:
    state = _stack(case)
    caption, details = layer_stack_words.describe(state), words.layers(case, solved=True)
    return _drawn(LayerStackScene(), state, caption, details)


@picture_of.register
def _(case: CountCase) -> Picture:
    state = GroupsState(case.inputs, case.outputs, case.groups, case.kernel)
    caption, details = groups_words.describe(state), groups_words.explain(state)
    return _drawn(GroupsScene(), state, caption, details)


@picture_of.register
def _(case: ShapeCase) -> Picture:
    state = ChannelState(case.geometry, case.inputs, case.outputs)
    return _drawn(ChannelScene(), state, words.one_image(case), words.shapes(case))


def _stack(case: FieldCase) -> LayerStackState:
    """Return the stack on the smallest input that gives a few units, seen from the middle one."""
    size = UNITS
    for layer in reversed(case.layers):
        size = (size - 1) * layer.stride[1] + layer.span[1] - sum(layer.padding[1])
        size = max(size, 1)
    state = LayerStackState(size, case.layers, 0)
    return LayerStackState(size, case.layers, middle_of(state.sizes))


def _drawn(scene: Scene[Any], state: Any, caption: str, details: str) -> Picture:
    try:
        scene.update(state)
        return Picture(scene.png(), scene.width, caption, details)
    finally:
        scene.release()
