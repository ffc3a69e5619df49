"""Pictures of the first job of back-propagation: from ∂ℓ/∂y to ∂ℓ/∂x."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.drawing import WORDS, Drawing
from convlab.explore.backprop import backprop_words as words
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.grids import MIDDLE, ROOM, Row, label, named, partly
from convlab.explore.backprop.names import weight_name
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain, say

MOST_ROWS_BESIDE_TARGET = 5


class _Places(NamedTuple):
    """Where C̃ lies, the strips above and beside it, and the input and the output at the ends."""

    left: CellGrid
    matrix: CellGrid
    above: CellGrid
    beside: CellGrid
    right: CellGrid


def forward(drawing: Drawing, state: BackpropState) -> None:
    """Draw Õ = C̃ Ĩ, with the first output pixel, its row and its window framed; and the target."""
    n = state.numbers
    places = _forward_pass(drawing, n, with_target=True)
    first = [line.source for line in state.row_1]
    for source in first:
        _frame(drawing, places.left, source, palette.KERNEL)
    drawing.frame(places.matrix, 0, 0, 1, places.matrix.cols)
    drawing.frame(places.beside)
    drawing.frame(places.right)
    for source in first:
        drawing.frame(places.above, 0, source, colour=palette.KERNEL)


def touched(drawing: Drawing, state: BackpropState) -> None:
    """Draw the first input cell, the outputs that it feeds, and the weight on each line."""
    n = state.numbers
    left = board(n.x.shape, 90, MIDDLE, (220, ROOM), 46)
    right = board(n.y.shape, 600, MIDDLE, (190, ROOM), 56)
    feeds = n.fed_by(0)
    first = np.arange(n.x.size).reshape(n.x.shape) == 0
    fed = np.isin(np.arange(n.y.size), [line.pixel for line in feeds]).reshape(n.y.shape)
    drawing.grid(left, n.x, "input", title=say(words.INPUT), faint=~first, **named(n.x, "x"))
    drawing.grid(right, n.y, "output", title=say(words.OUTPUT), faint=~fed, **named(n.y))
    start = (left.left + left.wide, left.centre(0, 0)[1])
    gap = min(30, 220 / max(len(feeds), 1))
    for index, (_, pixel, weight) in enumerate(feeds):
        y = MIDDLE + gap * ((len(feeds) - 1) / 2 - index) if len(feeds) > 1 else start[1]
        end = right.centre(*divmod(pixel, right.cols))
        drawing.line(start, (425, y), palette.KERNEL)
        drawing.arrow((425, y), (end[0] - right.wide / 2, end[1]), palette.KERNEL)
        text = f"{weight_name(*weight)} = {plain(n.weight[weight])}"
        drawing.note(text, 425, y, min(14, gap * 0.62), WORDS["kernel"])
        _frame(drawing, right, pixel)
    drawing.frame(left)


def partials(drawing: Drawing, state: BackpropState) -> None:
    """Draw the first column of C̃ framed, in the forward pass."""
    places = _forward_pass(drawing, state.numbers)
    drawing.frame(places.above)
    _frame_column(drawing, state.numbers, 0, places)


def chain(drawing: Drawing, state: BackpropState) -> None:
    """Draw the first column of C̃, multiplied with ∂ℓ/∂y and added up."""
    _summed(drawing, state.numbers, 0)


def any_cell(drawing: Drawing, state: BackpropState) -> None:
    """Draw the same for the cell looked at."""
    _summed(drawing, state.numbers, state.cell)


def stacked(drawing: Drawing, state: BackpropState) -> None:
    """Draw C̃ᵀ times Õ′, and the result put back into the input's shape."""
    n, cell = state.numbers, state.cell
    sources, pixels = n.matrix.T.shape
    high, wide = min(26, 232 / sources), min(30, 330 / pixels)
    top = MIDDLE + 4 + high * sources / 2
    matrix = CellGrid(sources, pixels, 54, top, wide, high)
    tall = min(26, 232 / pixels)
    factor = CellGrid(pixels, 1, matrix.right + 34, MIDDLE + 4 + tall * pixels / 2, 36, tall)
    result = CellGrid(sources, 1, factor.right + 40, top, 40, high)
    _matrix(drawing, matrix, n.matrix.T, "C̃ᵀ")
    drawing.grid(factor, n.grad_output.reshape(-1, 1), "gradient", title="Õ′")
    drawing.grid(result, n.gradients.x.reshape(-1, 1), "gradient", title="Ĩ′")
    drawing.text("·", (matrix.right + factor.left) / 2, MIDDLE, 22)
    drawing.text("=", (factor.right + result.left) / 2, MIDDLE, 22)
    row = Row(drawing, result.right)
    row.arrow(56, 14, 12)
    room = (836 - row.right, 190)
    grid = row.grid(n.gradients.x, "gradient", room, 44, title="∂ℓ/∂I", **named(n.x, "x"))
    drawing.frame(matrix, cell, 0, 1, pixels)
    drawing.frame(result, cell)
    _frame(drawing, grid, cell)


