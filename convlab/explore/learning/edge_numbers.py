"""Two kernels that learn edges from labels: the path, and how close each comes to a gradient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from convlab.kernels import KERNELS
from convlab.learning import softmax_cross_entropy
from convlab.strokes import Strokes, edge_scores, learn_edges, similarity, strokes

STEPS = 200
TO_LEARN, HELD_OUT = 400, 200
CLASSES = ("upright", "level")
GRADIENTS = ("vertical gradient", "horizontal gradient")
LINES = ("vertical line", "horizontal line")
"""For each class the kernel of lesson 5 that answers to its edges, and that for its lines."""
CLOSE = 0.9
"""A cosine of at least this much counts as close."""
SILENT = 0.05
"""A mean answer that is lower is silence: kernels that learn anything answer with about 1."""

GRADIENT, LINE, NOTHING, OTHER = "gradient", "line", "nothing", "other"


class EdgeRun(NamedTuple):
    """A whole training; the first axis of each array counts the steps, the start included.

    ``kernels`` (steps + 1, 2, 3, 3); ``scores``, of the held-out strokes, (steps + 1, count, 2);
    ``losses`` and ``accuracies`` of them, (steps + 1,); ``cosines`` (steps + 1, 2).
    """

    kernels: np.ndarray
    scores: np.ndarray
    losses: np.ndarray
    accuracies: np.ndarray
    cosines: np.ndarray


@lru_cache(maxsize=8)
def held_out(noise: float) -> Strokes:
    """Return the strokes that nothing is learned from."""
    return strokes(HELD_OUT, noise=noise, seed=2)


@lru_cache(maxsize=16)
def _run(seed: int, pool: str, noise: float, rate: float) -> EdgeRun:
    kernels = learn_edges(
        strokes(TO_LEARN, noise=noise, seed=1), steps=STEPS, step=rate, pool=pool, seed=seed
    )
    pictures, labels = held_out(noise)
    scores = np.moveaxis(edge_scores(kernels, pictures, pool=pool), 0, 1)
    gradients = [KERNELS[name].weights for name in GRADIENTS]
    return EdgeRun(
        kernels,
        scores,
        np.array([softmax_cross_entropy(moment, labels).loss for moment in scores]),
        (scores.argmax(axis=-1) == labels).mean(axis=-1),
        np.column_stack([similarity(kernels[:, k], gradients[k]) for k in (0, 1)]),
    )


@dataclass(frozen=True)
class EdgeState:
    """A training, and the moment of it that is looked at.

    Parameters
    ----------
    seed : int
        Of the first kernels.
    pool : {"average", "max"}
    noise : float
    rate : float
        The step length η.
    step : int
    """

    seed: int
    pool: str
    noise: float
    rate: float
    step: int

    @cached_property
    def run(self) -> EdgeRun:
        """The whole training."""
        return _run(self.seed, self.pool, self.noise, self.rate)

    @property
    def kernels(self) -> np.ndarray:
        """Both kernels now."""
        return np.asarray(self.run.kernels[self.step])

    @property
    def accuracy(self) -> float:
        """Which part of the held-out strokes is named rightly."""
        return float(self.run.accuracies[self.step])

    @property
    def answers(self) -> np.ndarray:
        """The class that each held-out stroke is given; the first where both scores are equal."""
        return np.asarray(self.run.scores[self.step].argmax(axis=-1))

    def cosine(self, which: int) -> float:
        """Return how much one kernel is like the gradient of its class."""
        return float(self.run.cosines[self.step, which])

    def kind(self, which: int) -> str:
        """Return what one kernel has become: one of the four words."""
        if self.run.scores[self.step, :, which].mean() < SILENT:
            return NOTHING
        if abs(self.cosine(which)) >= CLOSE:
            return GRADIENT
        line = similarity(self.kernels[which], KERNELS[LINES[which]].weights)
        return LINE if abs(line) >= CLOSE else OTHER
