"""The effective receptive field: how much each cell that a unit sees counts."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.receptive_field.effective_field_scene import (
    LARGEST_SIZE,
    EffectiveFieldScene,
    EffectiveFieldState,
    stack,
)
from convlab.receptive_field import receptive_field
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice, slider
from convlab.widgets.old_explorer import Explorer

MOST_LAYERS, MOST_POOLS = 20, 3
RANGES = {"kernel": (2, 7), "dilation": (1, 3), "percent": (50, 99)}
WEIGHTS = [("all weights equal", "uniform"), ("random weights", "random")]


class EffectiveField(Explorer):
    """The effective receptive field beside the theoretical one.

    Parameters
    ----------
    **settings
        Start values of controls: ``layers``, ``kernel``, ``dilation``, ``pools`` (2 × 2, with
        stride 2, spread among the layers), ``weights`` ("uniform" or "random"), ``percent``.

    Examples
    --------
    >>> EffectiveField(layers=1, kernel=5).state.field.shape
    (5, 5)
    """

    above: ClassVar = [["layers", "kernel", "dilation", "pools"], ["percent", "weights"]]

    def __init__(self, **settings: Any) -> None:
        controls = {
            "kernel": slider("kernel", 3, *RANGES["kernel"]),
            "dilation": slider("dilation", 1, *RANGES["dilation"]),
            "pools": slider(
                "poolings", 0, 0, MOST_POOLS, tip="number of 2 × 2 poolings with stride 2"
            ),
            "layers": slider("layers", 10, 1, MOST_LAYERS, tip="number of convolutions"),
            "percent": slider(
                "hold %", 90, *RANGES["percent"], tip="percent of the gradient to hold"
            ),
            "weights": choice("weights", WEIGHTS),
        }
        super().__init__(controls, EffectiveFieldScene(), settings)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Keep the field small enough to compute at a glance; poolings lie between layers."""
        kernel, dilation = values["kernel"], values["dilation"]
        if name == "pools":
            return 0, max(n for n in range(MOST_POOLS + 1) if _fits(n + 1, kernel, dilation, n))
        if name == "layers":
            pools = values["pools"]
            counts = range(pools + 1, MOST_LAYERS + 1)
            return counts[0], max(n for n in counts if _fits(n, kernel, dilation, pools))
        return RANGES.get(name)

    def read(self, values: dict[str, Any]) -> EffectiveFieldState:
        """Return the state that the controls describe."""
        names = ("layers", "kernel", "dilation", "pools", "weights", "percent")
        return EffectiveFieldState(*(values[name] for name in names))

    def describe(self, state: EffectiveFieldState) -> str:
        """Compare both fields in numbers."""
        size, inner = len(state.field), state.inner
        layers = f"{state.count} layers" if state.count > 1 else "1 layer"
        with_pools = f" with {state.pools} pooling{'s' * (state.pools > 1)}" if state.pools else ""
        cells = coloured(f"{size} × {size} cells", "input")
        missed = size * size - int(state.reached.sum())
        one = state.count == 1 and not state.pools
        holes = f", {missed} of which {'it skips' if one else 'they skip'}" if missed else ""
        square = coloured(f"the middle {inner} × {inner}", "look here")
        share = f"{inner**2 / size**2:.0%}".replace("%", " %")
        return (
            f"{layers} of {state.kernel} × {state.kernel}{with_pools} see{'s' * one} "
            f"{cells}{holes}. "
            f"{coloured(f'{state.percent} % of the gradient', 'gradient')} lies in {square}: "
            f"{share} of the square."
        )


def _fits(count: int, kernel: int, dilation: int, pools: int) -> bool:
    layers = stack(count, kernel, dilation, pools)
    return receptive_field(layers).size[0] <= LARGEST_SIZE
