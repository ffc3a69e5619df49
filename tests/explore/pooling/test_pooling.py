"""The pooling explorer: ranges that follow each other, true words, and sums that come out even."""

import re

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convlab.convolution import conv2d
from convlab.explore import Pooling
from convlab.explore.pooling.pooling_numbers import GRAD_OUTPUT, INPUTS
from convlab.explore.pooling.pooling_words import PASSES, WRONG, legend
from convlab.pooling import avg_pool2d, max_pool2d


def tables(pooling, role):
    """Return the numbers of each table of a role beside the picture."""
    found = re.findall(rf'convlab-grid convlab-{role}".*?</table>', pooling.details.value)
    read = [re.findall(r">(−?[\d.]+)</td>", table) for table in found]
    return [[float(number.replace("−", "-")) for number in numbers] for numbers in read]


def sums(pooling):
    """Return what was given back and what arrived, as the page says it."""
    words = re.sub(r"<[^>]+>", "", pooling.details.value.replace("<br>", "\n"))
    return [float(re.search(rf"{name}: (\S+)", words)[1]) for name in ("outputs", "inputs")]


def test_the_stride_follows_the_window_until_it_is_set():
    pooling = Pooling(input=5)
    for size in (1, 2, 3, 4):
        pooling.controls["size"].value = size
        assert pooling.state.geometry.stride == (size, size)
    pooling.controls["stride"].value = 1
    pooling.controls["size"].value = 2
    assert pooling.state.geometry.stride == (1, 1)


def test_window_padding_and_step_stay_in_range():
    pooling = Pooling(input=5, size=4, stride=1, padding=1, step=15)
    assert pooling.state.geometry.output_shape == (4, 4)
    pooling.controls["input"].value = 3
    assert pooling.state.geometry.kernel_size == (3, 3)
    assert pooling.state.step == 8 == pooling.controls["step"].max
    pooling.controls["size"].value = 1
    assert pooling.controls["padding"].max == 0
    assert pooling.state.geometry.padded_shape == (3, 3)


def test_the_bug_is_offered_for_max_pooling_only():
    pooling = Pooling(show="bug")
    assert pooling.controls["show"].options == (*PASSES, WRONG)
    pooling.controls["kind"].value = "average"
    assert pooling.controls["show"].options == tuple(PASSES)
    assert pooling.state.show != "bug"
    pooling.controls["kind"].value = "max"
    assert pooling.controls["show"].options == (*PASSES, WRONG)


@pytest.mark.parametrize(("kind", "pool"), [("max", max_pool2d), ("average", avg_pool2d)])
def test_forwards_the_words_and_tables_tell_the_numbers_of_the_core(kind, pool):
    pooling = Pooling(kind=kind)
    x = INPUTS["varied"][:, :4, :4]
    y = pool(x, 2)
    for step in range(4):
        pooling.controls["step"].value = step
        row, col = divmod(step, 2)
        given = ", ".join(f"{value:g}" for value in y[:, row, col])
        assert given in pooling.caption.value
        assert tables(pooling, "output") == [[value] for value in y[:, row, col]]
        patch = x[:, 2 * row : 2 * row + 2, 2 * col : 2 * col + 2]
        assert_array_equal(tables(pooling, "input"), patch.reshape(3, 4))


@pytest.mark.parametrize("kind", ["max", "average", "average of input cells"])
@pytest.mark.parametrize("numbers", ["varied", "ties"])
def test_all_that_is_given_back_arrives_unless_it_falls_on_padding(kind, numbers):
    pooling = Pooling(show="backward", kind=kind, numbers=numbers, input=5, size=3, stride=2)
    for padding in (0, 1):
        pooling.controls["padding"].value = padding
        for step in range(pooling.controls["step"].max + 1):
            pooling.controls["step"].value = step
            shape = pooling.state.geometry.output_shape
            done = np.arange(np.prod(shape)).reshape(shape) <= step
            paid = GRAD_OUTPUT[:, : shape[0], : shape[1]][:, done].sum()
            given, arrived = sums(pooling)
            assert given == paid
            lost = padding and kind == "average"
            assert ("fell on padding" in pooling.details.value) == bool(lost)
            assert arrived < paid if lost else arrived == paid
            assert_array_equal(
                [[total] for total in GRAD_OUTPUT[:, : shape[0], : shape[1]][:, done][:, -1]],
                tables(pooling, "gradient")[kind == "max" :: 2 if kind == "max" else 1],
            )


def test_an_average_hands_back_equal_shares():
    """As many as the window has input cells; on padding they are lost, or never were."""
    corner = {"show": "backward", "size": 2, "padding": 1, "step": 0, "channels": 1}
    for kind, shares in (("average", "1 × 3"), ("average of input cells", "1 × 12")):
        assert f">{shares}</b>" in Pooling(kind=kind, **corner).details.value
    assert ">4 × 3</b>" in Pooling(kind="average", show="backward", step=0).details.value


