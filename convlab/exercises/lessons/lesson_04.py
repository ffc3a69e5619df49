"""Questions of lesson 4, *Stack channels*."""

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d, flip
from convlab.exercises.lessons.solutions_forward import FORWARD
from convlab.exercises.marking.predictions import Prediction
from convlab.exercises.marking.questions import Exercise, Task

_RNG = np.random.default_rng(4)


def _drawn(*shape: int) -> Array:
    return _RNG.integers(-3, 4, shape).astype(float)


def _one_channel(x: Array, kernel: Array, bias: float) -> Array:
    return np.asarray(conv2d(x, kernel[None], [bias])[0])


def _grouped(x: Array, weight: Array, groups: int) -> Array:
    parts = zip(np.split(x, groups), np.split(weight, groups), strict=True)
    return np.concatenate([conv2d(part, bank) for part, bank in parts])


_THICK = (
    (_drawn(3, 5, 5), _drawn(3, 3, 3), 2.0),
    (_drawn(1, 4, 6), _drawn(1, 2, 3), 0.0),
    (_drawn(4, 3, 3), _drawn(4, 3, 3), -1.5),
)
_BATCHES = (
    (_drawn(2, 1, 3, 4), _drawn(2, 1, 2, 2), _drawn(2), 1),
    (_drawn(1, 3, 4, 4), _drawn(2, 3, 3, 2), _drawn(2) + 4, 1),
    (_drawn(3, 2, 5, 6), _drawn(4, 2, 2, 3), _drawn(4) + 0.5, 2),
)

PREDICTIONS = {
    "4a kernel": Prediction(
        "How many weights has the kernel, and how many channels does it leave?",
        "27 and 1",
        hides="kernel and output",
        slips={
            "channels forgotten": ("9 and 1", "9 and 3"),
            "All channels are summed into one number, so one kernel leaves one channel.": (
                "27 and 3",
            ),
        },
    ),
    "4b bias": Prediction(
        "What is the output?",
        "10",
        hides="output",
        slips={"bias forgotten": "8", "bias per channel": "14", "bias per product": "62"},
    ),
    "4c bank": Prediction(
        "What is the shape of the output: channels, rows, columns?",
        "(4, 3, 3)",
        hides="output",
        slips={
            "Each kernel sums over all channels and leaves one: four kernels, four channels.": (
                "(3, 3, 3)",
                "(12, 3, 3)",
                "(1, 3, 3)",
            ),
            "Without padding, a 3 × 3 kernel has 3 × 3 places on a 5 × 5 input.": "(4, 5, 5)",
        },
    ),
    "4d grey": Prediction(
        "Should the three weights be equal, and what should they sum to?",
        "unequal, sum 1",
        hides="mixture",
        choices={
            "equal, sum 1": "The eye finds green brighter than blue.",
            "unequal, sum 1": "",
            "equal, sum 3": "White, 255 three times, would become 765.",
        },
    ),
    "4e groups": Prediction(
        "How many of the 288 weights remain?",
        "144",
        slips={
            "Each kernel spans the 2 channels of its group, not all 4.": "288",
            "That is one channel for each kernel: it takes 4 groups.": "72",
        },
    ),
}

