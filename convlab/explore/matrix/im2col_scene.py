"""Two products that make the same output: C̃ times the input, and the kernel times its patches.

Both stand as in Falk's scheme: the left factor below, the right factor above it to the right, and
each entry of the product where a row and a column meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, around, fitted, label
from convlab.draw.cell_styles import LOOK_HERE, PADDING, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.text import joined, text_path
from convlab.explore.matrix.equation import taps_of
from convlab.explore.matrix.matrix_product import ZERO, MatrixState, Product, product

HALF = 425.0
TITLE = 54.0
EDGE = 10.0
GAP = 8.0


@dataclass(frozen=True)
class PatchPlaces:
    """Where the parts lay_out: of C̃ Ĩ = Õ on the left, of w P = Õᵀ on the right."""

    kernel: CellGrid
    matrix: CellGrid
    x: CellGrid
    y: CellGrid
    input: CellGrid
    padded: CellGrid
    weights: CellGrid
    patches: CellGrid
    results: CellGrid


class PatchScene(Scene):
    """C̃ beside the patch matrix, with the row of one and the column of the other that agree."""

    def __init__(self, *, width: int = 850, height: int = 384) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._empty = self.lines(**PADDING)
        self._inputs = self.polygons(facecolors=palette.tint(blue, 0.22), edgecolors=blue)
        self._weights = self.polygons(edgecolors="none", antialiaseds=False)
        self._grid = self.lines(colors=palette.tint(palette.QUIET, 0.5), linewidths=0.6)
        self._outline = self.polygons(facecolors="none", edgecolors=palette.QUIET, linewidths=1.2)
        self._letters = self.text(), self.text(palette.PAPER)
        self._zeros = self.text(palette.QUIET)
        self._titles = [self.text(palette.DEEP[hue]) for hue in (orange, blue, green)]
        self._headings = self.text()
        self._results = self.polygons(moving=True, edgecolors=green)
        self._marks = self.polygons(moving=True, edgecolors=blue)
        self._foot = self.polygons(moving=True, **WINDOW)
        self._numbers = self.text(moving=True), self.text(palette.PAPER, moving=True)
        self._frames = self.polygons(moving=True, **LOOK_HERE | {"linewidths": 2.4})

    def update(self, state: MatrixState) -> None:
        """Move the artists to show `state`."""
        if self.is_new(state.layout):
            self.product = product(state)
            self.taps = taps_of(state)
            self.places = lay_out_patches(self.product, state, self.height)
            self._shades = palette.shades(palette.KERNEL, self.product.order.size)
            self._draw_weights()
            self._draw_inputs()
            self._draw_titles()
        self._draw_step(state)

    def step_at(self, pixel: tuple[float, float]) -> int | None:
        """Return the output pixel whose row, column or cell is drawn at a pixel, or None."""
        places = self.places
        for board in (places.y, places.results):
            if (index := board.index_at(pixel)) is not None:
                return index
        if (index := places.matrix.index_at(pixel)) is not None:
            return index // places.matrix.cols
        index = places.patches.index_at(pixel)
        return None if index is None else index % places.patches.cols

    def _draw_weights(self) -> None:
        model, places = self.product, self.places
        which = model.which.ravel()
        filled, order = np.flatnonzero(which != ZERO), model.order.ravel()
        boxes = [places.matrix.boxes(filled), places.kernel.boxes(), places.weights.boxes()]
        self._weights.set_verts(np.concatenate(boxes))
        colours = [self._shades[which[filled]], self._shades[order], self._shades[order]]
        self._weights.set_facecolors(np.concatenate(colours))
        cols = model.which.shape[1]
        texts = [model.entry_text(*divmod(at, cols)) for at in filled.tolist()]
        names = model.kernel_texts(0, 0)
        labels = [(places.matrix, filled, texts, colours[0])]
        labels += [(board, None, names, colours[1]) for board in (places.kernel, places.weights)]
        label(self._letters, labels)
        fine = [places.kernel, places.weights]
        fine += [places.matrix] if min(places.matrix.wide, places.matrix.high) >= 6 else []
        self._grid.set_segments(np.concatenate([board.net() for board in fine]))
        whole = [board.block((0, board.rows), (0, board.cols)) for board in fine[:2]]
        matrix = places.matrix
        self._outline.set_verts([*whole, matrix.block((0, matrix.rows), (0, matrix.cols))])

    def _draw_inputs(self) -> None:
        places = self.places
        real = np.flatnonzero(self.taps.ravel() >= 0)
        boxes = [places.x.boxes(), places.input.boxes(), places.patches.boxes(real)]
        self._inputs.set_verts(np.concatenate(boxes))
        self._inputs.set_linewidths(0.9 if min(places.x.high, places.patches.wide) >= 6 else 0.3)
        missing = places.patches.boxes(np.flatnonzero(self.taps.ravel() < 0))
        edges = np.stack([missing, np.roll(missing, -1, axis=1)], axis=2).reshape(-1, 2, 2)
        self._empty.set_segments(np.concatenate([places.padded.net(), edges]))
        zeros = ["0"] * len(missing) if min(places.patches.wide, places.patches.high) >= 12 else []
        self._zeros.set_path(text_path(zeros, missing.mean(axis=1)[: len(zeros)], 11))

    def _draw_titles(self) -> None:
        model, places = self.product, self.places
        patches = places.patches
        weights = [
            (f"C̃  {_by(model.matrix)}", places.matrix, (EDGE, places.matrix.right)),
            (f"w  1 × {model.order.size}", places.weights, (HALF + EDGE - 4, places.weights.right)),
            ("kernel", places.kernel, (EDGE, max(places.matrix.right, places.kernel.right + EDGE))),
        ]
        inputs = [
            (f"Ĩ  {places.x.rows} × 1", places.x, (EDGE, HALF - 4)),
            (f"P  {patches.rows} × {patches.cols}", patches, (HALF, self.width - 4.0)),
            ("input", places.padded, (HALF, self.width - 4.0)),
        ]
        outputs = [
            ("Õ", places.y, (places.y.right + 10, HALF)),
            ("Õᵀ", places.results, (places.results.right + 10, self.width)),
        ]
        for patch, titles in zip(self._titles[:2], (weights, inputs), strict=True):
            paths = [_above(text, board, limits) for text, board, limits in titles]
            patch.set_path(joined(paths))
        spots = [(limits[0], board.middle[1]) for _, board, limits in outputs]
        texts = [text for text, *_ in outputs]
        self._titles[2].set_path(text_path(texts, np.array(spots), 15, align="left", bold=True))
        headings = ["unroll the kernel:  C̃ Ĩ = Õ", "unroll the input:  w P = Õᵀ"]
        spots = np.array([(EDGE, self.height - 14), (HALF + EDGE, self.height - 14)])
        self._headings.set_path(text_path(headings, spots, 16, align="left", bold=True))

    def _draw_step(self, state: MatrixState) -> None:
        model, places, step = self.product, self.places, state.step
        met = np.flatnonzero(model.which[step] != ZERO)
        column = np.flatnonzero(self.taps[:, step] >= 0)
        in_patches = column * places.patches.cols + step
        boxes = [places.x.boxes(met), places.input.boxes(met), places.patches.boxes(in_patches)]
        colours = self._shades[model.which[step, met]], self._shades[model.order.ravel()[column]]
        self._marks.set_verts(np.concatenate(boxes))
        self._marks.set_facecolors(np.concatenate([colours[0], *colours]))
        self._marks.set_linewidths(0.9 if min(places.x.high, places.patches.wide) >= 6 else 0.3)
        green = np.tile(to_rgb(palette.tint(palette.OUTPUT, 0.3)), (model.y.size, 1))
        green[step] = to_rgb(palette.tint(palette.OUTPUT, 0.75))
        self._results.set_verts(np.concatenate([places.y.boxes(), places.results.boxes()]))
        self._results.set_facecolors(np.concatenate([green, green]))
        self._results.set_linewidths(0.9 if places.y.high >= 6 else 0.3)
        _, rows, cols = state.geometry.window(step)
        self._foot.set_verts(
            [places.padded.block((rows[0], rows[-1] + 1), (cols[0], cols[-1] + 1))]
        )
        frames = [places.matrix.block((step, step + 1), (0, places.matrix.cols))]
        frames.append(places.patches.block((0, places.patches.rows), (step, step + 1)))
        frames += [*places.y.boxes(step), *places.results.boxes(step)]
        self._frames.set_verts([around(frame) for frame in frames])
        shade = np.ones((model.x.size, 3))
        shade[met] = colours[0]
        labels = [
            (places.x, None, model.x_texts, shade),
            (places.input, None, model.x_texts, shade),
        ]
        labels += [(board, None, model.y_texts, green) for board in (places.y, places.results)]
        real = np.flatnonzero(self.taps.ravel() >= 0)
        shade = np.ones((self.taps.size, 3))
        shade[in_patches] = colours[1]
        texts = [model.x_texts[at] for at in self.taps.ravel()[real]]
        labels.append((places.patches, real, texts, shade[real]))
        label(self._numbers, labels)


def lay_out_patches(model: Product, state: MatrixState, height: float) -> PatchPlaces:
    """Return the places of all boards, each half as large as it has room for."""
    rows, cols = model.matrix.shape
    free, top = height - TITLE - EDGE - GAP - 20, height - TITLE
    wide = fitted(HALF - 2 * EDGE - GAP - 62, cols, 24)
    low = fitted(0.5 * free, rows, 22)
    tall = fitted(free - rows * low, cols, 20)
    matrix = CellGrid(rows, cols, EDGE, EDGE + rows * low, wide, low)
    x = CellGrid(cols, 1, matrix.right + GAP, matrix.top + GAP + cols * tall, 34, tall)
    y = CellGrid(rows, 1, matrix.right + GAP, matrix.top, 34, low)
    high, across = model.order.shape
    cell = min(34.0, (top - matrix.top - 50) / high)
    kernel = CellGrid(high, across, EDGE + 20, top - 8, cell, cell)
    cells, steps = high * across, model.y.size
    wide = fitted(220, cells, 26)
    low = 26.0
    left = HALF + EDGE + max(cells * wide, 170) + GAP
    patches_wide = fitted(HALF - EDGE - left + HALF - 40, steps, 38)
    tall = fitted(free - low, cells, 28)
    weights = CellGrid(1, cells, left - GAP - cells * wide, EDGE + low, wide, low)
    patches = CellGrid(cells, steps, left, EDGE + low + GAP + cells * tall, patches_wide, tall)
    results = CellGrid(1, steps, left, EDGE + low, patches_wide, low)
    padded = state.geometry.padded_shape
    room = patches.left - HALF - 40, top - weights.top - 46
    cell = min(34.0, room[0] / padded[1], room[1] / padded[0])
    around_it = CellGrid(*padded, HALF + EDGE + 4, top - 8, cell, cell)
    inside = around_it.part(*state.geometry.inside)
    return PatchPlaces(kernel, matrix, x, y, inside, around_it, weights, patches, results)


def _above(text: str, board: CellGrid, limits: tuple[float, float]) -> Path:
    low, high = limits
    spot = np.array([(board.middle[0], board.top + 12)])
    path = text_path([text], spot, 14, room=high - low, bold=True)
    box = path.get_extents()
    path.vertices[:, 0] += max(low - box.x0, 0) - max(box.x1 - high, 0)
    return path


def _by(array: np.ndarray) -> str:
    return " × ".join(map(str, array.shape))
