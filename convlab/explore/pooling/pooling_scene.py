"""Pooling in 3-D: each plane of the input becomes one plane of the output, and never another.

Forwards a window stands on every channel, at the same place, and each gives one number to its own
channel. Backwards the planes hold gradients, and each window hands its own back to the cells that
it looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from convlab.draw import palette
from convlab.draw.camera import Camera
from convlab.draw.cell_styles import PADDING
from convlab.draw.planes import input_mask, letters
from convlab.draw.scene import Scene, grid_lines
from convlab.draw.shapes import box
from convlab.draw.stacks import Look, Room, Stack, beam, paint, side_by_side, sides, swept
from convlab.draw.text import NOTHING, text_path
from convlab.draw.veil import Box
from convlab.explore.pooling import pooling_words as words
from convlab.explore.pooling.pooling_numbers import MAX, MOST, PoolingState
from convlab.formatting import plain

ROOM = Room(frame=(12, 18, 12, 52), between=84, largest=40, spread=1.3)
"""Between the stacks stands what each window gives, or hands back."""


class PoolingScene(Scene[PoolingState]):
    """Input planes, a window on each, and as many output planes, at one step."""

    def __init__(self, *, width: int = 540, height: int = 380) -> None:
        super().__init__(width, height)
        orange = palette.KERNEL
        self._legend = [self.text(moving=True) for _ in range(4)]
        dashes = PADDING | {"linewidths": 0.8}
        self._planes = [
            (self.lines(moving=True, **dashes), self.polygons(moving=True)) for _ in range(MOST)
        ]
        self._outputs = self.polygons(moving=True)
        self._beams = self.polygons(moving=True, alpha=0.1, edgecolors="none")
        self._joins = self.lines(moving=True, colors=palette.QUIET, linewidths=0.9)
        self._zeros = self.text(palette.MUTED, moving=True)
        self._numbers = self.text(moving=True)
        self._tags = self.polygons(moving=True, facecolors=palette.PAPER, linewidths=1.6)
        self._given = self.text(moving=True)
        self._notes = self.text(palette.DEEP[orange], moving=True)
        self._names = self.text(palette.MUTED, moving=True)

    def stacks(self, state: PoolingState) -> tuple[Stack, Stack]:
        """Return the stack of input planes and that of output planes, as they are laid out."""
        size, counts = (self.width, self.height), (state.channels, state.channels)
        return side_by_side(
            size, state.geometry, counts, Camera(state.azimuth, state.elevation), ROOM
        )

    def regions(self, state: PoolingState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the output, and its size above."""
        outputs = self.stacks(state)[1]
        left = outputs.camera.centre[0] - outputs.radius - 10
        title = (self.width - 150, 0, self.width, 34)
        return {**super().regions(state), "output": [(left, 34, self.width, self.height), title]}

    def pick(self, state: PoolingState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the step whose output cell is drawn at a place."""
        found = self.stacks(state)[1].cell_at(xy)
        if found is None:
            return None
        return {"step": found[1] * state.geometry.output_shape[1] + found[2]}

    def move(self, state: PoolingState) -> None:
        """Show both stacks and what passes between them."""
        inputs, outputs = self.stacks(state)
        self._draw_legend(state)
        self._draw_inputs(state, inputs)
        hue = palette.OUTPUT if state.forward else palette.GRADIENT
        paint(self._outputs, swept(outputs, [state.step] * state.channels, hue))
        self._draw_numbers(state, inputs, outputs)
        self._draw_between(state, inputs, outputs)

    def _draw_inputs(self, state: PoolingState, stack: Stack) -> None:
        """Draw the planes from the lowest to the highest, each over the one below."""
        geometry = state.geometry
        inside = input_mask(geometry)
        dashed = np.empty((0, 2, 2)) if inside.all() else grid_lines(*geometry.padded_shape)
        for slot, (lines, planes) in enumerate(self._planes):
            plane = state.channels - 1 - slot
            if plane < 0:
                lines.set_segments([])
                planes.set_verts([])
                continue
            lines.set_segments(stack.points(plane, dashed))
            kinds = _kinds(state, plane)[inside]
            cells = stack.cells(plane)[inside.ravel()]
            parts = [(cells[kinds == kind], look) for kind, look in enumerate(_looks(state))]
            # The frame lies below the chosen cell, and above the others.
            foot = self._foot(state, stack, plane)
            parts.insert(3, (foot[None], Look("none", palette.KERNEL, 2.6)))
            paint(planes, parts)

    @staticmethod
    def _foot(state: PoolingState, stack: Stack, plane: int) -> np.ndarray:
        """Return the corners, in pixels, of the window on one plane."""
        _, rows, cols = state.window
        return stack.block(plane, (rows[0], cols[0]), state.geometry.kernel_size)

    def _draw_numbers(self, state: PoolingState, inputs: Stack, outputs: Stack) -> None:
        geometry = state.geometry
        written: tuple[list[str], list[np.ndarray]] = ([], [])
        quiet: tuple[list[str], list[np.ndarray]] = ([], [])
        size, room = letters(inputs.camera, tall=0.74)
        digits = 2 if size >= 13 else 1  # short numbers are larger where there is little room
        middles = inputs.middles[input_mask(geometry).ravel()]
        for plane, values in enumerate(state.x if state.forward else state.grad_input):
            places = inputs.points(plane, middles)
            seen = inputs.visible(plane, middles, geometry.padding)
            for value, place in zip(values.ravel()[seen], places[seen], strict=True):
                texts, spots = written if state.forward or value else quiet
                texts.append(plain(round(value, digits)))
                spots.append(place)
        middles = outputs.middles
        for plane, values in enumerate(state.y if state.forward else state.grad_output):
            seen = outputs.visible(plane, middles)
            if state.forward:
                seen &= np.arange(len(seen)) <= state.step
            written[0].extend(plain(round(value, digits)) for value in values.ravel()[seen])
            written[1].extend(outputs.points(plane, middles[seen]))
        for patch, (texts, spots) in ((self._numbers, written), (self._zeros, quiet)):
            path = text_path(texts, np.array(spots), size, room=room) if size and texts else NOTHING
            patch.set_path(path)

    def _draw_between(self, state: PoolingState, inputs: Stack, outputs: Stack) -> None:
        """Draw, for each channel, what its window gives, and its way to its own plane."""
        pixel = state.window.pixel
        given = (state.y if state.forward else state.grad_output)[(slice(None), *pixel)]
        left = inputs.camera.centre[0] + inputs.radius + ROOM.between / 2
        tags = np.array([(left, inputs.middle(c)[1]) for c in range(state.channels)])
        right = np.array([21, 0])
        beams = []
        for plane, tag in enumerate(tags):
            beams.append(beam(self._foot(state, inputs, plane), tag - right))
            beams.append(beam(outputs.block(plane, pixel), tag + right))
        hue = palette.KERNEL if state.forward else palette.GRADIENT
        self._beams.set(verts=beams, facecolors=hue)
        self._joins.set_segments(sides(beams))
        self._tags.set_verts([box(tag, 21, 12) for tag in tags])
        self._tags.set_edgecolor(
            palette.OUTPUT if state.forward else palette.DEEP[palette.GRADIENT]
        )
        texts = [plain(value) for value in given]
        self._given.set_path(text_path(texts, tags, 14, room=36, bold=True))
        notes = [words.operation(state)] * state.channels
        self._notes.set_path(text_path(notes, tags + (0, 22), 13, bold=True))
        names = [words.channel(plane) for plane in range(state.channels)]
        self._names.set_path(text_path(names, inputs.margin(6), 12, align="left"))

    def _draw_legend(self, state: PoolingState) -> None:
        values, gradients = (palette.INPUT, palette.OUTPUT), (palette.GRADIENT,) * 2
        first, last = values if state.forward else gradients
        hues = [palette.DEEP[hue] for hue in (first, palette.KERNEL, last)] + [palette.MUTED]
        top, right = self.height - 16.0, self.width - 14.0
        places = [(14, top), (248, top), (right, top), (right, 13.0)]
        aligned = ("left", "center", "right", "right")
        for patch, text, hue, place, align in zip(
            self._legend, words.legend(state), hues, places, aligned, strict=True
        ):
            is_key = patch is self._legend[3]
            path = text_path(
                [text], np.array([place]), 13 if is_key else 14, align=align, bold=not is_key
            )
            patch.set_path(path)
            patch.set_facecolor(hue)


def _kinds(state: PoolingState, plane: int) -> np.ndarray:
    """Say of each padded cell which of the four `_looks` it has.

    1 holds a gradient and 3 is chosen as a maximum now; of the others, 0 is beside the window and
    2 is in it.
    """
    geometry = state.geometry
    kinds = np.zeros(geometry.padded_shape, int)
    if not state.forward:
        kinds[np.pad(state.grad_input[plane] != 0, geometry.padding)] = 1
    _, rows, cols = state.window
    chosen = (np.nan_to_num(state.share[plane]) != 0) & (state.kind == MAX)
    window = np.ix_(rows, cols)
    before = kinds[window] if state.kind == MAX else np.zeros_like(kinds[window])
    kinds[window] = np.where(chosen, 3, np.where(before == 1, 1, 2))
    return kinds


def _looks(state: PoolingState) -> list[Look]:
    """Return the looks of the four kinds of cells."""
    blue, orange, purple = palette.INPUT, palette.KERNEL, palette.GRADIENT
    alone = state.kind == MAX  # otherwise all cells of the window count alike
    if state.forward:
        beside = Look(palette.tint(blue, 0.22), blue)
        window = Look(palette.tint(orange, 0.22 if alone else 0.62), orange)
        return [beside, beside, window, Look(palette.tint(orange, 0.62), palette.INK, 2.4)]
    return [
        Look(palette.PAPER, palette.tint(purple, 0.6)),
        Look(palette.tint(purple, 0.3), purple),
        Look(palette.PAPER if alone else palette.tint(purple, 0.75), purple),
        Look(palette.tint(purple, 0.75), palette.INK, 2.4),
    ]
