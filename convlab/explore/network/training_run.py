"""A training that is gone through back and forth: moments are kept, and what lies between redone.

Where a training stands after a number of steps depends on its plan and that number alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from convlab.convnet import ConvNet, Shrink, Weights
from convlab.descent import Diverged
from convlab.digit_data import Digits, Split, split_digits
from convlab.learning import softmax_cross_entropy
from convlab.training import Moment, TrainingRun

LAST = 600
"""Steps, at most."""
START = 90
"""Steps that are done at the beginning."""
EVERY = 10
"""Steps between two points of the curves."""
KEPT = 20
"""Steps between two moments that are kept to go back to."""
SCORED = 360
"""Of the pictures that are learned from, how many are scored, at most: as many as are held out."""
RUNS = 4
"""Trainings that are kept at a time."""


@lru_cache(maxsize=1)
def data() -> Split:
    """Return the digits to learn from, and those that are held out."""
    return split_digits()


@dataclass(frozen=True)
class Plan:
    """How a network is built, and how it learns.

    Parameters
    ----------
    kernels, size : int
        Kernels of the first layer, half of those of the second; and rows and columns of each.
    shrink : {"pool", "stride"}
    relu : bool
    batch, pictures : int
        Pictures per step, and pictures to learn from.
    length, momentum : float
        Of a step.
    """

    kernels: int = 8
    size: int = 3
    shrink: Shrink = "pool"
    relu: bool = True
    batch: int = 32
    length: float = 0.05
    momentum: float = 0.9
    pictures: int = 1437

    @property
    def epoch(self) -> int:
        """Steps until each picture has been seen once."""
        return -(-self.pictures // self.batch)

    def training(self) -> TrainingRun:
        """Return the training that the core goes through."""
        network = ConvNet((self.kernels, 2 * self.kernels), self.size, self.shrink, self.relu)
        return TrainingRun(
            network, first(self.pictures), self.batch, step=self.length, momentum=self.momentum
        )


class Score(NamedTuple):
    """How a network does on some pictures: mean loss, part named rightly, and what it answers."""

    loss: float
    accuracy: float
    answers: np.ndarray


class Scores(NamedTuple):
    """How a network does on what it learns from, and on what was held out."""

    train: Score
    held_out: Score


class Run:
    """A training as far as it was followed.

    Parameters
    ----------
    plan : Plan

    Attributes
    ----------
    training : TrainingRun
    losses : list of float
        Of the batch of each step.
    end : int or None
        After how many steps it grew beyond all bounds.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.training = plan, plan.training()
        self.losses: list[float] = []
        self.end: int | None = None
        self._front = self.training.start()
        self._kept = {0: self._front}
        self._stretch: dict[int, Moment] = {}
        self._scores: dict[int, Scores] = {}
        self._latest: dict[int, Scores] = {}

    @property
    def reached(self) -> int:
        """How many steps it was followed."""
        return self._front.number

    def follow(self, goal: int, seconds: float = np.inf) -> int:
        """Follow it to a step, or for so long; return the step that can be shown."""
        until = time.monotonic() + seconds
        while self.reached < goal and self.end is None:
            try:
                moment = self.training.advance(self._front)
            except Diverged:
                self.end = self.reached
                break
            self.losses[self.reached :] = [moment.loss]
            if moment.number % KEPT == 0:
                self._kept[moment.number] = moment
            if moment.number % EVERY == 0:
                self._judge(moment)
            self._front = moment
            if time.monotonic() > until:
                break
        return goal if self.end is not None else min(goal, self.reached)

    def at(self, step: int) -> Moment:
        """Return the moment after a number of steps; the last one, of a training that diverged."""
        self.follow(step)
        step = min(step, self.reached)
        if step == self.reached:
            return self._front
        if step not in self._stretch:
            start = self._kept[step // KEPT * KEPT]
            more = islice(self.training.moments(start), min(KEPT, self.reached - start.number))
            self._stretch = {moment.number: moment for moment in (start, *more)}
        return self._stretch[step]

    def scores(self, step: int) -> Scores:
        """Return how the network does after a number of steps."""
        return self._scores.get(step) or self._judge(self.at(step))

    def curves(self, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the points of the curves up to a step.

        Returns
        -------
        tuple of ndarray
            Steps, shape (points,); and at each, shape (points, 2, 2): of what is learned from, and
            of what is held out, the loss and the accuracy.
        """
        last = min(step, self.at(step).number)
        steps = [*range(0, last, EVERY), last]
        found = [self.scores(n) for n in steps]
        points = [[[s.loss, s.accuracy] for s in scores] for scores in found]
        return np.array(steps), np.array(points)

    def _judge(self, moment: Moment) -> Scores:
        """Score a moment, and keep the score where the curves need it."""
        found = self._scores.get(moment.number) or self._latest.get(moment.number)
        if found is None:
            network, (_, held_out) = self.training.network, data()
            seen = first(min(self.plan.pictures, SCORED))
            found = Scores(
                score(network, moment.weights, seen), score(network, moment.weights, held_out)
            )
            if moment.number % EVERY == 0:
                self._scores[moment.number] = found
            self._latest = {moment.number: found}
        return found


class Runs:
    """The trainings that were followed last."""

    def __init__(self) -> None:
        self._runs: dict[Plan, Run] = {}

    def of(self, plan: Plan) -> Run:
        """Return the training of a plan, as far as it was followed."""
        run = self._runs.pop(plan, None) or Run(plan)
        while len(self._runs) >= RUNS:
            del self._runs[next(iter(self._runs))]
        self._runs[plan] = run
        return run


@lru_cache(maxsize=8)
def first(pictures: int) -> Digits:
    """Return so many of the digits to learn from."""
    every, labels = data().train
    return Digits(every[:pictures], labels[:pictures])


def score(network: ConvNet, weights: Weights, digits: Digits) -> Score:
    """Return how a network does; the loss of scores beyond all bounds is infinite."""
    with np.errstate(all="ignore"):
        scores: Any = network.forward(weights, digits.pictures).scores
    answers = scores.argmax(axis=1)
    whole = np.isfinite(scores).all()
    loss = softmax_cross_entropy(scores, digits.labels).loss if whole else np.inf
    return Score(loss, float((answers == digits.labels).mean()), answers)
