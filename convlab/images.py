"""Pictures to filter: a photograph, drawn test cards, the reader's own; and how to show a result.

One convention: a picture is a float64 array with values from 0 (black) to 255 (white), of shape
(rows, cols) if grey and (3, rows, cols), red, green, blue, if in colour. What a filter makes of it
may leave that range; `to_display` brings it back, in one of four ways.

Grey is Y = 0.299 R + 0.587 G + 0.114 B: ITU-R recommendation BT.601-7, section 2.5.1.

Pillow, which reads the files, and matplotlib, which brings the photograph, are imported only when
a picture is asked for; ``pip install convlab[explore]`` brings them.
"""

from __future__ import annotations

import math
import os
import warnings
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convlab.arrays import Array, as_array
from convlab.geometry import as_count

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")  # Pillow knows riskier ones
MAX_PIXELS = 50_000_000  # checked in the header, before anything is decoded
DISPLAY_MODES = ("clip", "rescale", "absolute", "wrap")

_REC_601 = (0.299, 0.587, 0.114)
_MISSING = "reading a picture needs {}: pip install convlab[explore]"
_UNREADABLE = "`source` cannot be read: it is damaged, cut short or of a rare kind"
_WORD = (
    " #### ##### #   # #   # #     ##### #### ",
    "#     #   # ##  # #   # #     #   # #   #",
    "#     #   # # # # #   # #     ##### #### ",
    "#     #   # #  ##  # #  #     #   # #   #",
    " #### ##### #   #   #   ##### #   # #### ",
)


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
    try:
        from matplotlib.cbook import get_sample_data
    except ImportError as error:
        raise ImportError(_MISSING.format("matplotlib")) from error

    path = get_sample_data("grace_hopper.jpg", asfileobj=False)
    picture = load(os.fspath(path), max_side=max_side)
    return picture if color else to_gray(picture)


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
        If `size` is not an int of at least 64.

    Examples
    --------
    >>> shapes(128).shape
    (128, 128)
    """
    size = as_count("size", size, 64)
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
        If an argument is not an int of at least 1.

    Examples
    --------
    >>> checkerboard(3, cell=1)
    array([[  0., 255.,   0.],
           [255.,   0., 255.],
           [  0., 255.,   0.]])
    """
    squares = np.arange(as_count("size", size, 1)) // as_count("cell", cell, 1)
    return np.add.outer(squares, squares) % 2 * 255.0


def load(source: str | os.PathLike[str] | bytes | IO[bytes], *, max_side: int = 1024) -> Array:
    """Read a picture: grey if every pixel is, else in colour.

    Turned as its EXIF orientation says; what is transparent is laid on white; of an animation the
    first frame; 16-bit grey is scaled to 0…255; CMYK is turned into red, green and blue.

    Parameters
    ----------
    source : path, bytes or binary file
        PNG, JPEG, GIF, BMP, TIFF, WebP or PPM, of at most `MAX_PIXELS` pixels.
    max_side : int, default 1024
        A picture with a longer side is scaled down to it, in proportion.

    Returns
    -------
    ndarray, shape (rows, cols) or (3, rows, cols)

    Raises
    ------
    TypeError
        If `source` is neither a path nor bytes nor a binary file.
    ValueError
        If it is no picture, damaged, cut short, too large, or `max_side` is not positive.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> load(b"P2 3 1 255  0 128 255")
    array([[  0., 128., 255.]])
    """
    as_count("max_side", max_side, 1)
    stream, name = _open(source)
    with stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, about sizes and metadata: checked here
        image = _identify(stream, name)
        try:
            return _pixels(image, max_side)
        except Exception as error:  # Pillow's readers may raise anything on a broken file
            raise ValueError(f"{_UNREADABLE}: {name}: {error}") from error


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
    values = as_array("image", image, ndim=(2, 3), dtype=np.float64)
    if mode not in DISPLAY_MODES:
        raise ValueError(f"`mode` must be one of {', '.join(DISPLAY_MODES)}, got {mode!r}")
    if mode == "wrap":
        whole: Array = np.trunc(np.where(np.isfinite(values), values, 0))
        return np.mod(whole, 256).astype(np.uint8)
    if mode == "absolute":
        values = np.abs(values)
    if mode == "rescale":
        values = _stretch(values)
    shown: Array = np.clip(np.where(np.isnan(values), 0, values), 0, 255)
    return np.rint(shown).astype(np.uint8)


