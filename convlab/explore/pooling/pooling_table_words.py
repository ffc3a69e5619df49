"""What stands beside the picture of the pooling: windows, what comes of them, and an account."""

from __future__ import annotations

import numpy as np

from convlab.explore.pooling.pooling_numbers import AVERAGE, MAX, PoolingState
from convlab.formatting import plain, say, say_number
from convlab.widgets.html import coloured, grid


def explain(state: PoolingState) -> str:
    """Return the windows, what they give or hand back, and a count that must come out even."""
    parts = [f"<b>{head}</b>" for head in _heads(state)]
    for plane in range(state.channels):
        parts += [coloured(plane, "input"), *_row(state, plane)]
    table = "".join(f"<span>{part}</span>" for part in parts)
    account = _weights(state) if state.forward else _account(state)
    return (
        '<div class="convlab-panel" style="gap:4px;padding-top:4px">'
        f'<div class="convlab-addends">{table}</div>'
        f'<div style="line-height:1.4">{"<br>".join(account)}</div></div>'
    )


def _heads(state: PoolingState) -> tuple[str, ...]:
    if state.forward:
        return "", say("window"), "", say("max") if state.kind == MAX else say("mean"), "", ""
    went_in = say("winners") if state.kind == MAX else say("window")
    return "", went_in, "", say("handed back"), "", "∂ℓ/∂y"


def _row(state: PoolingState, plane: int) -> list[str]:
    """Return one channel's window and what comes of it, as the five parts of a line."""
    patch, share = state.patch[plane], state.share[plane]
    pixel = (plane, *state.window.pixel)
    empty = np.isnan(patch)
    look = np.nan_to_num(share) != 0 if state.kind == MAX else None
    if state.kind == MAX and not state.forward:
        window = grid(state.x[plane], "input", look=state.won[plane], cell=20)
    else:
        window = grid(np.where(empty, 0, patch), "input", empty=empty, look=look, cell=22)
        if state.kind != AVERAGE:  # only there padding counts, as 0
            window = _blank(window)
    if state.forward:
        return [window, "→", grid(state.y[pixel], "output", cell=46), "", ""]
    if state.kind == MAX:
        back = _blank(grid(np.nan_to_num(share), "gradient", empty=empty, look=look, cell=22))
    else:  # equal shares, whatever the window holds
        each = np.nanmax(share)
        back = coloured(f"{int((~empty).sum())} × {plain(each)}", "gradient")
    return [window, "", back, "←", grid(state.grad_output[pixel], "gradient", cell=30)]


def _blank(table: str) -> str:
    """Return a table with nothing in the cells of padding."""
    return table.replace('"convlab-empty">0<', '"convlab-empty">·<')


def _weights(state: PoolingState) -> list[str]:
    """Return the count of weights, beside that of a convolution with the same window."""
    rows, cols = state.geometry.kernel_size
    weights, count = state.weights_of_a_convolution, state.channels
    shape = {"channels": count, "rows": rows, "cols": cols}
    held = say_number(weights, "1 weight", "{number} weights")
    return [
        f"<b>{say('This pooling: 0 weights')}</b>",
        say("{rows} × {cols}, thickness 1, channels {channels} → {channels}", **shape),
        f"<b>{say('A convolution with this window')}</b>",
        say(
            "one kernel: {channels} × {rows} × {cols} = {weights}",
            weights=coloured(held, "kernel"),
            **shape,
        ),
        say_number(
            count,
            "1 kernel, channels 1 → 1: {weights}",
            "{number} kernels, channels {number} → {number}: {weights}",
            weights=coloured(count * weights, "kernel"),
        ),
    ]


def _account(state: PoolingState) -> list[str]:
    """Return what was handed out and what arrived, over all steps so far."""
    paid, arrived = state.paid, float(state.grad_input.sum())
    if np.isclose(paid, arrived):
        verdict = say("✓ nothing is lost, nothing is made up")
    elif arrived > paid:
        more = say("✗ {more} too much, out of nothing", more=_total(arrived - paid))
        verdict = coloured(more, "look here")
    else:
        verdict = say("{lost} fell on padding and is lost", lost=_total(paid - arrived))
    return [
        f"<b>{say('All channels, up to this window')}</b>",
        say("given back by the outputs: {paid}", paid=coloured(_total(paid), "gradient")),
        say("arrived at the inputs: {arrived}", arrived=coloured(_total(arrived), "gradient")),
        verdict,
    ]


def _total(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
