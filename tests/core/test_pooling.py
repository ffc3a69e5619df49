"""Pooling against plain loops, scipy, convolution, central differences and published examples."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage

from convlab.convolution import conv2d
from convlab.gradients import numerical_gradient
from convlab.padding import as_sides
from convlab.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_unpool2d,
    pool_geometry,
)
from tests.strategies import oracle, pairs

RNG = np.random.default_rng(0)
NAN = np.nan


@st.composite
def pools(draw, distinct=False, dilated=False):
    """An input with ties (or without), a window, and a layout in which every window sees it."""
    kernel, stride = draw(pairs(1, 4)), draw(st.none() | pairs(1, 4))
    padding = draw(st.sampled_from(["valid", "same", "full"]) | st.tuples(pairs(0, 3), pairs(0, 3)))
    layout = {"stride": stride, "padding": padding, "ceil_mode": draw(st.booleans())}
    if dilated:
        layout["dilation"] = draw(pairs(1, 3))
    lead = draw(st.sampled_from([(), (2,), (2, 3)]))
    shape = (*lead, *draw(pairs(1, 7)))
    try:
        pool_geometry(shape[-2:], kernel, **layout)
    except ValueError:
        assume(False)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = int(np.prod(shape))
    values = rng.permutation(count) if distinct else rng.integers(-2, 3, count)
    return values.reshape(shape).astype(float), kernel, layout


def starts(n, k, s, d, before, after, ceil_mode):
    """Yield where the windows of one axis begin, laid down one by one; the input begins at 0."""
    span, end, start = d * (k - 1) + 1, n + after, -before
    while (start < n and start - s + span < end) if ceil_mode else start + span <= end:
        yield start
        start += s


def windows(shape, kernel, layout):
    """Yield (output pixel, input cells of its window, how many cells count with padding)."""
    stride, dilation = layout["stride"] or kernel, layout.get("dilation", (1, 1))
    sides = as_sides(layout["padding"], list(zip(shape, kernel, stride, dilation, strict=True)))
    axes = []
    for n, k, s, d, side in zip(shape, kernel, stride, dilation, sides, strict=True):
        found = []
        for start in starts(n, k, s, d, *side, layout["ceil_mode"]):
            cells = [start + u * d for u in range(k)]
            seen = [cell for cell in cells if 0 <= cell < n]
            found.append((seen, sum(cell < n + side[1] for cell in cells)))
        axes.append(found)
    for r, (rows, down) in enumerate(axes[0]):
        for c, (cols, across) in enumerate(axes[1]):
            yield (r, c), [(i, j) for i in rows for j in cols], down * across


def channels(array):
    return array.reshape(-1, *array.shape[-2:])


def upstream(y):
    return np.random.default_rng(y.size).normal(size=y.shape)


@pytest.mark.parametrize("case", oracle("worked_examples")["pool"], ids=lambda c: c["name"])
def test_published_examples(case):
    layout = {"stride": case["stride"]}
    assert_array_equal(max_pool2d(case["x"], case["kernel_size"], **layout), case["max"])
    assert_allclose(avg_pool2d(case["x"], case["kernel_size"], **layout), case["mean"], atol=1e-11)


@given(pools())
def test_maximum_and_average_equal_plain_loops_on_each_channel(case):
    x, kernel, layout = case
    largest = channels(max_pool2d(x, kernel, **layout))
    mean = channels(avg_pool2d(x, kernel, **layout))
    seen_mean = channels(avg_pool2d(x, kernel, **layout, count_include_pad=False))
    for n, channel in enumerate(channels(x)):
        found = list(windows(x.shape[-2:], kernel, layout))
        assert len(found) == largest[n].size == mean[n].size
        for pixel, cells, counted in found:
            values = [channel[cell] for cell in cells]
            assert largest[n][pixel] == max(values)
            assert_allclose(mean[n][pixel], sum(values) / counted, atol=1e-12)
            assert_allclose(seen_mean[n][pixel], sum(values) / len(values), atol=1e-12)


@given(pools(dilated=True))
def test_dilated_maxima_and_their_indices_equal_plain_loops(case):
    x, kernel, layout = case
    y, indices = max_pool2d(x, kernel, **layout, return_indices=True)
    assert_array_equal(y, max_pool2d(x, kernel, **layout))
    assert indices.shape == y.shape
    assert indices.dtype.kind == "i"
    for n, channel in enumerate(channels(x)):
        found = list(windows(x.shape[-2:], kernel, layout))
        assert len(found) == channels(y)[n].size
        for pixel, cells, _ in found:
            values = [channel[cell] for cell in cells]
            row, col = cells[values.index(max(values))]
            assert channels(y)[n][pixel] == max(values)
            assert channels(indices)[n][pixel] == row * x.shape[-1] + col


@given(pools(dilated=True))
def test_the_gradient_goes_to_the_first_maximum_and_overlaps_add(case):
    x, kernel, layout = case
    g = upstream(max_pool2d(x, kernel, **layout))
    expected = np.zeros_like(channels(x))
    for n, channel in enumerate(channels(x)):
        for pixel, cells, _ in windows(x.shape[-2:], kernel, layout):
            values = [channel[cell] for cell in cells]
            expected[n][cells[values.index(max(values))]] += channels(g)[n][pixel]
    gradient = max_pool2d_backward(g, x, kernel, **layout)
    assert gradient.shape == x.shape
    assert_allclose(channels(gradient), expected, atol=1e-12)


@given(pools(distinct=True, dilated=True))
def test_max_gradient_equals_central_differences_where_there_are_no_ties(case):
    x, kernel, layout = case
    g = upstream(max_pool2d(x, kernel, **layout))
    expected = numerical_gradient(lambda v: float((max_pool2d(v, kernel, **layout) * g).sum()), x)
    assert_allclose(max_pool2d_backward(g, x, kernel, **layout), expected, rtol=1e-5, atol=1e-6)


@given(pools(), st.booleans())
def test_average_gradient_equals_central_differences(case, count_include_pad):
    x, kernel, layout = case
    layout["count_include_pad"] = count_include_pad
    g = upstream(avg_pool2d(x, kernel, **layout))
    expected = numerical_gradient(lambda v: float((avg_pool2d(v, kernel, **layout) * g).sum()), x)
    gradient = avg_pool2d_backward(g, x, kernel, **layout)
    assert gradient.shape == x.shape
    assert_allclose(gradient, expected, rtol=1e-5, atol=1e-6)


@given(pools())
def test_average_is_convolution_of_each_channel_with_equal_weights(case):
    x, kernel, layout = case
    assume(not layout["ceil_mode"])
    box = np.full(kernel, 1 / (kernel[0] * kernel[1]))
    stride = layout["stride"] or kernel
    expected = [conv2d(c, box, stride=stride, padding=layout["padding"]) for c in channels(x)]
    assert_allclose(channels(avg_pool2d(x, kernel, **layout)), expected, atol=1e-12)


def test_stride_one_equals_scipys_filters():
    x = RNG.normal(size=(6, 7)) - 5  # all negative: zeros would win if padding could
    filters = {"size": (3, 5), "mode": "constant"}
    same = {"stride": 1, "padding": "same"}
    assert_array_equal(
        max_pool2d(x, (3, 5), **same), ndimage.maximum_filter(x, **filters, cval=-np.inf)
    )
    assert_allclose(avg_pool2d(x, (3, 5), **same), ndimage.uniform_filter(x, **filters, cval=0))


def test_without_a_stride_windows_lie_side_by_side():
    x = RNG.normal(size=(2, 3, 6, 8))
    blocks = x.reshape(2, 3, 3, 2, 2, 4)
    assert_array_equal(max_pool2d(x, (2, 4)), blocks.max((3, 5)))
    assert_allclose(avg_pool2d(x, (2, 4)), blocks.mean((3, 5)))
    assert_array_equal(max_pool2d(x, 2), max_pool2d(x, 2, stride=2))


def test_rounding_up_keeps_a_window_that_begins_inside():
    """PyTorch: MaxPool2d and AvgPool2d of 0…4 with k = 2, s = 2, and of 0…6 with k = 3, s = 3."""
    x = np.arange(5.0).reshape(1, 5)
    up = {"ceil_mode": True}
    assert_array_equal(max_pool2d(x, (1, 2), **up), [[1, 3, 4]])
    assert_array_equal(avg_pool2d(x, (1, 2), **up), [[0.5, 2.5, 4]])
    assert_array_equal(max_pool2d(np.arange(7.0).reshape(1, 7), (1, 3), **up), [[2, 5, 6]])
    # A fourth window would begin in the padding at the end, and is ignored.
    assert_array_equal(max_pool2d(x, (1, 2), padding=(0, 1), **up), [[0, 2, 4]])


def test_past_the_padding_nothing_counts_and_padding_does():
    x = np.full((1, 4), 6.0)
    layout = {"stride": (1, 3), "padding": ((0, 0), (1, 1)), "ceil_mode": True}
    assert_array_equal(avg_pool2d(x, (1, 3), **layout), [[4, 4]])
    layout["padding"] = ((0, 0), (0, 1))
    assert_array_equal(avg_pool2d(x, (1, 3), **layout), [[6, 3]])
    assert_array_equal(avg_pool2d(x, (1, 3), **layout, count_include_pad=False), [[6, 6]])
    gradient = avg_pool2d_backward([[3, 4]], x, (1, 3), **layout)
    assert_array_equal(gradient, [[1, 1, 1, 2]])


def test_a_kernel_larger_than_the_input_fits_if_its_window_may_reach_past_the_end():
    assert_array_equal(max_pool2d([[1, 5]], (1, 3), ceil_mode=True), [[5]])
    with pytest.raises(ValueError, match="`kernel_size` does not fit"):
        max_pool2d([[1, 5]], (1, 3))
    with pytest.raises(ValueError, match="`kernel_size` does not fit"):
        max_pool2d([[1, 5]], (1, 3), stride=1, ceil_mode=True)


def test_indices_point_at_the_winners_so_that_unpooling_can_put_them_back():
    x = RNG.permutation(288).reshape(2, 3, 6, 8)
    y, indices = max_pool2d(x, 2, return_indices=True)
    picked = np.take_along_axis(x.reshape(2, 3, -1), indices.reshape(2, 3, -1), axis=2)
    assert_array_equal(picked.reshape(y.shape), y)


def test_unpooling_equals_the_published_example():
    """PyTorch's documentation of ``torch.nn.MaxUnpool2d``."""
    x = np.arange(1.0, 17).reshape(1, 1, 4, 4)
    y, indices = max_pool2d(x, 2, return_indices=True)
    expected = [[0, 0, 0, 0], [0, 6, 0, 8], [0, 0, 0, 0], [0, 14, 0, 16]]
    assert_array_equal(max_unpool2d(y, indices, 4), [[expected]])


