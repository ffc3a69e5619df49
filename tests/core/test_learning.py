"""Each gradient of learning against central differences, and against plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.descent import momentum_step
from convlab.learning import (
    dense,
    dense_backward,
    relu,
    relu_backward,
    softmax,
    softmax_cross_entropy,
)
from convlab.numerical import numerical_gradient
from tests.strategies import pairs

CLOSE = {"rtol": 1e-5, "atol": 1e-7}


@st.composite
def matrices(draw, spread=1.0):
    """Random rows of numbers, none of them nearer to 0 than differences reach."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = rng.normal(scale=spread, size=draw(pairs(1, 5)))
    return values + 1e-3 * np.sign(values)


@st.composite
def layers(draw):
    """Input, weight, bias and some gradient of the output of a dense layer, with a batch or not."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    inputs, outputs = draw(pairs(1, 5))
    batch = draw(st.sampled_from([(), (1,), (4,)]))
    return (
        rng.normal(size=(*batch, inputs)),
        rng.normal(size=(outputs, inputs)),
        rng.normal(size=outputs),
        rng.normal(size=(*batch, outputs)),
    )


@st.composite
def scored(draw, spread=3.0):
    """Scores and labels."""
    scores = draw(matrices(spread))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return scores, rng.integers(scores.shape[1], size=len(scores))


@given(matrices())
def test_relu_and_its_gradient_by_loops_and_differences(x):
    g = np.random.default_rng(x.size).normal(size=x.shape)
    assert_array_equal(relu(x), [[v if v > 0 else 0 for v in row] for row in x])
    found = relu_backward(g, x)
    for index in np.ndindex(x.shape):
        assert found[index] == (g[index] if x[index] > 0 else 0)
    assert_allclose(found, numerical_gradient(lambda v: float((relu(v) * g).sum()), x), **CLOSE)
    assert_array_equal(relu_backward(g, relu(x)), found)


@given(layers())
def test_dense_and_its_gradients_by_loops(case):
    x, weight, bias, g = case
    rows, grads = np.atleast_2d(x), np.atleast_2d(g)
    y, gx = np.zeros(grads.shape), np.zeros(rows.shape)
    gw, gb = np.zeros(weight.shape), np.zeros(bias.shape)
    for n in range(len(rows)):
        for i in range(len(weight)):
            y[n, i] = bias[i]
            gb[i] += grads[n, i]
            for j in range(rows.shape[1]):
                y[n, i] += weight[i, j] * rows[n, j]
                gx[n, j] += weight[i, j] * grads[n, i]
                gw[i, j] += rows[n, j] * grads[n, i]
    found = dense_backward(g, x, weight)
    assert_allclose(dense(x, weight, bias), y.reshape(g.shape), atol=1e-12)
    assert_allclose(found.x, gx.reshape(x.shape), atol=1e-12)
    assert_allclose(found.weight, gw, atol=1e-12)
    assert_allclose(found.bias, gb, atol=1e-12)


@given(layers())
def test_dense_gradients_equal_central_differences(case):
    x, weight, bias, g = case

    def loss(x=x, weight=weight, bias=bias):
        return float((dense(x, weight, bias) * g).sum())

    found = dense_backward(g, x, weight)
    assert_allclose(found.x, numerical_gradient(lambda v: loss(x=v), x), **CLOSE)
    assert_allclose(found.weight, numerical_gradient(lambda v: loss(weight=v), weight), **CLOSE)
    assert_allclose(found.bias, numerical_gradient(lambda v: loss(bias=v), bias), **CLOSE)


@given(scored())
def test_cross_entropy_by_loops_and_its_gradient_by_differences(case):
    scores, labels = case
    total = 0.0
    for row, label in zip(scores, labels, strict=True):
        total -= math.log(math.exp(row[label]) / sum(math.exp(z) for z in row))
    loss, probabilities, gradient = softmax_cross_entropy(scores, labels)
    assert loss == pytest.approx(total / len(scores), abs=1e-12)
    expected = numerical_gradient(lambda v: softmax_cross_entropy(v, labels).loss, scores)
    assert_allclose(gradient, expected, **CLOSE)
    for n, row in enumerate(scores):
        for i, z in enumerate(row):
            p = math.exp(z) / sum(math.exp(other) for other in row)
            assert probabilities[n, i] == pytest.approx(p)
            assert gradient[n, i] == pytest.approx((p - (i == labels[n])) / len(scores), abs=1e-12)


@given(scored(spread=1e6), st.floats(-1e8, 1e8))
def test_softmax_stays_finite_and_ignores_a_common_shift(case, shift):
    scores, labels = case
    loss, probabilities, gradient = softmax_cross_entropy(scores, labels)
    assert math.isfinite(loss)
    assert loss >= 0
    assert_allclose(probabilities.sum(axis=1), 1)
    assert_allclose(gradient.sum(axis=1), 0, atol=1e-12)
    assert_array_equal(softmax(scores), probabilities)
    small = scores / 1e6
    assert_allclose(softmax(small + shift), softmax(small), rtol=1e-6)


def test_one_picture_is_a_batch_of_one_without_its_axis():
    one, many = softmax_cross_entropy([1, 2, 3], 2), softmax_cross_entropy([[1, 2, 3]], [2])
    assert one.loss == many.loss
    assert_array_equal(one.gradient, many.gradient[0])


def test_known_numbers():
    loss, probabilities, _ = softmax_cross_entropy(np.log([[1, 2, 7]]), [2])
    assert_allclose(probabilities, [[0.1, 0.2, 0.7]])
    assert loss == pytest.approx(-math.log(0.7))
    assert softmax_cross_entropy([1e300, -1e300], 0).loss == 0


@given(matrices(), st.floats(1e-3, 10), st.floats(0, 0.99))
def test_momentum_by_loops(start, step, momentum):
    gradients = np.random.default_rng(start.size).normal(size=(5, *start.shape))
    weight, velocity = start, np.zeros_like(start)
    for gradient in gradients:
        weight, velocity = momentum_step(weight, velocity, gradient, step=step, momentum=momentum)
    for index in np.ndindex(start.shape):
        w, v = start[index], 0.0
        for gradient in gradients:
            v = momentum * v + gradient[index]
            w -= step * v
        assert weight[index] == pytest.approx(w)
        assert velocity[index] == pytest.approx(v)


def test_momentum_leaves_its_arguments_alone():
    weight, velocity, gradient = np.ones(3), np.ones(3), np.ones(3)
    momentum_step(weight, velocity, gradient, step=1)
    assert_array_equal([weight, velocity, gradient], np.ones((3, 3)))


def test_float32_stays_float32_and_a_batch_may_be_empty():
    x, weight = np.ones((2, 3), np.float32), np.ones((4, 3))
    parts = [relu(x), relu_backward(np.ones((2, 3)), x), dense(x, weight, np.ones(4)), softmax(x)]
    parts += [*dense_backward(np.ones((2, 4)), x, weight), softmax_cross_entropy(x, [0, 1])[2]]
    parts += momentum_step(x, np.ones((2, 3)), x, step=1)
    assert {part.dtype for part in parts} == {np.dtype(np.float32)}
    assert relu_backward(relu(np.ones((0, 2, 3))), np.ones((0, 2, 3))).shape == (0, 2, 3)
    assert dense(x[:0], weight).shape == (0, 4)
    assert_array_equal(dense_backward(np.ones((0, 4)), x[:0], weight).weight, np.zeros((4, 3)))


W = np.ones((4, 3))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: relu("a"), TypeError, "`x` must hold real numbers"),
        (
            lambda: relu_backward([1], [1, 2]),
            ValueError,
            r"`grad_output` .* `x`, \(2,\), got \(1,\)",
        ),
        (lambda: dense([1, 2], W), ValueError, r"each of the 2 inputs in `x`, got shape \(4, 3\)"),
        (lambda: dense(np.ones((1, 1, 3)), W), ValueError, "`x` must have 1 or 2 axes"),
        (lambda: dense([1, 2, 3], [1, 2, 3]), ValueError, "`weight` must have 2 axes"),
        (
            lambda: dense([1, 2, 3], W, 0),
            ValueError,
            r"`bias` must have one number per output, \(4,\), got \(\)",
        ),
        (
            lambda: dense_backward([1, 2], [1, 2, 3], W),
            ValueError,
            r"`grad_output` must have the shape of the output, \(4,\), got \(2,\)",
        ),
        (lambda: softmax([np.nan, 1]), ValueError, "`scores` must be finite, got NaN or infinity"),
        (lambda: softmax([[]]), ValueError, "`scores` must not be empty"),
        (lambda: softmax_cross_entropy([1, 2], 2), ValueError, "`labels` .* 0 to 1, got 2 to 2"),
        (lambda: softmax_cross_entropy([1, 2], -1), ValueError, "`labels` must be from 0 to 1"),
        (lambda: softmax_cross_entropy([1, 2], 0.0), TypeError, "`labels` must be whole numbers"),
        (
            lambda: softmax_cross_entropy([[1, 2]], [0, 1]),
            ValueError,
            r"`labels` must have one class per row of `scores`, shape \(1,\), got \(2,\)",
        ),
        (lambda: momentum_step(1, 0, 1, step=0), ValueError, "`step` .* above 0, got 0"),
        (lambda: momentum_step(1, 0, 1, step=np.inf), ValueError, "`step` must be finite"),
        (
            lambda: momentum_step(1, 0, 1, step=1, momentum=1),
            ValueError,
            "`momentum` must be at least 0 and below 1, got 1",
        ),
        (
            lambda: momentum_step([1, 2], [0], [1, 2], step=1),
            ValueError,
            r"`velocity` must have the shape of `weight`, \(2,\), got \(1,\)",
        ),
        (lambda: momentum_step([1, 2], [0, 0], 1, step=1), ValueError, "`gradient` must have"),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