QUESTIONS = {
    "4.1 parameters": Exercise(
        7248,
        (
            "How many numbers belong to a single kernel?",
            "One kernel has a slice for every input channel, and one bias of its own.",
            "Each kernel spans all 6 channels: 6 · 5 · 5 weights, and one bias. Then × 48.",
        ),
        "48 × (6 × 5 × 5 + 1) = 7248.",
        {
            "channels forgotten": 1248,
            "bias forgotten": 7200,
            "bias per channel": 7488,
            "bias per product": 14400,
            "one kernel counted": 151,
            "channels swapped": 7206,
        },
    ),
    "4.2 bias once": Exercise(
        29.0,
        (
            "How many products are there, over all channels?",
            "Each product is 1 × 1, and there is one for each weight of the thick kernel.",
            "3 × 3 × 3 products. The bias comes on top, once.",
        ),
        "3 × 3 × 3 products of 1 make 27, and the bias makes it 29: it is added once.",
        {
            "channels forgotten": 11.0,
            "bias forgotten": 27.0,
            "bias per channel": 33.0,
            "bias per product": 81.0,
        },
    ),
    "4.3 one thick kernel": Task(
        _one_channel,
        _THICK,
        (
            "Which slice of the kernel belongs to which channel, and what becomes of the results?",
            "Every channel gives an array of its own, and all have the same shape.",
            "Sweep each channel with its own slice, add up the results, and add the bias once.",
        ),
        "However many channels go in, one kernel gives one channel.",
        {
            "channels forgotten": lambda x, kernel, bias: conv2d(x[0], kernel[0]) + bias,
            "bias forgotten": lambda x, kernel, bias: _one_channel(x, kernel, 0.0),  # noqa: ARG005
            "bias per channel": lambda x, kernel, bias: _one_channel(x, kernel, len(x) * bias),
            "bias per product": lambda x, kernel, bias: _one_channel(x, kernel, kernel.size * bias),
            "kernel flipped": lambda x, kernel, bias: _one_channel(x, flip(kernel), bias),
        },
        solution=FORWARD["4.3 one thick kernel"],
    ),
    "4.4 groups": Task(
        _grouped,
        (
            (_drawn(4, 5, 5), _drawn(2, 2, 3, 3), 2),
            (_drawn(3, 4, 4), _drawn(6, 1, 2, 3), 3),
            (_drawn(2, 4, 5), _drawn(3, 2, 3, 2), 1),
        ),
        (
            "Which channels does the first kernel see, and which the last one?",
            "The first part of the kernels sees the first part of the channels, and nothing else.",
            "Cut both x and weight into equal parts along their first axis, convolve part by part, "
            "and join the results.",
        ),
        "1 group is the ordinary convolution, one group for each channel the depthwise one.",
        {
            "one group counted": lambda x, weight, groups: _grouped(x, weight, groups)[
                : len(weight) // groups
            ],
            "kernel flipped": lambda x, weight, groups: _grouped(x, flip(weight), groups),
        },
        solution=FORWARD["4.4 groups"],
    ),
    "4.5 a whole network": Exercise(
        3226,
        (
            "Which of the four layers learn anything, and what does each of them see?",
            "A convolution's count needs its channels in and out. For the last layer, work out how "
            "many numbers are left after the second pooling.",
            "The maps have sides 20 → 16 → 8 → 6 → 3, so 16 · 3 · 3 numbers are left. Each of the "
            "10 outputs has a weight for each of them, and a bias.",
        ),
        "8 · (3 · 25 + 1) + 16 · (8 · 9 + 1) + 10 · (16 · 9 + 1) = 608 + 1168 + 1450 = 3226.",
        {
            "bias forgotten": 3192,
            "channels forgotten": 1818,
            "bias per channel": 3354,
        },
    ),
    "4.6 a bank on a batch": Task(
        lambda x, weight, bias, stride: conv2d(x, weight, bias, stride=stride),
        _BATCHES,
        (
            "Which axes are summed over, and which stay?",
            "Example, kernel, row and column stay; input channels and the places in the kernel are "
            "summed over.",
            "At each place (r, c) take the windows of all examples, x[:, :, rows, cols]; multiply "
            "with each kernel, sum over its three axes, and add that kernel's bias.",
        ),
        "That is a layer as every framework has it, four axes in and four out.",
        {
            "stride ignored": lambda x, weight, bias, stride: conv2d(x, weight, bias),  # noqa: ARG005
            "bias forgotten": lambda x, weight, bias, stride: conv2d(  # noqa: ARG005
                x, weight, stride=stride
            ),
            "bias per channel": lambda x, weight, bias, stride: conv2d(
                x, weight, x.shape[1] * bias, stride=stride
            ),
            "bias per product": lambda x, weight, bias, stride: conv2d(
                x, weight, weight[0].size * bias, stride=stride
            ),
            "channels forgotten": lambda x, weight, bias, stride: conv2d(
                x[:, :1], weight[:, :1], bias, stride=stride
            ),
            "kernel flipped": lambda x, weight, bias, stride: conv2d(
                x, flip(weight), bias, stride=stride
            ),
        },
        ("conv2d", "conv2d_loops", "conv_matrix"),
        solution=FORWARD["4.6 a bank on a batch"],
    ),
    "4.7 choose the groups": Exercise(
        3,
        (
            "How many weights has the layer without groups, and what do groups do to that?",
            "12 · 18 · 9 = 1944 weights, divided by the number of groups. Can any number of groups "
            "be cut out of the channels?",
            "1944/G < 700, and G has to divide 12 and 18.",
        ),
        "G may be 1, 2, 3 or 6: 1944, 972, 648 or 324 weights. 3 and 6 are right.",
        {"one group counted": 2},
        accepts=lambda groups: np.size(groups) == 1 and np.ravel(groups)[0] in (3, 6),
    ),
    "4.8 read the bank": Exercise(
        (6, 2, 3, 2),
        (
            "How many kernels are there, and does each of them have a slice for every channel?",
            "A row of the picture is one kernel. The second number counts the slices that it has, "
            "not the channels that there are.",
            "Six rows, two slices in each of them, and each slice has 3 rows and 2 columns.",
        ),
        "(6, 2, 3, 2): with 4 channels in and 2 slices a kernel there are 2 groups.",
        {
            "groups ignored": (6, 4, 3, 2),
            "one group counted": (3, 2, 3, 2),
            "channels swapped": (2, 6, 3, 2),
            "axes swapped": (6, 2, 2, 3),
        },
    ),
}
