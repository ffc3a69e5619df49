"""Questions of lesson 5, *Filter images*."""

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task

_RNG = np.random.default_rng(5)
_SHAPES = (((3, 3), (3, 3)), ((2, 3), (3, 1)), ((1, 4), (2, 2)))
_PAIRS = tuple(
    tuple(_RNG.integers(-3, 4, shape).astype(float) for shape in pair) for pair in _SHAPES
)

PREDICTIONS = {
    "5a smooth": Prediction(
        "What happens to a flat wall, and what to a sharp edge?",
        "the wall stays, the edge becomes a slope",
        hides="answer",
        choices={
            "both stay": "On an edge, dark and bright are averaged.",
            "the wall stays, the edge becomes a slope": "",
            "the wall darkens, the edge stays": "Nine ninths of the same grey are that grey.",
        },
    ),
    "5b sharpen": Prediction(
        "What is the sum of the nine weights?",
        "1",
        hides="answer",
        slips={
            "There are eight weights of −1 around the 9, not nine.": "0",
            "Eight are negative: 9 − 8.": "17",
        },
    ),
    "5c gradient": Prediction(
        "Which lines will it light up?",
        "upright ones",
        hides="answer",
        choices={
            "upright ones": "",
            "level ones": "Along a level line, left and right are the same, and their difference "
            "is 0.",
            "both": "Along a level line, left and right are the same, and their difference is 0.",
        },
    ),
    "5d wrap": Prediction(
        "What does 256 become, and what −1?",
        "0 and 255",
        hides="answer",
        slips={
            "cast clips": "255 and 0",
            "After 255 comes 0, and before 0 stands 255.": "1 and 254",
        },
    ),
    "5e separable": Prediction(
        "How many products per pixel, if it is separable?",
        "14",
        hides="answer",
        slips={
            "That is the whole kernel.": "49",
            "That is the row alone; the column follows.": "7",
            "The two passes follow each other: their products are added.": "343",
        },
    ),
}

QUESTIONS = {
    "5.1 forgotten division": Exercise(
        (800, 32),
        ("A flat picture is multiplied by the sum of the weights; a cast then works modulo 256.",),
        "50 · 16 = 800, and 800 − 3 · 256 = 32.",
        {"cast clips": (800, 255)},
    ),
    "5.2 shift down": Exercise(
        [[0, 1, 0], [0, 0, 0], [0, 0, 0]],
        (
            "Every pixel of the result takes the value of one neighbour. Which one, and where is it?",
        ),
        "Each pixel takes what was above it, so everything appears one row further down.",
        {
            "moved the other way": [[0, 0, 0], [0, 0, 0], [0, 1, 0]],
            "kernel transposed": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
        },
    ),
    "5.3 products": Exercise(
        (20 * 30 * 81, 20 * 30 * 18),
        ("Per pixel of the result: k² products for the whole kernel, k + k for column and row.",),
        "81 per pixel against 18: a whole kernel costs 4.5 times as much.",
    ),
    "5.4 two kernels in one": Task(
        lambda first, second: conv2d(first, flip(second), padding="full"),
        _PAIRS,
        ("slide one over the other with every overlap, and mind which way round it is.",),
        "It is the true convolution of the two: all u + v = q meet in one weight.",
        {"kernel not flipped": lambda first, second: conv2d(first, second, padding="full")},
        ("convolve2d",),
    ),
}
