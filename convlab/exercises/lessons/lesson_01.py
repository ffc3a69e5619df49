"""Questions of lesson 1, *Slide a kernel*."""

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.lessons.solutions_forward import FORWARD
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task

_RNG = np.random.default_rng(1)
_PICTURES = tuple(_RNG.integers(-4, 5, shape).astype(float) for shape in ((5, 5), (4, 7), (3, 3)))
_KERNELS = tuple(_RNG.integers(-3, 4, shape).astype(float) for shape in ((3, 3), (2, 3), (3, 1)))
_SLIDING = ("conv2d", "conv2d_loops", "correlate2d", "convolve2d", "correlate", "convolve")
"""What would answer the question."""

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
            "How many places has the kernel to stand on, from top to bottom and from left to "
            "right?",
            "The first place takes up 3 rows; each further step takes the stride. Then the "
            "columns.",
            "⌊(input − kernel)/stride⌋ + 1, for the rows, then for the columns.",
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
        845,
        (
            "Which nine cells does the kernel cover there, and which three of them count?",
            "The upper left corner of the window stands on the cell of the pixel's own row and "
            "column.",
            "Lay the kernel on rows 1–3 and columns 2–4, multiply cell by cell, add all nine.",
        ),
        "1·5 + 10·4 + 100·8 = 845: each digit says which cell its weight has met.",
        {
            "kernel flipped": 673,
            "kernel mirrored": 975,
            "kernel transposed": 854,
            "axes swapped": 254,
            "counted from 1": 131,
        },
    ),
    "1.3 sweep": Task(
        lambda x, w: conv2d(x, w),
        tuple(zip(_PICTURES, _KERNELS, strict=True)),
        (
            "How large is the output, and which part of x does one of its pixels need?",
            "Make an array of zeros in the size of the output and fill it pixel by pixel. A slice "
            "of x has as many rows and columns as w.",
            "For each output pixel (r, c), multiply w with x[r : r + rows, c : c + columns] and "
            "sum.",
        ),
        "That is the whole definition; everything else in these lessons is built on it.",
        {
            "kernel flipped": lambda x, w: conv2d(x, flip(w)),
            "kernel mirrored": lambda x, w: conv2d(x, w[::-1]),
            "kernel transposed": lambda x, w: conv2d(x, w.T),
            "off by one": lambda x, w: conv2d(x, w)[:-1, :-1],
            "axes swapped": lambda x, w: conv2d(x, w).T,
        },
        _SLIDING,
        solution=FORWARD["1.3 sweep"],
    ),
    "1.4 true convolution": Task(
        lambda x, w: conv2d(x, flip(w)),
        tuple(zip(_PICTURES, _KERNELS, strict=True)),
        (
            "What does the convolution of mathematics do to the kernel before it slides?",
            "It is a rotation, and a rotation is two mirrors, one after the other.",
            "Rotate the kernel by 180°, w[::-1, ::-1]: both axes are reversed. Then correlate.",
        ),
        "Convolution is correlation with the kernel rotated by 180°.",
        {
            "kernel not flipped": lambda x, w: conv2d(x, w),
            "kernel mirrored": lambda x, w: conv2d(x, w[:, ::-1]),
            "kernel transposed": lambda x, w: conv2d(x, w.T),
        },
        ("convolve2d", "convolve"),
        solution=FORWARD["1.4 true convolution"],
    ),
    "1.5 strided sweep": Task(
        lambda x, w, stride: conv2d(x, w, stride=stride),
        tuple(zip(_PICTURES, _KERNELS, ((2, 1), (1, 2), (1, 1)), strict=True)),
        (
            "Compared with your sweep, which two things change?",
            "The output has fewer pixels, and the window of pixel (r, c) begins elsewhere.",
            "There are (n − k)//s + 1 places on each axis, and the window of output pixel (r, c) "
            "begins at row r·down, column c·right.",
        ),
        "Only the places change. What happens at each of them is the same.",
        {
            "stride ignored": lambda x, w, stride: conv2d(x, w),  # noqa: ARG005
            "axes swapped": lambda x, w, stride: conv2d(x, w, stride=stride[::-1]),
            "kernel flipped": lambda x, w, stride: conv2d(x, flip(w), stride=stride),
            "off by one": lambda x, w, stride: conv2d(x, w, stride=stride)[:-1, :-1],
        },
        _SLIDING,
        solution=FORWARD["1.5 strided sweep"],
    ),
    "1.6 read the steps": Exercise(
        (2, 3),
        (
            "How does the window go on from the frame, down and to the right?",
            "A dot and its neighbour are one step apart. Count cells, not gaps.",
            "From the dot in the frame, count the cells to the next dot below, then to the next "
            "dot on the right.",
        ),
        "Two rows down and three columns to the right: stride (2, 3).",
        {"axes swapped": (3, 2), "stride ignored": (1, 1)},
    ),
    "1.7 choose a kernel": Exercise(
        7,
        (
            "How many steps are between the first output and the last, and how far is that?",
            "Six outputs are five steps of 4 cells. What is left has to hold the kernel, and may "
            "be a little longer, but not by a whole step.",
            "5·4 + k must be at most 30, and 6·4 + k more than 30.",
        ),
        "5·4 + 7 = 27 and 5·4 + 9 = 29 fit into 30, and a sixth step does not: 7 and 9 are right.",
        {"rounded up": 11, "off by one": 5, "stride ignored": 25},
        accepts=lambda k: np.size(k) == 1 and np.ravel(k)[0] in (7, 9),
    ),
}
