"""The states whose pictures are kept: asymmetric, and together they show every kind of mark."""

from typing import Any

Settings = dict[str, Any]

_RAMP = [[float(3 * row - 2 * col) for col in range(6)] for row in range(4)]
_EDGE = [[1.0, -2.0, 0.5], [0.0, 3.0, -1.5]]
_TWO_BY_TWO = [[[[1.0, -1.0], [2.0, 0.0]], [[0.0, 3.0], [-2.0, 1.0]]]]
_SIX_LAYERS = {
    "layers": 6,
    "input": 40,
    "unit": -2,
    "kernel_1": 5,
    "stride_1": 2,
    "dilation_1": 1,
    "padding_1": 2,
    "kernel_2": 3,
    "stride_2": 1,
    "dilation_2": 2,
    "padding_2": 1,
    "kernel_3": 2,
    "stride_3": 2,
    "dilation_3": 1,
    "padding_3": 0,
}

STATES: dict[str, dict[str, Settings]] = {
    "Backprop": {
        "start": {},
        "one-cell": {"step": 2, "cell": 10, "input": (4, 5), "padding": (1, 0)},
        "input-sum": {"step": 3, "cell": 7, "stride": (2, 1), "input": (5, 4)},
        "worked-input": {"step": 4, "cell": 3, "input": (5, 6), "kernel": (2, 3)},
        "zeros-inserted": {"step": 5, "input": (6, 5), "stride": (2, 3), "padding": (1, 2)},
        "full": {"step": 6, "input": (5, 4), "kernel": (3, 2), "dilation": (2, 1)},
        "one-weight": {"step": 8, "weight": 4, "input": (5, 6), "kernel": (2, 3)},
        "weight-sum": {"step": 9, "weight": 5, "input": (4, 6), "padding": (0, 1)},
        "weight-dilated": {"step": 11, "weight": 2, "input": (6, 5), "stride": (2, 1)},
        "end": {"step": 12, "weight": 7, "input": (6, 5), "padding": (2, 1)},
    },
    "ChannelSweep": {
        "start": {},
        "padded": {"padding": 2, "stride": 2, "step": 9, "azimuth": -35, "elevation": 40},
        "one-channel": {"channels": 1, "kernels": 3, "kernel": 2, "step": 21, "bias": False},
        "four": {"channels": 4, "kernels": 4, "input": 6, "padding": 1, "step": 71},
    },
    "Cost": {
        "start": {},
        "small": {"size": 9, "kernel": 5},
        "pointwise": {"size": 150, "kernel": 1},
        "widest": {"size": 60, "kernel": 7},
    },
    "EffectiveField": {
        "start": {},
        "dilated": {"kernel": 4, "dilation": 3, "layers": 4, "percent": 70},
        "pooled": {"kernel": 3, "pools": 2, "layers": 5, "percent": 95},
        "random": {"weights": "random", "kernel": 5, "layers": 6, "percent": 50},
    },
    "FanOut": {
        "start": {},
        "padded": {"padding": (1, 2), "cell": 7, "azimuth": -50, "elevation": 40},
        "strided": {"input": (6, 5), "stride": (3, 2), "padding": (2, 0), "cell": 17},
        "dilated": {"input": (5, 6), "kernel": (2, 3), "dilation": (1, 2), "cell": 20},
    },
    "FilterLab": {
        "start": {},
        "colour": {"colour": True, "channel": 2, "kernel": "emboss", "display": "rescale"},
        "negative": {"kernel": "Laplacian 8", "display": "absolute", "row": 120, "column": 300},
        "wrapped": {"picture": "test card", "kernel": "Sobel vertical", "display": "wrap"},
        "reflected": {"kernel": "motion blur", "padding": "reflect", "row": 3, "column": 509},
        "strided": {"picture": "checkerboard", "stride": 3, "padding": "valid", "bias": 60.0},
        "own": {
            "weights": ((0.0, 1.5, 0.0), (-1.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
            "divisor": 2.0,
            "bias": -20.0,
        },
    },
    "Flatten": {
        "start": {},
        "wide": {"shape": (2, 4), "step": 3},
        "channels": {"shape": (3, 4), "channels": 2, "step": 17},
        "columns": {"shape": (4, 3), "channels": 2, "order": "columns", "step": 14},
    },
    "GradientCheck": {
        "start": {},
        "not-rotated": {"mistake": "∂ℓ/∂x: kernel not rotated", "stride": (1, 2)},
        "cropped": {"mistake": "∂ℓ/∂x: left-over cells cropped", "padding": (0, 1)},
        "no-stride": {"mistake": "∂ℓ/∂w: stride forgotten", "stride": (2, 1), "kernel": (2, 3)},
        "bias": {"mistake": "∂ℓ/∂b: counted per product", "dilation": (2, 1), "stride": (1, 1)},
        "symmetric": {"mistake": "∂ℓ/∂x: kernel not rotated", "symmetric": True},
    },
    "Groups": {
        "start": {},
        "depthwise": {"inputs": 6, "outputs": 6, "groups": 6, "output": 4},
        "dense": {"inputs": 5, "outputs": 3, "groups": 1, "kernel": 5, "output": 0},
        "thirds": {"inputs": 6, "outputs": 3, "groups": 3, "kernel": 1, "output": 1},
    },
    "KernelBank": {
        "start": {},
        "second": {"kernel": 1, "kernels": 4},
        "fourth": {"kernel": 3, "kernels": 5},
        "one": {"kernel": 0, "kernels": 1},
        "last": {"kernel": 5},
    },
    "LayerStack": {
        "start": {},
        "aside": {"input": 15, "unit": -3},
        "dilated": {"layers": 2, "input": 13, "dilation_1": 3, "padding_1": 4, "unit": 2},
        "six": _SIX_LAYERS,
        "padding-only": {"layers": 1, "input": 5, "padding_1": 6, "stride_1": 3, "unit": -2},
    },
    "MatrixView": {
        "start": {},
        "numbers": {"numbers": True, "input": (4, 5), "kernel": (2, 3), "step": 7},
        "column": {"follow": "column", "step": 9, "input": (5, 4), "padding": (1, 0)},
        "strided": {"input": (6, 5), "stride": (2, 1), "padding": (2, 1), "step": 11},
        "dilated": {"input": (5, 7), "kernel": (2, 3), "dilation": (3, 2), "step": 4},
        "channels": {"channels_in": 2, "channels_out": 2, "step": 5, "operation": True},
        "bias": {"bias": "added", "numbers": True, "step": 2},
        "bias-column": {"bias": "column", "follow": "column", "step": 16, "channels_out": 2},
        "large": {"input": (9, 8), "kernel": (4, 3), "step": 21},
        "own": {"x": _RAMP, "weight": _EDGE, "numbers": True, "step": 6},
        "own-bank": {"x": [_RAMP, _RAMP[::-1]], "weight": _TWO_BY_TWO, "numbers": True, "step": 8},
    },
    "MixChannels": {
        "start": {},
        "difference": {"mixture": "red − blue"},
        "negative": {"mixture": "negative"},
        "by-hand": {"red": -0.4, "green": 0.9, "blue": 0.25, "bias": 40},
    },
    "NetworkField": {
        "start": {},
        "first": {"network": "AlexNet", "layer": 1, "place": (30, 70)},
        "corner": {"network": "ResNet-50", "layer": 12, "place": (0, 100)},
        "digits": {"network": "LeNet-5", "layer": 3, "place": (20, 60)},
        "deep": {"network": "MobileNet v1", "layer": 20, "place": (75, 10)},
    },
    "Padding": {
        "start": {},
        "dilation": {"preset": "dilation", "step": 5},
        "same": {"padding": "same", "input": (7, 5), "kernel": (4, 3), "stride": (2, 1)},
        "full": {"padding": "full", "input": (4, 6), "kernel": (3, 2), "step": 11},
        "uneven": {"top": 0, "bottom": 3, "left": 4, "right": 1, "input": (6, 8), "step": 7},
        "left-over": {"padding": "valid", "input": (8, 11), "stride": (3, 4), "step": 3},
        "sparse": {"input": (12, 9), "dilation": (3, 2), "kernel": (3, 4), "step": 6},
    },
    "PaddingValues": {
        "start": {},
        "edge": {"fill": "edge", "kernel": 31, "picture": "photograph"},
        "reflect": {"fill": "reflect", "kernel": 21, "picture": "checkerboard"},
        "wrap": {"fill": "wrap", "kernel": 25},
        "grey": {"picture": "flat grey", "kernel": 9},
    },
    "Patches": {
        "start": {},
        "numbers": {"numbers": True, "input": (4, 5), "kernel": (2, 3), "step": 7},
        "padded": {"padding": (1, 0), "input": (5, 4), "step": 3},
        "strided": {"padding": (0, 1), "stride": (2, 3), "input": (6, 5), "step": 2},
    },
    "Pooling": {
        "start": {},
        "average": {"kind": "average", "input": 5, "size": 3, "padding": 1, "step": 1},
        "input-cells": {
            "kind": "average of input cells",
            "input": 5,
            "size": 2,
            "padding": 1,
            "stride": 3,
            "step": 2,
            "channels": 1,
        },
        "backward": {"show": "backward", "stride": 1, "size": 3, "input": 5, "step": 5},
        "ties": {"show": "backward", "numbers": "ties", "azimuth": -40, "elevation": 40, "step": 1},
        "shared": {"show": "backward", "kind": "average", "channels": 2, "stride": 1, "step": 7},
        "bug": {"show": "bug", "input": 5, "stride": 1, "step": 6, "channels": 2},
    },
    "Rings": {
        "start": {},
        "point": {"kernel": 1},
        "even": {"kernel": 4},
        "large": {"kernel": 7},
    },
    "ShiftTest": {
        "start": {},
        "dot": {"pattern": "one dot", "size": 3, "stride": 3, "shift": 2},
        "stripes": {"pattern": "stripes", "size": 2, "stride": 4, "shift": 3},
        "soft": {"pattern": "a soft spot", "size": 4, "stride": 1, "shift": 4},
    },
    "Sweep": {
        "start": {},
        "padded": {"padding": (1, 2), "input": (4, 6), "step": 9, "azimuth": 40},
        "strided": {"stride": (2, 3), "input": (8, 9), "kernel": (2, 4), "step": 5},
        "dilated": {"dilation": (1, 2), "input": (6, 7), "kernel": (3, 2), "step": 11},
        "flipped": {"operation": True, "kernel": (3, 4), "step": 2, "azimuth": -120},
        "from-above": {"azimuth": 0, "elevation": 85, "padding": (2, 1), "step": 10},
        "low": {"azimuth": 75, "elevation": 12, "stride": (1, 1), "step": 4},
        "own": {"x": _RAMP, "weight": _EDGE, "step": 3, "stride": (1, 1)},
    },
    "Training": {
        "start": {},
        "by-heart": {"step": 60, "pictures": 20, "kernels": 5, "size": 2, "digit": 7},
        "stride": {"step": 53, "shrink": "stride", "rival": "shrink", "kernels": 6, "batch": 16},
        "diverged": {"step": 70, "relu": False, "length": 1.0, "momentum": 0.95, "digit": 300},
    },
    "TransposedConv": {
        "start": {},
        "even": {"kernel": (4, 4), "padding": (1, 1), "step": 5},
        "zeros": {"view": "zero insertion", "step": 24},
        "holes": {
            "input": (2, 3),
            "kernel": (2, 3),
            "stride": (3, 1),
            "output_padding": (1, 0),
            "padding": (0, 1),
        },
        "zeros-padded": {
            "view": "zero insertion",
            "kernel": (3, 4),
            "stride": (2, 3),
            "output_padding": (1, 1),
            "padding": (1, 2),
            "step": 10,
        },
    },
    "TwoSames": {
        "start": {},
        "agree": {"preset": "agree: stride 2, odd size", "step": 3},
        "even-kernel": {"preset": "differ: even kernel", "step": 6},
        "dilated": {"size": 11, "kernel": 4, "stride": 3, "dilation": 2, "step": 2},
        "large": {"preset": "differ: n = 224, k = 7, s = 2", "step": 111},
    },
}
"""For each explorer, by name: states, by name, as the settings that lead to them."""

PHOTOGRAPHIC = {
    *("FilterLab", "KernelBank", "MixChannels", "NetworkField", "PaddingValues"),
    "Training",
}
"""Explorers that show pictures of many colours, which versions of matplotlib resample by a pixel
more or less: their baselines are smaller, and compared less strictly."""
