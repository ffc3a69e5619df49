"""A stack of layers: what one unit sees, and how that grows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.receptive_field import layer_stack_words as words
from convlab.explore.receptive_field.layer_stack_numbers import (
    LayerStackState,
    map_sizes,
    middle_of,
    numbers_of,
)
from convlab.explore.receptive_field.layer_stack_scene import LayerStackScene
from convlab.formatting import say
from convlab.layers import as_layers
from convlab.receptive_field import Layer
from convlab.widgets.controls import NO_LIMIT, number, slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values

MOST_LAYERS = 6
RANGES = {"kernel": (1, 7), "stride": (1, 3), "dilation": (1, 4), "padding": (0, 6)}
START = (Layer(3, padding=1), Layer(2, stride=2), Layer(3, padding=1))
ROW, FIELD = 30, 52  # pixels of the page


class LayerStack(Explorer[LayerStackState, LayerStackScene]):
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
        If there is no layer, more than six, one is beyond the ranges of the controls, or a
        setting finds no room.

    Examples
    --------
    >>> LayerStack([Layer(3), Layer(3)]).state.fields[-1].size
    (5, 5)
    """

    state_type = LayerStackState
    plays = "layers"
    above: ClassVar = [["layers", "input", "unit"]]
    describe = staticmethod(words.describe)
    explain = staticmethod(words.explain)

    def __init__(self, stack: Iterable[Layer] | None = None, **settings: Any) -> None:
        layers, labels, tips = _checked(START if stack is None else stack), words.LABELS, words.TIPS
        controls = {
            "input": slider(labels["input"], 21, 5, 40),
            "layers": slider(labels["layers"], len(layers), 1, MOST_LAYERS, tip=tips["layers"]),
        }
        for position in range(1, MOST_LAYERS + 1):
            values = numbers_of(layers[min(position, len(layers)) - 1])
            for name, limits in RANGES.items():
                tip = say(words.TIPS_OF_NUMBERS[name], layer=position)
                field = number(values[name], *limits, tip=tip)
                field.layout.width = field.layout.min_width = f"{FIELD}px"
                controls[f"{name}_{position}"] = field
        controls["unit"] = slider(labels["unit"], 0, -NO_LIMIT, NO_LIMIT, tip=tips["unit"])
        controls["unit"].readout_format = "+d"
        super().__init__(controls, LayerStackScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the unit on its map; a kernel of one cell has no gaps to widen."""
        if name == "unit":
            sizes = map_sizes(values["input"], _layers(values))
            return -middle_of(sizes), sizes[-1] // 2
        kind, _, position = name.partition("_")
        return (1, 1) if kind == "dilation" and values[f"kernel_{position}"] == 1 else None

    def read(self, values: Values) -> LayerStackState:
        """Return the state that the controls describe."""
        size, layers = values["input"], _layers(values)
        return LayerStackState(size, layers, middle_of(map_sizes(size, layers)) + values["unit"])

    def show(self, state: LayerStackState) -> None:
        """Show what each layer sees, and the rows of the layers that are there.

        A row that is hidden takes neither mouse nor keys, so its fields need not be disabled, too:
        that would be four messages more for each layer that comes or goes.
        """
        self.table.value = words.field_table(state)
        for position, row in enumerate(self._rows_of_layers, start=1):
            row.layout.visibility = "visible" if position <= len(state.layers) else "hidden"

    def beside(self) -> list[widgets.Widget]:
        """Put the layers' numbers, a row each, between the picture and their table."""
        heads = [
            _cell(f'<div class="convlab-head">{say(name)}</div>', FIELD)
            for name in words.NUMBERS.values()
        ]
        self._rows_of_layers = [
            _row(words.layer(position), [self.controls[f"{name}_{position}"] for name in RANGES])
            for position in range(1, MOST_LAYERS + 1)
        ]
        rows = [_row("", heads), _row(words.input_name(), []), *self._rows_of_layers]
        self.table = widgets.HTML()
        self.table.add_class("convlab-details")
        height = f"{ROW * len(rows)}px"
        editor = widgets.HBox([widgets.VBox(rows), self.table], layout={"height": height})
        return [widgets.VBox([editor, self.details])]


def _row(name: str, fields: list[widgets.Widget]) -> widgets.HBox:
    layout = widgets.Layout(height=f"{ROW}px", align_items="center")
    row = widgets.HBox([_cell(name.replace(" ", "&nbsp;"), 48), *fields], layout=layout)
    row.add_class("convlab-row-of-fields")
    return row


def _cell(text: str, width: int) -> widgets.HTML:
    size = f"{width}px"
    return widgets.HTML(text, layout=widgets.Layout(width=size, min_width=size, margin="0 1px"))


def _checked(stack: Iterable[Layer]) -> tuple[Layer, ...]:
    layers = as_layers(stack)
    if not 1 <= len(layers) <= MOST_LAYERS:
        raise ValueError(words.too_many(MOST_LAYERS, len(layers)))
    for position, layer in enumerate(layers):
        if layer.padding[1][0] != layer.padding[1][1]:
            raise ValueError(words.pads_unevenly(layer))
        for name, value in numbers_of(layer).items():
            low, high = RANGES[name]
            if not low <= value <= high:
                raise ValueError(words.out_of_range(name, (low, high), value, position))
    return layers


def _layers(values: Values) -> tuple[Layer, ...]:
    positions = range(1, values["layers"] + 1)
    names = ("kernel", "stride", "padding", "dilation")
    return tuple(Layer(*(values[f"{name}_{position}"] for name in names)) for position in positions)