@given(pools(dilated=True))
def test_unpooling_equals_plain_loops(case):
    x, kernel, layout = case
    y, indices = max_pool2d(x, kernel, **layout, return_indices=True)
    rows, cols = x.shape[-2:]
    expected = np.zeros(x.shape)
    for *channel, r, c in np.ndindex(y.shape):
        winner = divmod(int(indices[(*channel, r, c)]), cols)
        expected[(*channel, *winner)] = y[(*channel, r, c)]
    assert_array_equal(max_unpool2d(y, indices, (rows, cols)), expected)


@pytest.mark.parametrize(
    ("indices", "shape", "error", "message"),
    [
        ([[0.0, 1.0]], 2, TypeError, "`indices` must be whole numbers, got float64"),
        ([[0]], 2, ValueError, r"`indices` must have the shape of `y`, \(1, 2\), got \(1, 1\)"),
        (
            [[0, 4]],
            2,
            ValueError,
            "must lie in an input of 2 × 2, from 0 to 3, got 0 to 4",
        ),
        ([[-1, 3]], 2, ValueError, "got -1 to 3"),
        ([[0, 1]], 0, ValueError, "`input_shape` must be at least 1"),
    ],
)
def test_unpooling_names_a_bad_argument(indices, shape, error, message):
    with pytest.raises(error, match=message):
        max_unpool2d([[5.0, 6.0]], indices, shape)


