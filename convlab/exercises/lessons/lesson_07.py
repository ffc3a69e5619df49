"""Questions of lesson 7, *Back-propagate*."""

from convlab.exercises.lessons.tasks_07 import (
    CHECK,
    CONV_BACKWARD,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT,
)
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise

PREDICTIONS = {
    "7a touches": Prediction(
        "How many outputs does x₁ touch, and how many does x₆?",
        "1 and 4",
        hides="product",
        slips={
            "A corner lies under one window only.": ("4 and 4", "2 and 4"),
            "Each window covers the middle: x₆ lies under all four.": ("1 and 2", "1 and 1"),
            "A cell does not touch each weight; it touches one output per window over it.": (
                "1 and 9",
            ),
        },
    ),
    "7b transposed": Prediction(
        "Does it give back the input?",
        "no, only its shape",
        choices={
            "yes": "4 numbers cannot tell all that 16 knew.",
            "no, only its shape": "",
            "no, not even its shape": "C̃ is 4 × 16, so C̃ᵀ turns 4 numbers into 16.",
        },
    ),
    "7c fan out": Prediction(
        "How many outputs does the middle cell feed at stride 1, and at stride 2?",
        "9 and 4",
        hides="outputs",
        slips={
            "stride ignored": "9 and 9",
            "At stride 2 the windows begin at rows and columns 0 and 2: all four reach the "
            "middle.": ("9 and 1", "9 and 2", "9 and 3"),
            "That is the number of outputs at the edge.": "4 and 4",
        },
    ),
    "7d zeros": Prediction(
        "How large must the gradient become on each axis?",
        "8",
        also=("8 × 8",),
        slips={
            "Those are the zeros between; zeros around it are needed, too.": ("5", "5 × 5"),
            "padding forgotten": ("9", "9 × 9"),
            "A row that the stride left over needs a row of zeros, too.": ("7", "7 × 7"),
            "That is what it leaves.": ("6", "6 × 6"),
        },
    ),
    "7e evenly": Prediction(
        "Is every output cell reached equally often?",
        "no, in a checkerboard",
        choices={
            "yes": "At stride 2, kernels of 3 overlap by one row and one column.",
            "yes, except at the edges": "At stride 2, kernels of 3 overlap by one row and one "
            "column, everywhere.",
            "no, in a checkerboard": "",
        },
    ),
    "7f meets": Prediction(
        "Which four input cells does w₁,₁ meet? Their numbers:",
        "1, 2, 5, 6",
        slips={
            "The second row of windows begins one row further down: four cells on.": "1, 2, 3, 4",
            "Windows begin one cell apart, not two.": "1, 3, 9, 11",
            "Those are the four in the middle, which w₂,₂ meets.": "6, 7, 10, 11",
        },
    ),
    "7g bias": Prediction(
        "How often is the bias added?",
        "4",
        slips={
            "bias per product": ("36", "9"),
            "It is one number, but it is added to every output pixel.": "1",
        },
    ),
    "7h one step": Prediction(
        "Will one step bring the loss to 0?",
        "no",
        choices={
            "yes": "The gradient only knows how steep it is here, not how far it is to the bottom.",
            "no": "",
            "no, the loss grows": "A short step against the gradient goes down.",
        },
    ),
    "7i rotation": Prediction(
        "Will all entries be wrong?",
        "no, some are right",
        choices={
            "yes": "Where only the middle of the kernel meets a gradient, the rotation changes "
            "nothing.",
            "no, some are right": "",
            "no, none": "The kernel is asymmetric: rotated, it is another.",
        },
    ),
    "7j own code": Prediction(
        "In which of the three gradients will the check find the mistake?",
        "in ∂ℓ/∂x alone",
        choices={
            "in ∂ℓ/∂x alone": "",
            "in ∂ℓ/∂w alone": "There the shares are added up, with +=.",
            "in both": "The two are filled independently: read them line by line.",
        },
    ),
}

QUESTIONS = {
    "7.1 one cell": Exercise(
        -16,
        (
            "Which outputs does x(1, 1) feed, and through which weight each of them?",
            "It lies under all four windows. In the first one it meets the last weight.",
            "w(1, 1)·1 + w(1, 0)·2 + w(0, 1)·3 + w(0, 0)·(−4).",
        ),
        "3·1 + 2·2 − 1·3 + 5·(−4) = −16: each weight meets the gradient on the opposite side.",
        {
            "kernel not rotated": -3,
            "kernel transposed": -6,
            "= for +=": -20,
            "output gradient forgotten": 9,
        },
    ),
    "7.2 zeros around": Exercise(
        (3, 5),
        (
            "Which weights does the first input row need, and has the stride left rows over?",
            "Above it takes the kernel's span less one, less the padding. Below as much, and a row "
            "for each that no window reaches.",
            "Above: d(k − 1) − p = 2·2 − 1. Left over: (14 + 2 − 5) mod 3.",
        ),
        "2·(3 − 1) − 1 = 3 above; (14 + 2 − 5) mod 3 = 2 rows are left over, hence 3 + 2 = 5 "
        "below.",
        {
            "dilation ignored": (1, 2),
            "dilation counted from 0": (5, 5),
            "padding forgotten": (4, 4),
            "left-over cells cropped": (3, 3),
        },
    ),
    "7.3 input gradient": INPUT_GRADIENT,
    "7.4 weight gradient": WEIGHT_GRADIENT,
    "7.5 bias, by hand": Exercise(
        [16, 110],
        (
            "How many biases are there, and to which numbers of `g` does each of them belong?",
            "A bias is added to every pixel of its own output channel, in every example.",
            "Channel 0 of both examples: 1 + 2 + 3 + 4 and −1 + 0 + 2 + 5. Then channel 1.",
        ),
        "10 + 6 = 16 and 100 + 10 = 110: the sum over examples, rows and columns.",
        {
            "batch kept": [[10, 100], [6, 10]],
            "bias summed wrongly": [2, 13.75],
            "output gradient forgotten": [8, 8],
        },
    ),
    "7.6 conv_backward": CONV_BACKWARD,
    "7.7 gradient check": CHECK,
    "7.8 read the gradient": Exercise(
        2,
        (
            "In which cells is only one window's share to be found, and do these agree with it?",
            "The corners are right. Look at the block in the lower right: whose share is it alone?",
            "The last window's g · w stands there untouched, as if no other window had reached its "
            "cells.",
        ),
        "The lower right block is 4 · w and nothing else: each window has overwritten the ones "
        "before it.",
    ),
}
