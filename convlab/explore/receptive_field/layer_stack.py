"""A stack of layers: what one unit sees, and how that grows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.receptive_field.layer_stack_scene import (
    LayerStackScene,
    LayerStackState,
    map_sizes,
)
from convlab.formatting import plain
from convlab.receptive_field import PIXEL, Layer, receptive_field, receptive_fields
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import number, slider
from convlab.widgets.old_explorer import LOCK, Explorer

MOST_LAYERS = 6
INPUT_RANGE = (5, 40)
RANGES = {"kernel": (1, 7), "stride": (1, 3), "dilation": (1, 4), "padding": (0, 6)}
START = (Layer(3, padding=1), Layer(2, stride=2), Layer(3, padding=1))
ROW, FIELD = 30, 52  # pixels of the page


class LayerStack(Explorer):
    """Up to six layers in section, and the cone from one unit down to the input.

    Click a unit of the top row to look down from it; the slider does the same.

    Parameters
    ----------
    stack : iterable of Layer, optional
        From the input on, at most six. The section runs along their columns. Layers that are
        added later start like the last of these.
    **settings
        Start values of controls: ``input``, ``layers``, ``unit`` (counted from the middle), and
        ``kernel_1``, ``stride_1``, ``dilation_1``, ``padding_1`` to ``padding_6``.

    Raises
    ------
    TypeError
        If `stack` holds anything but `Layer`, or a setting is unknown.
    ValueError
        If there is no layer, more than six, or one is beyond the ranges of the controls.

    Examples
    --------
    >>> LayerStack([Layer(3), Layer(3)]).state.fields[-1].size
    (5, 5)
    """

    above: ClassVar = [["layers", "input", "unit"]]

    def __init__(self, stack: Iterable[Layer] | None = None, **settings: Any) -> None:
        stack = _checked(START if stack is None else stack)
        count = slider("layers", len(stack), 1, MOST_LAYERS, tip="number of layers")
        controls = {"input": slider("input cells", 21, *INPUT_RANGE), "layers": count}
        for position in range(1, MOST_LAYERS + 1):
            values = _numbers(stack[min(position, len(stack)) - 1])
            for name, (low, high) in RANGES.items():
                tip = f"{name} of layer {position}"
                field = number(values[name], low, high, tip=tip)
                field.layout.width = field.layout.min_width = f"{FIELD}px"
                controls[f"{name}_{position}"] = field
        controls["unit"] = slider("unit ↔", 0, 0, 0, tip="unit, counted from the middle of its map")
        controls["unit"].readout_format = "+d"
        self.table = widgets.HTML()
        self._rows_of_layers: list[widgets.HBox] = []
        super().__init__(controls, LayerStackScene(), settings)
        self.on_pointer(self._look_from)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Open the rows of the layers that are there, and keep the unit on its map."""
        if name == "unit":
            size = map_sizes(values["input"], _layers(values))[-1]
            return -((size - 1) // 2), size // 2
        kind, _, position = name.partition("_")
        if not position:
            return INPUT_RANGE if name == "input" else (1, MOST_LAYERS)
        if int(position) > values["layers"]:
            return values[name], values[name]
        if kind == "dilation" and values[f"kernel_{position}"] == 1:
            return 1, 1
        return RANGES[kind]

    def read(self, values: dict[str, Any]) -> LayerStackState:
        """Return the state that the controls describe."""
        layers = _layers(values)
        size = map_sizes(values["input"], layers)[-1]
        return LayerStackState(values["input"], layers, (size - 1) // 2 + values["unit"])

    def describe(self, state: LayerStackState) -> str:
        """Say what the unit sees, and what does not fit."""
        fitting = len(state.sizes) - 1
        words = _what_it_sees(state) if fitting else "No layer fits on this input."
        if not state.fits:
            layer = state.layers[fitting]
            room = state.sizes[-1] + sum(layer.padding[1])
            words += " " + coloured(
                f"Layer {fitting + 1} does not fit: its window spans {layer.span[1]} cells, "
                f"but there {'is' if room == 1 else 'are'} {room}.",
                "look here",
            )
        return words

    def explain(self, state: LayerStackState) -> str:
        """Return the recurrence with the numbers of the last layer, and the count of weights."""
        parts = f"<p>{_recurrence(state.layers)}</p><p>{_weights(state.layers)}</p>"
        return f'<div class="convlab-sums">{parts}</div>'

    def _refresh(self, change: Any = None) -> None:
        super()._refresh(change)
        with LOCK:
            if self.state is not None:
                self.table.value = field_table(self.state)
                for position, row in enumerate(self._rows_of_layers, start=1):
                    shown = position <= len(self.state.layers)
                    row.layout.visibility = "visible" if shown else "hidden"

    def _arrange(self) -> list[widgets.Widget]:
        """Put the layers' numbers, a row each, between the picture and their table."""
        rows = [
            _row("", [_cell(f'<div class="convlab-head">{name}</div>', FIELD) for name in RANGES])
        ]
        rows.append(_row("input", []))
        for position in range(1, MOST_LAYERS + 1):
            fields = [self.controls[f"{kind}_{position}"] for kind in RANGES]
            rows.append(_row(f"layer&nbsp;{position}", fields))
        self._rows_of_layers = rows[2:]
        height = f"{ROW * len(rows)}px"
        editor = widgets.HBox([widgets.VBox(rows), self.table], layout={"height": height})
        beside = widgets.VBox([editor, self.details])
        arranged = super()._arrange()
        body = next(part for part in arranged if self.picture in getattr(part, "children", ()))
        body.children = (self.picture, beside)
        self.table.add_class("convlab-details")
        return arranged

    def _look_from(self, x: float, y: float) -> None:
        unit = self.scene.unit_at(self.state, (x, y))
        if unit is not None:
            self.controls["unit"].value = unit - (self.state.sizes[-1] - 1) // 2


def field_table(state: LayerStackState) -> str:
    """Return size, stride and padding of what a unit of each layer sees, as a table."""
    rows = []
    for position, field in enumerate((PIXEL, *receptive_fields(state.layers))):
        numbers = (field.size[1], field.stride[1], field.padding[1])
        look = ' class="convlab-current"' if position == len(state.layers) else ""
        outside = ' class="convlab-faded"' if position >= len(state.sizes) else look
        rows.append(f"<tr{outside}>" + "".join(f"<td>{n}</td>" for n in numbers) + "</tr>")
    head = "<tr><th>sees</th><th>moves</th><th>before</th></tr>"
    return f'<table class="convlab-fields convlab-aligned">{head}{"".join(rows)}</table>'


def _row(name: str, fields: list[widgets.Widget]) -> widgets.HBox:
    layout = widgets.Layout(height=f"{ROW}px", align_items="center")
    return widgets.HBox([_cell(name, 48), *fields], layout=layout)


def _cell(text: str, width: int) -> widgets.HTML:
    size = f"{width}px"
    return widgets.HTML(text, layout=widgets.Layout(width=size, min_width=size, margin="0 1px"))


def _checked(stack: Iterable[Layer]) -> tuple[Layer, ...]:
    stack = tuple(stack)
    receptive_fields(stack)  # raises for anything but layers
    if not 1 <= len(stack) <= MOST_LAYERS:
        raise ValueError(f"`stack` must hold 1 to {MOST_LAYERS} layers, got {len(stack)}")
    for position, layer in enumerate(stack):
        if layer.padding[1][0] != layer.padding[1][1]:
            raise ValueError(f"`stack` must pad both sides alike, got {layer}")
        for name, number_of in _numbers(layer).items():
            low, high = RANGES[name]
            if not low <= number_of <= high:
                raise ValueError(
                    f"`stack` must have a {name} from {low} to {high}, "
                    f"got {number_of} at position {position}"
                )
    return stack


def _numbers(layer: Layer) -> dict[str, int]:
    return {
        "kernel": layer.kernel_size[1],
        "stride": layer.stride[1],
        "dilation": layer.dilation[1],
        "padding": layer.padding[1][0],
    }


def _layers(values: dict[str, Any]) -> tuple[Layer, ...]:
    positions = range(1, values["layers"] + 1)
    names = ("kernel", "stride", "padding", "dilation")
    return tuple(Layer(*(values[f"{name}_{position}"] for name in names)) for position in positions)


def _what_it_sees(state: LayerStackState) -> str:
    size, (first, end) = state.fields[-1].size[1], state.region
    unit = coloured(f"Unit {state.unit} of layer {len(state.sizes) - 1}", "output")
    count = state.sizes[-1]
    of = f"one of {count}" if count > 1 else "the only one"
    cells = f"{size} input cells, {plain(first)} to {plain(end - 1)}"
    if size == 1:
        cells = f"1 input cell, {plain(first)}"
    outside = min(size, max(0, -first) + max(0, end - state.input_size))
    unread = size - outside - len(state.reads[0])
    notes = [f"{outside} of them beyond the border"] if outside else []
    notes += [f"{unread} inside skipped"] if unread else []
    beyond = f" ({', '.join(notes)})" if notes else ""
    return f"{unit}, {of}, sees {coloured(cells, 'input')}{beyond}."


def _recurrence(layers: tuple[Layer, ...]) -> str:
    """Return size, stride and padding after the last layer, worked out from those before it."""
    below, field = (PIXEL, *receptive_fields(layers))[-2:]
    of_layer = {name: coloured(n, "kernel") for name, n in _numbers(layers[-1]).items()}
    r, j, p = (coloured(n[1], "input") for n in (below.size, below.stride, below.padding))
    lines = [
        f"sees: {r} + {of_layer['dilation']}·({of_layer['kernel']} − 1)·{j} = "
        + coloured(field.size[1], "input"),
        f"moves: {j}·{of_layer['stride']} = {coloured(field.stride[1], 'input')}",
        f"before: {p} + {of_layer['padding']}·{j} = {coloured(field.padding[1], 'input')}",
    ]
    return f"<b>Layer {len(layers)}</b><br>{'<br>'.join(lines)}"


def _weights(layers: tuple[Layer, ...]) -> str:
    """Count weights for C channels in and out, against one kernel that sees as much."""
    kernels, size = [layer.kernel_size[1] for layer in layers], receptive_field(layers).size[1]
    counts = {
        f"{len(layers)} layer{'s' * (len(layers) > 1)}": sum(k * k for k in kernels),
        f"one {size} × {size} kernel": size**2,
    }
    longest = max(counts.values())
    rows = "".join(
        f'<br><span class="convlab-bar" style="width:{max(2, round(150 * count / longest))}px">'
        f"</span>{coloured(f'{count} C²', 'kernel')} {name}"
        for name, count in counts.items()
    )
    return f"<b>KernelEditor, with C channels everywhere</b>{rows}"
