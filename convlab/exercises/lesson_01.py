"""Questions of lesson 1, *Slide a kernel*."""

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.questions import Exercise, Task

_RNG = np.random.default_rng(1)
_PICTURES = tuple(_RNG.integers(-4, 5, shape).astype(float) for shape in ((5, 5), (4, 7), (3, 2)))
_KERNELS = tuple(_RNG.integers(-3, 4, shape).astype(float) for shape in ((3, 3), (2, 3), (3, 1)))

QUESTIONS = {
    "1.1 output size": Exercise(
        (4, 5),
        "How many starts fit? ⌊(input − kernel)/stride⌋ + 1, for the rows, then for the columns.",
        "⌊(6 − 3)/1⌋ + 1 = 4 rows and ⌊(12 − 3)/2⌋ + 1 = 5 columns.",
    ),
    "1.2 one pixel": Exercise(
        14.0,
        "Lay the kernel on rows 2–4 and columns 2–4, multiply cell by cell, add all nine.",
        "0·2 + 1·2 + 2·3 + 2·0 + 2·2 + 0·2 + 0·0 + 1·0 + 2·1 = 14.",
    ),
    "1.3 sweep": Task(
        lambda x, w: conv2d(x, w),
        tuple(zip(_PICTURES, _KERNELS, strict=True)),
        "for each output pixel (r, c), multiply w with x[r : r + rows, c : c + columns] and sum.",
        "That is the whole definition; everything else in these lessons is built on it.",
    ),
    "1.4 true convolution": Task(
        lambda x, w: conv2d(x, flip(w)),
        tuple(zip(_PICTURES, _KERNELS, strict=True)),
        "rotate the kernel by 180° first: both axes are reversed.",
        "Convolution is correlation with the kernel rotated by 180°.",
    ),
}