def both_ways(drawing: Drawing, state: BackpropState) -> None:
    """Draw the change of the loss for a small change of the input, computed in both orders."""
    n = state.numbers
    change = (n.matrix @ n.nudge.ravel()).reshape(n.y.shape).round(12)
    total = plain(n.change_of_loss)
    dx, dy = (n.nudge, "input", "dx"), (change, "output", "dy = C̃ dx")
    gradient = (n.grad_output, "gradient", "∂ℓ/∂y")
    passed_back = (n.gradients.x, "gradient", "C̃ᵀ ∂ℓ/∂y")
    for middle, name, parts in (
        (200, "C̃", (dx, dy, gradient)),
        (60, "C̃ᵀ", (gradient, passed_back, dx)),
    ):
        squares = [
            board(values.shape, left, middle, (150, 102), 34)
            for left, (values, _, _) in zip((70, 330, 530), parts, strict=True)
        ]
        # A number such as −0.2 is wider than high.
        first, second, third = places = [
            replace(where, wide=min(34, 150 / where.cols, 1.3 * where.high)) for where in squares
        ]
        for where, (values, role, title) in zip(places, parts, strict=True):
            drawing.grid(where, values, role, title=title)
        drawing.arrow((first.right + 14, middle), (second.left - 14, middle))
        drawing.note(name, (first.right + second.left) / 2, middle, 15, WORDS["kernel"])
        drawing.text("·", (second.right + third.left) / 2, middle, 26)
        drawing.text("=", third.right + 26, middle, 22)
        drawing.text(f"dℓ = {total}", third.right + 48, middle, 18, align="left", bold=True)


def convolution(drawing: Drawing, state: BackpropState) -> None:
    """Draw the rotated kernel over the zero-inserted and padded output gradient."""
    n = state.numbers
    zeros = np.pad(n.inserted, n.border, constant_values=True)
    row = Row(drawing, 24)
    row.grid(n.weight[::-1, ::-1], "kernel", (150, 150), 40, title=say(words.ROTATED))
    row.sign("⋆", 76)
    title, source = say(words.WITH_ZEROS), n.zero_inserted_and_padded
    wide = row.grid(source, "gradient", (300, ROOM), 38, title=title, empty=zeros)
    row.sign("=", 60)
    title = "∂ℓ/∂I"
    result = row.grid(n.gradients.x, "gradient", (230, ROOM), 44, title=title, **named(n.x, "x"))
    (top, left), (down, across) = divmod(state.cell, result.cols), n.geometry.dilation
    if down == across == 1:
        drawing.frame(wide, top, left, *n.weight.shape, colour=palette.KERNEL)
    else:
        for u, v in np.ndindex(n.weight.shape):
            drawing.frame(wide, top + u * down, left + v * across, colour=palette.KERNEL)
    drawing.frame(result, top, left)


def _frame(drawing: Drawing, where: CellGrid, index: int, colour: str = palette.LOOK_HERE) -> None:
    """Frame a cell, counted along the rows."""
    drawing.frame(where, *divmod(index, where.cols), colour=colour)


