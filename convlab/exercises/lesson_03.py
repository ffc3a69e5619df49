"""Questions of lesson 3, *Grow the receptive field*."""

from convlab.exercises.questions import Exercise, Task
from convlab.networks import NETWORKS
from convlab.receptive_field import Layer, receptive_field

_VGG_16 = NETWORKS["VGG-16"]
_STACKS = (
    ((3, 3), (1, 1)),
    ((3, 2, 3), (1, 2, 1)),
    ((7, 3, 3, 3), (2, 2, 1, 2)),
    ((2, 5, 1, 3), (3, 1, 2, 1)),
    (
        tuple(layer.kernel_size[0] for layer in _VGG_16),
        tuple(layer.stride[0] for layer in _VGG_16),
    ),
)


def _size(kernels: tuple[int, ...], strides: tuple[int, ...]) -> int:
    return receptive_field(map(Layer, kernels, strides)).size[0]


QUESTIONS = {
    "3.1 rings": Exercise(
        (4, 9),
        "A 3×3 kernel fuses one ring, and each further layer one more. Around a pixel with n "
        "rings, a side is n + 1 + n cells long.",
        "Each layer adds one ring: four layers, four rings, and a side of 4 + 1 + 4 = 9 cells.",
    ),
    "3.2 by hand": Exercise(
        (18, 4),
        "Keep two numbers, r = 1 and j = 1. For each layer first r ← r + (k − 1)·j, then j ← j·s.",
        "(r, j): (3, 1) → (4, 2) → (8, 2) → (10, 4) → (18, 4).",
    ),
    "3.3 receptive field": Task(
        _size,
        _STACKS,
        "start from r = 1 and j = 1; for each layer grow r with the j from before the layer, then "
        "multiply j by the layer's own stride.",
        "The last trial was VGG-16, all 18 layers: 212.",
    ),
    "3.4 dilations": Exercise(
        (15, 13, 7),
        "Each layer adds d(3 − 1) cells to what is seen. With dilation 2 everywhere, only every "
        "second cell is ever read.",
        "1 + 2·(1 + 2 + 4) = 15; 1 + 2·(2 + 2 + 2) = 13, of which only every second one, 7, is "
        "read.",
    ),
}
