"""The price: bytes as the matrices really take them, and times that were really measured."""

import numpy as np
import pytest

from convlab.explore.matrix import cost_scene as price
from convlab.explore.matrix.cost_scene import (
    CostScene,
    CostState,
    entries,
    in_bytes,
    in_seconds,
    memory,
)
from convlab.matrix import conv_matrix, patch_matrix


@pytest.mark.parametrize("kernel", [1, 3, 5, 7])
@pytest.mark.parametrize("size", [4, 7, 16])
def test_entries_and_bytes_are_those_of_the_matrices(size, kernel):
    weight = np.ones((kernel, kernel))
    dense = conv_matrix(weight, size, padding="same")
    sparse = conv_matrix(weight, size, padding="same", sparse=True)
    patches = patch_matrix(np.ones((size, size)), kernel, padding="same")
    counts, costs = entries(size, kernel), memory(size, kernel)
    assert list(counts.values()) == [dense.size, sparse.nnz, patches.size, weight.size]
    parts = (sparse.data, sparse.indices, sparse.indptr)
    expected = [dense.nbytes, sum(p.nbytes for p in parts), patches.nbytes, weight.nbytes]
    assert list(costs.values()) == expected


def test_the_photograph_of_the_lesson():
    assert entries(224, 3)["C̃, dense"] == 50176**2
    assert in_bytes(memory(224, 3)["C̃, dense"]) == "20.1 GB"
    assert in_bytes(memory(224, 3)["C̃, sparse"]) == "5.59 MB"
    assert in_bytes(memory(224, 3)["sliding"]) == "72 B"


def test_times_are_positive_kept_and_without_a_dense_matrix_that_is_too_large():
    seconds = price.measured(3)
    assert seconds is price.measured(3)
    assert all(value > 0 for curve in seconds.values() for value in curve.values())
    assert max(seconds["C̃, dense"]) == 48
    assert all(max(curve) == 224 for way, curve in seconds.items() if way != "C̃, dense")


@pytest.mark.parametrize("what", ["memory", "time"])
def test_dots_lie_on_the_curves_at_the_size_that_is_read_off(what):
    scene = CostScene()
    for size in (4, 30, 224):
        state = CostState(what, 3, size)
        scene.update(state)
        shown = price.read_off(state)
        curves = [c for c in scene.curves(state).values() if shown in c]
        dots = [path.vertices[:24].mean(axis=0) for path in scene._dots.get_paths()]
        assert len(dots) == len(curves)
        for dot, curve in zip(dots, curves, strict=True):
            assert np.abs(dot - scene._at(shown, curve[shown])).max() < 0.5


def test_labels_of_curves_that_end_together_stay_apart():
    heights = price._apart([10.0, 11.0, 50.0, 10.5], 17)
    assert np.diff(np.sort(heights)).min() >= 17 - 1e-9
    assert heights[0] == 10.0


def test_units():
    assert [in_bytes(n) for n in (1, 999, 1000, 2e13)] == ["1 B", "999 B", "1 kB", "20 TB"]
    assert [in_seconds(t) for t in (1e-9, 3e-3, 2.5)] == ["1 ns", "3 ms", "2.5 s"]
