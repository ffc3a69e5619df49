"""Pictures of the first job of back-propagation: from ∂ℓ/∂y to ∂ℓ/∂x."""

from __future__ import annotations

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.drawing import Drawing
from convlab.explore.backprop.names import numbered, weight_name
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain

MIDDLE = 126
"""Height of the middle of a row of boards, in pixels."""
ROOM = 228
"""Largest height of a board under its title."""


def sign(sheet: Drawing, text: str, x: float, y: float = MIDDLE, size: float = 22) -> None:
    """Write an operator between two boards."""
    sheet.text(text, x, y, size)


def _pattern(n: WorkedExample) -> np.ndarray:
    """Return where C̃ holds a weight."""
    mask = np.zeros(n.matrix.shape, bool)
    for connection in n.connections:
        mask[connection.pixel, connection.source] = True
    return mask


def _matrix(
    sheet: Drawing, where: CellGrid, values: np.ndarray, mask: np.ndarray, name: str
) -> None:
    """Draw C̃ or its transpose; zeros only where they can be read."""
    sheet.block(where, palette.PAPER, palette.QUIET)
    readable = min(where.wide / 20, where.high / 14.5) >= 1
    shown = np.ones_like(mask) if readable else mask
    sheet.grid(where, values, "kernel", shown=shown, faint=~mask)
    sheet.text(name, where.left - 14, where.middle[1], 18, palette.DEEP[palette.KERNEL], bold=True)


def _around_the_matrix(
    sheet: Drawing, n: WorkedExample
) -> tuple[CellGrid, CellGrid, CellGrid, CellGrid, CellGrid]:
    """Place input, C̃, the strips above and right of it, and the output; draw the input and C̃."""
    pixels, sources = n.matrix.shape
    left = board(n.x.shape, 14, MIDDLE, (150, 190), 37)
    wide, high = min(26, 404 / sources), min(26, 136 / pixels)
    matrix = CellGrid(
        pixels, sources, 226 + (404 - wide * sources) / 2, MIDDLE + high * pixels / 2, wide, high
    )
    above = CellGrid(1, sources, matrix.left, matrix.top + 36, wide, 26)
    beside = CellGrid(pixels, 1, matrix.right + 12, matrix.top, 30, high)
    right = board(n.y.shape, 0, MIDDLE, (130, 190), 40)
    right = CellGrid(*n.y.shape, 836 - right.wide * right.cols, right.top, right.wide, right.high)
    _matrix(sheet, matrix, n.matrix, _pattern(n), "C̃")
    return left, matrix, above, beside, right


def forward(sheet: Drawing, n: WorkedExample) -> None:
    """Draw ỹ = C̃ x̃, with the first output pixel, its row and its window framed."""
    left, matrix, above, beside, right = _around_the_matrix(sheet, n)
    mask, (top, _), (before, _) = _pattern(n), *n.geometry.padding
    sheet.grid(left, n.x, "input", title="input I", names=numbered("x", n.x.size))
    sheet.grid(above, n.x.reshape(1, -1), "input")
    sheet.text("x̃", above.left - 14, above.middle[1], 16, palette.DEEP[palette.INPUT], bold=True)
    sheet.grid(beside, n.y.reshape(-1, 1), "output")
    sheet.text("ỹ", beside.middle[0], beside.top + 14, 16, palette.DEEP[palette.OUTPUT], bold=True)
    sheet.grid(right, n.y, "output", title="output O", names=numbered("y", n.y.size))
    _, rows, cols = n.geometry.window(0)
    for row in rows:
        for col in cols:
            if 0 <= row - top < len(n.x) and 0 <= col - before < len(n.x[0]):
                sheet.frame(left, row - top, col - before, colour=palette.KERNEL)
    sheet.frame(matrix, 0, 0, 1, matrix.cols)
    sheet.frame(beside)
    sheet.frame(right)
    for col in np.flatnonzero(mask[0]):
        sheet.frame(above, 0, int(col), colour=palette.KERNEL)


