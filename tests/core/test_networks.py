"""The table of well-known networks, against what their papers and a published table say."""

import pytest

from convlab.geometry import Geometry, same_padding
from convlab.networks import NETWORKS
from convlab.receptive_field import Layer, receptive_field, receptive_fields
from tests.strategies import oracle

NAMES = {"alexnet_v2": "AlexNet", "vgg_a": "VGG-11", "vgg_16": "VGG-16"}
ENDPOINTS = [
    pytest.param(NAMES[network], row, id=row["endpoint"])
    for network, rows in oracle("receptive_fields")["networks"].items()
    for row in rows
]

# The rows of the oracle's source, RECEPTIVE_FIELD_TABLE.md, at resolution 224: (size, padding).
# Its ResNet strides at the end of a block instead of the start, so only size and padding compare.
MOBILENET_V1 = [
    *((3, 0), (7, 2), (11, 2), (19, 6), (27, 6), (43, 14), (59, 14)),
    *((91, 30), (123, 46), (155, 62), (187, 78), (219, 94), (251, 94), (315, 126)),
]
RESNET_V1_50 = [(35, 15), (99, 47), (291, 143), (483, 239)]
STAGE_ENDS = ["conv2_3c", "conv3_4c", "conv4_6c", "conv5_3c"]


def fields_by_name(name):
    network = NETWORKS[name]
    return {
        layer.name: field for layer, field in zip(network, receptive_fields(network), strict=True)
    }


def maps(network):
    """Sizes of the maps behind each layer at the network's own input size."""
    shapes = [network.input_shape]
    for layer in network:
        layout = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
        shapes.append(Geometry(shapes[-1], layer.kernel_size, **layout).output_shape)
    return shapes[1:]


@pytest.mark.parametrize(("name", "row"), ENDPOINTS)
def test_every_published_endpoint_agrees(name, row):
    field = fields_by_name(name)[row["endpoint"].split("/")[-1]]
    for axis in (0, 1):
        assert field.size[axis] == row["rf"]
        assert field.stride[axis] == row["stride"]
        assert field.padding[axis] == row["padding"]


def test_mobilenet_agrees_with_the_published_table():
    fields = fields_by_name("MobileNet v1")
    ends = ["conv1", *(f"pointwise{block}" for block in range(1, 14))]
    assert [(fields[end].size[0], fields[end].padding[0]) for end in ends] == MOBILENET_V1
    assert fields["pointwise13"].stride == (32, 32)


def test_the_original_resnet_50_sees_483():
    fields = fields_by_name("ResNet-50")
    found = [(fields[end].size[0], fields[end].padding[0]) for end in STAGE_ENDS]
    assert found == RESNET_V1_50


def test_resnet_50_v1_5_sees_427_around_its_centre():
    """Published at the end of each stage in the table of gist samson-wang/a6073c18."""
    fields = fields_by_name("ResNet-50 v1.5")
    assert [fields[end].size[1] for end in STAGE_ENDS] == [35, 91, 267, 427]
    assert all(2 * field.padding[0] + 1 == field.size[0] for field in fields.values())


def test_the_variants_of_resnet_differ_only_in_stride_and_pooling():
    pairs = list(zip(NETWORKS["ResNet-50"], NETWORKS["ResNet-50 v1.5"], strict=True))
    assert all(one.kernel_size == other.kernel_size for one, other in pairs)
    moved = [one.name for one, other in pairs if one.stride != other.stride]
    assert moved == ["conv3_1a", "conv3_1b", "conv4_1a", "conv4_1b", "conv5_1a", "conv5_1b"]


def test_lenet_sees_its_whole_input():
    network = NETWORKS["LeNet-5"]
    assert receptive_field(network).region(0, 0) == ((0, 32), (0, 32))


def test_reading_the_layers_backwards_is_the_slip_that_gives_308():
    """VGG-16 sees 212. The forward formula over the reversed layers is simply wrong."""
    network = NETWORKS["VGG-16"]
    assert receptive_field(network).size == (212, 212)
    assert receptive_field(reversed(network)).size == (308, 308)


