"""Questions of lesson 2, *Pad and stride*."""

from convlab.exercises.mistakes import MISTAKES
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task
from convlab.geometry import output_size

_TRIALS = (
    (5, 3, 1, 0, 0, 1),
    (10, 3, 2, 0, 0, 1),
    (224, 7, 2, 2, 3, 1),
    (9, 3, 1, 2, 2, 2),
    (31, 4, 3, 0, 5, 3),
)

PREDICTIONS = {
    "2a padding": Prediction(
        "How large is the output now, rows × columns?",
        "5 × 5",
        hides="output",
        slips={
            "padding forgotten": "3 × 3",
            "padding in total": "4 × 4",
            "That is the padded input. The kernel must stay inside it.": "7 × 7",
            "off by one": "6 × 6",
        },
    ),
    "2b one side": Prediction(
        "Three rows at the top, none elsewhere: how large is the output?",
        "6 × 3",
        hides="output",
        slips={
            "axes swapped": "3 × 6",
            "padding forgotten": "3 × 3",
            "The padding is at the top alone: on each axis only its own sides count.": (
                "6 × 6",
                "9 × 9",
                "9 × 3",
            ),
        },
    ),
    "2c even kernel": Prediction(
        "What does same pad for a kernel of 4: before, after?",
        "1 and 2",
        slips={
            "odd row first": "2 and 1",
            "Half a cell cannot be padded. Which side gets the whole one?": "1.5 and 1.5",
            "Two on both sides are one too many: the output would grow to 6.": "2 and 2",
            "One on both sides is one too few: the output would shrink to 4.": "1 and 1",
        },
    ),
    "2d left over": Prediction(
        "What happens?",
        "4 × 4",
        hides="output",
        choices={
            "an error": "Sizes that do not divide are allowed everywhere.",
            "4 × 4": "",
            "5 × 5": MISTAKES["rounded up"],
        },
    ),
    "2e reach": Prediction(
        "Over how many cells does a window reach at dilation 2, and at dilation 1?",
        "5 and 3",
        slips={
            "dilation counted from 0": "7 and 5",
            "The last cell has no gap after it: d(k − 1) + 1.": "6 and 3",
            "Between three cells there are two gaps, and each grows by one.": "4 and 3",
        },
    ),
    "2f one of all": Prediction(
        "How many outputs on each axis?",
        "3",
        hides="output",
        also=("3 × 3",),
        slips={
            "rounded up": ("4", "4 × 4"),
            "padding forgotten": ("2", "2 × 2"),
            "stride ignored": ("6", "6 × 6"),
        },
    ),
    "2g two ways": Prediction(
        "Do the outputs of both ways see the same cells?",
        "no, all are shifted",
        choices={
            "yes": "Both leave 4 outputs, but their windows do not begin at the same cell.",
            "only the first differs": "All windows are one stride apart: if the first is shifted, "
            "so are the others.",
            "no, all are shifted": "",
        },
    ),
    "2h frame": Prediction(
        "What does smoothing do to the border?",
        "it darkens",
        choices={
            "nothing": "At the border, part of what is averaged is padding, and that is black.",
            "it darkens": "",
            "it brightens": "A zero is black, and black is averaged in.",
        },
    ),
}

QUESTIONS = {
    "2.1 output size": Exercise(
        (16, 34),
        ("Add the padding of both sides, subtract the span, divide by the stride, round, add 1.",),
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
        (
            "⌈10/3⌉ = 4 windows, the last of which starts 3·3 cells after the first. How far do the "
            "four reach together? An odd cell goes to the end.",
        ),
        "Four windows of 4 cells, 3 apart, reach over 13 cells: 3 more than 10. One before, two "
        "after.",
        {"odd row first": (2, 1)},
    ),
    "2.3 never read": Exercise(
        [3, 7, 8, 9],
        (
            "Write down the rows that each window reads. Some of the others lie between two windows.",
        ),
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
        ("the span of one window is d(k − 1) + 1; `//` divides and rounds down.",),
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
