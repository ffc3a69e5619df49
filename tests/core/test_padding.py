"""Padding modes, against the definitions in plain loops and against numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from convlab import PADDING_MODES, conv2d, pad
from tests.strategies import pairs

NUMPY_MODES = {"zeros": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}


def walked(n, i, mode):
    """Return the cell that place `i` copies, found by walking there one step at a time."""
    place, step = 0, 1 if i > 0 else -1
    heading = step
    for _ in range(abs(i)):
        if mode == "wrap":
            place = (place + step) % n
        elif mode == "edge":
            place = min(max(place + step, 0), n - 1)
        elif n > 1:
            if not 0 <= place + heading < n:
                heading = -heading
            place += heading
    return place


@given(
    st.sampled_from(["edge", "reflect", "wrap"]),
    pairs(1, 4),
    st.tuples(pairs(0, 9), pairs(0, 9)),
    st.sampled_from([(), (2,), (2, 3)]),
)
def test_each_mode_equals_a_walk_over_the_cells(mode, shape, padding, lead):
    x = np.random.default_rng(0).normal(size=(*lead, *shape))
    padded = pad(x, padding, mode)
    (top, bottom), (left, right) = padding
    rows, cols = shape
    assert padded.shape == (*lead, rows + top + bottom, cols + left + right)
    for row, col in np.ndindex(*padded.shape[-2:]):
        source = walked(rows, row - top, mode), walked(cols, col - left, mode)
        assert_array_equal(padded[..., row, col], x[(..., *source)])


@given(
    st.sampled_from(PADDING_MODES),
    pairs(4, 6),
    st.tuples(pairs(0, 3), pairs(0, 3)),
)
def test_each_mode_equals_numpy(mode, shape, padding):
    x = np.random.default_rng(0).normal(size=(2, *shape))
    expected = np.pad(x, ((0, 0), *padding), mode=NUMPY_MODES[mode])
    assert_array_equal(pad(x, padding, mode), expected)


def test_padding_with_zeros_is_that_of_a_convolution():
    x, weight = np.arange(1.0, 13).reshape(3, 4), np.array([[1.0, -2, 3], [4, 5, -6]])
    sides = ((1, 0), (2, 1))
    assert_array_equal(conv2d(pad(x, sides), weight), conv2d(x, weight, padding=sides))


def test_wrapping_makes_a_convolution_commute_with_rolling():
    x, weight = np.random.default_rng(0).normal(size=(5, 6)), [[1.0, -2, 3], [4, 5, -6], [7, 0, 9]]
    y = conv2d(pad(x, 1, "wrap"), weight)
    rolled = conv2d(pad(np.roll(x, (2, 3), (0, 1)), 1, "wrap"), weight)
    assert_array_equal(rolled, np.roll(y, (2, 3), (0, 1)))


@pytest.mark.parametrize("mode", PADDING_MODES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floating_point_input_keeps_its_dtype_and_the_result_is_fresh(mode, dtype):
    x = np.ones((2, 2), dtype)
    padded = pad(x, 0, mode)
    assert padded.dtype == dtype
    padded += 1
    assert_array_equal(x, np.ones((2, 2)))
    assert pad(x.astype(int), 1, mode).dtype == np.float64
    assert pad(np.ones((0, 3, 2, 2)), 1, mode).shape == (0, 3, 4, 4)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1, 2], 1), ValueError, "`x` must have 2, 3 or 4 axes"),
        (([["a"]], 1), TypeError, "`x` must hold real numbers"),
        (([[1]], -1), ValueError, "`padding` must be at least 0 on every side, got -1"),
        (([[1]], "same"), TypeError, r"`padding` must be an int, .* right\)\), got 'same'"),
        (([[1]], 1.5), TypeError, "`padding` must be an int"),
        (([[1]], 1, "constant"), ValueError, "`mode` must be one of zeros, .* got 'constant'"),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        pad(*arguments)