def test_the_bug_is_counted():
    right = Pooling(show="backward", numbers="ties", step=3)
    bug = Pooling(show="bug", numbers="ties", step=3)
    x, g = INPUTS["ties"][:, :4, :4], GRAD_OUTPUT[:, :2, :2]
    tiles = x.reshape(3, 2, 2, 2, 2).swapaxes(2, 3).reshape(3, 2, 2, 4)
    tied = (tiles == tiles.max(axis=-1, keepdims=True)).sum(axis=-1)
    assert sums(right) == [g.sum(), g.sum()]
    assert sums(bug) == [g.sum(), (g * tied).sum()]
    assert f"✗ {(g * (tied - 1)).sum():.0f} too much" in bug.details.value
    assert "A tie in channel 0: each cell gets all of it" in bug.caption.value
    assert "A tie in channels 1 and 2:" in (
        Pooling(show="backward", numbers="ties", stride=1, step=0).caption.value
    )
    assert "No tie here" in Pooling(show="bug").caption.value
    assert "A tie in channel 0: the first in row-major order" in right.caption.value


def test_the_price_is_that_of_a_real_convolution():
    for channels in (1, 2, 3):
        for size in (1, 2, 3):
            pooling = Pooling(channels=channels, size=size)
            weight = np.ones((channels, channels, size, size))
            assert conv2d(np.ones((channels, 4, 4)), weight).shape[0] == channels
            unit = "weight" if weight[0].size == 1 else "weights"
            assert f">{weight[0].size} {unit}</b>" in pooling.details.value
            assert f"→ {channels}: <b class=" in pooling.details.value
            assert f">{weight.size}</b>" in pooling.details.value
            assert "0 weights" in pooling.details.value


def test_the_caption_says_what_becomes_of_padding():
    edge = {"padding": 1, "step": 0}
    assert "Padding never wins" in Pooling(**edge).caption.value
    assert "The 3 padding cells count as 0: each sum is divided by 4" in (
        Pooling(kind="average", **edge).caption.value
    )
    inside = Pooling(kind="average of input cells", **edge)
    assert "Padding is left out: each sum is divided by 1" in inside.caption.value
    inside.controls["show"].value = "backward"
    assert "the cells of its window, undivided" in inside.caption.value
    lost = Pooling(kind="average", show="backward", **edge)
    assert "what falls on padding is lost" in lost.caption.value
    assert "padding" not in Pooling().caption.value.lower()


def test_padding_is_empty_beside_the_picture_unless_it_counts_as_zero():
    edge = {"padding": 1, "step": 0, "channels": 1}
    for kind, written in (("max", "·"), ("average", "0"), ("average of input cells", "·")):
        details = Pooling(kind=kind, **edge).details.value
        assert details.count(f'class="convlab-empty">{written}</td>') == 3
    assert Pooling(show="backward", **edge).details.value.count('"convlab-empty">·<') == 3


def test_backwards_the_table_keeps_the_values_and_frames_every_winner_so_far():
    shown = Pooling(show="backward", input=5, size=3, stride=1, channels=1)
    x = shown.state.x[0]
    for step in range(9):
        shown.controls["step"].value = step
        won = set()
        for r, c in list(np.ndindex(3, 3))[: step + 1]:
            window = x[r : r + 3, c : c + 3]
            down, across = np.unravel_index(window.argmax(), window.shape)
            won.add((r + down, c + across))
        table = shown.details.value.split("</table>")[0]
        cells = re.findall(r"<td( class=\"convlab-look\")?>(\d+)</td>", table)
        assert [float(value) for _, value in cells] == x.ravel().tolist()
        assert {divmod(i, 5) for i, (look, _) in enumerate(cells) if look} == won


def test_rounding_up_adds_the_window_that_reaches_past_the_end():
    assert Pooling(input=5).state.y.shape == (3, 2, 2)
    rounded = Pooling(input=5, ceil=True).state
    assert rounded.y.shape == (3, 3, 3)
    assert np.array_equal(rounded.y[:, 2, 2], rounded.x[:, 4, 4])
    for fixed in (Pooling(input=5, kind="average"), Pooling(input=4)):
        assert fixed.controls["ceil"].disabled


def test_what_lies_past_the_end_is_not_called_padding():
    rounded = Pooling(input=5, ceil=True, step=8)
    assert "What lies past the end never wins." in rounded.caption.value
    assert legend(rounded.state)[3] == "dashed: past the end"
    padded = Pooling(input=5, padding=1, step=8)
    assert legend(padded.state)[3] == "dashed: padding"
    assert legend(Pooling(input=5).state)[3] == ""


def test_the_caption_says_that_overlapping_windows_add_up():
    assert "adds up" in Pooling(show="backward", stride=1).caption.value
    assert "adds up" not in Pooling(show="backward").caption.value


def test_one_channel_is_spoken_of_as_one():
    words = Pooling(channels=1, show="backward").caption.value
    assert "the gradient 12</b> goes to the one cell" in words
    assert "1 channel in, 1 channel out" in Pooling(channels=1).caption.value


def test_a_click_and_a_drag_do_what_the_sliders_do():
    pooling = Pooling(step=0)
    cell = pooling.scene.stacks(pooling.state)[1].cells(0)[3].mean(axis=0)
    pooling._pick(*cell)
    assert pooling.state.step == 3
    pooling._pick(-50, -50)
    assert pooling.state.step == 3
    pooling._turn(40, -30)
    assert (pooling.controls["azimuth"].value, pooling.controls["elevation"].value) == (45, 38)
