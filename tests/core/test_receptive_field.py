"""The receptive field: sizes, regions, and how much each cell of it weighs."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab.convolution import conv2d
from convlab.effective_field import effective_receptive_field
from convlab.geometry import Geometry, same_padding
from convlab.gradients import conv2d_input_grad
from convlab.receptive_field import (
    Layer,
    ReceptiveField,
    receptive_field,
    receptive_fields,
)
from tests.strategies import pairs

sides = st.tuples(pairs(0, 3), pairs(0, 3))
layers_of_any_kind = st.builds(Layer, pairs(1, 4), pairs(1, 3), sides, pairs(1, 3))
stacks = st.lists(layers_of_any_kind, max_size=4)
small_stacks = st.lists(st.builds(Layer, pairs(1, 3), pairs(1, 3), sides, pairs(1, 3)), max_size=3)


def cells_seen(layers, axis, unit):
    """Follow every path back, one index at a time."""
    seen = {unit}
    for layer in reversed(layers):
        stride, dilation = layer.stride[axis], layer.dilation[axis]
        before = layer.padding[axis][0]
        taps = range(layer.kernel_size[axis])
        seen = {index * stride - before + tap * dilation for index in seen for tap in taps}
    return seen


def bounds(cells):
    return min(cells), max(cells) + 1


def without_padding(layers):
    return [dataclasses.replace(layer, padding=0) for layer in layers]


def laid_over(layers, input_shape):
    """Give the geometry of each layer, on an input of real size."""
    geometries = []
    for layer in layers:
        layout = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
        geometries.append(Geometry(input_shape, layer.kernel_size, **layout))
        input_shape = geometries[-1].output_shape
    return geometries, input_shape


def gradient_of_unit(layers, input_shape, unit):
    """Send the gradient of one output pixel back through real layers, padding included."""
    geometries, output_shape = laid_over(layers, input_shape)
    grad = np.zeros(output_shape)
    grad[unit] = 1
    for geometry in reversed(geometries):
        grad = conv2d_input_grad(
            grad,
            np.ones(geometry.kernel_size),
            geometry.input_shape,
            stride=geometry.stride,
            padding=geometry.padding,
            dilation=geometry.dilation,
        )
    return grad


@pytest.mark.parametrize(("depth", "size"), [(1, 3), (2, 5), (3, 7)])
def test_each_further_3x3_sees_one_more_ring(depth, size):
    assert receptive_field([Layer(3)] * depth) == receptive_field([Layer(size)])


def test_doubling_the_dilation_grows_the_field_exponentially():
    """F. Yu and V. Koltun, ICLR 2016, figure 1: 3×3, 7×7, 15×15."""
    fields = receptive_fields([Layer(3, dilation=dilation) for dilation in (1, 2, 4)])
    assert [field.size for field in fields] == [(3, 3), (7, 7), (15, 15)]


def test_a_stride_counts_only_for_the_layers_after_it():
    assert receptive_field([Layer(3), Layer(3, stride=2)]).size == (5, 5)
    assert receptive_field([Layer(3, stride=2), Layer(3)]).size == (7, 7)


def test_the_axes_are_vertical_and_horizontal():
    layers = [
        Layer((3, 1), stride=(1, 2), padding=((1, 0), (4, 7))),
        Layer((2, 5), dilation=(3, 1), padding=((2, 9), (1, 9))),
    ]
    assert receptive_field(layers) == ReceptiveField((6, 9), (1, 2), (3, 6))


def test_without_layers_a_cell_sees_itself():
    assert receptive_field([]) == ReceptiveField(size=1, stride=1, padding=0)
    assert receptive_fields([]) == ()
    assert effective_receptive_field([]).tolist() == [[1.0]]


@given(stacks)
def test_padding_moves_the_field_and_does_not_grow_it(layers):
    padded, unpadded = receptive_field(layers), receptive_field(without_padding(layers))
    assert (padded.size, padded.stride) == (unpadded.size, unpadded.stride)
    assert unpadded.padding == (0, 0)


@given(stacks)
def test_the_recurrence_from_the_end_agrees(layers):
    """Distill's other recurrence: r ← s·r + d(k − 1) + 1 − s, from the last layer back."""
    for axis in (0, 1):
        size = 1
        for layer in reversed(layers):
            span = layer.dilation[axis] * (layer.kernel_size[axis] - 1) + 1
            size = layer.stride[axis] * size + span - layer.stride[axis]
        assert receptive_field(layers).size[axis] == size