@pytest.mark.parametrize("name", ["ResNet-50", "ResNet-50 v1.5"])
def test_a_shortcut_sees_less_inside_the_same_field(name):
    """Any one block replaced by its 1×1 shortcut, at several units."""
    network = NETWORKS[name]
    for start in range(2, len(network), 3):
        block = network[start : start + 3]
        shortcut = Layer(1, stride=max(layer.stride[0] for layer in block))
        short = receptive_field((*network[:start], shortcut, *network[start + 3 :]))
        for unit in (0, 1, 6):
            (inner_top, inner_bottom), _ = short.region(unit, unit)
            (top, bottom), _ = receptive_field(network).region(unit, unit)
            assert top < inner_top < inner_bottom < bottom


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("LeNet-5", [28, 14, 10, 5, 1]),
        ("AlexNet", [55, 27, 27, 13, 13, 13, 13, 6]),
        ("VGG-11", [224, 112, 112, 56, 56, 56, 28, 28, 28, 14, 14, 14, 7]),
        ("VGG-16", [224] * 2 + [112] * 3 + [56] * 4 + [28] * 4 + [14] * 4 + [7]),
        ("ResNet-50", [112] + [56] * 10 + [28] * 12 + [14] * 18 + [7] * 9),
        ("ResNet-50 v1.5", [112] + [56] * 11 + [28] * 12 + [14] * 18 + [7] * 8),
        ("MobileNet v1", [112] * 3 + [56] * 4 + [28] * 4 + [14] * 12 + [7] * 4),
    ],
)
def test_the_maps_have_the_sizes_of_the_paper(name, sizes):
    assert maps(NETWORKS[name]) == [(size, size) for size in sizes]


@pytest.mark.parametrize(
    ("name", "convolutions", "poolings"),
    [
        ("LeNet-5", 3, 2),
        ("AlexNet", 5, 3),
        ("VGG-11", 8, 5),
        ("VGG-16", 13, 5),
        ("ResNet-50", 49, 1),
        ("ResNet-50 v1.5", 49, 1),
        ("MobileNet v1", 27, 0),
    ],
)
def test_the_layers_are_as_many_as_the_name_says(name, convolutions, poolings):
    """VGG-16 counts 13 convolutions and 3 fully connected layers, ResNet-50 49 and 1."""
    names = [layer.name for layer in NETWORKS[name]]
    pools = [layer for layer in names if layer.startswith(("pool", "S"))]
    assert (len(names) - len(pools), len(pools)) == (convolutions, poolings)


def test_mobilenet_is_padded_as_tensorflow_does():
    network = NETWORKS["MobileNet v1"]
    inputs = [network.input_shape, *maps(network)]
    for (rows, cols), layer in zip(inputs, network, strict=False):
        settings = {"kernel_size": layer.kernel_size[0], "stride": layer.stride[0]}
        assert layer.padding == (same_padding(rows, **settings), same_padding(cols, **settings))


def test_the_first_pooling_of_resnet_rounds_up():
    assert NETWORKS["ResNet-50"][1].padding == ((0, 1), (0, 1))
    assert NETWORKS["ResNet-50 v1.5"][1].padding == ((1, 1), (1, 1))


@pytest.mark.parametrize("name", NETWORKS)
def test_each_network_has_its_name_its_source_and_named_layers(name):
    network = NETWORKS[name]
    names = [layer.name for layer in network]
    assert network.name == name
    assert any(year in network.source for year in ("1998", "2012", "2015", "2016", "2017"))
    assert all(names)
    assert len(set(names)) == len(names)


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError, match="does not support item assignment"):
        NETWORKS["mine"] = NETWORKS["VGG-16"]


def test_a_network_is_a_sequence_of_layers():
    network = NETWORKS["AlexNet"]
    assert len(network) == len(list(network)) == 8
    assert network[0].name == "conv1"
    assert network[-1].name == "pool5"
    assert [layer.name for layer in network[2:4]] == ["conv2", "pool2"]
    assert network[3] in network
    assert receptive_field(network[:2]).size == (19, 19)


def test_its_repr_leaves_the_layers_out():
    assert "kernel_size" not in repr(NETWORKS["ResNet-50"])
