"""The lower half of the picture: one cell of the network, opened."""

from __future__ import annotations

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing
from convlab.draw.text import LEGIBLE, NEARLY, fitting, text_path
from convlab.explore.network import see_through_words as words
from convlab.explore.network.see_through_layout import (
    BENCH,
    DIGIT,
    FLOOR,
    answer_boards,
    flat_board,
    grids,
    slice_strip,
)
from convlab.explore.network.see_through_numbers import (
    ANSWERS,
    GRADIENTS,
    MAPS,
    PICTURE,
    SCORES,
    SeeThroughState,
    planes,
    region_of,
)
from convlab.explore.network.see_through_window import Window, shares_of, window_of
from convlab.explore.network.trained_network import picture_of
from convlab.formatting import plain
from convlab.inspection import patch_of

MIDDLE = sum(BENCH) / 2
ANSWERS_MIDDLE = BENCH[0] + 290
TITLE = FLOOR - 12
PALE = 1.4
"""How much paler cells are that hold a number, so that dark letters can be read on all of them."""
TINY = 1e-3
"""The share of a grid's largest number below which one is written as 0."""
CROWDED = 10
"""Pixels of a cell below which padding is not drawn."""
Box = tuple[tuple[int, int], tuple[int, int]]


def draw_bench(sheet: Drawing, state: SeeThroughState) -> None:
    """Draw the digit, how the chosen cell comes about, and the map that it belongs to."""
    _digit(sheet, state)
    _flat_map(sheet, state)
    window = window_of(state)
    if state.show == ANSWERS:
        _answers(sheet, state, window)
    elif window is None:
        line = words.sum_line(state) if state.show != GRADIENTS else words.picture_gradient_line()
        note = words.gradient_note(state) if state.show == GRADIENTS else ""
        sheet.text(note, MIDDLE, FLOOR - 70, 14, palette.DEEP[palette.GRADIENT], bold=True)
        sheet.text(line, MIDDLE, FLOOR - 96, 14)
    elif state.show == GRADIENTS:
        _gradients(sheet, state, window)
    else:
        _values(sheet, state, window)


def patch_grids(state: SeeThroughState) -> dict[str, CellGrid]:
    """Return where the window, the kernel and what comes of them lie, by name."""
    window = window_of(state)
    if window is None or state.show == ANSWERS:
        learned = window is not None and window.kernel is not None
        return {"kernel": kernel_beside(window)} if window is not None and learned else {}
    rows, cols = window.patch.shape[1:]
    if window.kernel is None:
        pair = grids(2 if state.show == GRADIENTS else 1, 40, (rows, cols), 130)
        return dict(zip(("window", "to the window"), pair, strict=False))
    if state.show == GRADIENTS:
        names = ("kernel", "to the window", "window", "to the weights")
        return dict(zip(names, grids(4, 31 if rows == 3 else 40, (rows, cols), 123), strict=True))
    three = ("window", "kernel", "products")
    return dict(zip(three, grids(3, 36, (rows, cols), 150), strict=True))


def kernel_beside(window: Window) -> CellGrid:
    """Return where the kernel lies, left of the patches that it answers to."""
    rows, cols = window.patch.shape[1:]
    side = 90 / max(rows, cols)
    return CellGrid(rows, cols, BENCH[0] + 14, FLOOR - 44, side, side)


def paint(
    sheet: Drawing,
    board: CellGrid,
    values: np.ndarray,
    edge: str,
    limit: float,
    *,
    numbers: bool = True,
) -> None:
    """Put a grid on the sheet whose cells are coloured by their values; NaN is dashed."""
    outside = np.isnan(values)
    known = np.nan_to_num(values)
    sheet.cells.extend(board.marked(~outside))
    colours = palette.diverging(known, PALE * limit if numbers else limit)
    sheet.faces.extend(colours[~outside])
    sheet.edges.extend([edge] * int((~outside).sum()))
    if board.high >= CROWDED:
        sheet.grid(board, shown=outside, empty=outside)
    size = min(13.0, 0.5 * board.high)
    if not numbers or size < NEARLY:
        return
    size, room = max(size, LEGIBLE), 0.86 * board.wide
    places = np.array([board.centre(row, col) for row, col in np.argwhere(~outside)])
    texts = [fitting(_rounded(value, limit), size, room) for value in known[~outside]]
    path = text_path(texts, places, size, room=room)
    sheet.words[palette.INK].append(path)


