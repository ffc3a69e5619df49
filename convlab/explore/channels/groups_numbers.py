"""Grouped convolution: which input channel reaches which output channel, and what that saves.

With g groups the channels are cut into g equal parts, and the kernels of each part span only the
input channels of their own part:

    weights = C_out · (C_in / g) · k²

g = 1 is the ordinary convolution; g = C_in is the depthwise one.
Source: S. Xie et al., *Aggregated residual transformations for deep neural networks*,
arXiv:1611.05431, section 3.3; A. Howard et al., *MobileNets*, arXiv:1704.04861, section 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MOST = 8
"""Channels on either side, at most."""


@dataclass(frozen=True)
class GroupsState:
    """A grouped convolution, and the output channel that is looked at.

    Parameters
    ----------
    inputs, outputs : int
        Channels in and out.
    groups : int
        Divides both.
    kernel : int
        Rows and columns of each kernel.
    output : int
    """

    inputs: int = 4
    outputs: int = 8
    groups: int = 2
    kernel: int = 3
    output: int = 0

    @property
    def thickness(self) -> int:
        """Input channels that each kernel spans."""
        return self.inputs // self.groups

    def sources(self, output: int) -> range:
        """Return the input channels that an output channel is computed from."""
        first = output // (self.outputs // self.groups) * self.thickness
        return range(first, first + self.thickness)

    @property
    def joined(self) -> np.ndarray:
        """Whether a weight joins them, shape (outputs, inputs): blocks along the diagonal."""
        mask = np.zeros((self.outputs, self.inputs), bool)
        for output in range(self.outputs):
            mask[output, self.sources(output)] = True
        return mask

    @property
    def weights(self) -> int:
        """Number of weights, without biases."""
        return self.outputs * self.thickness * self.kernel**2

    @property
    def ordinary(self) -> int:
        """Number of weights of the ordinary convolution between as many channels."""
        return self.weights * self.groups

    @property
    def depthwise(self) -> int:
        """Number of weights of one kernel on each input channel."""
        return self.inputs * self.kernel**2

    @property
    def mixing(self) -> int:
        """Number of weights of a 1×1 convolution between as many channels."""
        return self.inputs * self.outputs


def common_divisors(*counts: int) -> list[int]:
    """Return what divides all counts: the numbers of groups that are possible.

    Examples
    --------
    >>> common_divisors(4, 8), common_divisors(3, 8)
    ([1, 2, 4], [1])
    """
    return [n for n in range(1, min(counts) + 1) if not any(count % n for count in counts)]
