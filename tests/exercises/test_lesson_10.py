"""Lesson 10: right answers come out of plain loops and differences; mistakes keep their names."""

import math

import numpy as np
import pytest

from convlab.exercises import EXERCISES, check
from convlab.exercises.lessons.lesson_10 import PREDICTIONS, QUESTIONS
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.explore import DrawDigit, SeeThrough
from convlab.explore.network.trained_network import held_out as held_out_digits
from convlab.explore.network.trained_network import trained
from convlab.explore.network.training_run import Plan, Run
from convlab.numerical import numerical_gradient

TRIALS = {
    name: question.trials for name, question in QUESTIONS.items() if hasattr(question, "trials")
}


def mean_loss(z, t):
    """Return the mean of −log of the true one's share, row by row."""
    rows = [
        math.log(sum(math.exp(score) for score in row)) - row[true]
        for row, true in zip(z.tolist(), t, strict=True)
    ]
    return sum(rows) / len(rows)


def test_softmax_s_gradient_by_differences():
    z = np.array([[0.0, math.log(2), 0.0]])
    found = numerical_gradient(lambda scores: mean_loss(scores, [0]), z)
    np.testing.assert_allclose(found[0], QUESTIONS["10.1 softmax's gradient"].expected, atol=1e-8)
    assert check("10.1 softmax's gradient", [-3 / 4, 2 / 4, 1 / 4]).right
    shares = [math.exp(score) / sum(map(math.exp, z[0])) for score in z[0]]
    mistaken = {
        "one not subtracted": shares,
        "only the true class": [shares[0] - 1, 0, 0],
        "truth minus probabilities": [1 - shares[0], -shares[1], -shares[2]],
    }
    assert QUESTIONS["10.1 softmax's gradient"].mistakes.keys() == mistaken.keys()
    for name, value in mistaken.items():
        told = QUESTIONS["10.1 softmax's gradient"].mistakes[name]
        np.testing.assert_allclose(told, value, err_msg=name)


def test_a_batch_by_differences():
    name = "10.2 a batch"
    for z, t in TRIALS[name]:
        found = numerical_gradient(lambda scores, t=t: mean_loss(scores, t), z)
        np.testing.assert_allclose(QUESTIONS[name].reference(z, t), found, atol=1e-8)

    def by_hand(z, t):
        z = z - z.max(axis=1, keepdims=True)
        q = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        for row, true in enumerate(t):
            q[row, true] -= 1
        return q / len(z)

    assert check(name, by_hand).right


def test_a_step_with_momentum_number_by_number():
    def by_hand(w, v, gradient, eta, mu):
        new_v = [mu * a + b for a, b in zip(v.ravel(), gradient.ravel(), strict=True)]
        new_w = [a - eta * b for a, b in zip(w.ravel(), new_v, strict=True)]
        return np.reshape(new_w, w.shape), np.reshape(new_v, v.shape)

    assert check("10.3 a training step", by_hand).right


def test_batch_after_batch_by_differences_of_the_loss():
    name = "10.4 batch after batch"

    def by_hand(w, xs, ts, eta):
        for x, t in zip(xs, ts, strict=True):
            w = w - eta * numerical_gradient(lambda v, x=x, t=t: mean_loss(x @ v.T, t), w)
        return w

    for trial in TRIALS[name]:
        np.testing.assert_allclose(QUESTIONS[name].reference(*trial), by_hand(*trial), atol=1e-8)


def test_products_counted_one_by_one():
    def products(kernels, channels, size, stride):
        """A 3 × 3 kernel stands at every place, or at every second one, padded with zeros."""
        places = [(r, c) for r in range(0, size, stride) for c in range(0, size, stride)]
        return sum(9 * channels for _ in range(kernels) for _ in places)

    pooled = products(8, 1, 8, 1) + products(16, 8, 4, 1)
    strided = products(8, 1, 8, 2) + products(16, 8, 4, 2)
    assert QUESTIONS["10.5 the price of a map"].expected == (pooled, strided)
    alone = [products(8, 1, 8, s) + products(16, 1, 4, s) for s in (1, 2)]
    mistaken = {"stride ignored": (pooled, pooled), "channels forgotten": tuple(alone)}
    assert QUESTIONS["10.5 the price of a map"].mistakes == mistaken
    assert pooled == 4 * strided == float(PREDICTIONS["10d stride"].answer) * strided


def own(function):
    return lambda *arguments: function(*arguments)


def by_another(name, z, t):
    """Make a mistake in plain loops, not as the exercise makes it."""
    rows = []
    for row, true in zip(z, t, strict=True):
        shares = [math.exp(score) / sum(map(math.exp, row)) for score in row]
        if name != "one not subtracted":
            shares[true] -= 1
        if name == "only the true class":
            shares = [share if n == true else 0 for n, share in enumerate(shares)]
        sign = -1 if name == "truth minus probabilities" else 1
        rows.append(
            [sign * share / (1 if name == "batch not averaged" else len(z)) for share in shares]
        )
    return np.array(rows)


