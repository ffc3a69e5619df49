"""The sweep with thickness: a stack of input planes, one thick kernel, a stack of output planes.

Between the stacks stand the partial sums, one for each input channel, and their total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.patheffects import withStroke

from convlab.draw import palette
from convlab.draw.cell_styles import PADDING
from convlab.draw.planes import input_mask
from convlab.draw.scene import Artist, Scene, grid_lines
from convlab.draw.shapes import box, broken, discs
from convlab.draw.stacks import Look, Stack, beam, paint, sides, swept
from convlab.draw.text import NOTHING, joined, text_boxes, text_path
from convlab.draw.veil import Box
from convlab.explore.channels import channel_sweep_words as words
from convlab.explore.channels.channel_sweep_numbers import MOST, ChannelState
from convlab.explore.channels.channel_sweep_stacks import (
    HEIGHT,
    WIDTH,
    lettering,
    seen_inputs,
    stacks_of,
    uncrowded,
)
from convlab.formatting import plain
from convlab.geometry import Geometry

CLEAR = 2.5
"""Pixels between a line and what is written."""
APART = 40
"""Pixels from one partial sum to the next at least, so that their names have room."""


class ChannelScene(Scene[ChannelState]):
    """Input channels, one kernel across them all, and output channels, at one step."""

    def __init__(self, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(width, height)
        blue, orange, green = (
            palette.DEEP[hue] for hue in (palette.INPUT, palette.KERNEL, palette.OUTPUT)
        )
        self._legend = [self.text(hue) for hue in (blue, orange, green, palette.MUTED)]
        walls = {
            "facecolors": palette.tint(palette.KERNEL, 0.5),
            "alpha": 0.22,
            "edgecolors": orange,
            "linewidths": 1.0,
        }
        self._planes = [
            (
                self.lines(moving=True, **PADDING | {"linewidths": 0.8}),
                self.polygons(moving=True),
                self.polygons(moving=True, **walls),
            )
            for _ in range(MOST)
        ]
        self._outputs = self.polygons(moving=True)
        self._zeros = self.text(palette.MUTED, moving=True)
        self._numbers = self.text(moving=True)
        self._results = self.text(moving=True)
        self._beams = self.polygons(
            moving=True, facecolors=palette.KERNEL, alpha=0.09, edgecolors="none"
        )
        self._joins = self.lines(moving=True, colors=palette.INK, linewidths=0.9)
        self._wires = self.lines(moving=True, colors=palette.INK, linewidths=1.6)
        self._tags = self.polygons(
            moving=True, facecolors=palette.PAPER, edgecolors=palette.INK, linewidths=1.2
        )
        self._sums = self.text(moving=True)
        self._notes = self.text(orange, moving=True)
        halo = [withStroke(linewidth=3, foreground=palette.PAPER)]  # names may lie on beams
        self._sources = self.text(blue, moving=True, path_effects=halo)
        self._channels = self.text(green, moving=True)

    def stacks(self, state: ChannelState) -> tuple[Stack, Stack]:
        """Return the stack of input planes and that of output planes, as they are laid out."""
        return stacks_of(state, (self.width, self.height))

    def regions(self, state: ChannelState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the output, and the sizes above that tell of it."""
        outputs = self.stacks(state)[1]
        left = outputs.camera.centre[0] - outputs.radius - 10
        plane = (left, 40, self.width, self.height)
        kernel, output = (150, 0, 296, 34), (296, 0, 440, 34)
        hidden = {"output": [plane, output], "kernel and output": [plane, kernel, output]}
        return {**super().regions(state), **hidden}

    def pick(self, state: ChannelState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the step whose output cell is drawn at a place."""
        found = self.stacks(state)[1].cell_at(xy)
        return None if found is None else {"step": int(np.ravel_multi_index(found, state.y.shape))}

    def layout(self, state: ChannelState) -> tuple[Geometry, tuple[Stack, Stack]]:
        """Return what decides about the legend and the input's numbers."""
        return state.geometry, self.stacks(state)

    def lay_out(self, state: ChannelState) -> None:
        """Write the legend and the input's numbers."""
        self._draw_legend(state)
        self._draw_numbers(state, self.stacks(state)[0])

    def move(self, state: ChannelState) -> None:
        """Show where the kernel stands, and what comes of it."""
        inputs, outputs = self.stacks(state)
        self._draw_inputs(state, inputs)
        steps = [state.step - plane * state.geometry.steps for plane in range(state.kernels)]
        paint(self._outputs, swept(outputs, steps, palette.OUTPUT, over=True))
        results = self._draw_results(state, outputs)
        self._draw_sums(state, inputs, outputs, np.concatenate([self._in_the_way, results]))

    def _draw_inputs(self, state: ChannelState, stack: Stack) -> None:
        """Draw the planes from the lowest to the highest, each over the one below."""
        geometry = state.geometry
        _, rows, cols = state.window
        inside, read = input_mask(geometry), np.zeros(geometry.padded_shape, bool)
        read[np.ix_(rows, cols)] = True
        beside, under = (inside & ~read).ravel(), read.ravel()
        dashed = np.empty((0, 2, 2)) if inside.all() else grid_lines(*geometry.padded_shape)
        blue, orange = palette.INPUT, palette.KERNEL
        looks = [
            Look(palette.tint(blue, 0.22), blue),
            Look(palette.tint(orange, 0.62), orange),
            Look("none", orange, 2.4),
        ]
        for slot, (lines, planes, walls) in enumerate(self._planes):
            plane = state.channels - 1 - slot
            if plane < 0:
                lines.set_segments([])
                planes.set_verts([])
                walls.set_verts([])
                continue
            where, foot = stack.cells(plane), self._foot(state, stack, plane)
            lines.set_segments(stack.points(plane, dashed))
            paint(planes, zip((where[beside], where[under], foot[None]), looks, strict=True))
            above = self._foot(state, stack, plane - 1) if plane else foot
            quads = [(foot[i], foot[i - 1], above[i - 1], above[i]) for i in range(4)]
            walls.set_verts(np.array(quads) if plane else [])

    @staticmethod
    def _foot(state: ChannelState, stack: Stack, plane: int) -> np.ndarray:
        """Return the corners, in pixels, of what the kernel reaches over in one plane."""
        _, rows, cols = state.window
        return stack.block(plane, (rows[0], cols[0]), state.geometry.span)

    def _draw_numbers(self, state: ChannelState, stack: Stack) -> None:
        """Write the input's numbers, and the zeros around them, where no higher plane is.

        Padding hides nothing below it, so a zero gives way to what is written there.
        """
        inside, middles = input_mask(state.geometry).ravel(), stack.middles
        texts: list[str] = []
        spots, zeros = [], []
        for plane, values in enumerate(state.x):
            seen = seen_inputs(state, stack, plane)
            texts += [plain(v) for v in values.ravel()[seen[inside]]]
            spots.append(stack.points(plane, middles[seen & inside]))
            zeros.append(stack.points(plane, middles[seen & ~inside]))
        around = np.concatenate(zeros)
        numbers = self._write(self._numbers, stack, texts, np.concatenate(spots))
        padding = self._write(self._zeros, stack, ["0"] * len(around), around, clear=numbers)
        self._in_the_way = np.concatenate([numbers, padding])

    @staticmethod
    def _write(
        artist: Artist,
        stack: Stack,
        texts: list[str],
        places: np.ndarray,
        *,
        clear: np.ndarray | None = None,
    ) -> np.ndarray:
        """Write numbers where they have room, without those on `clear`; return their boxes."""
        size, room = lettering(stack)
        if not size:
            artist.set_path(NOTHING)
            return np.empty((0, 2, 2))
        boxes = text_boxes(texts, places, size, room=room)
        kept = np.ones(len(texts), bool) if clear is None else uncrowded(boxes, clear)
        shown = [text for text, keep in zip(texts, kept, strict=True) if keep]
        artist.set_path(text_path(shown, places[kept], size, room=room))
        return np.asarray(boxes[kept])

    def _draw_results(self, state: ChannelState, stack: Stack) -> np.ndarray:
        """Write the output's numbers, as far as the sweep has come, and return their boxes."""
        middles = stack.middles
        texts: list[str] = []
        spots = []
        for plane, values in enumerate(state.y[: state.kernel + 1]):
            seen = stack.visible(plane, middles)
            seen &= np.arange(len(seen)) + plane * state.geometry.steps <= state.step
            texts += [plain(v) for v in values.ravel()[seen]]
            spots.append(stack.points(plane, middles[seen]))
        return self._write(self._results, stack, texts, np.concatenate(spots))

    def _draw_sums(
        self, state: ChannelState, inputs: Stack, outputs: Stack, numbers: np.ndarray
    ) -> None:
        """Draw the partial sums beside their planes, the total, the bias, and what joins them.

        The lines of the beams leave out the `numbers`, given by the boxes about them.
        """
        arithmetic = state.arithmetic
        left = inputs.camera.centre[0] + inputs.radius
        node = np.array([left + 92, inputs.camera.centre[1]])
        tags = np.array([(left + 34, inputs.middle(c)[1]) for c in range(state.channels)])
        if state.channels > 1:
            tags[:, 1] = node[1] + (tags[:, 1] - node[1]) * max(1, APART / (tags[0] - tags[1])[1])
        right, up = np.array([18, 0]), np.array([0, 20])
        feet = [self._foot(state, inputs, plane) for plane in range(state.channels)]
        beams = [beam(foot, tag - right) for foot, tag in zip(feet, tags, strict=True)]
        beams.append(beam(outputs.block(state.kernel, state.window.pixel), node + (16, 0)))
        wires = [(tag + right, node) for tag in tags]
        boxes = [*(box(tag, 18, 11) for tag in tags), discs(node[None], 16, 32)[0]]
        texts = [plain(part) for part in arithmetic.partial] + ["Σ"]
        places = [*tags, node]
        top = np.array([left + 60, self.height - 46])
        notes, spots = [words.kernel_title(state)], [top]
        if state.bias:
            bias = node - (0, 52)
            wires.append((bias, node))
            boxes.append(box(bias, 15, 11))
            texts.append(words.signed(arithmetic.bias))
            places.append(bias)
            notes.append(words.bias_title())
            spots.append(bias - (0, 22))
        self._beams.set_verts(beams)
        self._wires.set_segments(wires)
        self._tags.set_verts(boxes)
        self._sums.set_path(text_path(texts, np.array(places), 14, room=34))
        self._notes.set_path(text_path(notes, np.array(spots), 13, bold=True))
        names = [*map(words.channel_title, range(state.channels))]
        self._sources.set_path(text_path(names, tags + right + up, 12, align="right"))
        self._joins.set_segments(broken(np.array(sides(beams)), numbers, CLEAR))
        self._draw_names(state, outputs)

    def _draw_names(self, state: ChannelState, stack: Stack) -> None:
        """Count the output's channels at their right edges, where nothing else is written."""
        middles = np.array([stack.middle(plane) for plane in range(state.kernels)])
        corners = stack.block(0, (0, 0), state.geometry.output_shape) - middles[0]
        edge, top = corners.max(axis=0)
        counted = text_path([*map(str, range(state.kernels))], middles + (edge + 9, 0), 12)
        above = np.array([middles[0] + (edge, top + 14)])
        title = text_path([words.channels_title(state)], above, 12, align="right")
        self._channels.set_path(joined([counted, title]))

    def _draw_legend(self, state: ChannelState) -> None:
        for index, (patch, text) in enumerate(zip(self._legend, words.legend(state), strict=True)):
            key = index == 3
            place = np.array([[self.width - 12 if key else 14 + index * 143, self.height - 16]])
            side = "right" if key else "left"
            written = text_path([text], place, 14 - key, room=136, align=side, bold=not key)
            patch.set_path(written)
