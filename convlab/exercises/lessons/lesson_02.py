"""Questions of lesson 2, *Pad and stride*."""

import numpy as np

from convlab.exercises.lessons.tasks_02 import EVERYTHING, SIZE_FORMULA
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise

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
        (20, 30),
        (
            "How much room has the window, with the padding of both sides?",
            "The padding counts on each side; the window itself takes up the kernel's size; and "
            "the last step has to fit.",
            "Add the padding of both sides, subtract the kernel, divide by the stride, round down, "
            "add 1.",
        ),
        "⌊(40 + 3 + 3 − 7)/2⌋ + 1 = 20 rows and ⌊(90 + 2 + 2 − 5)/3⌋ + 1 = 30 columns.",
        {
            "axes swapped": (30, 20),
            "padding in total": (19, 30),
            "padding forgotten": (17, 29),
            "rounded up": (21, 31),
            "stride ignored": (40, 90),
            "off by one": (19, 29),
        },
    ),
    "2.2 same padding": Exercise(
        (2, 3),
        (
            "What does `same` promise, and how many windows does that take?",
            "⌈11/3⌉ = 4 windows. How far do the four reach together, from the first cell of the "
            "first to the last cell of the last?",
            "The last window starts 3·3 cells after the first and is 7 long. What 11 cells lack to "
            "that is shared; an odd cell goes to the end.",
        ),
        "Four windows of 7 cells, 3 apart, reach over 16 cells: 5 more than 11. Two before, three "
        "after.",
        {
            "odd row first": (3, 2),
            "stride ignored": (3, 3),
            "padding in total": (5, 5),
        },
    ),
    "2.3 never read": Exercise(
        [3, 4, 8, 9, 10, 11],
        (
            "Where does each window stand, and is there room for a third one?",
            "Write down the rows that each window reads. Some of the others lie between two "
            "windows, some after the last.",
            "The windows start at rows 0 and 5; one at row 10 would need a row 12.",
        ),
        "The windows read rows 0–2 and 5–7. A stride that is longer than the kernel leaves gaps, "
        "and a last step that does not fit leaves the end.",
        {
            "counted from 1": [4, 5, 9, 10, 11, 12],
            "rounded up": [3, 4, 8, 9],
            "stride ignored": [],
        },
        in_any_order=True,
    ),
    "2.4 size formula": SIZE_FORMULA,
    "2.5 one pixel, spread": Exercise(
        707,
        (
            "Which nine cells does the window read, and how many of them are on the input?",
            "The window begins 2 rows higher and 2 columns further left than the pixel says, and "
            "its cells are 2 apart. What lies outside is 0.",
            "It reads rows −1, 1, 3 and columns 0, 2, 4. Row −1 and column 4 are padding: four "
            "products are left.",
        ),
        "1·3 + 10·9 + 2·7 + 100·6 = 707; the other five weights meet padding.",
        {
            "dilation ignored": 741,
            "dilation counted from 0": 25,
            "padding in total": 80,
            "kernel flipped": 108,
            "kernel mirrored": 739,
            "kernel transposed": 99,
            "axes swapped": 31,
            "counted from 1": 184,
        },
    ),
    "2.6 choose the padding": Exercise(
        4,
        (
            "How far do four windows reach together?",
            "One window spans 9 cells, and three steps of 4 follow. The padded input must be at "
            "least that long, and not by a whole step longer.",
            "16 + 2p must be at least 9 + 3·4 = 21 and less than 25.",
        ),
        "22 or 24 padded cells hold four windows and not five: 3 and 4 are right.",
        {
            "padding in total": 8,
            "dilation ignored": 1,
            "dilation counted from 0": 5,
            "rounded up": 2,
            "off by one": 6,
        },
        accepts=lambda p: np.size(p) == 1 and np.ravel(p)[0] in (3, 4),
    ),
    "2.7 read the counts": Exercise(
        (5, 3, 1),
        (
            "Where do the numbers go up, and where down?",
            "A number rises where a window begins, and falls where one has ended. Are all of the "
            "first window's cells on the input?",
            "Windows begin at cells 2 and 5, so the stride is 3 and one began at −1. It ends "
            "before cell 4: from −1 to 3 it is 5 cells long.",
        ),
        "Windows from −1 to 3, from 2 to 6 and from 5 to 9: kernel 5, stride 3, padding 1. No "
        "window reaches the last cell.",
        {"padding forgotten": (5, 3, 0), "padding in total": (5, 3, 2)},
    ),
    "2.8 everything": EVERYTHING,
}
