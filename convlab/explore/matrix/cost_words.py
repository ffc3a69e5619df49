"""What the comparison of costs says of its picture."""

from __future__ import annotations

from matplotlib.ticker import EngFormatter

from convlab.explore.matrix.cost_numbers import DENSE, MEMORY, NUMBER, SPARSE, TIME, WAYS, CostState
from convlab.formatting import say
from convlab.widgets.html import coloured, panel

SIZE, WHAT, KERNEL = "input size", "compare", "kernel"
QUESTIONS = [("memory, by arithmetic", MEMORY), ("time, measured here and now", TIME)]
KERNELS = [(f"{k} × {k}", k) for k in (1, 3, 5, 7)]
AXIS = "rows and columns of the input"
NAMES = dict(zip(WAYS, ("C̃, dense", "C̃, sparse", "patches P", "sliding"), strict=True))
"""What each way is called."""
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
    return say(
        "At {size} × {size} with a {kernel} × {kernel} kernel, {zeros} of C̃ are zeros. Dense, it "
        "takes {dense}; sparse, {sparse}, {ratio} times less. The kernel itself has {sliding}.",
        size=state.shown,
        kernel=state.kernel,
        zeros=coloured(say("{share:.3f} %", share=100 * zeros), "kernel"),
        ratio=f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}",
        **costs | {DENSE: coloured(costs[DENSE], "kernel")},
    )


def _times(state: CostState, costs: dict[str, str]) -> str:
    if DENSE in costs:
        dense = say("the dense C̃ takes {time}", time=coloured(costs[DENSE], "kernel"))
    else:
        size = written(NUMBER * state.entries[DENSE], MEMORY)
        dense = say("the dense C̃, of {size}, was not tried", size=size)
    return say(
        "At {size} × {size} with a {kernel} × {kernel} kernel, one product, measured on this "
        "machine: {tried}; C̃, sparse {sparse}, patches P {patches}, sliding {sliding}.",
        size=state.shown,
        kernel=state.kernel,
        tried=dense,
        **costs,
    )


def explain(state: CostState) -> str:
    """Return what each way stores, or how long it takes, as a table."""
    rows = [
        f"<tr><td>{say(NAMES[way])}</td><td>{count:,}</td>"
        f"<td>{written(state.costs[way], state.what) if way in state.costs else '–'}</td></tr>"
        for way, count in state.entries.items()
    ]
    title = say(
        "input {size} × {size}, kernel {kernel} × {kernel}", size=state.shown, kernel=state.kernel
    )
    head = f"<td></td><td><b>{say('numbers')}</b></td><td><b>{say(state.what)}</b></td>"
    return panel(
        '<table class="convlab-grid convlab-products" style="width:278px;line-height:26px">'
        f"<caption>{title}</caption><tr>{head}</tr>{''.join(rows)}</table>",
        say(
            "<div><i>sliding</i> is <code>conv2d</code>: it stores the kernel and nothing else."
            "</div>"
        ),
    )
