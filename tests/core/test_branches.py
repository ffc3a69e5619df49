"""Where branches meet: the field of a sum, against every path followed back to the input."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab.branches import joined_field
from convlab.convolution import conv2d
from convlab.networks import NETWORKS
from convlab.receptive_field import Layer, ReceptiveField, receptive_field
from tests.strategies import pairs


@st.composite
def blocks(draw):
    """Some branches whose strides multiply to the same, the way that their maps can be added."""
    strides = draw(st.lists(pairs(1, 2), max_size=2))
    sides = st.tuples(pairs(0, 3), pairs(0, 3))
    return [
        [Layer(draw(pairs(1, 4)), stride, draw(sides), draw(pairs(1, 2))) for stride in strides]
        for _ in range(draw(st.integers(1, 3)))
    ]


def along(network, field=None):
    """Go through blocks of branches, one after the other."""
    field = field or receptive_field([])
    for block in network:
        field = joined_field([receptive_field(branch, field) for branch in block])
    return field


def cells_seen(layers, axis, unit):
    """Follow every path through a stack back, one index at a time."""
    seen = {unit}
    for layer in reversed(layers):
        stride, dilation, before = layer.stride[axis], layer.dilation[axis], layer.padding[axis][0]
        taps = range(layer.kernel_size[axis])
        seen = {index * stride - before + tap * dilation for index in seen for tap in taps}
    return seen


@given(st.lists(blocks(), max_size=3), pairs(0, 4))
def test_it_begins_and_ends_where_the_furthest_paths_do(network, unit):
    region = along(network).region(*unit)
    for axis in (0, 1):
        paths = itertools.product(*network)
        seen = [cells_seen(list(itertools.chain(*path)), axis, unit[axis]) for path in paths]
        every = set().union(*seen)
        assert region[axis] == (min(every), max(every) + 1)


def test_what_a_real_sum_answers_to():
    """Each input cell is changed in turn; the branches reach to different sides."""
    left, right = np.array([[1.0, 2, 4]]), np.array([[8.0, 16]])
    branches = [Layer((1, 3), padding=((0, 0), (2, 0))), Layer((1, 2), padding=((0, 0), (0, 1)))]

    def summed(x):
        layouts = [layer.padding for layer in branches]
        parts = zip((left, right), layouts, strict=True)
        return sum(conv2d(x, kernel, padding=sides) for kernel, sides in parts)

    x = np.zeros((1, 9))
    changed = [j for j, cell in enumerate(np.eye(9)) if summed(x + cell)[0, 4] != 0]
    field = joined_field([receptive_field([layer]) for layer in branches])
    assert changed == list(range(*field.region(0, 4)[1])) == [2, 3, 4, 5]
    assert field == ReceptiveField(size=(1, 4), stride=1, padding=(0, 2))


def test_inception_sees_what_its_largest_branch_sees():
    """C. Szegedy et al. 2015, figure 2b: 1×1, 3×3, 5×5 and a 3×3 pooling, all of one size."""
    branches = [[Layer(1)], [Layer(1), Layer(3, padding=1)], [Layer(1), Layer(5, padding=2)]]
    branches.append([Layer(3, padding=1), Layer(1)])
    assert along([branches]) == receptive_field([Layer(5, padding=2)])


def residual(name):
    """Split a table of ResNet into its stem and its blocks, each beside its own shortcut."""
    stem, layers = list(NETWORKS[name])[:2], list(NETWORKS[name])[2:]
    parts = [layers[i : i + 3] for i in range(0, len(layers), 3)]
    strides = [int(np.prod([layer.stride[0] for layer in part])) for part in parts]
    return stem, [[part, [Layer(1, stride)]] for part, stride in zip(parts, strides, strict=True)]


@pytest.mark.parametrize(
    ("name", "size", "padding"), [("ResNet-50", 483, 239), ("ResNet-50 v1.5", 427, 213)]
)
def test_the_shortcuts_of_resnet_change_nothing(name, size, padding):
    stem, network = residual(name)
    assert along(network, receptive_field(stem)) == ReceptiveField(size, 32, padding)
    shortcuts = [[shortcut] for _, shortcut in network]
    assert along(shortcuts, receptive_field(stem)).size == (11, 11)


@pytest.mark.parametrize("branches", [[], [ReceptiveField(3, 1, 0), ReceptiveField(3, (1, 2), 0)]])
def test_branches_must_have_one_stride(branches):
    message = r"`branches` must have one stride in common, got (no branch|\[\(1, 1\), \(1, 2\)\])"
    with pytest.raises(ValueError, match=message):
        joined_field(branches)


def test_branches_must_be_fields():
    message = r"`branches` must hold only ReceptiveField, got Layer\(.* at position 1"
    with pytest.raises(TypeError, match=message):
        joined_field([ReceptiveField(1, 1, 0), Layer(3)])
