"""What a network costs, against published counts and against plain counting."""

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.costs import layer_costs
from convlab.layers import Layer
from convlab.networks import NETWORKS

VGG_CHANNELS = [64, 64, None, 128, 128, None, *[256] * 3, None, *[512] * 3, None, *[512] * 3, None]


def test_vgg_16_has_the_published_number_of_parameters():
    """14,714,688 without its top (Keras), 138,357,544 with its three dense layers (torchvision)."""
    costs = layer_costs(NETWORKS["VGG-16"], VGG_CHANNELS, 224)
    convolutions = sum(cost.parameters for cost in costs)
    assert convolutions == 14_714_688
    last = costs[-1].activations
    assert last == 512 * 7 * 7
    dense = (last + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 1000
    assert convolutions + dense == 138_357_544


def test_vgg_16_multiplies_as_often_as_published():
    """30.71 billion operations, an addition to each multiplication (google-research)."""
    costs = layer_costs(NETWORKS["VGG-16"], VGG_CHANNELS, 224)
    convolutions = sum(cost.multiplications for cost in costs)
    assert 2 * convolutions == pytest.approx(30.71e9, rel=0.002)


def test_alexnet_without_groups_has_the_published_number_of_parameters():
    """62,378,344 with its three dense layers: S. Mallick, learnopencv.com, layer by layer."""
    channels = [96, None, 256, None, 384, 384, 256, None]
    costs = layer_costs(NETWORKS["AlexNet"], channels, 227)
    convolutions = [cost.parameters for cost in costs if cost.parameters]
    assert convolutions == [34_944, 614_656, 885_120, 1_327_488, 884_992]
    assert costs[-1].output_shape == (256, 6, 6)
    dense = (9216 + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 1000
    assert sum(convolutions) + dense == 62_378_344


def test_counts_are_those_of_the_arrays():
    layers = [Layer((3, 2), stride=(2, 1), padding=1, name="a"), Layer(2, stride=2), Layer(1)]
    costs = layer_costs(layers, [5, None, 4], (9, 8), channels_in=2, bias=False)
    x, weight = np.ones((2, 9, 8)), np.ones((5, 2, 3, 2))
    y = conv2d(x, weight, stride=(2, 1), padding=1)
    assert costs[0].output_shape == y.shape
    assert costs[0].parameters == weight.size
    assert costs[0].multiplications == y.size * weight[0].size
    assert costs[0].activations == y.size
    assert [cost.output_shape for cost in costs[1:]] == [(5, 2, 4), (4, 2, 4)]
    assert [cost.parameters for cost in costs[1:]] == [0, 20]
    assert costs[2].multiplications == 20 * 8


def test_a_bias_is_one_number_per_kernel():
    (with_bias,), (without,) = (
        layer_costs([Layer(3)], [7], 5, channels_in=1, bias=bias) for bias in (True, False)
    )
    assert with_bias.parameters - without.parameters == 7


@pytest.mark.parametrize(
    ("channels", "shape", "options", "error", "message"),
    [
        (
            [1, 2],
            5,
            {},
            ValueError,
            "`channels` must have one entry for each of the 1 layers, got 2",
        ),
        ([0], 5, {}, ValueError, "`channels` must be at least 1, got 0"),
        ([1.5], 5, {}, TypeError, "`channels` must be an int, got 1.5"),
        ([4], 2, {}, ValueError, "`kernel_size` does not fit"),
        ([4], 5, {"channels_in": 0}, ValueError, "`channels_in` must be at least 1, got 0"),
    ],
)
def test_a_bad_argument_is_named(channels, shape, options, error, message):
    with pytest.raises(error, match=message):
        layer_costs([Layer(3)], channels, shape, **options)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([Layer(3), 3], "`layers` must hold only Layer, got 3 at position 1"),
        (3, "`layers` must be a sequence of Layer, got 3"),
    ],
)
def test_what_is_no_layer_is_named(layers, message):
    with pytest.raises(TypeError, match=message):
        layer_costs(layers, [1, 1], 5)


def test_a_layer_on_an_input_keeps_all_that_it_is():
    layer = Layer((2, 3), stride=(3, 2), padding=((1, 0), (2, 1)), dilation=(2, 1))
    x, weight = np.ones((7, 9)), np.ones((2, 3))
    y = conv2d(x, weight, stride=(3, 2), padding=((1, 0), (2, 1)), dilation=(2, 1))
    geometry = layer.on((7, 9))
    assert geometry.input_shape == (7, 9)
    assert geometry.output_shape == y.shape == (2, 5)
    # The windows are those of the convolution: each first one, counted by hand.
    assert geometry.window(6) == ((1, 1), range(3, 6, 2), range(2, 5))
