"""Fields of real networks on the photograph: where the frame is, and what is said of it."""

import re

import numpy as np
import pytest

from convlab import NETWORKS, conv2d, receptive_fields
from convlab.explore.receptive_field.network_field import NetworkField
from convlab.explore.receptive_field.network_field_numbers import (
    fields_of,
    map_shapes,
    nearest_unit,
    photograph,
)
from tests.strategies import oracle


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def box(collection, index=0):
    """Return left, top, right, bottom of a drawn box."""
    corners = collection.get_paths()[index].vertices
    return corners[:, 0].min(), corners[:, 1].max(), corners[:, 0].max(), corners[:, 1].min()


def test_it_opens_on_vgg_16_pool5_which_sees_212():
    """The number that the literature gives, on screen, with the stride of 32."""
    explorer = NetworkField()
    assert "of pool5 in VGG-16 sees 212 × 212 cells of the 224 × 224 input" in text(
        explorer.caption.value
    )
    assert re.search(
        r'convlab-current"><td>pool5</td><td>2</td><td>2</td><td>212</td><td>32</td>',
        explorer.details.value,
    )


@pytest.mark.parametrize(("name", "size"), [("ResNet-50", 483), ("ResNet-50 v1.5", 427)])
def test_the_two_resnets_differ(name, size):
    """483 for the original, 427 with the stride on the 3×3, each with the reason beside it."""
    explorer = NetworkField(network=name, layer=50)
    assert f"could see {size} × {size} cells" in text(explorer.caption.value)
    assert NETWORKS[name].note in explorer.details.value


@pytest.mark.parametrize("name", NETWORKS)
def test_map_shapes_are_those_that_conv2d_gives(name):
    """A blank input is sent through every layer by `conv2d`."""
    x = np.zeros(NETWORKS[name].input_shape)
    for layer, shape in zip(NETWORKS[name], map_shapes(name), strict=True):
        x = conv2d(x, np.ones(layer.kernel_size), stride=layer.stride, padding=layer.padding)
        assert x.shape == shape


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("place", [(0, 0), (100.0, 3.0), (17.5, 111.0)])
def test_the_nearest_unit_is_the_nearest_of_all(name, place):
    """Found again by trying every unit."""
    for layer, (field, shape) in enumerate(zip(fields_of(name), map_shapes(name), strict=True)):
        for axis, unit in enumerate(nearest_unit(name, layer, place)):
            every = np.arange(shape[axis]) * field.stride[axis] - field.padding[axis]
            away = np.abs(every + field.size[axis] / 2 - place[axis])
            assert away[unit] == pytest.approx(away.min())


def test_the_frame_lies_on_the_input_where_the_region_is():
    """Measured against the photograph's border, in input cells."""
    explorer = NetworkField(network="AlexNet", layer=3, place=(20, 70))
    left, top, right, bottom = box(explorer.scene._border)
    scale = (right - left) / 227
    rows, cols = explorer.state.region
    found = box(explorer.scene._frame)
    expected = (left + scale * cols[0], top - scale * rows[0])
    assert found[:2] == pytest.approx(expected)
    assert found[2:] == pytest.approx((left + scale * cols[1], top - scale * rows[1]))
    assert (top - bottom) == pytest.approx(scale * 227)


@pytest.mark.parametrize("place", [(0, 0), (50, 50), (100, 0)])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_frame_is_whole_inside_the_picture(name, place):
    """However far a field leaves the input, its frame is not cut off."""
    explorer = NetworkField(network=name, place=place)
    for layer in range(1, len(NETWORKS[name]) + 1, 5):
        explorer.controls["layer"].value = layer
        left, top, right, bottom = box(explorer.scene._frame)
        assert min(left, bottom) >= 4
        assert right <= explorer.scene.width - 4
        assert top <= explorer.scene.height - 28


def test_what_lies_beyond_the_border_is_counted_as_cells():
    """The share in the caption, by counting the cells of the region that are no input."""
    state = NetworkField(network="AlexNet", layer=8, place=(0, 0)).state
    inside = sum(
        0 <= row < 227 and 0 <= col < 227
        for row in range(*state.region[0])
        for col in range(*state.region[1])
    )
    assert state.share_inside == pytest.approx(inside / 195**2)


