"""The drill's questions about one layer: how large its output is, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from convlab.convolution import conv2d, flip
from convlab.exercises.drill.drill_geometry import by, drawn_geometry, misread, other, setting
from convlab.exercises.drill.drill_marking import Question
from convlab.formatting import say
from convlab.geometry import Geometry, Pair

Numbers = tuple[tuple[int, ...], ...]
"""Rows of numbers: unlike an array, they can be compared and do not change."""


@dataclass(frozen=True)
class SizeCase:
    """A layer, as far as the geometry goes."""

    geometry: Geometry


@dataclass(frozen=True)
class ValueCase:
    """A layer with numbers, and the output pixel (row, column) that is asked for."""

    geometry: Geometry
    x: Numbers
    weight: Numbers
    pixel: Pair

    @property
    def step(self) -> int:
        """The pixel, counted along the rows."""
        return self.pixel[0] * self.geometry.output_shape[1] + self.pixel[1]


def output_size(rng: Random) -> Question | None:
    """Ask for the rows and columns of an output; None where no question comes of these numbers."""
    geometry = drawn_geometry(rng, sizes=(5, 14), kernels=(2, 5), strides=3, paddings=3)
    if geometry is None or not 2 <= min(geometry.output_shape) <= max(geometry.output_shape) <= 12:
        return None
    if len({"stride ignored", "padding forgotten", "dilation ignored"} & {*misread(geometry)}) < 2:
        return None
    size = "⌊({n} + {before} + {after} − {d}·({k} − 1) − 1)/{s}⌋ + 1 = {o}"
    axes = zip(*_numbers(geometry), strict=True)
    names = ("n", "k", "s", "sides", "d", "o")
    sums = [
        size.format(before=axis["sides"][0], after=axis["sides"][1], **axis)
        for axis in (dict(zip(names, numbers, strict=True)) for numbers in axes)
    ]
    return Question(
        topic="output size",
        words=say(
            "An input of {input} meets a kernel of {kernel}, with {setting}. How many rows and "
            "columns does the output have?",
            input=by(geometry.input_shape),
            kernel=by(geometry.kernel_size),
            setting=setting(geometry),
        ),
        form=say("two numbers: rows, columns"),
        expected=geometry.output_shape,
        mistakes=_size_mistakes(geometry),
        hint=say(
            "On each axis: add the padding of both sides, subtract the span d(k − 1) + 1, divide "
            "by the stride, round down, add 1."
        ),
        why=say("{first} rows, and {second} columns.", first=sums[0], second=sums[1]),
        case=SizeCase(geometry),
    )


def output_value(rng: Random) -> Question | None:
    """Ask for one number of an output; None where no question comes of these numbers."""
    geometry = drawn_geometry(rng, sizes=(4, 6), kernels=(2, 3), strides=2, paddings=1)
    if geometry is None or min(geometry.output_shape) < 2 or len(misread(geometry)) < 2:
        return None
    x = _rows(rng, geometry.input_shape, (0, 5))
    weight = _rows(rng, geometry.kernel_size, (-2, 3))
    pixel = tuple(rng.randrange(size) for size in geometry.output_shape)
    case = ValueCase(geometry, x, weight, (pixel[0], pixel[1]))
    patch = np.pad(x, geometry.padding)[np.ix_(*geometry.window(case.step)[1:])]
    expected = int((patch * weight).sum())
    return Question(
        topic="output value",
        words=say(
            "The input is convolved with the kernel as in deep learning, with {setting}. Which "
            "number stands in row {row}, column {col} of the output, both counted from 0?",
            setting=setting(geometry),
            row=pixel[0],
            col=pixel[1],
        ),
        form=say("one number"),
        expected=expected,
        mistakes=_value_mistakes(case),
        hint=say(
            "The window starts at row r·s − p, column c·s − p of the input, and its cells are d "
            "apart. Multiply each with the weight that lies on it, and add up."
        ),
        why=f"{_products(patch, np.array(weight))} = {_signed(expected)}.",
        case=case,
    )


def _size_mistakes(geometry: Geometry) -> dict[str, Pair]:
    rows, cols = geometry.output_shape
    mistakes = {name: seen.output_shape for name, seen in misread(geometry).items()}
    halves = [(sum(sides) // 4, sum(sides) // 2 - sum(sides) // 4) for sides in geometry.padding]
    halved = other(geometry, padding=tuple(halves))
    if halved and any(map(any, geometry.padding)):
        mistakes["padding in total"] = halved.output_shape
    if any(geometry.leftover):
        down, across = geometry.leftover
        mistakes["rounded up"] = (rows + (down > 0), cols + (across > 0))
    return mistakes | {"axes swapped": (cols, rows), "off by one": (rows - 1, cols - 1)}


def _value_mistakes(case: ValueCase) -> dict[str, int]:
    weight = np.array(case.weight)
    row, col = case.pixel
    values = {name: _value(case, geometry=seen) for name, seen in misread(case.geometry).items()}
    values["kernel flipped"] = _value(case, weight=flip(weight))
    values["kernel mirrored"] = _value(case, weight=weight[:, ::-1])
    if weight.shape[0] == weight.shape[1]:
        values["kernel transposed"] = _value(case, weight=weight.T)
    if row != col:
        values["axes swapped"] = _value(case, pixel=(col, row))
    if row and col:
        values["counted from 1"] = _value(case, pixel=(row - 1, col - 1))
    return {name: value for name, value in values.items() if value is not None}


def _value(
    case: ValueCase,
    *,
    geometry: Geometry | None = None,
    weight: Any = None,
    pixel: Pair | None = None,
) -> int | None:
    """Return the number at a pixel, with changes; None where the output has no such pixel."""
    layout = (geometry or case.geometry).layout
    y = conv2d(case.x, case.weight if weight is None else weight, **layout)
    row, col = pixel or case.pixel
    return int(y[row, col]) if row < y.shape[0] and col < y.shape[1] else None


def _numbers(geometry: Geometry) -> tuple[tuple[Any, ...], ...]:
    return (
        *(geometry.input_shape, geometry.kernel_size, geometry.stride),
        *(geometry.padding, geometry.dilation, geometry.output_shape),
    )


def _rows(rng: Random, shape: Pair, ends: Pair) -> Numbers:
    return tuple(tuple(rng.randint(*ends) for _ in range(shape[1])) for _ in range(shape[0]))


def _products(patch: np.ndarray, weight: np.ndarray) -> str:
    pairs = zip(patch.ravel().tolist(), weight.ravel().tolist(), strict=True)
    return " + ".join(f"{seen}·{_signed(w) if w >= 0 else f'({_signed(w)})'}" for seen, w in pairs)


def _signed(value: int) -> str:
    return str(value).replace("-", "−")
