"""Edges from labels: two kernels learn to tell upright strokes from level ones."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.learning import edge_words as words
from convlab.explore.learning.edge_numbers import STEPS, EdgeState
from convlab.explore.learning.edge_scene import EdgeScene
from convlab.explore.learning.rate import real_slider
from convlab.strokes import POOLS
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Values


class EdgeLearner(Explorer[EdgeState, EdgeScene]):
    """One convolution and a pooling learn to tell upright strokes from level ones.

    Beside each kernel stands the gradient that a person would have chosen, and how much they are
    alike. From some starts the kernels become gradients, from others something else.

    Parameters
    ----------
    **settings
        Start values of controls: ``seed``, ``pool`` ("average" or "max"), ``noise``, ``rate`` (step
        length), ``step``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, makes no sense, or finds no room.

    Examples
    --------
    >>> explorer = EdgeLearner(seed=5, step=200)
    >>> [explorer.state.kind(which) for which in (0, 1)]
    ['gradient', 'gradient']
    """

    state_type = EdgeState
    saved_every = 5
    single_steps = True
    below: ClassVar = [["step"], ["seed", "pool"], ["noise", "rate"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "seed": slider(labels["seed"], 0, 0, 15, tip=tips["seed"]),
            "pool": choice(labels["pool"], list(POOLS)),
            "noise": real_slider(labels["noise"], 0.1, 0.0, 0.5, 0.02, tip=tips["noise"]),
            "rate": real_slider(labels["rate"], 0.2, 0.02, 1.0, 0.02, tip=tips["rate"]),
            "step": Stepper(labels["step"], 0, interval=150, width=300),
        }
        super().__init__(controls, EdgeScene(), settings, {"seed": 5, "step": 40})

    def steps(self, values: Values) -> int:  # noqa: ARG002
        """Return the number of moments, the start included."""
        return STEPS + 1
