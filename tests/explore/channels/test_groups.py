"""The groups' explorer: counts that are sizes of arrays, and groups that divide."""

import re

import numpy as np
import pytest

from convlab.explore import Groups


def plain_text(html):
    return re.sub("<[^>]*>", " ", html)


@pytest.mark.parametrize(
    "settings",
    [{}, {"groups": 1}, {"inputs": 8, "groups": 8, "kernel": 5}, {"inputs": 3, "outputs": 2}],
)
def test_the_counts_are_the_sizes_of_the_weights(settings):
    settings = {"groups": 1, **settings} if settings.get("inputs") == 3 else settings
    groups = Groups(**settings)
    state, k = groups.state, groups.state.kernel
    sizes = {
        "ordinary": np.empty((state.outputs, state.inputs, k, k)).size,
        "depthwise": np.empty((state.inputs, 1, k, k)).size,
        "1 × 1": np.empty((state.outputs, state.inputs, 1, 1)).size,
    }
    table = [re.findall(r"<td>(.*?)</td>", row) for row in groups.details.value.split("<tr>")]
    rows = {row[0]: row[-1] for row in table if row}
    assert {name: int(rows[name]) for name in sizes} == sizes
    assert int(rows["both"]) == sizes["depthwise"] + sizes["1 × 1"]
    thin = np.empty((state.outputs, state.inputs // state.groups, k, k)).size
    assert f"{thin} weights" in groups.caption.value


def test_only_groups_that_divide_both_counts_are_offered():
    groups = Groups(inputs=6, outputs=4)
    assert groups.controls["groups"].options == (("1", 1), ("2", 2))
    groups.controls["outputs"].value = 6
    assert groups.controls["groups"].options == tuple((str(n), n) for n in (1, 2, 3, 6))
    groups.controls["groups"].value = 6
    groups.controls["inputs"].value = 3
    assert ("6", 6) not in groups.controls["groups"].options
    assert (str(groups.state.groups), groups.state.groups) in groups.controls["groups"].options


def test_groups_that_do_not_divide_are_refused():
    with pytest.raises(ValueError, match="`groups` of Groups cannot be 3; choose from 1, 2, 4"):
        Groups(groups=3)


def test_the_caption_says_which_channels_are_read():
    text = plain_text(Groups(output=5).caption.value)
    assert "input channels 2 and 3" in text
    depthwise = Groups(inputs=8, outputs=8, groups=8, output=5).caption.value
    assert "depthwise convolution" in depthwise
    assert "input channel 5" in plain_text(depthwise)
    assert "ordinary" in Groups(groups=1).caption.value


def test_the_output_channel_that_is_looked_at_exists():
    groups = Groups(output=7)
    groups.controls["outputs"].value = 3
    assert groups.state.output == 2
    groups.controls["outputs"].value = 8
    assert groups.state.output == 7


def test_groups_come_back_when_they_divide_again():
    groups = Groups()
    groups.controls["outputs"].value = 7
    assert groups.state.groups == 1
    assert "no room for <i>groups</i> 2" in groups.notice.value
    groups.controls["outputs"].value = 8
    assert groups.state.groups == 2


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"inputs": 0}, "`inputs` of Groups must be from 1 to 8 here, got 0"),
        ({"outputs": 9}, "`outputs` of Groups must be from 1 to 8 here, got 9"),
        ({"outputs": 4, "output": 4}, "`output` of Groups must be from 0 to 3 here, got 4"),
    ],
)
def test_a_start_value_without_room_is_refused_with_its_range(settings, message):
    with pytest.raises(ValueError, match=message):
        Groups(**settings)


def test_the_panel_says_what_the_groups_save():
    text = plain_text(Groups().details.value)
    assert "2 groups" in text.split("ordinary")[0]
    assert "2 groups need 1/2 of the weights: 288 ÷ 2 = 144." in text.replace("  ", " ")
    one = plain_text(Groups(groups=1).details.value)
    assert "1 group " in one.split("ordinary")[0]
    assert "Every kernel spans all input channels." in one


def test_as_many_groups_as_channels_with_more_outputs_are_several_kernels_a_channel():
    """4 → 8 channels in 4 groups: 72 weights, twice those of one kernel a channel."""
    groups = Groups(inputs=4, outputs=8, groups=4)
    assert "a depthwise convolution with 2 kernels a channel" in plain_text(groups.caption.value)
    assert groups.state.weights == np.empty((8, 1, 3, 3)).size == 72
    assert "4 × 1 × 3²" in groups.details.value  # the table's row: one kernel a channel
