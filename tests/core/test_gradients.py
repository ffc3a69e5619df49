"""Each gradient against C̃ᵀ, central differences, and its formula as a convolution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.convolution import conv2d, flip
from convlab.geometry import Geometry
from convlab.gradients import (
    conv2d_backward,
    conv2d_bias_grad,
    conv2d_input_grad,
    conv2d_weight_grad,
    numerical_gradient,
)
from convlab.matrix import conv_matrix
from tests.strategies import operands, pairs


def upstream(x, weight, layout):
    """Some gradient of the output's shape."""
    y = conv2d(x, weight, **layout)
    return np.random.default_rng(y.size).normal(size=y.shape)


@given(operands())
def test_input_gradient_is_the_transposed_matrix_times_the_output_gradient(case):
    x, weight, _, layout = case
    g = upstream(x, weight, layout)
    matrix = conv_matrix(weight, x.shape[-2:], **layout)
    expected = g.reshape(-1, len(matrix)) @ matrix
    gradient = conv2d_input_grad(g, weight, x.shape[-2:], **layout)
    assert gradient.shape == x.shape
    assert_allclose(gradient, expected.reshape(x.shape), atol=1e-12)


@given(operands())
def test_every_gradient_equals_central_differences(case):
    x, weight, bias, layout = case
    g = upstream(x, weight, layout)
    gradients = conv2d_backward(g, x, weight, **layout)

    def loss(x=x, weight=weight, bias=bias):
        return float((conv2d(x, weight, bias, **layout) * g).sum())

    close = {"rtol": 1e-5, "atol": 1e-6}
    if x.size <= 150:
        assert_allclose(gradients.x, numerical_gradient(lambda v: loss(x=v), x), **close)
    assert_allclose(gradients.weight, numerical_gradient(lambda v: loss(weight=v), weight), **close)
    assert_allclose(gradients.bias, numerical_gradient(lambda v: loss(bias=v), bias), **close)


@given(operands())
def test_weight_gradient_is_the_pairing_with_every_unit_kernel(case):
    x, weight, _, layout = case
    g = upstream(x, weight, layout)
    gradient = conv2d_weight_grad(g, x, weight.shape[-2:], **layout)
    assert gradient.shape == weight.shape
    for index in np.ndindex(weight.shape):
        unit = np.zeros(weight.shape)
        unit[index] = 1
        assert_allclose(gradient[index], (conv2d(x, unit, **layout) * g).sum(), atol=1e-10)


@st.composite
def beyond_full(draw):
    """Operands whose padding exceeds d(k − 1) on every side: some windows see only padding."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kernel, dilation, stride = draw(pairs(1, 3)), draw(pairs(1, 2)), draw(pairs(1, 3))
    more = draw(st.tuples(pairs(1, 3), pairs(1, 3)))
    full = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
    padding = tuple(tuple(f + m for m in side) for f, side in zip(full, more, strict=True))
    x = rng.normal(size=(2, 2, *draw(pairs(1, 4))))
    weight = rng.normal(size=(3, 2, *kernel))
    return x, weight, {"stride": stride, "padding": padding, "dilation": dilation}


@given(beyond_full())
def test_gradients_are_exact_where_windows_see_nothing_but_padding(case):
    x, weight, layout = case
    g = upstream(x, weight, layout)
    gradients = conv2d_backward(g, x, weight, **layout)
    matrix = conv_matrix(weight, x.shape[-2:], **layout)
    expected = (g.reshape(-1, len(matrix)) @ matrix).reshape(x.shape)
    assert_allclose(gradients.x, expected, atol=1e-12)
    close = {"rtol": 1e-5, "atol": 1e-6}
    by_input = numerical_gradient(lambda v: float((conv2d(v, weight, **layout) * g).sum()), x)
    assert_allclose(gradients.x, by_input, **close)
    by_weight = numerical_gradient(lambda v: float((conv2d(x, v, **layout) * g).sum()), weight)
    assert_allclose(gradients.weight, by_weight, **close)
    assert_allclose(gradients.bias, g.sum((0, 2, 3)), atol=1e-12)


def test_a_window_on_padding_alone_moves_nothing_but_the_bias():
    g = np.zeros((1, 6))
    g[0, 0] = g[0, -1] = 7
    gradients = conv2d_backward(g, [[1, 2, 3]], [[5, 6]], padding=(0, 2))
    assert_array_equal(gradients.x, [[0, 0, 0]])
    assert_array_equal(gradients.weight, [[0, 0]])
    assert gradients.bias == 14


def spread(g, stride, extra=(0, 0)):
    """Insert the stride's zeros between the rows and columns, and `extra` ones at the end."""
    rows, cols = ((n - 1) * s + 1 for n, s in zip(g.shape, stride, strict=True))
    out = np.zeros((rows + extra[0], cols + extra[1]))
    out[:rows:, :cols][:: stride[0], :: stride[1]] = g
    return out