def test_a_click_on_the_photograph_chooses_the_place():
    """In percent, and not beyond the photograph."""
    explorer = NetworkField(layer=3)
    left, top, right, bottom = box(explorer.scene._border)
    spot = left + 0.25 * (right - left), top - 0.75 * (top - bottom)
    assert explorer.scene.pick(explorer.state, spot) == {"place": (75, 25)}
    assert explorer.scene.pick(explorer.state, (0, 0)) == {"place": (100, 0)}
    explorer._pick(*spot)
    assert explorer.controls["place"].value == explorer.state.place == (75, 25)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_table_follows_the_layer_and_agrees_with_the_recurrence(name):
    """Every layer is in the table when it is chosen, in bold, with its field."""
    explorer = NetworkField(network=name)
    for position, field in enumerate(receptive_fields(NETWORKS[name])):
        explorer.controls["layer"].value = position + 1
        current = re.search(r'convlab-current">(.*?)</tr>', explorer.details.value).group(1)
        cells = re.findall(r"<td>(.*?)</td>", current)
        assert cells[0] == NETWORKS[name][position].name
        assert [int(n) for n in cells[3:]] == [field.size[0], field.stride[0], field.padding[0]]


@pytest.mark.parametrize(
    ("name", "published"), [("AlexNet", "alexnet_v2"), ("VGG-11", "vgg_a"), ("VGG-16", "vgg_16")]
)
def test_the_last_row_shows_the_published_numbers(name, published):
    """Size, stride and padding of pool5, from the table of google-research/receptive_field."""
    expected = oracle("receptive_fields")["networks"][published][-1]
    assert expected["endpoint"].endswith("pool5")
    explorer = NetworkField(network=name, layer=len(NETWORKS[name]))
    *_, size, stride, padding = map(int, re.findall(r"<td>(\d+)</td>", explorer.details.value))
    assert [size, stride, padding] == [expected[n] for n in ("rf", "stride", "padding")]


@pytest.mark.parametrize("size", [32, 224, 227])
def test_the_photograph_has_the_size_of_the_input(size):
    """Square, in colour, in eight bits."""
    picture = photograph(size)
    assert picture.shape == (size, size, 3)
    assert picture.dtype == np.uint8
    assert picture.std() > 30


@pytest.mark.parametrize("network", ["ResNet-50", "VGG-16"])
@pytest.mark.parametrize(("layer", "place"), [(14, (0, 0)), (14, (50, 100)), (5, (30, 60))])
def test_what_is_dimmed_and_what_lies_beyond_meet_at_the_frame_without_overlap(
    network, layer, place
):
    """By area, in input cells: the dimmed part and the field's part inside make up the input."""
    explorer = NetworkField(network=network, layer=layer, place=place)
    scene, state = explorer.scene, explorer.state
    left, _, right, _ = box(scene._border)
    cell = ((right - left) / 224) ** 2

    def cells(collection):
        boxes = [box(collection, index) for index in range(len(collection.get_paths()))]
        return sum((b[2] - b[0]) * (b[1] - b[3]) for b in boxes) / cell

    (top, bottom), (first, end) = state.region
    inside = [
        [0 <= row < 224 and 0 <= col < 224 for col in range(first, end)]
        for row in range(top, bottom)
    ]
    assert cells(scene._dim) == pytest.approx(224**2 - np.sum(inside))
    assert cells(scene._beyond) == pytest.approx(np.size(inside) - np.sum(inside))


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"layer": 6}, "`layer` .* must be from 1 to 5 here, got 6"),
        ({"layer": 0}, "`layer` .* must be from 1 to 5 here, got 0"),
        ({"place": (-5, 40)}, r"`place` .* must be from \(0, 0\) to \(100, 100\) here, got"),
    ],
)
def test_start_values_beyond_a_range_are_refused(settings, rule):
    """A layer that is not there, a place off the photograph."""
    with pytest.raises(ValueError, match=rule):
        NetworkField(network="LeNet-5", **settings)


def test_the_layer_yields_to_a_shallow_network_and_comes_back():
    """LeNet-5 has five layers; the way back leads to pool5 again."""
    explorer = NetworkField()
    explorer.controls["network"].value = "LeNet-5"
    assert explorer.controls["layer"].value == 5
    assert "no room for <i>layer</i> 18 now: it is 5" in explorer.notice.value
    explorer.controls["network"].value = "VGG-16"
    assert explorer.state.name == "pool5"
