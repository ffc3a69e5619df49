"""The paper, what the network is shown of it, its maps, its answer, and what the answer needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba, to_rgba_array

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.draw.shapes import discs
from convlab.draw.text import LEGIBLE, text_path
from convlab.draw.veil import Box
from convlab.explore.network import draw_digit_words as words
from convlab.explore.network.draw_digit_ink import (
    BLOCK,
    DRAW,
    ERASE,
    ERASER,
    PEN,
    SIDE,
    Point,
    pixels,
)
from convlab.explore.network.draw_digit_numbers import CELLS, DrawDigitState
from convlab.explore.network.probability_bars import draw_bars

WIDTH, HEIGHT = 844, 372
TOP = HEIGHT - 26
PAPER = CellGrid(SIDE, SIDE, 12, TOP, 9.4, 9.4)
READ = CellGrid(CELLS, CELLS, 334, TOP, 22, 22)
NEEDED = CellGrid(CELLS, CELLS, 362, TOP - 8 * 22 - 26, 15, 15)
MAPS_LEFT, MAPS_PITCH = 532.0, 52.0
BARS = CellGrid(10, 1, 757, TOP, 80, 31)
INK = np.rint(255 * np.array(to_rgba(palette.DEEP[palette.INPUT])))


def map_boards() -> tuple[list[CellGrid], list[CellGrid]]:
    """Return where the maps of the two layers lie."""
    first = [
        CellGrid(8, 8, MAPS_LEFT + MAPS_PITCH * (n % 4), TOP - MAPS_PITCH * (n // 4), 6, 6)
        for n in range(8)
    ]
    top = TOP - 2 * MAPS_PITCH - 28
    second = [
        CellGrid(4, 4, MAPS_LEFT + MAPS_PITCH * (n % 4), top - MAPS_PITCH * (n // 4), 12, 12)
        for n in range(16)
    ]
    return first, second


class DrawDigitScene(DrawingScene[DrawDigitState]):
    """A paper to draw on, and beside it what becomes of the drawing."""

    def __init__(self, *, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(width, height)
        self._paper = self.pixels(moving=True)
        self._paper.set_extent((PAPER.left, PAPER.right, PAPER.bottom, PAPER.top))
        boards = [READ, NEEDED, *(board for boards in map_boards() for board in boards)]
        hues = [palette.INPUT, palette.tint(palette.OUTPUT, 0.6)]
        hues += [palette.tint(palette.OUTPUT, 0.35)] * (len(boards) - 2)
        # They never move, so that only their colours are told anew.
        self._boards = self.polygons(moving=True, linewidths=1.0)
        self._boards.set_verts(np.concatenate([board.boxes() for board in boards]))
        counts = [board.rows * board.cols for board in boards]
        self._boards.set_edgecolor(np.repeat(to_rgba_array(hues), counts, axis=0))
        # They are made last, and lie below everything else.
        for artist in (self._paper, self._boards):
            artist.set_zorder(0.5)
        self._moving[:0] = [self._moving.pop(), self._moving.pop()]

    def regions(self, state: DrawDigitState) -> Mapping[str, Sequence[Box]]:
        """Return what can be hidden: the answer, or all that follows from what is read."""
        needed = (READ.left - 22, self.height - NEEDED.top - 22, MAPS_LEFT - 6, self.height)
        bars = (BARS.left - 22, 0, self.width, self.height)
        after = (MAPS_LEFT - 6, 0, self.width, self.height)
        return {
            **super().regions(state),
            "answer": [bars],
            "needed": [needed],
            "answer and needed": [bars, needed],
            "all that follows": [after, needed],
        }

    def pick(self, state: DrawDigitState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the patch that a click on the picture, or on what the answer needs, hides."""
        for board in (READ, NEEDED):
            cell = board.cell_at(xy)
            if cell is not None:
                return {"hide": state.patch, "hide_row": cell[0], "hide_column": cell[1]}
        return None

    def move(self, state: DrawDigitState) -> None:
        """Show the paper, and the sheet over it."""
        image = np.full((SIDE, SIDE, 4), 255, np.uint8)
        image[pixels(state.ink)] = INK
        self._paper.set_data(image)
        self._boards.set_facecolor(_shades(state))
        super().move(state)

    def drawing(self, state: DrawDigitState) -> Drawing:
        """Draw what is read, the maps, the answer, and what it needs."""
        sheet = Drawing()
        _paper(sheet, state)
        _read(sheet, state)
        _needed(sheet, state)
        _maps(sheet)
        _bars(sheet, state)
        return sheet


