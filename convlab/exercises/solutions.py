"""The solution of a question, for those who have tried it or say that they want it anyway."""

from __future__ import annotations

from typing import Any

import numpy as np

from convlab.arguments import as_flag
from convlab.exercises.catalogue import EXERCISES, named
from convlab.exercises.marking.questions import Exercise, Task
from convlab.exercises.record import RECORD
from convlab.exercises.told import Told
from convlab.formatting import say


def solution(name: str, *, anyway: bool = False) -> Told:
    """Show the solution of a question, once it was tried.

    Parameters
    ----------
    name : str
        The question's, as printed in the lesson.
    anyway : bool, default False
        Whether to show it without a try of one's own.

    Returns
    -------
    Told
        A text that the notebook shows: the value and why, or a function's source.

    Raises
    ------
    ValueError
        If there is no question of that name.
    TypeError
        If `anyway` is not True or False.

    Examples
    --------
    >>> solution("1.1 output size", anyway=True)  # doctest: +ELLIPSIS
    The answer is (4, 5). ...
    """
    question = named(name, EXERCISES)
    if not as_flag("anyway", anyway) and not RECORD.was_tried(name):
        return Told(
            say(
                "Try it first: after one answer of your own, right or wrong, the solution is here. "
                'To see it now: solution("{name}", anyway=True)',
                name=name,
            )
        )
    return _of_a_task(question) if isinstance(question, Task) else _of_an_exercise(question)


def _of_an_exercise(question: Exercise) -> Told:
    sentence = "The answer is {answer}. {why}"
    if question.accepts is not None:
        sentence = "One right answer is {answer}. {why}"
    answer = _written(question.expected)
    return Told(say(sentence, answer=answer, why=say(question.why)).strip())


def _of_a_task(question: Task) -> Told:
    if question.solution:
        return Told(say(question.why), code=question.solution.strip("\n"))
    sentence = "In words: {hint} {why}"
    return Told(say(sentence, hint=say(question.hints[-1]), why=say(question.why)).strip())


def _written(answer: Any) -> str:
    """Write an answer as a reader would type it."""
    if isinstance(answer, np.ndarray):
        answer = answer.tolist()
    text = f'"{answer}"' if isinstance(answer, str) else str(answer)
    return text.replace("-", "−") if not isinstance(answer, str) else text
