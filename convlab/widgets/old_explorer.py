"""What every explorer is: controls, a scene, and words, kept in step with each other.

An explorer reads its controls into a frozen state; everything on screen is a pure function of that
state. Callbacks arrive on two threads (sliders on one, the mouse on another), so one lock is held
around every update, for all explorers, because matplotlib's caches are shared.
"""

from __future__ import annotations

import base64
import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import ipywidgets as widgets
from ipyevents import Event
from traitlets import TraitError

from convlab.draw.scene import Scene
from convlab.widgets import export
from convlab.widgets.html import STYLE
from convlab.widgets.old_controls import Pair, both, clamp, set_range

LOCK = threading.RLock()
STALE_AFTER = 0.25
"""Seconds after which a mouse movement is too old to follow."""


class Explorer(widgets.VBox):
    """The base of all explorers.

    A subclass passes its controls and scene, and says how they belong together: `bounds` keeps
    the controls' ranges in step, `read` turns their values into a state, `describe` and `explain`
    put the state into words. Any control's start value can be given by its name.

    Parameters
    ----------
    controls : dict of str to Widget
        In the order in which they yield to each other: a control's bounds may depend on those
        before it.
    scene : Scene
    settings : dict
        Start values of controls, by name.

    Attributes
    ----------
    controls : dict of str to Widget
    state : dataclass
        What is shown now.
    picture : ipywidgets.Image
    caption : ipywidgets.HTML
        What the picture shows, in words, in a live region.
    details : ipywidgets.HTML
        What stands beside the picture; empty where `explain` says nothing.
    status : ipywidgets.HTML
        The error of a failed update, in red; otherwise empty.
    scene : Scene

    Raises
    ------
    TypeError
        If `settings` names no control.
    ValueError
        If a control cannot have the start value; numbers out of range are moved into it.
    """

    above: ClassVar[list[list[str]]] = []
    """Names of the controls above the picture, in rows."""
    below: ClassVar[list[list[str]]] = []
    """Names of the controls below the picture, in rows."""

    def __init__(
        self, controls: dict[str, widgets.Widget], scene: Scene, settings: dict[str, Any]
    ) -> None:
        self.controls, self.scene, self.state = controls, scene, None
        self._settling = False
        self.picture = widgets.Image(
            format=scene.format, layout=widgets.Layout(width=f"{scene.width}px", height="auto")
        )
        self.caption, self.details, self.status = (widgets.HTML() for _ in range(3))
        self._apply(settings)
        super().__init__(self._arrange())
        self._name_parts()
        self._refresh()
        for name, control in controls.items():
            control.observe(partial(self._on_control, name), "value")

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Return the smallest and largest value of a control, given those of the ones before it.

        None leaves the control as it is. For a list to choose from, return its options.
        """

    def entails(self, name: str, values: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Return what a hand on one control sets others to, as a list of presets does.

        Called with the name of the control that was moved, before the bounds are.
        """
        return {}

    def read(self, values: dict[str, Any]) -> Any:
        """Turn the values of all controls, within their bounds, into a state."""
        raise NotImplementedError

    def describe(self, state: Any) -> str:
        """Say in a sentence or two what the picture shows, as HTML."""
        raise NotImplementedError

    def explain(self, state: Any) -> str:  # noqa: ARG002
        """Return what stands beside the picture, as HTML; nothing by default."""
        return ""

    def printed(self, state: Any) -> str:
        """Return what stands beside the picture on a saved page, where no formula is typeset."""
        return self.explain(state)

    def save(self, path: str | Path, *, interval: int = 500) -> None:
        """Save what is shown now, or the whole sweep of steps.

        Parameters
        ----------
        path : str or Path
            ``.png`` or ``.svg`` save the picture; ``.gif`` and ``.html`` save every step, as a
            looping picture or as a page with a player that needs no kernel.
        interval : int, default 500
            Milliseconds between two steps.

        Raises
        ------
        ValueError
            If the file's name ends in anything else, or there are no steps to save.
        """
        kind = Path(path).suffix.lower()
        if kind in (".gif", ".html") and "step" not in self.controls:
            raise ValueError(f"`path` must end in .png or .svg: there are no steps, got {path!s}")
        if kind not in (".png", ".svg", ".gif", ".html"):
            raise ValueError(f"`path` must end in .png, .svg, .gif or .html, got {str(path)!r}")
        with LOCK:
            try:
                if kind == ".png":
                    Path(path).write_bytes(self.scene.png())
                elif kind == ".svg":
                    self.scene.save(path)
                elif kind == ".gif":
                    frames = [self.scene.image() for _ in self._each_step()]
                    export.save_gif(path, frames, interval)
                else:
                    pages = [
                        export.Page(self.scene.png(), self.describe(state), self.printed(state))
                        for state in self._each_step()
                    ]
                    export.save_html(path, type(self).__name__, pages, interval, STYLE)
            finally:
                self.scene.update(self.state)

    def on_pointer(
        self,
        click: Callable[[float, float], None] | None = None,
        drag: Callable[[float, float], None] | None = None,
        hover: Callable[[float, float], None] | None = None,
    ) -> None:
        """Call back when the picture is clicked, dragged or pointed at; the keyboard does the same.

        Parameters
        ----------
        click : callable
            Takes the place in the scene's pixels, from its lower left corner.
        drag : callable
            Takes the movement to the right and up since the last call, in the scene's pixels.
        hover : callable
            Takes the place, like `click`, while the mouse moves over the picture.
        """
        self._pointer = _Pointer(self, click, drag, hover)

    def _each_step(self) -> Iterator[Any]:
        for step in range(self.controls["step"].max + 1):
            state = replace(self.state, step=step)
            self.scene.update(state)
            yield state

    def _apply(self, settings: dict[str, Any]) -> None:
        for name in settings:
            if name not in self.controls:
                known = ", ".join(self.controls)
                raise TypeError(f"`{name}` is no control of {type(self).__name__}; known: {known}")
        for name, control in self.controls.items():
            if name in settings:
                if _is_list(control) and (options := self.bounds(name, self._values())):
                    _offer(control, options, control.value)
                self._start(name, control, settings[name])
                self._entail(name)

    def _start(self, name: str, control: widgets.Widget, value: Any) -> None:
        try:
            _set(control, value)
        except (TypeError, ValueError, TraitError) as error:
            if str(error).startswith(f"`{name}`"):
                raise  # the control knows its rule
            options = getattr(control, "options", ())
            rule = f"; choose from {', '.join(map(repr, map(_value, options)))}" * bool(options)
            kind = type(self).__name__
            raise ValueError(f"`{name}` of {kind} cannot be {value!r}{rule}") from error

    def _on_control(self, name: str, _change: Any) -> None:
        with LOCK, self._reporting():
            if not self._settling:
                self._entail(name)
                self._refresh()

    def _entail(self, name: str) -> None:
        self._settling = True
        try:
            for other, value in self.entails(name, self._values()).items():
                _set(self.controls[other], value)
        finally:
            self._settling = False

    def _refresh(self, _change: Any = None) -> None:
        with LOCK, self._reporting():
            if self._settling:
                return
            values = self._settle()
            state = self.read(values)
            if state == self.state:
                return
            self.scene.update(state)
            picture = self.scene.live()
            caption, details = self.describe(state), self.explain(state)
            self.picture.value = picture
            self.details.value = details
            self.caption.value = f'<div role="status" aria-live="polite">{caption}</div>'
            self.state = state

    def _values(self) -> dict[str, Any]:
        return {name: control.value for name, control in self.controls.items()}

    def _settle(self) -> dict[str, Any]:
        """Read all controls once, move them into their bounds, and return what they then say."""
        values = self._values()
        self._settling = True
        try:
            for name, control in self.controls.items():
                bounds = self.bounds(name, values)
                if bounds is None:
                    continue
                if _is_list(control):
                    values[name] = _offer(control, bounds, values[name])
                else:
                    values[name] = clamp(values[name], *bounds)
                    set_range(control, *bounds, values[name])
        finally:
            self._settling = False
        return values

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Show an error on the explorer, in red, and raise it as well; clear it on success."""
        try:
            yield
        except Exception as error:
            text = html.escape(f"{type(error).__name__}: {error}")
            self.status.value = f'<div role="alert" class="convlab-error">{text}</div>'
            raise
        if self.status.value and not self._settling:
            self.status.value = ""

    def _arrange(self) -> list[widgets.Widget]:
        layout = widgets.Layout(flex_flow="wrap", align_items="flex-start")
        beside = widgets.HBox([self.picture, self.details], layout=layout)
        return [
            widgets.HTML(STYLE, layout=widgets.Layout(display="none")),
            *self._rows(self.above),
            beside,
            self.caption,
            *self._rows(self.below),
            self.status,
        ]

    def _rows(self, rows: list[list[str]]) -> list[widgets.Widget]:
        layout = widgets.Layout(flex_flow="row wrap", align_items="center")
        return [widgets.HBox([self.controls[name] for name in row], layout=layout) for row in rows]

    def _name_parts(self) -> None:
        parts = {"explorer": self, "picture": self.picture, "caption": self.caption}
        parts |= {"details": self.details, "status": self.status}
        parts |= {f"control-{name.replace('_', '-')}": c for name, c in self.controls.items()}
        for name, widget in parts.items():
            widget.add_class(f"convlab-{name}")

    def __repr__(self) -> str:
        words = re.sub(r"<[^>]+>", "", self.describe(self.state))
        return f"{type(self).__name__}: {html.unescape(words)}"

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add a still picture, for readers without a kernel, to the live widget."""
        bundle = super()._repr_mimebundle_(**options)
        with LOCK:
            still = base64.b64encode(self.scene.still()).decode()
        size = {"width": self.scene.width, "height": self.scene.height}
        data = {**bundle, "image/png": still, "text/plain": repr(self)}
        return data, {"image/png": size}