def paper_at(xy: tuple[float, float]) -> Point | None:
    """Return the row and the column of the paper at a place, in pixels of the paper."""
    return None if PAPER.cell_at(xy) is None else point_at(xy)


def point_at(xy: tuple[float, float]) -> Point:
    """Return the row and the column at a place, also of one that lies beside the paper."""
    return (PAPER.top - xy[1]) / PAPER.high - 0.5, (xy[0] - PAPER.left) / PAPER.wide - 0.5


def _paper(sheet: Drawing, state: DrawDigitState) -> None:
    blue = palette.DEEP[palette.INPUT]
    for line in PAPER.net((BLOCK, BLOCK)):
        sheet.line(tuple(line[0]), tuple(line[1]), palette.tint(palette.INPUT, 0.4))
    x, y = PAPER.middle
    sheet.text(words.paper_title(), x, TOP + 13, 14, blue, bold=True)
    sheet.text(words.paper_note(), x, PAPER.bottom - 13, 12, palette.MUTED)
    middle = np.array([PAPER.centre(state.pen_row, state.pen_column)])
    radius = PAPER.wide * (ERASER if state.pen == ERASE else PEN)
    sheet.frames.append(discs(middle, radius, 24)[0])
    sheet.frame_colours.append(palette.LOOK_HERE)
    if state.pen == DRAW:
        sheet.frames.append(discs(middle, 2.5, 12)[0])
        sheet.frame_colours.append(palette.LOOK_HERE)
    if state.pen == ERASE:
        (x, y), reach = middle[0], 0.6 * radius
        sheet.frames.append(np.array([(x - reach, y - reach), (x + reach, y + reach)]))
        sheet.frame_colours.append(palette.LOOK_HERE)


def _shades(state: DrawDigitState) -> np.ndarray:
    """Return the colours of all cells of what is read, of what it needs, and of the maps."""
    # Paler than full, so that dark numbers can be read on the ink.
    parts = [palette.diverging(state.picture.ravel(), 1.4)]
    green = np.array(to_rgba(palette.OUTPUT))
    sure = 0.85 * state.needed.ravel()[:, None]
    parts.append((1 - sure) + sure * green)
    for layer in state.maps.layers:
        maps = layer.activated[0]
        parts.append(palette.diverging(maps.ravel(), 0.8 * float(maps.max()) or 1.0))
    return np.concatenate(parts)


def _read(sheet: Drawing, state: DrawDigitState) -> None:
    places = READ.middles()
    texts = [str(round(16 * float(value))) for value in state.picture.ravel()]
    sheet.words[palette.INK].append(text_path(texts, places, LEGIBLE, room=19))
    blue = palette.DEEP[palette.INPUT]
    sheet.text(words.counts_title(), READ.middle[0], TOP + 13, 12, blue, bold=True)
    if state.hide:
        _frame_patch(sheet, READ, state)


def _needed(sheet: Drawing, state: DrawDigitState) -> None:
    hue = palette.OUTPUT
    full = float(state.unhidden[state.first_answer])
    lost = NEEDED.marked(state.needed < full / 2)
    for corners in lost:
        sheet.line(tuple(corners[0]), tuple(corners[2]), palette.DEEP[palette.LOOK_HERE])
    title = words.needed_title(state)
    sheet.text(title, READ.middle[0], NEEDED.top + 12, LEGIBLE, palette.DEEP[hue], bold=True)
    note = words.needed_note()
    sheet.text(note, READ.middle[0], NEEDED.bottom - 12, 12, palette.DEEP[palette.LOOK_HERE])
    if state.hide:
        sheet.frame(NEEDED, state.hide_row, state.hide_column)


def _frame_patch(sheet: Drawing, board: CellGrid, state: DrawDigitState) -> None:
    top, left = state.hide_row - state.hide // 2, state.hide_column - state.hide // 2
    rows = max(top, 0), min(top + state.hide, CELLS)
    cols = max(left, 0), min(left + state.hide, CELLS)
    sheet.frames.append(board.block(rows, cols))
    sheet.frame_colours.append(palette.LOOK_HERE)


def _maps(sheet: Drawing) -> None:
    green = palette.DEEP[palette.OUTPUT]
    for title, boards in zip(words.maps_titles(), map_boards(), strict=True):
        left, right = boards[0].left, boards[3].right
        sheet.text(title, (left + right) / 2, boards[0].top + 13, 14, green, bold=True)


def _bars(sheet: Drawing, state: DrawDigitState) -> None:
    green = palette.DEEP[palette.OUTPUT]
    sheet.text(words.bars_title(), BARS.left + 24, TOP + 13, 14, green, bold=True)
    draw_bars(sheet, BARS, state.probabilities, state.answer, half=9, size=15, bold_share=True)
