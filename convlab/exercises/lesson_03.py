"""Questions of lesson 3, *Grow the receptive field*."""

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

QUESTIONS = {
    "3.1 rings": Exercise(
        (4, 9),
        "A 3×3 kernel combines a pixel with one ring, and each further layer one more. Around a "
        "pixel with n rings, a side is n + 1 + n cells long.",
        "Each layer adds one ring: four layers, four rings, and a side of 4 + 1 + 4 = 9 cells.",
    ),
    "3.2 by hand": Exercise(
        (20, 4),
        "Keep two numbers, R = 1 and J = 1. For each layer first R ← R + (k − 1)·J, then J ← J·s.",
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
        "walk from R = 1, J = 1, B = 0; grow R and B with the J from before the layer, then "
        "multiply J by its stride. The first cell is r·J − B, the last one R − 1 further.",
        "The last trial was the unit in the middle of VGG-16: cells 6 to 217, 212 of them.",
    ),
    "3.4 dilations": Exercise(
        (15, 13, 7),
        "Each layer adds d(3 − 1) cells to what is seen. With dilation 2 everywhere, only every "
        "second cell is ever read.",
        "1 + 2·(1 + 2 + 4) = 15; 1 + 2·(2 + 2 + 2) = 13, of which only every second one, 7, is "
        "read.",
        {"dilation counted from 0": (21, 19, 7)},
    ),
}
