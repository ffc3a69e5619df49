"""The drill's questions about a stack of layers: how much of the input one unit sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from convlab.exercises.drill.drill_marking import Question
from convlab.formatting import say
from convlab.geometry import Pair
from convlab.layers import Layer
from convlab.receptive_field import receptive_field, receptive_fields

LARGEST = 40
"""Input cells that a unit sees at most: a picture shows each of them."""


@dataclass(frozen=True)
class FieldCase:
    """A stack of layers, from the input on."""

    layers: tuple[Layer, ...]


def field_size(rng: Random) -> Question | None:
    """Ask for R and J at the end of a stack; None where no question comes of these numbers."""
    dilations, paddings = rng.choice([(1,), (1, 1, 2)]), rng.choice([(0,), (0, 1, 2)])
    layers = tuple(
        Layer(
            rng.choice((2, 3, 3, 4, 5)),
            stride=rng.choice((1, 1, 2, 2, 3)),
            padding=rng.choice(paddings),
            dilation=rng.choice(dilations),
        )
        for _ in range(rng.randint(2, 4))
    )
    expected = _seen(layers)
    if expected[0] > LARGEST or expected[1] == 1:
        return None
    return Question(
        topic="receptive field",
        words=say(
            "From the input on, along one axis: {layers}. How many input cells, R, does one unit "
            "of the last layer see, and by how many cells, J, does that move from one unit to the "
            "next?",
            layers=say("; ").join(_described(layers)),
        ),
        form=say("two numbers: R, J"),
        expected=expected,
        mistakes=_field_mistakes(layers),
        hint=say(
            "Begin with R = 1 and J = 1. For each layer, from the input on, first "
            "R ← R + d(k − 1)·J, then J ← J·s."
        ),
        why=say(
            "(R, J): {steps}.",
            steps=" → ".join(
                f"({seen.size[1]}, {seen.stride[1]})" for seen in receptive_fields(layers)
            ),
        ),
        case=FieldCase(layers),
    )


def _field_mistakes(layers: tuple[Layer, ...]) -> dict[str, Pair]:
    size, jump = _seen(layers)
    fields = receptive_fields(layers)
    own = 1 + sum(
        (layer.span[1] - 1) * field.stride[1] for layer, field in zip(layers, fields, strict=True)
    )
    mistakes = {
        "began at 0": (size - 1, jump),
        "stride ignored": _seen(tuple(_with(layer, stride=1) for layer in layers)),
        "own stride counted": (own, jump),
        "walked backwards": _seen(layers[::-1]),
    }
    if any(layer.dilation[1] > 1 for layer in layers):
        mistakes["dilation counted from 0"] = _seen(
            tuple(_with(layer, dilation=layer.dilation[1] + 1) for layer in layers)
        )
        mistakes["dilation ignored"] = _seen(tuple(_with(layer, dilation=1) for layer in layers))
    if outside := receptive_field(layers).padding[1]:
        mistakes["padding counted"] = (size + 2 * outside, jump)
    return mistakes


def _with(layer: Layer, **changes: Any) -> Layer:
    return replace(layer, **changes)


def _seen(layers: tuple[Layer, ...]) -> Pair:
    """Return R and J after the last layer."""
    field = receptive_field(layers)
    return field.size[1], field.stride[1]


def _described(layers: tuple[Layer, ...]) -> Iterator[str]:
    """Yield each layer in words; what no layer has is not spoken of."""
    dilated = any(layer.dilation[1] > 1 for layer in layers)
    padded = any(any(layer.padding[1]) for layer in layers)
    sentence = {
        (False, False): "layer {number} with kernel {kernel} and stride {stride}",
        (True, False): "layer {number} with kernel {kernel}, stride {stride} and dilation "
        "{dilation}",
        (False, True): "layer {number} with kernel {kernel}, stride {stride} and padding {padding}",
        (True, True): "layer {number} with kernel {kernel}, stride {stride}, dilation {dilation} "
        "and padding {padding}",
    }[dilated, padded]
    for number, layer in enumerate(layers, start=1):
        yield say(
            sentence,
            number=number,
            kernel=layer.kernel_size[1],
            stride=layer.stride[1],
            dilation=layer.dilation[1],
            padding=layer.padding[1][0],
        )
