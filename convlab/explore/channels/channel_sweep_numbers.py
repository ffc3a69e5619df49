"""The sweep over channels: every kernel spans all input channels and fills one output channel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from convlab.convolution import conv2d
from convlab.explore.samples import BANK, BIASES, CHANNELS
from convlab.geometry import Geometry, Window

MOST = len(CHANNELS)
"""Planes in a stack, at most."""


class Arithmetic(NamedTuple):
    """One output pixel: what is read, what it is multiplied with, and what comes of it."""

    patch: np.ndarray
    """Shape (channels, kernel rows, kernel cols); NaN where it is padding."""
    weight: np.ndarray
    """Of the same shape."""
    partial: np.ndarray
    """The sum of the products of each channel."""
    bias: float
    total: float


@dataclass(frozen=True)
class ChannelState:
    """Everything that the sweep over channels shows.

    Parameters
    ----------
    geometry : Geometry
        Of one channel.
    channels, kernels : int
        Input channels, and kernels, which is output channels.
    step : int, default 0
        The output pixel, counted along the rows of channel 0, then of channel 1, and so on.
    bias : bool, default True
        Whether each kernel has a bias.
    products : bool, default False
        Whether the table shows the products behind each partial sum.
    azimuth, elevation : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    channels: int = 3
    kernels: int = 2
    step: int = 0
    bias: bool = True
    products: bool = False
    azimuth: float = 25
    elevation: float = 26

    @property
    def steps(self) -> int:
        """Number of output pixels in all output channels."""
        return self.kernels * self.geometry.steps

    @property
    def kernel(self) -> int:
        """The kernel that is at work, and the output channel that it fills."""
        return self.step // self.geometry.steps

    @property
    def window(self) -> Window:
        """Where the kernel stands."""
        return self.geometry.window(self.step % self.geometry.steps)

    @property
    def weights(self) -> int:
        """Number of weights in one kernel."""
        rows, cols = self.geometry.kernel_size
        return self.channels * rows * cols

    @property
    def parameters(self) -> int:
        """Number of weights in all kernels, and biases where there are any."""
        return self.kernels * (self.weights + self.bias)

    @property
    def x(self) -> np.ndarray:
        """The input, shape (channels, rows, cols)."""
        rows, cols = self.geometry.input_shape
        return CHANNELS[: self.channels, :rows, :cols]

    @property
    def bank(self) -> np.ndarray:
        """The kernels, shape (kernels, channels, kernel rows, kernel cols)."""
        rows, cols = self.geometry.kernel_size
        return BANK[: self.kernels, : self.channels, :rows, :cols]

    @property
    def biases(self) -> np.ndarray:
        """One bias for each kernel, 0 where there are none."""
        return BIASES[: self.kernels] * self.bias

    @cached_property
    def y(self) -> np.ndarray:
        """The output, shape (kernels, output rows, output cols)."""
        return np.asarray(conv2d(self.x, self.bank, self.biases, **self.geometry.layout))

    @cached_property
    def arithmetic(self) -> Arithmetic:
        """How the current output pixel comes about."""
        _, rows, cols = self.window
        padded = np.pad(self.x, ((0, 0), *self.geometry.padding), constant_values=np.nan)
        down, across = np.ix_(rows, cols)
        patch = padded[:, down, across]
        kernel, bias = self.bank[self.kernel], float(self.biases[self.kernel])
        partial = (np.nan_to_num(patch) * kernel).sum(axis=(1, 2))
        return Arithmetic(patch, kernel, partial, bias, float(partial.sum()) + bias)
