"""Pictures of the second job of back-propagation: ∂ℓ/∂w, ∂ℓ/∂b, and a step against them."""

from __future__ import annotations

import itertools

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.drawing import WORDS, Drawing
from convlab.draw.planes import input_mask
from convlab.explore.backprop import backprop_words as words
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.grids import ROOM, Row, named
from convlab.explore.backprop.names import weight_name
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain, say


def appearances(drawing: Drawing, state: BackpropState) -> None:
    """Draw one weight, the input cells that it meets, and in which output each of them counts."""
    n, place = state.numbers, state.place
    row = Row(drawing, 30)
    kernel = row.grid(n.weight, "kernel", (132, 150), 42, title=say(words.KERNEL))
    row.sign(say(words.OVER), 76, 15)
    source = _padded_input(row, n, 250)
    row.arrow(110, 22, 22)
    met, title = n.met_by(*place), say(words.MEETS, weight=weight_name(*place))
    row.grid(met, "input", (220, ROOM), 56, title=title, **named(met))
    drawing.frame(kernel, *place)
    for cell in _met_cells(n, place):
        drawing.frame(source, *cell)


def window_sum(drawing: Drawing, state: BackpropState) -> None:
    """Draw what a weight meets, times ∂ℓ/∂y, summed into its gradient."""
    n, place = state.numbers, state.place
    met, names, room = n.met_by(*place), named(n.y), (190, ROOM)
    row = Row(drawing, 16)
    row.grid(met, "input", room, 52, title=say(words.MET_BY, weight=weight_name(*place)), **names)
    row.sign("×", 36)
    row.grid(n.grad_output, "gradient", room, 52, title="∂ℓ/∂O", **names)
    row.sign("=", 36)
    products = met * n.grad_output
    row.grid(products, "products", room, 52, title=say(words.PRODUCTS), **names)
    row.arrow(74, note="Σ")
    known = np.arange(n.weight.size).reshape(n.weight.shape) <= state.weight
    room_left, title = (834 - row.right, 150), "W′ = ∂ℓ/∂w"
    result = row.grid(n.gradients.weight, "gradient", room_left, 48, title=title, there=known)
    drawing.frame(result, *place)


def correlation(drawing: Drawing, state: BackpropState) -> None:
    """Draw the output gradient slid over the input, and W′; what is cropped is dashed."""
    n, place = state.numbers, state.place
    dense = not n.inserted.any()
    title = "O′ = ∂ℓ/∂O" if dense else say(words.ZERO_INSERTED)
    row = Row(drawing, 24)
    row.grid(n.zero_inserted, "gradient", (200, ROOM), 44, title=title, empty=n.inserted)
    row.sign("⋆", 62)
    source = _padded_input(row, n, 240)
    row.sign("=", 74)
    rows, cols = np.indices(n.uncropped.shape)
    cropped = (rows >= n.weight.shape[0]) | (cols >= n.weight.shape[1])
    title = say(words.CROPPED) if cropped.any() else "W′ = ∂ℓ/∂w"
    result = row.grid(n.uncropped, "gradient", (190, 190), 48, title=title, empty=cropped)
    first, *_ = met = _met_cells(n, place)
    if dense:
        drawing.frame(source, *first, *n.y.shape, colour=palette.GRADIENT)
    else:
        for cell in met:
            drawing.frame(source, *cell, colour=palette.GRADIENT)
    if cropped.any():
        drawing.frame(result, 0, 0, *n.weight.shape, colour=palette.GRADIENT)
    drawing.frame(result, *place)


def bias(drawing: Drawing, state: BackpropState) -> None:
    """Draw the bias, added to every output once, and ∂ℓ/∂y summed into its gradient."""
    n, room = state.numbers, (178, ROOM)
    names = named(n.y)
    row = Row(drawing, 20)
    row.grid(n.y - n.bias, "output", room, 50, title=say(words.SUMMED), **names)
    row.sign("+", 66)
    row.grid(np.full(n.y.shape, n.bias), "kernel", room, 50, title=say(words.BIAS_ADDED))
    row.right += 76
    row.grid(n.grad_output, "gradient", room, 50, title="∂ℓ/∂O", **names)
    row.arrow(76, note="Σ")
    total = np.atleast_2d(n.gradients.bias)
    drawing.frame(row.grid(total, "gradient", (60, 60), 56, title="∂ℓ/∂b"))


def descent(drawing: Drawing, state: BackpropState) -> None:
    """Draw the step from old to new weights and bias, and the loss before and after."""
    n = state.numbers
    weight, bias = n.learned
    rows = (
        (158, 132, "w", say(words.NEW_WEIGHT), (n.weight, n.gradients.weight, weight)),
        (34, 34, "b", say(words.NEW_BIAS), (n.bias, n.gradients.bias, bias)),
    )
    for middle, room, name, new, numbers in rows:
        old, gradient, moved = (np.atleast_2d(number) for number in numbers)
        first, second, third = [
            board(old.shape, left, middle, (138, room), 44) for left in (36, 260, 450)
        ]
        drawing.grid(first, old, "kernel", title=name)
        drawing.grid(second, gradient, "gradient", title=f"∂ℓ/∂{name}")
        drawing.grid(third, moved, "kernel", title=new)
        drawing.text(f"− {plain(n.rate)} ×", (first.right + second.left) / 2, middle, 17)
        drawing.text("=", (second.right + third.left) / 2, middle, 22)
    for left, loss, title in zip((664, 756), n.losses, words.LOSSES, strict=True):
        tall = 170 * loss / (n.losses[0] or 1.0)
        bar = CellGrid(1, 1, left, 40 + tall, 60, tall)
        drawing.block(bar, palette.tint(palette.LOOK_HERE, 0.3), palette.LOOK_HERE)
        drawing.text(f"{loss:.4g}", left + 30, 40 + tall + 13, 16, bold=True)
        drawing.text(say(title), left + 30, 24, 14)
    drawing.text(say(words.LOSS), 740, 262, 15, WORDS["look here"], bold=True)


def _padded_input(row: Row, n: WorkedExample, wide: float) -> CellGrid:
    empty = ~input_mask(n.geometry)
    if empty.any():
        title, names = say(words.PADDED_INPUT), {}
    else:
        title, names = say(words.INPUT), named(n.x, "x")
    return row.grid(n.padded, "input", (wide, ROOM), 44, title=title, empty=empty, **names)


def _met_cells(n: WorkedExample, place: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the padded input cells that a weight meets, as (row, column)."""
    rows, cols = (
        range(size)[n.geometry.reach(axis, at)]
        for axis, (size, at) in enumerate(zip(n.padded.shape, place, strict=True))
    )
    return list(itertools.product(rows, cols))
