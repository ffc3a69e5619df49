"""How things are timed here: interleaved in one run, medians, and ratios of medians.

Machines are shared and noisy. Two things that are compared take turns, so that whatever else the
machine does slows down both; a ratio then says more than a time does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Timings = dict[str, float]


def medians(candidates: dict[str, Callable[[], object]], *, rounds: int = 40) -> Timings:
    """Call each candidate once per round, after one round to warm up; return medians in ms."""
    return _timed(candidates, rounds, statistics.median)


def quickest(candidates: dict[str, Callable[[], object]], *, rounds: int = 40) -> Timings:
    """As `medians`, but return the shortest times: for curves, where no ratio evens out noise."""
    return _timed(candidates, rounds, min)


def _timed(
    candidates: dict[str, Callable[[], object]],
    rounds: int,
    choose: Callable[[list[float]], float],
) -> Timings:
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for round_number in range(rounds + 1):
        for name, call in candidates.items():
            start = time.perf_counter()
            call()
            if round_number:
                seconds[name].append(time.perf_counter() - start)
    return {name: 1000 * choose(times) for name, times in seconds.items()}


def report(what: str, value: float, unit: str, goal: str = "") -> None:
    """Print one line: what was measured, the figure, and what it should be."""
    print(f"  {what:<64} {value:9.2f} {unit:<3} {f'goal: {goal}' if goal else ''}".rstrip())
