"""A question that comes before an explorer: a field or choices, and what is said of the answer."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Protocol

import ipywidgets as widgets

from convlab.formatting import say
from convlab.widgets.controls import button, columns


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
        self._question, self._reveal = question, reveal
        self.verdict = widgets.HTML()
        self.show_button = button("show me", tip="show the answer without a prediction", width=84)
        self.show_button.on_click(lambda _: self.show())
        self.choices = [self._choice(text) for text in question.choices]
        self.field: widgets.Text | None = None
        self.prompt = widgets.HTML(_prompt(question.prompt))
        entry: list[widgets.Widget] = [*self.choices]
        if not self.choices:
            self.field = widgets.Text(
                placeholder=say("your prediction"),
                description=question.prompt,
                layout=widgets.Layout(width="150px", margin="1px 2px"),
            )
            self.field.add_class("convlab-bare")  # the words stand before it
            self.field.on_msg(self._on_key)
            commit = button("commit", tip="commit to this answer, and see", width=76)
            commit.button_style = "primary"
            commit.on_click(lambda _: self.commit(self.field.value))
            entry = [self.field, commit]
        layout = widgets.Layout(flex_flow="row wrap", align_items="center")
        self._entry = widgets.HBox([self.prompt, *entry, self.show_button], layout=layout)
        super().__init__([self._entry, self.verdict])
        self.add_class("convlab-question")

    def commit(self, answer: str) -> None:
        """Compare an answer with the truth, and show it; an empty one only shows it."""
        if not self.is_open:
            return
        if not answer.strip():
            self.show()
            return
        marked = self._question.mark(answer)
        if marked.right is None:
            self._say(marked.words)
            return
        sentence = (
            "You predicted {given}, and so it is. {words}"
            if marked.right
            else "You predicted {given}; it is {answer}. {words}"
        )
        self._close(say(sentence, **self._named(answer.strip()), words=html.escape(marked.words)))

    def show(self) -> None:
        """Show the answer without a prediction."""
        if self.is_open:
            self._close(say("It is {answer}.", **self._named("")))

    def _named(self, given: str) -> dict[str, str]:
        texts = {"given": given, "answer": self._question.answer}
        return {name: f"<b>{html.escape(text)}</b>" for name, text in texts.items()}

    def _close(self, words: str) -> None:
        self.is_open = False
        for part in self._entry.children[1:]:
            part.layout.display = "none"
        self._say(words)
        self._reveal()

    def _say(self, words: str) -> None:
        self.verdict.value = f'<div role="status" aria-live="polite">{words}</div>'

    def _choice(self, text: str) -> widgets.Button:
        made = button(text, tip=text, width=30 + round(7.4 * columns(text)))
        made.on_click(partial(self._on_choice, text))
        return made

    def _on_choice(self, text: str, _button: Any) -> None:
        self.commit(text)

    def _on_key(self, _field: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit" and self.field is not None:
            self.commit(self.field.value)


def _prompt(words: str) -> str:
    return f"<b>{say('Predict')}</b> {html.escape(words)}"
