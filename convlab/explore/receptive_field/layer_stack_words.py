"""What is said of a stack of layers, of its maps, and of what one unit sees."""

from __future__ import annotations

from convlab.explore.receptive_field.field_words import COLUMNS, row
from convlab.explore.receptive_field.layer_stack_numbers import LayerStackState, numbers_of
from convlab.formatting import in_a_row, plain, say, say_number
from convlab.receptive_field import PIXEL, Layer, receptive_fields
from convlab.widgets.html import coloured

LABELS = {"input": "input cells", "layers": "layers", "unit": "unit ↔"}
TIPS = {"layers": "number of layers", "unit": "unit, counted from the middle of its map"}
NUMBERS = {"kernel": "kernel", "stride": "stride", "dilation": "dilation", "padding": "padding"}
"""Heads of the columns of the layers' numbers."""
TIPS_OF_NUMBERS = {
    "kernel": "kernel of layer {layer}",
    "stride": "stride of layer {layer}",
    "dilation": "dilation of layer {layer}",
    "padding": "padding of layer {layer}",
}
LONGEST_BAR = 150  # pixels


def input_name() -> str:
    """Return the name of the lowest row."""
    return say("input")


def layer(position: int) -> str:
    """Return the name of a layer, counted from 1."""
    return say("layer {position}", position=position)


def too_many(most: int, count: int) -> str:
    """Refuse a stack of no layers, or of more than can be drawn."""
    return say("`stack` must hold 1 to {most} layers, got {count}", most=most, count=count)


def pads_unevenly(layer: Layer) -> str:
    """Refuse a layer with more padding on one side than on the other."""
    return say("`stack` must pad both sides alike, got {layer}", layer=layer)


def out_of_range(name: str, limits: tuple[int, int], value: int, position: int) -> str:
    """Refuse a layer with a number that its field cannot be set to."""
    return say(
        "`stack` must have a {name} from {low} to {high}, got {value} at position {position}",
        name=name,
        low=limits[0],
        high=limits[1],
        value=value,
        position=position,
    )


def counts(state: LayerStackState) -> list[str]:
    """Return the number of cells of each map, from the input on."""
    return [say_number(size, "1 cell", "{number} cells") for size in state.sizes]


def missing(state: LayerStackState) -> list[str]:
    """Return what stands where the map of the first layer that does not fit would be."""
    return [] if state.fits else [say("layer {layer} does not fit", layer=len(state.sizes))]


def sees(state: LayerStackState) -> str:
    """Return what stands below the bracket."""
    size = state.fields[-1].size[1]
    return say_number(size, "sees 1 input cell", "sees {number} input cells")


def describe(state: LayerStackState) -> str:
    """Say what the unit sees, and what does not fit."""
    words = [_what_it_sees(state) if state.fitting else say("No layer fits on this input.")]
    if not state.fits:
        layer = state.layers[len(state.fitting)]
        unfit = say_number(
            state.sizes[-1] + sum(layer.padding[1]),
            "Layer {layer} does not fit: its window spans {span} cells, but there is 1.",
            "Layer {layer} does not fit: its window spans {span} cells, but there are {number}.",
            layer=len(state.sizes),
            span=layer.span[1],
        )
        words.append(coloured(unfit, "look here"))
    return in_a_row(*words)


def _what_it_sees(state: LayerStackState) -> str:
    size, (first, end) = state.fields[-1].size[1], state.region
    outside = min(size, max(0, -first) + max(0, end - state.input_size))
    unread = size - outside - len(state.reads[0])
    if outside and unread:
        sentence = (
            "{unit}, {of}, sees {cells} ({outside} of them beyond the border, {unread} inside "
            "skipped)."
        )
    elif outside:
        sentence = "{unit}, {of}, sees {cells} ({outside} of them beyond the border)."
    elif unread:
        sentence = "{unit}, {of}, sees {cells} ({unread} inside skipped)."
    else:
        sentence = "{unit}, {of}, sees {cells}."
    cells = say_number(
        size,
        "1 input cell, {first}",
        "{number} input cells, {first} to {last}",
        first=plain(first),
        last=plain(end - 1),
    )
    unit = say("Unit {unit} of layer {layer}", unit=state.unit, layer=len(state.fitting))
    return say(
        sentence,
        unit=coloured(unit, "output"),
        of=say_number(state.sizes[-1], "the only one", "one of {number}"),
        cells=coloured(cells, "input"),
        outside=outside,
        unread=unread,
    )


def explain(state: LayerStackState) -> str:
    """Return the recurrence with the numbers of the last layer, and the count of weights."""
    parts = f"<p>{_recurrence(state)}</p><p>{_weights(state)}</p>"
    return f'<div class="convlab-sums">{parts}</div>'


def field_table(state: LayerStackState) -> str:
    """Return size, stride and padding of what a unit of each layer sees, as a table."""
    rows = []
    for position, field in enumerate((PIXEL, *receptive_fields(state.layers))):
        look = "current" if position == len(state.layers) else ""
        if position >= len(state.sizes):
            look = "faded"
        rows.append(row([field.size[1], field.stride[1], field.padding[1]], look=look))
    head = row(map(say, COLUMNS), kind="th")
    return f'<table class="convlab-fields convlab-aligned">{head}{"".join(rows)}</table>'


def _recurrence(state: LayerStackState) -> str:
    """Return size, stride and padding after the last layer, worked out from those before it."""
    below, field = (PIXEL, *receptive_fields(state.layers))[-2:]
    given = {name: coloured(n, "kernel") for name, n in numbers_of(state.layers[-1]).items()}
    for when, seen in (("old", below), ("new", field)):
        for name, pair in (("size", seen.size), ("step", seen.stride), ("before", seen.padding)):
            given[f"{when}_{name}"] = coloured(pair[1], "input")
    lines = [
        f"<b>{say('Layer {position}', position=len(state.layers))}</b>",
        say("sees: {old_size} + {dilation}·({kernel} − 1)·{old_step} = {new_size}", **given),
        say("moves: {old_step}·{stride} = {new_step}", **given),
        say("before: {old_before} + {padding}·{old_step} = {new_before}", **given),
    ]
    return "<br>".join(lines)


def _weights(state: LayerStackState) -> str:
    """Count weights for C channels in and out, against one kernel that sees as much."""
    size, convolutions = receptive_fields(state.layers)[-1].size[1], state.convolutions
    counts = {
        say_number(len(convolutions), "1 convolution", "{number} convolutions"): sum(
            layer.kernel_size[1] ** 2 for layer in convolutions
        ),
        say("one {size} × {size} kernel", size=size): size**2,
    }
    rows = [f"<b>{say('Weights, with C channels everywhere')}</b>"]
    for name, count in counts.items():
        width = max(2, round(LONGEST_BAR * count / max(counts.values())))
        weights = coloured(say("{count} C²", count=count), "kernel")
        bar = f'<span class="convlab-bar" style="width:{width}px"></span>'
        rows.append(f"{bar}{weights} {name}")
    if len(convolutions) < len(state.layers):
        rows.append(say("A layer whose stride is its kernel pools: it has none."))
    return "<br>".join(rows)
