"""The drill: which question comes next, and what has been answered so far."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from convlab.arguments import as_count
from convlab.exercises.drill.drill_questions import TOPICS, Question, draw_question
from convlab.exercises.marking.questions import Verdict
from convlab.formatting import say

SOON = 2
"""Questions until a topic that went wrong comes back; one that went right lets all others pass."""
NO_TOPICS = "`topics` must be a str or strings, got {value}"


@dataclass(frozen=True)
class Answered:
    """What came of one question; `mistake` is the name of the one that was made, if it is known."""

    topic: str
    right: bool
    mistake: str | None = None


class Drill:
    """Questions without end; the same seed and the same answers give the same questions.

    Parameters
    ----------
    seed : int, optional
        At least 0. By default one that nobody knows beforehand, to be read off afterwards.
    adaptive : bool, default True
        Whether a topic that went wrong comes back sooner, with numbers that allow the same mistake.
        False gives the same questions to everybody, whatever they answer.
    topics : str or iterable of str, optional
        Some of `convlab.exercises.drill.drill_questions.TOPICS`; by default all.

    Attributes
    ----------
    question : Question
        The one that is asked now.
    history : list of Answered
        What came of the questions before, and of this one once it is answered.
    is_answered : bool

    Raises
    ------
    TypeError
        If an argument is not of the kinds above.
    ValueError
        If `seed` is below 0, or `topics` is empty or names what is none.

    Examples
    --------
    >>> drill = Drill(seed=7, topics="parameters")
    >>> drill.question.words.startswith("A layer turns 3 channels into 3 with kernels of 5 × 5")
    True
    >>> drill.mark(str(drill.question.expected)).right
    True
    >>> drill.next().topic, drill.number
    ('parameters', 2)
    """

    def __init__(
        self,
        seed: int | None = None,
        *,
        adaptive: bool = True,
        topics: str | Iterable[str] | None = None,
    ) -> None:
        self.seed = secrets.randbelow(10**6) if seed is None else as_count("seed", seed, 0)
        if not isinstance(adaptive, bool):
            raise TypeError(
                say("`adaptive` must be True or False, got {value}", value=repr(adaptive))
            )
        self.adaptive, self.topics = adaptive, as_topics(topics)
        self.history: list[Answered] = []
        self.is_answered = False
        self._ask()

    @property
    def number(self) -> int:
        """The number of the question, from 1."""
        return len(self.history) + (not self.is_answered)

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(answered.right for answered in self.history)

    @property
    def slips(self) -> Counter[str]:
        """How often each known mistake was made, the most frequent first."""
        made = Counter(answered.mistake for answered in self.history if answered.mistake)
        return Counter(dict(made.most_common()))

    def mark(self, answer: Any) -> Verdict:
        """Mark an answer; the first one that is understood counts, and those after it do not."""
        verdict = self.question.mark(answer)
        if verdict.right is not None:
            self._record(verdict.right, verdict.mistake)
        return verdict

    def correct(self, answer: Any) -> Verdict:
        """Mark an answer in place of the one that counted: the page may send the last keys late."""
        if self.is_answered:
            self.history.pop()
            self.is_answered = False
        return self.mark(answer)

    def give_up(self) -> None:
        """Have the question count as not right, if it is not answered yet."""
        self._record(False)

    def next(self) -> Question:
        """Go on to the next question and return it; one that is not answered is given up."""
        self.give_up()
        self._ask()
        return self.question

    def _ask(self) -> None:
        number = len(self.history)
        round_, place = divmod(0 if self.adaptive else number, len(self.topics))
        order = _shuffled(self.topics, f"{self.seed}, round {round_}")
        topic, trap = following(order, self.history) if self.adaptive else (order[place], None)
        self.question = draw_question(topic, Random(f"{self.seed}, question {number}"), trap)
        self.is_answered = False

    def _record(self, right: bool, mistake: str | None = None) -> None:
        if not self.is_answered:
            self.is_answered = True
            self.history.append(Answered(self.question.topic, right, mistake))


def following(order: Sequence[str], history: Sequence[Answered]) -> tuple[str, str | None]:
    """Return the topic that comes next, and the mistake that was made in it last, if any.

    Parameters
    ----------
    order : sequence of str
        The topics as they come where all goes well.
    history : sequence of Answered

    Returns
    -------
    (str, str or None)

    Examples
    --------
    >>> slip = Answered("b", False, "stride ignored")
    >>> following("abcde", [Answered("a", True), slip])
    ('c', None)
    >>> following("abcde", [Answered("a", True), slip, Answered("c", True)])
    ('b', 'stride ignored')
    """
    due = {topic: place for place, topic in enumerate(order)}
    last: dict[str, Answered] = {}
    for number, answered in enumerate(history):
        due[answered.topic] = number + (len(order) if answered.right else SOON)
        last[answered.topic] = answered

    def urgency(topic: str) -> tuple[int, bool]:
        return due[topic], topic not in last or last[topic].right

    topic = min(order, key=urgency)
    return topic, last[topic].mistake if topic in last else None


def as_topics(topics: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return topics of the drill, each once, or raise an error that names what is none.

    Examples
    --------
    >>> as_topics("parameters")
    ('parameters',)
    >>> len(as_topics(None))
    5
    """
    if topics is None:
        return tuple(TOPICS)
    try:
        given = [topics] if isinstance(topics, str) else [*topics]
    except TypeError:
        raise TypeError(say(NO_TOPICS, value=repr(topics))) from None
    known = ", ".join(TOPICS)
    if not given:
        sentence = "`topics` must name at least one of {known}, got {value}"
        raise ValueError(say(sentence, known=known, value=repr(topics)))
    for topic in given:
        if not isinstance(topic, str):
            raise TypeError(say(NO_TOPICS, value=repr(topic)))
        if topic not in TOPICS:
            sentence = "`topics` must be among {known}, got {value}"
            raise ValueError(say(sentence, known=known, value=repr(topic)))
    return tuple(dict.fromkeys(given))


def _shuffled(topics: Sequence[str], seed: str) -> list[str]:
    return Random(seed).sample(topics, len(topics))
