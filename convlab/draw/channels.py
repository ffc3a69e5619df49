"""The sweep with thickness: a stack of input planes, one thick kernel, a stack of output planes.

Channel 0 lies on top of its stack. Each stack turns about its own axis, so that neither ever
hides the other; between them stand the partial sums, one for each input channel, and their total.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.colors import to_rgba_array
from matplotlib.patches import PathPatch
from numpy.typing import ArrayLike

from convlab.convolution import conv2d
from convlab.draw import palette
from convlab.draw.camera import Camera
from convlab.draw.lettering import NOTHING, lettering, plain
from convlab.draw.planes import CORNERS, Stack, grid_cells, letters
from convlab.draw.scene import Scene, grid_lines
from convlab.geometry import Geometry, Window

MOST = 4
"""Planes in a stack, at most."""
MIDDLE = 124
"""Pixels between the stacks: the sums stand there."""
FRAME = (14, 20, 14, 50)
"""Pixels left free at the left, the bottom, the right and the top."""


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
    turn, tilt : float
        Of the camera, in degrees.
    """

    geometry: Geometry
    channels: int = 3
    kernels: int = 2
    step: int = 0
    bias: bool = True
    turn: float = 25
    tilt: float = 26

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
        rows, cols = self.geometry.kernel_shape
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
        dashes = {"colors": palette.QUIET, "linewidths": 0.8, "linestyles": (0, (3, 2.5))}
        self._legend = [
            self.writing(palette.DEEP[hue]) for hue in (palette.INPUT, orange, green)
        ] + [self.writing(palette.QUIET)]
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
        for sides, (_, cells_) in zip(self._sides, self._planes, strict=True):
            sides.set_zorder(cells_.get_zorder() + 0.5)
        self._moving.sort(key=lambda artist: artist.get_zorder())
        self._outputs = self.polygons(moving=True)
        self._zeros = self.writing(palette.QUIET, moving=True)
        self._numbers = self.writing(moving=True)
        self._results = self.writing(moving=True)
        self._beams = self.polygons(moving=True, facecolors=orange, alpha=0.09, edgecolors="none")
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=0.9)
        self._wires = self.lines(moving=True, colors=palette.INK, linewidths=1.6)
        self._tags = self.polygons(
            moving=True, facecolors=palette.PAPER, edgecolors=palette.INK, linewidths=1.2
        )
        self._sums = self.writing(moving=True)
        self._notes = self.writing(palette.DEEP[orange], moving=True)
        self._sources = self.writing(palette.DEEP[palette.INPUT], moving=True)
        self._channels = self.writing(palette.DEEP[green], moving=True)

    def values(self, state: ChannelState) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return the input, the kernels, their biases and the output."""
        (rows, cols), (height, width) = state.geometry.input_shape, state.geometry.kernel_shape
        x = self.x[: state.channels, :rows, :cols]
        weight = self.weight[: state.kernels, : state.channels, :height, :width]
        bias = self.bias[: state.kernels] * state.bias
        layout = {name: getattr(state.geometry, name) for name in ("stride", "padding", "dilation")}
        return x, weight, bias, conv2d(x, weight, bias, **layout)

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
        return _stacks(
            (self.width, self.height),
            state.geometry,
            state.channels,
            state.kernels,
            Camera(state.turn, state.tilt),
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
        layout = (state.geometry, inputs, outputs)
        if self.is_new(layout):
            self._draw_legend(state)
            self._draw_numbers(state.geometry, inputs, x)
        self._draw_inputs(state, inputs)
        self._draw_outputs(state, outputs)
        self._draw_results(state, outputs, y)
        self._draw_sums(state, inputs, outputs)

    def _draw_inputs(self, state: ChannelState, stack: Stack) -> None:
        """Draw the planes from the lowest to the highest, each over the one below."""
        geometry = state.geometry
        _, rows, cols = state.window
        inside = _inside(geometry).ravel()
        under = np.zeros(geometry.padded_shape, bool)
        under[np.ix_(rows, cols)] = True
        under = under.ravel()
        padded = geometry.padded_shape != geometry.input_shape
        dashed = grid_lines(*geometry.padded_shape) if padded else np.empty((0, 2, 2))
        blue, orange = palette.INPUT, palette.KERNEL
        count, taps = int((inside & ~under).sum()), int(under.sum())
        faces = _rgba([palette.tint(blue, 0.22), palette.tint(orange, 0.62)], [count, taps])
        edges = _rgba([blue, orange], [count, taps + 1])
        widths = [1.0] * (count + taps) + [2.4]
        for slot, (lines, planes) in enumerate(self._planes):
            plane = state.channels - 1 - slot
            if plane < 0:
                lines.set_segments([])
                planes.set_verts([])
                self._sides[slot].set_verts([])
                continue
            where, foot = stack.cells(plane), self._foot(state, stack, plane)
            lines.set_segments(stack.points(plane, dashed))
            planes.set_verts(np.concatenate([where[inside & ~under], where[under], foot[None]]))
            planes.set_facecolor(np.concatenate([faces, np.zeros((1, 4))]))
            planes.set_edgecolor(edges)
            planes.set_linewidth(widths)
            if plane:
                above = self._foot(state, stack, plane - 1)
                sides = [(foot[i], foot[i - 1], above[i - 1], above[i]) for i in range(4)]
                self._sides[slot].set_verts(np.array(sides))
            else:
                self._sides[slot].set_verts([])

    @staticmethod
    def _foot(state: ChannelState, stack: Stack, plane: int) -> np.ndarray:
        """Return the corners, in pixels, of what the kernel reaches over in one plane."""
        _, rows, cols = state.window
        return stack.points(plane, np.array([rows[0], cols[0]]) + CORNERS * state.geometry.span)

    def _draw_outputs(self, state: ChannelState, stack: Stack) -> None:
        green = palette.OUTPUT
        shades = [palette.tint(green, 0.3), palette.PAPER, palette.tint(green, 0.75)]
        rims = [green, palette.tint(green, 0.6), palette.INK]
        quads, counts = [], []
        for plane in reversed(range(state.kernels)):
            where = stack.cells(plane)
            done = min(max(state.step - plane * state.geometry.steps, 0), len(where))
            quads.append(where)
            counts += [done, len(where) - done, 0]
            if plane == state.kernel:
                quads.append(where[done : done + 1])
                counts[-1] = 1
        self._outputs.set_verts(np.concatenate(quads))
        self._outputs.set_facecolor(_rgba(shades * state.kernels, counts))
        self._outputs.set_edgecolor(_rgba(rims * state.kernels, counts))
        self._outputs.set_linewidth(np.repeat([1.0, 1.0, 2.0] * state.kernels, counts))

    def _draw_numbers(self, geometry: Geometry, stack: Stack, x: np.ndarray) -> None:
        """Write the input's numbers, and the zeros around them, where no higher plane is."""
        inside = _inside(geometry).ravel()
        middles = np.column_stack(grid_cells(geometry.padded_shape)) + 0.5
        texts: list[str] = []
        spots, zeros = [], []
        for plane, values in enumerate(x):
            seen = stack.visible(plane, middles, geometry.padding)
            texts += [plain(v) for v in values.ravel()[seen[inside]]]
            spots.append(stack.points(plane, middles[seen & inside]))
            zeros.append(stack.points(plane, middles[seen & ~inside]))
        around = np.concatenate(zeros)
        _write(self._numbers, stack.camera, texts, np.concatenate(spots))
        _write(self._zeros, stack.camera, ["0"] * len(around), around)

    def _draw_results(self, state: ChannelState, stack: Stack, y: np.ndarray) -> None:
        """Write the output's numbers, as far as the sweep has come."""
        middles = np.column_stack(grid_cells(state.geometry.output_shape)) + 0.5
        texts: list[str] = []
        spots = []
        for plane, values in enumerate(y[: state.kernel + 1]):
            seen = stack.visible(plane, middles, ((0, 0), (0, 0)))
            seen &= np.arange(len(seen)) + plane * state.geometry.steps <= state.step
            texts += [plain(v) for v in values.ravel()[seen]]
            spots.append(stack.points(plane, middles[seen]))
        _write(self._results, stack.camera, texts, np.concatenate(spots))

    def _draw_sums(self, state: ChannelState, inputs: Stack, outputs: Stack) -> None:
        """Draw the partial sums beside their planes, the total, the bias, and what joins them."""
        arithmetic = self.arithmetic(state)
        left = inputs.camera.centre[0] + inputs.radius
        tags = np.array([(left + 34, inputs.middle(c)[1]) for c in range(state.channels)])
        node = np.array([left + 92, inputs.camera.centre[1]])
        right, up = np.array([18, 0]), np.array([0, 20])
        beams, joins = [], []
        for plane, tag in enumerate(tags):
            _reach(self._foot(state, inputs, plane), tag - right, beams, joins)
        pixel = outputs.points(state.kernel, np.array(state.window.pixel) + CORNERS)
        _reach(pixel, node + np.array([16, 0]), beams, joins)
        wires = [(tag + right, node) for tag in tags]
        boxes = [_box(tag, 18, 11) for tag in tags] + [_disc(node, 16)]
        texts = [plain(part) for part in arithmetic.partial] + ["Σ"]
        places = [*tags, node]
        top = np.array([left + 60, self.height - 46])
        notes, spots = [f"kernel {state.kernel}"], [top]
        if state.bias:
            bias = node - (0, 52)
            wires.append((bias, node))
            boxes.append(_box(bias, 15, 11))
            texts.append(_signed(arithmetic.bias))
            places.append(bias)
            notes.append("bias")
            spots.append(bias - (0, 22))
        self._beams.set_verts(beams)
        self._joins.set_segments(joins)
        self._wires.set_segments(wires)
        self._tags.set_verts(boxes)
        self._sums.set_path(lettering(texts, np.array(places), 14, room=34))
        self._notes.set_path(lettering(notes, np.array(spots), 13, bold=True))
        names = [f"channel {plane}" for plane in range(state.channels)]
        self._sources.set_path(lettering(names, tags + right + up, 12, align="right"))
        corner = np.array([-outputs.radius, outputs.radius * np.sin(np.radians(state.tilt)) - 4])
        names = [f"channel {plane}" for plane in range(state.kernels)]
        spots = [outputs.middle(plane) + corner for plane in range(state.kernels)]
        self._channels.set_path(lettering(names, np.array(spots), 12, align="left"))

    def _draw_legend(self, state: ChannelState) -> None:
        geometry = state.geometry
        shapes = {
            "input": (state.channels, *geometry.input_shape),
            "kernel": (state.channels, *geometry.kernel_shape),
            "output": (state.kernels, *geometry.output_shape),
        }
        texts = [f"{name} {' × '.join(map(str, shape))}" for name, shape in shapes.items()]
        padded = geometry.padded_shape != geometry.input_shape
        texts.append("dashed: padding" if padded else "")
        for index, (patch, text) in enumerate(zip(self._legend, texts, strict=True)):
            key = index == 3
            place = np.array([[self.width - 12 if key else 14 + index * 143, self.height - 16]])
            side = "right" if key else "left"
            patch.set_path(lettering([text], place, 14 - key, align=side, bold=not key))


