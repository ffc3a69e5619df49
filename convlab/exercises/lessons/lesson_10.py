"""Questions of lesson 10, *See through a network*."""

from typing import Any

import numpy as np

from convlab.descent import momentum_step
from convlab.exercises.lessons.solutions_learning import LEARNING
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task
from convlab.learning import dense, dense_backward, softmax, softmax_cross_entropy

_RNG = np.random.default_rng(10)


def _scores(batch: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return scores, some of them far above the others, and the true classes."""
    return _RNG.normal(scale=3, size=(batch, classes)), _RNG.integers(0, classes, batch)


def _moving(*shape: int, step: float, momentum: float) -> tuple[Any, ...]:
    """Return a weight, its velocity, its gradient, and how to move."""
    return (*_RNG.integers(-4, 5, (3, *shape)).astype(float), step, momentum)


def _learning(batches: int, batch: int, inputs: int, classes: int) -> tuple[Any, ...]:
    """Return weights of a dense layer, batches of inputs, their true classes, and a step length."""
    return (
        _RNG.normal(size=(classes, inputs)),
        _RNG.normal(size=(batches, batch, inputs)),
        _RNG.integers(0, classes, (batches, batch)),
        0.25,
    )


_BATCHES = (_scores(2, 3), _scores(5, 4), _scores(3, 10))
_STEPS = (
    _moving(2, 3, step=0.5, momentum=0.5),
    _moving(4, step=0.125, momentum=0.75),
    _moving(3, 2, 2, step=0.25, momentum=0.5),
)
_LESSONS = (_learning(2, 3, 4, 3), _learning(3, 2, 5, 4), _learning(4, 6, 3, 2))


def _true(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Return 1 for the true class of each row, else 0."""
    return np.asarray(np.eye(z.shape[1])[t])


def _gradient(w: np.ndarray, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    upstream = softmax_cross_entropy(dense(x, w), t).gradient
    return np.asarray(dense_backward(upstream, x, w).weight)


def _trained(w: np.ndarray, xs: np.ndarray, ts: np.ndarray, eta: float) -> np.ndarray:
    for x, t in zip(xs, ts, strict=True):
        w = np.asarray(w - eta * _gradient(w, x, t))
    return w


def _accumulated(w: np.ndarray, xs: np.ndarray, ts: np.ndarray, eta: float) -> np.ndarray:
    """Add each batch's gradient to those of the batches before."""
    gradient = np.zeros_like(w)
    for x, t in zip(xs, ts, strict=True):
        gradient += _gradient(w, x, t)
        w = w - eta * gradient
    return w


PREDICTIONS = {
    "10a two epochs": Prediction(
        "How many held-out digits does it read after two epochs?",
        "8 in 10",
        hides="answers",
        choices={
            "1 in 10": "That is guessing. 90 steps are few, but each moves all weights.",
            "half": "It is past that after the first epoch.",
            "8 in 10": "",
        },
    ),
    "10b twenty digits": Prediction(
        "It will read all twenty. And of those held out?",
        "6 in 10",
        hides="answers",
        choices={
            "all as well": "Twenty digits do not show all ways to write ten digits.",
            "6 in 10": "",
            "1 in 10": "That is guessing. Two examples of each digit do teach something.",
        },
    ),
    "10c no ReLU": Prediction(
        "What becomes of the accuracy without the ReLU?",
        "hardly changes",
        hides="answers",
        choices={
            "1 in 10": "That is guessing. Even one matrix reads most digits; this is more.",
            "half of it": "Something else in this network is not linear.",
            "hardly changes": "",
        },
    ),
    "10d stride": Prediction(
        "By what factor does the number of products in its two convolutions shrink?",
        "4",
        hides="curves",
        slips={
            "Half the rows, and half the columns.": "2",
            "The second layer's input is as large as before: what was halved is halved once.": (
                "16",
                "8",
            ),
        },
    ),
    "10e seen": Prediction(
        "How many rows and columns of the digit does one cell of convolution 2 see?",
        "8, 8",
        hides="what it sees",
        slips={
            "It reads 3 × 3 cells of the layer below, and each of those sees several pixels.": (
                "3, 3"
            ),
            "Two 3 × 3 see 5 × 5 when nothing lies between. Here a pooling does: it widens the "
            "view by one, and makes every step after it two pixels long.": "5, 5",
            "The pooling widens the view by one; but from then on each step is two pixels long.": (
                "6, 6"
            ),
        },
    ),
    "10f strongest": Prediction(
        "Which patch does this kernel answer to most?",
        "ink at the left, paper at the right",
        hides="patches",
        choices={
            "ink everywhere": "The negative weights at the right would take away from the sum.",
            "ink at the left, paper at the right": "",
            "paper at the left, ink at the right": "Then the large weights would meet zeros.",
        },
    ),
    "10g gradient": Prediction(
        "Which gradient comes back to a cell of convolution 2 that holds −6.44?",
        "0",
        hides="all",
        slips={
            "That is the value. The gradient says what moving the value would change.": "-6.44",
            "1 is what the ReLU lets through above 0; this cell lies below.": "1",
        },
    ),
    "10h moved": Prediction(
        "The 3 moves two columns to the left. What do the first maps and the answer do?",
        "the maps move along, the answer does not stay",
        hides="all that follows",
        choices={
            "the maps move along, and it is still a 3": (
                "The convolutions do not mind where the 3 stands. The weights for the scores do: "
                "each belongs to one place."
            ),
            "the maps move along, the answer does not stay": "",
            "the maps stay as they are": "Then they could not tell where the ink is.",
        },
    ),
}

QUESTIONS = {
    "10.1 softmax's gradient": Exercise(
        (-0.75, 0.5, 0.25),
        (
            "Which of the three scores should grow, and which should shrink?",
            "First the probabilities: the exponentials are 1, 2 and 1.",
            "∂ℓ/∂z is the probabilities, with 1 taken from that of the true class.",
        ),
        "q = (1/4, 2/4, 1/4), and 1 is taken from the first. The gradient sums to 0: what one "
        "score gains, others lose.",
        {
            "one not subtracted": (0.25, 0.5, 0.25),
            "only the true class": (-0.75, 0, 0),
            "truth minus probabilities": (0.75, -0.5, -0.25),
        },
    ),
    "10.2 a batch": Task(
        lambda z, t: softmax_cross_entropy(z, t).gradient,
        _BATCHES,
        (
            "What is the loss of a batch: the sum over its rows, or the mean?",
            "Probabilities row by row, 1 taken from the true class of each row.",
            "q = softmax(z); q[np.arange(len(z)), t] −= 1; and divide by len(z).",
        ),
        "Each row's gradient sums to 0, and no row has more to say than another.",
        {
            "one not subtracted": lambda z, t: softmax(z) / len(z),  # noqa: ARG005
            "only the true class": lambda z, t: (softmax(z) - 1) * _true(z, t) / len(z),
            "batch not averaged": lambda z, t: softmax(z) - _true(z, t),
            "truth minus probabilities": lambda z, t: (_true(z, t) - softmax(z)) / len(z),
        },
        ("softmax_cross_entropy",),
        solution=LEARNING["10.2 a batch"],
        gives="gradient",
    ),
    "10.3 a training step": Task(
        lambda w, v, gradient, eta, mu: momentum_step(w, v, gradient, step=eta, momentum=mu),
        _STEPS,
        (
            "Which of the two has to be new before the other can be?",
            "First the velocity: μ times the old one, plus the gradient.",
            "v = mu * v + gradient, then w − eta * v; return both.",
        ),
        "The step goes along the velocity, in which the gradients of earlier steps fade away.",
        {
            "wrong sign": lambda w, v, g, eta, mu: (w + eta * (mu * v + g), mu * v + g),
            "old velocity used": lambda w, v, g, eta, mu: (w - eta * v, mu * v + g),
            "momentum forgotten": lambda w, v, g, eta, mu: (w - eta * g, g),  # noqa: ARG005
        },
        ("momentum_step",),
        solution=LEARNING["10.3 a training step"],
        gives="kernel",
    ),
    "10.4 batch after batch": Task(
        _trained,
        _LESSONS,
        (
            "What of the first batch may still be there when the second one comes?",
            "For each batch: scores, the gradient for the scores, the gradient for the weights, "
            "one step.",
            "Softmax_cross_entropy(dense(x, w), t) gives the gradient for the scores, "
            "dense_backward(it, x, w).weight that for w; then w = w − eta · gradient.",
        ),
        "Only the weights remember the batches before; each gradient is computed afresh.",
        {
            "wrong sign": lambda w, xs, ts, eta: _trained(w, xs, ts, -eta),
            "gradients accumulated": _accumulated,
            "batch not averaged": lambda w, xs, ts, eta: _trained(w, xs, ts, eta * xs.shape[1]),
        },
        solution=LEARNING["10.4 batch after batch"],
        gives="kernel",
    ),
    "10.5 the price of a map": Exercise(
        (4608 + 18432, 1152 + 4608),
        (
            "Does a pooling spare the convolution before it any work?",
            "Each pixel of each output map costs one product per weight of its kernel. How large "
            "are the maps that each convolution makes?",
            "With pooling the convolutions make 8 maps of 8 × 8 and 16 of 4 × 4; with a stride, "
            "8 of 4 × 4 and 16 of 2 × 2. The second layer's kernels span 8 channels.",
        ),
        "8·64·9 + 16·16·72 = 23040 and 8·16·9 + 16·4·72 = 5760. A pooling throws away three of "
        "four numbers that were computed; a stride does not compute them.",
        {
            "stride ignored": (23040, 23040),
            "channels forgotten": (4608 + 2304, 1152 + 576),
        },
    ),
}
