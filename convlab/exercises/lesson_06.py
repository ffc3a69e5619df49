"""Questions of lesson 6, *Write convolution as a matrix*."""

import numpy as np

from convlab.convolution import flip
from convlab.exercises.questions import Exercise, Task
from convlab.matrix import conv_matrix, patch_matrix

_RNG = np.random.default_rng(6)


def _integers(*shape: int) -> np.ndarray:
    return _RNG.integers(1, 10, shape).astype(float)


QUESTIONS = {
    "6.1 shape of the matrix": Exercise(
        (63, 60),
        "One row for each output pixel of every output channel, one column for each input cell of "
        "every input channel; padding has no columns.",
        "The output has ⌊(5 + 2 − 3)/2⌋ + 1 = 3 rows and 6 + 2 − 2 + 1 = 7 columns: 3 · 21 = 63 "
        "rows of C̃. The input has 2 · 5 · 6 = 60 cells, and so many columns.",
        {"matrix transposed": (60, 63), "channels forgotten": (21, 30)},
    ),
    "6.2 one row": Exercise(
        np.array([0, 0, 0, 1, 2, 0, 3, 4, 0]),
        "Lay the kernel on the grid with its corner at (1, 0), write zeros into all other cells, "
        "and flatten the grid row by row.",
        "The grid is 0 0 0 / 1 2 0 / 3 4 0, flattened row by row.",
        {
            "flattened by columns": np.array([0, 1, 3, 0, 2, 4, 0, 0, 0]),
            "kernel flipped": np.array([0, 0, 0, 4, 3, 0, 2, 1, 0]),
        },
    ),
    "6.3 matrix": Task(
        lambda w, rows, cols, stride, padding: conv_matrix(
            w, (rows, cols), stride=stride, padding=padding
        ),
        (
            (_integers(3, 3), 4, 4, 1, 0),
            (_integers(2, 3), 3, 5, 1, 0),
            (_integers(3, 3), 5, 6, 2, 1),
            (_integers(3, 2), 4, 3, 1, 1),
        ),
        "column j is what the kernel makes of a picture with a 1 in cell j and zeros elsewhere, "
        "flattened.",
        "A linear map is known by what it makes of the unit pictures: they are the columns of C̃.",
        {
            "matrix transposed": lambda w, rows, cols, stride, padding: (
                conv_matrix(w, (rows, cols), stride=stride, padding=padding).T
            ),
            "kernel flipped": lambda w, rows, cols, stride, padding: conv_matrix(
                flip(w), (rows, cols), stride=stride, padding=padding
            ),
        },
        ("conv_matrix",),
    ),
    "6.4 patches": Task(
        lambda x, k: patch_matrix(x, k),
        ((_integers(4, 4), 3), (_integers(3, 5), 2), (_integers(2, 3), 1)),
        "column i is the patch of output pixel i, x[r : r + k, c : c + k], flattened.",
        "One row of weights times this matrix is the whole convolution.",
        {"matrix transposed": lambda x, k: patch_matrix(x, k).T},
        ("patch_matrix",),
    ),
}