def hue_of(state: SeeThroughState, layer: str) -> str:
    """Return the colour of a layer's maps: of what they hold, or of the gradients."""
    if state.show == GRADIENTS:
        return palette.GRADIENT
    return palette.INPUT if layer == PICTURE else palette.OUTPUT


def _largest(values: np.ndarray) -> float:
    """Return the largest size of a number, NaN aside; 1 where all are 0."""
    return float(np.nanmax(np.abs(values), initial=0)) or 1.0


def _rounded(value: float, limit: float) -> float:
    """Round a number so that it stays large in a small cell: it is one among others of its grid."""
    if abs(value) <= TINY * limit:
        return 0.0
    return round(float(value), 2) if limit >= 0.05 else float(f"{value:.1g}")


def _digit(sheet: Drawing, state: SeeThroughState) -> None:
    paint(sheet, DIGIT, picture_of(state.number), palette.INPUT, 1.0, numbers=False)
    deep = palette.DEEP[palette.INPUT]
    sheet.text(words.digit_title(state), DIGIT.middle[0], TITLE, 13, deep, bold=True)
    frame_region(sheet, DIGIT, state.region)


def frame_region(sheet: Drawing, board: CellGrid, region: Box) -> None:
    """Frame the part of a region that lies on a board."""
    (top, bottom), (left, right) = region
    rows, cols = (max(top, 0), min(bottom, board.rows)), (max(left, 0), min(right, board.cols))
    sheet.frames.append(board.block(rows, cols))
    sheet.frame_colours.append(palette.LOOK_HERE)


def _flat_map(sheet: Drawing, state: SeeThroughState) -> None:
    board, own = flat_board(state.layer), planes(state.shown, state.layer)
    hue, limit = hue_of(state, state.layer), _largest(own)
    is_scores = state.layer == SCORES
    values = own[:, :, 0] if is_scores else own[state.channel]
    # The scores have numbers of their own, in a line of their own.
    limit *= PALE if is_scores else 1
    paint(sheet, board, values, hue, limit, numbers=not is_scores)
    if is_scores:
        for row, value in enumerate(values[:, 0]):
            x, y = board.centre(row, 0)
            sheet.text(plain(round(float(value), 3)), x, y, LEGIBLE)
            sheet.text(str(row), board.left - 10, y, 12)
    title = words.map_title(state)
    sheet.text(title, board.middle[0], TITLE, 13, palette.DEEP[hue], bold=True)
    row, col = (state.channel, 0) if is_scores else (state.row, state.column)
    sheet.frame(board, row, col)


def _titled(sheet: Drawing, board: CellGrid, title: str, hue: str | None) -> None:
    colour = palette.INK if hue is None else palette.DEEP[hue]
    sheet.text(title, board.middle[0], board.top + 11, 12, colour, bold=True)


def _values(sheet: Drawing, state: SeeThroughState, window: Window) -> None:
    boards, part = patch_grids(state), state.part
    hue = palette.INPUT if MAPS[state.layer].layer == 0 and len(window.channels) == 1 else None
    patch = window.patch[part]
    seen = _largest(window.patch)
    paint(sheet, boards["window"], patch, palette.INPUT, seen)
    _titled(sheet, boards["window"], words.window_title(state, window.channels[part]), hue)
    line = 44.0 if len(window.channels) > 1 or window.kernel is None else 22.0
    if window.kernel is not None:
        kernel, products = window.kernel[part], window.products[part]
        most = _largest(window.kernel)
        paint(sheet, boards["kernel"], kernel, palette.DEEP[palette.KERNEL], most)
        largest = _largest(window.products)
        paint(sheet, boards["products"], products, palette.QUIET, largest)
        _titled(sheet, boards["kernel"], words.kernel_title(state, part), palette.KERNEL)
        _titled(sheet, boards["products"], words.products_title(), None)
        _sign(sheet, "×", boards["window"], boards["kernel"])
        _sign(sheet, "=", boards["kernel"], boards["products"])
    if len(window.channels) > 1:
        strip = slice_strip(len(window.channels))
        paint(sheet, strip, window.sums[None], palette.QUIET, _largest(window.sums))
        sheet.frame(strip, 0, part, colour=palette.KERNEL)
    deep = palette.DEEP[palette.OUTPUT]
    sheet.text(words.sum_line(state), MIDDLE, line, 14, deep, bold=True)


