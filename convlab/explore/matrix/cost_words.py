"""What the comparison of costs says of its picture."""

from __future__ import annotations

from matplotlib.ticker import EngFormatter

from convlab.explore.matrix.cost_numbers import (
    DENSE,
    MEMORY,
    SPARSE,
    TIME,
    WAYS,
    CostState,
    memory,
)
from convlab.formatting import in_a_row, say, say_number
from convlab.widgets.html import coloured, panel

SIZE, WHAT, KERNEL, COUNT = "input size", "compare", "kernel", "how many"
QUESTIONS = [("memory, by arithmetic", MEMORY), ("time, measured here and now", TIME)]
KERNELS = [(f"{k} × {k}", k) for k in (1, 3, 5, 7)]
COUNTS = (1, 16)
AXIS = "rows and columns of the input"
NAMES = dict(zip(WAYS, ("C̃, dense", "C̃, sparse", "patches P", "sliding"), strict=True))
"""What each way is called."""
ROLES = dict(zip(WAYS, ("kernel", "kernel", "input", "output"), strict=True))
UNITS = {MEMORY: "B", TIME: "s"}


def written(value: float, what: str) -> str:
    """Write bytes or seconds in three digits, with a prefix of the International System of Units.

    Examples
    --------
    >>> written(8 * 50176**2, MEMORY), written(2.5e-6, TIME)
    ('20.1 GB', '2.5 µs')
    """
    return EngFormatter(UNITS[what])(float(f"{value:.3g}"))


def size_title(size: int) -> str:
    """Return what stands above the size that is read off."""
    return say("{size} × {size}", size=size)


def describe(state: CostState) -> str:
    """Compare the dense matrix with the others at the size that is read off."""
    costs = {way: written(value, state.what) for way, value in state.costs.items()}
    if state.what == TIME:
        return _times(state, costs)
    zeros = 1 - state.entries[SPARSE] / state.entries[DENSE]
    ratio = state.costs[DENSE] / state.costs[SPARSE]
    sentence = (
        "At {size} × {size} with {kernels} of {kernel} × {kernel}, {zeros} of C̃ are zeros. Dense, "
        "it takes {dense}; sparse, {sparse}, {ratio} times less. The kernels themselves take "
        "{sliding}."
        if ratio > 1
        else "At {size} × {size} with {kernels} of {kernel} × {kernel}, {zeros} of C̃ are zeros. "
        "Dense, it takes {dense}; sparse, {sparse}: more, because the places are stored as well. "
        "The kernels themselves take {sliding}."
    )
    return say(
        sentence,
        size=state.shown,
        kernel=state.kernel,
        kernels=_kernels(state.kernels),
        zeros=coloured(say("{share:.3f} %", share=100 * zeros), "kernel"),
        ratio=f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}",
        **costs | {DENSE: coloured(costs[DENSE], "kernel")},
    )


def counts() -> list[tuple[str, int]]:
    """Return how many kernels there are to choose from."""
    return [(_kernels(count), count) for count in COUNTS]


def _kernels(count: int) -> str:
    return say_number(count, "1 kernel", "{number} kernels")


def _times(state: CostState, costs: dict[str, str]) -> str:
    """Say which way was the quickest, building included, and which were not tried."""
    ranked = [
        say("{way} {time}", way=say(NAMES[way]), time=coloured(costs[way], ROLES[way]))
        for way in state.order
    ]
    untried = [
        say(
            "{way} was not tried: it would take {size}.",
            way=say(NAMES[way]),
            size=written(memory(state.shown, state.kernel, state.kernels)[way], MEMORY),
        )
        for way in WAYS
        if way not in costs
    ]
    first = say(
        "At {size} × {size} with {kernels} of {kernel} × {kernel}, on this machine, building "
        "included, the quickest first: {ranked}.",
        size=state.shown,
        kernel=state.kernel,
        kernels=_kernels(state.kernels),
        ranked=say(", ").join(ranked),
    )
    return in_a_row(first, *untried)


def explain(state: CostState) -> str:
    """Return what each way stores, or how long it takes, as a table."""
    rows = [
        f"<tr><td>{say(NAMES[way])}</td><td>{count:,}</td>"
        f"<td>{written(state.costs[way], state.what) if way in state.costs else '–'}</td></tr>"
        for way, count in state.entries.items()
    ]
    title = say(
        "input {size} × {size}, {kernels} of {kernel} × {kernel}",
        size=state.shown,
        kernel=state.kernel,
        kernels=_kernels(state.kernels),
    )
    head = f"<td></td><td><b>{say('numbers')}</b></td><td><b>{say(state.what)}</b></td>"
    return panel(
        '<table class="convlab-grid convlab-products" style="width:278px;line-height:26px">'
        f"<caption>{title}</caption><tr>{head}</tr>{''.join(rows)}</table>",
        say(
            "<div><i>sliding</i> is <code>conv2d</code>: it stores the kernels and nothing else. "
            "<i>P</i> serves all kernels at once.</div>"
        ),
    )
