"""What the rings say of their picture."""

from __future__ import annotations

import numpy as np

from convlab.explore.receptive_field.field_words import row
from convlab.explore.receptive_field.rings_scene import RingsState
from convlab.formatting import say, say_number
from convlab.widgets.html import coloured

KERNEL = "kernel size"


def describe(state: RingsState) -> str:
    """Count the rings; of an even kernel, say where its centre lies."""
    size, full = state.kernel, (state.kernel - 1) // 2
    kernel = coloured(say("A {size} × {size} kernel", size=size), "kernel")
    if size == 1:
        return say("{kernel} reads the pixel alone, without a ring: 1 cell.", kernel=kernel)
    if size % 2:
        return say_number(
            full,
            "{kernel} combines a pixel with 1 ring around it: {cells} cells.",
            "{kernel} combines a pixel with {number} rings around it: {cells} cells.",
            kernel=kernel,
            cells=size * size,
        )
    return say(
        "{kernel} has no middle cell: its centre, the {diamond}, lies between four cells. From the "
        "{pixel} it reaches {before} up and left, but {after} down and right.",
        kernel=kernel,
        diamond=coloured(say("diamond"), "look here"),
        pixel=coloured(say("output pixel"), "output"),
        before=full,
        after=full + 1,
    )


def explain(state: RingsState) -> str:
    """Return the count of cells, ring by ring."""
    counts = np.bincount(state.rings.ravel())
    rows = "".join(row(_ring(ring, count)) for ring, count in enumerate(counts))
    size = state.kernel
    total = say("{size} × {size} = {cells}", size=size, cells=size * size)
    rows += row([say("together"), total], kind="th")
    return f'<table class="convlab-list"><caption>{say("cells")}</caption>{rows}</table>'


def _ring(ring: int, count: int) -> tuple[str, str]:
    """Return the name of a ring, and how many of its cells the kernel covers."""
    whole = max(8 * ring, 1)
    name = say("ring {ring}", ring=ring) if ring else say("the pixel itself")
    if count == whole:
        return name, str(count)
    return name, say("{count} of {whole}", count=count, whole=whole)