def _stretch(values: Array) -> Array:
    """Map the lowest finite value to 0 and the highest to 255."""
    finite = values[np.isfinite(values)]
    if finite.size == 0 or finite.min() == finite.max():
        return values
    low, high = float(finite.min()), float(finite.max())
    return (values - low) / (high - low) * 255


def _write(card: Array, row: int) -> None:
    """Write the word across the card, white on black, around the row."""
    letters = np.array([[char == "#" for char in line] for line in _WORD])
    scale = len(card) // 48
    text = 255.0 * np.kron(letters, np.ones((scale, scale)))
    top, left = row - len(text) // 2, (len(card) - text.shape[1]) // 2
    card[top - scale : top + len(text) + scale] = 0
    card[top : top + len(text), left : left + text.shape[1]] = text


def _open(source: Any) -> tuple[IO[bytes], str]:
    """Return a binary stream of our own, and what to call it in a message."""
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        if not path.is_file():
            raise FileNotFoundError(f"`source` must be a file, and there is none at {str(path)!r}")
        return path.open("rb"), repr(path.name)
    data = source.read() if hasattr(source, "read") else source
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"`source` must be a path, bytes or a binary file, got {type(source)}")
    return BytesIO(data), f"{memoryview(data).nbytes:,} bytes"


def _identify(stream: IO[bytes], name: str) -> Image:
    """Read the header only, and refuse what is no picture or of an absurd size."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise ImportError(_MISSING.format("Pillow")) from error

    rule = f"`source` must have at most {MAX_PIXELS:,} pixels, got {name} with"
    try:
        image = Image.open(stream, formats=FORMATS)
    except UnidentifiedImageError:
        raise ValueError(f"`source` must be a picture ({', '.join(FORMATS)}), got {name}") from None
    except Image.DecompressionBombError:
        raise ValueError(f"{rule} far more") from None
    except Exception as error:
        raise ValueError(f"{_UNREADABLE}: {name}: {error}") from error
    if image.width * image.height > MAX_PIXELS:
        raise ValueError(f"{rule} {image.width:,} × {image.height:,}")
    return image


def _pixels(image: Image, max_side: int) -> Array:
    from PIL import Image, ImageOps

    shrink = max_side / max(image.size)
    image.draft(None, (math.ceil(2 * shrink * image.width), math.ceil(2 * shrink * image.height)))
    ImageOps.exif_transpose(image, in_place=True)
    image = _plain(image)
    image.thumbnail((max_side, max_side), Image.Resampling.BILINEAR)  # never overshoots
    pixels: Array = np.asarray(image, dtype=np.float64)
    if pixels.ndim == 2:
        return pixels.copy()
    if image.mode == "RGBA":
        opacity = pixels[..., 3:] / 255
        pixels = 255 + (pixels[..., :3] - 255) * opacity
    channels: Array = np.ascontiguousarray(np.moveaxis(pixels, -1, 0))
    is_grey = bool((channels == channels[0]).all())
    return channels[0].copy() if is_grey else channels


def _plain(image: Image) -> Image:
    """Return it as RGB, as RGBA, or as F, which is grey with fractions, from 0 to 255."""
    from PIL import Image

    if image.mode == "F":
        raise ValueError("the pixels are fractions; save it with 8 or 16 bits per channel")
    if not image.mode.startswith("I"):
        mode = "RGBA" if image.has_transparency_data else "RGB"
        return image if image.mode == mode else image.convert(mode)
    deep = np.asarray(image)  # 16 bits, in a container of 16 or 32
    if deep.min() < 0 or deep.max() > 65535:
        raise ValueError(
            "the pixels do not fit into 16 bits; save it with 8 or 16 bits per channel"
        )
    return Image.fromarray(np.divide(deep, 257, dtype=np.float32))
