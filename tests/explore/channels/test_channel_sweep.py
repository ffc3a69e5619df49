"""The thick sweep's explorer: true words, true counts, ranges that follow each other."""

import re

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.explore import ChannelSweep
from convlab.explore.samples import BANK, BIASES, CHANNELS


def numbers(html):
    return [float(n.replace("−", "-")) for n in re.findall(r">(−?[\d.]+)</td>", html)]


@pytest.mark.parametrize("bias", [True, False])
def test_caption_and_table_tell_the_numbers_of_conv2d(bias):
    sweep = ChannelSweep(padding=1, stride=2, bias=bias)
    x, weight = CHANNELS[:3, :5, :5], BANK[:2, :3]
    y = conv2d(x, weight, BIASES[:2] if bias else None, padding=1, stride=2)
    for step, value in enumerate(y.ravel()):
        sweep.controls["step"].value = step
        kernel, row, col = np.unravel_index(step, y.shape)
        text = re.sub("<[^>]*>", "", sweep.caption.value).replace("−", "-")
        assert f"Channel {kernel}, pixel ({row}, {col}) = {value:.0f}" in text
        table = np.array(numbers(sweep.details.value)).reshape(3, 19)
        patch, slices, sums = table[:, :9], table[:, 9:18], table[:, 18]
        assert (slices.reshape(3, 3, 3) == weight[kernel]).all()
        assert ((patch * slices).sum(axis=1) == sums).all()
        assert sums.sum() + bias * BIASES[kernel] == value
        below = re.sub("<[^>]*>", " ", sweep.details.value.split("</table>")[-1])
        terms, total = below.replace("−", "-").split("one kernel")[0].split("=")
        terms = [float(t) for t in re.findall(r"-?\d+", terms.replace(" ", ""))]
        assert len(terms) == 3 + bias
        assert sum(terms) == float(total) == value


@pytest.mark.parametrize(
    ("settings", "weights", "parameters"),
    [
        ({}, 27, 56),
        ({"bias": False}, 27, 54),
        ({"channels": 1, "kernels": 1}, 9, 10),
        ({"channels": 4, "kernels": 4, "kernel": 2}, 16, 68),
    ],
)
def test_weights_and_parameters_are_counted_live(settings, weights, parameters):
    """Against the sizes of the arrays themselves."""
    sweep = ChannelSweep(**settings)
    bank, biases = sweep.state.bank, sweep.state.biases
    assert bank[0].size == weights
    assert bank.size + biases.size * sweep.state.bias == parameters
    text = re.sub("<[^>]*>", "", sweep.details.value)
    assert f"= {weights} weights" in text
    assert f"{parameters} parameters" in text


def test_the_kernel_stays_inside_the_padded_input_and_comes_back():
    sweep = ChannelSweep(padding=1)
    sweep.set_controls(input=2, padding=0)
    assert sweep.state.geometry.kernel_size == (2, 2)
    assert "no room for <i>kernel</i> 3" in sweep.notice.value
    sweep.controls["padding"].value = 1
    assert sweep.controls["kernel"].max == 3 == sweep.controls["kernel"].value


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"channels": 5}, "`channels` of ChannelSweep must be from 1 to 4 here, got 5"),
        ({"kernels": 0}, "`kernels` of ChannelSweep must be from 1 to 4 here, got 0"),
        ({"input": 2, "kernel": 3}, "`kernel` of ChannelSweep must be from 1 to 2 here, got 3"),
        ({"step": 18}, "`step` of ChannelSweep must be from 0 to 17 here, got 18"),
    ],
)
def test_a_start_value_without_room_is_refused_with_its_range(settings, message):
    with pytest.raises(ValueError, match=message):
        ChannelSweep(**settings)


def test_the_step_runs_through_all_output_channels_stays_in_range_and_comes_back():
    sweep = ChannelSweep(kernels=4, step=35)
    assert (sweep.state.kernel, sweep.state.window.pixel) == (3, (2, 2))
    sweep.controls["kernels"].value = 1
    assert sweep.state.step == 8 == sweep.controls["step"].max
    sweep.controls["kernels"].value = 4
    assert sweep.state.step == 35


def test_a_click_goes_to_an_output_cell_of_any_channel_and_a_drag_turns():
    sweep = ChannelSweep(step=0)
    _, outputs = sweep.scene.stacks(sweep.state)
    sweep._pick(*outputs.cells(1)[4].mean(axis=0))
    assert sweep.state.step == 13
    sweep._pick(1.0, 1.0)
    assert sweep.state.step == 13
    sweep._turn(20, -30)
    assert (sweep.controls["azimuth"].value, sweep.controls["elevation"].value) == (35, 36)
    sweep._turn(360, 0)
    assert sweep.controls["azimuth"].value == -145


def test_the_products_behind_each_sum_are_shown_on_demand():
    explorer = ChannelSweep(channels=3, kernels=2, padding=1, products=True)
    for step in (0, 7, explorer.state.steps - 1):
        explorer.controls["step"].value = step
        tables = re.findall(r'convlab-products".*?</table>', explorer.details.value)
        patch, weight, partial, *_ = explorer.state.arithmetic
        assert len(tables) == 3
        for table, seen, slice_, sum_ in zip(tables, patch, weight, partial, strict=True):
            numbers = [float(n.replace("−", "-")) for n in re.findall(r">(−?[\d.]+)</td>", table)]
            by_loops = [
                (0 if np.isnan(seen[u, v]) else seen[u, v]) * slice_[u, v]
                for u, v in np.ndindex(seen.shape)
            ]
            assert numbers == by_loops
            assert sum(numbers) == sum_
    explorer.controls["products"].value = False
    sums = re.findall(r'convlab-products".*?</table>', explorer.details.value)
    assert [table.count("<td") for table in sums] == [1, 1, 1]
