"""C̃ against `conv2d`, and against the article's own, symbol by symbol."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse as sp

from convlab.convolution import conv2d
from convlab.matrix import conv_matrix
from tests.strategies import operands

# The article's C̃ for a 4×4 input and a 3×3 kernel; "23" stands for w₂,₃ and "." for 0.
ARTICLE = """
11 12 13 .  21 22 23 .  31 32 33 .  .  .  .  .
.  11 12 13 .  21 22 23 .  31 32 33 .  .  .  .
.  .  .  .  11 12 13 .  21 22 23 .  31 32 33 .
.  .  .  .  .  11 12 13 .  21 22 23 .  31 32 33
"""


def test_the_article_s_matrix():
    expected = [
        [0 if w == "." else int(w) for w in r.split()] for r in ARTICLE.strip().splitlines()
    ]
    weight = np.array([[11, 12, 13], [21, 22, 23], [31, 32, 33]])
    assert_array_equal(conv_matrix(weight, (4, 4)), expected)


@given(operands())
def test_matrix_times_flattened_input_is_the_convolution(case):
    x, weight, _, layout = case
    matrix = conv_matrix(weight, x.shape[-2:], **layout)
    for image in x if x.ndim == 4 else [x]:
        assert_allclose(matrix @ image.ravel(), conv2d(image, weight, **layout).ravel(), atol=1e-12)


@given(operands())
def test_sparse_equals_dense(case):
    x, weight, _, layout = case
    sparse = conv_matrix(weight, x.shape[-2:], sparse=True, **layout)
    assert isinstance(sparse, sp.csr_array)
    assert_array_equal(sparse.toarray(), conv_matrix(weight, x.shape[-2:], **layout))


def test_column_j_is_the_convolution_of_the_jth_unit_picture():
    weight = np.arange(1.0, 7).reshape(2, 3)
    layout = {"stride": (2, 1), "padding": ((1, 0), (2, 1))}
    matrix = conv_matrix(weight, (3, 4), **layout)
    for j in range(12):
        unit = np.zeros(12)
        unit[j] = 1
        column = conv2d(unit.reshape(3, 4), weight, **layout).ravel()
        assert_array_equal(matrix[:, j], column)


def test_a_weight_on_padding_has_no_column():
    assert_array_equal(conv_matrix([[1, 2, 3]], (1, 2), padding=(0, 1)), [[2, 3], [1, 2]])
    assert_array_equal(conv_matrix([[5]], (1, 1), padding=1).ravel(), [0, 0, 0, 0, 5, 0, 0, 0, 0])


def test_sparse_keeps_weights_of_value_zero_as_entries():
    assert conv_matrix([[1, 0]], (1, 4), sparse=True).nnz == 6


def test_large_sparse_matrices_never_pass_through_the_dense_one():
    tracemalloc.start()
    matrix = conv_matrix(np.arange(9.0).reshape(3, 3), 224, padding=1, sparse=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert matrix.shape == (224**2, 224**2)
    assert matrix.nnz == (3 * 224 - 2) ** 2
    assert peak < 2**27 < 224**4 * 8


def test_sparse_indices_take_four_bytes():
    matrix = conv_matrix(np.ones((3, 3)), 50, padding=1, sparse=True)
    assert matrix.indices.dtype == matrix.indptr.dtype == np.int32


def test_floating_point_weights_keep_their_dtype():
    assert conv_matrix(np.ones((2, 2), np.float32), 3).dtype == np.float32
    assert conv_matrix(np.ones((2, 2), np.float32), 3, sparse=True).dtype == np.float32
    assert conv_matrix(np.ones((2, 2), int), 3).dtype == np.float64


def test_a_dense_matrix_over_the_limit_is_refused():
    with pytest.raises(ValueError, match=r"50176 × 50176, .* 18.8 GiB, .* 1 GiB; say sparse"):
        conv_matrix(np.ones((3, 3)), (224, 224), padding=1)


def test_the_limit_is_about_rows_times_columns():
    """One long row, and one long column: the square of either side would be over the limit."""
    assert conv_matrix([[1]], (20000, 1), stride=(20000, 1)).shape == (1, 20000)
    assert conv_matrix(np.ones((20000, 1, 1, 1)), 1).shape == (20000, 1)


def test_the_places_of_a_huge_input_do_not_wrap_around():
    """Four entries, in columns that 32 bits do not reach."""
    side = 2**16
    matrix = conv_matrix([[1.0]], side, stride=side - 1, sparse=True)
    assert matrix.shape == (4, side**2)
    corners = [row * side + col for row in (0, side - 1) for col in (0, side - 1)]
    assert [int(matrix[[row]].indices[0]) for row in range(4)] == corners


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([[1, 2]], (2, 1)), ValueError, "`kernel_size` does not fit"),
        (([1, 2], (2, 2)), ValueError, r"`weight` must have 2 or 4 axes, got shape \(2,\)"),
        (([["a"]], (2, 2)), TypeError, "`weight` must hold real numbers"),
        (([[1]], (0, 2)), ValueError, "`input_shape` must be at least 1"),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        conv_matrix(*arguments)
