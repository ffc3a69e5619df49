"""A network after a number of steps: what it answers, and what it makes of one digit."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from convlab.convnet import Maps
from convlab.explore.network.training_run import Plan, Run, Scores, data
from convlab.learning import softmax
from convlab.training import Moment, tally

CLASSES = 10
KERNELS = ("kernels 1", "kernels 2")
"""What the core calls the kernels of both layers."""


@dataclass(frozen=True)
class TrainingState:
    """Everything that the training shows.

    Parameters
    ----------
    plan : Plan
    rival : Plan or None
        Another training, to compare with.
    step : int
        How many steps are done.
    digit : int
        The held-out digit that is looked at.
    run, rival_run : Run
        Both trainings, as far as they were followed; what they show of a step is all in the plan.
    """

    plan: Plan
    rival: Plan | None
    step: int
    digit: int
    run: Run = field(compare=False, repr=False)
    rival_run: Run | None = field(compare=False, repr=False)

    @property
    def done(self) -> int:
        """How many steps are done; fewer than asked for, where the training diverged."""
        return self.step if self.run.end is None else min(self.step, self.run.end)

    @property
    def has_diverged(self) -> bool:
        """Whether the training came to its end before this step."""
        return self.run.end is not None and self.run.end < self.step

    @cached_property
    def moment(self) -> Moment:
        """The weights now."""
        return self.run.at(self.step)

    @cached_property
    def scores(self) -> Scores:
        """How the network does now."""
        return self.run.scores(self.step)

    @cached_property
    def rival_scores(self) -> Scores | None:
        """How the other network does."""
        return None if self.rival_run is None else self.rival_run.scores(self.step)

    @cached_property
    def table(self) -> np.ndarray:
        """How often a held-out digit, row, was read as another, column."""
        return tally(data().held_out.labels, self.scores.held_out.answers, CLASSES)

    @cached_property
    def maps(self) -> Maps:
        """What the network makes of the digit."""
        with np.errstate(all="ignore"):
            return self.run.training.network.forward(self.moment.weights, self.picture)

    @property
    def picture(self) -> np.ndarray:
        """The digit, from 0, paper, to 1, ink."""
        picture: np.ndarray = data().held_out.pictures[self.digit]
        return picture

    @property
    def truth(self) -> int:
        """What the digit is."""
        return int(data().held_out.labels[self.digit])

    @property
    def answer(self) -> int:
        """What the network reads."""
        return int(self.scores.held_out.answers[self.digit])

    @cached_property
    def probabilities(self) -> np.ndarray:
        """How sure it is of each of the ten, shape (10,)."""
        scores = self.maps.scores[0]
        if not np.isfinite(scores).all():
            return np.asarray(np.eye(CLASSES)[self.answer])
        sure: np.ndarray = softmax(scores)
        return sure

    def kernels(self, layer: int) -> np.ndarray:
        """Return the kernels of a layer, from 1: shape (out, in, rows, columns)."""
        kernels: np.ndarray = self.moment.weights[KERNELS[layer - 1]]
        return kernels
