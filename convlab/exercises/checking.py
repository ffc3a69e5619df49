"""What readers call: the mark for an answer, and a prediction before an explorer."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from convlab.exercises.catalogue import EXERCISES, PREDICTIONS, named
from convlab.exercises.marking.verdicts import Verdict
from convlab.exercises.record import RECORD
from convlab.widgets.explorer import Explorer

E = TypeVar("E", bound=Explorer[Any, Any])
"""An explorer."""


def check(name: str, answer: Any) -> Verdict:
    """Mark an answer to a question.

    A wrong answer that a known mistake explains is told its name; any other earns a hint, and each
    further one that is not like one before earns one hint more.

    Parameters
    ----------
    name : str
        As printed in the lesson.
    answer : object
        A value or a function, as the lesson asks; ``...`` for none yet.

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If there is no question of that name.

    Examples
    --------
    >>> check("1.1 output size", (4, 5))
    ✓ Right. ⌊(6 − 3)/1⌋ + 1 = 4 rows and ⌊(12 − 3)/2⌋ + 1 = 5 columns.
    """
    question = named(name, EXERCISES)
    verdict = question.mark(answer)
    earned = RECORD.answered(name, verdict)
    return verdict.with_hints(question.hints, earned) if verdict.hints else verdict


def predict(name: str, explorer: E) -> E:
    """Ask for a prediction before an explorer shows the answer.

    What would answer it is hidden, on the page and in the notebook's stored picture, until an
    answer is committed to or *show me* is pressed.

    Parameters
    ----------
    name : str
        The prediction's, as in `PREDICTIONS`.
    explorer : Explorer

    Returns
    -------
    Explorer
        The same one.

    Raises
    ------
    ValueError
        If there is no prediction of that name.

    Examples
    --------
    >>> from convlab.explore import Sweep
    >>> predict("1a output", Sweep(stride=1))
    Sweep: What answers the question is hidden until you commit to an answer, or press show me.
    """
    explorer.ask(named(name, PREDICTIONS).heard_by(partial(RECORD.predicted, name)))
    return explorer
