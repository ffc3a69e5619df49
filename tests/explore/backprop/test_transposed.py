"""The explorer of the transposed convolution: both views are the layer, and its words are true."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab import conv2d, conv_transpose2d
from convlab.explore import TransposedConv
from convlab.explore.backprop.transposed_numbers import INSERTION, SCATTER, TransposedState
from convlab.explore.backprop.transposed_scene import TransposedScene
from convlab.explore.backprop.transposed_words import describe, explain


@st.composite
def states(draw, view=None):
    """Any state that the controls can reach."""
    axes = []
    for _ in range(2):
        i, k, s = (draw(st.integers(1, most)) for most in (3, 4, 3))
        extra = draw(st.integers(0, min(1, s - 1)))
        whole = (i - 1) * s + k + extra
        axes.append((i, k, s, extra, draw(st.integers(0, min(k - 1, (whole - 1) // 2)))))
    view = view or draw(st.sampled_from([SCATTER, INSERTION]))
    last = TransposedState(*zip(*axes, strict=True), view).steps - 1
    return TransposedState(*zip(*axes, strict=True), view, draw(st.integers(0, last)))


def scattered(state, last, value):
    """Add every product of the first cells to the output without padding, in plain loops."""
    axes = zip(state.input, state.kernel, state.stride, state.output_padding, strict=True)
    whole = np.zeros([(i - 1) * s + k + extra for i, k, s, extra in axes])
    for n, (r, c) in enumerate(np.ndindex(*state.input)):
        for u, v in np.ndindex(*state.kernel):
            if n <= last:
                row, col = r * state.stride[0] + u, c * state.stride[1] + v
                whole[row, col] += value(state.x[r, c] * state.weight[u, v])
    return whole


def cropped(whole, padding):
    (down, across), (rows, cols) = padding, whole.shape
    return whole[down : rows - down, across : cols - across]


@given(states(SCATTER))
def test_the_scatter_view_adds_up_to_the_layer(state):
    assert_allclose(state.sums, scattered(state, state.step, float))
    assert_array_equal(state.reached, scattered(state, state.step, lambda _: 1))
    assert_array_equal(state.counts, scattered(state, 99, lambda _: 1))
    assert_allclose(state.y, cropped(scattered(state, 99, float), state.padding))
    assert_array_equal(cropped(~state.cropped, state.padding), True)
    assert (~state.cropped).sum() == state.y.size
    layout = {"stride": state.stride, "padding": state.padding}
    layer = conv_transpose2d(state.x, state.weight, output_padding=state.output_padding, **layout)
    assert_array_equal(layer, state.y)
    assert layer.shape == state.output_shape


@given(states(INSERTION))
def test_the_kernel_over_the_inserted_zeros_gives_the_layer(state):
    assert_allclose(conv2d(state.inserted, state.weight[::-1, ::-1]), state.y)
    assert_array_equal(state.inserted[state.is_input], state.x.ravel())
    assert not state.inserted[~state.is_input].any()
    assert not (state.is_input & state.is_padding).any()
    (row, col), rows, cols = state.window
    assert state.step == row * state.output_shape[1] + col
    assert (state.inserted[rows, cols] * state.rotated).sum() == pytest.approx(state.y[row, col])
    met = cropped(state.counts, state.padding)[row, col]
    assert state.is_input[rows, cols].sum() == met
    assert re.search(rf"meets {met} input cells? and", describe(state))


@given(states())
def test_the_formula_gives_the_size_and_the_words_fit(state):
    text = re.sub("<[^>]+>", "", explain(state))
    found = re.findall(r"(\d+) =\((\d) − 1\)·(\d) − 2·(\d) \+ (\d)·\((\d) − 1\) \+ 1 \+ (\d)", text)
    assert len(found) == 2
    for numbers, size in zip(found, state.y.shape, strict=True):
        o, n, s, p, d, k, a = map(int, numbers)
        assert (n - 1) * s - 2 * p + d * (k - 1) + 1 + a == o == size
    assert len(re.sub("<[^>]+>", "", describe(state))) < 270


@given(states())
def test_evenness_is_told_as_the_middle_of_a_long_output_shows_it(state):
    """On 20 × 20 inputs, away from the edges, counted again."""
    ones = conv_transpose2d(np.ones((20, 20)), np.ones(state.kernel), stride=state.stride)
    middle = ones[len(ones) // 2 - 6 : len(ones) // 2 + 6, ones.shape[1] // 2 - 6 :][:, :12]
    counts = np.unique(middle).astype(int)
    words = describe(state)
    assert ("The stride divides the kernel" in words) == (len(counts) == 1)
    told = re.search(r"reached by ([\d, and]+) product", words)[1]
    assert [int(n) for n in re.findall(r"\d+", told)] == counts.tolist()


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ({}, "1, 2 and 4 products in turn: a checkerboard"),
        ({"stride": (1, 2)}, "3 and 6 products in turn: stripes"),
        ({"kernel": 4}, "The stride divides the kernel: .* by 4 products"),
        ({"kernel": 2}, "by 1 product\\."),
        ({"kernel": 2, "stride": 3}, "by 0 and 1 products in turn"),
        ({}, r"input cell \(1, 1\) = 1.*added to output rows 2 to 4, columns 2 to 4"),
        ({"padding": 1, "step": 0}, "rows 0 to 1, columns 0 to 1. The padding takes 5 away"),
        ({"kernel": 1, "step": 1}, "output row 0, column 2"),
    ],
)
def test_the_caption(layout, words):
    assert re.search(words, re.sub("<[^>]+>", "", TransposedConv(**layout).caption.value))


@given(states())
def test_a_click_goes_to_the_step_of_the_cell(state):
    scene = TransposedScene()
    grids = scene.grids(state)
    own = "input" if state.view == SCATTER else "output"
    for step in range(state.steps):
        place = grids[own].centre(*divmod(step, grids[own].cols))
        assert scene.pick(state, place) == {"step": step}
    for name in set(grids) - {own}:
        row, col = grids[name].rows // 2, grids[name].cols // 2
        picked = scene.pick(state, grids[name].centre(row, col))
        holding = []
        for step in range(state.steps):
            _, rows, cols = TransposedState(**{**vars_of(state), "step": step}).window
            if rows.start <= row < rows.stop and cols.start <= col < cols.stop:
                holding.append(step)
        assert picked == ({"step": holding[0]} if holding else None)
    assert scene.pick(state, (1, 1)) is None


def vars_of(state):
    return {name: getattr(state, name) for name in state.__dataclass_fields__}


@given(states())
def test_all_grids_lie_in_the_picture_side_by_side_with_equal_cells(state):
    scene = TransposedScene()
    grids = scene.grids(state)
    assert len({(grid.wide, grid.high) for grid in grids.values()}) == 1
    assert grids["input"].top == grids["output"].top <= scene.height - 23
    assert grids["input"].right + 8 < grids["output"].left
    assert grids["input"].wide * 0.52 >= 10.5  # numbers are written
    for grid in grids.values():
        assert min(grid.left, grid.bottom, scene.width - grid.right) > 5
