"""Questions of lesson 8, *Pool*."""

import numpy as np

from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task
from convlab.pooling import avg_pool2d_backward, max_pool2d, max_pool2d_backward

_RNG = np.random.default_rng(8)


def _trial(shape: tuple[int, int], size: int) -> tuple[np.ndarray, int]:
    return _RNG.integers(-9, 10, shape).astype(float), size


_MAPS = (_trial((4, 6), 2), _trial((6, 9), 3), _trial((5, 7), 2))
_TIED = (
    (12.0, np.array([[1.0, 5.0], [2.0, 3.0]])),
    (3.0, np.array([[4.0, 7.0, 7.0], [7.0, 0.0, 7.0]])),
    (-5.0, np.zeros((3, 3))),
    (2.0, np.array([[-8.0, -3.0, -6.0], [-3.0, -4.0, -9.0]])),
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
            "Which of the two learns anything? Each kernel of the other spans all 64 input channels, "
            "and there is one for every output channel.",
        ),
        "Pooling has nothing to learn; the convolution has 64 kernels of 64 · 2 · 2 weights.",
    ),
    "8.2 where it goes": Exercise(
        [[0, 11, 100, 0, 0]],
        (
            "Take the windows one by one, and in each the first of its largest numbers. Two windows "
            "may choose the same cell: then add.",
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
        ("every cell of a k × k window gets 1/k² of the window's gradient.",),
        "Each gradient is spread out over its window; for windows that do not overlap that is "
        "np.kron with a window of 1/k².",
        {"gradient not divided": lambda grad_output, k: np.kron(grad_output, np.ones((k, k)))},
        ("avg_pool2d_backward",),
    ),
    "8.4 one winner": Task(
        lambda g, window: max_pool2d_backward([[g]], window, window.shape),
        _TIED,
        ("all of g goes to one cell: the first maximum, counted along the rows.",),
        "np.argmax returns the first maximum of the flattened window: the rule is built in.",
        {"every tie wins": lambda g, window: g * (window == window.max())},
        ("max_pool2d_backward",),
    ),
    "8.5 max pooling": Task(
        lambda x, k: max_pool2d(x, k),
        _MAPS,
        (
            "for each output pixel (r, c), the maximum of x[r·k : r·k + k, c·k : c·k + k]; rows and "
            "columns that fill no whole window are left out.",
        ),
        "The sweep of lesson 1, with `max` for the sum of products and the window for the stride.",
        {"stride ignored": lambda x, k: max_pool2d(x, k, stride=1)},
        ("max_pool2d",),
    ),
}
