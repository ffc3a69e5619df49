"""Groups: each part of the channels is a convolution of its own, and nothing crosses over."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal
from scipy.linalg import block_diag
from scipy.signal import correlate2d

from convlab import (
    conv2d,
    conv2d_backward,
    conv2d_input_grad,
    conv2d_loops,
    conv2d_weight_grad,
    conv_matrix,
    numerical_gradient,
)
from tests.strategies import grouped

RNG = np.random.default_rng(0)


def parts(x, weight, groups):
    """Pair the channels of each group with its kernels."""
    return zip(np.split(x, groups, axis=-3), np.split(weight, groups), strict=True)


@given(grouped())
def test_each_group_is_a_convolution_of_its_own(case):
    x, weight, bias, layout = case
    groups = layout.pop("groups")
    alone = [conv2d(part, kernels, **layout) for part, kernels in parts(x, weight, groups)]
    expected = np.concatenate(alone, axis=-3) + bias.reshape(-1, 1, 1)
    for convolve in (conv2d, conv2d_loops):
        y = convolve(x, weight, bias, **layout, groups=groups)
        assert y.shape == expected.shape
        assert_allclose(y, expected, atol=1e-12)


def test_the_third_kernel_of_four_reads_the_second_half_of_the_channels():
    x = RNG.normal(size=(6, 5, 6))
    weight = RNG.normal(size=(4, 3, 2, 3))
    expected = sum(correlate2d(x[3 + d], weight[2, d], "valid") for d in range(3))
    assert_allclose(conv2d(x, weight, groups=2)[2], expected)
    assert_allclose(conv2d_loops(x, weight, groups=2)[2], expected)


def test_a_depthwise_convolution_filters_each_channel_alone():
    x, weight = RNG.normal(size=(2, 3, 7, 6)), RNG.normal(size=(3, 1, 2, 3))
    y = conv2d(x, weight, stride=2, groups=3)
    for image, filtered in zip(x, y, strict=True):
        for channel, kernel, result in zip(image, weight[:, 0], filtered, strict=True):
            assert_allclose(result, correlate2d(channel, kernel, "valid")[::2, ::2])


@given(grouped())
def test_the_matrix_is_made_of_one_block_per_group(case):
    x, weight, _, layout = case
    groups = layout.pop("groups")
    shape = x.shape[-2:]
    blocks = [conv_matrix(kernels, shape, **layout) for kernels in np.split(weight, groups)]
    matrix = conv_matrix(weight, shape, **layout, groups=groups)
    assert_array_equal(matrix, block_diag(*blocks))
    sparse = conv_matrix(weight, shape, **layout, groups=groups, sparse=True)
    assert_array_equal(sparse.toarray(), matrix)
    y = conv2d(x, weight, **layout, groups=groups)
    assert_allclose(x.reshape(-1, matrix.shape[1]) @ matrix.T, y.reshape(-1, len(matrix)))


@given(grouped())
def test_the_input_gradient_is_the_transposed_matrix_times_the_output_gradient(case):
    x, weight, _, layout = case
    g = RNG.normal(size=conv2d(x, weight, **layout).shape)
    matrix = conv_matrix(weight, x.shape[-2:], **layout)
    gradient = conv2d_input_grad(g, weight, x.shape[-2:], **layout)
    assert gradient.shape == x.shape
    assert_allclose(gradient.ravel(), (g.reshape(-1, len(matrix)) @ matrix).ravel(), atol=1e-12)


@given(grouped())
def test_every_gradient_equals_central_differences(case):
    x, weight, bias, layout = case
    g = RNG.normal(size=conv2d(x, weight, **layout).shape)
    gradients = conv2d_backward(g, x, weight, **layout)

    def loss(x=x, weight=weight, bias=bias):
        return float((conv2d(x, weight, bias, **layout) * g).sum())

    close = {"rtol": 1e-5, "atol": 1e-6}
    if x.size <= 150:
        assert_allclose(gradients.x, numerical_gradient(lambda v: loss(x=v), x), **close)
    assert_allclose(gradients.weight, numerical_gradient(lambda v: loss(weight=v), weight), **close)
    assert_allclose(gradients.bias, numerical_gradient(lambda v: loss(bias=v), bias), **close)
    assert_array_equal(
        conv2d_weight_grad(g, x, weight.shape[-2:], **layout), gradients.weight, strict=True
    )


X, BANK, G = np.ones((4, 5, 5)), np.ones((6, 2, 3, 3)), np.ones((6, 3, 3))


@pytest.mark.parametrize("convolve", [conv2d, conv2d_loops])
@pytest.mark.parametrize(
    ("channels", "kernels", "groups", "error", "message"),
    [
        (4, (6, 2), 0, ValueError, "`groups` must be at least 1, got 0"),
        (4, (6, 2), 2.0, TypeError, "`groups` must be an int, got 2.0"),
        (4, (6, 2), True, TypeError, "`groups` must be an int, got True"),
        (4, (6, 2), 3, ValueError, "`groups` must divide the input channels, 4, got 3"),
        (4, (5, 2), 2, ValueError, "`groups` must divide the output channels, 5, got 2"),
        (4, (6, 4), 2, ValueError, "a group of `x`: got 4 in `weight`, 4 in `x` in 2 groups"),
        (4, (6, 2), 1, ValueError, "as many input channels as `x`: got 2 in `weight`, 4 in `x`$"),
    ],
)
def test_groups_that_do_not_fit_are_named(convolve, channels, kernels, groups, error, message):
    x, weight = np.ones((channels, 4, 4)), np.ones((*kernels, 2, 2))
    with pytest.raises(error, match=message):
        convolve(x, weight, groups=groups)
    with pytest.raises(error, match=message):
        conv2d_backward(np.ones((kernels[0], 3, 3)), x, weight, groups=groups)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv2d_input_grad(G, BANK, 5, groups=4), "divide the output channels, 6, got 4"),
        (lambda: conv2d_weight_grad(G, X, 3, groups=3), "divide the input channels, 4, got 3"),
        (lambda: conv2d_weight_grad(G, X, 3, groups=4), "divide the output channels, 6, got 4"),
        (lambda: conv_matrix(BANK, 5, groups=4), "divide the output channels, 6, got 4"),
        (lambda: conv_matrix([[1]], 5, groups=2), "divide the output channels, 1, got 2"),
        (lambda: conv2d(X[0], BANK[0, 0], groups=2), "divide the input channels, 1, got 2"),
    ],
)
def test_every_function_checks_its_groups(call, message):
    with pytest.raises(ValueError, match=message):
        call()
