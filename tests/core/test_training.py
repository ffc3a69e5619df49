"""A training learns the digits, repeats itself bit for bit, and goes back and on again."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convlab.convnet import ConvNet
from convlab.descent import Diverged
from convlab.digit_data import Digits, split_digits
from convlab.learning import softmax_cross_entropy
from convlab.training import RECIPE, TrainingRun, accuracy, classify, confusion

TRAIN, HELD_OUT = split_digits()


def assert_same(one, two):
    """Bit for bit."""
    assert one.number == two.number
    assert one.loss == two.loss
    for part in ("weights", "velocity"):
        ours, theirs = getattr(one, part), getattr(two, part)
        assert ours.keys() == theirs.keys()
        for name in ours:
            assert ours[name].tobytes() == theirs[name].tobytes()


def test_at_least_98_percent_of_the_held_out_digits_are_read():
    training = TrainingRun(**RECIPE)
    moment = training.advance(training.start(), 30 * training.steps_per_epoch)
    assert accuracy(training.network, moment.weights, HELD_OUT) >= 0.98
    assert accuracy(training.network, moment.weights, TRAIN) >= 0.99


def test_the_same_seed_gives_the_same_bit_for_bit():
    one, two = (
        training.advance(training.start(), 60) for training in (TrainingRun(), TrainingRun())
    )
    assert_same(one, two)
    other = TrainingRun(seed=1)
    assert (other.advance(other.start(), 1).weights["dense"] != one.weights["dense"]).any()


def test_a_moment_can_be_returned_to():
    training = TrainingRun(jitter=0.3, fade=2)
    early = training.advance(training.start(), 10)
    kept = {name: array.copy() for name, array in early.weights.items()}
    late = training.advance(early, 50)
    for name, array in kept.items():
        assert_array_equal(early.weights[name], array)
    assert_same(training.advance(early, 50), late)
    again = training.moments(early)
    for _ in range(50):
        moment = next(again)
    assert_same(moment, late)


def test_a_step_is_the_networks_gradient_and_momentum_by_hand():
    training = TrainingRun(step=0.2, momentum=0.5, batch_size=4)
    first = training.advance(training.start(), 1)
    second = training.advance(first, 1)
    chosen = training.batch(1)
    maps = training.network.forward(first.weights, TRAIN.pictures[chosen])
    loss, _, upstream = softmax_cross_entropy(maps.scores, TRAIN.labels[chosen])
    gradients = training.network.backward(first.weights, maps, upstream).weights
    assert second.loss == loss
    for name, gradient in gradients.items():
        velocity = 0.5 * first.velocity[name] + gradient
        assert_array_equal(second.velocity[name], velocity)
        assert_array_equal(second.weights[name], first.weights[name] - 0.2 * velocity)


def test_an_epoch_sees_every_picture_once():
    training = TrainingRun(batch_size=100)
    assert training.steps_per_epoch == 15
    epochs = [np.concatenate([training.batch(15 * e + n) for n in range(15)]) for e in range(2)]
    for order in epochs:
        assert_array_equal(np.sort(order), np.arange(1437))
    assert (epochs[0] != epochs[1]).any()
    assert len(training.batch(14)) == 37


def test_the_step_fades_to_a_tenth_and_stays_there():
    training = TrainingRun(step=1.0, fade=2, batch_size=1437)
    lengths = [training.step_after(number) for number in range(5)]
    assert lengths == pytest.approx([1, 0.55, 0.1, 0.1, 0.1])
    assert replace(training, fade=0).step_after(99) == 1


def test_jitter_moves_its_part_of_the_pictures_a_column_and_changes_nothing_else():
    training = TrainingRun(jitter=0.5, batch_size=400)
    plain, seen = replace(training, jitter=0).pictures(0), training.pictures(0)
    assert_array_equal(seen, training.pictures(0))
    moves = {-1: 0, 0: 0, 1: 0}
    for before, after in zip(plain, seen, strict=True):
        wide = np.pad(before, ((0, 0), (1, 1)))
        moves[next(m for m in moves if (wide[:, 1 + m : 9 + m] == after).all())] += 1
    assert 150 < moves[0] < 250
    assert min(moves.values()) > 50


def test_too_long_a_step_is_told_and_leaves_the_moment_alone():
    start = TrainingRun().start()
    for step in (1e4, 1e150, 1e308):
        with pytest.raises(Diverged, match=r"`step` \S+ is too long: after \d+ steps the loss is"):
            TrainingRun(step=step).advance(start, 100)
    assert all(np.isfinite(array).all() for array in start.weights.values())


@pytest.mark.parametrize(
    "network",
    [ConvNet((2,)), ConvNet((3, 4), shrink="stride"), ConvNet((2, 2), 5, relu=False)],
    ids=str,
)
def test_every_kind_of_network_learns(network):
    training = TrainingRun(network)
    start = training.start()
    moment = training.advance(start, 90)
    found = accuracy(network, moment.weights, HELD_OUT)
    assert found > 0.5 > accuracy(network, start.weights, HELD_OUT)


def test_few_pictures_are_learned_by_heart():
    few = Digits(TRAIN.pictures[:40], TRAIN.labels[:40])
    training = TrainingRun(data=few, batch_size=8)
    moment = training.advance(training.start(), 300)
    assert accuracy(training.network, moment.weights, few) == 1
    assert accuracy(training.network, moment.weights, HELD_OUT) < 0.9


def test_the_confusion_counts_every_answer():
    training = TrainingRun()
    weights = training.advance(training.start(), 45).weights
    table = confusion(training.network, weights, HELD_OUT)
    answers = classify(training.network, weights, HELD_OUT.pictures)
    for truth in range(10):
        for answer in range(10):
            seen = sum((HELD_OUT.labels == truth) & (answers == answer))
            assert table[truth, answer] == seen
    right = np.trace(table) / 360
    assert right == pytest.approx(accuracy(training.network, weights, HELD_OUT))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"batch_size": 0}, ValueError, "`batch_size` must be at least 1, got 0"),
        ({"step": 0}, ValueError, "`step` must be finite and above 0, got 0"),
        ({"momentum": 1.0}, ValueError, "`momentum` must be at least 0 and below 1, got 1.0"),
        ({"fade": -1}, ValueError, "`fade` must be at least 0, got -1"),
        ({"jitter": 1.5}, ValueError, "`jitter` must be from 0 to 1, got 1.5"),
        ({"seed": "a"}, TypeError, "`seed` must be an int, got 'a'"),
        (
            {"data": Digits(np.zeros((2, 8, 8)), np.zeros(3, np.intp))},
            ValueError,
            r"`data` must have one label per picture, .* got shapes \(2, 8, 8\) and \(3,\)",
        ),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        TrainingRun(**arguments)


def test_a_bad_count_of_steps_is_named():
    training = TrainingRun()
    with pytest.raises(ValueError, match="`steps` must be at least 0, got -1"):
        training.advance(training.start(), -1)
    with pytest.raises(ValueError, match="`number` must be at least 0, got -1"):
        training.batch(-1)