def touched(sheet: Drawing, n: WorkedExample) -> None:
    """Draw the first input cell, the outputs that it feeds, and the weight on each line."""
    left = board(n.x.shape, 90, MIDDLE, (220, ROOM), 46)
    right = board(n.y.shape, 600, MIDDLE, (190, ROOM), 56)
    feeds = n.fed_by(0)
    faint, others = np.ones(n.y.shape, bool), np.arange(n.x.size).reshape(n.x.shape) > 0
    places = [divmod(connection.pixel, right.cols) for connection in feeds]
    for place in places:
        faint[place] = False
    names = numbered("y", n.y.size)
    inputs = numbered("x", n.x.size)
    sheet.grid(left, n.x, "input", title="input I", names=inputs, faint=others)
    sheet.grid(right, n.y, "output", title="output O", names=names, faint=faint)
    start = (left.left + left.wide, left.centre(0, 0)[1])
    gap = min(30, 220 / max(len(feeds), 1))
    for index, (connection, place) in enumerate(zip(feeds, places, strict=True)):
        y = MIDDLE + gap * ((len(feeds) - 1) / 2 - index) if len(feeds) > 1 else start[1]
        end = right.centre(*place)
        sheet.line(start, (425, y), palette.KERNEL)
        sheet.arrow((425, y), (end[0] - right.wide / 2, end[1]), palette.KERNEL)
        text = f"{weight_name(*connection.weight)} = {plain(n.weight[connection.weight])}"
        sheet.note(text, 425, y, min(14, gap * 0.62), palette.DEEP[palette.KERNEL])
        sheet.frame(right, *place)
    sheet.frame(left)


def column(sheet: Drawing, n: WorkedExample, cell: int, *, summed: bool) -> None:
    """Draw one column of C̃ framed; if `summed`, multiplied with ∂ℓ/∂y and added up."""
    left, matrix, above, beside, right = _around_the_matrix(sheet, n)
    row, col = divmod(cell, n.x.shape[1])
    if not summed:
        sheet.grid(left, n.x, "input", title="input I", names=numbered("x", n.x.size))
        sheet.grid(above, n.x.reshape(1, -1), "input")
        label = palette.DEEP[palette.INPUT]
        sheet.text("x̃", above.left - 14, above.middle[1], 16, label, bold=True)
        sheet.grid(beside, n.y.reshape(-1, 1), "output")
        sheet.grid(right, n.y, "output", title="output O", names=numbered("y", n.y.size))
        label = palette.DEEP[palette.OUTPUT]
        sheet.text("ỹ", beside.middle[0], beside.top + 14, 16, label, bold=True)
        sheet.frame(above, 0, cell)
    else:
        known = np.arange(n.x.size).reshape(n.x.shape) <= cell
        sheet.grid(left, n.gradients.x, "gradient", title="∂ℓ/∂I", shown=known)
        sheet.grid(left, shown=~known, empty=~known)
        below = CellGrid(1, matrix.cols, matrix.left, matrix.bottom - 10, matrix.wide, 26)
        known = known.reshape(1, -1)
        sheet.grid(below, n.gradients.x.reshape(1, -1), "gradient", shown=known)
        sheet.grid(below, shown=~known, empty=~known)
        sheet.grid(beside, n.grad_output.reshape(-1, 1), "gradient")
        names = numbered("y", n.y.size)
        sheet.grid(right, n.grad_output, "gradient", title="∂ℓ/∂O", names=names)
        label = palette.DEEP[palette.GRADIENT]
        sheet.text("∂ℓ/∂x̃", below.left - 30, below.middle[1], 15, label, bold=True)
        sheet.text("∂ℓ/∂ỹ", beside.middle[0], beside.top + 14, 15, label, bold=True)
        sheet.frame(below, 0, cell)
    sheet.frame(matrix, 0, cell, matrix.rows, 1)
    for connection in n.fed_by(cell):
        sheet.frame(right, *divmod(connection.pixel, right.cols))
        sheet.frame(beside, connection.pixel)
    sheet.frame(left, row, col)


