"""Tasks of lesson 6: both ways to unroll a convolution, and the way back."""

import numpy as np

from convlab.arrays import Array
from convlab.convolution import flip
from convlab.exercises.lessons.solutions_forward import FORWARD
from convlab.exercises.marking.questions import Task
from convlab.matrix import conv_matrix, fold, patch_matrix

_RNG = np.random.default_rng(6)


def _integers(*shape: int) -> np.ndarray:
    return _RNG.integers(1, 10, shape).astype(float)


def _by_columns(w: Array, rows: int, cols: int, stride: int, padding: int) -> Array:
    """Return C̃ for input and output that are flattened column by column."""
    return conv_matrix(w.T, (cols, rows), stride=stride, padding=padding)


def _put_over(P: Array, input_shape: tuple[int, int], k: int) -> Array:
    """Put patches back with `=` where `+=` belongs."""
    x = np.zeros(input_shape)
    places = np.ndindex(input_shape[0] - k + 1, input_shape[1] - k + 1)
    for (r, c), patch in zip(places, P.T, strict=True):
        x[r : r + k, c : c + k] = patch.reshape(k, k)
    return x


MATRIX = Task(
    lambda w, rows, cols, stride, padding: conv_matrix(
        w, (rows, cols), stride=stride, padding=padding
    ),
    (
        (_integers(3, 3), 4, 4, 1, 0),
        (_integers(2, 3), 3, 5, 1, 0),
        (_integers(3, 3), 5, 6, 2, 1),
        (_integers(3, 2), 4, 3, 1, 1),
    ),
    (
        "What does a matrix make of a column that is 1 in one place and 0 elsewhere?",
        "It gives one of its own columns. Which picture is such a column?",
        "Column j is what the kernel makes of a picture with a 1 in cell j and zeros "
        "elsewhere, flattened.",
    ),
    "A linear map is known by what it makes of the unit pictures: they are the columns of C̃.",
    {
        "matrix transposed": lambda w, rows, cols, stride, padding: (
            conv_matrix(w, (rows, cols), stride=stride, padding=padding).T
        ),
        "kernel flipped": lambda w, rows, cols, stride, padding: conv_matrix(
            flip(w), (rows, cols), stride=stride, padding=padding
        ),
        "kernel transposed": lambda w, rows, cols, stride, padding: conv_matrix(
            w.T, (rows, cols), stride=stride, padding=padding
        ),
        "stride ignored": lambda w, rows, cols, stride, padding: conv_matrix(  # noqa: ARG005
            w, (rows, cols), padding=padding
        ),
        "padding forgotten": lambda w, rows, cols, stride, padding: conv_matrix(  # noqa: ARG005
            w, (rows, cols), stride=stride
        ),
        "flattened by columns": _by_columns,
    },
    ("conv_matrix",),
    solution=FORWARD["6.3 matrix"],
    gives="kernel",
)

PATCHES = Task(
    lambda x, k: patch_matrix(x, k),
    ((_integers(4, 4), 3), (_integers(3, 5), 2), (_integers(2, 3), 1)),
    (
        "What is one column of P, and how many of them are there?",
        "A column is the patch under one window, flattened, and there is one for each output "
        "pixel, row by row.",
        "Column i is x[r : r + k, c : c + k].ravel() of output pixel i; "
        "np.column_stack joins columns.",
    ),
    "One row of weights times this matrix is the whole convolution.",
    {
        "matrix transposed": lambda x, k: patch_matrix(x, k).T,
        "flattened by columns": lambda x, k: patch_matrix(x.T, k),
        "off by one": lambda x, k: patch_matrix(x[:-1, :-1], k),
    },
    ("patch_matrix", "conv_matrix"),
    solution=FORWARD["6.4 patches"],
    gives="input",
)

WAY_BACK = Task(
    lambda P, input_shape, k: fold(P, input_shape, k)[0],
    tuple(
        (_integers(k * k, (rows - k + 1) * (cols - k + 1)), (rows, cols), k)
        for rows, cols, k in ((4, 4, 3), (3, 5, 2), (2, 3, 1))
    ),
    (
        "Where does each entry of a column belong, and what if two belong to the same cell?",
        "A column, reshaped to k × k, goes to where its patch was read. Nothing is thrown away.",
        "Start from zeros of the input's shape; x[r : r + k, c : c + k] += the patch.",
    ),
    "This is col2im, the transpose of im2col. The gradients of lesson 7 come back this way.",
    {
        "= for +=": _put_over,
        "flattened by columns": lambda P, input_shape, k: fold(
            P.reshape(k, k, -1).swapaxes(0, 1).reshape(k * k, -1), input_shape, k
        )[0],
    },
    ("fold",),
    solution=FORWARD["6.5 the way back"],
    gives="input",
)

THICK_PATCHES = Task(
    lambda x, k, stride: patch_matrix(x, k, stride=stride),
    (
        (_integers(2, 4, 5), 2, 1),
        (_integers(3, 5, 7), 3, 2),
        (_integers(1, 7, 5), 2, 3),
    ),
    (
        "How many numbers does a window hold now, and where does the next one begin?",
        "A patch has all channels, one after the other: C · k · k numbers in a column.",
        "x[:, r : r + k, c : c + k].ravel(), for r and c in steps of the stride.",
    ),
    "Channels make the columns longer, and the stride makes them fewer. weight.reshape(out, "
    "−1) times this is a whole layer.",
    {
        "stride ignored": lambda x, k, stride: patch_matrix(x, k),  # noqa: ARG005
        "matrix transposed": lambda x, k, stride: patch_matrix(x, k, stride=stride).T,
        "channels forgotten": lambda x, k, stride: patch_matrix(x[0], k, stride=stride),
        "flattened by columns": lambda x, k, stride: patch_matrix(
            x.swapaxes(1, 2), k, stride=stride
        ),
    },
    ("patch_matrix", "conv_matrix"),
    solution=FORWARD["6.6 thick patches"],
    gives="input",
)
