"""A kernel as a square of number fields: every weight can be typed."""

from __future__ import annotations

from math import isqrt
from typing import Any

import ipywidgets as widgets
import numpy as np
import traitlets

from convlab.formatting import say
from convlab.widgets.lock import LOCK, in_update

SMALLEST, LARGEST = 3, 7
LIMIT = 9999.0
WIDTH = 284
Rows = tuple[tuple[float, ...], ...]


class KernelEditor(widgets.GridBox):  # type: ignore[misc]  # ipywidgets has no types
    """Number fields in a square; Tab goes to the next, the arrow keys count up and down.

    Parameters
    ----------
    value : array_like, shape (rows, cols)

    Attributes
    ----------
    value : tuple of tuple of float
        A square of 3 × 3 to 7 × 7 weights. A smaller or narrower kernel is centred in zeros; what
        is no number becomes 0, and what is beyond ±9999 is moved there.
    fields : list of FloatText
        One for each weight, row by row.

    Raises
    ------
    ValueError
        If it has more than 7 rows or columns, or is no table of numbers.
    """

    value = traitlets.Any(())
    children: Any

    def __init__(self, value: Any) -> None:
        self.fields: list[widgets.FloatText] = []
        self._showing = False
        self._field_layout = widgets.Layout(height="24px", margin="0")
        super().__init__([], layout=widgets.Layout(width=f"{WIDTH}px", height="180px"))
        self.add_class("convlab-weights")
        self.value = value

    @staticmethod
    def checked(value: Any) -> Rows:
        """Return weights as `as_rows` does, or raise its error."""
        return as_rows(value)

    @traitlets.validate("value")
    def _square(self, proposal: Any) -> Rows:
        return as_rows(proposal["value"])

    @traitlets.observe("value")
    def _on_value(self, _change: Any) -> None:
        self._show()

    def _show(self) -> None:
        """Write the weights into the fields."""
        with LOCK:
            self._showing = True
            try:
                rows = self.value  # read once: another thread may set it meanwhile
                if len(self.fields) != len(rows) ** 2:
                    self._lay_out(len(rows))
                for field, weight in zip(self.fields, np.ravel(rows).tolist(), strict=True):
                    field.value = weight
            finally:
                self._showing = False

    def _lay_out(self, size: int) -> None:
        """Show as many fields as there are weights.

        A page takes long to make fields. When the size changes for the first time, all that there
        can be are made; from then on those that a smaller kernel has no use for are hidden.
        """
        side = isqrt(len(self.children))
        if side < LARGEST:
            made = dict(zip(np.ndindex(side, side), self.children, strict=True))
            side = LARGEST if made else size
            places = np.ndindex(side, side)
            self.children = [made.get(place) or self._new_field(*place) for place in places]
        pixels = min(60, WIDTH // size)
        self._field_layout.width = f"{pixels}px"
        self.layout.grid_template_columns = f"repeat({size}, {pixels}px)"
        self.layout.grid_auto_rows = "25px"
        with self.hold_sync():  # between two classes the page would show all fields
            for other in range(SMALLEST, LARGEST):
                self.remove_class(f"convlab-weights-{other}")
            if size < side:
                self.add_class(f"convlab-weights-{size}")
        self.fields = [self.children[row * side + col] for row, col in np.ndindex(size, size)]

    def _new_field(self, row: int, column: int) -> widgets.FloatText:
        named = say("weight, row {row}, column {column}", row=row, column=column)
        field = widgets.FloatText(layout=self._field_layout, description=named)
        field.observe(self._on_field, "value")
        return field

    def _on_field(self, _change: Any) -> None:
        nested = in_update()
        with LOCK:
            if nested and self._showing:
                return
            typed = [field.value for field in self.fields]
            side = isqrt(len(typed))  # another thread's new value may not be shown yet
            self.value = np.reshape(typed, (side, side))
            self._show()


def as_rows(value: Any) -> Rows:
    """Return weights as a square tuple of rows, each weight a number within the limit.

    Raises
    ------
    ValueError
        As for `KernelEditor`.

    Examples
    --------
    >>> as_rows([[1, 2, 1]])
    ((0.0, 0.0, 0.0), (1.0, 2.0, 1.0), (0.0, 0.0, 0.0))
    """
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        sentence = "`weights` must be a table of numbers, got {value}"
        raise ValueError(say(sentence, value=repr(value))) from None
    if array.ndim != 2 or array.size == 0 or max(array.shape) > LARGEST:
        raise ValueError(
            say(
                "`weights` must have from 1 to {most} rows and columns, got shape {shape}",
                most=LARGEST,
                shape=array.shape,
            )
        )
    array = np.clip(np.nan_to_num(array, nan=0.0), -LIMIT, LIMIT) + 0.0
    return resized(array, max(SMALLEST, *array.shape))


def resized(value: Any, size: int) -> Rows:
    """Return weights cropped, or grown by zeros, around their middle.

    The middle is row (k − 1)//2, and likewise for columns: the weight that meets the pixel itself.

    Examples
    --------
    >>> resized([[1, 2, 1]] * 3, 2)
    ((2.0, 1.0), (2.0, 1.0))
    """
    array = np.asarray(value, dtype=float)
    for axis in (0, 1):
        more = size - array.shape[axis]
        if more >= 0:
            before = (size - 1) // 2 - (array.shape[axis] - 1) // 2
            around = [(0, 0), (0, 0)]
            around[axis] = (before, more - before)
            array = np.pad(array, around)
        else:
            start = (array.shape[axis] - 1) // 2 - (size - 1) // 2
            array = np.take(array, range(start, start + size), axis)
    return tuple(map(tuple, array.tolist()))
