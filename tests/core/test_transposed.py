"""The transposed convolution against C̃ᵀ, plain loops, the adjoint rule and zero insertion."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab import conv2d, conv2d_input_grad, conv_matrix, conv_transpose2d, flip
from tests.strategies import pairs


@st.composite
def transposed(draw):
    """An input, weights, a bias and a layout for `conv_transpose2d`, and the size it must give."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape, kernel = draw(pairs(1, 4)), draw(pairs(1, 4))
    stride, dilation = draw(pairs(1, 3)), draw(pairs(1, 3))
    extra, padding, size = [], [], []
    for i, k, s, d in zip(shape, kernel, stride, dilation, strict=True):
        extra.append(draw(st.integers(0, max(s, d) - 1)))
        full = (i - 1) * s + d * (k - 1) + extra[-1] + 1
        before = draw(st.integers(0, min(3, full - 1)))
        padding.append((before, draw(st.integers(0, min(3, full - 1 - before)))))
        size.append(full - sum(padding[-1]))
    groups, depth, out = (draw(st.integers(1, 2)) for _ in range(3))
    lead = draw(st.sampled_from([None, (), (2,)]))
    layout = {"stride": stride, "dilation": dilation, "padding": tuple(padding)}
    layout |= {"output_padding": tuple(extra), "groups": 1 if lead is None else groups}
    x_lead, bank = (), ()
    if lead is not None:
        x_lead, bank = (*lead, groups * depth), (groups * depth, out)
    x, weight = rng.normal(size=(*x_lead, *shape)), rng.normal(size=(*bank, *kernel))
    bias = rng.normal(size=() if lead is None else groups * out)
    return x, weight, bias, layout, tuple(size)


def scattered(x, weight, bias, size, *, stride, padding, dilation, groups, **_):
    """Hand out every product to its output cell, if there is one, in plain loops."""
    images = x.reshape(-1, 1 if x.ndim == 2 else x.shape[-3], *x.shape[-2:])
    bank = weight.reshape(images.shape[1], -1, *weight.shape[-2:])
    per_group = bank.shape[1]
    y = np.zeros((len(images), groups * per_group, *size))
    for n, i, r, c in np.ndindex(images.shape):
        first = i // (len(bank) // groups) * per_group
        for o, u, v in np.ndindex(bank.shape[1:]):
            row = r * stride[0] + u * dilation[0] - padding[0][0]
            col = c * stride[1] + v * dilation[1] - padding[1][0]
            if 0 <= row < size[0] and 0 <= col < size[1]:
                y[n, first + o, row, col] += images[n, i, r, c] * bank[i, o, u, v]
    y += np.reshape(bias, (-1, 1, 1))
    return y.reshape(*x.shape[:-3], -1, *size) if x.ndim > 2 else y[0, 0]


@given(transposed())
def test_equals_a_loop_that_scatters_and_has_the_promised_size(case):
    x, weight, bias, layout, size = case
    y = conv_transpose2d(x, weight, bias, **layout)
    assert y.shape[-2:] == size
    assert y.ndim == x.ndim
    assert_allclose(y, scattered(x, weight, bias, size, **layout), atol=1e-12)


def the_way_back(layout):
    """Return the layout of the convolution that goes the other way, where it has this output."""
    axes = zip(layout["output_padding"], layout["stride"], strict=True)
    assume(all(extra < stride for extra, stride in axes))
    return {name: layout[name] for name in ("stride", "padding", "dilation", "groups")}


@given(transposed())
def test_equals_the_transposed_matrix(case):
    x, weight, _, layout, size = case
    matrix = conv_matrix(weight, size, **the_way_back(layout))
    y = conv_transpose2d(x, weight, **layout)
    assert_allclose(y.ravel(), (x.reshape(-1, len(matrix)) @ matrix).ravel(), atol=1e-12)


@given(transposed())
def test_is_the_adjoint_of_the_convolution_and_its_input_gradient(case):
    x, weight, _, layout, size = case
    back = the_way_back(layout)
    y = conv_transpose2d(x, weight, **layout)
    v = np.random.default_rng(1).normal(size=y.shape)
    assert_allclose((conv2d(v, weight, **back) * x).sum(), (v * y).sum(), atol=1e-10)
    assert_allclose(conv2d_input_grad(x, weight, size, **back), y, atol=1e-12)


