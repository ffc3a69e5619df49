"""Rings: how much of a neighbourhood one kernel fuses."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.explore.receptive_field.rings_scene import RingsScene, RingsState, ring_numbers
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import slider
from convlab.widgets.old_explorer import Explorer


class Rings(Explorer):
    """The rings around a pixel that a square kernel gathers.

    Parameters
    ----------
    **settings
        Start values of controls: ``kernel``, from 1 to 7.

    Examples
    --------
    >>> Rings(kernel=5)
    Rings: A 5 × 5 kernel fuses a pixel with 2 rings around it: 25 cells.
    """

    above: ClassVar = [["kernel"]]

    def __init__(self, **settings: Any) -> None:
        super().__init__({"kernel": slider("kernel size", 3, 1, 7)}, RingsScene(), settings)

    def read(self, values: dict[str, Any]) -> RingsState:
        """Return the state that the controls describe."""
        return RingsState(values["kernel"])

    def describe(self, state: RingsState) -> str:
        """Count the rings."""
        k, full = state.kernel, (state.kernel - 1) // 2
        name = coloured(f"A {k} × {k} kernel", "kernel")
        if k % 2:
            rings = "no ring" if not full else "1 ring" if full == 1 else f"{full} rings"
            cells = "1 cell" if k == 1 else f"{k * k} cells"
            return f"{name} fuses a pixel with {rings} around it: {cells}."
        return (
            f"{name} has no middle cell: its centre, the {coloured('diamond', 'look here')}, lies "
            f"between four cells. From the {coloured('output pixel', 'output')} it reaches {full} "
            f"up and left, but {full + 1} down and right."
        )

    def explain(self, state: RingsState) -> str:
        """Return the count of cells, ring by ring."""
        counts = np.bincount(ring_numbers(state.kernel).ravel())
        rows = []
        for ring, count in enumerate(counts):
            whole = max(8 * ring, 1)
            of = "" if count == whole else f" of {whole}"
            label = "the pixel itself" if ring == 0 else f"ring {ring}"
            rows.append(f"<tr><td>{label}</td><td>{count}{of}</td></tr>")
        k = state.kernel
        rows.append(f"<tr><th>together</th><th>{k} × {k} = {k * k}</th></tr>")
        return f'<table class="convlab-list"><caption>cells</caption>{"".join(rows)}</table>'
