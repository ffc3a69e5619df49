"""What is said of a network and of what its units see."""

from __future__ import annotations

from convlab.explore.receptive_field.field_words import COLUMNS, part_of, row
from convlab.explore.receptive_field.network_field_numbers import NetworkFieldState, fields_of
from convlab.formatting import say
from convlab.widgets.html import coloured

LABELS = {"network": "network", "layer": "layer", "place": "place %"}
ROWS = 11  # of the table, around the current layer


def map_of(state: NetworkFieldState) -> str:
    """Return the title on the left: the layer, and how many units it has."""
    rows, cols = state.map_shape
    return say("{layer}: {rows} × {cols} units", layer=state.name, rows=rows, cols=cols)


def each_sees(state: NetworkFieldState) -> str:
    """Return the title on the right: the size of each unit's field."""
    rows, cols = state.field.size
    return say("each sees {rows} × {cols}", rows=rows, cols=cols)


def describe(state: NetworkFieldState) -> str:
    """Say what the unit sees, and how much of that is there."""
    (high, wide), (rows, cols) = state.field.size, state.layers.input_shape
    (top, bottom), (left, right) = state.region
    if state.share_inside == 1:
        sentence = (
            "{unit} in {network} sees {cells} of the {input}: all of its field is on the picture."
        )
    elif top <= 0 and left <= 0 and bottom >= rows and right >= cols:
        sentence = (
            "{unit} in {network} could see {cells}, and sees all of the {input}: {beyond} of its "
            "field lies beyond the border, where there is only padding."
        )
    else:
        sentence = (
            "{unit} in {network} sees {cells} of the {input}: {beyond} of its field lies beyond "
            "the border, where there is only padding."
        )
    unit = say("Unit {place} of {layer}", place=state.unit, layer=state.name)
    return say(
        sentence,
        unit=coloured(unit, "output"),
        network=state.network,
        cells=coloured(say("{high} × {wide} cells", high=high, wide=wide), "look here"),
        input=coloured(say("{rows} × {cols} input", rows=rows, cols=cols), "input"),
        beyond=part_of(1 - state.share_inside),
    )


def explain(state: NetworkFieldState) -> str:
    """Return the table around the current layer, and what to know of the network."""
    count = len(state.layers)
    first = max(0, min(state.layer - 1 - ROWS // 2, count - ROWS))
    shown = range(first, min(first + ROWS, count))
    part = say(
        "layers {first} to {last} of {count}", first=shown[0] + 1, last=shown[-1] + 1, count=count
    )
    head = row(["", say("kernel"), say("stride"), *map(say, COLUMNS)], kind="th")
    rows = "".join(_row(state, position) for position in shown)
    return (
        f'<div class="convlab-sums"><table class="convlab-fields convlab-network">'
        f"{head}{rows}</table><i>{part}</i>"
        f'<p class="convlab-note">{say(state.layers.note)}</p></div>'
    )


def _row(state: NetworkFieldState, position: int) -> str:
    layer, field = state.layers[position], fields_of(state.network)[position]
    pairs = (layer.kernel_size, layer.stride, field.size, field.stride, field.padding)
    look = "current" if position == state.layer - 1 else ""
    return row([layer.name, *(pair[0] for pair in pairs)], look=look)
