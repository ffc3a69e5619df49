"""The whole network against a forward pass in loops, and its gradients against differences."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convlab.convnet import ConvNet
from convlab.convolution import conv2d_loops
from convlab.learning import softmax_cross_entropy
from convlab.numerical import numerical_gradient

PLANS = [
    ConvNet((2, 3)),
    ConvNet((2, 3), shrink="stride"),
    ConvNet((2,), relu=False, input_shape=(5, 7), classes=3),
    ConvNet([2, 2], kernel_size=(2, 3), shrink="stride", relu=False, input_shape=5),
]


def case(network, batch=2):
    """Pictures, labels, and weights with biases: nothing lies on a corner of ReLU or maximum."""
    rng = np.random.default_rng(3)
    weights = {name: rng.normal(scale=0.5, size=shape) for name, shape in network.shapes.items()}
    pictures = rng.normal(size=(batch, *network.input_shape))
    return pictures, rng.integers(network.classes, size=batch), weights


@pytest.mark.parametrize("network", PLANS, ids=str)
def test_every_gradient_equals_central_differences(network):
    pictures, labels, weights = case(network)

    def loss(weights=weights, pictures=pictures):
        return softmax_cross_entropy(network.forward(weights, pictures).scores, labels).loss

    maps = network.forward(weights, pictures)
    upstream = softmax_cross_entropy(maps.scores, labels).gradient
    found = network.backward(weights, maps, upstream)
    close = {"rtol": 1e-4, "atol": 1e-8}
    assert list(found.weights) == list(weights)
    for name, array in weights.items():
        expected = numerical_gradient(lambda v, name=name: loss({**weights, name: v}), array)
        assert_allclose(found.weights[name], expected, err_msg=name, **close)
    expected = numerical_gradient(lambda v: loss(pictures=v), pictures)
    assert_allclose(found.maps.pictures[:, 0], expected, **close)
    assert_array_equal(found.maps.scores, upstream)


@pytest.mark.parametrize("network", PLANS, ids=str)
def test_forward_is_what_loops_give(network):
    pictures, _, weights = case(network)
    maps = network.forward(weights, pictures)
    x = pictures[:, None]
    for number, layer in enumerate(maps.layers, start=1):
        convolved = conv2d_loops(
            x,
            weights[f"kernels {number}"],
            weights[f"bias {number}"],
            stride=1 if network.shrink == "pool" else 2,
            padding="same",
        )
        x = np.where(convolved > 0, convolved, 0) if network.relu else convolved
        assert_allclose(layer.convolved, convolved, atol=1e-12)
        assert_allclose(layer.activated, x, atol=1e-12)
        if network.shrink == "pool":
            rows, cols = (n // 2 for n in x.shape[2:])
            tiles = x[..., : 2 * rows, : 2 * cols].reshape(*x.shape[:2], rows, 2, cols, 2)
            x = tiles.max(axis=(3, 5))
        assert_allclose(layer.pooled, x, atol=1e-12)
        assert x.shape[2:] == network.map_shapes[number]
    for n, row in enumerate(x.reshape(len(x), -1)):
        expected = [sum(w * v for w, v in zip(ws, row, strict=True)) for ws in weights["dense"]]
        assert_allclose(maps.scores[n], np.array(expected) + weights["dense bias"])


@pytest.mark.parametrize("network", PLANS, ids=str)
def test_the_gradient_of_a_map_has_its_shape(network):
    pictures, _, weights = case(network)
    maps = network.forward(weights, pictures)
    gradients = network.backward(weights, maps, np.ones_like(maps.scores)).maps
    for layer, gradient in zip(maps.layers, gradients.layers, strict=True):
        assert [m.shape for m in layer] == [m.shape for m in gradient]
    assert gradients.pictures.shape == maps.pictures.shape


def test_the_gradient_of_a_map_says_what_moving_it_does():
    """A bias moves every cell of a convolved map by as much: their gradients sum to its own."""
    network = PLANS[0]
    pictures, _, weights = case(network)
    maps = network.forward(weights, pictures)
    found = network.backward(weights, maps, np.ones_like(maps.scores))
    for number, layer in enumerate(found.maps.layers, start=1):
        assert_allclose(layer.convolved.sum((0, 2, 3)), found.weights[f"bias {number}"])


def test_the_default_plan():
    network = ConvNet()
    assert network.shapes == {
        "kernels 1": (8, 1, 3, 3),
        "bias 1": (8,),
        "kernels 2": (16, 8, 3, 3),
        "bias 2": (16,),
        "dense": (10, 64),
        "dense bias": (10,),
    }
    assert network.map_shapes == ((8, 8), (4, 4), (2, 2))


def test_a_stride_halves_the_maps_as_a_pooling_does():
    assert ConvNet(shrink="stride").map_shapes == ConvNet().map_shapes


def test_without_relu_and_with_strides_the_network_is_linear():
    network = ConvNet(relu=False, shrink="stride")
    pictures, _, weights = case(network)
    weights |= {name: np.zeros(shape) for name, shape in network.shapes.items() if len(shape) == 1}
    one, two, both = (network.forward(weights, p).scores for p in (*pictures, pictures.sum(0)))
    assert_allclose(both, one + two)


def test_start_follows_its_seed_and_its_spread():
    network = ConvNet((40, 60))
    weights = network.start(seed=4)
    for name, array in network.start(seed=4).items():
        assert_array_equal(array, weights[name])
    assert (network.start(seed=5)["dense"] != weights["dense"]).any()
    assert weights["kernels 2"].std() == pytest.approx(np.sqrt(1 / 360), rel=0.05)
    assert not weights["bias 1"].any()


def test_nothing_is_changed_in_place():
    network = ConvNet()
    pictures, _, weights = case(network)
    for array in (pictures, *weights.values()):
        array.flags.writeable = False
    maps = network.forward(weights, pictures)
    for array in (maps.pictures, maps.scores, *(m for layer in maps.layers for m in layer)):
        array.flags.writeable = False
    network.backward(weights, maps, np.ones((2, 10)))


def test_one_picture_and_no_picture():
    network = ConvNet()
    pictures, _, weights = case(network)
    one = network.forward(weights, pictures[0])
    assert_allclose(one.scores, network.forward(weights, pictures).scores[:1])
    none = network.forward(weights, pictures[:0])
    assert none.scores.shape == (0, 10)
    found = network.backward(weights, none, none.scores)
    assert {name: g.shape for name, g in found.weights.items()} == network.shapes


NET = ConvNet((1,))
START = NET.start()
MAPS = NET.forward(START, np.zeros((8, 8)))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ConvNet(8), TypeError, "`kernels` must be a sequence of ints, got 8"),
        (lambda: ConvNet("ab"), TypeError, "`kernels` must be an int, got 'a'"),
        (lambda: ConvNet(()), ValueError, "`kernels` must name at least one layer, got none"),
        (lambda: ConvNet((8, 0)), ValueError, "`kernels` must be at least 1, got 0"),
        (lambda: ConvNet((1,) * 4), ValueError, r"`kernels` .* got 4 layers for \(8, 8\)"),
        (lambda: ConvNet(kernel_size=0), ValueError, "`kernel_size` must be at least 1"),
        (
            lambda: ConvNet(shrink="no"),
            ValueError,
            "`shrink` must be one of pool, stride, got 'no'",
        ),
        (lambda: ConvNet(input_shape=2.5), TypeError, "`input_shape` must be an int or a pair"),
        (lambda: ConvNet(classes=1), ValueError, "`classes` must be at least 2, got 1"),
        (lambda: NET.start(seed=-1), ValueError, "`seed` must be at least 0, got -1"),
        (
            lambda: NET.forward(START, np.zeros((8, 9))),
            ValueError,
            r"`pictures` must be \(8, 8\) in rows and columns, got shape \(8, 9\)",
        ),
        (
            lambda: NET.forward({}, np.zeros((8, 8))),
            ValueError,
            "`weights` must be named kernels 1",
        ),
        (
            lambda: NET.forward({**START, "dense": [1]}, np.zeros((8, 8))),
            ValueError,
            r'`weights\["dense"\]` must have the shape of the plan, \(10, 16\), got \(1,\)',
        ),
        (lambda: NET.backward(START, MAPS, [1]), ValueError, "`grad_scores` must have the shape"),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