@pytest.mark.parametrize("shape", [(6, 7), (7, 6), (5, 9)])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (2, 3)])
@pytest.mark.parametrize("dilation", [(1, 1), (1, 2)])
def test_input_gradient_is_a_full_convolution_with_the_rotated_kernel(shape, stride, dilation):
    x = np.random.default_rng(0).normal(size=shape)
    weight = np.arange(1.0, 7).reshape(2, 3)
    layout = {"stride": stride, "padding": 1, "dilation": dilation}
    geometry = Geometry(shape, weight.shape, **layout)
    g = upstream(x, weight, layout)
    dilated = spread(g, stride, geometry.leftover)
    padded = conv2d(dilated, flip(weight), padding="full", dilation=dilation)
    assert_allclose(conv2d_input_grad(g, weight, shape, **layout), padded[1:-1, 1:-1])


@pytest.mark.parametrize("shape", [(6, 7), (7, 6), (5, 9)])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (2, 3)])
@pytest.mark.parametrize("dilation", [(1, 1), (1, 2)])
def test_weight_gradient_is_the_dilated_output_gradient_as_kernel(shape, stride, dilation):
    x = np.random.default_rng(0).normal(size=shape)
    weight = np.arange(1.0, 7).reshape(2, 3)
    layout = {"stride": stride, "padding": 1, "dilation": dilation}
    g = upstream(x, weight, layout)
    as_kernel = conv2d(x, g, padding=1, stride=dilation, dilation=stride)
    expected = as_kernel[: weight.shape[0], : weight.shape[1]]
    assert_allclose(conv2d_weight_grad(g, x, weight.shape, **layout), expected)


def test_cells_that_no_window_covers_get_zero_and_keep_their_place():
    gradient = conv2d_input_grad(np.ones((1, 2)), [[1, 2], [3, 4]], (3, 5), stride=2)
    assert_array_equal(gradient, [[1, 2, 1, 2, 0], [3, 4, 3, 4, 0], [0, 0, 0, 0, 0]])


def test_bias_gradient_sums_over_batch_and_pixels():
    g = np.arange(24.0).reshape(2, 3, 2, 2)
    assert_array_equal(conv2d_bias_grad(g), g.sum((0, 2, 3)))
    assert conv2d_bias_grad(g[0, 0]).shape == ()
    assert conv2d_bias_grad(g[0, 0]) == 6


def test_float32_stays_float32():
    x, weight = np.ones((2, 5, 5), np.float32), np.ones((3, 2, 3, 3))
    g = np.ones((3, 3, 3))
    assert {part.dtype for part in conv2d_backward(g, x, weight)} == {np.dtype(np.float32)}
    assert conv2d_input_grad(g.astype(np.float32), weight, 5).dtype == np.float32
    assert conv2d_weight_grad(g, x, 3).dtype == np.float32


def test_numerical_gradient_leaves_its_input_alone_and_takes_any_shape():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    gradient = numerical_gradient(lambda v: float((v**3).sum()), x)
    assert_allclose(gradient, 3 * x**2, rtol=1e-8)
    assert_array_equal(x, [[1, 2], [3, 4]])
    assert_allclose(numerical_gradient(lambda v: float(v) ** 2, 3.0), 6, rtol=1e-8)
    assert numerical_gradient(np.sum, np.ones((1,) * 32)).shape == (1,) * 32


G, X, W = np.ones((3, 3)), np.ones((5, 5)), np.ones((3, 3))
BANK, X3 = np.ones((2, 3, 3, 3)), np.ones((3, 5, 5))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: conv2d_input_grad(np.ones((2, 3)), W, 5), ValueError, r"= \(1, 3, 3\), got"),
        (lambda: conv2d_input_grad(G, BANK, 5), ValueError, "`weight` must have 2 axes for a 2-D"),
        (lambda: conv2d_input_grad(G, W, 2), ValueError, "`kernel_size` does not fit"),
        (lambda: conv2d_input_grad("a", W, 5), TypeError, "`grad_output` must hold real numbers"),
        (lambda: conv2d_input_grad(G, np.ones(3), 5), ValueError, "`weight` must have 2 or 4 axes"),
        (lambda: conv2d_weight_grad(G, X, 2), ValueError, r"= \(1, 4, 4\), got \(1, 3, 3\)"),
        (
            lambda: conv2d_weight_grad(G, X3, 3),
            ValueError,
            r"as many axes as `x`, got shape \(3, 3\) for an input of shape \(3, 5, 5\)",
        ),
        (lambda: conv2d_input_grad(X3, BANK[0], 5), ValueError, "`weight` must have 2 or 4 axes"),
        (lambda: conv2d_backward(X3, X3, BANK[0]), ValueError, "`weight` must have 2 or 4 axes"),
        (
            lambda: conv2d_weight_grad(np.ones((3, 2, 3, 3)), np.ones((2, 3, 5, 5)), 3),
            ValueError,
            "`grad_output` must have the batch size of `x`: got 3 and 2",
        ),
        (
            lambda: conv2d_bias_grad(np.ones((1, 1, 1, 1, 1))),
            ValueError,
            "`grad_output` must have 2, 3 or 4 axes",
        ),
        (lambda: conv2d_bias_grad([1, 2]), ValueError, r"`grad_output` .* got shape \(2,\)"),
        (lambda: conv2d_backward(G, X, W, stride=0), ValueError, "`stride` must be at least 1"),
        (lambda: conv2d_backward(G, X3[:2], BANK), ValueError, "got 3 in `weight`, 2 in `x`"),
        (
            lambda: numerical_gradient(sum, [1.0], step=0),
            ValueError,
            "`step` must be above 0 and finite, got 0",
        ),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
