"""Descent finds hidden kernels, says where it cannot, and its bowl is the loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.convolution import conv2d
from convlab.gradients import conv2d_weight_grad
from convlab.images import photo, shapes
from convlab.kernels import KERNELS
from convlab.numerical import numerical_gradient
from convlab.recovery import loss_bowl, recover_kernel
from tests.strategies import pairs

CARD = shapes(256) / 255
NAMES = ["Sobel vertical", "Sobel horizontal", "emboss", "smooth", "Gaussian 3x3", "sharpen"]


@pytest.mark.parametrize("name", NAMES)
def test_a_hidden_kernel_is_found_on_the_test_card(name):
    hidden = KERNELS[name].weights
    path = recover_kernel(CARD, conv2d(CARD, hidden), steps=300)
    assert not path.diverged
    assert len(path.kernels) == len(path.losses) == 301
    assert_allclose(path.kernels[-1], hidden, atol=1e-3)
    assert path.losses[-1] < 1e-6 * path.losses[0]


@pytest.mark.parametrize("name", ["Sobel vertical", "smooth"])
def test_a_hidden_kernel_is_found_on_the_photograph(name):
    """It is smooth, so that some weights hardly matter: it takes more steps, and more momentum."""
    before, hidden = photo() / 255, KERNELS[name].weights
    after = conv2d(before, hidden)
    path = recover_kernel(before, after, steps=1500, step=0.2, momentum=0.98)
    assert_allclose(path.kernels[-1], hidden, atol=1e-2)


def test_a_larger_and_oblong_kernel_is_found():
    hidden = np.arange(8.0).reshape(2, 4) / 8
    path = recover_kernel(CARD, conv2d(CARD, hidden), (2, 4), steps=500)
    assert_allclose(path.kernels[-1], hidden, atol=1e-2)


@st.composite
def pictures(draw):
    """Two pictures that belong together, in size alone, and a kernel."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size, more = draw(pairs(1, 3)), draw(pairs(0, 4))
    before = rng.normal(size=(size[0] + more[0], size[1] + more[1]))
    return before, rng.normal(size=(more[0] + 1, more[1] + 1)), rng.normal(size=size)


@given(pictures())
def test_the_bowl_is_the_loss_and_its_slope_the_gradient(case):
    before, after, kernel = case
    bowl = loss_bowl(before, after, kernel.shape)

    def loss(w):
        return float(((conv2d(before, w) - after) ** 2).sum()) / (2 * after.size)

    assert bowl.loss(kernel) == pytest.approx(loss(kernel), abs=1e-12)
    many = np.stack([kernel, 2 * kernel])
    assert_allclose(bowl.loss(many), [loss(w) for w in many], atol=1e-12)
    gradient = (bowl.hessian @ kernel.ravel() - bowl.slope).reshape(kernel.shape)
    error = (conv2d(before, kernel) - after) / after.size
    assert_allclose(gradient, conv2d_weight_grad(error, before, kernel.shape), atol=1e-12)
    assert_allclose(gradient, numerical_gradient(loss, kernel), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_longest_step_parts_convergence_from_divergence(momentum):
    """On whole pictures: one crop of everything."""
    rng = np.random.default_rng(0)
    before = rng.random((20, 20))
    after = conv2d(before, rng.normal(size=(2, 2)))
    limit = loss_bowl(before, after, 2).longest_step(momentum)
    settings = {"steps": 2000, "momentum": momentum, "crop": 99, "batch": 1}
    below = recover_kernel(before, after, 2, step=0.95 * limit, **settings)
    above = recover_kernel(before, after, 2, step=1.05 * limit, **settings)
    assert not below.diverged
    assert below.losses[-1] < 1e-6 * below.losses[0]
    assert above.diverged


@pytest.mark.parametrize("step", [3.0, 100.0, 1e30, 1e200, 1.7e308])
def test_divergence_is_told_and_never_leaves_a_nan(step):
    after = conv2d(CARD, KERNELS["emboss"].weights)
    path = recover_kernel(CARD, after, step=step)
    assert path.diverged
    assert 1 <= len(path.kernels) == len(path.losses) < 301
    assert np.isfinite(path.kernels).all()
    assert np.isfinite(path.losses).all()


def test_the_same_seed_gives_the_same_path_and_fewer_steps_its_beginning():
    after = conv2d(CARD, KERNELS["smooth"].weights)
    long, short = (recover_kernel(CARD, after, steps=n, seed=7) for n in (40, 15))
    assert_array_equal(long.kernels[:16], short.kernels)
    assert_array_equal(long.losses[:16], short.losses)
    other = recover_kernel(CARD, after, steps=15, seed=8)
    assert (other.kernels[0] != short.kernels[0]).all()


def test_without_a_start_the_first_kernel_is_drawn_with_a_spread_of_a_tenth():
    card, settings = CARD[:60, :60], {"steps": 1, "batch": 1, "crop": 8}
    first = recover_kernel(card, np.zeros((40, 40)), 21, **settings).kernels[0]
    assert first.std() == pytest.approx(0.1, rel=0.15)
    assert abs(first.mean()) < 0.02


def test_a_start_is_kept_and_the_answer_stays_where_it_is():
    hidden = KERNELS["smooth"].weights
    path = recover_kernel(CARD, conv2d(CARD, hidden), start=hidden, steps=20)
    assert_array_equal(path.kernels[0], hidden)
    assert_allclose(path.kernels[-1], hidden, atol=1e-9)
    assert not recover_kernel(CARD, np.zeros((254, 254)), start=np.zeros((3, 3))).diverged


T = np.ones((3, 3))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: recover_kernel([1, 2], T), ValueError, "`before` must have 2 axes"),
        (lambda: recover_kernel(T, T), ValueError, r"`after` .* padding, \(1, 1\), got \(3, 3\)"),
        (lambda: recover_kernel(T, T, 4), ValueError, "`kernel_size` does not fit"),
        (lambda: recover_kernel(T * np.nan, T, 1), ValueError, "`before` must be finite"),
        (lambda: recover_kernel(T, T / [1, 1, np.inf] * np.inf, 1), ValueError, "`after` must be"),
        (lambda: recover_kernel(T, T, 1, step=-1), ValueError, "`step` must be .* got -1"),
        (lambda: recover_kernel(T, T, 1, momentum=1), ValueError, "`momentum` must be .* got 1"),
        (lambda: recover_kernel(T, T, 1, steps=-1), ValueError, "`steps` must be at least 0"),
        (lambda: recover_kernel(T, T, 1, batch=0), ValueError, "`batch` must be at least 1"),
        (lambda: recover_kernel(T, T, 1, crop=0), ValueError, "`crop` must be at least 1, got 0"),
        (lambda: recover_kernel(T, T, 1, seed=0.5), TypeError, "`seed` must be an int, got 0.5"),
        (
            lambda: recover_kernel(T, T, 1, start=[1]),
            ValueError,
            r"`start` .* \(1, 1\), got \(1,\)",
        ),
        (lambda: recover_kernel(T, T, 1, start=[[np.nan]]), ValueError, "`start` must be finite"),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with np.errstate(invalid="ignore"), pytest.raises(error, match=message):
        call()
