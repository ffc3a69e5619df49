"""The arithmetic of shapes, against published cases, brute force and its own definition."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab.geometry import Geometry, output_size, same_padding
from tests.strategies import layouts, oracle


@pytest.mark.parametrize("case", oracle("conv_arithmetic")["cases"], ids=lambda c: c["name"])
def test_output_size_of_the_published_cases(case):
    layout = {"stride": case["s"], "padding": case["p"], "dilation": case["d"]}
    assert output_size(case["i"], case["k"], **layout) == case["o"]
    assert Geometry(case["i"], case["k"], **layout).output_shape == (case["o"], case["o"])


@given(layouts())
def test_output_shape_counts_the_starts_at_which_a_window_fits(layout):
    shape, kernel, options = layout
    geometry = Geometry(shape, kernel, **options)
    for axis in range(2):
        starts = [
            start
            for start in range(0, geometry.padded_shape[axis], geometry.stride[axis])
            if start + geometry.dilation[axis] * (kernel[axis] - 1) < geometry.padded_shape[axis]
        ]
        assert geometry.output_shape[axis] == len(starts)


@given(layouts())
def test_windows_taps_and_leftover_tell_the_same_story(layout):
    shape, kernel, options = layout
    geometry = Geometry(shape, kernel, **options)
    numbers = np.arange(np.prod(geometry.padded_shape)).reshape(geometry.padded_shape)
    by_tap = {(tap.row, tap.col): numbers[tap.view] for tap in geometry.taps}
    assert len(by_tap) == kernel[0] * kernel[1]
    for step in range(geometry.steps):
        pixel, rows, cols = geometry.window(step)
        assert pixel == np.unravel_index(step, geometry.output_shape)
        assert (len(rows), len(cols)) == kernel
        for (row, col), met in by_tap.items():
            assert met[pixel] == numbers[rows[row], cols[col]]
    last_rows, last_cols = geometry.window(geometry.steps - 1)[1:]
    beyond = (geometry.padded_shape[0] - 1 - last_rows[-1], geometry.padded_shape[1] - 1)
    assert geometry.leftover == (beyond[0], beyond[1] - last_cols[-1])


def test_an_int_means_both_axes_and_a_pair_is_vertical_then_horizontal():
    assert Geometry(5, 3, stride=2, padding=1) == Geometry(
        (5, 5), (3, 3), stride=(2, 2), padding=((1, 1), (1, 1)), dilation=(1, 1)
    )
    geometry = Geometry((6, 9), (3, 2), stride=(1, 2), padding=(0, 1), dilation=(2, 1))
    assert geometry.padding == ((0, 0), (1, 1))
    assert geometry.padded_shape == (6, 11)
    assert geometry.span == (5, 2)
    assert geometry.output_shape == (2, 5)


@given(layouts())
def test_the_layout_of_a_geometry_makes_the_same_one_again(layout):
    shape, kernel, options = layout
    geometry = Geometry(shape, kernel, **options)
    assert Geometry(shape, kernel, **geometry.layout) == geometry


def test_the_article_s_setting():
    geometry = Geometry((5, 5), (3, 3), stride=(1, 2))
    assert geometry.output_shape == (3, 2)
    assert [geometry.window(step).pixel for step in range(3)] == [(0, 0), (0, 1), (1, 0)]
    assert geometry.window(3).cols == range(2, 5)


@given(st.integers(1, 30), st.integers(1, 7), st.integers(1, 5), st.integers(1, 3))
def test_same_gives_one_output_per_stride_with_the_least_padding(size, kernel, stride, dilation):
    before, after = same_padding(size, kernel, stride=stride, dilation=dilation)
    layout = {"stride": stride, "dilation": dilation}
    assert output_size(size, kernel, padding=(before, after), **layout) == -(-size // stride)
    assert after - before in (0, 1)
    if before + after:
        span = dilation * (kernel - 1) + 1
        assert (size + before + after - 1 - span) // stride + 1 < -(-size // stride)


def test_valid_adds_nothing():
    assert Geometry((5, 6), (3, 2), padding="valid").padding == ((0, 0), (0, 0))
    assert output_size(5, 3, padding="valid") == 3


def test_same_puts_the_extra_row_at_the_end_for_even_kernels():
    assert same_padding(5, 4) == (1, 2)
    assert Geometry(5, (4, 2), padding="same").padding == ((1, 2), (0, 1))


def test_same_with_stride_differs_from_the_fixed_padding_of_the_same_output():
    assert same_padding(224, 7, stride=2) == (2, 3)
    assert output_size(224, 7, stride=2, padding="same") == 112
    assert output_size(224, 7, stride=2, padding=3) == 112


@given(st.integers(1, 12), st.integers(1, 5), st.integers(1, 3))
def test_full_meets_the_input_with_every_overlap(size, kernel, dilation):
    span = dilation * (kernel - 1) + 1
    assert output_size(size, kernel, padding="full", dilation=dilation) == size + span - 1


def test_sizes_that_do_not_divide_are_floored():
    geometry = Geometry(10, 3, stride=2)
    assert geometry.output_shape == (4, 4)
    assert geometry.leftover == (1, 1)


def test_a_geometry_is_frozen_and_hashable():
    geometry = Geometry(5, 3)
    assert len({geometry, Geometry((5, 5), (3, 3))}) == 1
    with pytest.raises(FrozenInstanceError):
        geometry.stride = (2, 2)


def test_numpy_integers_count_as_ints():
    assert Geometry(np.int64(5), np.array([3, 3]), stride=np.uint8(2)) == Geometry(5, 3, stride=2)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"stride": (0, 1)}, ValueError, r"`stride` must be at least 1 on both axes, got \(0, 1\)"),
        ({"dilation": 0}, ValueError, "`dilation` must be at least 1 on both axes, got 0"),
        ({"input_shape": (0, 5)}, ValueError, r"`input_shape` must be at least 1 .* got \(0, 5\)"),
        ({"kernel_size": -3}, ValueError, "`kernel_size` must be at least 1 .* got -3"),
        ({"stride": 1.5}, TypeError, "`stride` must be an int or a pair of ints, got 1.5"),
        ({"stride": True}, TypeError, "`stride` must be an int or a pair of ints, got True"),
        ({"stride": (1, 1.5)}, TypeError, r"`stride` must be .* pair of ints, got \(1, 1\.5\)"),
        ({"padding": (1, 1.5)}, TypeError, r"`padding` must be an int, .* got \(1, 1\.5\)"),
        ({"padding": ((1, 1.5), 0)}, TypeError, "`padding` must be an int"),
        ({"stride": (1, 2, 3)}, TypeError, r"`stride` must be .* pair of ints, got \(1, 2, 3\)"),
        ({"kernel_size": "33"}, TypeError, "`kernel_size` must be .* pair of ints, got '33'"),
        ({"padding": -1}, ValueError, "`padding` must be at least 0 on every side, got -1"),
        ({"padding": ((0, -1), 0)}, ValueError, "`padding` must be at least 0 on every side"),
        ({"padding": "some"}, ValueError, "`padding` must be one of valid, same, full, got 'some'"),
        ({"padding": 0.5}, TypeError, r"`padding` must be an int, \(vertical, .* got 0.5"),
        ({"padding": (1, (1, 2, 3))}, TypeError, "`padding` must be an int"),
        ({"padding": None}, TypeError, "`padding` must be an int, .* got None"),
        ({"kernel_size": (3, 6)}, ValueError, "`kernel_size` does not fit: .* spans 6 columns"),
        (
            {"dilation": 3},
            ValueError,
            r"\(3, 3\) with dilation \(3, 3\) spans 7 rows",
        ),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        Geometry(**{"input_shape": 5, "kernel_size": 3, **arguments})


def test_one_axis_has_the_same_errors():
    with pytest.raises(ValueError, match="`kernel_size` must be at least 1, got 0"):
        same_padding(5, 0)
    with pytest.raises(TypeError, match="`size` must be an int, got 'a'"):
        same_padding("a", 3)
    with pytest.raises(ValueError, match="`stride` must be at least 1"):
        output_size(5, 3, stride=0)
    with pytest.raises(TypeError, match="`padding` must be an int or a pair of ints"):
        output_size(5, 3, padding=0.5)


def test_there_is_no_step_before_the_first_or_after_the_last():
    with pytest.raises(IndexError, match="`step` must be from 0 to 8, got 9"):
        Geometry(5, 3).window(9)
    with pytest.raises(IndexError, match="`step` must be from 0 to 8, got -1"):
        Geometry(5, 3).window(-1)
