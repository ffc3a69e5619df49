"""What a network costs, layer by layer: parameters, multiplications, activations.

A convolution with C_in channels in, C_out out, a kernel of k_h × k_w and an output of o_h × o_w has

    parameters        C_out · (C_in · k_h · k_w + 1)              the 1 is the bias
    multiplications   C_out · o_h · o_w · C_in · k_h · k_w
    activations       C_out · o_h · o_w                           numbers that come out

A pooling has no parameters and multiplies nothing.

Source: A. Zhang et al., *Dive into Deep Learning*, sections 7.4 and 14; K. Simonyan and
A. Zisserman, arXiv:1409.1556, table 2, for the parameters of VGG.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from convlab.aliases import IntPair
from convlab.arguments import as_count, as_flag, as_pair
from convlab.layers import Layer, as_layers


class LayerCost(NamedTuple):
    """What one layer costs for one example; shapes are (channels, rows, columns)."""

    name: str
    output_shape: tuple[int, int, int]
    parameters: int
    multiplications: int

    @property
    def activations(self) -> int:
        """The numbers that come out."""
        channels, rows, cols = self.output_shape
        return channels * rows * cols


def layer_costs(
    layers: Iterable[Layer],
    channels: Iterable[int | None],
    input_shape: IntPair,
    *,
    channels_in: int = 3,
    bias: bool = True,
) -> list[LayerCost]:
    """Return what each layer of a network costs for one example.

    Parameters
    ----------
    layers : iterable of Layer
        From the input on.
    channels : iterable of int or None
        For each layer the number of its kernels, which is its output channels; None for a pooling.
    input_shape : int or (int, int)
        Rows and columns of the input.
    channels_in : int, default 3
        Channels of the input.
    bias : bool, default True
        Whether each kernel has a bias.

    Returns
    -------
    list of LayerCost

    Raises
    ------
    TypeError, ValueError
        If there are not as many `channels` as `layers`, one of them is no positive int, or a layer
        does not fit on its input.

    Examples
    --------
    >>> conv, pool = Layer(3, padding=1, name="conv"), Layer(2, stride=2, name="pool")
    >>> for cost in layer_costs([conv, pool], [64, None], 224):
    ...     print(cost.name, cost.output_shape, cost.parameters, cost.multiplications)
    conv (64, 224, 224) 1792 86704128
    pool (64, 112, 112) 0 0
    """
    stack, counts = as_layers(layers), list(channels)
    if len(stack) != len(counts):
        raise ValueError(
            f"`channels` must have one entry for each of the {len(stack)} layers, got {len(counts)}"
        )
    shape, depth = as_pair("input_shape", input_shape, 1), as_count("channels_in", channels_in, 1)
    biased = as_flag("bias", bias)
    costs = []
    for layer, count in zip(stack, counts, strict=True):
        shape = rows, cols = layer.on(shape).output_shape
        weights = 0
        if count is not None:
            previous, depth = depth, as_count("channels", count, 1)
            weights = depth * previous * layer.kernel_size[0] * layer.kernel_size[1]
        biases = depth if biased and count is not None else 0
        costs.append(
            LayerCost(layer.name, (depth, rows, cols), weights + biases, weights * rows * cols)
        )
    return costs
