"""What the article calls cells, outputs and weights: all count from 1."""

from __future__ import annotations


def sub(text: object) -> str:
    """Write digits as subscripts.

    Examples
    --------
    >>> "x" + sub(12)
    'x₁₂'
    """
    return "".join(chr(ord("₀") + int(c)) if c.isdigit() else c for c in str(text))


def numbered(letter: str, count: int) -> list[str]:
    """Return names such as x₁, x₂, ..."""
    return [letter + sub(number + 1) for number in range(count)]


def weight_name(u: int, v: int) -> str:
    """Return the name of the weight in row u, column v of the kernel, both from 0.

    Examples
    --------
    >>> weight_name(0, 2)
    'w₁,₃'
    """
    return f"w{sub(u + 1)},{sub(v + 1)}"