@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (2, 3)])
@pytest.mark.parametrize("dilation", [(1, 1), (2, 1)])
def test_equals_a_convolution_of_the_zero_inserted_input_with_rotated_kernels(stride, dilation):
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(3, 4, 3)), rng.normal(size=(3, 2, 2, 4))
    inserted = np.zeros((3, 3 * stride[0] + 1, 2 * stride[1] + 1))
    inserted[:, :: stride[0], :: stride[1]] = x
    rotated = flip(weight).swapaxes(0, 1)
    expected = conv2d(inserted, rotated, padding="full", dilation=dilation)
    assert_allclose(conv_transpose2d(x, weight, stride=stride, dilation=dilation), expected)


def test_a_stride_that_does_not_divide_the_kernel_leaves_a_checkerboard():
    y = conv_transpose2d(np.ones((1, 4)), np.ones((1, 3)), stride=(1, 2))
    assert_array_equal(y, [[1, 1, 2, 1, 2, 1, 2, 1, 1]])
    even = conv_transpose2d(np.ones((1, 4)), np.ones((1, 4)), stride=(1, 2))
    assert_array_equal(even[0, 2:-2], np.full(6, 2))


def test_cells_of_the_output_padding_that_no_window_reaches_hold_the_bias_alone():
    y = conv_transpose2d([[1.0]], [[2.0]], 0.5, stride=3, output_padding=(2, 1))
    assert_array_equal(y, [[2.5, 0.5], [0.5, 0.5], [0.5, 0.5]])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floating_point_input_keeps_its_dtype(dtype):
    x = np.ones((2, 3, 3), dtype)
    assert conv_transpose2d(x, np.ones((2, 1, 2, 2)), [1]).dtype == dtype
    assert conv_transpose2d(x.astype(int), np.ones((2, 1, 2, 2))).dtype == np.float64


def test_inputs_are_left_alone_and_the_result_is_fresh():
    x, weight = np.ones((2, 2)), np.ones((1, 1))
    y = conv_transpose2d(x, weight, 1)
    y += 1
    assert_array_equal(x, np.ones((2, 2)))
    assert_array_equal(weight, [[1]])


X, W, BANK = np.ones((2, 3, 3)), np.ones((2, 2)), np.ones((2, 3, 2, 2))


@pytest.mark.parametrize(
    ("x", "weight", "options", "error", "message"),
    [
        (X, W, {}, ValueError, r"2-D input and 4 axes \(in, out, rows, cols\) otherwise"),
        (X[0], BANK, {}, ValueError, "`weight` must have 2 axes for a 2-D input"),
        (X[:1], BANK, {}, ValueError, "along its first axis: got 2 in `weight`, 1 in `x`"),
        (X, BANK, {"groups": 3}, ValueError, "`groups` must divide the input channels, 2, got 3"),
        (X, BANK, {"groups": 0}, ValueError, "`groups` must be at least 1, got 0"),
        (X, BANK, {"bias": [1, 2]}, ValueError, r"`bias` must have shape \(3,\), got \(2,\)"),
        (X, BANK, {"stride": 0}, ValueError, "`stride` must be at least 1 on both axes, got 0"),
        (X, BANK, {"dilation": 0}, ValueError, "`dilation` must be at least 1 on both axes"),
        (X, BANK, {"output_padding": 1}, ValueError, r"smaller than the stride, \(1, 1\), .* 1$"),
        (
            X,
            BANK,
            {"output_padding": (1, 2), "stride": (1, 2), "dilation": (2, 1)},
            ValueError,
            r"`output_padding` must be .* the dilation, \(2, 1\), on each axis, got \(1, 2\)",
        ),
        (X, BANK, {"output_padding": -1}, ValueError, "`output_padding` must be at least 0"),
        (X, BANK, {"padding": 2}, ValueError, "`padding` must leave .* got 2 for 4 rows and 4 col"),
        (X, BANK, {"padding": (0, (1, 3))}, ValueError, "`padding` must leave at least one row"),
        (X, BANK, {"padding": ((3, 1), 0)}, ValueError, "`padding` must leave at least one row"),
        (X, BANK, {"padding": -1}, ValueError, "`padding` must be at least 0 on every side"),
        (
            X,
            BANK,
            {"padding": "same"},
            TypeError,
            r"`padding` must be an int, .*, \(\(top, bottom\), \(left, right\)\), got 'same'",
        ),
        ("a", W, {}, TypeError, "`x` must hold real numbers"),
    ],
)
def test_a_bad_argument_is_named(x, weight, options, error, message):
    with pytest.raises(error, match=message):
        conv_transpose2d(x, weight, **options)
