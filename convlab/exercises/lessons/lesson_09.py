"""Questions of lesson 9, *Learn a kernel*."""

from typing import Any

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.lessons.solutions_learning import LEARNING
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task
from convlab.gradients import conv2d_weight_grad

_RNG = np.random.default_rng(9)


def _whole_numbers(*shape: int) -> np.ndarray:
    return _RNG.integers(-4, 5, shape).astype(float)


def _pair(*batch: int, size: tuple[int, int], kernel: tuple[int, int]) -> tuple[Any, Any, Any]:
    """Return a kernel to begin with, pictures, and targets of the shape they are filtered to."""
    shape = size[0] - kernel[0] + 1, size[1] - kernel[1] + 1
    return _whole_numbers(*kernel), _whole_numbers(*batch, *size), _whole_numbers(*batch, *shape)


_ONE = (
    (*_pair(size=(4, 5), kernel=(2, 3)), 0.5),
    (*_pair(size=(6, 4), kernel=(3, 2)), 0.125),
    (*_pair(size=(5, 5), kernel=(3, 3)), 0.25),
)
_SEVERAL = (
    (*_pair(2, 3, size=(4, 5), kernel=(2, 3)), 0.125),
    (*_pair(3, 2, size=(5, 4), kernel=(3, 2)), 0.0625),
    (*_pair(4, 5, size=(3, 3), kernel=(2, 2)), 0.03125),
)


