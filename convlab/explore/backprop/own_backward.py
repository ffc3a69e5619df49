"""What a reader's backward pass does over many geometries, and the mistakes that it shows.

Every case has small whole numbers without symmetry. A mistake is named where a planted version of
it gives the same arrays as the reader's function on every case on which it can be made, and one of
them at least is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from convlab.explore.backprop.gradient_check_numbers import Agreement
from convlab.explore.backprop.own_call import PARTS, Came, Kind, OwnFunction
from convlab.explore.backprop.own_cases import Case, batch, cases
from convlab.explore.backprop.planted_backward import PLANTED, Version

NOTHING = (0, 0)
"""What a mistake explains that was not made."""


class Gradient(NamedTuple):
    """What came of one gradient; without an array, `agreement` is with an empty one."""

    kind: Kind
    agreement: Agreement

    @property
    def wrong(self) -> np.ndarray:
        """Which entries differ: bool; empty where the shapes do."""
        if not self.agreement.same_shape:
            return np.zeros(0, bool)
        return self.agreement.differs


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one case.

    Parameters
    ----------
    case : Case
    gradients : dict of str to Gradient
        By part: ``x``, ``weight`` and, unless two came back, ``bias``.
    mutated : tuple of str
    message : str
        As for `Came`.
    """

    case: Case
    gradients: Mapping[str, Gradient]
    mutated: tuple[str, ...] = ()
    message: str = ""

    @property
    def kind(self) -> Kind:
        """What came of it in a word: of the first gradient that does not pass, if one does not."""
        kinds = [gradient.kind for gradient in self.gradients.values()]
        wrong = next((kind for kind in kinds if kind is not Kind.PASSES), None)
        return wrong or (Kind.MUTATED if self.mutated else Kind.PASSES)

    @property
    def wrong(self) -> dict[str, Gradient]:
        """The gradients that do not pass."""
        return {p: found for p, found in self.gradients.items() if found.kind is not Kind.PASSES}


@dataclass(frozen=True, eq=False)
class Findings:
    """What a function does.

    Parameters
    ----------
    name : str
    accepts : tuple of str
        Of stride, padding and dilation those that it takes; others were not tried.
    outcomes : tuple of Outcome
        Of the cases, from small and plain to large.
    batch : Outcome, optional
        Of a case with a batch and channels, which a function need not take.
    mistakes : dict of str to str
        By part: the name in the catalogue of the mistake that comes out the same.
    """

    name: str
    accepts: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    batch: Outcome | None = None
    mistakes: Mapping[str, str] = field(default_factory=dict)

    @property
    def failing(self) -> list[Outcome]:
        """The cases that do not pass."""
        return [outcome for outcome in self.outcomes if outcome.kind is not Kind.PASSES]

    @property
    def passes(self) -> bool:
        """Whether all cases pass; the one with a batch does not count."""
        return not self.failing


def examine(function: Callable[..., Any]) -> Findings:
    """Try a backward pass on many geometries, and name the mistakes that it shows.

    Parameters
    ----------
    function : callable
        ``function(grad_output, x, weight, stride=1, padding=0, dilation=1)``, of single-channel
        2-D arrays, returns ∂ℓ/∂x, ∂ℓ/∂w and, if it likes, ∂ℓ/∂b. The last three are whole numbers,
        the same on both axes. One that takes only some of them is tried on what it can express.

    Returns
    -------
    Findings

    Raises
    ------
    TypeError
        If `function` is none, or cannot be called like that.

    Examples
    --------
    >>> from convlab import conv2d_backward, flip
    >>> examine(conv2d_backward).passes
    True
    >>> found = examine(lambda g, x, weight: conv2d_backward(g, x, flip(weight)))
    >>> found.failing[0].case.name, found.mistakes
    ('plain', {'x': 'kernel not rotated'})
    """
    own = OwnFunction(function)
    outcomes: list[Outcome] = []
    for case in (*cases(own.accepts), batch()):
        outcomes.append(_judge(case, own.call(case.arrays, case.layout)))
        if outcomes[-1].kind is Kind.INTERRUPTED:
            break
    last = outcomes.pop() if outcomes[-1].case.example is None else None
    return Findings(own.name, own.accepts, tuple(outcomes), last, _mistakes(outcomes))


def _judge(case: Case, came: Came) -> Outcome:
    gradients = {}
    for part, found in came.gradients.items():
        if isinstance(found, Kind):
            nothing = Agreement(np.empty((0, 0)), case.numerical[part])
            gradients[part] = Gradient(found, nothing)
        else:
            agreement = Agreement(found, case.numerical[part])
            gradients[part] = Gradient(_kind(agreement), agreement)
    return Outcome(case, gradients, came.mutated, came.message)


def _kind(agreement: Agreement) -> Kind:
    if not agreement.same_shape:
        return Kind.WRONG_SHAPE
    if not np.isfinite(agreement.coded).all():
        return Kind.NAN
    return Kind.PASSES if agreement.passes else Kind.WRONG_VALUES


def _mistakes(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return by part which mistake of the catalogue comes out the same, where one does."""
    found = {part: _named(outcomes, part) for part in PARTS}
    if found["x"] is None and _stops_at_negative_padding(outcomes):
        found["x"] = "negative padding"
    return {part: name for part, name in found.items() if name is not None}


def _named(outcomes: Sequence[Outcome], part: str) -> str | None:
    """Return the mistake that explains most cases, with the fewest that brought no array."""
    made = [
        (_explained(version, outcomes, part), name)
        for name, versions in PLANTED[part].items()
        for version in versions
    ]
    best, name = max(made, key=lambda pair: pair[0])  # of equals the first
    return name if best > NOTHING else None


def _explained(version: Version, outcomes: Sequence[Outcome], part: str) -> tuple[int, int]:
    """Return how many wrong cases a mistake explains, and minus how many brought no array."""
    wrong = missing = 0
    for outcome in outcomes:
        own = outcome.gradients.get(part)
        if own is None or outcome.case.example is None:
            continue
        try:
            planted = np.asarray(version(outcome.case.example))
        except (ValueError, IndexError):
            continue  # the mistake cannot be made there
        if own.agreement.is_missing:
            missing += 1
        elif not Agreement(own.agreement.coded, planted).passes:
            return NOTHING
        elif own.kind is not Kind.PASSES:
            wrong += 1
    return (wrong, -missing) if wrong else NOTHING


def _stops_at_negative_padding(outcomes: Sequence[Outcome]) -> bool:
    """Say whether a function raises where d(k − 1) − p is negative, and nowhere else."""
    raised = {outcome.case.name for outcome in outcomes if outcome.kind is Kind.RAISED}
    negative = {
        o.case.name for o in outcomes if o.case.example and np.min(o.case.example.border) < 0
    }
    return bool(raised) and raised == negative
