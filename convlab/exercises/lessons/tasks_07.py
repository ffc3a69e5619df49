"""Tasks of lesson 7: both gradients, with and without channels, and the gradient check."""

from collections.abc import Callable
from typing import Any

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d, flip
from convlab.exercises.lessons.planted import (
    cropped,
    each_example,
    nudged,
    overwritten,
    strideless,
    transposed,
    uncut,
    unstrided,
    zero_inserted,
)
from convlab.exercises.lessons.solutions_backward import BACKWARD
from convlab.exercises.marking.questions import Task
from convlab.geometry import Geometry
from convlab.gradients import conv2d_backward, conv2d_input_grad, conv2d_weight_grad

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


def _batch_trials() -> Trials:
    """Return the trials with examples and channels: (g, x, w, stride, padding)."""
    trials = []
    for images, bank, stride, padding in _BATCHES:
        x, w = _whole_numbers(images), _whole_numbers(bank)
        grad = _whole_numbers(conv2d(x, w, stride=stride, padding=padding).shape)
        trials.append((grad, x, w, stride, padding))
    return tuple(trials)


_FOR_INPUT, _FOR_WEIGHT = _trials()
_CHECKS = tuple(
    (_whole_numbers(x), _whole_numbers(w), _whole_numbers(t), step)
    for x, w, t, step in (
        ((4, 4), (3, 3), (2, 2), 0.5),
        ((3, 5), (2, 3), (2, 3), 0.25),
        ((5, 4), (2, 2), (4, 3), 1 / 64),
    )
)
"""The steps are powers of 2, so that no digit is lost."""


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
    gives="gradient",
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
    gives="gradient",
)


def _all_three(
    *,
    of_x: Callable[..., Array] | None = None,
    of_w: Callable[..., Array] | None = None,
    of_b: Callable[[Array], Array] | None = None,
) -> Callable[..., tuple[Array, Array, Array]]:
    """Return a backward pass, some of whose three results come from other functions."""

    def backward(
        g: Array, x: Array, w: Array, stride: int, padding: int
    ) -> tuple[Array, Array, Array]:
        grads = conv2d_backward(g, x, w, stride=stride, padding=padding)
        shape, kernel = x.shape[-2:], w.shape[-2:]
        return (
            grads.x if of_x is None else of_x(g, w, shape, stride, padding),
            grads.weight if of_w is None else of_w(g, x, kernel, stride, padding),
            grads.bias if of_b is None else of_b(g),
        )

    return backward


_RIGHT = _all_three()

CONV_BACKWARD = Task(
    lambda g, x, w, stride, padding: _RIGHT(g, x, w, stride, padding),
    _batch_trials(),
    (
        "Which indices does each of the three gradients have, and which are left to be summed "
        "over?",
        "∂ℓ/∂x has no output channel, ∂ℓ/∂w has no example, and neither has a window: these are "
        "summed over. ∂ℓ/∂b has only the output channel.",
        "For each place (r, c), g[:, :, r, c] (examples × out) goes with w into the windows of "
        "∂ℓ/∂x there, and with the windows of the padded x into ∂ℓ/∂w: np.einsum sums.",
    ),
    "Each gradient sums over whatever its own indices do not name.",
    {
        "kernel not rotated": _all_three(
            of_x=lambda g, w, shape, stride, padding: conv2d_input_grad(
                g, flip(w), shape, stride=stride, padding=padding
            )
        ),
        "= for +=": _all_three(of_x=overwritten),
        "padding not cut off": _all_three(of_x=uncut),
        "left-over cells cropped": _all_three(of_x=cropped),
        "stride ignored": _all_three(of_x=strideless, of_w=unstrided),
        "batch kept": _all_three(of_w=each_example, of_b=lambda g: g.sum(axis=(2, 3))),
        "batch forgotten": lambda g, x, w, stride, padding: (
            (grads := _RIGHT(g, x, w, stride, padding))[0].sum(axis=0),
            *grads[1:],
        ),
        "channels swapped": lambda g, x, w, stride, padding: (
            (grads := _RIGHT(g, x, w, stride, padding))[0],
            grads[1].swapaxes(0, 1),
            grads[2],
        ),
        "gradient rotated": _all_three(
            of_w=lambda g, x, kernel, stride, padding: conv2d_weight_grad(
                flip(g), x, kernel, stride=stride, padding=padding
            )
        ),
        "bias summed wrongly": _all_three(of_b=lambda g: g.mean(axis=(0, 2, 3))),
        "results swapped": lambda g, x, w, stride, padding: (
            (grads := _RIGHT(g, x, w, stride, padding))[1],
            grads[0],
            grads[2],
        ),
        "output gradient forgotten": lambda g, x, w, stride, padding: _RIGHT(
            np.ones(g.shape), x, w, stride, padding
        ),
    },
    ("conv2d_backward", "conv2d_input_grad", "conv2d_weight_grad", "conv_transpose2d"),
    solution=BACKWARD["7.6 conv_backward"],
    gives="gradient",
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
    solution=BACKWARD["7.7 gradient check"],
    gives="gradient",
)