def _gradient(w: np.ndarray, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Return ∂ℓ/∂w, times the number of pixels, summed over a batch if there is one."""
    if x.ndim == 2:
        return conv2d_weight_grad(conv2d(x, w) - t, x, w.shape)
    return np.asarray(sum(_gradient(w, *one) for one in zip(x, t, strict=True)))


def _descend(w: np.ndarray, x: np.ndarray, t: np.ndarray, eta: float) -> np.ndarray:
    return np.asarray(w - eta * _gradient(w, x, t) / t.size)


def _batches(w: np.ndarray, xs: np.ndarray, ts: np.ndarray, eta: float) -> np.ndarray:
    for x, t in zip(xs, ts, strict=True):
        w = _descend(w, x, t, eta)
    return w


def _accumulated(w: np.ndarray, xs: np.ndarray, ts: np.ndarray, eta: float) -> np.ndarray:
    """Add each batch's gradient to those of the batches before."""
    gradient = np.zeros_like(w)
    for x, t in zip(xs, ts, strict=True):
        gradient += _gradient(w, x, t) / t.size
        w = w - eta * gradient
    return w


def _undivided(w: np.ndarray, xs: np.ndarray, ts: np.ndarray, eta: float) -> np.ndarray:
    """Divide by the pixels of one picture, and not by the pictures of the batch."""
    return _batches(w, xs, ts, eta * xs.shape[1])


PREDICTIONS = {
    "9a which": Prediction(
        "What is the hidden filter?",
        "a slanted gradient",
        hides="answer",
        choices={
            "a blur": "Flat areas have become one grey, and edges bright or dark: it compares.",
            "an outline": "Edges that fall to the right answer with black or "
            "white; those that rise to the right hardly at all.",
            "a slanted gradient": "",
        },
    ),
    "9b too long": Prediction(
        "Largest curvature 4: which step is too long?",
        "0.5",
        hides="answer",
        also=("1/2",),
        slips={
            "stopped at the bottom": ("0.25", "1/4"),
            "A larger curvature asks for a shorter step: 2 divided by it.": ("2", "4", "8"),
        },
    ),
    "9c slower": Prediction(
        "Which of them takes longer to be found?",
        "the sharpening",
        hides="answer",
        choices={
            "the blur": "From zeros, a kernel of nine equal weights lies right down the steepest "
            "way.",
            "the sharpening": "",
            "both the same": "The bowl is the same, but the ways to its bottom are not: one lies "
            "where it is steep, the other where it is flat.",
        },
    ),
    "9d grey": Prediction(
        "What will be found of the filter?",
        "only the sum of its weights",
        hides="answer",
        choices={
            "the whole filter": "The target is one grey as well: one number, for nine unknown "
            "ones.",
            "only the sum of its weights": "",
            "nothing at all": "The target's grey is the picture's, times one number.",
        },
    ),
    "9e labels": Prediction(
        "Will both kernels become gradients?",
        "from many starts",
        hides="answer",
        choices={
            "yes, always": "Look at starts 0 and 1.",
            "from many starts": "",
            "no, never": "Nobody shows them an edge, and yet from start 5 both do.",
        },
    ),
}

QUESTIONS = {
    "9.1 one step": Exercise(
        [[0.75, 1.5]],
        (
            "Which three things does a step need: an error, a gradient, and a direction?",
            "With w = (0, 0) all outputs are 0. What are the two errors y − t?",
            "∂ℓ/∂y is the errors divided by 2, the number of outputs. Each weight's gradient sums "
            "what it met, times that; then w − η · gradient.",
        ),
        "∂ℓ/∂y = (−1.5, −3). ∂ℓ/∂w = (−1.5·1 − 3·2, −1.5·2 − 3·4) = (−7.5, −15), and −0.1 times "
        "that is (0.75, 1.5).",
        {
            "wrong sign": [[-0.75, -1.5]],
            "division forgotten": [[1.5, 3.0]],
            "gradient rotated": [[0.6, 1.2]],
        },
    ),
    "9.2 longest step": Exercise(
        0.08,
        (
            "How much does the slope of the loss change when w grows by 1?",
            "The slope is Σ (w x − t) x / 4: w meets the mean of all x².",
            "The mean of 1, 49, 1 and 49 is the curvature; 2 divided by it is the answer.",
        ),
        "The curvature is (1 + 49 + 1 + 49)/4 = 25, and 2/25 = 0.08.",
        {"stopped at the bottom": 0.04, "division forgotten": 0.02},
    ),
    "9.3 flat directions": Exercise(
        20,
        (
            "Set the explorer to the stripes, with a filter of 3 × 3. What does it count, and why?",
            "All rows of the picture are equal, so only the sums of the filter's columns matter.",
            "25 weights, of which the picture asks for 5 sums: how many directions are left?",
        ),
        "Every row of the picture is the same, so only the 5 column sums of the filter are felt: "
        "25 − 5.",
    ),
    "9.4 descend": Task(
        _descend,
        _ONE,
        (
            "What does the loss say of the output, and what does lesson 7 make of it?",
            "∂ℓ/∂y is (y − t) divided by the number of pixels of t.",
            "y = conv2d(x, w); ∂ℓ/∂w = conv2d_weight_grad((y − t)/t.size, x, w.shape); go the "
            "other way, η times.",
        ),
        "That is the whole of learning: forward, error, backward, and a step downhill.",
        {
            "wrong sign": lambda w, x, t, eta: _descend(w, x, t, -eta),
            "division forgotten": lambda w, x, t, eta: _descend(w, x, t, eta * t.size),
            "gradient rotated": lambda w, x, t, eta: w - eta * flip(_gradient(w, x, t)) / t.size,
        },
        ("recover_kernel",),
        solution=LEARNING["9.4 descend"],
        gives="kernel",
    ),
    "9.5 batches": Task(
        _batches,
        _SEVERAL,
        (
            "How many gradients has a batch, and how many steps does it make?",
            "One step for each batch, with the mean over all its pictures and pixels, from the "
            "kernel that the batch before has left.",
            "For each x, t of xs, ts: begin a new gradient at 0, add those of all pictures, divide "
            "by t.size, and take the step.",
        ),
        "Each batch speaks once, for itself, and all of its pixels count alike.",
        {
            "gradients accumulated": _accumulated,
            "division forgotten": _undivided,
            "wrong sign": lambda w, xs, ts, eta: _batches(w, xs, ts, -eta),
        },
        ("recover_kernel",),
        solution=LEARNING["9.5 batches"],
        gives="kernel",
    ),
}
