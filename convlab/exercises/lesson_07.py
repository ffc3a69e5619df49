"""Questions of lesson 7, *Back-propagate*."""

from typing import Any

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task
from convlab.geometry import Geometry
from convlab.gradients import conv2d_input_grad, conv2d_weight_grad

_RNG = np.random.default_rng(7)
_CASES = (
    ((4, 4), (3, 3), 1, 0),
    ((5, 7), (3, 2), 2, 1),
    ((6, 6), (3, 3), 2, 1),
    ((8, 7), (2, 3), 3, 0),
    ((4, 5), (3, 3), 1, 2),
)


Trials = tuple[tuple[Any, ...], ...]


def _whole_numbers(shape: tuple[int, ...]) -> np.ndarray:
    return _RNG.integers(-4, 5, shape).astype(float)


def _trials() -> tuple[Trials, Trials]:
    """Return the trials of both tasks: (g, w, input shape, ...) and (g, x, kernel shape, ...)."""
    for_input, for_weight = [], []
    for size, kernel, stride, padding in _CASES:
        shape = Geometry(size, kernel, stride=stride, padding=padding).output_shape
        grad = _whole_numbers(shape)
        for_input.append((grad, _whole_numbers(kernel), size, stride, padding))
        for_weight.append((grad, _whole_numbers(size), kernel, stride, padding))
    return tuple(for_input), tuple(for_weight)


_FOR_INPUT, _FOR_WEIGHT = _trials()


def _overwritten(
    g: np.ndarray, w: np.ndarray, input_shape: tuple[int, int], stride: int, padding: int
) -> np.ndarray:
    """Return the input's gradient with `=` where `+=` belongs."""
    grad = np.zeros(np.add(input_shape, 2 * padding))
    for r, c in np.ndindex(g.shape):
        grad[r * stride : r * stride + len(w), c * stride : c * stride + len(w[0])] = g[r, c] * w
    return grad[padding : padding + input_shape[0], padding : padding + input_shape[1]]


PREDICTIONS = {
    "7a touches": Prediction(
        "How many outputs does x₁ touch, and how many does x₆?",
        "1 and 4",
        hides="product",
        slips={
            "A corner lies under one window only.": ("4 and 4", "2 and 4"),
            "Each window covers the middle: x₆ lies under all four.": ("1 and 2", "1 and 1"),
            "A cell does not touch each weight; it touches one output per window over it.": (
                "1 and 9",
            ),
        },
    ),
    "7b transposed": Prediction(
        "Does it give back the input?",
        "no, only its shape",
        choices={
            "yes": "4 numbers cannot tell all that 16 knew.",
            "no, only its shape": "",
            "no, not even its shape": "C̃ is 4 × 16, so C̃ᵀ turns 4 numbers into 16.",
        },
    ),
    "7c fan out": Prediction(
        "How many outputs does the middle cell feed at stride 1, and at stride 2?",
        "9 and 4",
        hides="outputs",
        slips={
            "stride ignored": "9 and 9",
            "At stride 2 the windows begin at rows and columns 0 and 2: all four reach the "
            "middle.": ("9 and 1", "9 and 2", "9 and 3"),
            "That is the number of outputs at the edge.": "4 and 4",
        },
    ),
    "7d zeros": Prediction(
        "How large must the gradient become on each axis?",
        "8",
        also=("8 × 8",),
        slips={
            "Those are the zeros between; zeros around it are needed, too.": ("5", "5 × 5"),
            "padding forgotten": ("9", "9 × 9"),
            "A row that the stride left over needs a row of zeros, too.": ("7", "7 × 7"),
            "That is what it leaves.": ("6", "6 × 6"),
        },
    ),
    "7e evenly": Prediction(
        "Is every output cell reached equally often?",
        "no, in a checkerboard",
        choices={
            "yes": "At stride 2, kernels of 3 overlap by one row and one column.",
            "yes, except at the edges": "At stride 2, kernels of 3 overlap by one row and one "
            "column, everywhere.",
            "no, in a checkerboard": "",
        },
    ),
    "7f meets": Prediction(
        "Which four input cells does w₁,₁ meet? Their numbers:",
        "1, 2, 5, 6",
        slips={
            "The second row of windows begins one row further down: four cells on.": "1, 2, 3, 4",
            "Windows begin one cell apart, not two.": "1, 3, 9, 11",
            "Those are the four in the middle, which w₂,₂ meets.": "6, 7, 10, 11",
        },
    ),
    "7g bias": Prediction(
        "How often is the bias added?",
        "4",
        slips={
            "bias per product": ("36", "9"),
            "It is one number, but it is added to every output pixel.": "1",
        },
    ),
    "7h one step": Prediction(
        "Will one step bring the loss to 0?",
        "no",
        choices={
            "yes": "The gradient only knows how steep it is here, not how far it is to the bottom.",
            "no": "",
            "no, the loss grows": "A short step against the gradient goes down.",
        },
    ),
    "7i rotation": Prediction(
        "Will all entries be wrong?",
        "no, some are right",
        choices={
            "yes": "Where only the middle of the kernel meets a gradient, the rotation changes "
            "nothing.",
            "no, some are right": "",
            "no, none": "The kernel is asymmetric: rotated, it is another.",
        },
    ),
}

QUESTIONS = {
    "7.1 one cell": Exercise(
        1.0,
        ("x₁₁ lies under all four windows. Which weight meets it in the first one? In the last?",),
        "w₃,₃·3 + w₃,₂·(−2) + w₂,₃·2 + w₂,₂·4 = −3 − 4 − 4 + 12 = 1.",
    ),
    "7.2 zeros around": Exercise(
        (1, 2),
        (
            "Above: d(k − 1) − p. Below: as many, and one row more for each that the stride left over.",
        ),
        "3 − 1 − 1 = 1 above; (8 + 2 − 3) mod 2 = 1 row is left over, hence 1 + 1 = 2 below.",
    ),
    "7.3 input gradient": Task(
        lambda g, w, input_shape, stride, padding: conv2d_input_grad(
            g, w, input_shape, stride=stride, padding=padding
        ),
        _FOR_INPUT,
        (
            "each output pixel hands g[r, c] · w back to the cells of its window: add it there, in an "
            "array of the padded size, and cut the padding off at the end.",
        ),
        "What the forward pass reads, the backward pass adds to.",
        {
            "kernel not rotated": lambda g, w, input_shape, stride, padding: conv2d_input_grad(
                g, flip(w), input_shape, stride=stride, padding=padding
            ),
            "= for +=": _overwritten,
        },
        ("conv2d_input_grad", "conv2d_backward"),
    ),
    "7.4 weight gradient": Task(
        lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
            g, x, kernel_size, stride=stride, padding=padding
        ),
        _FOR_WEIGHT,
        (
            "pad x; the window of output (r, c) starts at row r·stride, column c·stride; add "
            "g[r, c] times that window, over all outputs. Nothing is rotated.",
        ),
        "Every window has its say, weighted by the gradient of its output.",
        {
            "gradient rotated": lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
                flip(g), x, kernel_size, stride=stride, padding=padding
            ),
            "stride ignored": lambda g, x, kernel_size, stride, padding: conv2d(  # noqa: ARG005
                np.pad(x, padding), g
            )[: kernel_size[0], : kernel_size[1]],
        },
        ("conv2d_weight_grad", "conv2d_backward"),
    ),
}
