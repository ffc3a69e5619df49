"""Tasks of lesson 2: the size formula, and a convolution with all that lessons 1 and 2 hold."""

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.lessons.solutions_forward import FORWARD
from convlab.exercises.marking.questions import Task
from convlab.geometry import output_size

_TRIALS = (
    (5, 3, 1, 0, 0, 1),
    (10, 3, 2, 0, 0, 1),
    (224, 7, 2, 2, 3, 1),
    (9, 3, 1, 2, 2, 2),
    (31, 4, 3, 0, 5, 3),
)
_RNG = np.random.default_rng(2)
_LAYOUTS = tuple(
    (
        _RNG.integers(-4, 5, size).astype(float),
        _RNG.integers(-3, 4, kernel).astype(float),
        *layout,
    )
    for size, kernel, *layout in (
        ((5, 6), (3, 3), (1, 1), (0, 0), (1, 1)),
        ((5, 6), (2, 3), (2, 1), (1, 0), (1, 1)),
        ((7, 8), (3, 2), (1, 2), (0, 2), (2, 1)),
        ((6, 6), (2, 3), (2, 3), (3, 1), (1, 2)),
    )
)


def _both(padding: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Say a padding per axis as one per side."""
    return (padding[0], padding[0]), (padding[1], padding[1])


SIZE_FORMULA = Task(
    lambda n, k, s, before, after, d: output_size(
        n, k, stride=s, padding=(before, after), dilation=d
    ),
    _TRIALS,
    (
        "How many cells does one window reach over, and how much room is left for steps?",
        "The span of one window is d(k − 1) + 1. The room is what is left of the padded input.",
        "Divide the room by the stride with `//`, which rounds down, and add 1 for the start.",
    ),
    "One formula for every convolution in these lessons, on each axis by itself.",
    {
        "rounded up": lambda n, k, s, before, after, d: (
            -(-(n + before + after - d * (k - 1) - 1) // s) + 1
        ),
        "dilation counted from 0": lambda n, k, s, before, after, d: (
            (n + before + after - (d + 1) * (k - 1) - 1) // s + 1
        ),
        "dilation ignored": lambda n, k, s, before, after, d: (  # noqa: ARG005
            (n + before + after - k) // s + 1
        ),
        "stride ignored": lambda n, k, s, before, after, d: (  # noqa: ARG005
            n + before + after - d * (k - 1)
        ),
        "off by one": lambda n, k, s, before, after, d: (n + before + after - d * (k - 1) - 1) // s,
        "padding forgotten": lambda n, k, s, before, after, d: (  # noqa: ARG005
            (n - d * (k - 1) - 1) // s + 1
        ),
    },
    ("output_size", "Geometry"),
    solution=FORWARD["2.4 size formula"],
)

EVERYTHING = Task(
    lambda x, w, stride, padding, dilation: conv2d(
        x, w, stride=stride, padding=padding, dilation=dilation
    ),
    _LAYOUTS,
    (
        "Which of the three says how large the output is, and which where a cell is read?",
        "Pad first. Then the window of pixel (r, c) begins at row r·stride, column c·stride of "
        "the padded input, and a slice may have a step.",
        "With top = r·stride the rows of the window are padded[top : top + span : dilation], "
        "and the columns likewise; there are (padded − span)//stride + 1 places.",
    ),
    "The whole value formula. Convolutions in any framework do this, only faster.",
    {
        "stride ignored": lambda x, w, stride, padding, dilation: conv2d(  # noqa: ARG005
            x, w, padding=_both(padding), dilation=dilation
        ),
        "padding forgotten": lambda x, w, stride, padding, dilation: conv2d(  # noqa: ARG005
            x, w, stride=stride, dilation=dilation
        ),
        "dilation ignored": lambda x, w, stride, padding, dilation: conv2d(  # noqa: ARG005
            x, w, stride=stride, padding=_both(padding)
        ),
        "dilation counted from 0": lambda x, w, stride, padding, dilation: conv2d(
            x, w, stride=stride, padding=_both(padding), dilation=np.add(dilation, 1)
        ),
        "axes swapped": lambda x, w, stride, padding, dilation: conv2d(
            x, w, stride=stride[::-1], padding=_both(padding[::-1]), dilation=dilation[::-1]
        ),
        "kernel flipped": lambda x, w, stride, padding, dilation: conv2d(
            x, flip(w), stride=stride, padding=_both(padding), dilation=dilation
        ),
        "off by one": lambda x, w, stride, padding, dilation: conv2d(
            x, w, stride=stride, padding=_both(padding), dilation=dilation
        )[:-1, :-1],
    },
    ("conv2d", "conv2d_loops", "correlate2d", "convolve2d"),
    solution=FORWARD["2.8 everything"],
)
