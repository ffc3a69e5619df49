"""From a colour picture to one output channel: what the pictures of thick kernels share."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import Array
from convlab.draw import palette
from convlab.draw.scene import Artist, S, Scene
from convlab.draw.shapes import discs
from convlab.draw.text import joined, text_path
from convlab.explore.channels.kernel_bank_numbers import COLOURS, displayed, picture
from convlab.formatting import say

Style = dict[str, Any]
SMALL = (89, 104)
LARGE = (178, 208)
"""Width and height of the pictures, on the page; the small ones show every other pixel."""
ROWS = (272, 148, 24)
"""The lower edges of the pictures of the three channels."""
NODE, NODE_RADIUS = np.array([414.5, ROWS[1] + SMALL[1] / 2]), 11
"""Where the partial results meet."""
WIRE: Style = {"colors": palette.QUIET, "linewidths": 1.3}
DISC: Style = {"facecolors": palette.PAPER, "edgecolors": palette.INK, "linewidths": 1.3}


class Label(NamedTuple):
    """A word on the picture: where it begins, its size (from 14 on it is bold), its room."""

    text: str
    left: float
    middle: float
    size: float = 14
    room: float | None = None


class PictureScene(Scene[S]):
    """From the picture to one output channel, in columns from left to right."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height, photographic=True)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._wires, self._node = self.lines(**WIRE), self.polygons(**DISC)
        self._signs = self.text()
        self._photo = self._place(8, ROWS[1], SMALL)
        self._channels = [self._place(112, row, SMALL) for row in ROWS]
        self._partial = [self._place(300, row, SMALL, moving=True) for row in ROWS]
        self._output = self._place(440, ROWS[1] + (SMALL[1] - LARGE[1]) / 2, LARGE, moving=True)
        self._cells = self.polygons(
            moving=True,
            facecolors=palette.tint(orange, 0.5),
            edgecolors=palette.DEEP[orange],
            linewidths=1.0,
        )
        self._weights = self.text(moving=True)
        self._frames = self.polygons(moving=True, facecolors="none", linewidths=1.6)
        self._titles = {
            hue: self.text(palette.DEEP[hue], moving=hue is not blue)
            for hue in (blue, orange, green)
        }
        self._photo.set_data(_bytes(np.moveaxis(picture(), 0, -1)))
        for image, channel in zip(self._channels, picture(), strict=True):
            image.set_data(grey(channel[::2, ::2]))
        self._pipeline = [(i, blue) for i in (self._photo, *self._channels)]
        self._pipeline += [(i, orange) for i in self._partial] + [(self._output, green)]

    def _place(
        self, left: float, bottom: float, size: tuple[float, float], *, moving: bool = False
    ) -> Artist:
        image = self.pixels(moving=moving)
        image.set_extent((left, left + size[0], bottom, bottom + size[1]))
        return image

    def _show(self, weights: list[list[list[str]]], partial: Array, total: Array) -> None:
        """Show a kernel, given as it is written, with its partial results and their sum."""
        parts, whole = displayed(partial, total)
        for image, values in zip(self._partial, parts, strict=True):
            image.set_data(grey(values[::2, ::2]))
        self._output.set_data(grey(whole))
        quads, texts, places = [], [], []
        for row, cells in zip(ROWS, weights, strict=True):
            side = 22 if len(cells) > 1 else 46
            corner = np.array([249 - side * len(cells[0]) / 2, row + 52 + side * len(cells) / 2])
            for (down, across), text in np.ndenumerate(np.array(cells)):
                left, top = corner + side * np.array([across, -down])
                quads.append(block(left, top - side, side, side))
                texts.append(text)
                places.append((left + side / 2, top - side / 2))
        self._cells.set_verts(quads)
        letters = 13 if len(weights[0]) > 1 else 15
        self._weights.set_path(text_path(texts, np.array(places), letters, room=40))

    def _frame(self, *further: tuple[Artist, str]) -> None:
        """Frame the pictures, and further ones, each in its colour."""
        images, hues = zip(*self._pipeline, *further, strict=True)
        extents = [image.get_extent() for image in images]
        self._frames.set_verts([block(x, y, right - x, top - y) for x, right, y, top in extents])
        self._frames.set_edgecolor(hues)

    def _join(self) -> None:
        """Draw the lines between the columns, and the Σ where they meet."""
        middles = [row + SMALL[1] / 2 for row in ROWS]
        wires: list[tuple[ArrayLike, ArrayLike]] = [
            ((97, middles[1]), (112, middle)) for middle in middles
        ]
        wires += [((389, middle), NODE) for middle in middles] + [(NODE, (440, middles[1]))]
        self._wires.set_segments(wires)
        self._node.set_verts([discs(NODE[None], NODE_RADIUS, 32)[0]])
        texts = ["Σ", *["×"] * 3, *["="] * 3]
        places = [NODE, *[(208.5, m) for m in middles], *[(292, m) for m in middles]]
        self._signs.set_path(text_path(texts, np.array(places), 14, room=33))

    def _label(self, hue: str, labels: list[Label]) -> None:
        """Write labels in a colour."""
        paths = [
            text_path([text], np.array([[x, y]]), size, align="left", bold=size > 13, room=room)
            for text, x, y, size, room in labels
        ]
        self._titles[hue].set_path(joined(paths))

    def _label_inputs(self) -> None:
        names = [
            Label(say(name), 112, row + SMALL[1] + 9, 13)
            for name, row in zip(COLOURS, ROWS, strict=True)
        ]
        whole = Label(say("picture"), 8, ROWS[1] + SMALL[1] + 9, 13)
        self._label(palette.INPUT, [Label(say("input"), 112, self.height - 12), whole, *names])

    def _label_kernel(self, name: str, *further: Label) -> None:
        top = self.height - 12
        titles = [Label(name, 222, top), Label(say("partial results"), 300, top)]
        self._label(palette.KERNEL, [*titles, *further])

    def _label_output(self, name: str, *further: Label) -> None:
        over = ROWS[1] + (SMALL[1] + LARGE[1]) / 2 + 12
        self._label(palette.OUTPUT, [Label(name, 440, over), *further])


def _bytes(values: Array) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def grey(values: Array) -> np.ndarray:
    """Return the pixels of a picture in grey."""
    return np.repeat(_bytes(values)[..., None], 3, axis=-1)


def block(left: float, bottom: float, wide: float, high: float) -> np.ndarray:
    """Return the corners of a rectangle."""
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]])
    return np.asarray(np.array([left, bottom]) + corners)
