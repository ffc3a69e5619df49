"""Reading a picture from a file: whatever it is, the result is what `convlab.images` calls one.

Pillow, which reads the files, is imported only when a picture is asked for.
"""

from __future__ import annotations

import math
import os
import warnings
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from convlab.arguments import as_count, as_flag
from convlab.arrays import Array
from convlab.formatting import say

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")  # Pillow knows riskier ones
MAX_PIXELS = 50_000_000  # checked in the header, before anything is decoded

MISSING = "reading a picture needs {}: pip install convlab[explore]"
_UNREADABLE = "`source` cannot be read: it is damaged, cut short or of a rare kind: {name}: {error}"


def load(
    source: str | os.PathLike[str] | bytes | IO[bytes],
    *,
    max_side: int = 1024,
    middle: bool = False,
) -> Array:
    """Read a picture: grey if every pixel is, else in colour.

    Turned as its EXIF orientation says; what is transparent is laid on white; of an animation the
    first frame; 16-bit grey is scaled to 0…255; CMYK is turned into red, green and blue.

    Parameters
    ----------
    source : path, bytes or binary file
        PNG, JPEG, GIF, BMP, TIFF, WebP or PPM, of at most `MAX_PIXELS` pixels.
    max_side : int, default 1024
        A picture with a longer side is scaled down to it, in proportion.
    middle : bool, default False
        Cut the middle out of a larger picture instead, at full resolution: at most `max_side` rows
        and columns.

    Returns
    -------
    ndarray, shape (rows, cols) or (3, rows, cols)

    Raises
    ------
    TypeError
        If `source` is neither a path nor bytes nor a binary file, or `middle` is no flag.
    ValueError
        If it is no picture, damaged, cut short, too large, or `max_side` is not positive.
    FileNotFoundError
        If there is no such file.
    ImportError
        If Pillow is missing.

    Examples
    --------
    >>> load(b"P2 3 1 255  0 128 255")
    array([[  0., 128., 255.]])
    """
    as_count("max_side", max_side, 1)
    as_flag("middle", middle)
    stream, name = _open(source)
    with stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, about sizes and metadata: checked here
        image = _identify(stream, name)
        try:
            return _pixels(image, max_side, middle)
        except Exception as error:  # Pillow's readers may raise anything on a broken file
            raise ValueError(say(_UNREADABLE, name=name, error=error)) from error


def shrunk(pixels: Array, max_side: int) -> Array:
    """Return a copy of a picture, scaled down in proportion if a side is longer than `max_side`.

    Parameters
    ----------
    pixels : ndarray, shape (rows, cols) or (channels, rows, cols)
    max_side : int

    Examples
    --------
    >>> shrunk(np.full((3, 400, 800), 7.0), 100).shape
    (3, 50, 100)
    """
    if max(pixels.shape[-2:]) <= max_side:
        return pixels.copy()
    from PIL import Image

    planes = []
    for plane in pixels.reshape(-1, *pixels.shape[-2:]):
        image = Image.fromarray(plane.astype(np.float32))
        image.thumbnail((max_side, max_side), Image.Resampling.BILINEAR)
        planes.append(np.asarray(image, np.float64))
    small: Array = np.array(planes)
    return small.reshape(*pixels.shape[:-2], *small.shape[-2:])


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
    return BytesIO(data), say("{count:,} bytes", count=memoryview(data).nbytes)


def _identify(stream: IO[bytes], name: str) -> Image:
    """Read the header only, and refuse what is no picture or of an absurd size."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise ImportError(MISSING.format("Pillow")) from error

    try:
        image = Image.open(stream, formats=FORMATS)
    except UnidentifiedImageError:
        sentence = "`source` must be a picture ({formats}), got {name}"
        raise ValueError(say(sentence, formats=", ".join(FORMATS), name=name)) from None
    except Image.DecompressionBombError:
        sentence = "`source` must have at most {most:,} pixels, got {name} with far more"
        raise ValueError(say(sentence, most=MAX_PIXELS, name=name)) from None
    except Exception as error:
        raise ValueError(say(_UNREADABLE, name=name, error=error)) from error
    if image.width * image.height > MAX_PIXELS:
        raise ValueError(
            say(
                "`source` must have at most {most:,} pixels, "
                "got {name} with {width:,} × {height:,}",
                most=MAX_PIXELS,
                name=name,
                width=image.width,
                height=image.height,
            )
        )
    return image


def _pixels(image: Image, max_side: int, middle: bool) -> Array:
    from PIL import Image, ImageOps

    if not middle:
        shrink = 2 * max_side / max(image.size)
        image.draft(None, (math.ceil(shrink * image.width), math.ceil(shrink * image.height)))
    ImageOps.exif_transpose(image, in_place=True)
    if middle:
        width, height = (min(side, max_side) for side in image.size)
        left, top = (image.width - width) // 2, (image.height - height) // 2
        image = image.crop((left, top, left + width, top + height))
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
        raise ValueError(say("the pixels are fractions; save it with 8 or 16 bits per channel"))
    if not image.mode.startswith("I"):
        mode = "RGBA" if image.has_transparency_data else "RGB"
        return image if image.mode == mode else image.convert(mode)
    deep = np.asarray(image)  # 16 bits, in a container of 16 or 32
    if deep.min() < 0 or deep.max() > 65535:
        raise ValueError(
            say("the pixels do not fit into 16 bits; save it with 8 or 16 bits per channel")
        )
    return Image.fromarray(np.divide(deep, 257, dtype=np.float32))
