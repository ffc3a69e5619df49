"""The drill's questions about channels: what a layer learns, and the shapes of its gradients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from convlab.exercises.drill.drill_geometry import by, setting
from convlab.exercises.drill.drill_marking import Question
from convlab.formatting import say
from convlab.geometry import Geometry

Shape = tuple[int, ...]


@dataclass(frozen=True)
class CountCase:
    """A layer between channels: how many go in and come out, its groups, its square kernels."""

    inputs: int
    outputs: int
    groups: int
    kernel: int
    bias: bool


@dataclass(frozen=True)
class ShapeCase:
    """A layer on a batch, and which of x, w and b is derived by."""

    name: str
    batch: int
    inputs: int
    outputs: int
    geometry: Geometry

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """The shapes of x, w, b and y, which are those of their gradients."""
        geometry = self.geometry
        return {
            "x": (self.batch, self.inputs, *geometry.input_shape),
            "w": (self.outputs, self.inputs, *geometry.kernel_size),
            "b": (self.outputs,),
            "y": (self.batch, self.outputs, *geometry.output_shape),
        }


def parameter_count(rng: Random) -> Question | None:
    """Ask how many numbers a layer learns; None where no question comes of these numbers."""
    groups = rng.choice((1, 1, 1, 2, 2, 3, 4))
    counts = range(groups, 9, groups)  # a picture shows up to 8 channels
    case = CountCase(
        inputs=rng.choice(counts),
        outputs=rng.choice(counts),
        groups=groups,
        kernel=rng.randint(1, 5),
        bias=rng.random() < 0.75,
    )
    if min(case.inputs, case.outputs) < 2:
        return None
    area, depth = case.kernel**2, case.inputs // case.groups
    return Question(
        topic="parameters",
        words=say(
            _LAYERS[case.groups > 1, case.bias],
            inputs=case.inputs,
            outputs=case.outputs,
            groups=case.groups,
            kernel=by((case.kernel, case.kernel)),
        ),
        form=say("one number"),
        expected=case.outputs * (depth * area + case.bias),
        mistakes=_count_mistakes(case),
        hint=say(
            "How many input channels does one kernel span? Count its weights, and its bias if "
            "there is one; then × the number of kernels."
        ),
        why=say(
            "{outputs} × ({depth} × {kernel} + 1) = {total}."
            if case.bias
            else "{outputs} × {depth} × {kernel} = {total}.",
            outputs=case.outputs,
            depth=depth,
            kernel=by((case.kernel, case.kernel)),
            total=case.outputs * (depth * area + case.bias),
        ),
        case=case,
    )


def gradient_shape(rng: Random) -> Question:
    """Ask for the shape of a gradient."""
    # Counts that belong together differ, so that no exchange of them goes unnoticed.
    shape, kernel = rng.sample(range(4, 7), 2), rng.sample(range(2, 4), 2)
    inputs, outputs = rng.sample(range(2, 5), 2)
    geometry = Geometry(
        (shape[0], shape[1]),
        (kernel[0], kernel[1]),
        stride=rng.choice((1, 2, 2, 3)),
        padding=rng.choice((0, 1, 1)),
    )
    case = ShapeCase(rng.choice("xwb"), rng.randint(2, 9), inputs, outputs, geometry)
    mistakes = {"x": _x_mistakes, "w": _w_mistakes, "b": _b_mistakes}[case.name](case)
    return Question(
        topic="gradient shapes",
        words=say(
            "x is a batch of {batch} images with {inputs} channels of {input}. It meets w, "
            "{outputs} kernels of {kernel} that span all channels, each with a bias in b, with "
            "{setting}. The loss ℓ is one number. Which shape has ∂ℓ/∂{name}?",
            batch=case.batch,
            inputs=case.inputs,
            input=by(geometry.input_shape),
            outputs=case.outputs,
            kernel=by(geometry.kernel_size),
            setting=setting(geometry),
            name=case.name,
        ),
        form=say("a shape: numbers and commas"),
        expected=case.shapes[case.name],
        mistakes={"shape of the output": case.shapes["y"], **mistakes},
        hint=say(
            "Which shape has {name} itself? Images are (batch, channel, row, column), weights "
            "(out, in, row, column), and there is one bias for each kernel.",
            name=case.name,
        ),
        why=say(
            "∂ℓ/∂{name} has the shape of {name}: {shape}.",
            name=case.name,
            shape=case.shapes[case.name],
        ),
        case=case,
        any_length=True,
    )


_LAYERS = {
    (False, True): "A layer turns {inputs} channels into {outputs} with kernels of {kernel}; each "
    "kernel has a bias. How many numbers does the layer learn?",
    (False, False): "A layer turns {inputs} channels into {outputs} with kernels of {kernel}, "
    "without biases. How many numbers does the layer learn?",
    (True, True): "A layer turns {inputs} channels into {outputs} with kernels of {kernel}, in "
    "{groups} groups; each kernel has a bias. How many numbers does the layer learn?",
    (True, False): "A layer turns {inputs} channels into {outputs} with kernels of {kernel}, in "
    "{groups} groups, without biases. How many numbers does the layer learn?",
}
"""The question, by whether there are groups, and biases."""


def _count_mistakes(case: CountCase) -> dict[str, int]:
    area, depth, bias = case.kernel**2, case.inputs // case.groups, int(case.bias)
    one = depth * area + bias
    mistakes = {"one kernel counted": one}
    if depth > 1:
        mistakes["channels forgotten"] = case.outputs * (area + bias)
    if bias:
        mistakes["bias forgotten"] = case.outputs * depth * area
    if bias and depth > 1:
        mistakes["bias per channel"] = case.outputs * depth * (area + 1)
    if case.groups > 1:
        mistakes["groups ignored"] = case.outputs * (case.inputs * area + bias)
        if case.outputs > case.groups:
            mistakes["one group counted"] = case.outputs // case.groups * one
    return mistakes


def _x_mistakes(case: ShapeCase) -> dict[str, Shape]:
    batch, channels, rows, cols = case.shapes["x"]
    geometry = case.geometry
    mistakes: dict[str, Shape] = {
        "batch forgotten": (channels, rows, cols),
        "axes swapped": (batch, channels, cols, rows),
    }
    if any(geometry.padding[0]):
        mistakes["padding not cut off"] = (batch, channels, *geometry.padded_shape)
    if any(geometry.leftover):
        reached = (n - left for n, left in zip((rows, cols), geometry.leftover, strict=True))
        mistakes["left-over cells cropped"] = (batch, channels, *reached)
    return mistakes


def _w_mistakes(case: ShapeCase) -> dict[str, Shape]:
    outputs, inputs, rows, cols = case.shapes["w"]
    geometry = case.geometry
    mistakes: dict[str, Shape] = {
        "batch kept": (case.batch, outputs, inputs, rows, cols),
        "channels forgotten": (outputs, rows, cols),
        "channels swapped": (inputs, outputs, rows, cols),
        "axes swapped": (outputs, inputs, cols, rows),
    }
    if geometry.stride[0] > 1:
        # What is left where the output's gradient is slid over the input as it is.
        padded, output = geometry.padded_shape, geometry.output_shape
        room = (n - o + 1 for n, o in zip(padded, output, strict=True))
        mistakes["stride ignored"] = (outputs, inputs, *room)
    return mistakes


def _b_mistakes(case: ShapeCase) -> dict[str, Shape]:
    return {"batch kept": (case.batch, case.outputs), "bias per channel": (case.inputs,)}
