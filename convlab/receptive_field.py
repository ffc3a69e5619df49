"""The receptive field: which cells of the input one unit, deep in a stack of layers, can see.

Going through the layers from the input on, with kernel size k, stride s, dilation d, padding p in
front, and starting from size R = 1, jump J = 1, and B = 0 cells before the input,

    R ← R + d(k − 1)·J      B ← B + p·J      then  J ← J·s

so J is the product of the strides *before* the layer, and R = 1 + Σ d(k − 1)·J over all layers.
Unit r sees the cells rJ − B up to, but without, rJ − B + R. Padding moves the field and does not
grow it.

How much each of these cells counts is told by `effective_receptive_field`.

Source: A. Araujo, W. Norris and J. Sim, *Computing Receptive Fields of Convolutional Neural
Networks*, Distill, 2019, "Single-path networks", and its library google-research/receptive_field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from convlab.aliases import IntPair, Pair
from convlab.arguments import as_count, as_pair
from convlab.layers import Layer, as_layers

__all__ = [
    "PIXEL",
    "Layer",
    "ReceptiveField",
    "receptive_field",
    "receptive_fields",
]


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


def receptive_field(layers: Iterable[Layer], below: ReceptiveField = PIXEL) -> ReceptiveField:
    """Return what one unit at the end of a stack of layers sees of the input.

    Parameters
    ----------
    layers : iterable of Layer
        From the input on. Without any layer, a unit sees what one below it does.
    below : ReceptiveField, default size 1, stride 1, padding 0
        What a unit of the map below the first layer sees: without layers, each cell sees itself.

    Returns
    -------
    ReceptiveField

    Raises
    ------
    TypeError
        If `layers` holds anything but `Layer`, or `below` is no ReceptiveField.

    Examples
    --------
    Two 3×3 kernels see as much as one 5×5.

    >>> receptive_field([Layer(3), Layer(3)])
    ReceptiveField(size=(5, 5), stride=(1, 1), padding=(0, 0))
    """
    return tuple(_along(layers, below))[-1]


def receptive_fields(layers: Iterable[Layer]) -> tuple[ReceptiveField, ...]:
    """Return what one unit of each layer sees of the input: one field per layer, cumulative.

    Parameters, errors and formula are those of `receptive_field`, which is the last of them.

    Examples
    --------
    >>> stack = [Layer(3), Layer(2, stride=2), Layer(3)]
    >>> [field.size for field in receptive_fields(stack)]
    [(3, 3), (4, 4), (8, 8)]
    """
    return tuple(_along(layers, PIXEL))[1:]


def _along(layers: Iterable[Layer], below: ReceptiveField) -> Iterator[ReceptiveField]:
    if not isinstance(below, ReceptiveField):
        raise TypeError(f"`below` must be a ReceptiveField, got {below!r}")
    return accumulate(as_layers(layers), _through, initial=below)


def _through(field: ReceptiveField, layer: Layer) -> ReceptiveField:
    """One step of the recurrence, on both axes."""
    jump, axes = field.stride, (0, 1)
    return ReceptiveField(
        size=[field.size[a] + (layer.span[a] - 1) * jump[a] for a in axes],
        stride=[jump[a] * layer.stride[a] for a in axes],
        padding=[field.padding[a] + layer.padding[a][0] * jump[a] for a in axes],
    )
