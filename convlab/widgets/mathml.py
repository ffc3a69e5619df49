"""Formulas as MathML, which browsers typeset without a script or a network."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from convlab.draw import palette

try:
    from latex2mathml.converter import convert
except ImportError:  # an extra: handouts
    convert = None  # type: ignore[assignment]

_ACCENTED = re.compile(r'(<mover>(?:(?!<mover>).)*?<mo stretchy="false">.{1,9}</mo></mover>)')
"""A letter with its accent. As high as the letter alone, for the exponent would float above it."""


def mathml(tex: str, display: str) -> str:
    """Return a formula as MathML, its colours deep enough to read on white.

    Parameters
    ----------
    tex : str
    display : {"inline", "block"}

    Raises
    ------
    ImportError
        If latex2mathml is not installed.
    """
    if convert is None:
        raise ImportError("typeset formulas need latex2mathml: pip install convlab[handouts]")
    for hue, deep in palette.DEEP.items():
        tex = tex.replace(hue, deep)
    # Of the two, latex2mathml knows only the one that numbers no line.
    tex = tex.replace("{aligned}", "{align*}")
    made = str(convert(tex.replace(r"\small", ""), display=display))
    return _ACCENTED.sub(r'<mpadded height="0.7em">\1</mpadded>', made)


def is_available() -> bool:
    """Say whether formulas can be typeset here."""
    return convert is not None


def typeset(text: str) -> str:
    r"""Typeset the formulas of a caption or a table, which stand between ``\[ \]`` or ``\( \)``."""
    for display, pattern in (("block", r"\\\[(.+?)\\\]"), ("inline", r"\\\((.+?)\\\)")):
        text = re.sub(pattern, _formula(display), text, flags=re.S)
    return text


def _formula(display: str) -> Callable[[re.Match[str]], str]:
    return lambda match: mathml(html.unescape(match[1]), display)
