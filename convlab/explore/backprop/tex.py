"""The symbols of the derivation in TeX, in their colours, and sums that are cut when too long.

Cells, outputs and weights count from 1, as the article's symbols do.
"""

from __future__ import annotations

from collections.abc import Iterable

from convlab.draw.drawing import WORDS
from convlab.formatting import plain, say

MOST_TERMS = 4
"""Terms of a sum that are written out; of a longer one, the first two and the last."""


def hue(symbol: str, role: str) -> str:
    """Colour a formula's symbol."""
    return rf"\textcolor{{{WORDS[role]}}}{{{symbol}}}"


def text(sentence: str, **values: object) -> str:
    """Return words in a formula, with room around them."""
    return rf"\text{{ {say(sentence, **values)} }}"


b = hue("b", "kernel")
"""The bias's symbol."""


def x(i: object) -> str:
    """Return an input cell's symbol."""
    return hue(f"x_{{{i}}}", "input")


def y(j: object) -> str:
    """Return an output's symbol."""
    return hue(f"y_{{{j}}}", "output")


def w(place: tuple[int, int]) -> str:
    """Return the symbol of a weight, whose row and column are counted from 0."""
    return hue(symbol(place), "kernel")


def symbol(place: tuple[int, int]) -> str:
    """Return that of a weight without its colour, to be put into a derivative."""
    return f"w_{{{place[0] + 1},{place[1] + 1}}}"


def partial(of: str, by: str) -> str:
    """Return ∂of / ∂by."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def gradient(of: str) -> str:
    """Return the loss's derivative for something."""
    return hue(partial(r"\ell", of), "gradient")


def number(value: float) -> str:
    """Return a number, with a minus sign that MathJax sets as one."""
    return plain(value).replace("−", "-")


def factor(value: float) -> str:
    """Return a number that is multiplied: in brackets if it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def _short(terms: Iterable[str], most: int, first: int, dots: str) -> list[str]:
    """Return terms, of too many only the first ones and the last."""
    terms = list(terms)
    return terms if len(terms) <= most else [*terms[:first], dots, terms[-1]]


def total(terms: Iterable[str], most: int = MOST_TERMS) -> str:
    """Return a sum; of none it is 0."""
    return " + ".join(_short(terms, most, 2, r"\cdots")) or "0"


def sum_of_products(pairs: Iterable[tuple[float, float]], most: int = MOST_TERMS) -> str:
    """Return a · b + …, with negative numbers in brackets."""
    return total([rf"{factor(a)} \cdot {factor(b)}" for a, b in pairs], most)


def listed(terms: Iterable[str]) -> str:
    """Return terms between commas; of too many, the first three and the last."""
    return r",\; ".join(_short(terms, MOST_TERMS + 1, 3, r"\dots"))
