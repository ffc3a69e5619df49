"""Lesson 9's questions: expected values by plain loops, and each mistake by its name."""

import numpy as np
import pytest

from convlab.exercises import EXERCISES, PREDICTIONS, check
from convlab.exercises.lessons.lesson_09 import PREDICTIONS as OWN_PREDICTIONS
from convlab.exercises.lessons.lesson_09 import QUESTIONS
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.recovery import loss_bowl, recover_kernel


def loss_by_loops(w, x, t):
    """Return the sum of (y − t)² / 2 over a picture, pixel by pixel."""
    total = 0.0
    for row, col in np.ndindex(t.shape):
        y = sum(w[u, v] * x[row + u, col + v] for u, v in np.ndindex(w.shape))
        total += (y - t[row, col]) ** 2 / 2
    return total


def slopes(loss, w):
    """Return the derivative for each weight; central differences are exact for a quadratic."""
    gradient = np.zeros_like(w)
    for place in np.ndindex(w.shape):
        nudge = np.zeros_like(w)
        nudge[place] = 1
        gradient[place] = (loss(w + nudge) - loss(w - nudge)) / 2
    return gradient


def one_step(w, x, t, eta):
    return w - eta * slopes(lambda z: loss_by_loops(z, x, t), w) / t.size


def one_batch_after_another(w, xs, ts, eta):
    for x, t in zip(xs, ts, strict=True):

        def loss(z, x=x, t=t):
            return sum(loss_by_loops(z, *one) for one in zip(x, t, strict=True)) / t.size

        w = w - eta * slopes(loss, w)
    return w


@pytest.mark.parametrize(
    ("name", "by_loops"), [("9.4 descend", one_step), ("9.5 batches", one_batch_after_another)]
)
def test_the_functions_are_those_of_loops_and_differences(name, by_loops):
    for arguments in QUESTIONS[name].trials:
        np.testing.assert_allclose(QUESTIONS[name].reference(*arguments), by_loops(*arguments))
    assert check(name, lambda *arguments: by_loops(*arguments)).right


def test_the_values_come_out_of_loops_and_of_the_descent_itself():
    w, x, t = np.zeros((1, 2)), np.array([[1.0, 2, 4]]), np.array([[3.0, 6]])
    assert np.array_equal(QUESTIONS["9.1 one step"].expected, one_step(w, x, t, 0.1))
    path = recover_kernel(x, t, (1, 2), steps=1, step=0.1, momentum=0, batch=1, crop=2, start=w)
    np.testing.assert_allclose(QUESTIONS["9.1 one step"].expected, path.kernels[1])
    picture = np.array([[1.0, 7], [1, 7]])
    longest = QUESTIONS["9.2 longest step"].expected
    assert longest == pytest.approx(loss_bowl(picture, 2 * picture, 1).longest_step())
    for factor, converges in ((0.99, True), (1.01, False)):
        weight, eta = 7.0, factor * longest
        for _ in range(400):
            weight -= eta * sum((weight * v - 2 * v) * v for v in picture.ravel()) / 4
        assert (abs(weight - 2) < 5) == converges
    stripes = np.tile(np.random.default_rng(0).random(40), (40, 1))
    bowl = loss_bowl(stripes, np.zeros((36, 36)), 5)
    flat = 25 - np.linalg.matrix_rank(bowl.hessian, tol=1e-9)
    assert QUESTIONS["9.3 flat directions"].expected == flat


PLANTED = [(name, mistake) for name, q in QUESTIONS.items() for mistake in q.mistakes]


def test_mistaken_values_come_out_of_the_mistakes():
    w, x, t = np.zeros((1, 2)), np.array([[1.0, 2, 4]]), np.array([[3.0, 6]])
    rotated = (-t / t.size)[:, ::-1]
    gradient = [sum(x[0, u + c] * rotated[0, c] for c in (0, 1)) for u in (0, 1)]
    square = [v**2 for v in (1, 7, 1, 7)]
    mistaken = {
        "9.1 one step": {
            "wrong sign": one_step(w, x, t, -0.1),
            "division forgotten": one_step(w, x, t, 0.1 * t.size),
            "gradient rotated": [[-0.1 * slope for slope in gradient]],
        },
        "9.2 longest step": {
            "stopped at the bottom": 1 / (sum(square) / 4),
            "division forgotten": 2 / sum(square),
        },
    }
    for name, values in mistaken.items():
        assert QUESTIONS[name].mistakes.keys() == values.keys()
        for mistake, value in values.items():
            np.testing.assert_allclose(QUESTIONS[name].mistakes[mistake], value, err_msg=mistake)


@pytest.mark.parametrize(("name", "mistake"), PLANTED)
def test_a_planted_mistake_is_called_by_its_name(name, mistake):
    made = QUESTIONS[name].mistakes[mistake]
    verdict = check(name, (lambda *a: made(*a)) if callable(made) else made)
    assert (verdict.right, verdict.mistake) == (False, mistake)


def accumulating(w, xs, ts, eta):
    """As students write it: the gradient is made before the loop, and never emptied."""
    gradient = np.zeros_like(w)
    for x, t in zip(xs, ts, strict=True):
        for one, wanted in zip(x, t, strict=True):
            gradient += slopes(lambda z, a=one, b=wanted: loss_by_loops(z, a, b), w) / t.size
        w = w - eta * gradient
    return w


def summing(w, xs, ts, eta):
    """The mean over the pixels of one picture, and the sum over the pictures."""
    for x, t in zip(xs, ts, strict=True):
        parts = zip(x, t, strict=True)
        gradient = sum(
            slopes(lambda z, a=a, b=b: loss_by_loops(z, a, b), w) / b.size for a, b in parts
        )
        w = w - eta * gradient
    return w


@pytest.mark.parametrize(
    ("name", "written", "mistake"),
    [
        ("9.4 descend", lambda w, x, t, eta: one_step(w, x, t, -eta), "wrong sign"),
        ("9.4 descend", lambda w, x, t, eta: one_step(w, x, t, eta * t.size), "division forgotten"),
        ("9.5 batches", accumulating, "gradients accumulated"),
        ("9.5 batches", summing, "division forgotten"),
    ],
)
def test_a_mistake_as_students_write_it_is_known(name, written, mistake):
    """None of these uses what the question's own mistakes are computed with."""
    assert check(name, written).mistake == mistake


def test_each_new_mistake_can_be_made_here():
    treated_here = {name for name, words in MISTAKES.items() if words.endswith("(lesson 9).")}
    assert treated_here == {mistake for _, mistake in PLANTED} - {"gradient rotated"}


def test_every_question_and_prediction_is_collected():
    assert set(QUESTIONS) <= set(EXERCISES)
    assert set(OWN_PREDICTIONS) <= set(PREDICTIONS)


@pytest.mark.parametrize("name", list(OWN_PREDICTIONS))
def test_a_prediction_knows_its_answer_and_its_slips(name):
    prediction = PREDICTIONS[name]
    assert prediction.mark(prediction.answer).right is True
    for choice, words in prediction.choices.items():
        assert prediction.mark(choice).right is (choice == prediction.answer)
        assert bool(words) is (choice != prediction.answer)
    for slip, values in prediction.slips.items():
        for value in [values] if isinstance(values, str) else values:
            assert prediction.mark(value).right is False
            assert prediction.mark(value).mistake == (slip if slip in MISTAKES else None)


def test_hints_go_from_vague_to_plain():
    for question in QUESTIONS.values():
        assert len(question.hints) == 3
        assert question.hints[0].rstrip().endswith("?")
