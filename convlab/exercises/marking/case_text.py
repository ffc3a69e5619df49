"""The case in which a function fails, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from convlab.exercises.marking.cases import Case, Table

WIDE = 96
"""Characters of a line, about as many as a notebook's cell shows."""


def as_text(case: Case) -> str:
    """Return a case as lines of text, its tables side by side where they fit.

    Examples
    --------
    >>> import numpy as np
    >>> print(as_text(Case({"x": np.eye(2), "k": 2}, {}, [[1, 0]], [[1, 5]])))
    k = 2
    x
    1 0
    0 1
    yours    expected
    1 ✗0     1 ✓5
    """
    blocks = [text for text in (case.heading, case.settings()) if text]
    for some in (case.given(), case.results()):
        blocks += [_beside(group) for group in _groups([*map(_block, some)])]
    return "\n".join(blocks)


def _block(table: Table) -> list[str]:
    """Return the lines of a table, all of one length."""
    texts = [[table.sign * cell.differs + cell.text for cell in row] for row in table.rows]
    wide = [max(map(len, column)) for column in zip(*texts, strict=True)]
    lines = [" ".join(text.rjust(w) for text, w in zip(row, wide, strict=True)) for row in texts]
    longest = max(map(len, [table.title, *lines]))
    return [line.ljust(longest) for line in (table.title, *lines)]


def _groups(blocks: list[list[str]], longest: int = WIDE) -> Iterator[list[list[str]]]:
    """Yield blocks that fit beside each other."""
    group: list[list[str]] = []
    for block in blocks:
        if group and sum(len(b[0]) + 4 for b in [*group, block]) > longest:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _beside(blocks: list[list[str]]) -> str:
    height = max(map(len, blocks))
    tall = [block + [" " * len(block[0])] * (height - len(block)) for block in blocks]
    return "\n".join("    ".join(lines).rstrip() for lines in zip(*tall, strict=True))
