"""What the drill can ask: one function for each topic, and numbers that tell the mistakes apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from convlab.exercises.drill.drill_channels import (
    CountCase,
    ShapeCase,
    gradient_shape,
    parameter_count,
)
from convlab.exercises.drill.drill_layers import FieldCase, field_size
from convlab.exercises.drill.drill_marking import Question, read_answer
from convlab.exercises.drill.drill_sizes import SizeCase, ValueCase, output_size, output_value

__all__ = [
    "TOPICS",
    "CountCase",
    "FieldCase",
    "Question",
    "ShapeCase",
    "SizeCase",
    "ValueCase",
    "draw_question",
    "read_answer",
]

MOST_DRAWS = 10_000
"""Far more than any mistake needs: the rarest one comes with one draw in fifty."""

TOPICS: Mapping[str, Callable[[Random], Question | None]] = MappingProxyType(
    {
        "output size": output_size,
        "output value": output_value,
        "receptive field": field_size,
        "parameters": parameter_count,
        "gradient shapes": gradient_shape,
    }
)
"""What draws a question of each topic; None where no question comes of the numbers drawn."""


def draw_question(topic: str, rng: Random, trap: str | None = None) -> Question:
    """Draw numbers until they tell all mistakes apart, from each other and from what is right.

    Parameters
    ----------
    topic : str
        One of `TOPICS`.
    rng : random.Random
        Python's own, whose numbers are the same on every machine.
    trap : str, optional
        The name of a mistake that has to be possible in the question.

    Returns
    -------
    Question

    Raises
    ------
    ValueError
        If there is no such topic, or the mistake cannot be made in any of its questions.

    Examples
    --------
    >>> question = draw_question("parameters", Random(1), trap="groups ignored")
    >>> question.words.split(";")[0]
    'A layer turns 8 channels into 8 with kernels of 2 × 2, in 2 groups'
    >>> question.expected, question.mistakes["groups ignored"]
    (136, 264)
    """
    if topic not in TOPICS:
        raise ValueError(f"`topic` must be one of {', '.join(TOPICS)}, got {topic!r}")
    for _ in range(MOST_DRAWS):
        question = TOPICS[topic](rng)
        if question is None or (trap is not None and trap not in question.mistakes):
            continue
        if question.tells_apart:
            return question
    raise ValueError(f"`trap` must be a mistake that {topic!r} can ask for, got {trap!r}")
