"""A small network whose every number can be opened: convolutions, then one dense layer.

    picture → [convolution → ReLU → pooling] × layers → flatten → dense → scores

The convolutions keep the maps' size (padding ``"same"``); each pooling of 2 × 2, or a stride of 2
in its place, halves it. The network is a plan: it holds no weights. They are given to `forward` and
`backward`, are never changed in place, and so an earlier state is still there to go back to. What
does not fit the plan raises a `ValueError`.

Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-based learning applied to document
recognition*, Proceedings of the IEEE 86, 1998; for the spread of the first weights, Y. LeCun,
L. Bottou, G. Orr and K.-R. Müller, *Efficient backprop*, 1998, section 4.6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from convlab.aliases import Layout, Pair
from convlab.arguments import as_count, as_pair
from convlab.arrays import Array, as_array, as_shaped
from convlab.convolution import conv2d
from convlab.geometry import Geometry
from convlab.gradients import conv2d_backward
from convlab.learning import dense, dense_backward, relu, relu_backward
from convlab.pooling import max_pool2d, max_pool2d_backward, pool_geometry

Weights: TypeAlias = Mapping[str, Array]
"""The arrays by name, or their gradients: ``"kernels 1"``, ``"bias 1"``, …, ``"dense bias"``."""

Shrink: TypeAlias = Literal["pool", "stride"]

SHRINK: tuple[Shrink, ...] = ("pool", "stride")


class LayerMaps(NamedTuple):
    """What one layer makes: each (batch, kernels, rows, cols).

    Without ReLU the second is the first; with a stride for the pooling, the third is the second.
    """

    convolved: Array
    activated: Array
    pooled: Array


class Maps(NamedTuple):
    """All that a forward pass computes, or ∂ℓ for every number of it.

    ``pictures`` are (batch, 1, rows, cols), and ``scores`` (batch, classes).
    """

    pictures: Array
    layers: tuple[LayerMaps, ...]
    scores: Array


class NetworkGradients(NamedTuple):
    """The gradients of the loss for the weights, by name, and for every map."""

    weights: dict[str, Array]
    maps: Maps


@dataclass(frozen=True)
class ConvNet:
    """The plan of a network.

    Parameters
    ----------
    kernels : sequence of int, default (8, 16)
        How many kernels each layer has; at least one layer.
    kernel_size : int or (int, int), default 3
        Rows and columns of every kernel.
    shrink : str, default "pool"
        How a layer halves its maps: ``"pool"``, with a maximum of 2 × 2, the last row or column
        left out where a size is odd; or ``"stride"``, with a stride of 2 of its convolution.
    relu : bool, default True
        Whether what is below 0 becomes 0. Without it, and with strides, the network is one matrix.
    input_shape : int or (int, int), default (8, 8)
        Rows and columns of a picture.
    classes : int, default 10
        How many scores to give.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or a picture cannot be halved so often.

    Examples
    --------
    >>> network = ConvNet()
    >>> weights = network.start(seed=0)
    >>> {name: array.shape for name, array in weights.items()}["kernels 2"]
    (16, 8, 3, 3)
    >>> maps = network.forward(weights, np.zeros((5, 8, 8)))
    >>> maps.layers[1].pooled.shape, maps.scores.shape
    ((5, 16, 2, 2), (5, 10))
    >>> gradients = network.backward(weights, maps, np.ones((5, 10)))
    >>> gradients.weights["kernels 1"].shape, gradients.maps.pictures.shape
    ((8, 1, 3, 3), (5, 1, 8, 8))
    """

    kernels: Sequence[int] = (8, 16)
    kernel_size: int | Pair = 3
    shrink: Shrink = "pool"
    relu: bool = True
    input_shape: int | Pair = (8, 8)
    classes: int = 10

    def __post_init__(self) -> None:
        if not isinstance(self.kernels, Sequence):
            raise TypeError(f"`kernels` must be a sequence of ints, got {self.kernels!r}")
        if not self.kernels:
            raise ValueError("`kernels` must name at least one layer, got none")
        if self.shrink not in SHRINK:
            raise ValueError(f"`shrink` must be one of {', '.join(SHRINK)}, got {self.shrink!r}")
        for name, value in {
            "kernels": tuple(as_count("kernels", count, 1) for count in self.kernels),
            "kernel_size": as_pair("kernel_size", self.kernel_size, 1),
            "input_shape": as_pair("input_shape", self.input_shape, 1),
            "classes": as_count("classes", self.classes, 2),
        }.items():
            object.__setattr__(self, name, value)
        if self.shrink == "pool" and min(as_pair("", self.input_shape, 1)) < 2 ** len(self.kernels):
            raise ValueError(
                f"`kernels` must have no more layers than the picture can be halved: "
                f"got {len(self.kernels)} layers for {self.input_shape}"
            )

    @cached_property
    def map_shapes(self) -> tuple[Pair, ...]:
        """Rows and columns of a picture, and of the maps that each layer leaves."""
        shapes = [as_pair("input_shape", self.input_shape, 1)]
        for _ in self.kernels:
            convolved = Geometry(shapes[-1], self.kernel_size, **self._layout).output_shape
            pooled = (
                pool_geometry(convolved, 2).output_shape if self.shrink == "pool" else convolved
            )
            shapes.append(pooled)
        return tuple(shapes)

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each array of weights, by name, in the order of the layers."""
        size = as_pair("kernel_size", self.kernel_size, 1)
        shapes: dict[str, tuple[int, ...]] = {}
        for number, (depth, count) in enumerate(pairwise((1, *self.kernels)), start=1):
            shapes[f"kernels {number}"] = (count, depth, *size)
            shapes[f"bias {number}"] = (count,)
        features = self.kernels[-1] * math.prod(self.map_shapes[-1])
        return {**shapes, "dense": (self.classes, features), "dense bias": (self.classes,)}

    def start(self, *, seed: int = 0) -> dict[str, Array]:
        """Return random weights: biases 0, all else normal, of variance 1 / (inputs per output)."""
        rng = np.random.default_rng(as_count("seed", seed, 0))
        return {
            name: np.zeros(shape)
            if len(shape) == 1
            else rng.normal(scale=math.sqrt(1 / math.prod(shape[1:])), size=shape)
            for name, shape in self.shapes.items()
        }

    def forward(self, weights: Weights, pictures: ArrayLike) -> Maps:
        """Return the scores of pictures, and every map on the way.

        Parameters
        ----------
        weights : mapping of str to ndarray
            As `start` returns them.
        pictures : array_like, shape (rows, cols), a batch of one, or (batch, rows, cols)
        """
        weights = self._checked(weights)
        images = as_array("pictures", pictures, ndim=(2, 3), dtype=np.float64, batch=True)
        if images.shape[-2:] != self.input_shape:
            raise ValueError(
                f"`pictures` must be {self.input_shape} in rows and columns, "
                f"got shape {images.shape}"
            )
        x = first = images.reshape(math.prod(images.shape[:-2]), 1, *images.shape[-2:])
        layers = []
        for kernels, bias in self._banks(weights):
            convolved = conv2d(x, kernels, bias, **self._layout)
            activated = relu(convolved) if self.relu else convolved
            x = max_pool2d(activated, 2) if self.shrink == "pool" else activated
            layers.append(LayerMaps(convolved, activated, x))
        scores = dense(_flat(x), weights["dense"], weights["dense bias"])
        return Maps(first, tuple(layers), scores)

    def backward(self, weights: Weights, maps: Maps, grad_scores: ArrayLike) -> NetworkGradients:
        """Return the gradients for all weights and all maps: the forward pass, read backwards.

        Parameters
        ----------
        weights, maps
            What went into `forward`, and what came out.
        grad_scores : array_like, shape (batch, classes), as `softmax_cross_entropy` gives it
        """
        weights = self._checked(weights)
        scores = as_shaped(
            "grad_scores", grad_scores, maps.scores.shape, "the shape of the scores", dtype=float
        )
        last = maps.layers[-1].pooled
        g, matrix, bias = dense_backward(scores, _flat(last), weights["dense"])
        found, layers, g = {"dense": matrix, "dense bias": bias}, [], g.reshape(last.shape)
        inputs = [maps.pictures, *(layer.pooled for layer in maps.layers)]
        for number, (kernels, _) in reversed(list(enumerate(self._banks(weights)))):
            layer, pooled = maps.layers[number], g
            if self.shrink == "pool":
                g = max_pool2d_backward(pooled, layer.activated, 2)
            activated = g
            convolved = relu_backward(activated, layer.convolved) if self.relu else activated
            layers.append(LayerMaps(convolved, activated, pooled))
            g, *ours = conv2d_backward(convolved, inputs[number], kernels, **self._layout)
            found[f"kernels {number + 1}"], found[f"bias {number + 1}"] = ours
        named = {name: found[name] for name in self.shapes}
        return NetworkGradients(named, Maps(g, tuple(reversed(layers)), scores))

    @property
    def _layout(self) -> Layout:
        return {"stride": 1 if self.shrink == "pool" else 2, "padding": "same", "dilation": 1}

    def _banks(self, weights: Weights) -> list[tuple[Array, Array]]:
        numbers = range(1, len(self.kernels) + 1)
        return [(weights[f"kernels {n}"], weights[f"bias {n}"]) for n in numbers]

    def _checked(self, weights: Weights) -> dict[str, Array]:
        if weights.keys() != self.shapes.keys():
            raise ValueError(
                f"`weights` must be named {', '.join(self.shapes)}, got {', '.join(weights)}"
            )
        return {
            name: as_shaped(
                f'weights["{name}"]', weights[name], shape, "the shape of the plan", dtype=float
            )
            for name, shape in self.shapes.items()
        }


def _flat(maps: Array) -> Array:
    """Flatten the maps of each picture, row-major, channel first."""
    return maps.reshape(len(maps), math.prod(maps.shape[1:]))
