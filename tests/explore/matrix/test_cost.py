"""The price: bytes as the matrices really take them, and times that were really measured."""

import re

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.draw.text import text_path
from convlab.explore import Cost
from convlab.explore.matrix import cost_numbers
from convlab.explore.matrix.cost_numbers import CostState, entries, memory
from convlab.explore.matrix.cost_scene import CostScene, apart
from convlab.explore.matrix.cost_words import written
from convlab.matrix import conv_matrix, patch_matrix


@pytest.mark.parametrize("kernel", [1, 3, 5, 7])
@pytest.mark.parametrize("size", [4, 7, 16])
@pytest.mark.parametrize("count", [1, 3])
def test_entries_and_bytes_are_those_of_the_matrices(size, kernel, count):
    weight = np.ones((count, 1, kernel, kernel))
    dense = conv_matrix(weight, size, padding="same")
    sparse = conv_matrix(weight, size, padding="same", sparse=True)
    patches = patch_matrix(np.ones((size, size)), kernel, padding="same")
    counts, costs = entries(size, kernel, count), memory(size, kernel, count)
    assert list(counts.values()) == [dense.size, sparse.nnz, patches.size, weight.size]
    parts = (sparse.data, sparse.indices, sparse.indptr)
    expected = [dense.nbytes, sum(p.nbytes for p in parts), patches.nbytes, weight.nbytes]
    assert list(costs.values()) == expected


def test_the_photograph_of_the_lesson():
    assert entries(224, 3)["dense"] == 50176**2
    assert written(memory(224, 3)["dense"], "memory") == "20.1 GB"
    assert written(memory(224, 3)["sparse"], "memory") == "5.59 MB"
    assert written(memory(224, 3)["sliding"], "memory") == "72 B"


def test_times_are_positive_kept_and_without_a_matrix_that_is_too_large():
    seconds = cost_numbers.measured(3, 1)
    assert seconds is cost_numbers.measured(3, 1)
    assert all(value > 0 for curve in seconds.values() for value in curve.values())
    for kernels in (1, 16):
        for way, curve in cost_numbers.measured(3, kernels).items():
            for size in cost_numbers.SIZES:
                assert (size in curve) == (memory(size, 3, kernels)[way] <= 64 * 2**20)
    assert max(seconds["dense"]) == 48


def test_all_four_ways_give_the_same_numbers_so_that_their_times_can_be_compared():
    rng = np.random.default_rng(1)
    x, weight = rng.normal(size=(1, 7, 7)), rng.normal(size=(4, 1, 3, 3))
    results = [np.ravel(call()) for call in cost_numbers._calls(x, weight).values()]
    for result in results:
        np.testing.assert_allclose(result, conv2d(x, weight, padding="same").ravel(), atol=1e-12)


def test_times_are_medians_of_calls_that_build_what_they_need(monkeypatch):
    """A clock of our own: one call out of seven takes a hundred times as long."""
    durations = iter([9, 1, 2, 100, 3, 4, 5] * 50)
    clock = [0.0]
    monkeypatch.setattr(cost_numbers.time, "perf_counter", lambda: clock[0])

    def call():
        clock[0] += next(durations) / 1000

    assert cost_numbers._median(call) == pytest.approx(0.003)


@pytest.mark.parametrize("what", ["memory", "time"])
def test_dots_lie_on_the_curves_at_the_size_that_is_read_off(what):
    scene = CostScene()
    for size in (4, 30, 224):
        state = CostState(what, 3, size=size)
        scene.update(state)
        expected = cost_numbers.measured(3, 1) if what == "time" else memory(size, 3)
        for way, dot in scene._dots.items():
            (x, y), curve = dot.get_xydata()[0], scene._curves[way].get_xydata()
            assert x == state.shown
            if what == "memory":
                assert y == expected[way]
            elif x in expected[way]:
                assert y == expected[way][x]
            else:
                assert np.isnan(y)
                continue
            assert [x, y] in curve.tolist()


