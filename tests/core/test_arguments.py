"""What is accepted as a number, a pair or an array, and what is named as nonsense."""

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.geometry import Geometry, output_size, same_padding
from convlab.images import to_display
from convlab.matrix import conv_matrix
from convlab.pooling import avg_pool2d, max_pool2d

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
    sparse = conv_matrix(w, (3, 4), sparse=True)
    assert sparse.dtype == native
    assert np.array_equal(sparse @ x.ravel(), conv2d(x, w).ravel())


def test_rescaling_reaches_over_the_whole_range_of_floats():
    assert to_display([[-1e308, 0, 1e308]], "rescale").tolist() == [[0, 128, 255]]
    assert to_display([[-3, 0, 1]], "rescale").tolist() == [[0, 191, 255]]


@pytest.mark.parametrize("pair", [{1, 2}, {1: 2, 2: 3}, frozenset((1, 2))])
def test_what_has_no_order_is_no_pair(pair):
    with pytest.raises(TypeError, match="`stride` must be an int or a pair of ints"):
        Geometry(5, 3, stride=pair)


def test_a_mask_is_not_lost_in_silence():
    masked = np.ma.masked_array(np.ones((3, 3)), mask=np.eye(3))
    with pytest.raises(TypeError, match="`x` must not be masked: fill it"):
        conv2d(masked, np.ones((2, 2)))


def test_a_sparse_matrix_says_what_it_needs():
    with pytest.raises(TypeError, match="`sparse` must be True or False, got 'no'"):
        conv_matrix(np.ones((2, 2)), (3, 3), sparse="no")
    with pytest.raises(TypeError, match="`weight` must be float32 or float64 to be sparse"):
        conv_matrix(np.ones((2, 2), np.float16), (3, 3), sparse=True)


def test_a_step_that_is_no_number_is_named():
    with pytest.raises(TypeError, match="`step` must be an int, got 'a'"):
        Geometry(5, 3).window("a")
    assert Geometry(5, 3).window(np.int64(4)) == Geometry(5, 3).window(4)