def _gradients(sheet: Drawing, state: SeeThroughState, window: Window) -> None:
    boards, part = patch_grids(state), state.part
    shares = shares_of(state)
    assert shares is not None
    purple = palette.DEEP[palette.GRADIENT]
    seen = _largest(window.patch)
    to_window, to_weights = words.share_titles()
    paint(sheet, boards["window"], window.patch[part], palette.INPUT, seen)
    given = _largest(shares.window)
    paint(sheet, boards["to the window"], shares.window[part], purple, given)
    _titled(sheet, boards["window"], words.seen_title(state, window.channels[part]), None)
    _titled(sheet, boards["to the window"], to_window, palette.GRADIENT)
    if window.kernel is None or shares.kernel is None:
        _sign(sheet, "→", boards["window"], boards["to the window"])
        sheet.text(words.passing_line(state), MIDDLE, 40, 13)
    else:
        most = _largest(window.kernel)
        paint(sheet, boards["kernel"], window.kernel[part], palette.DEEP[palette.KERNEL], most)
        taught = _largest(shares.kernel)
        paint(sheet, boards["to the weights"], shares.kernel[part], purple, taught)
        _titled(sheet, boards["kernel"], words.kernel_title(state, part), palette.KERNEL)
        _titled(sheet, boards["to the weights"], to_weights, palette.GRADIENT)
        _sign(sheet, "· g", boards["kernel"], boards["to the window"])
        _sign(sheet, "· g", boards["window"], boards["to the weights"])
    sheet.text(words.gradient_note(state), MIDDLE, 18, 14, purple, bold=True)


def _sign(sheet: Drawing, sign: str, left: CellGrid, right: CellGrid) -> None:
    sheet.text(sign, (left.right + right.left) / 2, left.middle[1], 14, bold=True)


def _answers(sheet: Drawing, state: SeeThroughState, window: Window | None) -> None:
    deep = palette.DEEP[palette.OUTPUT]
    sheet.text(words.answers_title(state), ANSWERS_MIDDLE, TITLE, 13, deep, bold=True)
    if not state.answers or state.answers[0].value <= 0:
        sheet.text(words.silent_line(), MIDDLE, FLOOR - 96, 14)
        return
    if window is not None and window.kernel is not None:
        board = kernel_beside(window)
        part = window.kernel[state.part]
        most = _largest(window.kernel)
        paint(sheet, board, part, palette.DEEP[palette.KERNEL], most)
        name = words.kernel_title(state, 0) if state.layer != SCORES else words.weights_title()
        _titled(sheet, board, name, palette.KERNEL)
    (top, bottom), (left, right) = region_of(state.layer, 0, 0)
    for board, answer in zip(
        answer_boards((bottom - top, right - left)), state.answers, strict=False
    ):
        region = region_of(state.layer, answer.row, answer.col)
        patch = patch_of(picture_of(answer.picture), region)
        paint(sheet, board, patch, palette.INPUT, 1.0, numbers=False)
        if answer.picture == state.number:
            sheet.frame(board, 0, 0, board.rows, board.cols)
        x, y = board.middle
        sheet.text(words.answer_note(state, answer, patch), x, y - 37, 12)


def answer_at(state: SeeThroughState, pixel: tuple[float, float]) -> int | None:
    """Return which of the patches is drawn at a pixel."""
    if state.show != ANSWERS or not state.answers:
        return None
    (top, bottom), (left, right) = region_of(state.layer, 0, 0)
    boards = answer_boards((bottom - top, right - left))[: len(state.answers)]
    hits = [n for n, board in enumerate(boards) if board.cell_at(pixel)]
    return hits[0] if hits else None
