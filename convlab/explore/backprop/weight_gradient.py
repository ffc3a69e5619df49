"""Pictures of the second job of back-propagation: ∂ℓ/∂w, ∂ℓ/∂b, and a step against them."""

from __future__ import annotations

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.drawing import Drawing
from convlab.draw.planes import input_mask
from convlab.explore.backprop.input_gradient import MIDDLE, ROOM, sign
from convlab.explore.backprop.names import numbered, weight_name
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain


def _padded_input(sheet: Drawing, n: WorkedExample, where: CellGrid) -> None:
    empty = ~input_mask(n.geometry)
    title = "input I, padded" if empty.any() else "input I"
    names = None if empty.any() else numbered("x", n.x.size)
    sheet.grid(where, n.padded, "input", title=title, empty=empty, names=names)


def _connections(n: WorkedExample, place: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the padded input cells that a weight meets."""
    grid = np.arange(n.padded.size).reshape(n.padded.shape)
    view = grid[n.geometry.reach(0, place[0]), n.geometry.reach(1, place[1])]
    return [divmod(int(index), n.padded.shape[1]) for index in view.ravel()]


def appearances(sheet: Drawing, n: WorkedExample, place: tuple[int, int]) -> None:
    """Draw one weight, the input cells that it meets, and in which output each of them counts."""
    name = weight_name(*place)
    kernel = board(n.weight.shape, 30, MIDDLE, (132, 150), 42)
    source = board(n.padded.shape, kernel.right + 76, MIDDLE, (250, ROOM), 44)
    met = board(n.y.shape, source.right + 110, MIDDLE, (220, ROOM), 56)
    sheet.grid(kernel, n.weight, "kernel", title="kernel")
    _padded_input(sheet, n, source)
    names = numbered("y", n.y.size)
    sheet.grid(met, n.met_by(*place), "input", title=f"what {name} meets", names=names)
    sign(sheet, "over", (kernel.right + source.left) / 2, size=15)
    sheet.arrow((source.right + 22, MIDDLE), (met.left - 22, MIDDLE))
    sheet.frame(kernel, *place)
    for cell in _connections(n, place):
        sheet.frame(source, *cell)


def window_sum(sheet: Drawing, n: WorkedExample, place: tuple[int, int]) -> None:
    """Draw what a weight meets, times ∂ℓ/∂y, summed into its gradient."""
    met, shape = n.met_by(*place), n.y.shape
    most = (190, ROOM)
    first = board(shape, 16, MIDDLE, most, 52)
    second = board(shape, first.right + 36, MIDDLE, most, 52)
    third = board(shape, second.right + 36, MIDDLE, most, 52)
    result = board(n.weight.shape, third.right + 74, MIDDLE, (834 - third.right - 74, 150), 48)
    names = numbered("y", n.y.size)
    sheet.grid(first, met, "input", title=f"met by {weight_name(*place)}", names=names)
    sheet.grid(second, n.grad_output, "gradient", title="∂ℓ/∂O", names=names)
    sheet.grid(third, met * n.grad_output, "products", title="products", names=names)
    shown = (
        np.arange(n.weight.size).reshape(n.weight.shape) <= place[0] * n.weight.shape[1] + place[1]
    )
    sheet.grid(result, n.gradients.weight, "gradient", title="W′ = ∂ℓ/∂w", shown=shown)
    sheet.grid(result, shown=~shown, empty=~shown)
    sign(sheet, "×", (first.right + second.left) / 2)
    sign(sheet, "=", (second.right + third.left) / 2)
    sheet.arrow((third.right + 10, MIDDLE), (result.left - 8, MIDDLE))
    sheet.note("Σ", (third.right + result.left) / 2, MIDDLE, 16)
    sheet.frame(result, *place)


def as_correlation(sheet: Drawing, n: WorkedExample, place: tuple[int, int]) -> None:
    """Draw the output gradient laid over the input as a kernel, and W′."""
    down, across = n.geometry.stride
    real = np.zeros(n.zero_inserted.shape, bool)
    real[::down, ::across] = True
    kernel = board(n.zero_inserted.shape, 24, MIDDLE, (200, ROOM), 44)
    source = board(n.padded.shape, kernel.right + 62, MIDDLE, (240, ROOM), 44)
    result = board(n.weight.shape, source.right + 74, MIDDLE, (150, 150), 48)
    title = "O′ = ∂ℓ/∂O" if real.all() else "O′, spread"
    sheet.grid(kernel, n.zero_inserted, "gradient", title=title, empty=~real)
    _padded_input(sheet, n, source)
    sheet.grid(result, n.gradients.weight, "gradient", title="W′ = ∂ℓ/∂w")
    sign(sheet, "@", (kernel.right + source.left) / 2)
    sign(sheet, "=", (source.right + result.left) / 2)
    first, *_ = met = _connections(n, place)
    if real.all():
        sheet.frame(source, *first, *n.zero_inserted.shape, colour=palette.GRADIENT)
    else:
        for cell in met:
            sheet.frame(source, *cell, colour=palette.GRADIENT)
    sheet.frame(result, *place)


def bias(sheet: Drawing, n: WorkedExample) -> None:
    """Draw the bias, added to every output once, and ∂ℓ/∂y summed into its gradient."""
    room = (178, ROOM)
    sums = board(n.y.shape, 20, MIDDLE, room, 50)
    added = board(n.y.shape, sums.right + 66, MIDDLE, room, 50)
    grad = board(n.y.shape, added.right + 76, MIDDLE, room, 50)
    total = board((1, 1), grad.right + 76, MIDDLE, (60, 60), 56)
    names = numbered("y", n.y.size)
    sheet.grid(sums, n.y - n.bias, "output", title="products, summed", names=names)
    sheet.grid(added, np.full(n.y.shape, n.bias), "kernel", title="b, once each")
    sheet.grid(grad, n.grad_output, "gradient", title="∂ℓ/∂O", names=names)
    sheet.grid(total, np.array([[n.gradients.bias]]), "gradient", title="∂ℓ/∂b")
    sign(sheet, "+", (sums.right + added.left) / 2)
    sheet.arrow((grad.right + 10, MIDDLE), (total.left - 8, MIDDLE))
    sheet.note("Σ", (grad.right + total.left) / 2, MIDDLE, 16)
    sheet.frame(total)


def descent(sheet: Drawing, n: WorkedExample) -> None:
    """Draw the step from old to new weights and bias, and the loss before and after."""
    new_weight, new_bias = n.learned
    rows = (
        (158, 132, n.weight, n.gradients.weight, new_weight, ("w", "∂ℓ/∂w", "w, one step on")),
        (34, 34, n.bias, n.gradients.bias, new_bias, ("b", "∂ℓ/∂b", "b, one step on")),
    )
    for middle, room, old, slope, new, titles in rows:
        shape = np.shape(np.atleast_2d(old))
        boards = [board(shape, left, middle, (138, room), 44) for left in (36, 260, 450)]
        for where, value, title, role in zip(
            boards, (old, slope, new), titles, ("kernel", "gradient", "kernel"), strict=True
        ):
            sheet.grid(where, np.atleast_2d(value), role, title=title)
        sign(sheet, f"− {plain(n.rate)} ×", (boards[0].right + boards[1].left) / 2, middle, 17)
        sign(sheet, "=", (boards[1].right + boards[2].left) / 2, middle)
    before, after = n.loss(n.y), n.loss(n.forward(new_weight, new_bias))
    for left, loss, label in ((664, before, "before"), (756, after, "after")):
        tall = 170 * loss / (before or 1.0)
        sheet.block(
            CellGrid(1, 1, left, 40 + tall, 60, tall),
            palette.tint(palette.LOOK_HERE, 0.3),
            palette.LOOK_HERE,
        )
        sheet.text(f"{loss:.4g}", left + 30, 40 + tall + 13, 16, bold=True)
        sheet.text(label, left + 30, 24, 14)
    sheet.text("loss ℓ", 740, 262, 15, palette.DEEP[palette.LOOK_HERE], bold=True)
