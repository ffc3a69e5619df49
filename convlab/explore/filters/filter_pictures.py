"""Pictures for the filter lab: those that it brings, and the reader's own."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.explore.filters import filter_words as words
from convlab.explore.filters.filter_numbers import Subject
from convlab.formatting import say
from convlab.images import checkerboard, load, photo, shapes
from convlab.picture_files import shrunk

OWN_PICTURE = "your picture"
LARGEST_SIDE = 600
"""Pictures with a longer side are scaled down to it, to stay quick."""
TYPES = ".png,.jpg,.jpeg,.gif,.bmp,.tif,.tiff,.webp,.ppm,.pgm"

CARD = 195
"""Rows and columns of the drawn pictures: each pixel is shown as 2 × 2."""

PICTURES = {
    "photograph": lambda: photo(color=True),
    "test card": lambda: shapes(CARD),
    "checkerboard": lambda: checkerboard(CARD, cell=15),
}


def opened(name: str, content: bytes) -> list[Subject]:
    """Return the picture of a file, and of one that is scaled down its middle as it was.

    Raises
    ------
    TypeError, ValueError, MemoryError
        If it is no picture, or too large: see `convlab.images.load`.
    """
    if name in (*PICTURES, OWN_PICTURE):
        name = words.uploaded(name)
    whole = load(content, max_side=LARGEST_SIDE)
    middle = load(content, max_side=LARGEST_SIDE, middle=True)
    if np.array_equal(whole, middle):
        return [Subject(name, whole)]
    return [Subject(words.middle_of(name), middle), Subject(name, whole, scaled_down=True)]


def given(image: ArrayLike) -> Subject:
    """Return a reader's array as a picture, scaled down where it is large."""
    pixels = checked(image)
    small = shrunk(pixels, LARGEST_SIDE)
    return Subject(OWN_PICTURE, small, scaled_down=small.shape != pixels.shape)


@cache
def known_subject(name: str) -> Subject:
    """Return one of the pictures that the lab brings."""
    return Subject(words.NAMES[name], PICTURES[name]())


def checked(image: ArrayLike) -> np.ndarray:
    """Return a reader's array as the pixels of a picture, or raise an error that names the rule.

    Channels may come first, as in `convlab`, or last, as in imaging libraries.
    """
    pixels = as_array("image", image, ndim=(2, 3), dtype=np.float64)
    if pixels.ndim == 3 and pixels.shape[0] != 3 and pixels.shape[2] == 3:
        pixels = np.moveaxis(pixels, 2, 0)
    if pixels.ndim == 3 and len(pixels) != 3:
        raise ValueError(
            say(
                "`image` must be (rows, cols), (3, rows, cols) or (rows, cols, 3), "
                "got shape {shape}",
                shape=pixels.shape,
            )
        )
    if not (np.isfinite(pixels).all() and pixels.min() >= 0 and pixels.max() <= 255):
        raise ValueError(say("`image` must have values from 0 to 255, got others"))
    return pixels
