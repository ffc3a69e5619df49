"""The mouse on a picture: clicks, drags and pointing, told apart, and followed while new."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
from ipyevents import Event

STALE_AFTER = 0.25
"""Seconds after which a movement of the mouse is too old to follow."""
NEAR = 4
"""Pixels within which a movement still is a click."""

Point = tuple[float, float]
Handler = Callable[[float, float], None]


class Pointer:
    """What the mouse does on a picture.

    Parameters
    ----------
    picture : ipywidgets.Image
    size : (int, int)
        Width and height of the picture, in the pixels that the handlers are given.
    click, hover : callable
        Take a place: pixels from the picture's lower left corner.
    drag : callable
        Takes the movement to the right and up since the last call, in the same pixels.
    """

    def __init__(
        self,
        picture: widgets.Image,
        size: tuple[int, int],
        click: Handler | None = None,
        drag: Handler | None = None,
        hover: Handler | None = None,
    ) -> None:
        self._size = size
        self._click, self._drag, self._hover = click, drag, hover
        self._last: Point | None = None
        self._moved = False
        self._quickest = float("inf")
        self.event = Event(
            source=picture,
            watched_events=["mousedown", "mousemove", "mouseup", "mouseleave"],
            prevent_default_action=True,
            throttle_or_debounce="throttle",
            wait=60,
        )
        self.event.on_dom_event(self)

    def __call__(self, event: dict[str, Any]) -> None:
        """Follow an event of the page."""
        place = place_of(event, self._size)
        if event["type"] == "mousedown":
            self._last, self._moved = place, False
        elif event["type"] == "mouseup":
            if self._last is not None and not self._moved and self._click:
                self._click(*place)
            self._last = None
        elif event["type"] == "mouseleave" or not event.get("buttons"):
            self._last = None
            if event["type"] == "mousemove" and self._hover and self._is_fresh(event["timeStamp"]):
                self._hover(*place)
        elif self._last is not None and self._drag and self._is_fresh(event["timeStamp"]):
            right, up = place[0] - self._last[0], place[1] - self._last[1]
            if self._moved or abs(right) + abs(up) > NEAR:
                self._moved, self._last = True, place
                self._drag(right, up)

    def _is_fresh(self, stamp: float) -> bool:
        """Say whether a message comes about as soon after its event as the quickest one did."""
        delay = time.monotonic() - stamp / 1000
        self._quickest = min(self._quickest, delay)
        return delay - self._quickest < STALE_AFTER


def place_of(event: dict[str, Any], size: tuple[int, int]) -> Point:
    """Return where on a picture of a size something happened: pixels from the lower left corner.

    The page tells pixels of the screen, from the upper left; the picture may be shown smaller.
    """
    width, height = size
    shrink = width / (event["boundingRectWidth"] or width)
    return event["relativeX"] * shrink, height - event["relativeY"] * shrink
