"""A network from the digit to the probabilities: all its planes above, one cell opened below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba_array

from convlab.draw import palette
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.draw.veil import Box
from convlab.explore.network import see_through_words as words
from convlab.explore.network.probability_bars import BAR, draw_bars
from convlab.explore.network.see_through_bench import (
    answer_at,
    draw_bench,
    hue_of,
    patch_grids,
)
from convlab.explore.network.see_through_layout import (
    BENCH,
    DIGIT,
    FLOOR,
    HEIGHT,
    TITLES,
    WIDTH,
    all_cells,
    column_of,
    columns,
    flat_board,
    place_at,
    score_board,
    slice_strip,
)
from convlab.explore.network.see_through_numbers import (
    ALL,
    MAPS,
    PICTURE,
    SCORES,
    VALUES,
    SeeThroughState,
    below,
    planes,
    shape_of,
)
from convlab.explore.network.see_through_window import Window, window_of

STRONG = 0.7
"""The share of a layer's largest number that has the full colour: small planes need it."""


class SeeThroughScene(DrawingScene[SeeThroughState]):
    """Every plane of the network, the chosen cell, what it reads, and its arithmetic."""

    def __init__(self, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(width, height)
        corners, which = all_cells()
        self._planes = self.polygons(moving=True, linewidths=0.4)
        self._planes.set_verts(corners)
        sizes = [int(np.prod(shape_of(layer)[1:])) for layer, _ in which]
        self._sizes = dict(zip(which, sizes, strict=True))
        # They are made last, and lie below everything else.
        self._planes.set_zorder(0.5)
        self._moving.insert(0, self._moving.pop())

    def regions(self, state: SeeThroughState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the answer, the planes, or the arithmetic of the cell."""
        left, top = score_board().left - 16, self.height - FLOOR
        picture = columns()[0].middle + columns()[0].stack.radius
        return {
            **super().regions(state),
            "probabilities": [(left, 0, self.width, top)],
            "planes": [(0, 0, self.width, top)],
            "what it sees": [(0, 22, picture, 90), (0, top, BENCH[0], self.height)],
            "bench": [(BENCH[0], top, self.width, self.height)],
            "patches": [(BENCH[0] + 118, top, BENCH[1] + 4, self.height)],
        }

    def pick(self, state: SeeThroughState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the cell that is drawn at a place, or the slice, or the digit of a patch."""
        if xy[1] >= FLOOR:
            place = place_at(xy)
            return None if place is None else _cell(*place)
        if (cell := DIGIT.cell_at(xy)) is not None:
            return _cell(PICTURE, 0, *cell)
        if (cell := flat_board(state.layer).cell_at(xy)) is not None:
            if state.layer == SCORES:
                return _cell(SCORES, cell[0], 0, 0)
            return _cell(state.layer, state.channel, *cell)
        if (found := answer_at(state, xy)) is not None:
            answer = state.answers[found]
            at = _cell(state.layer, state.channel, answer.row, answer.col)
            return {"among": ALL, "digit": answer.picture, **at}
        return self._pick_on_bench(state, xy)

    def _pick_on_bench(
        self, state: SeeThroughState, xy: tuple[float, float]
    ) -> dict[str, Any] | None:
        window = window_of(state)
        if window is None:
            return None
        if state.show == VALUES and len(window.channels) > 1:
            found = slice_strip(len(window.channels)).cell_at(xy)
            if found is not None:
                return {"part": found[1]}
        board = patch_grids(state).get("window")
        cell = None if board is None else board.cell_at(xy)
        if cell is None:
            return None
        row, col = np.add(window.first, cell).tolist()
        source = below(state.layer)
        _, rows, cols = shape_of(source)
        channel = window.channels[state.part]
        inside = 0 <= row < rows and 0 <= col < cols
        return _cell(source, channel, row, col) if inside else None

    def weight_at(self, state: SeeThroughState, xy: tuple[float, float]) -> tuple[int, int] | None:
        """Return the row and column of the weight that is drawn at a place."""
        board = patch_grids(state).get("kernel")
        return None if board is None else board.cell_at(xy)

    def move(self, state: SeeThroughState) -> None:
        """Colour every plane, and draw what belongs to the chosen cell."""
        self._colour(state)
        super().move(state)

    def _colour(self, state: SeeThroughState) -> None:
        faces, edges = [], []
        limits = {
            layer: STRONG * float(np.abs(planes(state.shown, layer)).max()) or 1.0
            for layer in {layer for layer, _ in self._sizes}
        }
        for layer, channel in self._sizes:
            values = planes(state.shown, layer)[channel]
            faces.append(palette.diverging(values.ravel(), limits[layer]))
            edges.append(_edge(state, layer, channel))
        self._planes.set_facecolor(np.concatenate(faces))
        sizes = list(self._sizes.values())
        self._planes.set_edgecolor(np.repeat(to_rgba_array(edges), sizes, axis=0))

    def drawing(self, state: SeeThroughState) -> Drawing:
        """Draw the titles, the bars, the way to the chosen cell, and the bench."""
        sheet = Drawing()
        _titles(sheet, state)
        _bars(sheet, state)
        window = window_of(state)
        if window is not None:
            _reads(sheet, state, window)
        _here(sheet, state)
        draw_bench(sheet, state)
        return sheet


def _cell(layer: str, channel: int, row: int, col: int) -> dict[str, Any]:
    return {"layer": layer, "channel": channel, "row": row, "column": col}


def _edge(state: SeeThroughState, layer: str, channel: int) -> str:
    """Return the colour of a plane's lines: strong for the chosen one."""
    hue = hue_of(state, layer)
    chosen = (layer, channel) == (state.layer, state.channel)
    return palette.DEEP[hue] if chosen else palette.tint(hue, 0.35)


def _titles(sheet: Drawing, state: SeeThroughState) -> None:
    for layer in dict.fromkeys(column.layer for column in columns()):
        middles = [column.middle for column in columns() if column.layer == layer]
        hue, chosen = hue_of(state, layer), layer == state.layer
        sheet.text(
            words.short_name(layer),
            (middles[0] + middles[-1]) / 2,
            TITLES,
            13,
            palette.DEEP[palette.LOOK_HERE if chosen else hue],
            bold=True,
        )


def _bars(sheet: Drawing, state: SeeThroughState) -> None:
    """Draw how sure the network is of each class."""
    board = score_board()
    chosen = state.layer == SCORES
    hue = palette.DEEP[palette.LOOK_HERE if chosen else palette.OUTPUT]
    sheet.text(words.scores_title(), board.left + 30, TITLES, 13, hue, bold=True)
    draw_bars(sheet, board, state.probabilities, state.label, half=7, size=13)
    x, y = board.left, board.centre(state.label, 0)[1]
    sheet.line((x - 15, y - 8), (x - 4, y - 8))


def _reads(sheet: Drawing, state: SeeThroughState, window: Window) -> None:
    """Frame what the cell reads, on each plane below, and join it with the cell."""
    source, (rows, cols) = below(state.layer), window.patch.shape[1:]
    target = _middle(state)
    for channel in window.channels:
        column, plane = column_of(source, channel)
        limits = column.stack.shape
        top, left = (max(at, 0) for at in window.first)
        high = min(window.first[0] + rows, limits[0]) - top
        wide = min(window.first[1] + cols, limits[1]) - left
        block = column.stack.block(plane, (top, left), (high, wide))
        slice_shown = channel == window.channels[state.part]
        sheet.frames.append(block)
        sheet.frame_colours.append(
            palette.DEEP[palette.KERNEL] if slice_shown else palette.tint(palette.KERNEL, 0.75)
        )
        colour = palette.KERNEL if slice_shown else palette.tint(palette.KERNEL, 0.5)
        sheet.line(tuple(block.mean(axis=0)), target, colour)


def _middle(state: SeeThroughState) -> tuple[float, float]:
    if state.layer == SCORES:
        board = score_board()
        return board.left - 18, board.centre(state.channel, 0)[1]
    column, plane = column_of(state.layer, state.channel)
    x, y = column.stack.block(plane, (state.row, state.column)).mean(axis=0)
    return float(x), float(y)


def _here(sheet: Drawing, state: SeeThroughState) -> None:
    """Frame the chosen cell, and what it sees of the digit."""
    if state.layer == SCORES:
        board = score_board()
        x, y = board.left, board.centre(state.channel, 0)[1]
        sheet.frames.append(
            np.array(
                [[x - 17, y - 10], [x + BAR + 36, y - 10], [x + BAR + 36, y + 10], [x - 17, y + 10]]
            )
        )
    else:
        column, plane = column_of(state.layer, state.channel)
        sheet.frames.append(column.stack.block(plane, (state.row, state.column)))
    sheet.frame_colours.append(palette.LOOK_HERE)
    if MAPS[state.layer].kind != PICTURE:
        column, _ = column_of(PICTURE, 0)
        (top, bottom), (left, right) = np.clip(state.region, 0, 8).tolist()
        block = column.stack.block(0, (top, left), (bottom - top, right - left))
        sheet.frames.append(block)
        sheet.frame_colours.append(palette.LOOK_HERE)
