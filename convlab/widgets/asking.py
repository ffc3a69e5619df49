"""A question that comes before an explorer: a field or choices, and what is said of the answer."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Protocol

import ipywidgets as widgets

from convlab.formatting import say
from convlab.widgets.controls import button, columns
from convlab.widgets.spoken import SAID

RIDDLE = "What answers the question is hidden until you commit to an answer, or press show me."
LATE = 0.5
"""Seconds in which the last letters of what was typed may come after the Enter that followed."""


class Marked(Protocol):
    """What is said of an answer; `right` is None if it could not be read as one."""

    @property
    def right(self) -> bool | None:
        """Whether it is right."""

    @property
    def words(self) -> str:
        """Why, or what is wrong."""


class Question(Protocol):
    """What is asked before an explorer shows it."""

    @property
    def prompt(self) -> str:
        """What is to be answered, in a few words."""

    @property
    def choices(self) -> Collection[str]:
        """The answers to choose from; none where one is to be typed."""

    @property
    def answer(self) -> str:
        """The right answer, in words."""

    @property
    def hides(self) -> str:
        """Which part of the picture would give the answer away."""

    def mark(self, answer: str) -> Marked:
        """Say what is right or wrong about an answer."""


class Asking(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A question, where to answer it, and after that how answer and truth compare.

    Everything works from the keyboard: Enter commits to what was typed, and shows the answer where
    nothing was; choices are buttons.

    Parameters
    ----------
    question : Question
    reveal : callable
        Called once, without arguments, when the answer may be seen.

    Attributes
    ----------
    is_open : bool
        Whether the answer is still hidden.
    field : ipywidgets.Text or None
        Where an answer is typed.
    choices : list of Button
    show_button : ipywidgets.Button
    verdict : ipywidgets.HTML
    """

    def __init__(self, question: Question, reveal: Callable[[], None]) -> None:
        self.is_open = True
        self.question, self._reveal = question, reveal
        self._entered = -LATE
        self.verdict = widgets.HTML(f"<div>{say(RIDDLE)}</div>")
        self.verdict.add_class(SAID)
        self.show_button = button("show me", tip="show the answer without a prediction", width=92)
        self.show_button.on_click(lambda _: self.show())
        self.choices = [self._choice(text) for text in question.choices]
        self.field: widgets.Text | None = None
        entry = self.choices
        if not self.choices:
            self.field = self._field()
            entry = [self.field, self._commit_button(self.field)]
        self._entry: list[widgets.Widget] = [*entry, self.show_button]
        layout = widgets.Layout(flex_flow="row wrap", align_items="center")
        prompt = widgets.HTML(f"<b>{say('Predict')}</b> {html.escape(say(question.prompt))}")
        row = widgets.HBox([prompt, *self._entry], layout=layout)
        row.add_class("convlab-entry")
        super().__init__([row, self.verdict])
        self.add_class("convlab-question")

    def commit(self, answer: str) -> None:
        """Compare an answer with the truth, and show it; an empty one only shows it."""
        if not answer.strip():
            self.show()
        elif self.is_open:
            marked = self.question.mark(answer)
            self._say(self._compared(answer.strip(), marked))
            if marked.right is not None:
                self._close()

    def show(self) -> None:
        """Show the answer without a prediction."""
        if self.is_open:
            self._say(say("It is {answer}.", **_bold(answer=say(self.question.answer))))
            self._close()

    def _compared(self, given: str, marked: Marked) -> str:
        words = html.escape(say(marked.words)) if marked.words else ""
        if marked.right is None:
            return words
        sentence = (
            "You predicted {given}, and so it is. {words}"
            if marked.right
            else "You predicted {given}. The answer is {answer}. {words}"
        )
        own = say(given) if given in self.question.choices else given
        texts = _bold(given=own, answer=say(self.question.answer))
        return say(sentence, **texts, words=words)

    def _close(self) -> None:
        self.is_open = False
        for part in self._entry:
            part.disabled = True
        self.add_class("convlab-answered")
        self._reveal()

    def _say(self, words: str) -> None:
        self.verdict.value = f"<div>{words}</div>"

    def _choice(self, text: str) -> widgets.Button:
        made = button(text, tip=text, width=26 + round(7.2 * columns(say(text))))
        made.on_click(partial(self._on_choice, text))
        return made

    def _field(self) -> widgets.Text:
        made = widgets.Text(
            placeholder=say("your prediction"),
            description=say(self.question.prompt),
            layout=widgets.Layout(width="130px", margin="1px 2px"),
        )
        made.add_class("convlab-bare")  # the words stand before it
        made.on_msg(self._on_key)
        made.observe(self._on_text, "value")
        return made

    def _commit_button(self, field: widgets.Text) -> widgets.Button:
        made = button("commit", tip="commit to this answer, and see", width=72)
        made.button_style = "primary"
        made.on_click(lambda _: self.commit(field.value))
        return made

    def _on_choice(self, text: str, chosen: widgets.Button) -> None:
        if self.is_open:
            chosen.add_class("convlab-chosen")
            self.commit(text)

    def _on_key(self, field: widgets.Text, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit" and self.is_open:
            self._entered = time.monotonic()
            self.commit(field.value)

    def _on_text(self, change: Any) -> None:
        """Mark once more what was sent too early: Enter overtakes the letters before it."""
        if time.monotonic() - self._entered > LATE or not change.new.strip():
            return
        given = change.new.strip()
        marked = self.question.mark(given)
        if self.is_open:
            self.commit(given)
        elif marked.right is not None:
            self._say(self._compared(given, marked))


def _bold(**texts: str) -> dict[str, str]:
    return {name: f"<b>{html.escape(text)}</b>" for name, text in texts.items()}
