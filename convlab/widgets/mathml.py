"""Formulas as MathML, which browsers typeset without a script or a network."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.etree import ElementTree

from convlab.draw import palette

try:
    from latex2mathml.converter import convert
except ImportError:  # an extra: handouts
    convert = None  # type: ignore[assignment]

MATHML = "http://www.w3.org/1998/Math/MathML"
PRIME = "\N{PRIME}"
ElementTree.register_namespace("", MATHML)


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
    root = ElementTree.fromstring(convert(tex.replace(r"\small", ""), display=display))
    _keep_low(root)
    return ElementTree.tostring(root, encoding="unicode")


def _keep_low(root: ElementTree.Element) -> None:
    """Keep what is above a letter at its letter, as TeX does.

    Browsers put an exponent above the accent of its letter, so an accented letter is said to be as
    high as a bare one. Primes are raised in every font, so they are no exponents.
    """
    for one in list(root.iter()):
        for place, child in enumerate(list(one)):
            if _is(child, "mover") and child[-1].get("stretchy") == "false":
                one[place] = ElementTree.Element(f"{{{MATHML}}}mpadded", height="0.7em")
                one[place].append(child)
        if _is(one, "msup", "msubsup") and one[-1].text == PRIME:
            primed = ElementTree.Element(f"{{{MATHML}}}mrow")
            primed.extend([one[0], one[-1]])
            one[-1].tag = f"{{{MATHML}}}mo"
            below = list(one)[1:-1]
            one.tag = f"{{{MATHML}}}{'msub' if below else 'mrow'}"
            one[:] = [primed, *below]


def _is(one: ElementTree.Element, *names: str) -> bool:
    return one.tag in {f"{{{MATHML}}}{name}" for name in names}


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
