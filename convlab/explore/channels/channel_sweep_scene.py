"""The sweep with thickness: a stack of input planes, one thick kernel, a stack of output planes.

Between the stacks stand the partial sums, one for each input channel, and their total.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from matplotlib.patheffects import withStroke
from numpy.typing import ArrayLike

from convlab.convolution import conv2d
from convlab.draw import palette
from convlab.draw.camera import Camera
from convlab.draw.cell_styles import PADDING
from convlab.draw.planes import input_mask, written
from convlab.draw.scene import Scene, grid_lines
from convlab.draw.shapes import box, discs
from convlab.draw.stacks import Look, Room, Stack, beam, paint, side_by_side, sides, swept
from convlab.draw.text import text_path
from convlab.formatting import plain
from convlab.geometry import Geometry, Window

MOST = 4
"""Planes in a stack, at most."""
TALL = 0.74
"""The numbers, as a share of the height of a cell."""
ROOM = Room(frame=(14, 20, 14, 50), between=124, largest=46, spread=1.2)
"""The sums stand between the stacks."""


@dataclass(frozen=True)
class ChannelState:
    """Everything that the thick sweep shows.

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
    azimuth, elevation : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    channels: int = 3
    kernels: int = 2
    step: int = 0
    bias: bool = True
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


class ChannelScene(Scene):
    """Input channels, one kernel across them all, and output channels, at one step.

    Parameters
    ----------
    x : array_like, shape (channels, rows, cols)
    weight : array_like, shape (out, in, rows, cols)
    bias : array_like, shape (out,)
        At most four channels and four kernels; a state that asks for less gets the first ones.
    """

    def __init__(
        self,
        x: ArrayLike,
        weight: ArrayLike,
        bias: ArrayLike,
        *,
        width: int = 560,
        height: int = 400,
    ) -> None:
        super().__init__(width, height)
        self.x, self.weight, self.bias = (np.asarray(a, float) for a in (x, weight, bias))
        orange, green = palette.KERNEL, palette.OUTPUT
        dashes = PADDING | {"linewidths": 0.8}
        self._legend = [self.text(palette.DEEP[hue]) for hue in (palette.INPUT, orange, green)] + [
            self.text(palette.QUIET)
        ]
        self._planes = [
            (self.lines(moving=True, **dashes), self.polygons(moving=True)) for _ in range(MOST)
        ]
        self._sides = [
            self.polygons(
                moving=True,
                facecolors=palette.tint(orange, 0.5),
                alpha=0.22,
                edgecolors=palette.DEEP[orange],
                linewidths=1.0,
            )
            for _ in range(MOST)
        ]
        for walls, (_, cells_) in zip(self._sides, self._planes, strict=True):
            walls.set_zorder(cells_.get_zorder() + 0.5)
        self._moving.sort(key=lambda artist: artist.get_zorder())
        self._outputs = self.polygons(moving=True)
        self._zeros = self.text(palette.QUIET, moving=True)
        self._numbers = self.text(moving=True)
        self._results = self.text(moving=True)
        self._beams = self.polygons(moving=True, facecolors=orange, alpha=0.09, edgecolors="none")
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=0.9)
        self._wires = self.lines(moving=True, colors=palette.INK, linewidths=1.6)
        self._tags = self.polygons(
            moving=True, facecolors=palette.PAPER, edgecolors=palette.INK, linewidths=1.2
        )
        self._sums = self.text(moving=True)
        self._notes = self.text(palette.DEEP[orange], moving=True)
        halo = [withStroke(linewidth=3, foreground=palette.PAPER)]  # names may lie on planes
        self._sources = self.text(palette.DEEP[palette.INPUT], moving=True, path_effects=halo)
        self._channels = self.text(palette.DEEP[green], moving=True, path_effects=halo)

    def values(self, state: ChannelState) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return the input, the kernels, their biases and the output."""
        (rows, cols), (height, width) = state.geometry.input_shape, state.geometry.kernel_size
        x = self.x[: state.channels, :rows, :cols]
        weight = self.weight[: state.kernels, : state.channels, :height, :width]
        bias = self.bias[: state.kernels] * state.bias
        return x, weight, bias, conv2d(x, weight, bias, **state.geometry.layout)

    def arithmetic(self, state: ChannelState) -> Arithmetic:
        """Return how the current output pixel comes about."""
        x, weight, bias, _ = self.values(state)
        _, rows, cols = state.window
        padded = np.pad(x, ((0, 0), *state.geometry.padding), constant_values=np.nan)
        patch = padded[(slice(None), *np.ix_(rows, cols))]
        kernel = weight[state.kernel]
        partial = (np.nan_to_num(patch) * kernel).sum(axis=(1, 2))
        own = float(bias[state.kernel])
        return Arithmetic(patch, kernel, partial, own, float(partial.sum()) + own)

    def stacks(self, state: ChannelState) -> tuple[Stack, Stack]:
        """Return the stack of input planes and that of output planes, as they are laid out."""
        size, counts = (self.width, self.height), (state.channels, state.kernels)
        return side_by_side(
            size, state.geometry, counts, Camera(state.azimuth, state.elevation), ROOM
        )

    def step_at(self, state: ChannelState, pixel: tuple[float, float]) -> int | None:
        """Return the step whose output cell is drawn at a pixel (from the lower left), or None."""
        found = self.stacks(state)[1].cell_at(pixel)
        return None if found is None else int(np.ravel_multi_index(found, self._shape(state)))

    @staticmethod
    def _shape(state: ChannelState) -> tuple[int, int, int]:
        return state.kernels, *state.geometry.output_shape

    def update(self, state: ChannelState) -> None:
        """Move the artists to show `state`."""
        inputs, outputs = self.stacks(state)
        x, _, _, y = self.values(state)
        if self.is_new(state.geometry, inputs, outputs):
            self._draw_legend(state)
            self._draw_numbers(state.geometry, inputs, x)
        self._draw_inputs(state, inputs)
        steps = [state.step - plane * state.geometry.steps for plane in range(state.kernels)]
        paint(self._outputs, swept(outputs, steps, palette.OUTPUT, over=True))
        self._draw_results(state, outputs, y)
        self._draw_sums(state, inputs, outputs)

    def _draw_inputs(self, state: ChannelState, stack: Stack) -> None:
        """Draw the planes from the lowest to the highest, each over the one below."""
        geometry = state.geometry
        _, rows, cols = state.window
        inside, under = input_mask(geometry), np.zeros(geometry.padded_shape, bool)
        under[np.ix_(rows, cols)] = True
        beside, under = (inside & ~under).ravel(), under.ravel()
        dashed = np.empty((0, 2, 2)) if inside.all() else grid_lines(*geometry.padded_shape)
        blue, orange = palette.INPUT, palette.KERNEL
        looks = [
            Look(palette.tint(blue, 0.22), blue),
            Look(palette.tint(orange, 0.62), orange),
            Look("none", orange, 2.4),
        ]
        for slot, (lines, planes) in enumerate(self._planes):
            plane = state.channels - 1 - slot
            if plane < 0:
                lines.set_segments([])
                planes.set_verts([])
                self._sides[slot].set_verts([])
                continue
            where, foot = stack.cells(plane), self._foot(state, stack, plane)
            lines.set_segments(stack.points(plane, dashed))
            paint(planes, zip((where[beside], where[under], foot[None]), looks, strict=True))
            if plane:
                above = self._foot(state, stack, plane - 1)
                walls = [(foot[i], foot[i - 1], above[i - 1], above[i]) for i in range(4)]
                self._sides[slot].set_verts(np.array(walls))
            else:
                self._sides[slot].set_verts([])

    @staticmethod
    def _foot(state: ChannelState, stack: Stack, plane: int) -> np.ndarray:
        """Return the corners, in pixels, of what the kernel reaches over in one plane."""
        _, rows, cols = state.window
        return stack.block(plane, (rows[0], cols[0]), state.geometry.span)

    def _draw_numbers(self, geometry: Geometry, stack: Stack, x: np.ndarray) -> None:
        """Write the input's numbers, and the zeros around them, where no higher plane is."""
        inside, middles = input_mask(geometry).ravel(), stack.middles
        texts: list[str] = []
        spots, zeros = [], []
        for plane, values in enumerate(x):
            seen = stack.visible(plane, middles, geometry.padding)
            texts += [plain(v) for v in values.ravel()[seen[inside]]]
            spots.append(stack.points(plane, middles[seen & inside]))
            zeros.append(stack.points(plane, middles[seen & ~inside]))
        around = np.concatenate(zeros)
        self._numbers.set_path(written(stack.camera, texts, np.concatenate(spots), tall=TALL))
        self._zeros.set_path(written(stack.camera, ["0"] * len(around), around, tall=TALL))

    def _draw_results(self, state: ChannelState, stack: Stack, y: np.ndarray) -> None:
        """Write the output's numbers, as far as the sweep has come."""
        middles = stack.middles
        texts: list[str] = []
        spots = []
        for plane, values in enumerate(y[: state.kernel + 1]):
            seen = stack.visible(plane, middles)
            seen &= np.arange(len(seen)) + plane * state.geometry.steps <= state.step
            texts += [plain(v) for v in values.ravel()[seen]]
            spots.append(stack.points(plane, middles[seen]))
        self._results.set_path(written(stack.camera, texts, np.concatenate(spots), tall=TALL))

    def _draw_sums(self, state: ChannelState, inputs: Stack, outputs: Stack) -> None:
        """Draw the partial sums beside their planes, the total, the bias, and what joins them."""
        arithmetic = self.arithmetic(state)
        left = inputs.camera.centre[0] + inputs.radius
        tags = np.array([(left + 34, inputs.middle(c)[1]) for c in range(state.channels)])
        node = np.array([left + 92, inputs.camera.centre[1]])
        right, up = np.array([18, 0]), np.array([0, 20])
        feet = [self._foot(state, inputs, plane) for plane in range(state.channels)]
        beams = [beam(foot, tag - right) for foot, tag in zip(feet, tags, strict=True)]
        beams.append(beam(outputs.block(state.kernel, state.window.pixel), node + (16, 0)))
        wires = [(tag + right, node) for tag in tags]
        boxes = [*(box(tag, 18, 11) for tag in tags), discs(node[None], 16, 32)[0]]
        texts = [plain(part) for part in arithmetic.partial] + ["Σ"]
        places = [*tags, node]
        top = np.array([left + 60, self.height - 46])
        notes, spots = [f"kernel {state.kernel}"], [top]
        if state.bias:
            bias = node - (0, 52)
            wires.append((bias, node))
            boxes.append(box(bias, 15, 11))
            texts.append(_signed(arithmetic.bias))
            places.append(bias)
            notes.append("bias")
            spots.append(bias - (0, 22))
        self._beams.set_verts(beams)
        self._joins.set_segments(sides(beams))
        self._wires.set_segments(wires)
        self._tags.set_verts(boxes)
        self._sums.set_path(text_path(texts, np.array(places), 14, room=34))
        self._notes.set_path(text_path(notes, np.array(spots), 13, bold=True))
        names = [f"channel {plane}" for plane in range(state.channels)]
        self._sources.set_path(text_path(names, tags + right + up, 12, align="right"))
        names = [f"channel {plane}" for plane in range(state.kernels)]
        self._channels.set_path(text_path(names, outputs.margin(4), 12, align="left"))

    def _draw_legend(self, state: ChannelState) -> None:
        geometry = state.geometry
        shapes = {
            "input": (state.channels, *geometry.input_shape),
            "kernel": (state.channels, *geometry.kernel_size),
            "output": (state.kernels, *geometry.output_shape),
        }
        texts = [f"{name} {' × '.join(map(str, shape))}" for name, shape in shapes.items()]
        padded = geometry.padded_shape != geometry.input_shape
        texts.append("dashed: padding" if padded else "")
        for index, (patch, text) in enumerate(zip(self._legend, texts, strict=True)):
            key = index == 3
            place = np.array([[self.width - 12 if key else 14 + index * 143, self.height - 16]])
            side = "right" if key else "left"
            patch.set_path(text_path([text], place, 14 - key, align=side, bold=not key))


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + plain(value)
