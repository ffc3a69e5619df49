"""What C̃ costs: memory by arithmetic, time by measurement on the reader's own machine."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.matrix.cost_scene import (
    LARGEST,
    MEMORY,
    SMALLEST,
    TIME,
    WAYS,
    CostScene,
    CostState,
    entries,
    in_bytes,
    in_seconds,
    read_off,
)
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice, slider
from convlab.widgets.old_explorer import Explorer

QUESTIONS = [("memory, by arithmetic", MEMORY), ("time, measured here and now", TIME)]
KERNELS = [(f"{k} × {k}", k) for k in (1, 3, 5, 7)]


class Cost(Explorer):
    """Memory and time of C̃, dense and sparse, against patches and the sliding kernel.

    Square inputs, one channel, `same` padding, stride 1, 8-byte numbers. Times are measured when
    they are first asked for, which takes about a second; they differ from machine to machine.

    Parameters
    ----------
    **settings
        Start values of controls: ``size`` (4 to 224), ``what`` (``"memory"`` or ``"time"``),
        ``kernel`` (1, 3, 5 or 7).

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> Cost(size=4).state.size
    4
    """

    above: ClassVar = [["size", "what", "kernel"]]

    def __init__(self, **settings: Any) -> None:
        size = slider("input size", LARGEST, SMALLEST, LARGEST)
        size.layout.width = size.layout.min_width = "340px"
        controls = {
            "size": size,
            "what": choice("compare", QUESTIONS, MEMORY),
            "kernel": choice("kernel", KERNELS, 3, width=160),
        }
        super().__init__(controls, CostScene(), settings)

    def read(self, values: dict[str, Any]) -> CostState:
        """Return the state that the controls describe."""
        return CostState(values["what"], values["kernel"], values["size"])

    def describe(self, state: CostState) -> str:
        """Compare the dense matrix with the others at the size that is read off."""
        size, costs = read_off(state), self._costs(state)
        what = f"At {size} × {size} with a {state.kernel} × {state.kernel} kernel"
        zeros = 1 - entries(size, state.kernel)[WAYS[1]] / entries(size, state.kernel)[WAYS[0]]
        if state.what == MEMORY:
            ratio = costs[WAYS[0]] / costs[WAYS[1]]
            return (
                f"{what}, {coloured(f'{100 * zeros:.3f} %', 'kernel')} of C̃ are zeros. Dense, it "
                f"takes {coloured(in_bytes(costs[WAYS[0]]), 'kernel')}; sparse, "
                f"{in_bytes(costs[WAYS[1]])}, {_ratio(ratio)}. The kernel itself has "
                f"{in_bytes(costs[WAYS[3]])}."
            )
        dense = (
            f"the dense C̃ takes {coloured(in_seconds(costs[WAYS[0]]), 'kernel')}"
            if WAYS[0] in costs
            else f"the dense C̃, of {in_bytes(8 * size**4)}, was not tried"
        )
        others = ", ".join(f"{way} {in_seconds(costs[way])}" for way in WAYS[1:])
        return f"{what}, one product, measured on this machine: {dense}; {others}."

    def explain(self, state: CostState) -> str:
        """Return what each way stores, or how long it takes, as a table."""
        size, costs = read_off(state), self._costs(state)
        write = in_bytes if state.what == MEMORY else in_seconds
        rows = "".join(
            f"<tr><td>{way}</td><td>{entries(size, state.kernel)[way]:,}</td>"
            f"<td>{write(costs[way]) if way in costs else '–'}</td></tr>"
            for way in WAYS
        )
        return (
            '<div class="convlab-panel"><table class="convlab-grid convlab-products" '
            'style="width:278px;line-height:26px">'
            f"<caption>input {size} × {size}, kernel {state.kernel} × {state.kernel}</caption>"
            f"<tr><td></td><td><b>numbers</b></td><td><b>{state.what}</b></td></tr>{rows}</table>"
            "<div><i>sliding</i> is <code>conv2d</code>: it stores the kernel and nothing else."
            "</div></div>"
        )

    def _costs(self, state: CostState) -> dict[str, float]:
        size = read_off(state)
        curves = self.scene.curves(state)
        return {way: curve[size] for way, curve in curves.items() if size in curve}


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f} times less" if ratio >= 10 else f"{ratio:.2g} times less"
