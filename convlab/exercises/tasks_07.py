"""Tasks of lesson 7: both gradients, with and without channels, and the gradient check."""

from typing import Any

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d, flip
from convlab.exercises.questions import Task
from convlab.exercises.slips import (
    cropped,
    nudged,
    overwritten,
    strideless,
    transposed,
    uncut,
    zero_inserted,
)
from convlab.exercises.solutions_backward import BACKWARD
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
_BATCHES = (
    ((2, 2, 4, 4), (2, 2, 3, 3), 1, 0),
    ((2, 3, 5, 4), (4, 3, 2, 3), 1, 1),
    ((3, 1, 6, 6), (2, 1, 3, 3), 2, 1),
)
"""Examples, channels in, rows and columns; channels out and in and the kernel; stride, padding."""


Trials = tuple[tuple[Any, ...], ...]


def _whole_numbers(shape: tuple[int, ...]) -> np.ndarray:
    return _RNG.integers(-4, 5, shape).astype(float)


def _trials() -> tuple[Trials, Trials]:
    """Return the trials of both jobs: (g, w, input shape, ...) and (g, x, kernel shape, ...)."""
    for_input, for_weight = [], []
    for size, kernel, stride, padding in _CASES:
        shape = Geometry(size, kernel, stride=stride, padding=padding).output_shape
        grad = _whole_numbers(shape)
        for_input.append((grad, _whole_numbers(kernel), size, stride, padding))
        for_weight.append((grad, _whole_numbers(size), kernel, stride, padding))
    return tuple(for_input), tuple(for_weight)


def _batch_trials() -> tuple[Trials, Trials]:
    """Return the same for arrays with examples and channels."""
    for_input, for_weight = [], []
    for images, bank, stride, padding in _BATCHES:
        x, w = _whole_numbers(images), _whole_numbers(bank)
        grad = _whole_numbers(conv2d(x, w, stride=stride, padding=padding).shape)
        for_input.append((grad, w, images[-2:], stride, padding))
        for_weight.append((grad, x, bank[-2:], stride, padding))
    return tuple(for_input), tuple(for_weight)


_FOR_INPUT, _FOR_WEIGHT = _trials()
_FOR_INPUTS, _FOR_WEIGHTS = _batch_trials()
_CHECKS = tuple(
    (_whole_numbers(x), _whole_numbers(w), _whole_numbers(t), step)
    for x, w, t, step in (
        ((4, 4), (3, 3), (2, 2), 0.5),
        ((3, 5), (2, 3), (2, 3), 0.25),
        ((5, 4), (2, 2), (4, 3), 1 / 64),
    )
)
"""The steps are powers of 2, so that no digit is lost."""


def _each_example(
    g: Array, x: Array, kernel_size: tuple[int, int], stride: int, padding: int
) -> Array:
    """Return a gradient of the weights for each example."""
    each = zip(g, x, strict=True)
    layout = {"stride": stride, "padding": padding}
    return np.stack([conv2d_weight_grad(a, b, kernel_size, **layout) for a, b in each])


INPUT_GRADIENT = Task(
    lambda g, w, input_shape, stride, padding: conv2d_input_grad(
        g, w, input_shape, stride=stride, padding=padding
    ),
    _FOR_INPUT,
    (
        "To which input cells does one output hand its gradient back, and how much to each?",
        "Each output hands g[r, c] · w back to the cells of its window. Work in an array of "
        "the padded size, and mind the cells that several windows share.",
        "grad[r·stride : r·stride + rows, c·stride : c·stride + columns] += g[r, c] · w; at "
        "the end cut the padding off.",
    ),
    "What the forward pass reads, the backward pass adds to.",
    {
        "kernel not rotated": lambda g, w, input_shape, stride, padding: conv2d_input_grad(
            g, flip(w), input_shape, stride=stride, padding=padding
        ),
        "kernel transposed": transposed,
        "= for +=": overwritten,
        "stride ignored": strideless,
        "padding not cut off": uncut,
        "left-over cells cropped": cropped,
    },
    ("conv2d_input_grad", "conv2d_backward", "conv_transpose2d"),
    solution=BACKWARD["7.3 input gradient"],
)

