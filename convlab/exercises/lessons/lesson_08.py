"""Questions of lesson 8, *Pool*."""

import numpy as np

from convlab.exercises.lessons.planted import (
    every_winner,
    first_by_columns,
    first_winner,
    given_back,
)
from convlab.exercises.lessons.solutions_backward import BACKWARD
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task
from convlab.pooling import avg_pool2d_backward, max_pool2d, max_pool2d_backward

_RNG = np.random.default_rng(8)


def _whole(*shape: int) -> np.ndarray:
    return _RNG.integers(-9, 10, shape).astype(float)


def _trial(shape: tuple[int, int], size: int) -> tuple[np.ndarray, int]:
    return _RNG.integers(-9, 10, shape).astype(float), size


_MAPS = (_trial((2, 4), 2), _trial((4, 6), 2), _trial((6, 9), 3), _trial((5, 7), 2))
_TIED = (
    (12.0, np.array([[1.0, 5.0], [2.0, 3.0]])),
    (3.0, np.array([[4.0, 7.0, 7.0], [7.0, 0.0, 7.0]])),
    (-5.0, np.zeros((3, 3))),
    (2.0, np.array([[-8.0, -3.0, -6.0], [-3.0, -4.0, -9.0]])),
)
_OVERLAPPING = (
    (np.array([[[1.0, 10.0]]]), np.array([[[2.0, 7.0, 7.0], [7.0, 1.0, 7.0]]]), 2, 1),
    (_whole(2, 2, 2), _whole(2, 5, 5) // 3, 3, 2),
    (_whole(1, 2, 3), _whole(1, 5, 8), 2, 3),
)

PREDICTIONS = {
    "8a shape": Prediction(
        "What is the shape of the output: channels, rows, columns?",
        "(3, 2, 2)",
        hides="output",
        slips={
            "Pooling sums over no channels: each goes on alone.": ("(1, 2, 2)", "2 × 2"),
            "stride ignored": "(3, 3, 3)",
        },
    ),
    "8b global": Prediction(
        "How many numbers are left?",
        "512",
        hides="nothing",
        slips={
            "Each channel is averaged as a whole: one number for each.": ("25088", "3584"),
            "Channels are not averaged over each other.": ("49", "1"),
        },
    ),
    "8c backward": Prediction(
        "The four gradients of 8, 2, 4, 6; then what each cell of an average gets:",
        "12, 0, 0, 0, 3",
        slips={
            "A maximum hands all of it to the cell that has won.": "3, 3, 3, 3, 3",
            "gradient not divided": "12, 0, 0, 0, 12",
            "every tie wins": "12, 12, 12, 12, 3",
        },
    ),
    "8d ties": Prediction(
        "How much does it hand to the input in total?",
        "48",
        slips={
            "That is what should arrive. All four cells equal the maximum, and each gets it.": "12",
            "Nothing divides it: each of the four gets all of it.": "3",
        },
    ),
    "8e moves": Prediction(
        "Does the max-pooled map stay the same when the digit moves by 1? By 2?",
        "neither: at 2 it moves along",
        choices={
            "both times": "Windows of 2 × 2 cut a moved digit elsewhere.",
            "at 1, not at 2": "Moved by one, the pixels fall into other windows.",
            "neither: at 2 it moves along": "",
        },
    ),
}

QUESTIONS = {
    "8.1 price": Exercise(
        (0, 64 * 64 * 2 * 2),
        (
            "Which of the two learns anything?",
            "Each kernel of the convolution spans all 64 input channels.",
            "64 · 2 · 2 weights in a kernel, and a kernel for each of the 64 output channels.",
        ),
        "Pooling has nothing to learn; the convolution has 64 kernels of 64 · 2 · 2 weights.",
        {"channels forgotten": (0, 256)},
    ),
    "8.2 where it goes": Exercise(
        [[0, 11, 100, 0, 0]],
        (
            "Which cell wins each of the three windows?",
            "Take the windows one by one, and in each the first of its largest numbers.",
            "Two windows choose the same cell: there the gradients add up.",
        ),
        "The windows 2 7 7 and 7 7 1 both choose column 1, and 7 1 7 chooses column 2.",
        {
            "every tie wins": [[0, 11, 111, 0, 100]],
            "= for +=": [[0, 10, 100, 0, 0]],
        },
    ),
    "8.3 average, backward": Task(
        lambda grad_output, k: avg_pool2d_backward(
            grad_output, np.zeros(np.multiply(grad_output.shape, k)), k
        ),
        _MAPS,
        (
            "If one cell of a window grows a little, how much does the mean grow?",
            "Every cell of a window gets the same share of the window's gradient.",
            "The share is 1/k², and each gradient fills a block of k × k cells.",
        ),
        "Each gradient is spread out over its window; for windows that do not overlap that is "
        "np.kron with a window of 1/k².",
        {
            "gradient not divided": lambda grad_output, k: np.kron(grad_output, np.ones((k, k))),
            "axes swapped": lambda grad_output, k: np.kron(grad_output.T, np.full((k, k), k**-2.0)),
        },
        ("avg_pool2d_backward",),
        solution=BACKWARD["8.3 average, backward"],
        gives="gradient",
    ),
    "8.4 one winner": Task(
        lambda g, window: max_pool2d_backward([[g]], window, window.shape),
        _TIED,
        (
            "How many cells may receive anything, and which one if several are equal?",
            "All of g goes to one cell: the first maximum, counted along the rows.",
            "window.argmax() finds it in the flattened window; .flat reaches a cell by that "
            "number.",
        ),
        "np.argmax returns the first maximum of the flattened window: the rule is built in.",
        {
            "every tie wins": lambda g, window: g * every_winner(window),
            "flattened by columns": lambda g, window: g * first_by_columns(window),
        },
        ("max_pool2d_backward",),
        solution=BACKWARD["8.4 one winner"],
        gives="gradient",
    ),
    "8.5 max pooling": Task(
        lambda x, k: max_pool2d(x, k),
        _MAPS,
        (
            "How large is the output, and where does each window begin?",
            "Rows and columns that fill no whole window are left out. Window (r, c) begins at row "
            "r·k, column c·k.",
            "For each output pixel, the maximum of x[r·k : r·k + k, c·k : c·k + k].",
        ),
        "The sweep of lesson 1, with `max` for the sum of products and the window for the stride.",
        {
            "stride ignored": lambda x, k: max_pool2d(x, k, stride=1),
            "rounded up": lambda x, k: max_pool2d(x, k, ceil_mode=True),
            "axes swapped": lambda x, k: max_pool2d(x, k).T,
        },
        ("max_pool2d", "maximum_filter"),
        solution=BACKWARD["8.5 max pooling"],
    ),
    "8.6 three in a row": Exercise(
        (3, 6, 5),
        (
            "What does one pooling do to rows, columns and channels?",
            "Each halves rows and columns. Can 25 be halved?",
            "50 → 25 → 12 → 6, where the last row of 25 fills no window, and 40 → 20 → 10 → 5.",
        ),
        "50 → 25 → 12 → 6 and 40 → 20 → 10 → 5, each channel alone.",
        {
            "rounded up": (3, 7, 5),
            "stride ignored": (3, 47, 37),
            "axes swapped": (3, 5, 6),
        },
    ),
    "8.7 overlapping windows": Task(
        lambda g, x, k, stride: max_pool2d_backward(g, x, k, stride=stride),
        _OVERLAPPING,
        (
            "What changes against a single window when windows overlap?",
            "Each window of each channel finds its own winner, and one cell may win several.",
            "In each window x[m, top : top + k, left : left + k] find the first maximum, and add "
            "the window's gradient, `+=`, at top + u, left + v.",
        ),
        "Every window hands on all of its gradient once, so what arrives is what was given.",
        {
            "every tie wins": lambda g, x, k, stride: given_back(
                g, x, k, stride, share=every_winner
            ),
            "= for +=": lambda g, x, k, stride: given_back(
                g, x, k, stride, share=first_winner, adds=False
            ),
            "flattened by columns": lambda g, x, k, stride: given_back(
                g, x, k, stride, share=first_by_columns
            ),
            "stride ignored": lambda g, x, k, stride: given_back(  # noqa: ARG005
                g, x, k, 1, share=first_winner
            ),
        },
        ("max_pool2d_backward", "max_unpool2d"),
        solution=BACKWARD["8.7 overlapping windows"],
        gives="gradient",
    ),
    "8.8 read the pooling": Exercise(
        (3, 2),
        (
            "Can the upper left number of the output come out of the upper left 2 × 2 cells?",
            "Find the first output's number in the input: how far from the corner is it? Then "
            "try where the second window may begin.",
            "The 9 stands in row 2: the window is 3. With stride 3 there would be fewer outputs.",
        ),
        "Windows of 3 that move by 2, so that they overlap.",
        {"stride ignored": (3, 1)},
    ),
}