def transposed(sheet: Drawing, n: WorkedExample, cell: int) -> None:
    """Draw C̃ᵀ times ∂ℓ/∂ỹ, and the result put back into the input's shape."""
    sources, pixels = n.matrix.T.shape
    high, wide = min(26, 232 / sources), min(30, 330 / pixels)
    top = MIDDLE + 4 + high * sources / 2
    matrix = CellGrid(sources, pixels, 54, top, wide, high)
    tall = min(26, 232 / pixels)
    factor = CellGrid(pixels, 1, matrix.right + 34, MIDDLE + 4 + tall * pixels / 2, 36, tall)
    result = CellGrid(sources, 1, factor.right + 40, top, 40, high)
    grid = board(n.x.shape, result.right + 56, MIDDLE, (836 - result.right - 56, 190), 44)
    _matrix(sheet, matrix, n.matrix.T, _pattern(n).T, "C̃ᵀ")
    sheet.grid(factor, n.grad_output.reshape(-1, 1), "gradient", title="∂ℓ/∂ỹ")
    sheet.grid(result, n.gradients.x.reshape(-1, 1), "gradient", title="∂ℓ/∂x̃")
    names = numbered("x", n.x.size)
    sheet.grid(grid, n.gradients.x, "gradient", title="∂ℓ/∂I", names=names)
    sign(sheet, "·", (matrix.right + factor.left) / 2)
    sign(sheet, "=", (factor.right + result.left) / 2)
    sheet.arrow((result.right + 14, MIDDLE), (grid.left - 12, MIDDLE))
    sheet.frame(matrix, cell, 0, 1, pixels)
    sheet.frame(result, cell)
    sheet.frame(grid, *divmod(cell, grid.cols))


def both_ways(sheet: Drawing, n: WorkedExample) -> None:
    """Draw the change of the loss for a small change of the input, computed in both orders."""
    change = (n.matrix @ n.nudge.ravel()).reshape(n.y.shape).round(12)
    total = plain((change * n.grad_output).sum().round(12))
    rows = (
        (200, "C̃", n.nudge, "dx", "input", change, "dy = C̃ dx", "output", n.grad_output, "∂ℓ/∂y"),
        (
            *(60, "C̃ᵀ", n.grad_output, "∂ℓ/∂y", "gradient"),
            *(n.gradients.x, "C̃ᵀ ∂ℓ/∂y", "gradient", n.nudge, "dx"),
        ),
    )
    for middle, name, start, start_title, role, end, end_title, end_role, factor, title in rows:
        first = board(start.shape, 70, middle, (150, 102), 34)
        second = board(end.shape, 330, middle, (150, 102), 34)
        third = board(factor.shape, 530, middle, (150, 102), 34)
        sheet.grid(first, start, role, title=start_title)
        sheet.grid(second, end, end_role, title=end_title)
        sheet.grid(third, factor, "gradient" if title != "dx" else "input", title=title)
        sheet.arrow((first.right + 14, middle), (second.left - 14, middle))
        x = (first.right + second.left) / 2
        sheet.note(name, x, middle, 15, palette.DEEP[palette.KERNEL])
        sign(sheet, "·", (second.right + third.left) / 2, middle, 26)
        sign(sheet, "=", third.right + 26, middle)
        sheet.text(f"dℓ = {total}", third.right + 48, middle, 18, align="left", bold=True)


def as_convolution(sheet: Drawing, n: WorkedExample, cell: int) -> None:
    """Draw the rotated kernel over the spread and padded output gradient."""
    source, (down, across) = n.zero_inserted_and_padded, n.geometry.dilation
    (top, _), (left, _) = n.border
    real = np.zeros(source.shape, bool)
    rows, cols = n.zero_inserted.shape
    real[top : top + rows : n.geometry.stride[0], left : left + cols : n.geometry.stride[1]] = True
    kernel = board(n.weight.shape, 24, MIDDLE, (150, 150), 40)
    wide = board(source.shape, kernel.right + 76, MIDDLE, (300, ROOM), 38)
    result = board(n.x.shape, wide.right + 60, MIDDLE, (230, ROOM), 44)
    sheet.grid(wide, source, "gradient", title="∂ℓ/∂O, spread and padded", empty=~real)
    sheet.grid(kernel, n.weight[::-1, ::-1], "kernel", title="w rotated by 180°")
    names = numbered("x", n.x.size)
    sheet.grid(result, n.gradients.x, "gradient", title="∂ℓ/∂I", names=names)
    sign(sheet, "@", (kernel.right + wide.left) / 2)
    sign(sheet, "=", (wide.right + result.left) / 2)
    row, col = divmod(cell, result.cols)
    stops = [(row + u * down, col + v * across) for u, v in np.ndindex(n.weight.shape)]
    if max(n.geometry.dilation) == 1:
        sheet.frame(wide, row, col, *n.weight.shape, colour=palette.KERNEL)
    else:
        for stop in stops:
            sheet.frame(wide, *stop, colour=palette.KERNEL)
    sheet.frame(result, row, col)
