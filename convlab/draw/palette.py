"""One meaning, one colour: the picture language of every scene, caption and formula.

The hues are those of M. Okabe and K. Ito, *Color Universal Design* (2008), which colour-blind
readers can tell apart. A colour never speaks alone: an outline, a hatch or a label says it too.
"""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_hex, to_rgb

INPUT = "#0072B2"
KERNEL = "#E69F00"
OUTPUT = "#009E73"
GRADIENT = "#CC79A7"
LOOK_HERE = "#D55E00"
INK = "#1F2933"
QUIET = "#7B8794"
"""Lines that stand back; `MUTED` is for words."""
MUTED = "#52606D"
BLACK = "#000000"
"""Letters on any colour that `is_dark` finds light: ink would be too near to the middle ones."""
PAPER = "#FFFFFF"

ROLES = {
    "input": INPUT,
    "kernel": KERNEL,
    "output": OUTPUT,
    "gradient": GRADIENT,
    "look here": LOOK_HERE,
}
"""What each hue means; the lessons show this table."""

DEEP = {
    INPUT: "#005A8E",
    KERNEL: "#6F4B00",
    OUTPUT: "#006647",
    GRADIENT: "#95396D",
    LOOK_HERE: "#B04B00",
}
"""The hues darkened until text in them reads on white, and on the tints that cells are filled with
(contrast of at least 4.5 to 1)."""


def tint(colour: str, amount: float) -> str:
    """Mix a colour into white: 0 is white, 1 the colour itself.

    Examples
    --------
    >>> tint("#0072B2", 0.0), tint("#0072B2", 1.0)
    ('#ffffff', '#0072b2')
    """
    red, green, blue = 1 - amount * (1 - np.array(to_rgb(colour)))
    return to_hex((red, green, blue))


def diverging(values: np.ndarray, limit: float | None = None) -> np.ndarray:
    """Colour values on a map centred on 0: negative towards red, positive towards blue.

    Parameters
    ----------
    values : ndarray
    limit : float, optional
        The magnitude that gets the full colour; by default the largest one in `values`.

    Returns
    -------
    ndarray, shape (*values.shape, 4)
        Red, green, blue and opacity, from 0 to 1.

    Examples
    --------
    >>> diverging(np.array([0.0, 2.0])).round(1)[0].tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    values = np.asarray(values, float)
    largest = np.abs(values[np.isfinite(values)]).max(initial=0.0) if limit is None else limit
    scaled = np.zeros_like(values) if largest == 0 else values / largest
    strength = np.clip(np.nan_to_num(np.abs(scaled)), 0, 1)[..., None]
    full = np.where(scaled[..., None] < 0, to_rgb("#C0504D"), to_rgb("#4A7EBB"))
    return np.concatenate([1 - strength * (1 - full), np.ones_like(strength)], axis=-1)


def shades(colour: str, count: int) -> np.ndarray:
    """Return `count` shades of a colour as (count, 3), from light to dark, none of them white."""
    light, full, dark = (np.array(to_rgb(c)) for c in (tint(colour, 0.16), colour, INK))
    along = np.linspace(0, 1.5, count)[:, None] if count > 1 else np.array([[0.62]])
    lighter, darker = light + along * (full - light), full + (along - 1) * (dark - full)
    return np.asarray(np.where(along <= 1, lighter, darker))


def is_dark(colours: np.ndarray) -> np.ndarray:
    """Say which colours need white letters, not black: shape (..., 3) becomes (...)."""
    channels = np.asarray(colours)[..., :3]
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722) < 0.179)


def _mixes(start: str, end: str, count: int) -> list[np.ndarray]:
    return list(np.linspace(to_rgb(start), to_rgb(end), count))


def _swatches() -> list[np.ndarray]:
    """Choose 256 colours: the roles and their tints first, then what lies between them.

    No two are closer than a pillow palette can tell apart.
    """
    hues = [*ROLES.values(), INK, QUIET, MUTED]
    wanted = [np.array(to_rgb(c)) for c in (PAPER, *hues, *DEEP.values())]
    wanted += [np.array(to_rgb(tint(hue, t))) for t in (0.22, 0.3, 0.62, 0.75) for hue in hues]
    wanted += [mixed for hue in hues for mixed in _mixes(PAPER, hue, 20)]
    wanted += [mixed for hue in hues[:4] for mixed in _mixes(hue, INK, 8)]
    wanted += [mixed for hue in hues[1:4] for mixed in _mixes(hue, tint(INPUT, 0.22), 10)]
    wanted += [value[:3] for value in diverging(np.linspace(-1, 1, 41))]
    chosen = np.array(wanted)
    count = 0
    for colour in wanted:
        if (np.abs(chosen[:count] - colour).max(axis=1) > 0.03).all():
            chosen[count] = colour
            count += 1
    return list(chosen[: min(count, 256)])


SWATCHES: list[int] = [round(255 * float(part)) for colour in _swatches() for part in colour]
"""Up to 256 colours, as flat red-green-blue bytes, that drawn scenes are reduced to."""
