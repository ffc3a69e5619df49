"""The layer stack under a hand: numbers on screen, what does not fit, clicks."""

import re

import numpy as np
import pytest

from convlab import Layer, conv2d, receptive_field
from convlab.explore.receptive_field.layer_stack import LayerStack
from convlab.explore.receptive_field.layer_stack_numbers import LayerStackState


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def numbers(html):
    """Return the rows of numbers of the table."""
    rows = re.findall(r"<tr.*?</tr>", html)[1:]
    return [[int(n) for n in re.findall(r"<td>(\d+)</td>", row)] for row in rows]


@pytest.mark.parametrize(("count", "side"), [(1, 3), (2, 5), (3, 7), (6, 13)])
def test_stacked_3x3_see_two_cells_more_each(count, side):
    """Two see 5, three see 7; said in the caption, the table and the recurrence alike."""
    explorer = LayerStack([Layer(3)] * count)
    assert f"sees {side} input cells" in text(explorer.caption.value)
    assert numbers(explorer.table.value)[-1] == [side, 1, 0]
    assert f"= {side}" in text(explorer.details.value)


def test_the_weights_of_three_3x3_are_counted_against_one_7x7():
    """27 C² against 49 C²: the number of entries of the kernels themselves."""
    explorer = LayerStack([Layer(3)] * 3)
    counted = [int(n) for n in re.findall(r">(\d+) C²<", explorer.details.value)]
    channels = 4
    stack = sum(np.zeros((channels, channels, 3, 3)).size for _ in range(3))
    one = np.zeros((channels, channels, 7, 7)).size
    assert counted == [27, 49] == [stack // channels**2, one // channels**2]


def test_the_table_grows_with_the_layers():
    """One row more for each layer, the last of them the field of the whole stack."""
    explorer = LayerStack([Layer(3), Layer(2, stride=2), Layer(3, padding=1)])
    for count in range(1, 7):
        explorer.controls["layers"].value = count
        rows = numbers(explorer.table.value)
        assert len(rows) == count + 1
        field = receptive_field(explorer.state.layers)
        assert rows[-1] == [field.size[1], field.stride[1], field.padding[1]]
        shown = [row.layout.visibility == "visible" for row in explorer._rows_of_layers]
        assert shown == [True] * count + [False] * (6 - count)


def test_padding_moves_the_field_and_does_not_grow_it():
    """More padding: the same size, another region, and the table's last column."""
    explorer = LayerStack([Layer(3)] * 2)
    before = explorer.state.region, numbers(explorer.table.value)[-1]
    explorer.controls["padding_1"].value = 2
    after = explorer.state.region, numbers(explorer.table.value)[-1]
    assert before[1] == [5, 1, 0]
    assert after[1] == [5, 1, 2]
    assert after[0][1] - after[0][0] == before[0][1] - before[0][0] == 5


def test_the_field_of_a_unit_near_the_border_is_said_to_leave_the_input():
    """Counted by hand: the first unit of two padded 3×3 sees −2 to 2."""
    explorer = LayerStack([Layer(3, padding=1)] * 2, input=9, unit=-4)
    assert explorer.state.unit == 0
    assert "sees 5 input cells, −2 to 2 (2 of them beyond the border)" in text(
        explorer.caption.value
    )


def test_skipped_cells_are_counted():
    """Dilation 2 on a kernel of 3: five cells seen, two of them skipped."""
    words = text(LayerStack([Layer(3, dilation=2)], input=9).caption.value)
    assert "sees 5 input cells" in words
    assert "2 inside skipped" in words


def test_a_layer_that_does_not_fit_is_named_and_the_rest_is_shown():
    """As `conv2d` refuses it, with the same two numbers."""
    explorer = LayerStack([Layer(7)] * 3, input=15)
    words = text(explorer.caption.value)
    assert "Layer 3 does not fit: its window spans 7 cells, but there are 3." in words
    last = LayerStack([Layer(3)] * 3, input=5)
    assert "its window spans 3 cells, but there is 1." in text(last.caption.value)
    assert "Unit 1 of layer 2" in words
    with pytest.raises(ValueError, match="spans 7 columns, the padded input has 3"):
        conv2d(np.ones((1, 3)), np.ones((1, 7)))
    assert "No layer fits" in LayerStack([Layer(7)], input=5).caption.value


def test_a_click_on_a_unit_of_the_top_row_chooses_it():
    """The unit under the pointer becomes the unit of the state."""
    explorer = LayerStack([Layer(3)] * 2, input=11)
    scene = explorer.scene
    for unit, path in enumerate(scene._units.get_paths()[-7:]):
        explorer._pick(*path.vertices[:4].mean(axis=0))
        assert explorer.state.unit == unit
    explorer._pick(0, 0)
    assert explorer.state.unit == 6


def test_added_layers_start_like_the_last_one():
    """A further layer repeats the numbers of the last that was given."""
    explorer = LayerStack([Layer(3), Layer(5, stride=2, padding=2, dilation=1)], input=30)
    explorer.controls["layers"].value = 3
    assert explorer.state.layers[2] == explorer.state.layers[1] == Layer(5, 2, 2)


@pytest.mark.parametrize(
    ("stack", "error", "words"),
    [
        ([], ValueError, "`stack` must hold 1 to 6 layers, got 0"),
        ([Layer(3)] * 7, ValueError, "`stack` must hold 1 to 6 layers, got 7"),
        ([Layer(9)], ValueError, "`stack` must have a kernel from 1 to 7, got 9 at position 0"),
        ([Layer(3), Layer(3, 5)], ValueError, "a stride from 1 to 3, got 5 at position 1"),
        ([Layer(3, padding=((0, 0), (0, 1)))], ValueError, "`stack` must pad both sides alike"),
        ([3], TypeError, "`layers` must hold only Layer, got 3 at position 0"),
    ],
)
def test_a_stack_that_cannot_be_shown_is_refused(stack, error, words):
    """Each message names the argument, the value and the rule."""
    with pytest.raises(error, match=words):
        LayerStack(stack)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"input": 0}, "`input` of LayerStack must be from 5 to 40 here, got 0"),
        ({"layers": 9}, "`layers` of LayerStack must be from 1 to 6 here, got 9"),
        ({"kernel_1": 0}, "`kernel_1` of LayerStack must be from 1 to 7 here, got 0"),
    ],
)
def test_start_values_beyond_a_range_are_named(settings, message):
    """What no slider can be set to is refused."""
    with pytest.raises(ValueError, match=message):
        LayerStack(**settings)


