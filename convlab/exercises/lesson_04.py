"""Questions of lesson 4, *Stack channels*."""

import numpy as np

from convlab.arrays import Array
from convlab.convolution import conv2d
from convlab.exercises.predictions import Prediction
from convlab.exercises.questions import Exercise, Task

_RNG = np.random.default_rng(4)


def _drawn(*shape: int) -> Array:
    return _RNG.integers(-3, 4, shape).astype(float)


def _one_channel(x: Array, kernel: Array, bias: float) -> Array:
    return np.asarray(conv2d(x, kernel[None], [bias])[0])


def _grouped(x: Array, weight: Array, groups: int) -> Array:
    parts = zip(np.split(x, groups), np.split(weight, groups), strict=True)
    return np.concatenate([conv2d(part, bank) for part, bank in parts])


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
        1792,
        (
            "Each kernel spans all 3 channels and has one bias: how many numbers is that? Then × 64.",
        ),
        "64 × (3 × 3 × 3 + 1) = 1792. It is the first layer of VGG-16.",
        {"channels forgotten": 640, "bias forgotten": 1728, "bias per channel": 1920},
    ),
    "4.2 bias once": Exercise(
        29.0,
        (
            "How many products are there over all channels, each 1 × 1? The bias comes on top, once.",
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
        (
            (_drawn(3, 5, 5), _drawn(3, 3, 3), 2.0),
            (_drawn(1, 4, 6), _drawn(1, 2, 3), 0.0),
            (_drawn(4, 3, 3), _drawn(4, 3, 3), -1.5),
        ),
        ("sweep each channel with its own slice, add up the results, and add the bias once.",),
        "However many channels go in, one kernel gives one channel.",
    ),
    "4.4 groups": Task(
        _grouped,
        (
            (_drawn(4, 5, 5), _drawn(2, 2, 3, 3), 2),
            (_drawn(3, 4, 4), _drawn(6, 1, 2, 3), 3),
            (_drawn(2, 4, 5), _drawn(3, 2, 3, 2), 1),
        ),
        ("cut both x and weight into equal parts along their first axis, and join the results.",),
        "1 group is the ordinary convolution, one group for each channel the depthwise one.",
    ),
}