@given(stacks)
def test_the_closed_form_agrees(layers):
    """Distill, equation 2: R = 1 + Σ d(k − 1) · the product of the strides before the layer."""
    for axis in (0, 1):
        terms = [
            layer.dilation[axis]
            * (layer.kernel_size[axis] - 1)
            * math.prod(before.stride[axis] for before in layers[:position])
            for position, layer in enumerate(layers)
        ]
        assert receptive_field(layers).size[axis] == 1 + sum(terms)


@given(stacks, stacks)
def test_a_stack_goes_on_from_the_field_below_it(lower, upper):
    assert receptive_field(upper, receptive_field(lower)) == receptive_field([*lower, *upper])


def test_what_is_below_a_stack_must_be_a_field():
    with pytest.raises(TypeError, match=r"`below` must be a ReceptiveField, got Layer\("):
        receptive_field([Layer(3)], Layer(3))


@given(stacks)
def test_the_fields_of_a_stack_are_those_of_its_beginnings(layers):
    fields = receptive_fields(iter(layers))
    assert list(fields) == [receptive_field(layers[: n + 1]) for n in range(len(layers))]


def test_regions_by_hand():
    field = ReceptiveField(size=(5, 6), stride=(2, 3), padding=(1, 0))
    assert field.region(0, 0) == ((-1, 4), (0, 6))
    assert field.region(3, 1) == ((5, 10), (3, 9))


@given(stacks, st.integers(0, 5), st.integers(0, 5))
def test_every_path_followed_back_ends_in_the_region(layers, row, col):
    rows, cols = receptive_field(layers).region(row, col)
    assert rows == bounds(cells_seen(layers, 0, row))
    assert cols == bounds(cells_seen(layers, 1, col))


