"""Questions of lesson 6, *Write convolution as a matrix*."""

import numpy as np

from convlab.exercises.lessons.tasks_06 import MATRIX, PATCHES, THICK_PATCHES, WAY_BACK
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise

PREDICTIONS = {
    "6a index": Prediction(
        "At which index does the cell in row 2, column 1 arrive?",
        "9",
        hides="column",
        slips={
            "flattened by columns": "6",
            "Counting begins with 0, for rows, columns and indices alike.": ("10", "5", "4"),
        },
    ),
    "6b stride": Prediction(
        "Rows of the matrix at stride 2; then rows and columns with padding 1?",
        "2, 5, 5",
        slips={
            "A cell of padding is 0 whatever the input: it needs no column.": "2, 5, 7",
            "matrix transposed": "5, 5, 2",
            "stride ignored": "3, 5, 5",
            "padding forgotten": "2, 3, 5",
        },
    ),
    "6c rows": Prediction(
        "How many rows has the matrix?",
        "4",
        hides="matrix",
        slips={
            "That is its number of columns, one for each input cell.": "16",
            "That is the number of weights in a row.": "9",
        },
    ),
    "6d feeds": Prediction(
        "How many input cells feed only one output, and how many feed all four?",
        "4 and 4",
        hides="product",
        slips={
            "On an edge, only the corners lie under a single window; the others lie under two.": (
                "12 and 4",
                "8 and 4",
            ),
            "The four windows share the four cells in the middle.": ("4 and 1", "12 and 1"),
        },
    ),
    "6e stripes": Prediction(
        "How many broad stripes, and are they straight?",
        "3, straight",
        hides="product",
        choices={
            "3, straight": "",
            "9, straight": "The nine weights make three groups, one for each row of the kernel.",
            "3, with steps": "The next row of the input is always 6 cells on: no step.",
        },
    ),
    "6f blocks": Prediction(
        "How many big blocks, and how many columns?",
        "6 and 32",
        hides="product",
        slips={
            "channels forgotten": ("1 and 16", "6 and 16"),
            "One block for each pair of an input and an output channel.": ("5 and 32", "3 and 32"),
            "matrix transposed": "6 and 12",
        },
    ),
    "6g bias": Prediction(
        "Which column, and which entry?",
        "a column of b, an entry 1",
        hides="product",
        choices={
            "a column of b, an entry 1": "",
            "a column of 1, an entry b": "The product is the same, but then a parameter stands in "
            "the input, and C̃ no longer holds all that is learned.",
            "a column of b, an entry 0": "b · 0 adds nothing.",
        },
    ),
    "6h memory": Prediction(
        "How much memory does the dense matrix need?",
        "20 gigabytes",
        choices={
            "400 kilobytes": "That is one column: the picture has 50 176 pixels, and C̃ has as "
            "many rows, and as many columns.",
            "20 megabytes": "50 176 · 50 176 · 8 bytes: count the zeros once more.",
            "20 gigabytes": "",
        },
    ),
    "6i patches": Prediction(
        "How many rows and columns has P?",
        "9 × 4",
        hides="patches",
        slips={
            "matrix transposed": "4 × 9",
            "That is the shape of C̃. P holds a patch of 9 cells for each of 4 outputs.": "4 × 16",
            "There is a column for each output pixel, not for each input cell.": "9 × 16",
        },
    ),
}

QUESTIONS = {
    "6.1 shape of the matrix": Exercise(
        (63, 60),
        (
            "What does one row of C̃ stand for, and what one column?",
            "One row for each output pixel of every output channel, one column for each input cell "
            "of every input channel.",
            "Work out the output's size with padding and strides, then times 3. Padding has no "
            "columns: 2 · 5 · 6.",
        ),
        "The output has ⌊(5 + 2 − 3)/2⌋ + 1 = 3 rows and 6 + 2 − 2 + 1 = 7 columns: 3 · 21 = 63 "
        "rows of C̃. The input has 2 · 5 · 6 = 60 cells, and so many columns.",
        {
            "matrix transposed": (60, 63),
            "channels forgotten": (21, 30),
            "channels swapped": (42, 90),
            "stride ignored": (105, 60),
            "padding forgotten": (30, 60),
        },
    ),
    "6.2 one row": Exercise(
        np.array([0, 0, 0, 1, 2, 0, 3, 4, 0]),
        (
            "Which four of the nine input cells does that output pixel read?",
            "Draw the 3 × 3 grid, lay the kernel on it, and put zeros elsewhere.",
            "The kernel's corner lies at (1, 0). Flatten the grid row by row.",
        ),
        "The grid is 0 0 0 / 1 2 0 / 3 4 0, flattened row by row.",
        {
            "flattened by columns": np.array([0, 1, 3, 0, 2, 4, 0, 0, 0]),
            "kernel flipped": np.array([0, 0, 0, 4, 3, 0, 2, 1, 0]),
            "kernel transposed": np.array([0, 0, 0, 1, 3, 0, 2, 4, 0]),
            "axes swapped": np.array([0, 1, 2, 0, 3, 4, 0, 0, 0]),
        },
    ),
    "6.3 matrix": MATRIX,
    "6.4 patches": PATCHES,
    "6.5 the way back": WAY_BACK,
    "6.6 thick patches": THICK_PATCHES,
    "6.7 read the matrix": Exercise(
        (2, 3, 1, 2),
        (
            "What does the first row say about the kernel, and the second row about a step?",
            "Thick lines separate the rows of the input. In how many of these parts has the first "
            "row weights, and how many?",
            "Two parts with three weights each: 2 × 3. To the next row of C̃ they move by 2 cells, "
            "and after two of them one part further down.",
        ),
        "Kernel 2 × 3, stride (1, 2): a step to the right moves two cells, a step down one row of "
        "the input.",
        {
            "axes swapped": (3, 2, 2, 1),
            "stride ignored": (2, 3, 1, 1),
            "matrix transposed": (2, 3, 2, 1),
        },
    ),
}
