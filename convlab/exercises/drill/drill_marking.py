"""One question of the drill: what is asked, what is right, and how a typed answer is marked."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convlab.exercises.marking.questions import Exercise, Verdict
from convlab.formatting import say

Answer = int | tuple[int, ...]
"""A number, or several."""

LONGEST = 100
"""Characters of an answer, at most."""
_SPELLINGS = str.maketrans("−–，、；;×（）", "--,,,,,()")
"""What readers type, and what Python calls it."""


@dataclass(frozen=True)
class Question:
    """A question with numbers of its own, drawn so that each mistake gives an answer of its own.

    Parameters
    ----------
    topic : str
        One of `convlab.exercises.drill.drill_questions.TOPICS`.
    words : str
        The question.
    form : str
        What an answer looks like, such as ``"two numbers: rows, columns"``.
    expected : int or tuple of int
        The right answer.
    mistakes : dict of str to (int or tuple of int)
        What comes out of the mistakes that can be made here, by their names in the catalogue.
    hint, why : str
        For a wrong answer that no known mistake gives, and for when the question is answered.
    case : dataclass
        The numbers of the question, for its picture.
    any_length : bool, default False
        Whether an answer may have another count of numbers, as where a shape is asked for.

    Examples
    --------
    >>> words, mistakes = "An input of 7 cells, kernel 3, stride 2?", {"stride ignored": 5}
    >>> question = Question("output size", words, "one number", 3, mistakes, "", "", None)
    >>> question.mark("3").right, question.mark("5").mistake
    (True, 'stride ignored')
    >>> question.mark("three")
    ○ Not answered yet. “three” is not understood. Type one number, in digits.
    """

    topic: str
    words: str
    form: str
    expected: Answer = field(repr=False)
    mistakes: Mapping[str, Answer] = field(repr=False)
    hint: str = field(repr=False)
    why: str = field(repr=False)
    case: Any = field(repr=False)
    any_length: bool = False

    def mark(self, answer: Any) -> Verdict:
        """Mark an answer, as it was typed or as a value; one that is not understood is none yet."""
        if isinstance(answer, str):
            answer = read_answer(answer) if answer.strip() else ...
        if answer is ...:
            return Verdict(None, say("Type {form}.", form=self.form))
        if isinstance(answer, Unread):
            sentence = "“{text}” is not understood. Type {form}, in digits."
            return Verdict(None, say(sentence, text=answer.text, form=self.form))
        verdict = Exercise(self.expected, (self.hint,), self.why, self.mistakes).mark(answer)
        if verdict.right or verdict.mistake or self.any_length:
            return verdict
        if np.size(answer) != np.size(self.expected):
            return Verdict(None, say("Type {form}.", form=self.form))
        return verdict

    @property
    def tells_apart(self) -> bool:
        """Whether no two mistakes give the same answer, and none the right one."""
        answers = [self.expected, *self.mistakes.values()]
        pairs = itertools.combinations(answers, 2)
        return not any(Exercise(one, ("",)).mark(other).right for one, other in pairs)


@dataclass(frozen=True)
class Unread:
    """A text that is no answer."""

    text: str


def read_answer(text: str) -> Any:
    """Read numbers from what a reader typed, kindly.

    Parameters
    ----------
    text : str
        One number, or several with commas, ×, or spaces between them, in brackets or not.

    Returns
    -------
    int, float, tuple or Unread

    Examples
    --------
    >>> read_answer("17"), read_answer(" (4, 5) "), read_answer("4 × 5"), read_answer("−3 5")
    (17, (4, 5), (4, 5), (-3, 5))
    >>> read_answer("4 rows")
    Unread(text='4 rows')
    """
    shown = text.strip() if len(text) <= LONGEST else f"{text.strip()[:20]}…"
    plain = text.strip().translate(_SPELLINGS)
    plain = re.sub(r"(?<=\d)(\s*[xX]\s*|\s+)(?=[-\d])", ",", plain)
    try:
        value = ast.literal_eval(plain) if len(text) <= LONGEST else None
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return Unread(shown)
    entries = value if isinstance(value, tuple | list) else (value,)
    if not entries or any(type(entry) not in (int, float) for entry in entries):
        return Unread(shown)
    return tuple(value) if isinstance(value, list) else value
