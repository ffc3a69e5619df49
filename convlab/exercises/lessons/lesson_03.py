"""Questions of lesson 3, *Grow the receptive field*."""

from convlab.exercises.lessons.planted import walked
from convlab.exercises.lessons.solutions_forward import FORWARD
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task
from convlab.networks import NETWORKS
from convlab.receptive_field import Layer, receptive_field


def _numbers(name: str) -> tuple[tuple[int, ...], ...]:
    layers = NETWORKS[name].layers
    return (
        tuple(layer.kernel_size[0] for layer in layers),
        tuple(layer.stride[0] for layer in layers),
        tuple(layer.padding[0][0] for layer in layers),
    )


def _sees(
    kernels: tuple[int, ...], strides: tuple[int, ...], paddings: tuple[int, ...], unit: int
) -> tuple[int, int]:
    first, end = receptive_field(map(Layer, kernels, strides, paddings)).region(unit, unit)[0]
    return first, end - 1


_TRIALS = (
    ((3, 3), (1, 1), (0, 0), 4),
    ((3, 2, 3), (1, 2, 1), (1, 0, 1), 4),
    ((7, 3, 3, 3), (2, 2, 1, 2), (3, 0, 2, 1), 5),
    ((2, 5, 1, 3), (3, 1, 2, 1), (1, 2, 0, 3), 0),
    (*_numbers("VGG-16"), 3),
)

PREDICTIONS = {
    "3a two layers": Prediction(
        "How many input cells does a unit of layer 2 see, along one axis?",
        "5",
        hides="field",
        slips={
            "The three fields overlap: each begins one cell after the one before.": ("9", "6"),
            "That is what a unit of the first layer sees.": "3",
            "That would be three layers.": "7",
        },
    ),
    "3b weights": Prediction(
        "How many weights, in C²: three 3 × 3 layers, and one 7 × 7?",
        "27 and 49",
        slips={
            "That is one layer; there are three.": "9 and 49",
            "The weights of layers that follow each other are added, not multiplied.": "729 and 49",
            "A kernel has a weight for each of its cells, not only along one axis.": "9 and 7",
        },
    ),
    "3c pooled": Prediction(
        "How many input cells, along one axis?",
        "8",
        hides="field",
        slips={
            "stride ignored": "6",
            "own stride counted": "9",
            "The pooling has a window of 2, which adds one cell.": "7",
        },
    ),
    "3d padded": Prediction(
        "Does a unit see more than without padding?",
        "no",
        choices={
            "no": "",
            "yes, 3 cells more": "Padding puts zeros around the input; the kernels are no larger.",
            "yes, 6 cells more": "Padding puts zeros around the input; the kernels are no larger.",
        },
    ),
    "3e dilated": Prediction(
        "How many cells does it see, and how many of them does it read?",
        "15 and 15",
        hides="field",
        slips={
            "That is what dilation 1 everywhere sees.": "7 and 7",
            "dilation counted from 0": ("21 and 21", "21 and 15"),
            "Each layer reads 3 units of the layer below, and these begin where no other has "
            "read.": ("15 and 7", "15 and 9", "15 and 3"),
        },
    ),
    "3f VGG": Prediction(
        "How much of the picture does a unit see after the fifth pooling?",
        "nearly all",
        choices={
            "a tenth": "The poolings double what each later layer adds.",
            "a half": "The poolings double what each later layer adds.",
            "nearly all": "",
        },
    ),
    "3g effective": Prediction(
        "How large is the side of the square that holds 90 %?",
        "11",
        slips={
            "That is all that is seen; cells near its edge count for almost nothing.": "21",
            "That is 90 % of the side. The gradient is not spread evenly: it is a bell.": "19",
            "That is where 90 % of an even spread would lie. The gradient is a bell.": "20",
        },
    ),
}