@given(small_stacks, pairs(0, 3), pairs(0, 3))
def test_the_gradient_fills_the_region_to_its_edges(layers, further, margin):
    """One unit whose field lies inside the input; random kernels, strides and paddings."""
    field = receptive_field(layers)
    first_inside = (-(-field.padding[axis] // field.stride[axis]) for axis in (0, 1))
    unit = tuple(first + more for first, more in zip(first_inside, further, strict=True))
    rows, cols = field.region(*unit)
    grad = gradient_of_unit(layers, (rows[1] + margin[0], cols[1] + margin[1]), unit)
    touched_rows, touched_cols = np.nonzero(grad)
    assert (touched_rows.min(), touched_rows.max() + 1) == rows
    assert (touched_cols.min(), touched_cols.max() + 1) == cols


@given(small_stacks, pairs(0, 8))
def test_at_the_border_the_gradient_stays_in_the_region(layers, margin):
    field = receptive_field(layers)
    input_shape = (field.size[0] + margin[0], field.size[1] + margin[1])
    _, (rows, cols) = laid_over(layers, input_shape)
    for unit in ((0, 0), (rows - 1, cols - 1)):
        (top, bottom), (left, right) = field.region(*unit)
        grad = gradient_of_unit(layers, input_shape, unit)
        grad[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = 0
        assert not grad.any()


@given(small_stacks)
def test_uniform_weights_give_a_convolution_of_boxes(layers):
    """Each layer is a row of spikes, spread by dilation and by the strides before it."""
    expected = []
    for axis in (0, 1):
        line, jump = np.ones(1), 1
        for layer in layers:
            count, gap = layer.kernel_size[axis], layer.dilation[axis] * jump
            box = np.zeros(gap * (count - 1) + 1)
            box[::gap] = 1 / count
            line, jump = np.convolve(line, box), jump * layer.stride[axis]
        expected.append(line)
    field = effective_receptive_field(layers, weights="uniform")
    np.testing.assert_allclose(field, np.outer(*expected), atol=1e-15)


@given(st.lists(layers_of_any_kind, max_size=2))
def test_uniform_weights_give_what_each_cell_adds_to_the_output(layers):
    """Every cell of the field in turn set to 1 and sent forward, as a batch of images."""
    field = effective_receptive_field(layers, weights="uniform")
    x = np.eye(field.size).reshape(field.size, 1, *field.shape)
    for layer in layers:
        kernel = np.full((1, 1, *layer.kernel_size), 1 / np.prod(layer.kernel_size))
        x = conv2d(x, kernel, stride=layer.stride, dilation=layer.dilation)
    np.testing.assert_allclose(field.ravel(), x.ravel(), atol=1e-15)


@given(small_stacks, st.sampled_from(["random", "uniform"]))
def test_it_shares_out_one_among_the_cells_that_are_seen(layers, weights):
    field = effective_receptive_field(layers, weights=weights, channels=2, runs=2)
    seen = np.zeros(receptive_field(layers).size, bool)
    rows, cols = (sorted(cells_seen(without_padding(layers), axis, 0)) for axis in (0, 1))
    seen[np.ix_(rows, cols)] = True
    assert field.shape == seen.shape
    assert field.sum() == pytest.approx(1)
    np.testing.assert_array_equal(field > 0, seen)


def test_random_weights_tend_to_the_uniform_field():
    """Luo et al. 2016, section 2.2: the variance spreads as all-ones kernels would."""
    layers = [Layer((3, 2), stride=(2, 1)), Layer((2, 3), dilation=(1, 2)), Layer(3)]
    goal = effective_receptive_field(layers, weights="uniform")

    def distance(runs):
        return abs(effective_receptive_field(layers, runs=runs, seed=3) - goal).sum()

    assert distance(1000) < 0.03 < distance(4)


@pytest.mark.parametrize("depth", [4, 16, 64])
def test_the_bell_grows_with_the_square_root_of_the_depth(depth):
    """Its variance is the sum of those of the boxes, 2/3 per 3×3; the field grows by 2."""
    field = effective_receptive_field([Layer(3)] * depth, weights="uniform")
    offsets = np.arange(2 * depth + 1) - depth
    variance = (field.sum(axis=1) * offsets**2).sum()
    assert variance == pytest.approx(2 / 3 * depth)


def test_the_seed_decides():
    layers = [Layer(3), Layer((2, 3))]
    one, again, other = (effective_receptive_field(layers, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.allclose(one, other)


def test_each_count_matters():
    layers = [Layer(3), Layer(3)]
    usual = effective_receptive_field(layers)
    assert not np.allclose(usual, effective_receptive_field(layers, runs=19))
    assert not np.allclose(usual, effective_receptive_field(layers, channels=7))
    named = effective_receptive_field(layers, weights="random", channels=8, runs=20, seed=0)
    np.testing.assert_array_equal(usual, named)


def test_random_weights_are_drawn_normally_and_their_squares_are_averaged():
    """Of one layer the gradient is its kernel; by plain sums over runs, channels and columns."""
    rng, squares = np.random.default_rng(5), [0.0, 0.0, 0.0]
    for _ in range(4):
        kernels = rng.normal(size=(2, 2, 1, 3))  # (out, in, rows, cols), and unit 0 is looked at
        for channel in range(2):
            for col in range(3):
                squares[col] += kernels[0, channel, 0, col] ** 2
    field = effective_receptive_field([Layer((1, 3))], channels=2, runs=4, seed=5)
    np.testing.assert_allclose(field[0], np.divide(squares, sum(squares)))


@pytest.mark.parametrize("weights", ["random", "uniform"])
def test_a_very_deep_stack_neither_overflows_nor_vanishes(weights):
    layers = [Layer((1, 3))] * 700
    field = effective_receptive_field(layers, weights=weights, runs=1)
    assert np.isfinite(field).all()
    assert field.sum() == pytest.approx(1)


def test_an_int_means_both_axes_and_all_sides():
    assert Layer(3, 2, 1, 4, "conv") == Layer((3, 3), (2, 2), ((1, 1), (1, 1)), (4, 4), "conv")


def test_a_pair_of_paddings_is_vertical_and_horizontal():
    assert Layer(3, padding=(1, 2)).padding == ((1, 1), (2, 2))


def test_valid_means_no_padding():
    assert Layer(3, padding="valid") == Layer(3)


def test_the_span_counts_the_gaps():
    assert Layer((3, 4), dilation=(2, 3)).span == (5, 10)


def test_the_numbers_of_same_padding_fit():
    rows, cols = same_padding(224, 7, stride=2), same_padding(225, 7, stride=2)
    assert Layer(7, 2, (rows, cols)).padding == ((2, 3), (3, 3))


@pytest.mark.parametrize("word", ["same", "full", "reflect"])
def test_words_that_need_more_than_the_layer_are_refused(word):
    message = rf"`padding` of a layer must be numbers or \"valid\", got '{word}'.*same_padding"
    with pytest.raises(ValueError, match=message):
        Layer(3, padding=word)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        (
            {"kernel_size": 0},
            ValueError,
            "`kernel_size` must be at least 1 on both axes, got 0",
        ),
        ({"kernel_size": "3"}, TypeError, "`kernel_size` must be an int or a pair"),
        ({"stride": (1, 0)}, ValueError, r"`stride` must be at least 1 .* got \(1, 0\)"),
        ({"dilation": 0}, ValueError, "`dilation` must be at least 1 on both axes, got 0"),
        ({"dilation": 1.5}, TypeError, "`dilation` must be an int or a pair of ints, got 1.5"),
        ({"padding": -1}, ValueError, "`padding` must be at least 0 on every side, got -1"),
        ({"padding": None}, TypeError, "`padding` must be an int, .* or valid, got None"),
        ({"name": 3}, TypeError, "`name` must be a str, got 3"),
    ],
)
def test_bad_settings_are_named(settings, error, message):
    with pytest.raises(error, match=message):
        Layer(**{"kernel_size": 3, **settings})


def test_it_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Layer(3).stride = (2, 2)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ((0, 1, 0), ValueError, "`size` must be at least 1 on both axes, got 0"),
        ((1, (1, 0), 0), ValueError, r"`stride` must be at least 1 on both axes, got \(1, 0\)"),
        ((1, 1, -1), ValueError, "`padding` must be at least 0 on both axes, got -1"),
        ((1, 1, ((0, 0), (0, 0))), TypeError, "`padding` must be an int or a pair of ints"),
    ],
)
def test_a_receptive_field_names_what_is_wrong(values, error, message):
    with pytest.raises(error, match=message):
        ReceptiveField(*values)


def test_a_unit_is_counted_from_0():
    field = ReceptiveField(3, 1, 1)
    with pytest.raises(ValueError, match="`row` must be at least 0, got -1"):
        field.region(-1, 0)
    with pytest.raises(TypeError, match=r"`col` must be an int, got 0\.5"):
        field.region(0, 0.5)


@pytest.mark.parametrize("function", [receptive_field, receptive_fields, effective_receptive_field])
def test_a_stack_holds_layers_only(function):
    with pytest.raises(TypeError, match=r"`layers` must hold only Layer, got 3 at position 1"):
        function([Layer(3), 3])
    with pytest.raises(TypeError, match=r"`layers` must be a sequence of Layer, got Layer\("):
        function(Layer(3))


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        (
            {"weights": "ones"},
            ValueError,
            "`weights` must be 'random' or 'uniform', got 'ones'",
        ),
        ({"channels": 0}, ValueError, "`channels` must be at least 1, got 0"),
        ({"runs": 0}, ValueError, "`runs` must be at least 1, got 0"),
        ({"runs": 2.0}, TypeError, r"`runs` must be an int, got 2\.0"),
        ({"seed": -1}, ValueError, "`seed` must be at least 0, got -1"),
        ({"seed": None}, TypeError, "`seed` must be an int, got None"),
    ],
)
def test_settings_of_the_effective_field_are_named(settings, error, message):
    with pytest.raises(error, match=message):
        effective_receptive_field([Layer(3)], **settings)


def test_an_effective_field_that_would_fill_the_memory_is_refused():
    layers = [Layer(4, stride=4)] * 6
    assert receptive_field(layers).size == (4096, 4096)
    with pytest.raises(ValueError, match=r"at most 1048576 cells .* got 4096 × 4096"):
        effective_receptive_field(layers)
