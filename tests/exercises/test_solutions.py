"""The solutions of the lessons' tasks pass the lessons' own checks."""

import numpy as np
import pytest

import convlab
from convlab.exercises import EXERCISES, check, solution
from convlab.exercises.marking.questions import Task

WITH_SOURCE = [n for n, q in EXERCISES.items() if isinstance(q, Task) and q.solution]


def defined_by(source):
    """Run the source of a solution as a reader's cell would run, and return its last function."""
    public = {name: getattr(convlab, name) for name in convlab.__all__}
    scope = {"np": np, "convlab": convlab, **public}
    before = set(scope)
    exec(compile(source, "<solution>", "exec"), scope)
    return [scope[name] for name in scope if name not in before and callable(scope[name])][-1]


@pytest.mark.parametrize("name", WITH_SOURCE or [pytest.param("", marks=pytest.mark.skip)])
def test_a_solution_passes_its_own_check(name):
    verdict = check(name, defined_by(EXERCISES[name].solution))
    assert verdict.right is True, repr(verdict)
    assert verdict.notes == ()


@pytest.mark.parametrize("name", list(EXERCISES))
def test_every_question_has_something_to_show(name):
    shown = solution(name, anyway=True)
    assert len(repr(shown)) > 10
    assert EXERCISES[name].why in repr(shown)


def test_a_solution_that_is_wrong_would_be_noticed():
    wrong = defined_by("def sweep(x, w):\n    return x")
    assert check("1.3 sweep", wrong).right is False