def _matrix(drawing: Drawing, where: CellGrid, values: np.ndarray, name: str) -> None:
    """Draw C̃ or its transpose; zeros only where they can be read, for no weight is 0."""
    drawing.block(where, palette.PAPER, palette.QUIET)
    readable, weights = min(where.wide / 20, where.high / 14.5) >= 1, values != 0
    shown = np.ones_like(weights) if readable else weights
    drawing.grid(where, values, "kernel", shown=shown, faint=~weights)
    label(drawing, name, (where.left - 14, where.middle[1]), "kernel", 18)


def _around_the_matrix(
    drawing: Drawing, n: WorkedExample, room: float = 190, up: float = 0
) -> _Places:
    """Draw C̃, and place everything else: the output within some height, and moved up."""
    pixels, sources = n.matrix.shape
    wide, high = min(26, 404 / sources), min(26, 136 / pixels)
    left = 226 + (404 - wide * sources) / 2
    matrix = CellGrid(pixels, sources, left, MIDDLE + high * pixels / 2, wide, high)
    _matrix(drawing, matrix, n.matrix, "C̃")
    right = board(n.y.shape, 0, MIDDLE, (130, room), 40)
    return _Places(
        board(n.x.shape, 14, MIDDLE, (150, 190), 37),
        matrix,
        CellGrid(1, sources, left, matrix.top + 36, wide, 26),
        CellGrid(pixels, 1, matrix.right + 12, matrix.top, 30, high),
        board(n.y.shape, 828 - right.right, MIDDLE + up, (130, room), 40),
    )


def _forward_pass(drawing: Drawing, n: WorkedExample, *, with_target: bool = False) -> _Places:
    """Draw C̃, the input as a grid and as a row above it, and the output likewise beside it.

    The target stands below the output where its numbers can be read there.
    """
    shares = with_target and n.y.shape[0] <= MOST_ROWS_BESIDE_TARGET
    room, up = (96.0, 58.0) if shares else (190.0, 0.0)
    places = left, _, above, beside, right = _around_the_matrix(drawing, n, room, up)
    if shares:
        target = replace(right, top=right.top - 2 * up - 4)
        drawing.grid(target, n.target, "products", title=say(words.TARGET))
    drawing.grid(left, n.x, "input", title=say(words.INPUT), **named(n.x, "x"))
    drawing.grid(above, n.x.reshape(1, -1), "input")
    label(drawing, "Ĩ", (above.left - 14, above.middle[1]), "input")
    drawing.grid(beside, n.y.reshape(-1, 1), "output")
    label(drawing, "Õ", (beside.middle[0], beside.top + 14), "output")
    drawing.grid(right, n.y, "output", title=say(words.OUTPUT), **named(n.y))
    return places


def _summed(drawing: Drawing, n: WorkedExample, cell: int) -> None:
    """Draw a column of C̃ framed, multiplied with ∂ℓ/∂y and added up; later sums are not known."""
    places = left, matrix, _, beside, right = _around_the_matrix(drawing, n)
    below = CellGrid(1, matrix.cols, matrix.left, matrix.bottom - 10, matrix.wide, 26)
    known = np.arange(n.x.size) <= cell
    partly(drawing, left, n.gradients.x, "gradient", known.reshape(n.x.shape), title="∂ℓ/∂I")
    partly(drawing, below, n.gradients.x.reshape(1, -1), "gradient", known[None])
    drawing.grid(beside, n.grad_output.reshape(-1, 1), "gradient")
    drawing.grid(right, n.grad_output, "gradient", title="∂ℓ/∂O", **named(n.y))
    label(drawing, "Ĩ′", (below.left - 30, below.middle[1]), "gradient", 15)
    label(drawing, "Õ′", (beside.middle[0], beside.top + 14), "gradient", 15)
    drawing.frame(below, 0, cell)
    _frame_column(drawing, n, cell, places)


def _frame_column(drawing: Drawing, n: WorkedExample, cell: int, places: _Places) -> None:
    """Frame the column of an input cell, the cell, and the outputs that it feeds."""
    drawing.frame(places.matrix, 0, cell, places.matrix.rows, 1)
    for line in n.fed_by(cell):
        _frame(drawing, places.right, line.pixel)
        _frame(drawing, places.beside, line.pixel)
    _frame(drawing, places.left, cell)
