"""A batch without an image is a batch: every function gives an empty result of the right shape."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convlab import (
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    conv2d_backward,
    conv2d_bias_grad,
    conv2d_input_grad,
    conv2d_loops,
    conv2d_weight_grad,
    conv_transpose2d,
    max_pool2d,
    max_pool2d_backward,
    max_unpool2d,
)

LAYOUT = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2)}
BANKS = [((1, 1, 2, 3), 1), ((4, 2, 2, 3), 1), ((4, 1, 2, 3), 2), ((2, 1, 2, 3), 2)]


@pytest.mark.parametrize(("bank", "groups"), BANKS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_convolution_of_no_images(bank, groups, dtype):
    weight, layout = np.ones(bank, dtype), {**LAYOUT, "groups": groups}
    one = np.ones((1, groups * bank[1], 5, 6), dtype)
    expected = conv2d(one, weight, **layout)[:0]
    for convolve in (conv2d, conv2d_loops):
        y = convolve(one[:0], weight, np.ones(bank[0]), **layout)
        assert_array_equal(y, expected, strict=True)


@pytest.mark.parametrize(("bank", "groups"), BANKS)
def test_no_images_move_no_weight(bank, groups):
    weight, layout = np.ones(bank), {**LAYOUT, "groups": groups}
    x = np.ones((0, groups * bank[1], 5, 6))
    y = conv2d(x, weight, **layout)
    gradients = conv2d_backward(y, x, weight, **layout)
    assert_array_equal(gradients.x, x, strict=True)
    assert_array_equal(gradients.weight, np.zeros(bank), strict=True)
    assert_array_equal(gradients.bias, np.zeros(bank[0]), strict=True)
    assert_array_equal(conv2d_input_grad(y, weight, (5, 6), **layout), x, strict=True)
    assert_array_equal(conv2d_weight_grad(y, x, bank[2:], **layout), np.zeros(bank), strict=True)
    assert_array_equal(conv2d_bias_grad(y), np.zeros(bank[0]), strict=True)


def test_a_transposed_convolution_of_no_images():
    y = conv_transpose2d(np.ones((0, 4, 3, 2)), np.ones((4, 3, 2, 2)), [1, 2, 3, 4, 5, 6], groups=2)
    assert y.shape == (0, 6, 4, 3)


@pytest.mark.parametrize(
    ("pool", "backward"),
    [(max_pool2d, max_pool2d_backward), (avg_pool2d, avg_pool2d_backward)],
)
def test_pooling_of_no_images(pool, backward):
    x = np.ones((0, 3, 5, 6), np.float32)
    y = pool(x, 2, padding=1)
    assert_array_equal(y, np.ones((0, 3, 3, 4), np.float32), strict=True)
    assert_array_equal(backward(y, x, 2, padding=1), x, strict=True)


def test_unpooling_of_no_images():
    x = np.ones((0, 3, 5, 6), np.float32)
    y, winners = max_pool2d(x, 2, return_indices=True)
    assert_array_equal(max_unpool2d(y, winners, (5, 6)), x, strict=True)


@pytest.mark.parametrize("shape", [(0, 0, 4, 4), (2, 0, 4, 4), (2, 1, 0, 4), (0, 4, 4), (0, 4)])
@pytest.mark.parametrize(
    "call",
    [
        lambda x: conv2d(x, np.ones((1, 1, 2, 2) if x.ndim > 2 else (2, 2))),
        lambda x: conv_transpose2d(x, np.ones((1, 1, 2, 2) if x.ndim > 2 else (2, 2))),
        lambda x: max_pool2d(x, 2),
        lambda x: avg_pool2d(x, 2),
    ],
)
def test_only_the_batch_may_be_empty(call, shape):
    with pytest.raises(ValueError, match=r"`x` must not be empty, got shape \("):
        call(np.ones(shape))


def test_a_bank_of_no_kernels_is_refused():
    with pytest.raises(ValueError, match="`weight` must not be empty"):
        conv2d(np.ones((1, 2, 4, 4)), np.ones((0, 2, 2, 2)))
