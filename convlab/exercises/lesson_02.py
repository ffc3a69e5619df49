"""Questions of lesson 2, *Pad and stride*."""

from convlab.exercises.questions import Exercise, Task
from convlab.geometry import output_size

_TRIALS = (
    (5, 3, 1, 0, 0, 1),
    (10, 3, 2, 0, 0, 1),
    (224, 7, 2, 2, 3, 1),
    (9, 3, 1, 2, 2, 2),
    (31, 4, 3, 0, 5, 3),
)

QUESTIONS = {
    "2.1 output size": Exercise(
        (16, 34),
        "Add the padding of both sides, subtract the span, divide by the stride, round, add 1.",
        "⌊(32 + 2 + 2 − 5)/2⌋ + 1 = 16 rows and ⌊(100 + 1 + 1 − 3)/3⌋ + 1 = 34 columns.",
        {
            "axes swapped": (34, 16),
            "padding in total": (15, 33),
            "padding forgotten": (14, 33),
            "rounded up": (17, 34),
            "stride ignored": (32, 100),
        },
    ),
    "2.2 same padding": Exercise(
        (1, 2),
        "⌈10/3⌉ = 4 windows, the last of which starts 3·3 cells after the first. How far do the "
        "four reach together? An odd cell goes to the end.",
        "Four windows of 4 cells, 3 apart, reach over 13 cells: 3 more than 10. One before, two "
        "after.",
        {"odd row first": (2, 1)},
    ),
    "2.3 never read": Exercise(
        [3, 7, 8, 9],
        "Write down the rows that each window reads. Some of the others lie between two windows.",
        "The windows start at rows 0 and 4 and read 0–2 and 4–6. A stride that is longer than the "
        "kernel also leaves gaps.",
        {"off by one": [4, 8, 9, 10]},
        in_any_order=True,
    ),
    "2.4 size formula": Task(
        lambda n, k, s, before, after, d: output_size(
            n, k, stride=s, padding=(before, after), dilation=d
        ),
        _TRIALS,
        "the span of one window is d(k − 1) + 1; `//` divides and rounds down.",
        "One formula for every convolution in these lessons, on each axis by itself.",
        {
            "rounded up": lambda n, k, s, before, after, d: (
                -(-(n + before + after - d * (k - 1) - 1) // s) + 1
            ),
            "dilation counted from 0": lambda n, k, s, before, after, d: (
                (n + before + after - (d + 1) * (k - 1) - 1) // s + 1
            ),
            "stride ignored": lambda n, k, s, before, after, d: (  # noqa: ARG005
                n + before + after - d * (k - 1)
            ),
            "off by one": lambda n, k, s, before, after, d: (
                (n + before + after - d * (k - 1) - 1) // s
            ),
            "padding forgotten": lambda n, k, s, before, after, d: (  # noqa: ARG005
                (n - d * (k - 1) - 1) // s + 1
            ),
        },
        ("output_size", "Geometry"),
    ),
}
