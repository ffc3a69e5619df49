"""What kernels make of a colour picture: channel × slice, three partial results, their sum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.path import Path

from convlab.arrays import Array
from convlab.convolution import conv2d
from convlab.draw import palette
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.formatting import plain
from convlab.images import photo
from convlab.kernels import KERNELS

COLOURS = ("red", "green", "blue")
SMALL = (89, 104)
LARGE = (178, 208)
"""Width and height of the pictures, on the page; the small ones show every other pixel."""
ROWS = (272, 148, 24)
"""The lower edges of the pictures of the three channels."""


@dataclass(frozen=True)
class ThickKernel:
    """A kernel with one slice for each of red, green and blue: whole numbers over a divisor."""

    name: str
    counts: tuple[tuple[tuple[int, ...], ...], ...]
    divisor: int = 1

    @property
    def weights(self) -> Array:
        """The weights, shape (3, rows, cols)."""
        return np.array(self.counts, float) / self.divisor


def _across(name: str, pattern: str, mix: tuple[int, int, int], divisor: int = 1) -> ThickKernel:
    """Give each colour its share of a named kernel's pattern."""
    flat = KERNELS[pattern].weights
    whole = np.rint(flat * 9 if pattern == "smooth" else flat).astype(int)
    counts = tuple(tuple(map(tuple, (share * whole).tolist())) for share in mix)
    return ThickKernel(name, counts, divisor)


THICK_KERNELS = (
    _across("vertical edges", "Sobel vertical", (1, 1, 1), 3),
    _across("horizontal edges", "Sobel horizontal", (1, 1, 1), 3),
    _across("blur", "smooth", (1, 1, 1), 27),
    _across("grey", "identity", (3, 6, 1), 10),
    _across("red − blue", "identity", (1, 0, -1)),
    _across("red edges", "vertical gradient", (1, 0, 0)),
)
"""A bank in which some kernels look at places and others at colours."""


@dataclass(frozen=True)
class BankState:
    """Which of how many kernels is looked at."""

    kernel: int = 0
    kernels: int = 4


@dataclass(frozen=True)
class MixState:
    """A 1×1 kernel over red, green and blue, and its bias."""

    weights: tuple[float, float, float]
    bias: float = 0.0


@lru_cache(maxsize=1)
def picture() -> Array:
    """Return the photograph in colour, shape (3, rows, cols), at the size it is shown at."""
    return photo(color=True, max_side=312)


def partial_results(weights: Array) -> Array:
    """Return what each slice of a kernel, shape (3, rows, cols), makes of its own channel.

    Same padding; shape (3, picture rows, picture cols). Their sum is the output channel.
    """
    pairs = zip(picture(), weights, strict=True)
    return np.stack([conv2d(channel, part, padding="same") for channel, part in pairs])


class Label(NamedTuple):
    """A word on the picture: where it begins, its size (from 14 on it is bold), its room."""

    text: str
    left: float
    middle: float
    size: float = 14
    room: float | None = None


