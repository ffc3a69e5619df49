"""C̃ between the output and the input: Õ = C̃ Ĩ, one row or one column at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import around
from convlab.draw.text import joined, text_path
from convlab.draw.veil import Box
from convlab.explore.matrix import matrix_words as words
from convlab.explore.matrix.equation import ABOVE, INDENT, LINE, fits, spell
from convlab.explore.matrix.matrix_layout import HEIGHT, WIDTH, Places, places_of
from convlab.explore.matrix.matrix_numbers import COLUMN, CONSTANT, ROW, MatrixState
from convlab.explore.matrix.product_scene import FINE, ProductScene, Titled

TITLES, KERNEL_TOP = 30, 225
"""Pixels from the top of the picture: titles end, and at the left only a kernel is left."""


class MatrixScene(ProductScene):
    """Output, C̃ and input, and what belongs together in them."""

    def __init__(self, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(width, height)
        hues = [palette.DEEP[hue] for hue in (palette.KERNEL, palette.INPUT, palette.OUTPUT)]
        self._sum = [self.text(hue, moving=True) for hue in (*hues, palette.INK, palette.QUIET)]

    def places(self, state: MatrixState) -> Places:
        """Return where all boards lie."""
        return places_of(state, self.width, self.height)

    def regions(self, state: MatrixState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: all but the output, or all but the kernel at the foot."""
        places, right, low = self.places(state), self.width, self.height
        outputs, column = places.y.grids[0].right + 3, places.y.column.left
        return {
            **super().regions(state),
            "matrix": [(outputs, TITLES, right, low), (column - 14, 0, right, TITLES)],
            "product": [(0, 0, right, KERNEL_TOP), (column - 8, KERNEL_TOP, right, low)],
        }

    def pick(self, state: MatrixState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return what to follow, and the step, for what is drawn at a place.

        An output leads to its row and an input to its column; in C̃ the click picks the row or
        the column, whichever is being followed.
        """
        places = self.places(state)
        for follow, flat in ((ROW, places.y), (COLUMN, places.x)):
            if (index := flat.index_at(xy)) is not None:
                return {"follow": follow, "step": index}
        cell = places.matrix.cell_at(xy)
        return None if cell is None else {"step": cell[state.follow == COLUMN]}

    def lay_out(self, state: MatrixState) -> None:
        """Show C̃, the kernels, the cells of the input, and the titles."""
        places = self.places(state)
        channels = np.ndindex(state.channels_out, state.channels_in)
        kernels = [
            (board, state.order.ravel(), state.kernel_texts(*index), number)
            for number, (board, index) in enumerate(zip(places.kernels, channels, strict=True))
        ]
        if places.bias:
            constant = np.full(state.shape[0], CONSTANT)
            kernels.append((places.bias, constant, state.bias_texts, 0))
        self.draw_weights(state, places.matrix, kernels)
        matrix, fine = places.matrix, [board for board, *_ in kernels]
        if min(matrix.wide, matrix.high) >= 8:
            fine.append(matrix)
        self._grid.set_segments(np.concatenate([board.net() for board in fine]))
        block = state.geometry.output_shape[1], state.geometry.input_shape[1]
        self._outlines.set_linewidths(1.2 if matrix.wide * block[1] >= 30 else 0.7)
        outline = matrix.net((matrix.rows, matrix.cols))
        self._outlines.set_segments(np.concatenate([matrix.net(block), outline]))
        self._inputs.set_verts(places.x.boxes())
        self._inputs.set_linewidths(1.0 if places.x.column.high >= FINE else 0.3)
        self._padding.set_segments(np.concatenate([board.net() for board in places.padded]))
        self._draw_titles(state, places)

    def _draw_titles(self, state: MatrixState, places: Places) -> None:
        y, x, bias = places.y.column, places.x.column, places.bias
        output, padded, between = places.y.grids[0], places.padded[0], (y.right, x.left)
        parts: Titled = {
            palette.OUTPUT: {
                "output": (output, (4, y.left - 18)),
                "y": (y, (y.left - 24, y.right + 10)),
            },
            palette.KERNEL: {
                "matrix": (places.matrix, between),
                "kernel": (places.kernels[0], (4, y.left - 12)),
                **({"bias": (bias, between)} if bias else {}),
            },
            palette.INPUT: {
                "input": (padded, (padded.left - 6, self.width - 4)),
                "x": (x, (x.left - 10, padded.left)),
            },
        }
        self.draw_titles(words.titles(state), parts)
        gaps = {"=": (y, bias or places.matrix), "·": (places.matrix, x)}
        if bias:
            gaps["+"] = bias, places.matrix
        height = places.matrix.middle[1]
        spots = [((left.right + right.left) / 2, height) for left, right in gaps.values()]
        self._signs.set_path(text_path(list(gaps), np.array(spots), 21, bold=True))

    def move(self, state: MatrixState) -> None:
        """Show the row or the column that is followed, and what belongs to it."""
        places, step, by_row = self.places(state), state.step, state.follow == ROW
        here, there = (places.y, places.x) if by_row else (places.x, places.y)
        self.draw_maps(state, places.y, places.x, [], [])
        self._marks.set_linewidths(0.9 if there.column.high >= FINE else 0.3)
        self.draw_window(state, places.padded if by_row else [])
        one, size = np.array([step]), (1, state.shape[1]) if by_row else (state.shape[0], 1)
        (band,) = places.matrix.corners(one * by_row, one * (not by_row), *size)
        self._frames.set_verts([*map(around, [band, *here.boxes(one)])])
        self._joins.set_segments(np.concatenate([here.joins(one), there.joins(state.met)]))
        self._spell(state, places)

    def _spell(self, state: MatrixState, places: Places) -> None:
        """Write out the sums below C̃, where there is room."""
        board, pieces = places.matrix, spell(state)
        if not fits(pieces, board):
            pieces = []
        top, left = board.bottom - ABOVE, board.left + INDENT
        for kind, patch in enumerate(self._sum):
            paths = [
                text_path(
                    [piece.text],
                    np.array([(left + piece.place, top - piece.line * LINE)]),
                    15,
                    align=piece.align,
                )
                for piece in pieces
                if piece.kind == kind
            ]
            patch.set_path(joined(paths))