QUESTIONS = {
    "3.1 rings": Exercise(
        (8, 17),
        (
            "How many rings does a single one of these layers add?",
            "A 3×3 kernel combines a pixel with one ring, a 5×5 kernel with two. Each layer adds "
            "its own.",
            "Three times two rings and twice one. Around a pixel with n rings, a side is n + 1 + n "
            "cells long.",
        ),
        "3 · 2 + 2 · 1 = 8 rings, and a side of 8 + 1 + 8 = 17 cells.",
        {"began at 0": (8, 16)},
    ),
    "3.2 by hand": Exercise(
        (20, 4),
        (
            "Which two numbers have to be carried along, from layer to layer?",
            "Keep R = 1, what a unit sees, and J = 1, how far neighbours are apart. A kernel of k "
            "reads k units that are J apart.",
            "For each layer first R ← R + (k − 1)·J, then J ← J·s.",
        ),
        "(R, J): (5, 1) → (6, 2) → (10, 2) → (12, 4) → (20, 4).",
        {
            "own stride counted": (23, 4),
            "stride ignored": (11, 1),
            "walked backwards": (26, 4),
            "began at 0": (19, 4),
        },
    ),
    "3.3 what a unit sees": Task(
        _sees,
        _TRIALS,
        (
            "How large is the field, and where does the field of unit 0 begin?",
            "Walk through the layers from R = 1, J = 1, B = 0, where B counts how far unit 0 "
            "begins before the input.",
            "In each layer grow R by (k − 1)·J and B by p·J, with the J from before the layer, "
            "then multiply J by its stride. The first cell is r·J − B, the last one R − 1 further.",
        ),
        "The last trial was the unit in the middle of VGG-16: cells 6 to 217, 212 of them.",
        {
            "own stride counted": lambda k, s, p, unit: walked(k, s, p, unit, own_stride=True),
            "stride ignored": lambda k, s, p, unit: walked(k, [1] * len(s), p, unit),
            "walked backwards": lambda k, s, p, unit: walked(k[::-1], s[::-1], p[::-1], unit),
            "padding forgotten": lambda k, s, p, unit: walked(k, s, [0] * len(p), unit),
            "padding counted": lambda k, s, p, unit: walked(k, s, p, unit, counts_padding=True),
            "began at 0": lambda k, s, p, unit: walked(k, s, p, unit, start=0),
            "off by one": lambda k, s, p, unit: walked(k, s, p, unit, start=2),
        },
        ("receptive_field", "receptive_fields", "Layer"),
        solution=FORWARD["3.3 what a unit sees"],
    ),
    "3.4 dilations": Exercise(
        (27, 19, 7),
        (
            "How far apart are the first and the last cell that a layer with dilation d reads?",
            "Each layer adds d(3 − 1) cells to what is seen. With dilation 3 everywhere, can a "
            "cell be read whose distance from the first is no multiple of 3?",
            "1 + 2·(sum of the dilations) is seen. In the second stack only every third cell is "
            "read, the first and the last among them.",
        ),
        "1 + 2·(1 + 3 + 9) = 27; 1 + 2·(3 + 3 + 3) = 19, of which only every third one, 7, is "
        "read.",
        {
            "dilation counted from 0": (33, 25, 7),
            "dilation ignored": (7, 7, 7),
            "began at 0": (26, 18, 6),
        },
    ),
    "3.5 read the cone": Exercise(
        (2, 3, 2),
        (
            "Follow the lines down from one unit. How many are there, and where do they end?",
            "Each unit has a line to everything that it reads. For the stride, compare two "
            "neighbours of the middle row.",
            "A unit of the middle row reads neighbouring cells; the next unit begins 3 cells "
            "further. The lines of the top unit end on every second unit.",
        ),
        "Kernel 2 with stride 3 below, and three taps that are 2 apart above.",
        {"dilation counted from 0": (2, 3, 1), "stride ignored": (2, 1, 2)},
    ),
    "3.6 choose dilations": Exercise(
        (1, 3, 7),
        (
            "What must the three dilations sum to?",
            "Each adds 2d cells: their sum is 11. One of them has to read neighbours, or the "
            "second cell is never read.",
            "After a layer with d = 1, three neighbouring cells are read as one block. How far may "
            "the next layer put three such blocks apart so that none is skipped? And the last "
            "one?",
        ),
        "3 cells, then 9 with dilation 3, then three blocks of 9 that are 7 apart, and overlap: "
        "23.",
        {"dilation counted from 0": (0, 2, 6)},
        in_any_order=True,
    ),
}
