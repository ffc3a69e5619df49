"""An explorer lives until its cell is run again: then it is closed and gives back its memory.

ipywidgets keeps every widget until it is closed, and IPython keeps every value that a cell showed
(``Out``, ``_``), so that running a cell again would keep one more explorer each time. Front ends
send the identity of the cell with each request to run it; from that follows which explorers have
left the page.

Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html (``cellId`` in the metadata
of ``execute_request``) and https://ipython.readthedocs.io/en/stable/config/callbacks.html
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from convlab.widgets import jupyter

_HISTORY = re.compile(r"_+|_i+|_i?\d+|Out|In")
"""Names under which IPython keeps, by itself, what cells showed."""


def shown(widget: Widget) -> None:
    """Note that the cell that runs now shows a widget; call this from ``_repr_mimebundle_``.

    After each run of a cell, those widgets are closed that it showed in an earlier run, that no
    cell shows any more, and that no variable or box of the reader's holds. Outside IPython, and
    where the front end sends no identity of cells (nbconvert, a terminal), nothing is ever closed.

    Parameters
    ----------
    widget : Widget
        Its `close` is called, once.
    """
    shell = jupyter.shell()
    if shell is None:
        return
    if _Page.current is None or _Page.current.shell is not shell:
        _Page.current = _Page(shell)
    _Page.current.shown_now.add(widget)


def every_widget(*roots: Widget) -> Iterator[Widget]:
    """Yield widgets and all that they are made of: children, layouts, styles, ends of links.

    Parameters
    ----------
    *roots : Widget
        Links (``jslink``) and ``ipyevents.Event`` have to be given: they know their widgets, but
        no widget knows them.

    Yields
    ------
    Widget
        Each one once, what it is made of after it. What was closed is left out.

    Examples
    --------
    >>> import ipywidgets as widgets
    >>> box = widgets.HBox([widgets.IntSlider()])
    >>> [type(widget).__name__ for widget in every_widget(box)]
    ['HBox', 'IntSlider', 'Layout', 'SliderStyle', 'Layout']
    >>> for widget in every_widget(box):
    ...     widget.close()
    >>> list(every_widget(box))
    []
    """
    found: dict[Widget, None] = {}
    waiting = list(roots)
    while waiting:
        widget = waiting.pop()
        if widget in found or widget.comm is None:
            continue
        found[widget] = None
        # `keys` are the traits that the page knows too.
        values = [getattr(widget, key) for key in sorted(widget.keys)]
        waiting += reversed(list(_widgets_in(values)))
    yield from list(found)


def _widgets_in(value: Any) -> Iterator[Widget]:
    if isinstance(value, Widget):
        yield value
    elif isinstance(value, dict):
        yield from _widgets_in(value.values())
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes | memoryview):
        for part in value:
            yield from _widgets_in(part)


class _Page:
    """What the reader has on the page: which cells show which widgets."""

    current: _Page | None = None

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.shown_now: WeakSet[Widget] = WeakSet()
        self._cells: WeakKeyDictionary[Widget, set[str]] = WeakKeyDictionary()
        shell.events.register("pre_run_cell", self._before)
        shell.events.register("post_run_cell", self._after)

    def _before(self, _info: Any) -> None:
        # What was shown between two cells, by a button's callback, stands in no cell of its own.
        self.shown_now.clear()

    def _after(self, result: Any) -> None:
        cell = getattr(result.info, "cell_id", None)
        if cell is None:
            return
        for cells in self._cells.values():
            cells.discard(cell)
        for widget in self.shown_now:
            self._cells.setdefault(widget, set()).add(cell)
        held = self._held()
        gone = [w for w, cells in self._cells.items() if not cells and id(w) not in held]
        for widget in gone:
            del self._cells[widget]
            widget.close()
        if gone:
            # Figures are rings of references. Left to Python's own rhythm they pile up: 1.1 MiB
            # stay of each run, and 0.05 MiB so.
            gc.collect()

    def _held(self) -> set[int]:
        """Return the ids of what variables of the reader's name, and of what stands in boxes."""
        named = {id(value) for name, value in self.shell.user_ns.items() if _is_readers(name)}
        boxes = list(_instances.values())
        return named | {id(child) for box in boxes for child in getattr(box, "children", ())}


def _is_readers(name: str) -> bool:
    return not _HISTORY.fullmatch(name)
