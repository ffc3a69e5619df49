"""The patch matrix and its way back, against `conv2d`, C̃, plain loops and the adjoint rule."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal

from convlab import conv2d, conv2d_input_grad, conv_matrix, fold, patch_matrix
from convlab.geometry import Geometry
from tests.strategies import operands


@given(operands())
def test_kernels_as_rows_times_patches_as_columns_is_the_convolution(case):
    x, weight, _, layout = case
    kernels = weight.reshape(1 if weight.ndim == 2 else len(weight), -1)
    product = kernels @ patch_matrix(x, weight.shape[-2:], **layout)
    assert_allclose(product.ravel(), conv2d(x, weight, **layout).ravel(), atol=1e-12)


@given(operands())
def test_column_i_of_the_patch_matrix_is_what_window_i_reads(case):
    x, weight, _, layout = case
    geometry = Geometry(x.shape[-2:], weight.shape[-2:], **layout)
    patches = patch_matrix(x, weight.shape[-2:], **layout)
    assert patches.ndim == (3 if x.ndim == 4 else 2)
    padded = np.pad(x, [(0, 0)] * (x.ndim - 2) + list(geometry.padding))
    for step in range(geometry.steps):
        _, rows, cols = geometry.window(step)
        read = padded[..., list(rows), :][..., list(cols)]
        assert_array_equal(patches[..., step].ravel(), read.ravel())


@given(operands())
def test_both_matrices_hold_the_same_products(case):
    """Row i of C̃ and column i of the patch matrix agree about every input cell they share."""
    x, weight, _, layout = case
    shape = x.shape[-2:]
    cells = np.arange(1.0, 1 + shape[0] * shape[1])
    patches = patch_matrix(cells.reshape(shape), weight.shape[-2:], **layout)
    matrix = conv_matrix(np.ones(weight.shape[-2:]), shape, **layout)
    for row, patch in zip(matrix, patches.T, strict=True):
        assert_array_equal(np.flatnonzero(row) + 1, np.sort(patch[patch > 0]))


def test_patches_keep_a_floating_point_dtype():
    assert patch_matrix(np.ones((3, 3), np.float32), 2).dtype == np.float32
    assert patch_matrix(np.ones((3, 3), bool), 2).dtype == np.float64


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([[1, 2]], (2, 1)), ValueError, "`kernel_size` does not fit"),
        (([1, 2], 1), ValueError, r"`x` must have 2, 3 or 4 axes, got shape \(2,\)"),
        (([["a"]], 1), TypeError, "`x` must hold real numbers"),
    ],
)
def test_a_bad_argument_of_the_patch_matrix_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        patch_matrix(*arguments)


@given(operands())
def test_fold_adds_each_entry_to_the_cell_it_was_read_from(case):
    x, weight, _, layout = case
    geometry = Geometry(x.shape[-2:], weight.shape[-2:], **layout)
    patches = np.random.default_rng(1).normal(
        size=patch_matrix(x, geometry.kernel_size, **layout).shape
    )
    (top, _), (left, _) = geometry.padding
    cells = geometry.kernel_size[0] * geometry.kernel_size[1]
    expected = np.zeros((*patches.shape[:-2], patches.shape[-2] // cells, *geometry.input_shape))
    for *batch, row, step in np.ndindex(patches.shape):
        channel, cell = divmod(row, cells)
        u, v = divmod(cell, geometry.kernel_size[1])
        _, rows, cols = geometry.window(step)
        r, c = rows[u] - top, cols[v] - left
        if 0 <= r < x.shape[-2] and 0 <= c < x.shape[-1]:
            expected[(*batch, channel, r, c)] += patches[(*batch, row, step)]
    folded = fold(patches, x.shape[-2:], geometry.kernel_size, **layout)
    assert_allclose(folded, expected, atol=1e-12)


@given(operands())
def test_fold_is_the_adjoint_of_the_patch_matrix(case):
    x, weight, _, layout = case
    patches = patch_matrix(x, weight.shape[-2:], **layout)
    q = np.random.default_rng(1).normal(size=patches.shape)
    folded = fold(q, x.shape[-2:], weight.shape[-2:], **layout)
    assert folded.shape == (x.shape if x.ndim > 2 else (1, *x.shape))
    assert_allclose((patches * q).sum(), (x * folded).sum(), atol=1e-10)


@given(operands())
def test_fold_of_kernels_times_output_gradients_is_the_input_gradient(case):
    x, weight, _, layout = case
    y = conv2d(x, weight, **layout)
    g = np.random.default_rng(1).normal(size=y.shape)
    kernels = weight.reshape(1 if weight.ndim == 2 else len(weight), -1)
    rows = g.reshape(*g.shape[:-3], len(kernels), -1)
    folded = fold(kernels.T @ rows, x.shape[-2:], weight.shape[-2:], **layout)
    expected = conv2d_input_grad(g, weight, x.shape[-2:], **layout)
    assert_allclose(folded.reshape(x.shape), expected, atol=1e-12)


def test_fold_undoes_the_patch_matrix_where_patches_lie_side_by_side():
    x = np.arange(2.0 * 3 * 4 * 6).reshape(2, 3, 4, 6)
    patches = patch_matrix(x, (2, 3), stride=(2, 3))
    assert_array_equal(fold(patches, (4, 6), (2, 3), stride=(2, 3)), x)


def test_empty_batches_of_patches():
    patches = patch_matrix(np.ones((0, 3, 4, 4)), 2)
    assert patches.shape == (0, 12, 9)
    assert fold(patches, 4, 2).shape == (0, 3, 4, 4)


def test_fold_keeps_a_floating_point_dtype_and_leaves_its_input_alone():
    patches = np.ones((4, 1), np.float32)
    folded = fold(patches, 2, 2)
    assert folded.dtype == np.float32
    folded += 1
    assert_array_equal(patches, np.ones((4, 1)))
    assert fold(np.ones((4, 1), int), 2, 2).dtype == np.float64


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1, 2], 2, 2), ValueError, r"`patches` must have 2 or 3 axes, got shape \(2,\)"),
        ((np.ones((5, 4)), 3, 2), ValueError, r"a multiple of 4 rows, .* got shape \(5, 4\)"),
        ((np.ones((8, 3)), 3, 2), ValueError, "and 4 columns, one per output pixel, got shape"),
        ((np.ones((4, 7)), (3, 4), 2), ValueError, "and 6 columns, one per output pixel, got"),
        ((np.ones((0, 4)), 3, 2), ValueError, "`patches` must not be empty"),
        ((np.ones((4, 4)), 1, 2), ValueError, "`kernel_size` does not fit"),
        (([["a"]], 1, 1), TypeError, "`patches` must hold real numbers"),
    ],
)
def test_a_bad_argument_of_fold_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        fold(*arguments)