class PictureScene(Scene):
    """From the picture to one output channel, in columns from left to right."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height, photographic=True)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._wires = self.lines(colors=palette.QUIET, linewidths=1.3)
        self._node = self.polygons(facecolors=palette.PAPER, edgecolors=palette.INK, linewidths=1.3)
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
            image.set_data(_grey(channel[::2, ::2]))
        self._outline = [(i, blue) for i in (self._photo, *self._channels)]
        self._outline += [(i, orange) for i in self._partial] + [(self._output, green)]

    def _place(
        self, left: float, bottom: float, size: tuple[float, float], *, moving: bool = False
    ) -> AxesImage:
        image = self.pixels(moving=moving)
        image.set_extent((left, left + size[0], bottom, bottom + size[1]))
        return image

    def _show(self, weights: list[list[list[str]]], partial: Array, total: Array) -> None:
        """Show a kernel, given as it is written, with its partial results and their sum."""
        parts, whole = displayed(partial, total)
        for image, values in zip(self._partial, parts, strict=True):
            image.set_data(_grey(values[::2, ::2]))
        self._output.set_data(_grey(whole))
        quads, texts, places = [], [], []
        for row, cells in zip(ROWS, weights, strict=True):
            side = 22 if len(cells) > 1 else 46
            corner = np.array([249 - side * len(cells[0]) / 2, row + 52 + side * len(cells) / 2])
            for (down, across), text in np.ndenumerate(np.array(cells)):
                left, top = corner + side * np.array([across, -down])
                quads.append(_box(left, top - side, side, side))
                texts.append(text)
                places.append((left + side / 2, top - side / 2))
        self._cells.set_verts(quads)
        letters = 13 if len(weights[0]) > 1 else 15
        self._weights.set_path(text_path(texts, np.array(places), letters, room=40))
        self._draw_frames()

    def _draw_frames(self) -> None:
        boxes = [image.get_extent() for image, _ in self._outline]
        self._frames.set_verts([_box(x, y, right - x, top - y) for x, right, y, top in boxes])
        self._frames.set_edgecolor([hue for _, hue in self._outline])

    def _join(self, bias: str = "") -> None:
        """Draw the lines between the columns, the Σ where they meet, and the bias."""
        middles = [row + SMALL[1] / 2 for row in ROWS]
        node = np.array([414.5, middles[1]])
        wires = [((97, middles[1]), (112, middle)) for middle in middles]
        wires += [((389, middle), node) for middle in middles] + [(node, (440, middles[1]))]
        circle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
        shapes = [node + 11 * np.column_stack([np.cos(circle), np.sin(circle)])]
        texts = ["Σ", *["×"] * 3, *["="] * 3]
        places = [node, *[(208.5, m) for m in middles], *[(292, m) for m in middles]]
        if bias:
            spot = node - (0, 70)
            wires.append((spot, node))
            shapes.append(_box(spot[0] - 18, spot[1] - 11, 36, 22))
            texts.append(bias)
            places.append(spot)
        self._wires.set_segments(wires)
        self._node.set_verts(shapes)
        self._signs.set_path(text_path(texts, np.array(places), 14, room=33))

    def _label(self, hue: str, labels: list[Label]) -> None:
        """Write labels in a colour."""
        paths = [
            text_path([text], np.array([[x, y]]), size, align="left", bold=size > 13, room=room)
            for text, x, y, size, room in labels
        ]
        self._titles[hue].set_path(Path.make_compound_path(*paths))

    def _label_inputs(self) -> None:
        names = [
            Label(name, 112, row + SMALL[1] + 9, 13)
            for name, row in zip(COLOURS, ROWS, strict=True)
        ]
        picture = Label("picture", 8, ROWS[1] + SMALL[1] + 9, 13)
        self._label(palette.INPUT, [Label("input", 112, self.height - 12), picture, *names])

    def _label_kernel(self, name: str, *further: Label) -> None:
        top = self.height - 12
        titles = [Label(name, 222, top), Label("partial results", 300, top)]
        self._label(palette.KERNEL, [*titles, *further])

    def _label_output(self, name: str, *further: Label) -> None:
        over = ROWS[1] + (SMALL[1] + LARGE[1]) / 2 + 12
        self._label(palette.OUTPUT, [Label(name, 440, over), *further])


class BankScene(PictureScene):
    """A bank of kernels: one of them step by step, and the output channels of all of them."""

    def __init__(self, *, width: int = 850, height: int = 414) -> None:
        super().__init__(width, height)
        self._thumbs = [
            self._place((642, 746)[place % 2], ROWS[place // 2], SMALL)
            for place in range(len(THICK_KERNELS))
        ]
        self._results = [partial_results(kernel.weights) for kernel in THICK_KERNELS]
        for image, parts in zip(self._thumbs, self._results, strict=True):
            image.set_data(_grey(displayed(parts, parts.sum(axis=0))[1][::2, ::2]))
        self._look = self.polygons(moving=True, **LOOK_HERE | {"linewidths": 3.2})
        self._join()
        self._label_inputs()
        self._pipeline = list(self._outline)

    def output(self, kernel: int) -> Array:
        """Return one output channel."""
        return self._results[kernel].sum(axis=0)

    def kernel_at(self, state: BankState, pixel: tuple[float, float]) -> int | None:
        """Return the kernel whose output channel is drawn at a pixel of the bank, or None."""
        for number, image in enumerate(self._thumbs[: state.kernels]):
            left, right, low, high = image.get_extent()
            if left <= pixel[0] <= right and low <= pixel[1] <= high:
                return number
        return None

    def update(self, state: BankState) -> None:
        """Move the artists to show `state`."""
        kernel, parts = THICK_KERNELS[state.kernel], self._results[state.kernel]
        for number, image in enumerate(self._thumbs):
            if image.get_visible() != (number < state.kernels):
                image.set_visible(number < state.kernels)
                self.changed()
        self._outline = self._pipeline + [
            (image, palette.OUTPUT) for image in self._thumbs[: state.kernels]
        ]
        left, right, low, high = self._thumbs[state.kernel].get_extent()
        self._look.set_verts([_box(left - 2, low - 2, right - left + 4, high - low + 4)])
        counts = [[[plain(n) for n in row] for row in part] for part in kernel.counts]
        self._show(counts, parts, parts.sum(axis=0))
        shared = f"all ÷ {kernel.divisor}" if kernel.divisor > 1 else ""
        self._label_kernel(f"kernel {state.kernel}", Label(shared, 217, ROWS[0] + SMALL[1] + 9, 13))
        count = f"{state.kernels} output channel{'s' * (state.kernels > 1)}"
        names = [
            Label(f"{number} {kernel.name}", left, high + 9, 12, 100)
            for number, kernel in enumerate(THICK_KERNELS[: state.kernels])
            for left, _, _, high in [self._thumbs[number].get_extent()]
        ]
        self._label_output(
            f"output channel {state.kernel}", Label(count, 642, self.height - 12), *names
        )


class MixScene(PictureScene):
    """A 1×1 kernel: every output pixel is a mixture of the three numbers at its own place."""

    def __init__(self, *, width: int = 621, height: int = 414) -> None:
        super().__init__(width, height)
        self._label_inputs()

    def update(self, state: MixState) -> None:
        """Move the artists to show `state`."""
        weights = np.array(state.weights).reshape(3, 1, 1)
        parts = picture() * weights
        written = [[[plain(weight)]] for weight in state.weights]
        sign = "+" if state.bias > 0 else ""
        self._join(f"{sign}{plain(state.bias)}" if state.bias else "")
        self.changed()
        self._show(written, parts, parts.sum(axis=0) + state.bias)
        bias = [Label("bias", 399, ROWS[1] - 40, 13)] if state.bias else []
        self._label_kernel("kernel", *bias)
        self._label_output("one output channel")


def displayed(partial: Array, total: Array) -> tuple[Array, Array]:
    """Bring partial results and their sum to 0…255, to be shown as pictures.

    Without a value below 0 the partial results are brightnesses. Otherwise mid-grey is 0, and all
    of them are scaled alike, so that they can be compared; the highest hundredth may be clipped.
    The sum is scaled with them if it falls below 0 itself; if not, it is a brightness.
    """
    if partial.min() >= 0:
        return partial, total
    every = np.concatenate([partial, total[None]])[:, ::4, ::4]
    gain = 127.5 / (float(np.percentile(np.abs(every), 99)) or 1.0)
    return 127.5 + gain * partial, 127.5 + gain * total if total.min() < 0 else total


def _bytes(values: Array) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _grey(values: Array) -> np.ndarray:
    return np.repeat(_bytes(values)[..., None], 3, axis=-1)


def _box(left: float, bottom: float, wide: float, high: float) -> np.ndarray:
    return np.array([left, bottom]) + np.array([[0, 0], [wide, 0], [wide, high], [0, high]])
