"""Captions and tables in HTML, in the colours of the picture language."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from convlab.draw import palette
from convlab.formatting import plain


def properties() -> str:
    """Return the colours of the picture language as custom properties of a page."""
    named = {"ink": palette.INK, "quiet": palette.QUIET, "paper": palette.PAPER}
    for role, hue in palette.ROLES.items():
        named |= {role.replace(" ", "-"): hue, f"{role.replace(' ', '-')}-deep": palette.DEEP[hue]}
    return "".join(f"--convlab-{name}: {colour}; " for name, colour in named.items())


def formulas() -> str:
    """Return rules that make colours in typeset formulas deep enough to read, in both themes.

    MathJax writes the colour that TeX asks for, a hue of the picture language, into the element.
    """
    rules = []
    for role, hue in palette.ROLES.items():
        red, green, blue = (int(hue[at : at + 2], 16) for at in (1, 3, 5))
        name = role.replace(" ", "-")
        found = f'.MathJax [style*="color: rgb({red}, {green}, {blue})"]'
        rules.append(f"{found} {{ color: var(--convlab-{name}-deep) !important; }}")
        bright = f"color-mix(in srgb, var(--convlab-{name}) 60%, white)"
        dark = f'body[data-jp-theme-light="false"] {found}'
        rules.append(f"{dark} {{ color: {bright} !important; }}")
    return "\n".join(rules)


SHEET = Path(__file__).with_name("stylesheet.css").read_text("utf-8")
STYLE = f"<style>\n:root {{ {properties()}}}\n{SHEET}\n{formulas()}\n</style>"
"""What every explorer and every saved page carries."""


def grid(
    values: np.ndarray,
    role: str,
    title: str = "",
    *,
    empty: np.ndarray | None = None,
    look: np.ndarray | None = None,
    cell: int = 30,
) -> str:
    """Return a table of numbers in the colour of a role.

    Parameters
    ----------
    values : ndarray, shape (rows, cols)
    role : {"input", "kernel", "output", "gradient", "products"}
    title : str
    empty, look : ndarray of bool, shape (rows, cols), optional
        Cells that are padding, drawn dashed, and cells to point at.
    cell : int
        Width of a cell in pixels.
    """
    rows = []
    for row, numbers in enumerate(np.atleast_2d(values)):
        tds = []
        for col, value in enumerate(numbers):
            classes = [
                name
                for name, mask in (("convlab-empty", empty), ("convlab-look", look))
                if mask is not None and mask[row, col]
            ]
            named = f' class="{" ".join(classes)}"' if classes else ""
            tds.append(f"<td{named}>{plain(value)}</td>")
        rows.append("<tr>" + "".join(tds) + "</tr>")
    size = f"font-size:{min(15, cell // 2)}px;line-height:{round(cell * 0.8)}px"
    width = f"width:{cell * len(np.atleast_2d(values)[0])}px;table-layout:fixed"
    caption = f"<caption>{title}</caption>" if title else ""
    return (
        f'<table class="convlab-grid convlab-{role}" style="{size};{width}">'
        f"{caption}{''.join(rows)}</table>"
    )


def coloured(text: object, role: str) -> str:
    """Return inline text in the colour of a role, dark or light enough to read on the page."""
    return f'<b class="convlab-word-{role.replace(" ", "-")}">{text}</b>'


def fraction(above: str, below: str) -> str:
    """Return a fraction, set in HTML alone, so that it also reads on a page without MathJax."""
    return f'<span class="convlab-fraction"><span>{above}</span><span>{below}</span></span>'


def floor(inside: str) -> str:
    """Return ⌊inside⌋, the brackets as tall as what they hold."""
    return f'<span class="convlab-floor">{inside}</span>'


def formula(*parts: str) -> str:
    """Return a line of a formula; parts are put side by side, vertically centred."""
    return f'<div class="convlab-formula">{"".join(f"<span>{part}</span>" for part in parts)}</div>'


def panel(*parts: str) -> str:
    """Return parts one below the other, for the room beside a picture."""
    return f'<div class="convlab-panel">{"".join(parts)}</div>'


def line_of(*parts: str) -> str:
    """Return tables side by side; a part that is a sign, such as × or →, is set large."""
    shown = [f'<span class="convlab-sign">{p}</span>' if len(p) == 1 else p for p in parts]
    return f'<div class="convlab-line">{"".join(shown)}</div>'
