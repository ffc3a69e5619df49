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
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_styles import INPUT_CELLS, LOOK_HERE, OUTPUT_CELLS
from convlab.draw.scene import Scene
from convlab.draw.text import text_path

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


def common_divisors(*counts: int) -> list[int]:
    """Return what divides all counts: the numbers of groups that are possible.

    Examples
    --------
    >>> common_divisors(4, 8), common_divisors(3, 8)
    ([1, 2, 4], [1])
    """
    return [n for n in range(1, min(counts) + 1) if not any(count % n for count in counts)]


class GroupsScene(Scene):
    """Channels as planes at the left, joined where a weight joins them; the weight at the right."""

    def __init__(self, *, width: int = 560, height: int = 390) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._joins = self.lines(colors=palette.tint(orange, 0.75), linewidths=1.3)
        self._chosen = self.lines(colors=palette.DEEP[orange], linewidths=3.0)
        self._inputs = self.polygons(**INPUT_CELLS | {"linewidths": 1.3})
        self._outputs = self.polygons(**OUTPUT_CELLS | {"linewidths": 1.3})
        self._empty = self.polygons(
            facecolors=palette.PAPER,
            edgecolors=palette.QUIET,
            linewidths=0.7,
            linestyles=(0, (3, 3)),
        )
        self._filled = self.polygons(
            facecolors=palette.tint(orange, 0.5), edgecolors=palette.DEEP[orange], linewidths=0.7
        )
        self._fine = self.lines(colors=palette.DEEP[orange], linewidths=0.35)
        self._look = self.polygons(**LOOK_HERE | {"linewidths": 2.8})
        self._numbers = self.text()
        self._words = [self.text(palette.DEEP[hue]) for hue in (blue, orange, green)]

    def update(self, state: GroupsState) -> None:
        """Move the artists to show `state`."""
        self.changed()
        middle = (self.height - 44) / 2 + 8
        left = _column(66, middle, state.inputs)
        right = _column(212, middle, state.outputs)
        self._draw_network(state, left, right)
        self._draw_weight(state, middle)

    def _draw_network(self, state: GroupsState, left: np.ndarray, right: np.ndarray) -> None:
        ends = {
            output: [(left[i] + (20, 0), right[output] - (20, 0)) for i in state.sources(output)]
            for output in range(state.outputs)
        }
        chosen = ends.pop(state.output)
        self._joins.set_segments([line for lines in ends.values() for line in lines])
        self._chosen.set_segments(chosen)
        self._inputs.set_verts([_plane(place) for place in left])
        self._outputs.set_verts([_plane(place) for place in right])
        places = np.concatenate([left - (32, 0), right + (32, 0)])
        names = [*map(str, range(state.inputs)), *map(str, range(state.outputs))]
        self._numbers.set_path(text_path(names, places, 14))
        top = self.height - 18
        self._words[0].set_path(_words("input", 66, top))
        self._words[2].set_path(_words("output", 212, top))
        self._words[1].set_path(_words("weight: one row per kernel", 420, top))

    def _draw_weight(self, state: GroupsState, middle: float) -> None:
        side = min(250 / state.inputs, 300 / state.outputs, 44)
        corner = np.array([424 - side * state.inputs / 2, middle + side * state.outputs / 2])
        joined = state.joined
        boxes = np.array(
            [[_cell(corner, side, row, col) for col in range(state.inputs)]
             for row in range(state.outputs)]
        )  # fmt: skip
        self._filled.set_verts(boxes[joined])
        self._empty.set_verts(boxes[~joined])
        cuts = np.linspace(0, 1, state.kernel + 1)[1:-1, None]
        fine = []
        for low_left, low_right, high_right, high_left in boxes[joined]:
            fine += zip(low_left + cuts * (low_right - low_left),
                        high_left + cuts * (high_right - high_left), strict=True)  # fmt: skip
            fine += zip(low_left + cuts * (high_left - low_left),
                        low_right + cuts * (high_right - low_right), strict=True)  # fmt: skip
        self._fine.set_segments(fine)
        names = [*map(str, range(state.outputs)), *map(str, range(state.inputs))]
        beside = boxes[:, 0, 3] + np.array([-10, -0.47 * side])
        above = boxes[0, :, 3] + np.array([0.47 * side, 11])
        self._numbers.set_path(
            Path.make_compound_path(
                self._numbers.get_path(),
                text_path(names, np.concatenate([beside, above]), 13),
            )
        )
        row = boxes[state.output]
        self._look.set_verts([np.array([row[0][0], row[-1][1], row[-1][2], row[0][3]])])


def _column(x: float, middle: float, count: int) -> np.ndarray:
    """Return the middles of planes in a column, the first one on top."""
    step = min(42.0, 320 / count)
    return np.column_stack(
        [np.full(count, x), middle + step * ((count - 1) / 2 - np.arange(count))]
    )


def _plane(place: np.ndarray) -> np.ndarray:
    return place + np.array([[-22, -8], [10, -8], [22, 8], [-10, 8]])


def _cell(corner: np.ndarray, side: float, row: int, col: int) -> np.ndarray:
    shape = np.array([[0, -1], [1, -1], [1, 0], [0, 0]])
    return corner + side * (np.array([col, -row]) + shape * 0.94)


def _words(text: str, x: float, y: float):
    return text_path([text], np.array([[x, y]]), 14, bold=True)