def test_ties_go_to_the_first_cell_in_row_major_order():
    gradient = max_pool2d_backward([[1.0]], [[0, 5], [5, 5]], 2)
    assert_array_equal(gradient, [[0, 1], [0, 0]])
    flat = max_pool2d_backward(np.ones((2, 2)), np.zeros((3, 3)), 2, stride=1)
    assert_array_equal(flat, [[1, 1, 0], [1, 1, 0], [0, 0, 0]])


def test_overlapping_windows_add_and_uncovered_cells_get_zero():
    x = [[0, 9, 0, 0, 8, 7]]
    assert_array_equal(
        max_pool2d_backward([[1, 10, 100, 1000]], x, (1, 3), stride=1), [[0, 11, 0, 0, 1100, 0]]
    )
    assert_array_equal(
        avg_pool2d_backward([[3, 30]], np.ones((1, 5)), (1, 3), stride=2), [[1, 1, 11, 10, 10]]
    )
    assert_array_equal(avg_pool2d_backward([[2]], np.ones((1, 3)), (1, 2)), [[1, 1, 0]])


def test_padding_never_wins_not_even_against_minus_infinity():
    x = np.full((2, 2), -np.inf)
    assert_array_equal(max_pool2d(x, 2, stride=2, padding=1), x)
    _, indices = max_pool2d(x, 2, stride=2, padding=1, return_indices=True)
    assert_array_equal(indices, [[0, 1], [2, 3]])
    gradient = max_pool2d_backward([[1, 2], [3, 4]], x, 2, stride=2, padding=1)
    assert_array_equal(gradient, [[1, 2], [3, 4]])
    assert_array_equal(max_pool2d([[-3]], 3, padding=1), [[-3]])