@lru_cache(maxsize=8)
def _stacks(
    size: tuple[int, int], geometry: Geometry, channels: int, kernels: int, camera: Camera
) -> tuple[Stack, Stack]:
    """Lay two stacks side by side, as large as they can be, without planes hiding each other.

    Both have the same zoom. Planes are spread until none covers the next, or the room is used up.
    """
    width, height = size[0] - FRAME[0] - FRAME[2], size[1] - FRAME[1] - FRAME[3]
    tilt = np.radians(camera.tilt)
    shapes = geometry.padded_shape, geometry.output_shape
    across = [float(np.hypot(*shape)) for shape in shapes]
    deep = max(geometry.input_shape) * np.sin(tilt)
    most = max(channels, kernels)
    room = max(across) * np.sin(tilt) + (most - 1) * deep * 0.6
    zoom = min((width - MIDDLE) / sum(across), height / room, 46)
    spare = height - max(across) * np.sin(tilt) * zoom
    spread = min(1.2 * deep * zoom, spare / max(most - 1, 1))
    gap = float(spread / (zoom * np.cos(tilt)))
    left = FRAME[0] + (width - MIDDLE - zoom * sum(across)) / 2
    middle = FRAME[1] + height / 2
    centres = (left + zoom * across[0] / 2, left + zoom * (across[0] + across[1] / 2) + MIDDLE)
    placed = [Camera(camera.turn, camera.tilt, zoom, (centre, middle)) for centre in centres]
    return (
        Stack(placed[0], shapes[0], channels, gap),
        Stack(placed[1], shapes[1], kernels, gap),
    )


