"""The case in which a function fails: its arguments, what came, and what is right, as small tables.

Both the text (`case_text`) and the page (`verdict_page`) are made of these. A table that is too
large is cut with dots, around the first entry that differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from convlab.exercises.marking.sameness import as_array, as_numbers, differing, written
from convlab.formatting import plain, say

MOST = 8
"""Rows and columns of a table, at most."""
LAYERS = 2
"""Tables of an array that has more than two axes, at most."""
ROLES = {
    "input": ("x", "image", "picture", "window", "P", "xs"),
    "kernel": ("w", "weight", "weights", "kernel", "first", "second", "bank", "bias", "b"),
    "gradient": ("g", "grad", "grad_output", "gradient"),
}
"""The colours of arguments, by their names in the lessons."""


class Cell(NamedTuple):
    """One cell of a table; `differs` marks it with a sign."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Table:
    """A table to be shown: of an argument, of what came, or of what is right.

    Parameters
    ----------
    title : str
    role : {"input", "kernel", "gradient", "output", "products"}
        Its colour.
    rows : tuple of tuple of Cell
    sign : str
        What marks the cells that differ.
    """

    title: str
    role: str
    rows: tuple[tuple[Cell, ...], ...]
    sign: str = ""


@dataclass(frozen=True, eq=False)
class Case:
    """A case in which a function fails.

    Parameters
    ----------
    arguments : dict of str to object
        By the names that the reader gave them.
    roles : dict of str to str
        The colours of some of them.
    came, expected : object, optional
        What the function returned, and what is right; `came` is None where nothing can be shown.
    part : str
        Which of several results these are, such as ``"[1]"``.
    heading : str
        Which case it is.
    gives : str, default "output"
        The colour of what is right.
    """

    arguments: Mapping[str, Any]
    roles: Mapping[str, str]
    came: Any = None
    expected: Any = None
    part: str = ""
    heading: str = ""
    gives: str = "output"

    @property
    def differs(self) -> np.ndarray | None:
        """Which entries differ; None where the shapes do, or something is no array."""
        came, wanted = as_numbers(self.came), as_numbers(self.expected)
        if came is None or wanted is None or came.shape != wanted.shape:
            return None
        return differing(came, wanted)

    def settings(self) -> str:
        """Return the arguments that are no arrays, such as ``stride = 2, padding = 1``."""
        return ", ".join(
            say("{name} = {value}", name=name, value=written(value))
            for name, value in self.arguments.items()
            if not isinstance(value, np.ndarray)
        )

    def given(self) -> list[Table]:
        """Return the arguments that are arrays."""
        return [
            table
            for name, value in self.arguments.items()
            if isinstance(value, np.ndarray)
            for table in tables(name, value, self.roles.get(name, "products"))
        ]

    def results(self) -> list[Table]:
        """Return what came, as far as it is numbers, and what is right."""
        if as_array(self.expected) is None:
            return []
        look = self.differs
        exact = look is not None and self._look_alike(look)
        shown = []
        if as_array(self.came) is not None:
            title = say("yours{part}", part=self.part)
            shown = tables(title, self.came, "products", look, "✗", exact=exact)
        title = say("expected{part}", part=self.part)
        return shown + tables(title, self.expected, self.gives, look, "✓", exact=exact)

    def _look_alike(self, look: np.ndarray) -> bool:
        """Say whether entries that differ would be written the same."""
        came, wanted = np.asarray(as_numbers(self.came)), np.asarray(as_numbers(self.expected))
        pairs = zip(came[look], wanted[look], strict=True)
        return any(_short(one) == _short(other) for one, other in pairs)


def role_of(name: str) -> str:
    """Return the colour of an argument, by its name in the lesson.

    Examples
    --------
    >>> role_of("x"), role_of("stride")
    ('input', 'products')
    """
    return next((role for role, names in ROLES.items() if name in names), "products")


def tables(
    title: str,
    value: Any,
    role: str,
    look: np.ndarray | None = None,
    sign: str = "",
    *,
    exact: bool = False,
) -> list[Table]:
    """Return an array as one table, or as a few of its layers where it has more than two axes.

    Parameters
    ----------
    title : str
    value : array_like
    role, sign : str
        As for `Table`.
    look : ndarray of bool, optional
        The entries to be marked, in the shape of `value`.
    exact : bool, default False
        Whether to write numbers with all their digits.

    Examples
    --------
    >>> [table.title for table in tables("x", np.zeros((3, 2, 2)), "input")]
    ['x[0]', 'x[1], of 3']
    >>> [len(table.rows) for table in tables("x", np.zeros((50, 2)), "input")]
    [7]
    """
    array = as_array(value)
    if array is None:
        return []
    if array.size == 0:
        text = say("empty, of shape {shape}", shape=array.shape)
        return [Table(title, role, ((Cell(text),),))]
    look = np.zeros(array.shape, bool) if look is None else look
    if array.ndim <= 2:
        return [Table(title, role, _rows(np.atleast_2d(array), np.atleast_2d(look), exact), sign)]
    lead = array.shape[:-2]
    marked = look.reshape(-1, *array.shape[-2:])
    flat = array.reshape(-1, *array.shape[-2:])
    first = sorted(np.argsort(~marked.any(axis=(1, 2)), kind="stable")[:LAYERS].tolist())
    return [
        Table(
            _layer_title(title, np.unravel_index(at, lead), lead if at == first[-1] else ()),
            role,
            _rows(flat[at], marked[at], exact),
            sign,
        )
        for at in first
    ]


def _layer_title(title: str, index: Sequence[Any], of: tuple[int, ...]) -> str:
    """Return the name of one layer; the last one also says how many there are."""
    name = f"{title}[{', '.join(str(int(i)) for i in index)}]"
    if not of or np.prod(of) <= LAYERS:
        return name
    return say("{name}, of {count}", name=name, count=" × ".join(map(str, of)))


def _rows(array: np.ndarray, look: np.ndarray, exact: bool) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of a table, with dots for what is left out."""
    write = _exact if exact else _short
    down, across = (np.flatnonzero(look.any(axis=1 - axis)) for axis in (0, 1))
    rows = [*_kept(len(array), int(down[0]) if down.size else 0)]
    cols = [*_kept(len(array[0]), int(across[0]) if across.size else 0)]
    return tuple(
        tuple(
            Cell("⋮" if c is not None else "⋱")
            if r is None
            else Cell("⋯")
            if c is None
            else Cell(write(array[r, c]), bool(look[r, c]))
            for c in cols
        )
        for r in rows
    )


def _kept(count: int, around: int) -> Iterator[int | None]:
    """Yield which rows or columns are shown, at most `MOST` in all; None stands for dots."""
    if count <= MOST:
        yield from range(count)
        return
    inside = MOST - 2
    start = min(max(0, around - inside // 2), count - inside)
    if start > 0:
        yield None
    yield from range(start, min(start + inside, count))
    if start + inside < count:
        yield None


def _short(value: Any) -> str:
    number = float(value)
    if not np.isfinite(number):
        return "NaN" if np.isnan(number) else "∞" if number > 0 else "−∞"
    return _exact(number) if number % 1 == 0 and abs(number) < 1e6 else plain(number)


def _exact(value: Any) -> str:
    return f"{float(value):.10g}".replace("-", "−").replace("nan", "NaN").replace("inf", "∞")
