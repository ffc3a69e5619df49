"""The receptive field: which cells of the input one unit, deep in a stack of layers, can see.

Going through the layers from the input on, with kernel size k, stride s, dilation d, `before` the
padding in front, and starting from size r = 1, stride j = 1, padding p = 0,

    r ← r + d(k − 1)·j      p ← p + before·j      then  j ← j·s

so j is the product of the strides *before* the layer. Unit u sees the cells −p + u·j up to, but
without, −p + u·j + r. Padding moves the field and does not grow it.

The *effective* receptive field says how much each of these cells weighs: the gradient of the unit
for the input. It is bell-shaped, and much smaller than r.

Sources: A. Araujo, W. Norris and J. Sim, *Computing Receptive Fields of Convolutional Neural
Networks*, Distill, 2019, "Single-path networks", and its library google-research/receptive_field;
W. Luo, Y. Li, R. Urtasun and R. Zemel, *Understanding the Effective Receptive Field in Deep
Convolutional Neural Networks*, NeurIPS 2016, arXiv:1701.04128, sections 2.1 and 2.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

import numpy as np

from convlab.aliases import IntPair, Pair
from convlab.arguments import as_count, as_pair
from convlab.arrays import Array
from convlab.gradients import conv2d_input_grad
from convlab.layers import Layer, as_layers

__all__ = [
    "PIXEL",
    "Layer",
    "ReceptiveField",
    "effective_receptive_field",
    "receptive_field",
    "receptive_fields",
]

LARGEST_FIELD = 2**20  # cells; eight channels of more would fill a small machine's memory


@dataclass(frozen=True)
class ReceptiveField:
    """What the units of one layer see of the input.

    Parameters
    ----------
    size : int or (int, int)
        Rows and columns that one unit sees.
    stride : int or (int, int)
        How far the field moves, in input cells, from one unit to the next.
    padding : int or (int, int)
        Input rows above, and columns to the left of, the input that the first unit sees.

    Raises
    ------
    TypeError, ValueError
        If a value is no pair of ints, `size` or `stride` is below 1, or `padding` below 0.

    Examples
    --------
    >>> ReceptiveField(size=7, stride=2, padding=3).region(0, 10)
    ((-3, 4), (17, 24))
    """

    size: Pair
    stride: Pair
    padding: Pair

    def __init__(self, size: IntPair, stride: IntPair, padding: IntPair) -> None:
        object.__setattr__(self, "size", as_pair("size", size, 1))
        object.__setattr__(self, "stride", as_pair("stride", stride, 1))
        object.__setattr__(self, "padding", as_pair("padding", padding, 0))

    def region(self, row: int, col: int) -> tuple[Pair, Pair]:
        """Return the input rows and columns behind one unit, half-open.

        Parameters
        ----------
        row, col : int
            The unit, from 0.

        Returns
        -------
        ((top, bottom), (left, right))
            Rows ``top`` to ``bottom - 1`` and columns ``left`` to ``right - 1``. Near the border
            of the input the region covers padding: it may begin below 0 and end past the input.

        Raises
        ------
        TypeError, ValueError
            If `row` or `col` is no int, or below 0.
        """
        top = as_count("row", row, 0) * self.stride[0] - self.padding[0]
        left = as_count("col", col, 0) * self.stride[1] - self.padding[1]
        return (top, top + self.size[0]), (left, left + self.size[1])


PIXEL = ReceptiveField(size=1, stride=1, padding=0)  # without a layer, each cell sees itself


def receptive_field(layers: Iterable[Layer]) -> ReceptiveField:
    """Return what one unit at the end of a stack of layers sees of the input.

    Parameters
    ----------
    layers : iterable of Layer
        From the input on. Without any layer, each cell sees itself: size 1, stride 1, padding 0.

    Returns
    -------
    ReceptiveField

    Raises
    ------
    TypeError
        If `layers` holds anything but `Layer`.

    Examples
    --------
    Two 3×3 kernels see as much as one 5×5.

    >>> receptive_field([Layer(3), Layer(3)])
    ReceptiveField(size=(5, 5), stride=(1, 1), padding=(0, 0))
    """
    return (PIXEL, *receptive_fields(layers))[-1]


def receptive_fields(layers: Iterable[Layer]) -> tuple[ReceptiveField, ...]:
    """Return what one unit of each layer sees of the input: one field per layer, cumulative.

    Parameters, errors and formula are those of `receptive_field`, which is the last of them.

    Examples
    --------
    >>> stack = [Layer(3), Layer(2, stride=2), Layer(3)]
    >>> [field.size for field in receptive_fields(stack)]
    [(3, 3), (4, 4), (8, 8)]
    """
    return tuple(accumulate(as_layers(layers), _through, initial=PIXEL))[1:]


def effective_receptive_field(
    layers: Iterable[Layer],
    *,
    weights: Literal["random", "uniform"] = "random",
    channels: int = 8,
    runs: int = 20,
    seed: int = 0,
) -> Array:
    """Return how much each cell of the receptive field weighs, by the gradient of one unit.

    The gradient of a single unit is sent back through the layers. All of them are linear here: no
    activation function, and a pooling is one more convolution.

    - ``weights="random"`` draws independent normal weights of mean 0. The gradient itself then
      averages to 0, so what is averaged over the runs is its square: the variance of the paper.
    - ``weights="uniform"`` sets all weights of a layer equal. The field is then a convolution of
      boxes, one per layer: exactly what the random one tends to as runs are added. It takes one
      run and one channel, so it suits deep networks.

    Parameters
    ----------
    layers : iterable of Layer
        From the input on. Padding plays no part: the unit's field lies inside the input.
    weights : "random" or "uniform", default "random"
    channels : int, default 8
        Channels of the input and of every layer; more of them give a smoother field. Only random
        weights use it, and `runs` and `seed`.
    runs : int, default 20
        How many times the weights are drawn.
    seed : int, default 0
        The same seed gives the same field.

    Returns
    -------
    ndarray, shape ``receptive_field(layers).size``
        Shares of the whole: at least 0, and 1 in sum. Cells that the unit skips, between the taps
        of a dilated kernel or under a stride wider than the kernel, are 0.

    Raises
    ------
    TypeError
        If `layers` holds anything but `Layer`, or a count is no int.
    ValueError
        If `weights` is another word, a count is too small, or the field has more than 2²⁰ cells.

    Examples
    --------
    >>> effective_receptive_field([Layer((1, 3)), Layer((1, 3))], weights="uniform") * 9
    array([[1., 2., 3., 2., 1.]])
    """
    stack = as_layers(layers)
    if weights not in ("random", "uniform"):
        raise ValueError(f"`weights` must be 'random' or 'uniform', got {weights!r}")
    channels, runs = as_count("channels", channels, 1), as_count("runs", runs, 1)
    rng = np.random.default_rng(as_count("seed", seed, 0))
    _check_drawable(receptive_field(stack).size)

    def normal(shape: tuple[int, ...]) -> Array:
        return rng.normal(scale=math.prod(shape[1:]) ** -0.5, size=shape)

    field: Array
    if weights == "uniform":
        field = _unit_gradient(stack, 1, _average)[0]
    else:
        field = sum((_unit_gradient(stack, channels, normal) ** 2).sum(axis=0) for _ in range(runs))
    field /= field.sum()
    return field


def _unit_gradient(
    layers: tuple[Layer, ...], channels: int, draw: Callable[[tuple[int, ...]], Array]
) -> Array:
    """Send one unit's gradient back; each layer widens it to just the cells that are read."""
    grad: Array = np.zeros((channels, 1, 1))
    grad[0] = 1
    for layer in reversed(layers):
        axes = zip(grad.shape[1:], layer.stride, layer.span, strict=True)
        reads = tuple((count - 1) * stride + span for count, stride, span in axes)
        bank = draw((channels, channels, *layer.kernel_size))
        grad = conv2d_input_grad(grad, bank, reads, stride=layer.stride, dilation=layer.dilation)
    return grad


def _average(shape: tuple[int, ...]) -> Array:
    return np.ones(shape) / math.prod(shape[1:])


def _through(field: ReceptiveField, layer: Layer) -> ReceptiveField:
    """One step of the recurrence, on both axes."""
    jump, axes = field.stride, (0, 1)
    return ReceptiveField(
        size=[field.size[a] + (layer.span[a] - 1) * jump[a] for a in axes],
        stride=[jump[a] * layer.stride[a] for a in axes],
        padding=[field.padding[a] + layer.padding[a][0] * jump[a] for a in axes],
    )


def _check_drawable(size: Pair) -> None:
    if size[0] * size[1] > LARGEST_FIELD:
        raise ValueError(
            f"`layers` must see at most {LARGEST_FIELD} cells for an effective field, "
            f"got {size[0]} × {size[1]}"
        )