def test_padding_counts_in_the_average_unless_told_otherwise():
    x = np.full((2, 2), 8.0)
    assert_array_equal(avg_pool2d(x, 2, padding=1), np.full((2, 2), 2))
    assert_array_equal(avg_pool2d(x, 2, padding=1, count_include_pad=False), x)


def test_a_nan_makes_every_window_that_holds_it_nan_and_no_other():
    x = np.array([[5.0, 1, 2, 3], [4, NAN, 6, 9]])
    for pool in (max_pool2d, avg_pool2d):
        y = pool(x, 2, stride=1)
        assert_array_equal(np.isnan(y), [[True, True, False]])
    assert max_pool2d(x, 2, stride=1)[0, 2] == 9


def test_the_first_nan_of_a_window_gets_the_gradient_like_argmax():
    x = np.array([[1.0, NAN, 7], [NAN, 9, 2]])
    assert_array_equal(max_pool2d_backward([[1, 10]], x, 2, stride=1), [[0, 11, 0], [0, 0, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(x, (2, 2)).reshape(2, 4)
    assert_array_equal(windows.argmax(1), [1, 0])


def test_a_gradient_that_is_not_finite_stays_with_its_winner():
    assert_array_equal(max_pool2d_backward([[np.inf]], [[1, 2]], (1, 2)), [[0, np.inf]])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floating_point_input_keeps_its_dtype(dtype):
    x, g = np.ones((2, 4, 4), dtype), np.ones((2, 3, 3))
    for pool in (max_pool2d, avg_pool2d):
        assert pool(x, 2, padding=1).dtype == dtype
    for backward in (max_pool2d_backward, avg_pool2d_backward):
        assert backward(g, x, 2, padding=1).dtype == dtype


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.bool_])
def test_integers_become_float64(dtype):
    x = np.array([[1, 0], [0, 1]], dtype)
    assert max_pool2d(x, 2).dtype == avg_pool2d(x, 2).dtype == np.float64
    assert_array_equal(avg_pool2d(x, 2), [[0.5]])
    assert max_pool2d_backward([[1]], x, 2).dtype == np.float64


def test_inputs_are_left_alone_and_results_are_fresh():
    x, g = RNG.normal(size=(3, 3)), np.ones((3, 3))
    before = x.copy()
    for result in (
        max_pool2d(x, 1),
        avg_pool2d(x, 1),
        max_pool2d_backward(g, x, 1),
        avg_pool2d_backward(g, x, 1),
    ):
        result += 1
    assert_array_equal(x, before)
    assert_array_equal(g, np.ones((3, 3)))


def sees_input(n, k, s, d, before, after):
    """Whether each window along one axis sees at least one input cell, by looking."""
    span = d * (k - 1) + 1
    firsts = range(0, n + before + after - span + 1, s)
    cells = set(range(before, before + n))
    return all(set(range(p, p + span, d)) & cells for p in firsts)


@given(
    pairs(1, 4), pairs(1, 4), st.integers(1, 5), pairs(1, 3), st.tuples(pairs(0, 5), pairs(0, 5))
)
def test_exactly_the_windows_that_see_only_padding_are_refused(
    shape, kernel, stride, dilation, padding
):
    layout = {"stride": stride, "padding": padding, "dilation": dilation}
    axes = list(zip(shape, kernel, dilation, padding, strict=True))
    assume(all(n + sum(sides) > d * (k - 1) for n, k, d, sides in axes))
    if all(sees_input(n, k, stride, d, *sides) for n, k, d, sides in axes):
        pool_geometry(shape, kernel, **layout)
    else:
        with pytest.raises(ValueError, match="`padding` must leave at least one input cell in ev"):
            pool_geometry(shape, kernel, **layout)


@given(pairs(1, 6), pairs(1, 6), pairs(1, 6), st.sampled_from(["same", "full"]))
def test_padding_words_are_never_refused(shape, kernel, stride, word):
    pool_geometry(shape, kernel, stride=stride, padding=word)
    pool_geometry(shape, kernel, stride=stride, padding=word, ceil_mode=True)


def test_a_dilated_window_may_straddle_the_input():
    with pytest.raises(ValueError, match=r"and `dilation` \(1, 3\): a window sees no columns of"):
        max_pool2d([[1]], (1, 2), dilation=(1, 3), padding=(0, 2))
    with pytest.raises(ValueError, match="`dilation` must be at least 1 on both axes, got 0"):
        max_pool2d([[1]], 1, dilation=0)


X = np.ones((4, 5))


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(
    ("x", "kernel", "layout", "error", "message"),
    [
        (np.ones(4), 2, {}, ValueError, r"`x` must have 2, 3 or 4 axes, got shape \(4,\)"),
        (np.ones((0, 4)), 2, {}, ValueError, "`x` must not be empty"),
        ([["a"]], 1, {}, TypeError, "`x` must hold real numbers"),
        (X, 0, {}, ValueError, "`kernel_size` must be at least 1 on both axes, got 0"),
        (X, 1.5, {}, TypeError, "`kernel_size` must be an int or a pair of ints, got 1.5"),
        (X, (5, 2), {}, ValueError, r"`kernel_size` does not fit: \(5, 2\).* has 4"),
        (X, 2, {"stride": 0}, ValueError, "`stride` must be at least 1 on both axes, got 0"),
        (X, 2, {"padding": -1}, ValueError, "`padding` must be at least 0"),
        (X, 2, {"padding": "some"}, ValueError, "`padding` must be one of valid, same, full"),
        (X, 2, {"padding": (2, 0)}, ValueError, r"got \(2, 0\) .* sees no rows of the input"),
        (X, 2, {"padding": ((0, 0), (0, 3))}, ValueError, "a window sees no columns of the input"),
    ],
)
def test_a_bad_argument_is_named(pool, x, kernel, layout, error, message):
    backward = {max_pool2d: max_pool2d_backward, avg_pool2d: avg_pool2d_backward}[pool]
    with pytest.raises(error, match=message):
        pool(x, kernel, **layout)
    with pytest.raises(error, match=message):
        backward(np.ones((2, 2)), x, kernel, **layout)


@pytest.mark.parametrize("backward", [max_pool2d_backward, avg_pool2d_backward])
@pytest.mark.parametrize(
    ("x", "grad", "message"),
    [
        (X, np.ones((2, 3)), r"shape of the output, \(2, 2\), got \(2, 3\)"),
        (np.ones((3, 4, 4)), np.ones((2, 2)), r"shape of the output, \(3, 2, 2\), got \(2, 2\)"),
        (np.ones((3, 4, 4)), np.ones((1, 2, 2)), r"\(3, 2, 2\), got \(1, 2, 2\)"),
        (X, [], "`grad_output` must have 2, 3 or 4 axes"),
    ],
)
def test_an_output_gradient_of_another_shape_is_refused(backward, x, grad, message):
    with pytest.raises(ValueError, match=message):
        backward(grad, x, 2)


@pytest.mark.parametrize("g", [np.inf, -np.inf, np.nan])
def test_an_endless_gradient_reaches_the_winner_and_nobody_else(g):
    grad = max_pool2d_backward([[g, 1]], [[1, 2, 4, 3]], (1, 2))
    assert_array_equal(grad, [[0, g, 1, 0]])


def test_an_endless_cell_of_the_input_wins_over_padding_that_ties():
    x = np.full((2, 3), -np.inf)
    grad = max_pool2d_backward([[1, 10]], x, 2, stride=2, padding=((0, 0), (1, 0)))
    assert_array_equal(grad, [[1, 10, 0], [0, 0, 0]])


def test_the_winner_may_be_any_of_more_than_256_cells():
    x = np.zeros((2, 17, 34))
    x[0, 16, 15] = x[1, 16, 33] = 1  # the 288th and the 289th cell of their windows
    _, indices = max_pool2d(x, 17, return_indices=True)
    assert_array_equal(indices, [[[16 * 34 + 15, 17]], [[0, 16 * 34 + 33]]])
    gradient = max_pool2d_backward([[[1, 2]], [[3, 4]]], x, 17)
    assert_array_equal(np.argwhere(gradient), [[0, 0, 17], [0, 16, 15], [1, 0, 0], [1, 16, 33]])
