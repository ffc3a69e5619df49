"""Questions of lesson 3, *Grow the receptive field*."""

from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task
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
        (4, 9),
        (
            "A 3×3 kernel combines a pixel with one ring, and each further layer one more. Around a "
            "pixel with n rings, a side is n + 1 + n cells long.",
        ),
        "Each layer adds one ring: four layers, four rings, and a side of 4 + 1 + 4 = 9 cells.",
    ),
    "3.2 by hand": Exercise(
        (20, 4),
        (
            "Keep two numbers, R = 1 and J = 1. For each layer first R ← R + (k − 1)·J, then J ← J·s.",
        ),
        "(R, J): (5, 1) → (6, 2) → (10, 2) → (12, 4) → (20, 4).",
        {
            "own stride counted": (23, 4),
            "stride ignored": (11, 1),
            "walked backwards": (26, 4),
        },
    ),
    "3.3 what a unit sees": Task(
        _sees,
        _TRIALS,
        (
            "walk from R = 1, J = 1, B = 0; grow R and B with the J from before the layer, then "
            "multiply J by its stride. The first cell is r·J − B, the last one R − 1 further.",
        ),
        "The last trial was the unit in the middle of VGG-16: cells 6 to 217, 212 of them.",
    ),
    "3.4 dilations": Exercise(
        (15, 13, 7),
        (
            "Each layer adds d(3 − 1) cells to what is seen. With dilation 2 everywhere, only every "
            "second cell is ever read.",
        ),
        "1 + 2·(1 + 2 + 4) = 15; 1 + 2·(2 + 2 + 2) = 13, of which only every second one, 7, is "
        "read.",
        {"dilation counted from 0": (21, 19, 7)},
    ),
}
