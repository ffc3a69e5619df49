"""A pen: what the mouse or a finger draws on a picture, stroke by stroke."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
from ipyevents import Event

from convlab.widgets.pointer import Point, place_of


class Pen:
    """Strokes of the mouse or of a finger on a picture, and clicks beside what can be drawn on.

    Parameters
    ----------
    picture : ipywidgets.Image
    size : (int, int)
        Width and height of the picture, in the pixels that the handlers are given.
    begins : callable
        Takes a place, in pixels from the lower left corner; says whether one can draw there.
    stroke : callable
        Takes two places, from and to.
    click : callable
        Takes a place where one cannot draw.
    """

    def __init__(
        self,
        picture: widgets.Image,
        size: tuple[int, int],
        begins: Callable[[Point], bool],
        stroke: Callable[[Point, Point], None],
        click: Callable[[float, float], None],
    ) -> None:
        self._size = size
        self._begins, self._stroke, self._click = begins, stroke, click
        self._last: Point | None = None
        self.event = Event(
            source=picture,
            watched_events=[
                *("mousedown", "mousemove", "mouseup", "mouseleave"),
                *("touchstart", "touchmove", "touchend", "touchcancel"),
            ],
            prevent_default_action=True,
            throttle_or_debounce="throttle",
            wait=40,
        )
        self.event.on_dom_event(self)

    def __call__(self, event: dict[str, Any]) -> None:
        """Follow an event of the page."""
        kind = event["type"]
        if kind in ("mouseup", "touchend", "touchcancel", "mouseleave"):
            if kind == "mouseup" and self._last is not None:
                self._to(self._place(event))
            self._last = None
        elif kind in ("mousedown", "touchstart"):
            place = self._place(event)
            if self._begins(place):
                self._last = place
                self._to(place)
            else:
                self._click(*place)
        elif self._last is not None:
            if kind == "mousemove" and not event.get("buttons"):
                self._last = None  # it was let go beside the picture
            else:
                self._to(self._place(event))

    def _to(self, place: Point) -> None:
        if self._last is not None:
            before, self._last = self._last, place
            self._stroke(before, place)

    def _place(self, event: dict[str, Any]) -> Point:
        return place_of(event["touches"][0] if event.get("touches") else event, self._size)
