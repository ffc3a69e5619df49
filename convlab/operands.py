"""What a convolution is given: arrays brought to four axes, padded with zeros, and checked.

With g groups the channels fall into g equal parts, in order: the kernels of part i see the input
channels of part i only, so that a bank of kernels has the shape (out, in / g, rows, cols).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convlab.arguments import as_count
from convlab.arrays import Array, as_array
from convlab.geometry import Geometry
from convlab.memory import check_memory


def as_batch(x: Array) -> Array:
    """Return a view of shape (batch, channels, rows, cols)."""
    return x.reshape((1,) * (4 - x.ndim) + x.shape)


def as_bank(weight: Array) -> Array:
    """Return a view of shape (out, in, rows, cols)."""
    return weight.reshape((1,) * (4 - weight.ndim) + weight.shape)


def with_padding(x: Array, geometry: Geometry, value: float = 0) -> Array:
    """Return `x` with the geometry's padding around its last two axes; itself, if there is none."""
    if geometry.padded_shape == geometry.input_shape:
        return x
    shape = padded_room(x.shape[:-2], geometry, x.itemsize)
    padded = np.full(shape, value, x.dtype) if value else np.zeros(shape, x.dtype)
    padded[(..., *geometry.inside)] = x
    return padded


def padded_room(lead: tuple[int, ...], geometry: Geometry, itemsize: int) -> tuple[int, ...]:
    """Return the shape of the padded input, or raise an error if it would take too much memory."""
    shape = (*lead, *geometry.padded_shape)
    check_memory("padding", "the padded input", shape, itemsize, "pad less, or a smaller input")
    return shape


def like(images: Array, template: Array) -> Array:
    """Drop the batch and channel axes that the template does not have."""
    return images.reshape(images.shape[4 - template.ndim :])


def as_groups(groups: int, **channels: int) -> int:
    """Return `groups`, or raise unless it divides every count: ``as_groups(2, input=4)``."""
    groups = as_count("groups", groups, 1)
    for name, count in channels.items():
        if count % groups:
            raise ValueError(f"`groups` must divide the {name} channels, {count}, got {groups}")
    return groups


def check_channels(images: Array, bank: Array, groups: int) -> None:
    """Raise unless the groups divide the channels, and each kernel spans all those of its group."""
    as_groups(groups, input=images.shape[1], output=len(bank))
    if images.shape[1] != groups * bank.shape[1]:
        parts = f" in {groups} groups" if groups > 1 else ""
        raise ValueError(
            f"`weight` must have as many input channels as {'a group of ' if parts else ''}`x`: "
            f"got {bank.shape[1]} in `weight`, {images.shape[1]} in `x`{parts}"
        )


def check_same_rank(x: Array, weight: Array, axes: str = "(out, in, rows, cols)") -> None:
    """Raise unless a 2-D input meets a 2-D weight, and a channelled input a 4-D weight."""
    if (x.ndim == 2) != (weight.ndim == 2):
        raise ValueError(
            "`weight` must have 2 axes for a 2-D input and 4 axes "
            f"{axes} otherwise, got shape {weight.shape} for an input of shape {x.shape}"
        )


def check_batch(grad_output: Array, x: Array) -> None:
    """Raise unless a gradient has the rank of the input, and its batch size."""
    if x.ndim != grad_output.ndim:
        raise ValueError(
            f"`grad_output` must have as many axes as `x`, "
            f"got shape {grad_output.shape} for an input of shape {x.shape}"
        )
    if x.ndim == 4 and len(x) != len(grad_output):
        raise ValueError(
            f"`grad_output` must have the batch size of `x`: got {len(grad_output)} and {len(x)}"
        )


def check_grad_output(grads: Array, geometry: Geometry, channels: int) -> None:
    """Raise unless a batch of gradients has the shape of the output."""
    expected = (channels, *geometry.output_shape)
    if grads.shape[1:] != expected:
        raise ValueError(
            "`grad_output` must have the shape of the output: (channels, rows, columns) = "
            f"{expected}, got {grads.shape[1:]}"
        )


def as_bias(bias: ArrayLike, weight: Array, channels: int) -> Array:
    """Return `bias` as an array with one number per output channel, or raise an error."""
    array = as_array("bias", bias, ndim=(0, 1), dtype=weight.dtype)
    expected = () if weight.ndim == 2 else (channels,)
    if array.shape != expected:
        raise ValueError(f"`bias` must have shape {expected}, got {array.shape}")
    return array