def _set(control: widgets.Widget, value: Any) -> None:
    """Give a control a value, and more room where it needs that; the bounds come afterwards."""
    value = both(value) if isinstance(control, Pair) else value
    if "max" in control.trait_names():
        set_range(control, _least(control.min, value), _most(control.max, value), value)
    else:
        control.value = value


def _least(low: Any, value: Any) -> Any:
    return tuple(map(min, low, value)) if isinstance(value, tuple) else min(low, value)


def _most(high: Any, value: Any) -> Any:
    return tuple(map(max, high, value)) if isinstance(value, tuple) else max(high, value)


def _is_list(control: widgets.Widget) -> bool:
    return isinstance(control, widgets.Dropdown | widgets.ToggleButtons)


def _offer(control: widgets.Widget, options: Any, value: Any) -> Any:
    """Give a list new options, keeping the choice where it is still offered."""
    if tuple(control.options) != tuple(options):
        control.options = options
        if value in map(_value, options):
            control.value = value
    return control.value


def _value(option: Any) -> Any:
    """Return what choosing an option of a list means; options are values or (text, value)."""
    return option[1] if isinstance(option, tuple) else option


class _Pointer:
    """Clicks and drags on a picture, told apart, and followed only while they are fresh."""

    def __init__(self, explorer: Explorer, click: Any, drag: Any, hover: Any) -> None:
        self._explorer, self._click, self._drag, self._hover = explorer, click, drag, hover
        self._last: tuple[float, float] | None = None
        self._moved = False
        self._quickest = float("inf")
        self._event = Event(
            source=explorer.picture,
            watched_events=["mousedown", "mousemove", "mouseup", "mouseleave"],
            prevent_default_action=True,
            throttle_or_debounce="throttle",
            wait=60,
        )
        self._event.on_dom_event(self)

    def __call__(self, event: dict[str, Any]) -> None:
        scene = self._explorer.scene
        shrink = scene.width / (event["boundingRectWidth"] or scene.width)
        place = event["relativeX"] * shrink, scene.height - event["relativeY"] * shrink
        with LOCK, self._explorer._reporting():
            self._follow(event, place)

    def _follow(self, event: dict[str, Any], place: tuple[float, float]) -> None:
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
            if self._moved or abs(right) + abs(up) > 4:
                self._moved, self._last = True, place
                self._drag(right, up)

    def _is_fresh(self, stamp: float) -> bool:
        """Say whether a message comes about as soon after its event as the quickest one did."""
        delay = time.monotonic() - stamp / 1000
        self._quickest = min(self._quickest, delay)
        return delay - self._quickest < STALE_AFTER
