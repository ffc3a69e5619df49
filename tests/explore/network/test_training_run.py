"""A training is the same whichever way one comes to a step, and its scores are counted by hand."""

import math

import numpy as np
import pytest

from convlab.convnet import ConvNet
from convlab.explore.network import training_run
from convlab.explore.network.training_run import EVERY, KEPT, Plan, Run, Runs, data, first, score
from convlab.training import TrainingRun

SMALL = Plan(kernels=2, batch=8, pictures=50, size=2)


def assert_same(moment, other):
    assert moment.number == other.number
    for name, weights in other.weights.items():
        assert moment.weights[name].tobytes() == weights.tobytes()
        assert moment.velocity[name].tobytes() == other.velocity[name].tobytes()


@pytest.mark.parametrize("plan", [SMALL, Plan(kernels=3, shrink="stride", relu=False, batch=4)])
def test_every_way_to_a_step_gives_the_same_weights(plan):
    network = ConvNet((plan.kernels, 2 * plan.kernels), plan.size, plan.shrink, plan.relu)
    digits = first(plan.pictures)
    core = TrainingRun(network, digits, plan.batch, step=plan.length, momentum=plan.momentum)
    run = Run(plan)
    for step in (2 * KEPT + 5, 3, KEPT, 2 * KEPT + 4, 0, KEPT + 1, KEPT - 1, 2 * KEPT + 6):
        assert_same(run.at(step), core.advance(core.start(), step))
    assert run.reached == 2 * KEPT + 6


def test_it_is_followed_for_a_while_and_then_on():
    run, whole = Run(SMALL), Run(SMALL)
    reached = [run.follow(4, seconds=0) for _ in range(6)]
    assert reached == [1, 2, 3, 4, 4, 4]
    assert whole.follow(4) == 4
    assert_same(run.at(4), whole.at(4))
    assert run.follow(2) == 2


def by_hand(network, weights, digits):
    """Return the mean of −log of the true one's share, and the part read rightly, one by one."""
    lost, right = 0.0, 0
    for picture, label in zip(*digits, strict=True):
        scores = network.forward(weights, picture).scores[0]
        lost -= math.log(math.exp(scores[label]) / sum(map(math.exp, scores)))
        right += max(range(10), key=lambda n: scores[n]) == label
    return lost / len(digits.labels), right / len(digits.labels)


def test_the_points_of_the_curves_are_losses_and_accuracies():
    run = Run(SMALL)
    run.follow(2 * EVERY + 7)
    steps, points = run.curves(2 * EVERY + 3)
    assert steps.tolist() == [0, EVERY, 2 * EVERY, 2 * EVERY + 3]
    assert points.shape == (4, 2, 2)
    for step, found in zip(steps, points, strict=True):
        weights = Run(SMALL).at(step).weights
        wanted = [by_hand(run.training.network, weights, d) for d in (first(50), data().held_out)]
        np.testing.assert_allclose(found, wanted)


def test_a_curve_ends_at_a_point_of_its_own_or_at_a_kept_one():
    run = Run(SMALL)
    assert run.curves(0)[0].tolist() == [0]
    assert run.curves(EVERY)[0].tolist() == [0, EVERY]
    assert run.curves(1)[0].tolist() == [0, 1]


def test_the_batches_losses_are_those_of_the_core():
    run, core = Run(SMALL), SMALL.training()
    run.follow(5)
    wanted = [core.advance(core.start(), n).loss for n in range(1, 6)]
    assert run.losses == wanted


def test_a_training_that_diverges_ends_and_says_when():
    run = Run(Plan(length=1.0, momentum=0.95, relu=False))
    assert run.follow(20) == 20
    assert run.end == run.reached < 20
    assert_same(run.at(15), run.at(run.end))
    assert run.curves(15)[0].tolist() == [0, run.end]
    assert all(np.isfinite(array).all() for array in run.at(15).weights.values())


def test_scores_beyond_all_bounds_have_an_infinite_loss():
    network = ConvNet((1,))
    weights = {name: np.full(shape, 1e200) for name, shape in network.shapes.items()}
    found = score(network, weights, first(3))
    assert found.loss == np.inf
    assert found.answers.shape == (3,)


def test_what_is_interrupted_is_done_again(monkeypatch):
    run, judge = Run(SMALL), Run._judge

    def interrupted(*_):
        monkeypatch.setattr(Run, "_judge", judge)
        raise KeyboardInterrupt

    monkeypatch.setattr(Run, "_judge", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.follow(EVERY + 1)
    run.follow(EVERY + 1)
    assert_same(run.at(EVERY + 1), Run(SMALL).at(EVERY + 1))
    assert run.curves(EVERY)[1].tolist() == Run(SMALL).curves(EVERY)[1].tolist()


def test_few_trainings_are_kept_the_latest():
    runs, plans = Runs(), [Plan(kernels=1, batch=n) for n in range(1, training_run.RUNS + 2)]
    made = [runs.of(plan) for plan in plans]
    assert runs.of(plans[-1]) is made[-1]
    assert runs.of(plans[1]) is made[1]
    assert runs.of(plans[0]) is not made[0]
    assert runs.of(plans[1]) is made[1]
    assert runs.of(plans[2]) is not made[2]


@pytest.mark.parametrize(("pictures", "batch", "epoch"), [(1437, 32, 45), (20, 32, 1), (50, 8, 7)])
def test_an_epoch_has_as_many_steps_as_it_takes_to_see_all(pictures, batch, epoch):
    plan = Plan(pictures=pictures, batch=batch)
    assert plan.epoch == plan.training().steps_per_epoch == epoch
