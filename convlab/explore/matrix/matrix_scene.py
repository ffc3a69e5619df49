"""C̃ between the output and the input: Õ = C̃ Ĩ, one row or one column at a time."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, around, label
from convlab.draw.cell_styles import LOOK_HERE, PADDING, WINDOW
from convlab.draw.scene import Scene
from convlab.draw.text import joined, text_path
from convlab.explore.matrix.equation import spell
from convlab.explore.matrix.matrix_layout import Flattened, lay_out
from convlab.explore.matrix.matrix_product import COLUMN, CONSTANT, ROW, ZERO, MatrixState, product
from convlab.geometry import Geometry

LINE = 25.0
BIAS_SHADE = to_rgb(palette.tint(palette.KERNEL, 0.3))


class MatrixScene(Scene):
    """Output, C̃ and input, and what belongs together in them.

    Parameters
    ----------
    x : ndarray, shape (channels, rows, cols), optional
    weight : ndarray, shape (out, in, rows, cols), optional
        Numbers to use instead of the sample.

    Attributes
    ----------
    product : Product
        What is shown, as symbols and numbers.
    places : Places
        Where it is shown.
    """

    def __init__(
        self,
        x: np.ndarray | None = None,
        weight: np.ndarray | None = None,
        *,
        width: int = 850,
        height: int = 380,
    ) -> None:
        super().__init__(width, height)
        self.x, self.weight = x, weight
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._padding = self.lines(**PADDING)
        self._cells = self.polygons(facecolors=palette.tint(blue, 0.22))
        self._weights = self.polygons(edgecolors="none", antialiaseds=False)
        self._grid = self.lines(colors=palette.tint(palette.QUIET, 0.5), linewidths=0.6)
        self._blocks = self.lines(colors=palette.QUIET, linewidths=1.2)
        self._letters = self.text(), self.text(palette.PAPER)
        self._titles = [self.text(palette.DEEP[hue]) for hue in (green, orange, blue)]
        self._signs = self.text()
        self._joins = self.lines(moving=True, colors=palette.tint(orange, 0.75), linewidths=0.9)
        self._results = self.polygons(moving=True, edgecolors=green, linewidths=0.9)
        self._marks = self.polygons(moving=True, linewidths=0.9)
        self._foot = self.polygons(moving=True, **WINDOW)
        self._numbers = self.text(moving=True), self.text(palette.PAPER, moving=True)
        self._frames = self.polygons(moving=True, **LOOK_HERE)
        hues = [palette.DEEP[hue] for hue in (orange, blue, green)]
        self._sum = [self.text(hue, moving=True) for hue in (*hues, palette.INK, palette.QUIET)]

    def update(self, state: MatrixState) -> None:
        """Move the artists to show `state`."""
        if self.is_new(state.layout):
            self.product = product(state, self.x, self.weight)
            self.places = lay_out(self.product, state, (self.width, self.height))
            self._shades = palette.shades(palette.KERNEL, self.product.order.size)
            self._draw_weights(state.geometry)
            self._draw_inputs()
            self._draw_titles()
        self._draw_step(state)

    def place_at(self, state: MatrixState, pixel: tuple[float, float]) -> tuple[str, int] | None:
        """Return what to follow, and the step, for what is drawn at a pixel; or None.

        An output leads to its row and an input to its column; in C̃ the click picks the row or
        the column, whichever is being followed.
        """
        places = self.places
        boards = [(ROW, 0, places.y), (COLUMN, 0, places.x)]
        sizes = places.outputs[0], places.inputs[0]
        for follow, grids in ((ROW, places.outputs), (COLUMN, places.inputs)):
            cells = sizes[follow == COLUMN].rows * sizes[follow == COLUMN].cols
            boards += [(follow, channel * cells, grid) for channel, grid in enumerate(grids)]
        for follow, start, board in boards:
            if (index := board.index_at(pixel)) is not None:
                return follow, start + index
        if (index := places.matrix.index_at(pixel)) is None:
            return None
        row, col = divmod(index, places.matrix.cols)
        return state.follow, row if state.follow == ROW else col

    def colours(self, which: np.ndarray) -> np.ndarray:
        """Return the shade of each kernel cell, and the colour of a bias: shape (..., 3)."""
        return np.where(
            (which == CONSTANT)[..., None], BIAS_SHADE, self._shades[np.maximum(which, 0)]
        )

    def _draw_weights(self, geometry: Geometry) -> None:
        model, places = self.product, self.places
        which = model.which.ravel()
        filled = np.flatnonzero(which != ZERO)
        cols = model.which.shape[1]
        small = places.matrix.high < 12
        texts = [] if small else [model.entry_text(*divmod(at, cols)) for at in filled.tolist()]
        tables = [(places.matrix, filled, which[filled], texts)]
        out, depth = model.weight.shape[:2]
        for board, index in zip(places.kernels, np.ndindex(out, depth), strict=True):
            tables.append((board, None, model.order.ravel(), model.kernel_texts(*index)))
        if places.bias:
            tables.append(
                (places.bias, None, np.full(len(model.matrix), CONSTANT), model.bias_texts)
            )
        self._weights.set_verts(np.concatenate([board.boxes(at) for board, at, *_ in tables]))
        self._weights.set_facecolors(self.colours(np.concatenate([t[2] for t in tables])))
        label(self._letters, [(b, at, texts, self.colours(w)) for b, at, w, texts in tables])
        boards = [*places.kernels, *filter(None, [places.bias])]
        if min(places.matrix.wide, places.matrix.high) >= 8:
            boards.append(places.matrix)
        self._grid.set_segments(np.concatenate([board.net() for board in boards]))
        block = geometry.output_shape[1], geometry.input_shape[1]
        outline = places.matrix.block((0, places.matrix.rows), (0, places.matrix.cols))
        around = np.stack([outline, np.roll(outline, -1, axis=0)], axis=1)
        self._blocks.set_linewidths(1.2 if places.matrix.wide * block[1] >= 30 else 0.7)
        self._blocks.set_segments(np.concatenate([places.matrix.net(block), around]))

    def _draw_inputs(self) -> None:
        boards = [self.places.x, *self.places.inputs]
        self._cells.set_verts(np.concatenate([board.boxes() for board in boards]))
        self._cells.set_linewidths(1.0 if self.places.x.high >= 6 else 0.3)
        self._cells.set_edgecolors(palette.INPUT)
        around = [board.net() for board in self.places.padded]
        self._padding.set_segments(np.concatenate(around))

    def _draw_titles(self) -> None:
        model, places = self.product, self.places
        edge = places.outputs[0].right
        output = [(places.outputs[0], f"output {_by(model.y)}", (4, edge + 6))]
        output.append((places.y, "Õ", (edge, places.y.right + 10)))
        around = places.y.right, places.x.left
        weights = [(places.matrix, f"C̃  {_by(model.matrix)}", around)]
        weights.append((places.kernels[0], f"kernel {_by(model.weight)}", (4, places.y.left - 12)))
        weights += [(places.bias, "b", around)] if places.bias else []
        edge = places.padded[0].left
        inputs = [(places.padded[0], f"input {_by(model.x)}", (edge - 6, self.width - 4))]
        inputs.append((places.x, "Ĩ", (places.x.left - 10, edge)))
        for patch, titles in zip(self._titles, (output, weights, inputs), strict=True):
            patch.set_path(joined([_title(*title) for title in titles]))
        gaps = {"=": (places.y, places.bias or places.matrix), "·": (places.matrix, places.x)}
        if places.bias:
            gaps["+"] = places.bias, places.matrix
        height = (places.matrix.top + places.matrix.bottom) / 2
        spots = [((left.right + right.left) / 2, height) for left, right in gaps.values()]
        self._signs.set_path(text_path(list(gaps), np.array(spots), 21, bold=True))

    def _draw_step(self, state: MatrixState) -> None:
        model, places, step = self.product, self.places, state.step
        by_row = state.follow == ROW
        met = np.flatnonzero((model.which[step] if by_row else model.which[:, step]) != ZERO)
        which = model.which[step, met] if by_row else model.which[met, step]
        colours = self.colours(which)
        y, x = Flattened(places.y, places.outputs), Flattened(places.x, places.inputs)
        here, there = (y, x) if by_row else (x, y)
        strong = np.tile(to_rgb(palette.tint(palette.OUTPUT, 0.3)), (model.y.size, 1))
        if by_row:
            strong[step] = to_rgb(palette.tint(palette.OUTPUT, 0.75))
        every = np.arange(model.y.size)
        self._results.set_verts(np.concatenate([y.column.boxes(), y.on_grids(every)]))
        self._results.set_facecolors(np.concatenate([strong, strong]))
        self._results.set_linewidths(0.9 if y.column.high >= 6 else 0.3)
        on_grid = met < there.size
        self._marks.set_verts(np.concatenate([there.column.boxes(met), there.on_grids(met)]))
        self._marks.set_facecolors(np.concatenate([colours, colours[on_grid]]))
        self._marks.set_linewidths(0.9 if there.column.high >= 6 else 0.3)
        self._marks.set_edgecolors(palette.INPUT if by_row else palette.OUTPUT)
        band = ((step, step + 1), (0, model.matrix.shape[1]))
        band = band if by_row else ((0, len(model.matrix)), (step, step + 1))
        frames = [places.matrix.block(*band), *here.column.boxes(step), *here.on_grids([step])]
        self._frames.set_verts([around(frame) for frame in frames])
        self._joins.set_segments(np.concatenate([here.joins([step]), there.joins(met)]))
        self._draw_foot(state, by_row)
        self._draw_numbers((y, x), (by_row, met, colours))
        self._spell(state)

    def _draw_foot(self, state: MatrixState, by_row: bool) -> None:
        """Outline the window, gaps and padding included, in every channel of the input."""
        if not by_row:
            self._foot.set_verts([])
            return
        geometry = state.geometry
        _, rows, cols = geometry.window(state.step % geometry.steps)
        reach = (rows[0], rows[-1] + 1), (cols[0], cols[-1] + 1)
        self._foot.set_verts([board.block(*reach) for board in self.places.padded])

    def _draw_numbers(self, pairs: tuple, marked: tuple) -> None:
        by_row, met, colours = marked
        labels = []
        texts_of = (self.product.y_texts, self.product.x_texts)
        for pair, texts, marked_here in zip(pairs, texts_of, (not by_row, by_row), strict=True):
            shade = np.ones((len(texts), 3))
            if marked_here:
                shade[met] = colours
            labels.append((pair.column, None, texts, shade))
            size = pair.grids[0].rows * pair.grids[0].cols
            for channel, grid in enumerate(pair.grids):
                part = slice(channel * size, (channel + 1) * size)
                labels.append((grid, None, texts[part], shade[part]))
        label(self._numbers, labels)

    def _spell(self, state: MatrixState) -> None:
        """Write out the sums below C̃, where there is room."""
        board, pieces = self.places.matrix, spell(self.product, state)
        top, left = board.bottom - 36, board.left + 50
        lines = max((piece.line for piece in pieces), default=0)
        wide = max((piece.place for piece in pieces), default=0) + 90
        if lines * LINE > top - 16 or wide > board.right - board.left:
            pieces = []
        for kind, patch in enumerate(self._sum):
            paths = []
            for align in ("left", "center", "right"):
                some = [p for p in pieces if p.kind == kind and p.align == align]
                spots = np.array([(left + p.place, top - p.line * LINE) for p in some])
                paths.append(text_path([p.text for p in some], spots, 15, align=align))
            patch.set_path(joined(paths))


def _title(board: CellGrid, text: str, limits: tuple[float, float]) -> Path:
    """Write above a board, between two edges."""
    low, high = limits
    path = text_path(
        [text], np.array([(board.middle[0], board.top + 15)]), 15, room=high - low, bold=True
    )
    box = path.get_extents()
    path.vertices[:, 0] += max(low - box.x0, 0) - max(box.x1 - high, 0)
    return path


def _by(array: np.ndarray) -> str:
    """Write a shape, without the channels where there is one."""
    shape = array.shape[2:] if array.shape[:-2] == (1, 1) else array.shape
    shape = shape[1:] if len(shape) == 3 and shape[0] == 1 else shape
    return " × ".join(map(str, shape))
