"""The drill: a question in words, a field for the answer, a verdict, and the picture afterwards."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from convlab.exercises.drill.drill import Drill
from convlab.exercises.marking.questions import Verdict
from convlab.explore.drilling import drill_words as words
from convlab.explore.drilling.drill_pictures import picture_of
from convlab.formatting import say
from convlab.widgets import lifetime
from convlab.widgets.controls import button
from convlab.widgets.html import STYLE
from convlab.widgets.lock import LOCK
from convlab.widgets.parts import KEPT
from convlab.widgets.spoken import speak_of

LOOK = Path(__file__).with_name("drill.css").read_text("utf-8")


def drill(
    seed: int | None = None, adaptive: bool = True, topics: str | Iterable[str] | None = None
) -> DrillCard:
    """Ask questions without end, to be answered by hand: the verdict names the mistake.

    Parameters
    ----------
    seed : int, optional
        At least 0. The same seed gives the same questions, as long as the answers are the same; by
        default other questions each time. Give one in a notebook that is to be kept.
    adaptive : bool, default True
        Whether a topic that went wrong comes back sooner, with numbers that allow the same mistake.
        False gives the same questions to a whole class, whatever is answered.
    topics : str or iterable of str, optional
        Some of ``"output size"``, ``"output value"``, ``"receptive field"``, ``"parameters"`` and
        ``"gradient shapes"``; by default all.

    Returns
    -------
    DrillCard

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above: see `convlab.exercises.drill.drill.Drill`.

    Examples
    --------
    >>> asked = drill(seed=1, topics="parameters")
    >>> asked.answer.value = "6"
    >>> asked.check_button.click()
    >>> asked.drill.slips
    Counter({'bias forgotten': 1})
    """
    return DrillCard(Drill(seed, adaptive=adaptive, topics=topics))


class DrillCard(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """One question of a drill at a time.

    Parameters
    ----------
    drill : Drill
        Its questions, and what has been answered.

    Attributes
    ----------
    drill : Drill
    question, numbers : ipywidgets.HTML
        What is asked, and the numbers that belong to it.
    answer : ipywidgets.Text
    check_button, show_button, next_button : ipywidgets.Button
    verdict : ipywidgets.HTML
        What is said of the answer.
    picture : ipywidgets.Image
        Once the question is answered.
    caption, details : ipywidgets.HTML
        What the picture shows, in words (its text alternative), and what stands beside it.
    score : ipywidgets.HTML
    status : ipywidgets.HTML
        An error, in red; otherwise empty.
    """

    is_closed = False

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.question, self.numbers, self.verdict = (widgets.HTML() for _ in range(3))
        self.caption, self.details, self.score, self.status = (widgets.HTML() for _ in range(4))
        self.answer = widgets.Text(
            description=say(words.ANSWER),
            tooltip=say(words.ANSWER),
            continuous_update=False,
            style={"description_width": "58px"},
            layout=widgets.Layout(width="300px"),
        )
        self.check_button, self.show_button, self.next_button = (
            button(label, tip=tip, width=88) for label, tip in words.BUTTONS.items()
        )
        self.picture = widgets.Image(format="png", layout=widgets.Layout(height="auto"))
        buttons = [self.check_button, self.show_button, self.next_button]
        super().__init__(
            [
                widgets.HTML(
                    f"{STYLE}<style>\n{LOOK}</style>", layout=widgets.Layout(display="none")
                ),
                *(self.question, self.numbers),
                widgets.HBox([self.answer, *buttons], layout={"flex_flow": "row wrap"}),
                self.verdict,
                widgets.HBox([self.picture, self.details], layout={"flex_flow": "row wrap"}),
                *(self.caption, self.score, self.status),
            ]
        )
        self.add_class("convlab-drill")
        for name in ("question", "verdict", "caption", "details", "score", "status"):
            getattr(self, name).add_class("convlab-" + name)
        speak_of(self, say("Drill"), [self.question, self.numbers, self.verdict, self.caption])
        self.answer.on_msg(self._on_key)
        self.answer.observe(lambda _: self._do(self._arrive), "value")
        self.check_button.on_click(lambda _: self._do(self._check))
        self.show_button.on_click(lambda _: self._do(self._show))
        self.next_button.on_click(lambda _: self._do(self._next))
        self._checked: str | None = None  # what was marked last
        self._entered = False
        self._ask()

    # What a reader does

    def _do(self, action: Callable[[], None]) -> None:
        """Do what a reader asks for; an error of ours is shown, in red, and ends nothing."""
        with LOCK:
            if self.is_closed:
                return
            try:
                action()
                self.status.value = ""
            except Exception as error:
                text = html.escape(f"{type(error).__name__}: {error}")
                self.status.value = f'<div role="alert" class="convlab-error">{text}</div>'
                self._set_buttons()

    def _on_key(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if content.get("event") == "submit":  # the Enter key
            self._do(self._enter)

    def _enter(self) -> None:
        """Mark what stands in the field, as soon as it is here: the page sends Enter before it."""
        self._entered = True
        if self.answer.value not in ("", self._checked):
            self._check()

    def _arrive(self) -> None:
        """Mark what has come after Enter, also in place of the part of it that was here before.

        The field is locked once an answer counts, so that this is no second try.
        """
        if self.drill.is_answered and self._checked is not None:
            self._tell(self.drill.correct(self.answer.value))
        elif self._entered:
            self._entered = False
            self._check()

    def _check(self) -> None:
        """Mark what stands in the field."""
        if not self.drill.is_answered:
            self._tell(self.drill.mark(self.answer.value))

    def _show(self) -> None:
        """Show what is right; the question does not count as right."""
        if not self.drill.is_answered:
            self.drill.give_up()
            self._checked = None
            self._say(words.revealed(self.drill.question))
            self._show_phase()

    def _next(self) -> None:
        """Ask the next question."""
        if self.drill.is_answered:
            self.drill.next()
            self._ask()
            self.answer.focus()

    # What is shown

    def _ask(self) -> None:
        """Show the question, and nothing of the one before."""
        question, self._checked, self._entered = self.drill.question, None, False
        self.question.value = f"<div>{words.head(self.drill)}<br>{words.asked(question)}</div>"
        self.numbers.value = words.numbers(question.case)
        self.answer.value, self.answer.placeholder = "", question.form
        self._say("")
        self._show_phase()

    def _tell(self, verdict: Verdict) -> None:
        """Show a verdict; once the answer counts, what is right as well, and the picture."""
        self._say(words.told(verdict, self.drill.question))
        self._checked = self.answer.value
        self._show_phase()

    def _say(self, text: str) -> None:
        self.verdict.value = f"<div>{text}</div>"

    def _show_phase(self) -> None:
        """Show what belongs to a question that is asked, or to one that is answered."""
        self._set_buttons()
        self.score.value = f"<div>{words.score(self.drill)}<br>{words.again(self.drill)}</div>"
        if self.drill.is_answered:
            self.next_button.focus()
            shown = picture_of(self.drill.question.case)
            self.picture.value, self.picture.layout.width = shown.png, f"{shown.width}px"
            self.details.value = shown.details
            self.caption.value = f"<div>{shown.caption}</div>"
        else:
            self.picture.value, self.caption.value, self.details.value = b"", "", ""
        for part in (self.picture, self.caption, self.details):
            part.layout.display = None if self.drill.is_answered else "none"

    def _set_buttons(self) -> None:
        answered = self.drill.is_answered
        self.answer.disabled = self.check_button.disabled = self.show_button.disabled = answered
        self.next_button.disabled = not answered

    # How it ends, and how it is kept

    def close(self) -> None:
        """Take the drill from the page, and give back its memory; only its words stay."""
        with LOCK:
            if self.is_closed:
                return
            self.words, self.is_closed = repr(self), True
            for widget in list(lifetime.every_widget(self)):
                if widget is not self:
                    widget.close()
            super().close()
            self.children = ()
            for name in [name for name in vars(self) if name not in KEPT]:
                delattr(self, name)

    def __repr__(self) -> str:
        return self.words if self.is_closed else words.still(self.drill)

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add the question as text, never its answer, for readers without a kernel."""
        if self.is_closed:
            return {"text/plain": repr(self)}, {}
        lifetime.shown(self)
        return {**super()._repr_mimebundle_(**options), "text/plain": repr(self)}, {}
