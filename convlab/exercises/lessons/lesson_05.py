"""Questions of lesson 5, *Filter images*."""

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d, flip
from convlab.exercises.design import light_on_spokes, noise_left
from convlab.exercises.lessons.solutions_forward import FORWARD
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task

_RNG = np.random.default_rng(5)
_SHAPES = (((3, 3), (3, 3)), ((2, 3), (3, 1)), ((1, 4), (2, 2)))
_PAIRS = tuple(
    tuple(_RNG.integers(-3, 4, shape).astype(float) for shape in pair) for pair in _SHAPES
)
_KNIGHT = np.full((5, 5), -3)
_KNIGHT[[1, 2, 3], [0, 2, 4]] = 22
"""A line at 22.5°: two columns across for one row down."""


def _set(first: Array, second: Array) -> Array:
    """Merge two kernels with `=` where `+=` belongs."""
    (rows, cols), merged = second.shape, np.zeros(np.add(first.shape, second.shape) - 1)
    for u, v in np.ndindex(first.shape):
        merged[u : u + rows, v : v + cols] = first[u, v] * second
    return merged


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
        (
            "What becomes of a flat picture whose weights do not sum to 1?",
            "A flat picture is multiplied by the sum of the weights. Does the result fit into 8 "
            "bits?",
            "50 times the sum of the weights; a cast then works modulo 256.",
        ),
        "50 · 16 = 800, and 800 − 3 · 256 = 32.",
        {"cast clips": (800, 255)},
    ),
    "5.2 shift down": Exercise(
        [[0, 1, 0], [0, 0, 0], [0, 0, 0]],
        (
            "Every pixel of the result takes the value of one neighbour. Which one?",
            "If the picture moves down, what stood above a pixel now stands on it.",
            "A single 1 among zeros, at the place of the neighbour above.",
        ),
        "Each pixel takes what was above it, so everything appears one row further down.",
        {
            "moved the other way": [[0, 0, 0], [0, 0, 0], [0, 1, 0]],
            "kernel transposed": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
        },
    ),
    "5.3 products": Exercise(
        (48_600, 10_800),
        (
            "How many products does a single pixel of the result take, either way?",
            "Per pixel of the result: all weights of the kernel, or first a column and then a row.",
            "k² products for the whole kernel, k + k for column and row, and 20 · 30 pixels.",
        ),
        "81 per pixel against 18: a whole kernel costs 4.5 times as much.",
        {"padding forgotten": (21_384, 4_752)},
    ),
    "5.4 two kernels in one": Task(
        lambda first, second: conv2d(first, flip(second), padding="full"),
        _PAIRS,
        (
            "How large is the merged kernel, and which pairs of weights meet in one of its places?",
            "On one axis, kernels of 3 and 3 reach over 5 cells, and the weights u and v meet at "
            "u + v.",
            "Add first[u, v] · second, a whole block, into an array of zeros at row u, column v.",
        ),
        "It is the true convolution of the two: all u + v = q meet in one weight.",
        {
            "kernel not flipped": lambda first, second: conv2d(first, second, padding="full"),
            "kernel mirrored": lambda first, second: conv2d(
                first, flip(second)[::-1], padding="full"
            ),
            "= for +=": _set,
        },
        ("conv2d", "conv2d_loops", "conv_transpose2d", "convolve2d", "correlate2d", "convolve"),
        solution=FORWARD["5.4 two kernels in one"],
        gives="kernel",
    ),
    "5.5 one direction": Exercise(
        _KNIGHT,
        (
            "What does a line in that direction look like on 5 × 5 pixels?",
            "A kernel looks for itself. At 22.5° a line goes two columns across for one row "
            "down, roughly.",
            "Draw the line through (1, 0), (2, 2) and (3, 4): positive there, and such a negative "
            "number elsewhere that the sum is 0.",
        ),
        "A kernel looks for itself, in whatever direction. Longer ones tell directions apart "
        "better: no 3 × 3 kernel gets that far.",
        {"axes swapped": _KNIGHT.T},
        accepts=lambda w: max(np.shape(w)) <= 5 and light_on_spokes(w, 22.5) >= 0.35,
    ),
    "5.6 quiet": Exercise(
        np.full((5, 5), 1 / 25),
        (
            "What must the weights sum to, so that grey stays grey?",
            "The mean of many independent numbers wavers less than each of them. Which mean of up "
            "to 25 pixels wavers least?",
            "The mean of n pixels leaves one part in √n of the noise, if all count alike.",
        ),
        "Equal weights are the best there is against noise: 25 of them leave a fifth. The price is "
        "every fine line.",
        accepts=lambda w: max(np.shape(w)) <= 5 and noise_left(w) <= 0.2,
    ),
    "5.7 who made it": Exercise(
        (3, 4, 1, 2),
        (
            "Which pictures are black where the card is flat, and what does that say about the "
            "sum of the weights?",
            "Two kernels sum to 0 and two to 1. Of the first two, one has lost all upright lines.",
            "Smoothing turns the noise into grey, sharpening makes it harsher. The vertical "
            "gradient shows upright edges, the horizontal one level edges.",
        ),
        "A is smoothed, B is the horizontal gradient, C is sharpened, D is the vertical gradient.",
        {"axes swapped": (3, 2, 1, 4)},
    ),
}
