"""The effective receptive field: how much each cell that a unit sees counts.

It is the gradient of one unit for the input: bell-shaped, and much smaller than the theoretical
field of `convlab.receptive_field`.

Source: W. Luo, Y. Li, R. Urtasun and R. Zemel, *Understanding the Effective Receptive Field in Deep
Convolutional Neural Networks*, NeurIPS 2016, arXiv:1701.04128, sections 2.1 and 2.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np

from convlab.aliases import Pair
from convlab.arguments import as_count
from convlab.arrays import Array
from convlab.gradients import conv2d_input_grad
from convlab.layers import Layer, as_layers
from convlab.receptive_field import receptive_field

__all__ = ["effective_receptive_field"]

LARGEST_FIELD = 2**20  # cells; eight channels of more would fill a small machine's memory
MOST_WORK = 2**31  # multiplications: some seconds
DRAW = 32  # to draw a weight takes as long as so many multiplications


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
        If `weights` is another word, a count is too small, the field has more than 2²⁰ cells, or
        its computation would take long.

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
    if weights == "random":
        _check_work(stack, channels, runs)

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
        reads = _read_by(grad.shape[1:], layer)
        bank = draw((channels, channels, *layer.kernel_size))
        grad = conv2d_input_grad(grad, bank, reads, stride=layer.stride, dilation=layer.dilation)
    return grad


def _read_by(cells: tuple[int, ...], layer: Layer) -> Pair:
    """Return the rows and columns of the input that so many of the output read."""
    (rows, cols), (down, across), (high, wide) = cells, layer.stride, layer.span
    return (rows - 1) * down + high, (cols - 1) * across + wide


def _average(shape: tuple[int, ...]) -> Array:
    return np.ones(shape) / math.prod(shape[1:])


def _check_drawable(size: Pair) -> None:
    if size[0] * size[1] > LARGEST_FIELD:
        raise ValueError(
            f"`layers` must see at most {LARGEST_FIELD} cells for an effective field, "
            f"got {size[0]} × {size[1]}"
        )


def _check_work(layers: tuple[Layer, ...], channels: int, runs: int) -> None:
    cells, work = (1, 1), 0
    for layer in reversed(layers):
        work += math.prod(layer.kernel_size) * (math.prod(cells) + DRAW)
        cells = _read_by(cells, layer)
    if (work := work * runs * channels**2) > MOST_WORK:
        raise ValueError(
            f"`layers` must not take more than {MOST_WORK:.0e} multiplications, got {work:.0e} "
            f"with `runs` {runs} and `channels` {channels}: take fewer of these, or "
            "weights='uniform'"
        )