@pytest.mark.parametrize("mistake", QUESTIONS["10.2 a batch"].mistakes)
def test_a_mistake_in_the_gradient_of_a_batch_is_named(mistake):
    verdict = check("10.2 a batch", lambda z, t: by_another(mistake, z, t))
    assert (verdict.right, verdict.mistake) == (False, mistake)
    assert "(lesson 10)" in MISTAKES[mistake]


def test_forgetting_to_begin_the_gradient_anew_is_named():
    """As where a framework's gradients are not set to zero."""

    def accumulated(w, xs, ts, eta):
        w, gradient = w.copy(), np.zeros_like(w)
        for x, t in zip(xs, ts, strict=True):
            z = x @ w.T
            q = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
            q[np.arange(len(t)), t] -= 1
            gradient += q.T @ x / len(x)
            w -= eta * gradient
        return w

    assert check("10.4 batch after batch", accumulated).mistake == "gradients accumulated"


def test_the_velocity_that_was_is_no_step():
    def early(w, v, gradient, eta, mu):
        w = w - eta * v
        return w, mu * v + gradient

    assert check("10.3 a training step", early).mistake == "old velocity used"
    assert check("10.3 a training step", lambda w, v, *_: (w, v)).mistake is None


@pytest.mark.parametrize("name", QUESTIONS)
def test_hints_come_in_steps_and_the_first_holds_no_number_of_the_answer(name):
    hints = EXERCISES[name].hints
    assert len(hints) == 3
    assert not any(digit in hints[0] for digit in "0123456789")


def held_out(step, **plan):
    return Run(Plan(**plan)).scores(step).held_out.accuracy


def test_what_the_predictions_say_is_what_comes_out():
    assert PREDICTIONS["10a two epochs"].answer == "8 in 10"
    assert 0.75 < held_out(90) < 0.88
    assert PREDICTIONS["10b twenty digits"].answer == "6 in 10"
    assert 0.5 < held_out(200, pictures=20) < 0.7
    assert PREDICTIONS["10c no ReLU"].answer == "hardly changes"
    assert abs(held_out(300, relu=False) - held_out(300)) < 0.03


def seen_by_a_cell_of_the_second_convolution():
    """Follow the paths back, from one cell to rows of pixels."""
    pooled = {-1, 0, 1}
    first = {2 * p + q for p in pooled for q in (0, 1)}
    pixels = {c + u for c in first for u in (-1, 0, 1)}
    return max(pixels) - min(pixels) + 1


def test_what_a_cell_of_the_second_convolution_sees():
    assert PREDICTIONS["10e seen"].answer == "8, 8"
    assert seen_by_a_cell_of_the_second_convolution() == 8


def test_the_strongest_patch_of_all_looks_like_its_kernel():
    kernel = trained()["kernels 1"][2, 0]
    best, patch = -math.inf, np.zeros((3, 3))
    for picture in held_out_digits().pictures:
        padded = np.pad(picture, 1)
        for r, c in np.ndindex(8, 8):
            window = padded[r : r + 3, c : c + 3]
            if (answer := float((kernel * window).sum())) > best:
                best, patch = answer, window
    assert PREDICTIONS["10f strongest"].answer == "ink at the left, paper at the right"
    assert patch[:, 0].mean() > 0.7 > 0.3 > patch[:, 2].mean()


def test_no_gradient_comes_back_below_zero():
    """Nudge the cell, and send the map on by hand: ReLU, the largest of four, the last weights."""
    explorer = SeeThrough(layer="convolved 2", channel=5, row=1, column=1)
    state, weights = explorer.state, trained()
    explorer.close()

    def loss(nudge):
        maps = state.maps.layers[1].convolved[0].copy()
        maps[5, 1, 1] += nudge
        pooled = np.maximum(maps, 0).reshape(16, 2, 2, 2, 2).max(axis=(2, 4))
        return mean_loss((weights["dense"] @ pooled.ravel() + weights["dense bias"])[None], [3])

    assert round(state.value, 2) == -6.44
    assert loss(0) != loss(9)
    assert PREDICTIONS["10g gradient"].answer == "0"
    assert (loss(1e-3) - loss(-1e-3)) / 2e-3 == 0 == state.gradient


def test_a_digit_aside_is_another_digit_and_its_maps_move_along():
    middle, left = DrawDigit(example="3"), DrawDigit(example="3", right=-2)
    assert PREDICTIONS["10h moved"].answer == "the maps move along, the answer does not stay"
    assert middle.state.answer == 3 != left.state.answer
    middle.close()
    left.close()
