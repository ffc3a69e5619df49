"""What is accepted as a number, a pair or an array, and what is named as nonsense."""

import numpy as np
import pytest

from convlab.convolution import conv2d, flip
from convlab.costs import layer_costs
from convlab.geometry import Geometry, output_size, same_padding
from convlab.gradients import conv2d_bias_grad, numerical_gradient
from convlab.images import load, photo, to_display
from convlab.layers import Layer
from convlab.matrix import conv_matrix, patch_matrix
from convlab.pooling import avg_pool2d, max_pool2d, max_unpool2d

KINDS = [np.uint8, np.int8, np.uint16, np.int64]


@pytest.mark.parametrize("kind", KINDS)
def test_small_integers_of_numpy_count_like_python_s(kind):
    for n, k, s in ((10, 3, 3), (100, 7, 2), (5, 4, 1)):
        assert same_padding(kind(n), kind(k), stride=kind(s)) == same_padding(n, k, stride=s)
        assert all(type(side) is int for side in same_padding(kind(n), kind(k)))
        assert output_size(kind(n), kind(k), padding=kind(100)) == n + 200 - k + 1
    assert same_padding(10, 3, stride=3) == (1, 1)  # four windows of 3, 3 apart, reach over 12


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("size", [4, 8])
def test_any_byte_order_gives_this_machine_s(order, size):
    x = np.arange(12.0).reshape(3, 4).astype(f"{order}f{size}")
    w = np.array([[1, 2], [3, 5]], f"{order}f{size}")
    native = np.dtype(f"f{size}")
    assert conv2d(x, w).dtype == max_pool2d(x, 2).dtype == avg_pool2d(x, 2).dtype == native
    assert patch_matrix(x, 2).dtype == conv2d_bias_grad(x).dtype == native
    sparse = conv_matrix(w, (3, 4), sparse=True)
    assert sparse.dtype == native
    assert np.array_equal(sparse @ x.ravel(), conv2d(x, w).ravel())


def test_rescaling_reaches_over_the_whole_range_of_floats():
    assert to_display([[-1e308, 0, 1e308]], "rescale").tolist() == [[0, 128, 255]]
    assert to_display([[-3, 0, 1]], "rescale").tolist() == [[0, 191, 255]]


@pytest.mark.parametrize("pair", [{1, 2}, {1: 2, 2: 3}, frozenset((1, 2)), b"12", "12"])
def test_what_has_no_order_and_what_is_text_is_no_pair(pair):
    with pytest.raises(TypeError, match="`stride` must be an int or a pair of ints"):
        Geometry(5, 3, stride=pair)
    for padding in (pair, (pair, 1), (1, pair)):
        with pytest.raises((TypeError, ValueError), match="`padding` must be"):
            Geometry(5, 3, padding=padding)


def test_a_mask_is_not_lost_in_silence():
    masked = np.ma.masked_array(np.ones((3, 3)), mask=np.eye(3))
    rows = [np.ma.masked_array([1, 2], mask=[0, 1])] * 2
    places = np.ma.masked_array([[0]], mask=[[1]])
    for name, call in {
        "x": lambda: conv2d(masked, np.ones((2, 2))),
        "weight": lambda: conv2d(np.ones((3, 3)), rows),
        "image": lambda: to_display([rows, rows]),
        "indices": lambda: max_unpool2d([[1.0]], places, 2),
    }.items():
        with pytest.raises(TypeError, match=f"`{name}` must not be masked: fill it"):
            call()
    with pytest.raises(TypeError, match="`weight` must not be masked: fill it"):
        flip(masked)


@pytest.mark.parametrize("flag", ["no", 1, None, np.True_])
def test_a_flag_is_true_or_false(flag):
    x = np.ones((4, 4))
    for name, call in {
        "sparse": lambda: conv_matrix(x, 5, sparse=flag),
        "ceil_mode": lambda: avg_pool2d(x, 2, ceil_mode=flag),
        "return_indices": lambda: max_pool2d(x, 2, return_indices=flag),
        "count_include_pad": lambda: avg_pool2d(x, 2, count_include_pad=flag),
        "color": lambda: photo(color=flag),
        "middle": lambda: load(b"P2 3 1 255  0 128 255", middle=flag),
        "bias": lambda: layer_costs([Layer(3)], [2], 5, bias=flag),
    }.items():
        with pytest.raises(TypeError, match=f"`{name}` must be True or False, got "):
            call()


@pytest.mark.parametrize(
    ("step", "error", "message"),
    [
        (np.inf, ValueError, "`step` must be above 0 and finite, got inf"),
        (np.nan, ValueError, "`step` must be above 0 and finite, got nan"),
        (0, ValueError, "`step` must be above 0 and finite, got 0"),
        (True, TypeError, "`step` must be a number, got True"),
        ("1", TypeError, "`step` must be a number, got '1'"),
    ],
)
def test_a_difference_needs_a_step_that_is_a_number(step, error, message):
    with pytest.raises(error, match=message):
        numerical_gradient(np.sum, [1.0, 2.0], step=step)
    assert numerical_gradient(np.sum, [1.0, 2.0], step=np.float32(0.5)).tolist() == [1, 1]


def test_a_sparse_matrix_says_what_it_needs():
    with pytest.raises(TypeError, match="`weight` must be float32 or float64 to be sparse"):
        conv_matrix(np.ones((2, 2), np.float16), (3, 3), sparse=True)


def test_a_step_that_is_no_number_is_named():
    with pytest.raises(TypeError, match="`step` must be an int, got 'a'"):
        Geometry(5, 3).window("a")
    window = Geometry(5, 3, stride=200, padding=200).window(np.uint8(4))
    assert (window.pixel, window.rows, window.cols) == ((1, 1), range(200, 203), range(200, 203))
    assert Geometry(5, 3).window(np.int64(4)) == Geometry(5, 3).window(4)
