"""Widgets whose changes go to the page together, which counts while an explorer is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ipywidgets import Widget


@contextmanager
def held(*some: Widget) -> Iterator[None]:
    """Tell the page of all changes of a widget at once, at the end.

    Each message costs the kernel, the server and the page, and a page that opens a lesson gets
    thousands of them.

    Parameters
    ----------
    *some : Widget
        What they are made of, such as a layout, is a widget of its own.

    Examples
    --------
    >>> import ipywidgets as widgets
    >>> slider = widgets.IntSlider()
    >>> with held(slider, slider.layout):
    ...     slider.max, slider.value, slider.layout.width = 200, 150, "300px"
    >>> slider.value
    150
    """
    with ExitStack() as stack:
        for widget in some:
            stack.enter_context(widget.hold_sync())
        yield
