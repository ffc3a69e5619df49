"""Pictures to filter: a photograph, drawn test cards, the reader's own; and how to show a result.

One convention: a picture is a float64 array with values from 0 (black) to 255 (white), of shape
(rows, cols) if grey and (3, rows, cols), red, green, blue, if in colour. What a filter makes of it
may leave that range; `to_display` brings it back, in one of four ways.

Grey is Y = 0.299 R + 0.587 G + 0.114 B: ITU-R recommendation BT.601-7, section 2.5.1.

Pillow, which reads the files, and matplotlib, which brings the photograph, are imported only when
a picture is asked for.
"""

from __future__ import annotations

import os

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.arguments import as_flag
from convlab.arrays import Array, as_array
from convlab.cards import checkerboard, shapes
from convlab.picture_files import MAX_PIXELS, MISSING, load

__all__ = [
    "DISPLAY_MODES",
    "MAX_PIXELS",
    "checkerboard",
    "load",
    "photo",
    "shapes",
    "to_display",
    "to_gray",
]

DISPLAY_MODES = ("clip", "rescale", "absolute", "wrap")

_REC_601 = (0.299, 0.587, 0.114)


def photo(*, color: bool = False, max_side: int = 1024) -> Array:
    """Return the photograph that comes with matplotlib: Grace Hopper, 600 rows, 512 columns.

    Parameters
    ----------
    color : bool, default False
        Red, green and blue instead of grey.
    max_side : int, default 1024
        As for `load`.

    Returns
    -------
    ndarray, shape (rows, cols) or (3, rows, cols)

    Raises
    ------
    TypeError, ValueError
        As for `load`.
    FileNotFoundError
        If matplotlib was installed without its sample data.
    ImportError
        If matplotlib or Pillow is missing.

    Examples
    --------
    >>> photo().shape, photo(color=True, max_side=300).shape
    ((600, 512), (3, 300, 256))
    """
    color = as_flag("color", color)
    try:
        from matplotlib.cbook import get_sample_data
    except ImportError as error:
        raise ImportError(MISSING.format("matplotlib")) from error

    path = get_sample_data("grace_hopper.jpg", asfileobj=False)
    picture = load(os.fspath(path), max_side=max_side)
    return picture if color else to_gray(picture)


def to_gray(image: ArrayLike) -> Array:
    """Weigh red, green and blue into grey: 0.299 R + 0.587 G + 0.114 B.

    Parameters
    ----------
    image : array_like, shape (3, rows, cols) or (rows, cols)
        A picture in colour, or one that is grey already.

    Returns
    -------
    ndarray, shape (rows, cols)

    Raises
    ------
    TypeError, ValueError
        If it is neither.

    Examples
    --------
    >>> to_gray([[[255]], [[0]], [[255]]])
    array([[105.315]])
    """
    image = as_array("image", image, ndim=(2, 3))
    if image.ndim == 2:
        return image.copy()
    if len(image) != 3:
        raise ValueError(f"`image` must have 3 channels, channel first, got shape {image.shape}")
    return np.tensordot(np.array(_REC_601, image.dtype), image, axes=1)


def to_display(image: ArrayLike, mode: str = "clip") -> NDArray[np.uint8]:
    """Bring any numbers back to 0…255, in 8 bits.

    Parameters
    ----------
    image : array_like, shape (rows, cols) or (channels, rows, cols)
    mode : str, default "clip"
        - ``"clip"``: what is below 0 becomes 0, what is above 255 becomes 255.
        - ``"rescale"``: the lowest value becomes 0 and the highest 255, over all channels
          together. A flat picture has nothing to stretch and is clipped.
        - ``"absolute"``: the sign is dropped, then as ``"clip"``.
        - ``"wrap"``: what a cast to 8 bits does. The fraction is cut off, towards 0, and what is
          left is taken modulo 256: −1 becomes 255, 256 becomes 0. In C that cast is undefined
          outside 0…255, and processors differ, so the modulus is computed, not left to the cast.

    Returns
    -------
    ndarray of uint8, shape of `image`
        Rounded to the nearest, except for ``"wrap"``. NaN becomes 0. Infinity counts as beyond
        every number; ``"wrap"`` makes it 0.

    Raises
    ------
    TypeError, ValueError
        If `image` is no array of numbers, or the mode is unknown.

    Examples
    --------
    >>> for mode in DISPLAY_MODES:
    ...     print(to_display([[-10, 90, 300.7]], mode))
    [[  0  90 255]]
    [[  0  82 255]]
    [[ 10  90 255]]
    [[246  90  44]]
    """
    values = as_array("image", image, ndim=(2, 3))
    if mode not in DISPLAY_MODES:
        raise ValueError(f"`mode` must be one of {', '.join(DISPLAY_MODES)}, got {mode!r}")
    if mode == "wrap":
        whole: Array = np.trunc(np.where(np.isfinite(values), values, 0).astype(np.float64))
        return np.mod(whole, 256).astype(np.uint8)
    if mode == "absolute":
        values = np.abs(values)
    if mode == "rescale":
        values = _stretch(values.astype(np.float64))
    shown: Array = np.fmax(values, 0)  # of NaN and 0, this is 0
    np.minimum(shown, 255, out=shown)
    return np.rint(shown, out=shown).astype(np.uint8)


def _stretch(values: Array) -> Array:
    """Map the lowest finite value to 0 and the highest to 255."""
    finite = values[np.isfinite(values)]
    if finite.size == 0 or finite.min() == finite.max():
        return values
    low, high = float(finite.min()), float(finite.max())
    half = high / 2 - low / 2  # the whole range may be more than the largest float
    stretched: Array = (values / 2 - low / 2) / half * 255
    return stretched
