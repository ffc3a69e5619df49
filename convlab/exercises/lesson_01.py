"""Questions of lesson 1, *Slide a kernel*."""

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task

_RNG = np.random.default_rng(1)
_PICTURES = tuple(_RNG.integers(-4, 5, shape).astype(float) for shape in ((5, 5), (4, 7), (3, 2)))
_KERNELS = tuple(_RNG.integers(-3, 4, shape).astype(float) for shape in ((3, 3), (2, 3), (3, 1)))

PREDICTIONS = {
    "1a output": Prediction(
        "How large will the output be, rows × columns?",
        "3 × 3",
        hides="output",
        also=("9",),
        slips={
            "off by one": ("2 × 2", "4"),
            "That is the size of the input. At its edge the kernel has no room to go on.": (
                "5 × 5",
                "25",
            ),
            "5 − 3 = 2 steps, and the start: that makes 3 places.": (
                "4 × 4",
                "16",
            ),
        },
    ),
    "1b stride": Prediction(
        "How large is it at stride (1, 2), rows × columns?",
        "3 × 2",
        hides="output",
        slips={
            "axes swapped": "2 × 3",
            "stride ignored": "3 × 3",
            "off by one": "2 × 1",
            "The first number of a stride is for rows: one row at a time.": "2 × 2",
        },
    ),
    "1c rings": Prediction(
        "How many full rings has a 5 × 5 kernel, and how many has a 4 × 4?",
        "2 and 1",
        slips={
            "The outermost ring of an even kernel is not full: it lacks one side in each "
            "direction.": "2 and 2",
            "Two opposite sides belong to the same ring.": ("4 and 3", "5 and 4"),
            "An even kernel has no middle cell, but it still has one full ring around its cell "
            "of reference.": "2 and 0",
        },
    ),
    "1d flip": Prediction(
        "For which kernels is there no difference?",
        "same after half a turn",
        hides="output",
        choices={
            "mirror images of themselves": "One mirror is not enough: the rotation by 180° "
            "reverses both axes.",
            "same after half a turn": "",
            "equal to their transpose": "A transpose swaps rows and columns; a rotation by 180° "
            "reverses both.",
            "none": "Nine equal weights look the same whichever way they are turned.",
        },
    ),
}

QUESTIONS = {
    "1.1 output size": Exercise(
        (4, 5),
        (
            "How many starts fit? ⌊(input − kernel)/stride⌋ + 1, for the rows, then for the columns.",
        ),
        "⌊(6 − 3)/1⌋ + 1 = 4 rows and ⌊(12 − 3)/2⌋ + 1 = 5 columns.",
        {
            "axes swapped": (5, 4),
            "stride ignored": (4, 10),
            "rounded up": (4, 6),
            "off by one": (3, 4),
        },
    ),
    "1.2 one pixel": Exercise(
        17.0,
        ("Lay the kernel on rows 0–2 and columns 2–4, multiply cell by cell, add all nine.",),
        "0·2 + 1·1 + 2·0 + 2·1 + 2·3 + 0·1 + 0·2 + 1·2 + 2·3 = 17.",
        {"kernel flipped": 19.0, "kernel transposed": 20.0, "axes swapped": 9.0},
    ),
    "1.3 sweep": Task(
        lambda x, w: conv2d(x, w),
        tuple(zip(_PICTURES, _KERNELS, strict=True)),
        (
            "for each output pixel (r, c), multiply w with x[r : r + rows, c : c + columns] and sum.",
        ),
        "That is the whole definition; everything else in these lessons is built on it.",
        {
            "kernel flipped": lambda x, w: conv2d(x, flip(w)),
            "kernel mirrored": lambda x, w: conv2d(x, w[::-1]),
            "off by one": lambda x, w: conv2d(x, w)[:-1, :-1],
            "axes swapped": lambda x, w: conv2d(x, w).T,
        },
        ("conv2d", "conv2d_loops", "correlate2d", "convolve2d"),
    ),
    "1.4 true convolution": Task(
        lambda x, w: conv2d(x, flip(w)),
        tuple(zip(_PICTURES, _KERNELS, strict=True)),
        ("rotate the kernel by 180° first: both axes are reversed.",),
        "Convolution is correlation with the kernel rotated by 180°.",
        {
            "kernel not flipped": lambda x, w: conv2d(x, w),
            "kernel mirrored": lambda x, w: conv2d(x, w[:, ::-1]),
        },
        ("convolve2d",),
    ),
}
