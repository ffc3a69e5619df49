"""Ink on a paper of 32 × 32 pixels: strokes, ten digits drawn with them, and how to fit one."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

SIDE = 32
"""Rows and columns of the paper."""
BLOCK = 4
PEN, ERASER = 1.9, 3.2
"""Radius, in pixels of the paper."""
UP, DRAW, ERASE = "up", "draw", "erase"

Point = tuple[float, float]
"""Row and column on the paper, in pixels."""
Ink = bytes
"""The paper, one byte for each pixel, row by row: 1 is ink."""

_STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "0": (((2, 15), (5, 10), (15, 7), (25, 9), (29, 15), (25, 22), (14, 24), (6, 21), (2, 15)),),
    "1": (((10, 9), (2, 17), (29, 15)), ((5, 16), (29, 17)), ((29, 11), (29, 21))),
    "2": (((7, 9), (3, 13), (3, 19), (8, 22), (15, 19), (28, 8), (28, 23)),),
    "3": (((4, 9), (2, 15), (5, 21), (11, 20), (14, 14), (17, 20), (24, 22), (29, 15), (27, 8)),),
    "4": (((2, 15), (18, 6), (18, 24)), ((10, 19), (29, 17))),
    "5": (((3, 22), (3, 10), (13, 9), (13, 18), (20, 22), (27, 18), (29, 9)),),
    "6": (((2, 18), (11, 10), (22, 8), (29, 14), (27, 21), (20, 22), (17, 14), (22, 9)),),
    "7": (((3, 8), (3, 22), (16, 17), (29, 12)), ((16, 10), (16, 22))),
    "8": (((13, 15), (7, 10), (2, 15), (7, 20), (13, 15), (22, 9), (29, 15), (22, 21), (13, 15)),),
    "9": (((10, 21), (4, 16), (5, 10), (12, 9), (14, 15), (8, 21), (20, 20), (29, 12)),),
}
"""The ten digits, drawn by hand: lines from point to point."""
SMALL, OWN = "small", "own"
EXAMPLES = (SMALL, *_STROKES)


def blank() -> Ink:
    """Return an empty paper."""
    return bytes(SIDE * SIDE)


def pixels(ink: Ink) -> np.ndarray:
    """Return the paper as truth values, (32, 32)."""
    return np.asarray(np.frombuffer(ink, np.uint8).reshape(SIDE, SIDE) > 0)


def with_stroke(ink: Ink, start: Point, end: Point, *, erase: bool = False) -> Ink:
    """Return the paper after a straight stroke of the pen, or of the eraser.

    Every pixel is touched whose middle lies nearer to the stroke than the pen's radius.

    Examples
    --------
    >>> paper = with_stroke(blank(), (10, 4), (10, 20))
    >>> pixels(paper)[8:13, 12].tolist()
    [False, True, True, True, False]
    >>> pixels(with_stroke(paper, (10, 12), (10, 12), erase=True))[10, 8:17].sum()
    np.int64(2)
    """
    rows, cols = np.mgrid[:SIDE, :SIDE]
    first, along = np.array(start, float), np.subtract(end, start).astype(float)
    away = np.stack([rows, cols], axis=-1) - first
    length = float(along @ along)
    share = np.clip(away @ along / length, 0, 1) if length else np.zeros(rows.shape)
    distance = np.linalg.norm(away - share[..., None] * along, axis=-1)
    touched = distance < (ERASER if erase else PEN)
    before = pixels(ink)
    after = before & ~touched if erase else before | touched
    return bytes(after.astype(np.uint8))


@lru_cache(maxsize=16)
def example(name: str) -> Ink:
    """Return a paper with a digit on it: one of ten, or a small 3 in a corner."""
    ink = blank()
    strokes = _STROKES.get(name, ())
    if name == SMALL:
        strokes = tuple(tuple((r / 2 + 15, c / 2 + 15) for r, c in line) for line in _STROKES["3"])
    for start, end in (pair for stroke in strokes for pair in pairwise(stroke)):
        ink = with_stroke(ink, start, end)
    return ink


def fitted(ink: Ink) -> Ink:
    """Return the drawing as large as the paper is high, and in its middle.

    The digits that were learned from had been prepared like that. A paper without ink stays so.
    """
    drawn = pixels(ink)
    if not drawn.any():
        return ink
    (top, bottom), (left, right) = (
        (
            int(np.flatnonzero(drawn.any(axis=axis))[0]),
            int(np.flatnonzero(drawn.any(axis=axis))[-1]),
        )
        for axis in (1, 0)
    )
    high, wide = bottom - top + 1, right - left + 1
    scale = SIDE / max(high, wide)
    size = max(1, round(high * scale)), max(1, round(wide * scale))
    rows = top + (np.arange(size[0]) * high) // size[0]
    cols = left + (np.arange(size[1]) * wide) // size[1]
    paper = np.zeros((SIDE, SIDE), np.uint8)
    first = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    paper[first[0] : first[0] + size[0], first[1] : first[1] + size[1]] = drawn[np.ix_(rows, cols)]
    return paper.tobytes()