def _inside(geometry: Geometry) -> np.ndarray:
    """Return a mask over the padded input: true where it is input, false on the padding."""
    mask = np.zeros(geometry.padded_shape, bool)
    (top, _), (left, _) = geometry.padding
    rows, cols = geometry.input_shape
    mask[top : top + rows, left : left + cols] = True
    return mask


def _reach(quad: np.ndarray, tip: np.ndarray, beams: list, joins: list) -> None:
    """Add the beam from a quadrilateral to a point, and the two lines that bound it."""
    away = quad.mean(axis=0) - tip
    turned = (quad - tip) @ np.array([[away[0], -away[1]], [away[1], away[0]]])
    angles = np.arctan2(turned[:, 1], turned[:, 0])
    ends = quad[[angles.argmin(), angles.argmax()]]
    beams.append(np.array([tip, *ends]))
    joins += [(tip, end) for end in ends]


def _write(patch: PathPatch, camera: Camera, texts: list[str], spots: np.ndarray) -> None:
    """Write numbers into cells; nothing where the cells are too small."""
    size, room = letters(camera, tall=0.74)
    patch.set_path(lettering(texts, spots, size, room=room) if size else NOTHING)


def _rgba(colours: list[str], counts: list[int]) -> np.ndarray:
    """Return each colour as often as it is counted; matplotlib reads names far more slowly."""
    return np.repeat(to_rgba_array(colours), counts, axis=0)


def _box(middle: np.ndarray, wide: float, high: float) -> np.ndarray:
    return middle + np.array([[-wide, -high], [wide, -high], [wide, high], [-wide, high]])


def _disc(middle: np.ndarray, radius: float) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    return middle + radius * np.column_stack([np.cos(angles), np.sin(angles)])


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + plain(value)
