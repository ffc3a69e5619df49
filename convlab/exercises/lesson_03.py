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
        (18, 4),
        "Keep two numbers, r = 1 and j = 1. For each layer first r ← r + (k − 1)·j, then j ← j·s.",
        "(r, j): (3, 1) → (4, 2) → (8, 2) → (10, 4) → (18, 4).",
    ),
    "3.3 what a unit sees": Task(
        _sees,
        _TRIALS,
        "walk from r = 1, j = 1, p = 0; grow r and p with the j from before the layer, then "
        "multiply j by its stride. The first cell is −p + u·j, the last one r − 1 further.",
        "The last trial was the unit in the middle of VGG-16: cells 6 to 217, 212 of them.",
    ),
    "3.4 dilations": Exercise(
        (15, 13, 7),
        "Each layer adds d(3 − 1) cells to what is seen. With dilation 2 everywhere, only every "
        "second cell is ever read.",
        "1 + 2·(1 + 2 + 4) = 15; 1 + 2·(2 + 2 + 2) = 13, of which only every second one, 7, is "
        "read.",
    ),
}