def test_the_nearest_size_that_was_measured_is_read_off():
    assert [CostState("time", 3, size=size).shown for size in (4, 30, 56, 80, 200)] == [
        4,
        32,
        64,
        96,
        224,
    ]
    assert CostState("memory", 3, size=30).shown == 30


def test_the_picture_does_not_depend_on_what_was_shown_before():
    scene, fresh = CostScene(), CostScene()
    for state in (CostState(size=30), CostState(kernel=7, size=77), CostState(size=224)):
        scene.update(state)
    fresh.update(state)
    assert scene.png() == fresh.png()


@pytest.mark.parametrize("kernel", [1, 7])
def test_the_axes_reach_over_whole_decades_that_hold_all_curves(kernel):
    scene = CostScene()
    for what in ("memory", "time"):
        state = CostState(what, kernel)
        scene.update(state)
        values = [value for curve in state.curves.values() for value in curve.values()]
        low, high = np.log10(scene.chart.get_ylim())
        assert (low, high) == pytest.approx((round(low), round(high)))
        assert low <= np.log10(min(values)) < low + 1
        assert high - 1 < np.log10(max(values)) <= high
        name = text_path([written(10**low, what)], np.array([[65, 44]]), 13, align="right")
        found = scene._scales.get_path().vertices
        gaps = np.abs(found[:, None] - name.vertices).max(axis=2)
        assert gaps.min(axis=0) == pytest.approx(0, abs=1e-6), "beside the lower end of the chart"


def test_labels_of_curves_that_end_together_stay_apart():
    heights = apart([10.0, 11.0, 50.0, 10.5], 17)
    assert np.diff(np.sort(heights)).min() >= 17 - 1e-9
    assert heights[0] == 10.0


def test_units():
    assert [written(n, "memory") for n in (1, 999, 1000, 2e13)] == ["1 B", "999 B", "1 kB", "20 TB"]
    assert [written(n, "memory") for n in (999.4, 999.6, 1234567)] == ["999 B", "1 kB", "1.23 MB"]
    assert [written(t, "time") for t in (1e-9, 3e-3, 2.5)] == ["1 ns", "3 ms", "2.5 s"]


def _words(explorer):
    return re.sub(r"<[^>]+>", "", explorer.caption.value)


def test_the_price_is_said_in_words_and_shown_in_a_table():
    price = Cost()
    assert "99.982 % of C̃ are zeros. Dense, it takes 20.1 GB; sparse, 5.59 MB" in _words(price)
    assert "2,517,630,976" in price.details.value
    price.controls["what"].value = "time"
    assert "C̃, dense was not tried: it would take 20.1 GB." in _words(price)
    assert price.details.value.count("–") == 1
    price.controls["kernels"].value = 16
    assert "C̃, sparse was not tried: it would take 89.4 MB." in _words(price)
    price.set_controls(size=30, kernels=1)
    assert "At 32 × 32 with 1 kernel of 3 × 3, on this machine, building included" in _words(price)


def test_the_words_rank_the_ways_by_their_times():
    price = Cost(what="time", size=48)
    ranked = re.search("quickest first: (.*?)\\.( C̃|$)", _words(price))[1]
    names = {"dense": "C̃, dense", "sparse": "C̃, sparse", "patches": "patches P"}
    places = [ranked.index(names.get(way, way)) for way in price.state.order]
    assert places == sorted(places)
    times = [price.state.costs[way] for way in price.state.order]
    assert times == sorted(times)
    assert len(times) == 4


def test_a_sparse_matrix_that_takes_more_is_said_to_take_more():
    for size, kernel in ((4, 7), (6, 7), (4, 5)):
        words = _words(Cost(size=size, kernel=kernel))
        smaller = memory(size, kernel)["sparse"] < memory(size, kernel)["dense"]
        assert ("times less" in words) == smaller
        assert ("more, because the places are stored as well" in words) == (not smaller)
