"""Text as outlines: hundreds of numbers cost one patch instead of hundreds of text artists.

A matplotlib `Text` costs about half a millisecond each to draw. Here every string is turned into
a path once, kept, and all strings of a scene are joined into one path that is drawn in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from convlab.draw.fonts import OWN, font_of
from convlab.formatting import plain

LEGIBLE = 12.0
"""Font size in pixels of the page below which nothing is written."""
NEARLY = 10.4
"""What would be at least so large is written at `LEGIBLE`."""
_SLACK = 1.1
"""How far beyond its room a text may reach, before it would be too small to read."""
_CAP_HEIGHT = 0.729  # of DejaVu Sans, for a font size of 1
NOTHING = Path(np.empty((0, 2)), np.empty(0, Path.code_type))
_ALIGN = {"left": 0.0, "center": 0.5, "right": 1.0}
_TILDE = "\N{COMBINING TILDE}"
_SYMBOL = re.compile(r"(\w)_\{(.+)\}")


@lru_cache(maxsize=4096)
def _outline(text: str, bold: bool) -> tuple[np.ndarray, np.ndarray, float]:
    """Return vertices, codes and width of a string of size 1, vertically centred on 0."""
    if not text.strip():
        return *_parts(NOTHING), 0.0
    if symbol := _SYMBOL.fullmatch(text):
        return _indexed(symbol[1], symbol[2], bold)
    if _TILDE in text:
        return _with_tildes(text, bold)
    path = TextPath((0, 0), text, size=1, prop=font_of(text, bold))
    # The font's curves have points where they turn, so no curve is wider than its points;
    # matplotlib's `get_extents` finds the same, by calculus, and takes longer than the outline.
    vertices, codes = _parts(path)
    x = vertices[codes != Path.CLOSEPOLY, 0]
    left, right = float(x.min()), float(x.max())
    return vertices - np.array((left, _CAP_HEIGHT / 2)), codes, right - left


def _parts(path: Path) -> tuple[np.ndarray, np.ndarray]:
    return np.asarray(path.vertices), np.asarray(path.codes)


def _indexed(letter: str, index: str, bold: bool) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the outline of an italic letter with an index; mathtext takes five times as long."""
    font = FontProperties(family=OWN, style="oblique", weight="bold" if bold else None)
    path = TextPath((0, 0), letter, size=1, prop=font)
    box, (above, first) = path.get_extents(), _parts(path)
    below, codes, width = _outline(index, bold)
    start = box.width + 0.03
    vertices = [above - (box.x0, 0.27), below * 0.7 + (start, -0.3)]
    return np.concatenate(vertices), np.concatenate([first, codes]), start + 0.7 * width


def _with_tildes(text: str, bold: bool) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the outline of a text with tildes, which matplotlib 3.9 draws across capitals."""
    bare, bare_codes, width = _outline(text.replace(_TILDE, ""), bold)
    mark, codes, mark_width = _outline("\N{SMALL TILDE}", bold)
    paths, foot = [Path(bare, bare_codes)], mark[codes != Path.CLOSEPOLY, 1].min()
    for found in re.finditer(_TILDE, text):
        before = text[: found.start()].replace(_TILDE, "")
        letter, _, letter_width = _outline(before[-1], bold)
        left = _outline(before, bold)[2] - (letter_width + mark_width) / 2
        up = max(0.0, letter[:, 1].max() + 0.02 - foot)
        paths.append(Path(mark + (left, up), codes))
    return *_parts(joined(paths)), width


def text_path(
    texts: list[str],
    places: np.ndarray,
    size: float,
    *,
    room: float | None = None,
    align: str = "center",
    bold: bool = False,
) -> Path:
    """Join strings into one path.

    Parameters
    ----------
    texts : list of str
        A letter with an index, such as ``"x_{12}"``, is set as a symbol.
    places : ndarray, shape (len(texts), 2)
        Where each string is vertically centred, and horizontally aligned.
    size : float
        Font size, in the units of `places`.
    room : float, optional
        Strings wider than this are made smaller until they fit.
    align : {"center", "left", "right"}
    bold : bool

    Returns
    -------
    matplotlib.path.Path
        To be filled, without an edge.
    """
    vertices, codes = ([part] for part in _parts(NOTHING))
    for text, place in zip(texts, places, strict=True):
        outline, code, width = _outline(text, bold)
        scale = _fitted(size, width, room)
        vertices.append(outline * scale + place - (width * scale * _ALIGN[align], 0))
        codes.append(code)
    return Path(np.concatenate(vertices), np.concatenate(codes))


def _fitted(size: float, width: float, room: float | None) -> float:
    """Return the font size at which a string, as wide as `width` at size 1, fits into its room."""
    if room is None or width * size <= room:
        return size
    fitted = room / width
    return min(size, LEGIBLE) if fitted < LEGIBLE <= _SLACK * fitted else fitted


def text_boxes(
    texts: list[str],
    places: np.ndarray,
    size: float,
    *,
    room: float | None = None,
    bold: bool = False,
) -> np.ndarray:
    """Return the boxes about centred strings, as `text_path` writes them.

    Parameters
    ----------
    texts, places, size, room, bold
        As for `text_path`.

    Returns
    -------
    ndarray, shape (len(texts), 2, 2)
        The lower left and the upper right corner of each.

    Examples
    --------
    >>> text_boxes(["1"], np.array([[50, 20]]), 10).mean(axis=1).round(0).tolist()
    [[50.0, 20.0]]
    """
    boxes = np.empty((len(texts), 2, 2))
    for box, text, place in zip(boxes, texts, places, strict=True):
        outline, _, width = _outline(text, bold)
        scale = _fitted(size, width, room)
        low, high = outline[:, 1].min(initial=0) * scale, outline[:, 1].max(initial=0) * scale
        half = width * scale / 2
        box[:] = place + np.array([[-half, low], [half, high]])
    return boxes


def fitting(value: float, size: float, room: float) -> str:
    """Return a number with as many digits as have room, but at least one.

    Examples
    --------
    >>> fitting(-0.25, 12, 60), fitting(-0.25, 12, 26), fitting(-2.96, 12, 26)
    ('−0.25', '−.25', '−3')
    """
    largest = min(size, LEGIBLE)
    for text in _shorter(value):
        if _outline(text, False)[2] * largest <= _SLACK * room:
            return text
    return text


def _shorter(value: float) -> Iterator[str]:
    """Yield a number in words that become shorter; none says 0 of what is not 0."""
    for digits in (9, 1, 0):
        text = plain(round(value, digits))
        if digits == 9 or text != "0":
            yield text
            if text.lstrip("−").startswith("0."):
                yield text.replace("0.", ".", 1)


def joined(paths: list[Path]) -> Path:
    """Return one path of several, or of none."""
    if not paths:
        return NOTHING
    vertices, codes = zip(*map(_parts, paths), strict=True)
    return Path(np.concatenate(vertices), np.concatenate(codes))


def common_size(
    texts: list[str], wide: float, high: float, *, smallest: float = NEARLY, largest: float = 15
) -> float:
    """Return the font size at which every string fits into a cell; 0 if that is too small to read.

    Examples
    --------
    >>> common_size(["1", "2"], 40, 40), common_size(["1", "2"], 8, 8)
    (15, 0.0)
    """
    if 0.68 * high < smallest or wide < 1.2 * smallest:
        return 0.0
    widest = max((_outline(text, False)[2] for text in texts), default=0.0)
    size = min(largest, 0.68 * high, 0.84 * wide / max(widest, 0.1))
    return max(size, LEGIBLE) if size >= smallest else 0.0
