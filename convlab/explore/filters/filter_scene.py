"""A picture before and after a filter, and between them the window of one pixel, magnified.

In every cell of the window stand the pixel, the weight that meets it, and their product.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from PIL import Image

from convlab.draw import palette
from convlab.draw.scene import SHARPNESS, Scene
from convlab.draw.text import text_path
from convlab.explore.filters import filter_words as words
from convlab.explore.filters.filter_numbers import FilterState, Subject
from convlab.formatting import plain
from convlab.images import to_display

FRAME = (260, 280)
"""Most that a picture may take up: width and height, in pixels of the page."""
SMALL = 60
BOTTOM = 28
LEFT, MIDDLE, RIGHT = 8, 285, 582
CORNERS = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float)


class FilterScene(Scene[FilterState]):
    """Before, the window of one pixel, and after."""

    parts: ClassVar = {"answer": [(268, 0, 850, 334), (0, 313, 268, 334)]}

    def __init__(self, *, width: int = 850, height: int = 334) -> None:
        super().__init__(width, height, photographic=True)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._pictures = self.pixels(), self.pixels()
        self._frames = tuple(
            self.polygons(facecolors="none", edgecolors=hue, linewidths=1.6)
            for hue in (blue, green)
        )
        self._titles = tuple(self.text(palette.DEEP[hue]) for hue in (blue, green))
        self._joins = tuple(
            self.lines(moving=True, colors=hue, linewidths=1.2) for hue in (orange, green)
        )
        self._marks = tuple(
            self.polygons(moving=True, facecolors="none", edgecolors=colour, linewidths=width)
            for hue in (orange, green)
            for colour, width in ((palette.PAPER, 4.0), (hue, 2.0))
        )
        self._cells = self.polygons(moving=True, linewidths=0.8, edgecolors=palette.QUIET)
        self._padding = self.polygons(
            moving=True,
            facecolors=palette.PAPER,
            edgecolors=palette.QUIET,
            linewidths=1.2,
            linestyles=(0, (3, 2)),
        )
        self._bands = self.polygons(moving=True, linewidths=0.8, edgecolors=palette.QUIET)
        self._footprint = self.polygons(
            moving=True, facecolors="none", edgecolors=palette.DEEP[orange], linewidths=1.6
        )
        self._numbers = tuple(
            self.text(colour, moving=True)
            for colour in (palette.BLACK, palette.PAPER, palette.MUTED)
        )
        self._window_title = self.text(palette.DEEP[orange], moving=True)
        self._sum = self.text(moving=True)
        self._shown = self.polygons(moving=True, edgecolors=green, linewidths=2.0)

    def scale(self, state: FilterState) -> float:
        """Pixels of the page per pixel of the picture, before and after alike.

        Around a small picture there is room for the windows that hang over its edge.
        """
        rows, cols = state.geometry.input_shape
        if max(rows, cols) <= SMALL:
            rows, cols = rows + len(state.weights) - 1, cols + len(state.weights) - 1
        return min(FRAME[0] / cols, FRAME[1] / rows)

    def pick(self, state: FilterState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the pixel of the result that belongs to a place in either picture."""
        geometry, scale = state.geometry, self.scale(state)
        for left, shape in ((LEFT, geometry.input_shape), (RIGHT, geometry.output_shape)):
            x, y = self._origin(left, shape, scale)
            row, col = int(np.floor((y - xy[1]) / scale)), int(np.floor((xy[0] - x) / scale))
            if not (0 <= row < shape[0] and 0 <= col < shape[1]):
                continue
            if left == LEFT:
                row, col = (
                    int(np.clip((place + before - (size - 1) // 2) // stride, 0, last - 1))
                    for place, (before, _), size, stride, last in zip(
                        (row, col),
                        geometry.padding,
                        geometry.kernel_size,
                        geometry.stride,
                        geometry.output_shape,
                        strict=True,
                    )
                )
            return {"row": row, "column": col}
        return None

    def layout(self, state: FilterState) -> Any:
        """Return what decides about the two pictures."""
        shown = state.filtered, state.display, state.before
        return state.subject, state.colour, shown, self.scale(state)

    def lay_out(self, state: FilterState) -> None:
        """Show both pictures."""
        geometry, scale = state.geometry, self.scale(state)
        before = _before(state.subject, state.colour, scale)
        result = to_display(state.filtered.result, state.display)
        after = before if state.before else _resized(result, scale)
        shapes = ((LEFT, geometry.input_shape, before), (RIGHT, geometry.output_shape, after))
        for place, (left, shape, pixels) in enumerate(shapes):
            x, y = self._origin(left, shape, scale)
            width, height = shape[1] * scale, shape[0] * scale
            self._pictures[place].set_data(pixels)
            self._pictures[place].set_extent((x, x + width, y - height, y))
            self._frames[place].set_verts([(x, y) + CORNERS * (width, -height)])
            middle = np.array([[left + FRAME[0] / 2, self.height - 13]])
            title = words.title(shape, after=left == RIGHT and not state.before)
            self._titles[place].set_path(text_path([title], middle, 15, bold=True))

    def move(self, state: FilterState) -> None:
        """Show the window of one pixel."""
        self._draw_marks(state)
        self._draw_window(state)
        self._draw_sum(state)

    def _draw_marks(self, state: FilterState) -> None:
        scale, geometry = self.scale(state), state.geometry
        size = geometry.kernel_size[0]
        (top, _), (left, _) = geometry.padding
        first = (state.row * state.stride - top, state.col * state.stride - left)
        places = (
            (LEFT, geometry.input_shape, first, size),
            (RIGHT, geometry.output_shape, (state.row, state.col), 1),
        )
        window = np.array([MIDDLE, BOTTOM]) + CORNERS * FRAME[1]
        for index, (edge, shape, (row, col), span) in enumerate(places):
            x, y = self._origin(edge, shape, scale)
            middle = np.array([x + (col + span / 2) * scale, y - (row + span / 2) * scale])
            half = max(span * scale, 12) / 2
            square = middle + (2 * CORNERS - 1) * half
            for mark in self._marks[2 * index : 2 * index + 2]:
                mark.set_verts([square])
            near, far = ((1, 2), (0, 3)) if index == 0 else ((0, 3), (1, 2))
            ends = zip(square[list(near)], window[list(far)], strict=True)
            self._joins[index].set_segments([np.array(pair) for pair in ends])

    def _draw_window(self, state: FilterState) -> None:
        size, arithmetic = len(state.weights), state.window
        cell = FRAME[1] / size
        rows, cols = (index.ravel() for index in np.indices((size, size)))
        corners = np.column_stack([MIDDLE + cols * cell, BOTTOM + FRAME[1] - rows * cell])
        padding = arithmetic.is_padding.ravel()
        shades = np.clip(np.broadcast_to(arithmetic.seen, (3, size, size)), 0, 255).reshape(3, -1).T
        on_top = _band(corners, cell, 0, 0.42)
        self._cells.set_verts(on_top[~padding])
        self._cells.set_facecolor(shades[~padding] / 255)
        self._padding.set_verts(_band(corners, cell, 0.02, 0.40)[padding])
        below = np.concatenate([_band(corners, cell, 0.42, 0.29), _band(corners, cell, 0.71, 0.29)])
        limit = 1.8 * np.abs(arithmetic.products).max()
        colours = palette.diverging(arithmetic.products.ravel(), limit)
        orange = np.tile(to_rgba(palette.tint(palette.KERNEL, 0.5)), (len(corners), 1))
        self._bands.set_verts(below)
        self._bands.set_facecolor(np.concatenate([orange, colours]))
        self._footprint.set_verts(_band(corners, cell, 0, 1))
        texts = [plain(value) for value in arithmetic.patch.ravel()]
        light = ~palette.is_dark(shades[:, :3] / 255)
        letters = min(19.0, 0.3 * cell)
        room = 0.92 * cell
        writers = zip(self._numbers, (light & ~padding, ~light & ~padding, padding), strict=True)
        middle = corners + np.array([cell / 2, -0.21 * cell])
        paths = [
            text_path([texts[i] for i in np.flatnonzero(which)], middle[which], letters, room=room)
            for _, which in writers
        ]
        factors = ["× " + plain(w) for w in np.ravel(state.weights)]
        products = [plain(p) for p in arithmetic.products.ravel()]
        centres = np.concatenate(
            [corners + np.array([cell / 2, -y * cell]) for y in (0.565, 0.855)]
        )
        ink = text_path(factors + products, centres, min(17.0, 0.28 * cell), room=room)
        paths[0] = Path.make_compound_path(paths[0], ink)
        for writer, path in zip(self._numbers, paths, strict=True):
            writer.set_path(path)
        title = words.window_title(state)
        place = np.array([[MIDDLE + FRAME[1] / 2, self.height - 13]])
        self._window_title.set_path(text_path([title], place, 15, bold=True))

    def _draw_sum(self, state: FilterState) -> None:
        line, width = _line(words.sum_of_products(state), 15)
        left = MIDDLE + (FRAME[1] - width - 26) / 2
        self._sum.set_path(Path(np.add(line.vertices, (left, 13)), line.codes))
        self._shown.set_verts([np.array([left + width + 8, 4]) + CORNERS * 18])
        in_channel = np.arange(3) == state.channel if len(state.pixels) == 3 else np.ones(3)
        self._shown.set_facecolor([state.window.shown / 255 * in_channel])

    def _origin(self, left: float, shape: tuple[int, int], scale: float) -> tuple[float, float]:
        """Return the upper left corner of a picture, centred in its frame."""
        x = left + (FRAME[0] - shape[1] * scale) / 2
        y = BOTTOM + FRAME[1] - (FRAME[1] - shape[0] * scale) / 2
        return x, y


def _line(texts: list[str], size: float) -> tuple[Path, float]:
    """Set words in a line from the origin: path and width. Most of them are known already."""
    paths, right = [], 0.0
    for word in texts:
        paths.append(text_path([word], np.array([[right, 0]]), size, align="left"))
        right = float(np.asarray(paths[-1].vertices)[:, 0].max()) + 0.5 * size
    return Path.make_compound_path(*paths), right - 0.5 * size


def _band(corners: np.ndarray, cell: float, top: float, height: float) -> np.ndarray:
    """Return part of every cell, as corners: shape (cells, 4, 2); in shares of the cell."""
    start = corners - (0, (top + height) * cell)
    return start[:, None] + CORNERS * (cell, height * cell)


@lru_cache(maxsize=2)
def _before(subject: Subject, colour: bool, scale: float) -> np.ndarray:
    """Return the picture as it is shown; kept, because it stays while the kernel changes."""
    return _resized(to_display(subject.channels[colour]), scale)


def _resized(pixels: np.ndarray, scale: float) -> np.ndarray:
    """Return (rows, cols, 4) pixels of the screen; magnified ones keep their edges."""
    image = Image.fromarray(np.moveaxis(pixels, 0, -1) if len(pixels) == 3 else pixels[0])
    width, height = (max(1, round(side * scale * SHARPNESS)) for side in image.size)
    smaller = width < image.width or height < image.height
    kind = Image.Resampling.BOX if smaller else Image.Resampling.NEAREST
    return np.asarray(image.resize((width, height), kind).convert("RGBA"))
