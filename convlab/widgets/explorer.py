"""What every explorer is: controls, a scene, and words, kept in step with each other.

An explorer reads its controls into a frozen state; everything on screen is a pure function of that
state. An update that fails or is interrupted leaves nothing behind: the next one starts afresh.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import ipywidgets as widgets

from convlab.draw.scene import Scene
from convlab.formatting import in_a_row, say
from convlab.geometry import Geometry
from convlab.widgets import export, lifetime
from convlab.widgets.asking import Asking, Question
from convlab.widgets.compound import Pair, Stepper
from convlab.widgets.geometry_controls import geometry_of
from convlab.widgets.held import held
from convlab.widgets.lock import LOCK, in_update
from convlab.widgets.parts import Parts
from convlab.widgets.pointer import Pointer
from convlab.widgets.settling import Change, Limits, Settling, Values

S = TypeVar("S")
"""The state: a frozen dataclass."""
C = TypeVar("C", bound=Scene[Any])
"""The scene that shows such states."""
VIEW = ("azimuth", "elevation", "flat")
"""The controls that say where a picture is seen from."""


class Explorer(Parts, Generic[S, C]):
    """The base of all explorers.

    A subclass names its state's type, passes its controls and scene, and says how the controls
    bound each other (`limits`, `options`, `entails`) and what is to be said of a state (`describe`,
    `explain`). Any control's start value can be given by its name.

    Parameters
    ----------
    controls : dict of str to Widget
        In the order in which they yield to each other: a control's room may depend on those before
        it. Each field of the state is filled from the control of its name, and a field ``geometry``
        from the controls ``input``, ``kernel``, ``stride``, ``padding`` and ``dilation``.
    scene : Scene
    settings : dict
        Start values of controls that the reader gave, and as ``controls`` the names of those to
        open with; the others come at the press of *more*. ``"all"`` opens with all of them.
    defaults : dict, optional
        The explorer's own start values, where they are not those of the controls. They yield.

    Attributes
    ----------
    controls : dict of str to Widget
    state : dataclass
        What is shown now.
    scene : Scene

    Raises
    ------
    TypeError
        If `settings` names no control.
    ValueError
        If a control cannot have the start value: the message names its range, or its choices; or
        if ``controls`` names what is none.
    """

    state_type: ClassVar[type[Any]]
    hovers: ClassVar[bool] = False
    """Whether pointing at the picture picks, as a click does."""
    saved_every: ClassVar[int] = 1
    """From one step that is saved as a moving picture to the next."""

    def __init__(
        self,
        controls: dict[str, widgets.Widget],
        scene: C,
        settings: Mapping[str, Any],
        defaults: Mapping[str, Any] | None = None,
    ) -> None:
        start = dict(settings)
        self.scene: C
        with held(*lifetime.every_widget(*controls.values())):
            super().__init__(controls, scene, start.pop("controls", None))
            self._settling = Settling(type(self).__name__, controls, self)
            self._settling.start(defaults or {}, start)
            self._settle_ties()
            self._refresh()
        for name, control in controls.items():
            control.observe(partial(self._on_control, name), "value")
        self.reset_button.on_click(lambda _: self.reset())
        turns = {"azimuth", "elevation"} <= set(controls)
        if turns:
            self.view_button.on_click(lambda _: self.reset_view())
        self._pointer = Pointer(
            self.picture,
            (scene.width, scene.height),
            click=self._pick,
            drag=self._turn if turns else None,
            hover=self._point if self.hovers else None,
        )

    # What a subclass says

    def limits(self, name: str, values: Values) -> Limits | None:
        """Return the smallest and largest value a control has room for, given those before it.

        None, or more room than the control was made with, leaves it what it was made with.
        """
        return (0, self.steps(values) - 1) if isinstance(self.controls[name], Stepper) else None

    def options(self, name: str, values: Values) -> Sequence[Any] | None:  # noqa: ARG002
        """Return what a list offers now, values or (text, value); None for what it began with."""
        return None

    def entails(self, name: str, values: Values) -> Values:  # noqa: ARG002
        """Return what a hand on one control sets others to, as a list of presets does."""
        return {}

    def geometry(self, values: Values) -> Geometry:
        """Return the geometry that the controls describe, for a state that has one."""
        return geometry_of(values)

    def steps(self, values: Values) -> int:
        """Return the number of steps: by default, of windows."""
        return self.geometry(values).steps

    def read(self, values: Values) -> S:
        """Turn the values of all controls, within their bounds, into a state."""
        given = {field.name: values[field.name] for field in self._fields() if field.name in values}
        if any(field.name == "geometry" for field in self._fields()):
            given["geometry"] = self.geometry(values)
        state: S = self.state_type(**given)
        return state

    def describe(self, state: S) -> str:
        """Say in a sentence or two what the picture shows, as HTML."""
        raise NotImplementedError

    def explain(self, state: S) -> str:  # noqa: ARG002
        """Return what stands beside the picture, as HTML; nothing by default."""
        return ""

    def printed(self, state: S) -> str:
        """Return what stands beside the picture where formulas cannot be typeset."""
        return self.explain(state)

    def show(self, state: S) -> None:
        """Show a state in what a subclass has added to the page; nothing by default."""

    def usable(self, name: str, values: Values) -> bool:  # noqa: ARG002
        """Say whether a control means anything now; one that does not is greyed out."""
        return True

    # What a reader does

    def set_controls(self, **values: Any) -> None:
        """Move several controls at once, as one hand on all of them would; the picture follows.

        A value beyond what there is room for now is moved to the nearest that fits, as a slider's.

        Raises
        ------
        TypeError
            If a name is no control.
        ValueError
            If a value is not of the control's kind, or not among what a list offers.
        """
        asked = self._settling.checked(values)
        with LOCK, self._reporting():
            self._settling.ask(asked)
            self._refresh(*values)

    def reset(self) -> None:
        """Put every control back to its start."""
        with LOCK, self._reporting():
            self._settling.reset()
            self._refresh(*self.controls)
            self._settle_ties()

    def reset_view(self) -> None:
        """Turn the picture back to where it was seen from at the start."""
        self.set_controls(**self._settling.beginning(VIEW))

    def save(self, path: str | Path, *, interval: int = 500) -> None:
        """Save what is shown now, or the whole sweep of steps: see `export.save`."""
        with LOCK:
            try:
                export.save(self, path, interval)
            finally:
                self.scene.update(self.state)

    def _settle_ties(self) -> None:
        """Tie those pairs of sliders that begin with equal numbers, and no others."""
        for control in self.controls.values():
            if isinstance(control, Pair):
                control.settle_tie()

    def _on_control(self, name: str, change: Any) -> None:
        nested = in_update()
        with LOCK, self._reporting():
            if not (nested and self._settling.busy):
                self._settling.ask({name: change.new})
                self._refresh(name)

    def _pick(self, x: float, y: float) -> None:
        with LOCK, self._reporting():
            if picked := self.scene.pick(self.state, (x, y)):
                self.set_controls(**picked)

    def _point(self, x: float, y: float) -> None:
        """Follow the mouse: by default, as a click there would."""
        self._pick(x, y)

    def _turn(self, right: float, up: float) -> None:
        with LOCK, self._reporting():
            azimuth, elevation = (self._settling.values[n] for n in ("azimuth", "elevation"))
            low, high = self.controls["elevation"].min, self.controls["elevation"].max
            self.set_controls(
                azimuth=(azimuth + round(right / 2) + 180) % 360 - 180,
                elevation=max(low, min(high, elevation - round(up / 3))),
            )

    def loose_widgets(self) -> list[widgets.Widget]:
        """Return the widgets that belong to the explorer, but that none of its parts knows."""
        return [*super().loose_widgets(), self._pointer.event]

    # What is asked before it shows its answer

    def ask(self, question: Question) -> None:
        """Ask a question, and hide what would answer it until an answer is committed to.

        Its caption, all controls, and what stands beside the picture are hidden with it, in place,
        so that nothing moves when they come.

        Parameters
        ----------
        question : Question
            With the part of the picture that it hides.

        Raises
        ------
        ValueError
            If the picture has no such part.
        """
        known = self.scene.regions(self.state)
        if question.hides not in known:
            raise ValueError(
                f"`question.hides` must be one of {', '.join(known)}, got {question.hides!r}"
            )
        with LOCK:
            self.asking = Asking(question, self._reveal)
            self.children = (self.asking, *self.children)
            self.scene.veil(question.hides)
            self.add_class("convlab-asking")
            self._is_true = False
            self._refresh()

    def _reveal(self) -> None:
        with LOCK, self._reporting():
            self.scene.unveil()
            self.remove_class("convlab-asking")
            self._is_true = False
            self._refresh()

    # How an update goes

    def _refresh(self, *moved: str) -> None:
        """Settle the controls and show what they now say; `moved` are those that a hand moved."""
        with LOCK, self._reporting():
            if self.is_closed:
                return
            changes = self._settling.settle()
            state = self.read(self._settling.values)
            if self._is_true and state == self.state:
                return
            self._is_true = False
            self.scene.update(state)
            self.picture.value = self.scene.live()  # on its way while the words are worked out
            caption, details = self.describe(state), self.explain(state)
            self.details.value = details
            self.caption.value = f"<div>{caption}</div>"
            self.notice.value = self._notice(changes, moved)
            self.show(state)
            self.state, self._is_true = state, True

    def _notice(self, changes: list[Change], moved: Sequence[str]) -> str:
        """Say which controls yielded to those that were moved, or came back."""
        if not moved or len(moved) == len(self.controls):
            return ""
        sentences = [
            self._yielded(change)
            for change in changes
            if change.name not in moved and not isinstance(self.controls[change.name], Stepper)
        ]
        return in_a_row(*sentences)

    def _yielded(self, change: Change) -> str:
        if change.now == change.asked:
            return ""
        asked, now = (self._settling.written(change.name, v) for v in (change.asked, change.now))
        return say(
            "There is no room for {label} {asked} now: it is {now}, and comes back with more room.",
            label=f"<i>{html.escape(self.controls[change.name].description)}</i>",
            asked=html.escape(asked),
            now=html.escape(now),
        )

    def _fields(self) -> tuple[Any, ...]:
        return fields(self.state_type)
