"""Drawn pictures to filter: a test card and a checkerboard, grey, from 0 to 255."""

from __future__ import annotations

import numpy as np

from convlab.arguments import as_count
from convlab.arrays import Array
from convlab.memory import check_memory

_WORD = (
    " #### ##### #   # #   # #     ##### #### ",
    "#     #   # ##  # #   # #     #   # #   #",
    "#     #   # # # # #   # #     ##### #### ",
    "#     #   # #  ##  # #  #     #   # #   #",
    " #### ##### #   #   #   ##### #   # #### ",
)


def shapes(size: int = 256) -> Array:
    """Draw a test card: edges in all directions, text, fine lines, a ramp and noise.

    Parameters
    ----------
    size : int, default 256
        Rows and columns, at least 64. The same size always gives the same picture.

    Returns
    -------
    ndarray, shape (size, size)

    Raises
    ------
    TypeError, ValueError
        If `size` is not an int of at least 64, or too large to be drawn in 1 GiB.

    Examples
    --------
    >>> shapes(128).shape
    (128, 128)
    """
    size = as_count("size", size, 64)
    _check_size(size, arrays=10)
    down, across = (np.mgrid[:size, :size] + 0.5) / size
    card = np.full((size, size), 128.0)

    def polar(row: float, col: float) -> tuple[Array, Array]:
        return np.hypot(down - row, across - col), np.arctan2(down - row, across - col)

    radius, _ = polar(0.24, 0.25)
    card[radius < 0.19] = 230
    card[radius < 0.08] = 40
    radius, angle = polar(0.24, 0.75)
    spokes = np.floor(angle / np.pi * 8) % 2
    card[radius < 0.21] = 255 * spokes[radius < 0.21]
    card[np.abs(down - 0.74) + np.abs(across - 0.17) < 0.12] = 0
    for place, width in enumerate((1, 2, 4)):
        top, left = round(0.62 * size), round((0.36 + 0.09 * place) * size)
        stripes = np.arange(round(0.07 * size)) // width % 2
        card[top : round(0.84 * size), left : left + len(stripes)] = 255 * stripes
    patch = card[round(0.62 * size) : round(0.84 * size), round(0.66 * size) : round(0.96 * size)]
    patch[:] = np.random.default_rng(0).integers(0, 256, patch.shape)
    card[round(0.9 * size) :] = np.linspace(0, 255, size)
    _write(card, round(0.53 * size))
    return card


def checkerboard(size: int = 256, *, cell: int = 32) -> Array:
    """Draw a checkerboard, black in the top left corner.

    Parameters
    ----------
    size : int, default 256
        Rows and columns.
    cell : int, default 32
        Rows and columns of one square.

    Returns
    -------
    ndarray, shape (size, size)

    Raises
    ------
    TypeError, ValueError
        If an argument is not an int of at least 1, or `size` too large to be drawn in 1 GiB.

    Examples
    --------
    >>> checkerboard(3, cell=1)
    array([[  0., 255.,   0.],
           [255.,   0., 255.],
           [  0., 255.,   0.]])
    """
    size, cell = as_count("size", size, 1), as_count("cell", cell, 1)
    _check_size(size, arrays=3)
    squares = np.arange(size) // cell
    return np.add.outer(squares, squares) % 2 * 255.0


def _check_size(size: int, *, arrays: int) -> None:
    """Raise if the picture is too large, with so many arrays of its size while it is drawn."""
    check_memory("size", "what it is drawn with", (arrays, size, size), 8, "draw a smaller picture")


def _write(card: Array, row: int) -> None:
    """Write the word across the card, white on black, around the row."""
    letters = np.array([[char == "#" for char in line] for line in _WORD])
    scale = len(card) // 48
    text = 255.0 * np.kron(letters, np.ones((scale, scale)))
    top, left = row - len(text) // 2, (len(card) - text.shape[1]) // 2
    card[top - scale : top + len(text) + scale] = 0
    card[top : top + len(text), left : left + text.shape[1]] = text