WEIGHT_GRADIENT = Task(
    lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
        g, x, kernel_size, stride=stride, padding=padding
    ),
    _FOR_WEIGHT,
    (
        "Which input cells does one weight meet, and is anything rotated?",
        "Every output (r, c) has met the weights with its own window of the padded input.",
        "Pad x; the window of output (r, c) starts at row r·stride, column c·stride; add "
        "g[r, c] times that window, over all outputs.",
    ),
    "Every window has its say, weighted by the gradient of its output.",
    {
        "gradient rotated": lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
            flip(g), x, kernel_size, stride=stride, padding=padding
        ),
        "stride ignored": lambda g, x, kernel_size, stride, padding: conv2d(  # noqa: ARG005
            np.pad(x, padding), g
        )[: kernel_size[0], : kernel_size[1]],
        "weight gradient not cropped": zero_inserted,
        "axes swapped": lambda g, x, kernel_size, stride, padding: (
            conv2d_weight_grad(g, x, kernel_size, stride=stride, padding=padding).T
        ),
    },
    ("conv2d_weight_grad", "conv2d_backward"),
    solution=BACKWARD["7.4 weight gradient"],
)

BACKWARD_X = Task(
    lambda g, w, input_shape, stride, padding: conv2d_input_grad(
        g, w, input_shape, stride=stride, padding=padding
    ),
    _FOR_INPUTS,
    (
        "Which index does ∂ℓ/∂x not have, that has to be summed over?",
        "It has the example and the input channel. The output channel f is summed over, as are "
        "the windows.",
        "For each place (r, c), g[:, :, r, c] (examples × out) times w (out × in × rows × "
        "columns), summed over out, is added to all windows at that place: np.einsum does it.",
    ),
    "The two channel axes of w have changed places: what came out goes in.",
    {
        "kernel not rotated": lambda g, w, input_shape, stride, padding: conv2d_input_grad(
            g, flip(w), input_shape, stride=stride, padding=padding
        ),
        "batch forgotten": lambda g, w, input_shape, stride, padding: conv2d_input_grad(
            g, w, input_shape, stride=stride, padding=padding
        ).sum(axis=0),
        "= for +=": overwritten,
        "stride ignored": strideless,
        "padding not cut off": uncut,
        "left-over cells cropped": cropped,
    },
    ("conv2d_input_grad", "conv2d_backward", "conv_transpose2d"),
    solution=BACKWARD["7.6 conv_backward, x"],
)

BACKWARD_W = Task(
    lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
        g, x, kernel_size, stride=stride, padding=padding
    ),
    _FOR_WEIGHTS,
    (
        "Which index does ∂ℓ/∂w not have, that has to be summed over?",
        "It has both channels and the place in the kernel. The examples are summed over, as "
        "are the windows.",
        "For each place (r, c), g[:, :, r, c] (examples × out) times the windows of all "
        "examples there (examples × in × rows × columns), summed over the examples.",
    ),
    "All examples share the weights, so their gradients add up.",
    {
        "batch kept": _each_example,
        "channels swapped": lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
            g, x, kernel_size, stride=stride, padding=padding
        ).swapaxes(0, 1),
        "gradient rotated": lambda g, x, kernel_size, stride, padding: conv2d_weight_grad(
            flip(g), x, kernel_size, stride=stride, padding=padding
        ),
    },
    ("conv2d_weight_grad", "conv2d_backward"),
    solution=BACKWARD["7.7 conv_backward, w"],
)

CHECK = Task(
    lambda x, w, t, h: conv2d_weight_grad(conv2d(x, w) - t, x, w.shape),  # noqa: ARG005
    _CHECKS,
    (
        "What happens to the loss when one single weight grows a little, or shrinks a little?",
        "Nudge one weight, leave all others alone, and put it back before the next one.",
        "(ℓ(w + h) − ℓ(w − h))/(2h), for each weight on its own.",
    ),
    "No derivative was needed, only the loss. Now hold your own 7.4 against it.",
    {
        "one-sided difference": nudged(lambda loss, w, step, h: (loss(w + step) - loss(w)) / h),
        "divided by h": nudged(lambda loss, w, step, h: (loss(w + step) - loss(w - step)) / h),
        "all nudged": nudged(lambda loss, w, step, h: (loss(w + h) - loss(w - h)) / (2 * h)),  # noqa: ARG005
    },
    ("numerical_gradient", "conv2d_weight_grad", "conv2d_backward"),
    solution=BACKWARD["7.8 gradient check"],
)
