"""One layer of a network, as far as the geometry goes: what a stack is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from convlab.aliases import IntPair, NumericPadding, Pair, Sides
from convlab.arguments import as_pair
from convlab.geometry import Geometry
from convlab.padding import numeric_sides


@dataclass(frozen=True)
class Layer:
    """One convolution or pooling; for what a unit sees, the two are alike.

    Parameters
    ----------
    kernel_size, stride, dilation : int or (int, int)
        Vertical and horizontal, each at least 1.
    padding : int, (int, int), ((int, int), (int, int)) or "valid", default 0
        Per side, as for `Geometry`. The words ``"same"`` and ``"full"`` are refused: a layer does
        not know its input's size; `same_padding` turns the word into numbers.
    name : str, default ""
        What to call the layer in a table or a picture.

    Attributes
    ----------
    kernel_size, stride, dilation : (int, int)
    padding : ((int, int), (int, int))

    Raises
    ------
    TypeError
        If an argument is not of the kinds above.
    ValueError
        If a value is out of range, or `padding` is another word.

    Examples
    --------
    >>> Layer(3, padding=1, name="conv1").padding
    ((1, 1), (1, 1))
    >>> Layer((3, 5), dilation=2).span
    (5, 9)
    """

    kernel_size: Pair
    stride: Pair
    padding: Sides
    dilation: Pair
    name: str

    def __init__(
        self,
        kernel_size: IntPair,
        stride: IntPair = 1,
        padding: NumericPadding | Literal["valid"] = 0,
        dilation: IntPair = 1,
        name: str = "",
    ) -> None:
        if not isinstance(name, str):
            raise TypeError(f"`name` must be a str, got {name!r}")
        fields = {
            "kernel_size": as_pair("kernel_size", kernel_size, 1),
            "stride": as_pair("stride", stride, 1),
            "padding": _as_numbers(padding),
            "dilation": as_pair("dilation", dilation, 1),
            "name": name,
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    @property
    def span(self) -> Pair:
        """Rows and columns that one window reaches over, gaps included: d(k − 1) + 1."""
        (height, width), (down, across) = self.kernel_size, self.dilation
        return down * (height - 1) + 1, across * (width - 1) + 1

    def on(self, input_shape: IntPair) -> Geometry:
        """Return the geometry of this layer on an input of so many rows and columns.

        Raises
        ------
        TypeError, ValueError
            If `input_shape` is no size, or the layer does not fit on it: see `Geometry`.

        Examples
        --------
        >>> Layer(3, stride=2, padding=1).on((5, 8)).output_shape
        (3, 4)
        """
        return Geometry(
            input_shape,
            self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
        )


def as_layers(layers: Any) -> tuple[Layer, ...]:
    """Return the layers as a tuple, or raise an error that names the first that is none."""
    try:
        stack = tuple(layers)
    except TypeError:
        raise TypeError(f"`layers` must be a sequence of Layer, got {layers!r}") from None
    for position, layer in enumerate(stack):
        if not isinstance(layer, Layer):
            raise TypeError(f"`layers` must hold only Layer, got {layer!r} at position {position}")
    return stack


def _as_numbers(padding: Any) -> Sides:
    if isinstance(padding, str):
        if padding != "valid":
            raise ValueError(
                f'`padding` of a layer must be numbers or "valid", got {padding!r}: '
                "a layer does not know its input's size (see `same_padding`)"
            )
        padding = 0
    return numeric_sides(padding, "valid")
