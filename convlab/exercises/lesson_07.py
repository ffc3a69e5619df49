"""Questions of lesson 7, *Back-propagate*."""

from typing import Any

import numpy as np

from convlab.convolution import conv2d, flip
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


QUESTIONS = {
    "7.1 one cell": Exercise(
        1.0,
        "x₁₁ lies under all four windows. Which weight meets it in the first one? In the last?",
        "w₃,₃·3 + w₃,₂·(−2) + w₂,₃·2 + w₂,₂·4 = −3 − 4 − 4 + 12 = 1.",
    ),
    "7.2 zeros around": Exercise(
        (1, 2),
        "Above: d(k − 1) − p. Below: as many, and one row more for each that the stride left over.",
        "3 − 1 − 1 = 1 above; (8 + 2 − 3) mod 2 = 1 row is left over, hence 1 + 1 = 2 below.",
    ),
    "7.3 input gradient": Task(
        lambda g, w, input_shape, stride, padding: conv2d_input_grad(
            g, w, input_shape, stride=stride, padding=padding
        ),
        _FOR_INPUT,
        "each output pixel hands g[r, c] · w back to the cells of its window: add it there, in an "
        "array of the padded size, and cut the padding off at the end.",
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
        "pad x; the window of output (r, c) starts at row r·stride, column c·stride; add "
        "g[r, c] times that window, over all outputs. Nothing is rotated.",
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