def test_a_pooling_has_no_weights():
    """Two convolutions of 3 × 3 and a pooling between them: 18 C², as the convolutions have."""
    explorer = LayerStack([Layer(3, padding=1), Layer(2, stride=2), Layer(3, padding=1)])
    counted = [int(n) for n in re.findall(r">(\d+) C²<", explorer.details.value)]
    channels = 4
    assert counted[0] == 2 * np.zeros((channels, channels, 3, 3)).size // channels**2 == 18
    assert "2 convolutions" in explorer.details.value
    explorer.controls["stride_2"].value = 1
    assert "22 C²" in explorer.details.value
    assert "3 convolutions" in explorer.details.value


def test_of_six_strided_layers_the_last_unit_reads_all_inputs_but_one():
    """Lesson 3 says so: its field holds 21 cells of the input, and it draws on 20 of them."""
    stack = [Layer(3, padding=1), Layer(2, stride=2), Layer(3, padding=1)]
    explorer = LayerStack(stack, layers=6)
    for position in range(1, 7):
        explorer.controls[f"stride_{position}"].value = 2
    assert explorer.state.fields[-1].size == (125, 125)
    assert len(explorer.state.reads[0]) == 20
    moved = []
    for cell in range(21):
        x = np.zeros((1, 21))
        x[0, cell] = 1
        for layer in explorer.state.layers:
            padding, kernel = ((0, 0), layer.padding[1]), np.ones((1, layer.kernel_size[1]))
            x = conv2d(x, kernel, stride=(1, layer.stride[1]), padding=padding)
        moved.append(bool(x.any()))
    assert sum(moved) == 20


def test_the_section_runs_along_the_columns():
    """Where a layer is wider than high, its columns count: unit 2 reads 5 cells, from 4 on."""
    state = LayerStackState(12, (Layer((3, 5), stride=(1, 2)),), unit=2)
    assert state.sizes == (12, 4)
    assert state.region == (4, 9)
    assert state.reads[0].tolist() == [4, 5, 6, 7, 8]
