"""What the gradient check of a reader's own function shows: one case of those it was tried on."""

from __future__ import annotations

from dataclasses import dataclass

from convlab.explore.backprop.gradient_check_numbers import Agreement
from convlab.explore.backprop.own_backward import Findings, Outcome


@dataclass(frozen=True)
class OwnCheckState:
    """A case, and what a function has made of all of them.

    Parameters
    ----------
    case : int
        Counted from 0.
    findings : Findings
    """

    case: int
    findings: Findings

    @property
    def outcome(self) -> Outcome:
        """What came of this case."""
        return self.findings.outcomes[self.case]

    @property
    def agreements(self) -> dict[str, Agreement]:
        """How each gradient agrees with the numerical one: keys x, weight, bias."""
        return {part: found.agreement for part, found in self.outcome.gradients.items()}
