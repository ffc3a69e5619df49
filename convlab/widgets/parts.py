"""What an explorer is made of: the picture, its words, its controls, and where they stand."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Literal

import ipywidgets as widgets

from convlab.draw.scene import Scene
from convlab.formatting import say
from convlab.widgets import jupyter, lifetime
from convlab.widgets.asking import RIDDLE, Asking
from convlab.widgets.compound import back_and_on
from convlab.widgets.controls import button, set_width
from convlab.widgets.html import STYLE
from convlab.widgets.late_formulas import LateFormulas, Typesetter
from convlab.widgets.lock import LOCK
from convlab.widgets.spoken import speak_of

Slots = dict[str, list[widgets.Widget]]
"""The parts of an explorer by the name of their place, from top to bottom."""

LIVE = "application/vnd.jupyter.widget-view+json"
KEPT = {
    *("_trait_values", "_trait_notifiers", "_trait_validators", "_cross_validation_lock"),
    *("_model_id", "is_closed", "words"),
}
"""What a closed explorer still has."""


class Parts(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The parts of an explorer, in their places.

    Parameters
    ----------
    controls : dict of str to Widget
    scene : Scene
    first : sequence of str or "all", optional
        Names of the controls to open with; the others come at the press of a button. By default
        what the class says, `opens_with`.

    Attributes
    ----------
    controls : dict of str to Widget
    picture : ipywidgets.Image
    caption : ipywidgets.HTML
        What the picture shows, in words; what changes in it is said.
    details : ipywidgets.HTML
        What stands beside the picture; empty where `explain` says nothing.
    notice : ipywidgets.HTML
        Which controls had to yield to the last move, or came back.
    status : ipywidgets.HTML
        The error of a failed update, in red; otherwise empty.
    scene : Scene
    """

    above: ClassVar[list[list[str]]] = []
    """Names of the controls above the picture, in rows."""
    below: ClassVar[list[list[str]]] = []
    """Names of the controls below the picture, in rows."""
    opens_with: ClassVar[Sequence[str] | Literal["all"]] = "all"
    """Names of the controls that an explorer opens with; the others are one press away."""
    caption_lines: ClassVar[int] = 2
    """Lines that have room below the picture, so that what comes below them never moves."""
    plays: str = "step"
    """The control whose values a saved page runs through; where there is none, the first.

    One that has a single value now is passed over: see `export.played`.
    """
    single_steps: ClassVar[bool] = False
    """Whether two buttons behind the step go one step back, and one on."""
    rich: ClassVar[bool] = False
    """Whether the details hold formulas in TeX."""

    state: Any
    children: Any
    is_closed = False
    asking: Asking | None = None
    """The question before the picture, if there is one."""

    def __init__(
        self,
        controls: dict[str, widgets.Widget],
        scene: Scene[Any],
        first: Sequence[str] | Literal["all"] | None = None,
    ) -> None:
        self.controls, self.scene = controls, scene
        if self.plays not in controls:
            self.plays = next(iter(controls))
        self.shown = self._shown(self.opens_with if first is None else first)
        tucked = [name for name in controls if name not in self.shown]
        width = f"{scene.width}px"
        self.picture = widgets.Image(
            format=scene.format, layout=widgets.Layout(width=width, height="auto")
        )
        self.caption, self.notice, self.status = (widgets.HTML() for _ in range(3))
        self.caption.add_class(f"convlab-lines-{self.caption_lines}")
        self.details = LateFormulas() if self.rich else widgets.HTML()
        self.typesetters = [Typesetter(self.details)] if self.rich else []
        self.reset_button = button("reset", tip="put every control back to its start", width=64)
        if "elevation" in controls:
            self.view_button = button("reset view", tip="turn the picture back", width=92)
        self.step_buttons = back_and_on(controls["step"]) if self.single_steps else []
        self.more_button = widgets.ToggleButton(
            description=say("more"), tooltip=say("show all controls"), icon="sliders"
        )
        set_width(self.more_button, 80).layout.display = "" if tucked else "none"
        self.buttons = widgets.HBox([self.more_button, self.reset_button])
        slots = self.arrange()
        super().__init__([part for slot in slots.values() for part in slot])
        for name in {*slots} - {"style", "picture", "caption"}:
            for part in slots[name]:
                part.add_class("convlab-aside")
        for part in slots["above"]:
            part.add_class("convlab-above")
        self._name_parts()
        speak_of(self, type(self).__name__, [self.caption, self.notice])
        for name in tucked:
            for part in (controls[name], *self.companions(name)):
                part.add_class("convlab-tucked")
        self.more_button.observe(self._on_more, "value")
        if tucked:
            self.add_class("convlab-few")
        self._is_true = False

    @property
    def is_asking(self) -> bool:
        """Whether the answer to a question is still hidden."""
        return self.asking is not None and self.asking.is_open

    @property
    def riddle(self) -> str:
        """What is said of a picture that hides an answer; nothing of any other."""
        return say(RIDDLE) if self.is_asking else ""

    def describe(self, state: Any) -> str:
        """Say in a sentence or two what the picture shows, as HTML."""
        raise NotImplementedError

    def arrange(self) -> Slots:
        """Return the explorer's parts by the name of their slot, from top to bottom."""
        above, below = self.rows(self.above), self.rows(self.below)
        for row in (below or above)[-1:]:
            row.children = [*row.children, self.buttons]
        return {
            "style": [widgets.HTML(STYLE, layout=widgets.Layout(display="none"))],
            "above": above,
            "picture": self.middle(),
            "caption": [self.caption],
            "below": below,
            "foot": [self.notice, self.status],
        }

    def middle(self) -> list[widgets.Widget]:
        """Return the picture and what stands beside it."""
        layout = {"flex_flow": "wrap", "align_items": "flex-start"}
        beside = self.beside()
        for part in beside:
            part.add_class("convlab-aside")
        return [widgets.HBox([self.picture, *beside], layout=layout)]

    def beside(self) -> list[widgets.Widget]:
        """Return what stands to the right of the picture."""
        return [self.details]

    def rows(self, names: list[list[str]]) -> list[widgets.Widget]:
        """Return rows of controls."""
        layout = {"flex_flow": "row wrap", "align_items": "center"}
        return [
            widgets.HBox(
                [part for name in row for part in (self.controls[name], *self.companions(name))],
                layout=layout,
            )
            for row in names
        ]

    def companions(self, name: str) -> Sequence[widgets.Widget]:
        """Return the widgets that stand behind a control, and come and go with it.

        By default a button that turns the camera back stands behind its elevation, and those for
        single steps behind the step.
        """
        if name == "step":
            return self.step_buttons
        return [self.view_button] if name == "elevation" else []

    def _shown(self, first: Sequence[str] | Literal["all"]) -> list[str]:
        """Return the names of the controls that do not stand back until `more` is pressed."""
        shown = [*self.controls] if first == "all" else [first] if isinstance(first, str) else first
        for name in shown:
            if name not in self.controls:
                raise ValueError(
                    say(
                        "`controls` must name controls of {explorer}, or be 'all', "
                        "got {value}; known: {known}",
                        explorer=type(self).__name__,
                        value=repr(name),
                        known=", ".join(self.controls),
                    )
                )
        return [*shown]

    def _on_more(self, change: Any) -> None:
        if change.new:
            self.remove_class("convlab-few")
        else:
            self.add_class("convlab-few")

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Show an error on the explorer, in red, and raise it as well; clear it on success."""
        try:
            yield
        except BaseException as error:
            self._is_true = False
            text = html.escape(f"{type(error).__name__}: {error}".removesuffix(": "))
            self.status.value = f'<div role="alert" class="convlab-error">{text}</div>'
            raise
        if self.status.value and self._is_true:
            self.status.value = ""

    def _name_parts(self) -> None:
        parts = {"explorer": self, "picture": self.picture, "caption": self.caption}
        parts |= {"details": self.details, "status": self.status, "notice": self.notice}
        parts["more"] = self.more_button
        parts |= {f"control-{name.replace('_', '-')}": c for name, c in self.controls.items()}
        for name, widget in parts.items():
            widget.add_class(f"convlab-{name}")

    def close(self) -> None:
        """Take the explorer from the page, and give back its memory; only its words stay."""
        with LOCK:
            if self.is_closed:
                return
            if "state" not in vars(self):  # an error came before it was whole
                super().close()
                return
            self.words, self.is_closed = repr(self), True
            for widget in list(lifetime.every_widget(self, *self.loose_widgets())):
                if widget is not self:
                    widget.close()
            super().close()
            self.children = ()
            self.scene.release()
            for name in [name for name in vars(self) if name not in KEPT]:
                delattr(self, name)

    def loose_widgets(self) -> list[widgets.Widget]:
        """Return the widgets that belong to the explorer, but that none of its parts knows."""
        of_controls = (getattr(control, "loose", ()) for control in self.controls.values())
        return [one for some in (self.typesetters, *of_controls) for one in some]

    def __repr__(self) -> str:
        if self.is_closed:
            return self.words
        words = re.sub(r"<[^>]+>", "", self.riddle or self.describe(self.state))
        return f"{type(self).__name__}: {html.unescape(words)}"

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add a still picture, for readers without a kernel, to the live widget.

        The widget names its kernel, from which `convlab.lab` learns when the picture is needed.
        """
        if self.is_closed:
            return {"text/plain": repr(self)}, {}
        lifetime.shown(self)
        bundle = super()._repr_mimebundle_(**options)
        if process := jupyter.process():
            bundle[LIVE]["convlab_process"] = process
        with LOCK:
            still = base64.b64encode(self.scene.still()).decode()
        size = {"width": self.scene.width, "height": self.scene.height}
        data = {**bundle, "image/png": still, "text/plain": repr(self)}
        return data, {"image/png": size}
