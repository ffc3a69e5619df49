"""Pictures to read: each asks one of the exercises, and holds what it takes to answer it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from convlab.convolution import conv2d
from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.drawing import Drawing, DrawingScene
from convlab.draw.scene import Scene
from convlab.draw.text import joined
from convlab.exercises.lessons.planted import overwritten
from convlab.exercises.riddle_numbers import (
    BANK,
    GRADIENT,
    MAKERS,
    MATRIX,
    POOLED,
    STEPS,
    WEIGHT,
    cone_lines,
    window_counts,
)
from convlab.formatting import listed, not_among, plain, say
from convlab.images import shapes, to_display
from convlab.kernels import KERNELS
from convlab.matrix import conv_matrix
from convlab.pooling import max_pool2d


@dataclass(frozen=True)
class Riddle:
    """A picture, its width on the page, and the same in words."""

    png: bytes
    width: int
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
        data = {"image/png": b64encode(self.png).decode(), "text/plain": self.words}
        return data, {"image/png": {"width": self.width}}


def riddle(name: str) -> Riddle:
    """Return the picture that an exercise is about.

    Parameters
    ----------
    name : str
        The exercise's, one of `RIDDLES`.

    Returns
    -------
    Riddle
        Shown in a notebook as a picture; its text says the same in words.

    Raises
    ------
    ValueError
        If no exercise of that name has a picture.

    Examples
    --------
    >>> riddle("2.7 read the counts")
    A row of 11 cells. How many windows read each of them: 1 1 2 2 1 2 2 1 1 1 0.
    """
    if name not in RIDDLES:
        raise ValueError(not_among("name", RIDDLES, name))
    return RIDDLES[name]()


def _shown(sheet: Drawing, width: int, height: int, words: str) -> Riddle:
    scene: DrawingScene[None] = DrawingScene(width, height)
    scene.show(sheet)
    return Riddle(scene.png(), width, words)


def _rows(values: np.ndarray) -> str:
    """Write an array as text: rows are separated by strokes."""
    return " / ".join(" ".join(plain(value) for value in row) for row in np.atleast_2d(values))


def _steps() -> Riddle:
    sheet = Drawing()
    (rows, cols), (high, wide) = STEPS.input_shape, STEPS.kernel_size
    cells = CellGrid(rows, cols, left=20, top=250, wide=34, high=34)
    sheet.grid(cells, role="input", title=say("input"))
    middles = []
    for step in range(STEPS.steps):
        window = STEPS.window(step)
        row, col = window.rows[high // 2], window.cols[wide // 2]
        middles.append((row, col))
        sheet.text("●", *cells.centre(row, col), 15, palette.DEEP[palette.OUTPUT])
    sheet.frame(cells, 0, 0, high, wide, colour=palette.KERNEL)
    places = say(", ").join(f"({row}, {col})" for row, col in middles)
    words = say(
        "An input of {rows} × {cols} cells. The first window covers rows 0 to {row} and "
        "columns 0 to {col}. The middles of all windows are at {places}.",
        rows=rows,
        cols=cols,
        row=high - 1,
        col=wide - 1,
        places=places,
    )
    return _shown(sheet, 346, 276, words)


def _counts() -> Riddle:
    counts = window_counts()
    sheet = Drawing()
    cells = CellGrid(1, len(counts), left=20, top=52, wide=40, high=40)
    sheet.grid(cells, counts[None], "input", title=say("how many windows read each cell"))
    words = say(
        "A row of {cells} cells. How many windows read each of them: {counts}.",
        cells=len(counts),
        counts=_rows(counts),
    )
    return _shown(sheet, 480, 84, words)


def _cone() -> Riddle:
    taps, read = cone_lines()
    units, cells = len(taps), taps[-1][-1] + 1
    side = 32.0
    below = CellGrid(1, cells, left=76, top=46, wide=side, high=side)
    sheet = Drawing()
    sheet.grid(below, role="input")
    tops = []
    for some in taps:
        x = below.left + side * (sum(some) / len(some) + 0.5)
        sheet.grid(CellGrid(1, 1, x - side / 2, 136, side, side), role="products")
        for cell in some:
            sheet.line((x, 136 - side), (below.centre(0, cell)[0], below.top))
        tops.append(x)
    x = sum(tops[unit] for unit in read) / len(read)
    sheet.grid(CellGrid(1, 1, x - side / 2, 226, side, side), role="output")
    for unit in read:
        sheet.line((x, 226 - side), (tops[unit], 136), palette.DEEP[palette.OUTPUT])
    for name, y in (("input", 30), ("layer 1", 120), ("layer 2", 210)):
        sheet.text(say(name), 8, y, 13, palette.MUTED, align="left")
    words = say(
        "A row of {cells} input cells, {units} units of layer 1 and one unit of layer 2. The "
        "units of layer 1 read the cells {below}. The unit of layer 2 reads the units {read}.",
        cells=cells,
        units=units,
        below=say("; ").join(map(listed, taps)),
        read=say(", ").join(map(str, read)),
    )
    return _shown(sheet, 540, 240, words)


def _bank() -> Riddle:
    kernels, depth, rows, cols = BANK
    groups, side = 2, 13.0
    sheet = Drawing()
    for channel in range(groups * depth):
        name = say("channel {channel}", channel=channel)
        sheet.text(name, 130 + 78 * channel, 318, 13, palette.DEEP[palette.INPUT])
    for kernel in range(kernels):
        top = 302 - 50 * kernel
        name = say("kernel {kernel}", kernel=kernel)
        sheet.text(name, 8, top - 20, 13, palette.DEEP[palette.KERNEL], align="left")
        first = kernel // (kernels // groups) * depth
        for channel in range(first, first + depth):
            left = 130 + 78 * channel - side * cols / 2
            sheet.grid(CellGrid(rows, cols, left, top, side, side), role="kernel")
    words = say(
        "{kernels} kernels and {channels} channels. Kernels 0 to 2 have a slice for channels 0 "
        "and 1, kernels 3 to 5 for channels 2 and 3. A slice has {rows} rows and {cols} columns.",
        kernels=kernels,
        channels=groups * depth,
        rows=rows,
        cols=cols,
    )
    return _shown(sheet, 420, 330, words)


def _makers() -> Riddle:
    side = 150
    scene: Scene[None] = Scene(4 * (side + 12) + 12, side + 40, photographic=True)
    lettering = scene.text(moving=True)
    sheet = Drawing()
    for place, name in enumerate(MAKERS):
        made = conv2d(shapes(side), KERNELS[name].weights, padding=1)
        grey = to_display(made, "absolute" if "gradient" in name else "clip")
        left = 12 + place * (side + 12)
        pixels = scene.pixels(moving=True)
        pixels.set_data(np.dstack([grey] * 3 + [np.full_like(grey, 255)]))
        pixels.set_extent((left, left + side, 8, 8 + side))
        sheet.text("ABCD"[place], left + side / 2, side + 24, 16, bold=True)
    lettering.set_path(joined(sheet.words[palette.INK]))
    words = say(
        "The test card, four times. A: flat areas as before, edges soft, the noise nearly grey. B: "
        "flat areas black, level edges white, upright ones gone. C: flat areas as before, edges "
        "and noise harsher. D: flat areas black, upright edges white, level ones gone."
    )
    return Riddle(scene.still(), scene.width, words)


def _matrix() -> Riddle:
    ones = np.ones(MATRIX.kernel_size)
    matrix = conv_matrix(ones, MATRIX.input_shape, stride=MATRIX.stride)
    rows, cols = matrix.shape
    cells = CellGrid(rows, cols, left=20, top=6 * 26 + 16, wide=26, high=26)
    sheet = Drawing()
    sheet.grid(cells, role="kernel", faint=matrix == 0)
    for end in range(0, cols + 1, MATRIX.input_shape[1]):
        x = cells.left + end * cells.wide
        for shift in (-0.7, 0.7):
            sheet.line((x + shift, cells.top + 5), (x + shift, cells.bottom - 5))
    parts = [row.reshape(MATRIX.input_shape) for row in matrix.astype(int)]
    words = say(
        "C̃ has {rows} rows and {cols} columns. 1 stands for a weight; a row of C̃ at a time, cut "
        "after every row of the input: {parts}.",
        rows=rows,
        cols=cols,
        parts=say("; ").join(_rows(part) for part in parts),
    )
    return _shown(sheet, 560, 188, words)


def _gradient() -> Riddle:
    coded = overwritten(GRADIENT, WEIGHT, (4, 4), 1, 0)
    sheet = Drawing()
    for values, role, title, left in (
        (WEIGHT, "kernel", "w", 20),
        (GRADIENT, "gradient", "g", 190),
        (coded, "gradient", say("∂ℓ/∂x, as coded"), 320),
    ):
        rows, cols = values.shape
        cells = CellGrid(rows, cols, left=left, top=90 + 20 * rows, wide=40, high=40)
        sheet.grid(cells, values, role, title=title)
    words = say(
        "w: {weight}. g: {gradient}. The gradient of the input as it was coded: {coded}.",
        weight=_rows(WEIGHT),
        gradient=_rows(GRADIENT),
        coded=_rows(coded),
    )
    return _shown(sheet, 500, 198, words)


def _pooling() -> Riddle:
    pooled = max_pool2d(POOLED, 3, stride=2)
    sheet = Drawing()
    sheet.grid(CellGrid(5, 7, 20, 192, 36, 36), POOLED, "input", title=say("input"))
    sheet.grid(CellGrid(2, 3, 350, 138, 36, 36), pooled, "output", title=say("output"))
    words = say(
        "Max pooling. Input: {given}. Output: {pooled}.",
        given=_rows(POOLED),
        pooled=_rows(pooled),
    )
    return _shown(sheet, 480, 218, words)


RIDDLES: Mapping[str, Callable[[], Riddle]] = MappingProxyType(
    {
        "1.6 read the steps": _steps,
        "2.7 read the counts": _counts,
        "3.5 read the cone": _cone,
        "4.8 read the bank": _bank,
        "5.7 who made it": _makers,
        "6.7 read the matrix": _matrix,
        "7.8 read the gradient": _gradient,
        "8.8 read the pooling": _pooling,
    }
)
"""What draws the picture of an exercise, by the exercise's name."""
