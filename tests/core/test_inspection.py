"""What is looked up in a trained network, against plain loops and what moving a pixel does."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convlab.convnet import ConvNet
from convlab.digit_data import digits
from convlab.inspection import (
    bitmap_counts,
    map_fields,
    occlusion_map,
    patch_of,
    strongest,
    without_patch,
)
from convlab.training import TrainingRun

PLANS = [
    ConvNet((2, 3), input_shape=(12, 16)),
    ConvNet((2, 3), kernel_size=(3, 5), input_shape=(16, 12)),
    ConvNet((2, 2), shrink="stride", input_shape=(13, 16)),
    ConvNet((3,), kernel_size=5, relu=False, input_shape=11),
]


@pytest.mark.parametrize("network", PLANS, ids=str)
def test_a_cell_sees_the_pixels_that_move_it_and_no_others(network):
    """Weights are all positive, so each pixel that is read moves a cell; maxima move little."""
    rng = np.random.default_rng(5)
    weights = {name: rng.uniform(0.5, 1, shape) for name, shape in network.shapes.items()}
    rows, cols = network.input_shape
    picture = rng.uniform(0.9, 1, (rows, cols))
    one_brighter = np.repeat(picture[None], rows * cols, axis=0)
    one_brighter.reshape(rows * cols, -1)[np.diag_indices(rows * cols)] += 100
    before = network.forward(weights, picture)
    after = network.forward(weights, one_brighter)
    for number, fields in enumerate(map_fields(network)):
        for name in fields._fields:
            old, new = (getattr(maps.layers[number], name) for maps in (before, after))
            moved = (new[:, 0] != old[:, 0]).reshape(rows, cols, *new.shape[2:])
            for row, col in np.ndindex(*new.shape[2:]):
                (top, bottom), (left, right) = getattr(fields, name).region(row, col)
                expected = np.zeros((rows, cols), bool)
                expected[max(top, 0) : bottom, max(left, 0) : right] = True
                assert_array_equal(moved[:, :, row, col], expected, err_msg=f"{number} {name}")


def test_the_default_network_sees_what_can_be_counted_by_hand():
    first, second = map_fields(ConvNet())
    assert (first.convolved.size, first.pooled.size) == ((3, 3), (4, 4))
    assert second.convolved.size == (4 + 2 * 2,) * 2  # two steps of two pixels more
    assert second.pooled.size == (10, 10)
    assert second.pooled.stride == (4, 4)
    assert first.convolved.region(0, 2) == ((-1, 2), (1, 4))


def test_the_strongest_answers_are_those_that_loops_find():
    maps = np.random.default_rng(2).normal(size=(9, 3, 4))
    maps[4] = maps[7]  # equal ones stay in order
    best = []
    for number, plane in enumerate(maps):
        row, col = max(np.ndindex(3, 4), key=lambda place, plane=plane: plane[place])
        best.append((-plane[row, col], number, row, col))
    found = strongest(maps, 5)
    assert [(a.picture, a.row, a.col) for a in found] == [tuple(b[1:]) for b in sorted(best)[:5]]
    assert [a.value for a in found] == [-b[0] for b in sorted(best)[:5]]
    assert len(strongest(maps, 50)) == 9


def test_a_patch_beyond_the_edge_is_not_a_number():
    picture = np.arange(12.0).reshape(3, 4)
    padded = np.pad(picture, 5, constant_values=np.nan)
    for region in [((0, 2), (1, 4)), ((-2, 1), (3, 6)), ((1, 5), (-3, 2)), ((4, 6), (5, 7))]:
        (top, bottom), (left, right) = region
        assert_array_equal(
            patch_of(picture, region), padded[top + 5 : bottom + 5, left + 5 : right + 5]
        )


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_what_is_hidden_lies_around_its_cell(size):
    picture = np.arange(1.0, 31).reshape(5, 6)
    for row, col in np.ndindex(5, 6):
        hidden = without_patch(picture, (row, col), size, fill=-1)
        for r, c in np.ndindex(5, 6):
            near = all(-(size // 2) <= d < size - size // 2 for d in (r - row, c - col))
            assert hidden[r, c] == (-1 if near else picture[r, c])
    assert picture.min() == 1  # the reader's own is left as it is


def test_over_all_classes_the_occlusion_maps_come_to_one():
    network, picture = ConvNet(), digits().pictures[0]
    maps = [occlusion_map(network, network.start(), picture, label, size=3) for label in range(10)]
    assert_allclose(sum(maps), np.ones(picture.shape))


def test_the_occlusion_map_is_one_forward_pass_for_each_patch():
    training = TrainingRun(network=ConvNet((3, 4)))
    weights = training.advance(training.start(), 10).weights
    picture = digits().pictures[7]
    found = occlusion_map(training.network, weights, picture, 4, size=2, fill=0.3)
    for row, col in np.ndindex(8, 8):
        covered = picture.copy()
        for r, c in np.ndindex(8, 8):
            if r in (row - 1, row) and c in (col - 1, col):
                covered[r, c] = 0.3
        scores = training.network.forward(weights, covered).scores[0]
        powers = np.exp(scores)
        assert_allclose(found[row, col], powers[4] / powers.sum())
    assert found.max() > found.min()


def test_ink_is_counted_block_by_block():
    bitmap = np.random.default_rng(1).random((12, 8)) < 0.4
    counts = bitmap_counts(bitmap)
    assert counts.shape == (3, 2)
    for row, col in np.ndindex(3, 2):
        count = 0
        for r, c in np.ndindex(4, 4):
            count += bool(bitmap[4 * row + r, 4 * col + c])
        assert counts[row, col] == count
    assert bitmap_counts(np.ones((32, 32))).tolist() == [[16.0] * 8] * 8


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: strongest([[1, 2]], 1), ValueError, "`maps` must have 3 axes"),
        (lambda: strongest([[[1, 2]]], 0), ValueError, "`count` must be at least 1, got 0"),
        (lambda: without_patch([[1, 2]], (0, 2), 1), ValueError, r"`cell` must lie in .* \(0, 2\)"),
        (lambda: without_patch([[1, 2]], (0, 1), 0), ValueError, "`size` must be at least 1"),
        (lambda: bitmap_counts(np.ones((8, 6))), ValueError, r"`bitmap` .* 4 × 4, got \(8, 6\)"),
        (
            lambda: occlusion_map(ConvNet(), ConvNet().start(), np.ones((8, 8)), 10),
            ValueError,
            "`label` must be from 0 to 9, got 10",
        ),
        (
            lambda: occlusion_map(ConvNet(), ConvNet().start(), np.ones((7, 8)), 1),
            ValueError,
            "`pictures` must be",
        ),
    ],
)
def test_what_makes_no_sense_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
