"""Strokes are drawn as said, and the edge network's scores and gradients are those of loops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

from convlab.kernels import KERNELS
from convlab.numerical import numerical_gradient
from convlab.strokes import (
    POOLS,
    edge_gradient,
    edge_scores,
    learn_edges,
    similarity,
    strokes,
)
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

GRADIENTS = [KERNELS[name].weights for name in ("vertical gradient", "horizontal gradient")]


def runs(mask):
    """Return where a line of truth values is True, as half-open ends of each run."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return list(zip(steps[::2], steps[1::2], strict=True))


@given(st.integers(5, 12), st.integers(0, 50))
def test_each_stroke_is_one_block_that_lies_as_its_label_says(size, seed):
    pictures, labels = strokes(6, size=size, noise=0, seed=seed)
    for picture, label in zip(pictures, labels, strict=True):
        assert set(np.unique(picture)) <= {0, 1}
        rows, cols = picture.any(axis=1), picture.any(axis=0)
        assert picture.sum() == rows.sum() * cols.sum()
        ((top, bottom),), ((left, right),) = runs(rows), runs(cols)
        high, wide = bottom - top, right - left
        long, thick = (wide, high) if label else (high, wide)
        assert 5 <= long <= size
        assert 1 <= thick <= 3


def test_both_labels_every_width_and_every_place_occur():
    pictures, labels = strokes(400, noise=0, seed=1)
    assert 150 < labels.sum() < 250
    thickness = [min(p.any(axis=0).sum(), p.any(axis=1).sum()) for p in pictures]
    assert set(thickness) == {1, 2, 3}
    assert (pictures.sum(axis=0) > 0).all()


def test_noise_has_the_spread_that_was_asked_for_and_changes_nothing_else():
    clean, noisy = strokes(300, noise=0, seed=4), strokes(300, noise=0.25, seed=4)
    assert_array_equal(clean.labels, noisy.labels)
    assert (noisy.pictures - clean.pictures).std() == pytest.approx(0.25, rel=0.02)


def score_by_loops(kernel, picture, pool):
    """Return one score by scipy's correlation and plain numbers."""
    answers = [max(float(v), 0.0) for v in signal.correlate2d(picture, kernel, "valid").ravel()]
    return max(answers) if pool == "max" else sum(answers) / len(answers)


@given(st.integers(0, 1000), st.sampled_from(list(POOLS)))
def test_scores_are_those_of_loops(seed, pool):
    rng = np.random.default_rng(seed)
    kernels, pictures = rng.normal(size=(2, 3, 3)), rng.normal(size=(4, 7, 6))
    expected = [[score_by_loops(k, p, pool) for k in kernels] for p in pictures]
    assert_allclose(edge_scores(kernels, pictures, pool=pool), expected)
    many = edge_scores(np.stack([kernels, 2 * kernels, -kernels]), pictures, pool=pool)
    assert many.shape == (4, 3, 2)
    assert_allclose(many[:, 1], 2 * np.array(expected))


@given(st.integers(0, 1000), st.sampled_from(list(POOLS)))
def test_the_gradient_is_that_of_finite_differences(seed, pool):
    rng = np.random.default_rng(seed)
    kernels, pictures = rng.normal(size=(2, 3, 3)), rng.normal(size=(5, 7, 6))
    labels = rng.integers(2, size=5)

    def loss(k):
        scores = np.array([[score_by_loops(one, p, pool) for one in k] for p in pictures])
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(5), labels]))

    found, gradient = edge_gradient(kernels, pictures, labels, pool=pool)
    assert found == pytest.approx(loss(kernels))
    assert_allclose(gradient, numerical_gradient(loss, kernels), atol=1e-6)


def test_one_step_goes_against_the_gradient_of_a_batch_and_speed_is_kept():
    """The batches are those of a generator with the same seed; written out for two steps."""
    data = strokes(30, seed=5)
    rng = np.random.default_rng(6)
    kernels = rng.normal(scale=0.3, size=(2, 3, 3))
    path = learn_edges(data, steps=2, step=0.3, momentum=0.5, batch=4, seed=6)
    assert_array_equal(path[0], kernels)
    velocity = 0
    for moment in path[1:]:
        seen = rng.integers(30, size=4)
        _, gradient = edge_gradient(kernels, data.pictures[seen], data.labels[seen])
        velocity = 0.5 * velocity + gradient
        kernels = kernels - 0.3 * velocity
        assert_allclose(moment, kernels)


def test_kernels_become_gradients_from_some_starts_and_not_from_others():
    data = strokes(400, seed=1)
    five, one, zero = (learn_edges(data, seed=seed)[-1] for seed in (5, 1, 0))
    alike = [abs(similarity(k, g)) for k, g in zip(five, GRADIENTS, strict=True)]
    assert min(alike) > 0.95
    line = KERNELS["horizontal line"].weights
    assert abs(similarity(one[1], line)) > 0.95 > 0.2 > abs(similarity(one[1], GRADIENTS[1]))
    assert edge_scores(zero, strokes(100, seed=2).pictures).mean() < 0.05  # both are silent


def test_fewer_steps_with_the_same_seed_are_the_beginning_of_the_same_path():
    data = strokes(50, seed=1)
    assert_array_equal(learn_edges(data, steps=9)[:5], learn_edges(data, steps=4))


def test_similarity_is_the_cosine_of_numpys_own_angle():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 3, 4))
    expected = np.corrcoef(np.concatenate([a.ravel(), -a.ravel()]), np.r_[b.ravel(), -b.ravel()])
    assert similarity(a, b) == pytest.approx(expected[0, 1])
    assert similarity(3 * a, a) == pytest.approx(1)
    assert similarity(-a, a) == pytest.approx(-1)
    assert similarity(0 * a, a) == 0


K, P = np.ones((2, 3, 3)), np.ones((4, 8, 8))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: strokes(0), ValueError, "`count` must be at least 1, got 0"),
        (lambda: strokes(1, size=4), ValueError, "`size` must be at least 5, got 4"),
        (lambda: strokes(1, noise=-0.1), ValueError, "`noise` must be .* got -0.1"),
        (lambda: strokes(1, noise=np.nan), ValueError, "`noise` must be .* got nan"),
        (lambda: strokes(1, seed=-1), ValueError, "`seed` must be at least 0, got -1"),
        (lambda: edge_scores(K, P, pool="sum"), ValueError, "`pool` must be one of .* got 'sum'"),
        (lambda: edge_scores(K, P[0]), ValueError, "`pictures` must have 3 axes"),
        (lambda: edge_gradient(K[0], P, [0] * 4), ValueError, "`kernels` must have 3 axes"),
        (lambda: edge_gradient(K, P, [0]), ValueError, "`labels` must have one class"),
        (lambda: edge_gradient(K, P, [2] * 4), ValueError, "`labels` must be from 0 to 1"),
        (lambda: learn_edges(strokes(3), step=0), ValueError, "`step` must be .* got 0"),
        (lambda: learn_edges(strokes(3), momentum=1), ValueError, "`momentum` must be .* got 1"),
        (lambda: learn_edges(strokes(3), steps=-1), ValueError, "`steps` must be at least 0"),
        (lambda: learn_edges(strokes(3), batch=0), ValueError, "`batch` must be at least 1"),
        (lambda: learn_edges(strokes(3), seed=0.5), TypeError, "`seed` must be an int, got 0.5"),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
