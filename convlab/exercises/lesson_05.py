"""Questions of lesson 5, *Filter images*."""

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.questions import Exercise, Task

_RNG = np.random.default_rng(5)
_SHAPES = (((3, 3), (3, 3)), ((2, 3), (3, 1)), ((1, 4), (2, 2)))
_PAIRS = tuple(
    tuple(_RNG.integers(-3, 4, shape).astype(float) for shape in pair) for pair in _SHAPES
)

QUESTIONS = {
    "5.1 forgotten division": Exercise(
        (800, 32),
        "A flat picture is multiplied by the sum of the weights; a cast then works modulo 256.",
        "50 · 16 = 800, and 800 − 3 · 256 = 32.",
        {"cast clips": (800, 255)},
    ),
    "5.2 shift down": Exercise(
        [[0, 1, 0], [0, 0, 0], [0, 0, 0]],
        "Every pixel of the result takes the value of one neighbour. Which one, and where is it?",
        "Each pixel takes what was above it, so everything appears one row further down.",
        {
            "moved the other way": [[0, 0, 0], [0, 0, 0], [0, 1, 0]],
            "kernel transposed": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
        },
    ),
    "5.3 products": Exercise(
        (20 * 30 * 81, 20 * 30 * 18),
        "Per pixel of the result: k² products for the whole kernel, k + k for column and row.",
        "81 per pixel against 18: a whole kernel costs 4.5 times as much.",
    ),
    "5.4 two kernels in one": Task(
        lambda first, second: conv2d(first, flip(second), padding="full"),
        _PAIRS,
        "slide one over the other with every overlap, and mind which way round it is.",
        "It is the true convolution of the two: all u + v = q meet in one weight.",
        {"kernel not flipped": lambda first, second: conv2d(first, second, padding="full")},
        ("convolve2d",),
    ),
}
