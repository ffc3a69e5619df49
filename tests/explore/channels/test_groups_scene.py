"""Groups: who is joined with whom, and what is drawn of it."""

import itertools

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.explore.channels.groups_numbers import MOST, GroupsState, common_divisors
from convlab.explore.channels.groups_scene import GroupsScene

EVERY = [
    GroupsState(inputs, outputs, groups)
    for inputs, outputs in itertools.product(range(1, MOST + 1), repeat=2)
    for groups in common_divisors(inputs, outputs)
]


@pytest.mark.parametrize("state", EVERY, ids=lambda s: f"{s.inputs}-{s.outputs}-{s.groups}")
def test_a_grouped_convolution_is_an_ordinary_one_with_zeros_where_nothing_is_joined(state):
    """Cut, convolve and join by hand; then mask an ordinary weight."""
    rng = np.random.default_rng(state.inputs * 100 + state.outputs * 10 + state.groups)
    x = rng.normal(size=(state.inputs, 4, 5))
    full = rng.normal(size=(state.outputs, state.inputs, 3, 3)) * state.joined[..., None, None]
    thin = np.stack([full[o, list(state.sources(o))] for o in range(state.outputs)])
    assert thin.size == state.weights == np.count_nonzero(full)
    cut = zip(np.split(x, state.groups), np.split(thin, state.groups), strict=True)
    joined = np.concatenate([conv2d(part, bank) for part, bank in cut])
    np.testing.assert_allclose(joined, conv2d(x, full), atol=1e-12)


@pytest.mark.parametrize("counts", list(itertools.product(range(1, 9), repeat=2)))
def test_the_divisors_are_those_of_the_greatest_common_one(counts):
    greatest = int(np.gcd(*counts))
    assert common_divisors(*counts) == [n for n in range(1, greatest + 1) if greatest % n == 0]


def test_every_join_is_a_line_and_a_block():
    """As many lines as blocks; the chosen output channel's lines are set apart."""
    scene = GroupsScene()
    for state in (GroupsState(4, 8, 2, 3, 5), GroupsState(8, 8, 8, 1, 7), GroupsState(3, 2, 1)):
        scene.update(state)
        blocks = int(state.joined.sum())
        assert len(scene._filled.get_paths()) == blocks
        assert len(scene._empty.get_paths()) == state.joined.size - blocks
        assert len(scene._chosen.get_segments()) == state.thickness
        assert len(scene._joins.get_segments()) == blocks - state.thickness
        assert len(scene._fine.get_segments()) == blocks * 2 * (state.kernel - 1)


def test_the_look_is_around_the_chosen_row():
    scene = GroupsScene()
    scene.update(GroupsState(4, 8, 2, 3, 5))
    (frame,) = scene._look.get_paths()
    low, high = frame.vertices[:4].min(axis=0), frame.vertices[:4].max(axis=0)
    inside = [
        (low <= path.vertices[:4] + 1e-6).all() and (path.vertices[:4] <= high + 1e-6).all()
        for boxes in (scene._filled, scene._empty)
        for path in boxes.get_paths()
    ]
    assert sum(inside) == 4


@pytest.mark.parametrize("state", EVERY, ids=lambda s: f"{s.inputs}-{s.outputs}-{s.groups}")
def test_all_is_inside_the_picture(state):
    scene = GroupsScene()
    scene.update(state)
    parts = (scene._inputs, scene._outputs, scene._filled, scene._empty)
    spots = np.concatenate([path.vertices for part in parts for path in part.get_paths()])
    assert (spots > 4).all()
    assert (spots < (scene.width - 4, scene.height - 40)).all()
