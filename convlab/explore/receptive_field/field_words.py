"""Words and rows that the tables of receptive fields share."""

from __future__ import annotations

from collections.abc import Iterable

from convlab.formatting import percent, say

COLUMNS = ("sees", "moves", "before")
"""Heads of the columns of a field's size, stride and padding."""


def row(cells: Iterable[object], *, kind: str = "td", look: str = "") -> str:
    """Return a row of a table; `kind` "th" makes it a head, and `look` names its style.

    Examples
    --------
    >>> row(["pool5", 212], look="current")
    '<tr class="convlab-current"><td>pool5</td><td>212</td></tr>'
    """
    named = f' class="convlab-{look}"' if look else ""
    return f"<tr{named}>" + "".join(f"<{kind}>{cell}</{kind}>" for cell in cells) + "</tr>"


def part_of(share: float) -> str:
    """Write a share of a whole; a small one is not written as none.

    Examples
    --------
    >>> part_of(0.14), part_of(0.001)
    ('14 %', 'less than 1 %')
    """
    if share < 0.005:
        return say("less than 1 %")
    return percent(share)
