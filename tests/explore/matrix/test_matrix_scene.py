"""The picture of C̃: the article's symbols cell by cell, and numbers that `conv2d` confirms."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlab.convolution import conv2d, flip
from convlab.draw.palette import is_dark
from convlab.draw.text import text_path
from convlab.explore.matrix.equation import INPUT, OUTPUT, PADDING, WEIGHT, spell
from convlab.explore.matrix.matrix_numbers import ZERO, MatrixState, Sample, numbered_kernels
from convlab.explore.matrix.matrix_scene import MatrixScene
from convlab.explore.matrix.product_scene import colours
from convlab.geometry import Geometry
from convlab.matrix import conv_matrix
from tests.core.test_matrix import ARTICLE
from tests.strategies import pairs

DEFAULT = MatrixState(Geometry(4, 3))


@st.composite
def states(draw):
    """States over small geometries, channels, both orders of the kernel and all kinds of bias."""
    size, kernel = draw(pairs(1, 6)), draw(pairs(1, 3))
    kernel = tuple(map(min, kernel, size))
    geometry = Geometry(size, kernel, stride=draw(pairs(1, 3)), padding=draw(pairs(0, 2)))
    state = MatrixState(
        geometry,
        channels_in=draw(st.integers(1, 2)),
        channels_out=draw(st.integers(1, 2)),
        follow=draw(st.sampled_from(["row", "column"])),
        numbers=draw(st.booleans()),
        operation=draw(st.booleans()),
        bias=draw(st.sampled_from(["none", "added", "column"])),
    )
    rows, cols = state.matrix.shape
    assert state.shape == (rows, cols)
    last = (rows if state.follow == "row" else cols) - 1
    return replace(state, step=draw(st.integers(0, last)))


def test_the_default_shows_the_article_s_matrix_symbol_by_symbol():
    rows = [row.split() for row in ARTICLE.strip().splitlines()]
    assert DEFAULT.which.shape == (4, 16)
    for i, row in enumerate(rows):
        for j, symbol in enumerate(row):
            expected = "" if symbol == "." else f"w_{{{symbol[0]},{symbol[1]}}}"
            assert DEFAULT.entry_text(i, j) == expected
    assert DEFAULT.x_texts == [f"x_{{{n}}}" for n in range(1, 17)]
    assert DEFAULT.y_texts == ["y_{1}", "y_{2}", "y_{3}", "y_{4}"]


def test_the_article_s_symbols_are_drawn_each_in_its_own_cell():
    scene = MatrixScene()
    scene.update(DEFAULT)
    drawn = np.concatenate([artist.get_path().vertices for artist in scene._letters])
    board = scene.places(DEFAULT).matrix
    for index, which in enumerate(DEFAULT.which.ravel()):
        low, high = board.boxes(index)[0].min(axis=0), board.boxes(index)[0].max(axis=0)
        inside = ((drawn > low) & (drawn < high)).all(axis=1)
        text = DEFAULT.entry_text(*divmod(index, 16))
        if which < 0:
            assert not inside.any()
        else:
            alone = text_path([text], np.zeros((1, 2)), 1.0).vertices
            assert inside.sum() == len(alone), text


def test_each_shade_stands_for_one_weight():
    scene = MatrixScene()
    scene.update(DEFAULT)
    shades = {which: tuple(colours(DEFAULT, np.array([which]))[0].round(6)) for which in range(9)}
    assert len(set(shades.values())) == 9
    filled = DEFAULT.which[DEFAULT.which >= 0]
    drawn = scene._weights.get_facecolor()[: len(filled), :3]
    assert [tuple(c) for c in drawn.round(6)] == [shades[w] for w in filled]


@given(states())
def test_the_product_is_the_convolution(state):
    geometry = state.geometry
    layout = {"stride": geometry.stride, "padding": geometry.padding}
    weight = numbered_kernels((state.channels_in, state.channels_out), geometry.kernel_size)
    weight = weight[..., ::-1, ::-1] if state.operation else weight
    y = conv2d(state.x, weight, **layout)
    biases = np.array([5.0, -5.0])[: len(y)]
    added = np.repeat(biases, geometry.steps) if state.bias == "added" else 0
    total = y + (0 if state.bias == "none" else biases.reshape(-1, 1, 1))
    assert_allclose(state.matrix @ state.column + added, total.ravel())
    assert_allclose(state.y, total)


@given(states())
def test_symbols_name_the_weights_that_stand_there(state):
    symbols, numbers = (replace(state, numbers=n) for n in (False, True))
    kernels = numbered_kernels((state.channels_in, state.channels_out), state.geometry.kernel_size)
    cells, pixels = symbols.x[0].size, symbols.y[0].size
    for i, j in np.argwhere(symbols.which >= 0):
        u, v = map(int, symbols.entry_text(i, j)[3:-1].split(","))
        assert kernels[i // pixels, j // cells, u - 1, v - 1] == numbers.matrix[i, j]


@given(states())
def test_every_state_is_drawn_and_a_row_s_marks_lie_on_its_window(state):
    scene = MatrixScene()
    scene.update(state)
    places = scene.places(state)
    marks = scene._marks.get_paths()
    line = state.which[state.step] if state.follow == "row" else state.which[:, state.step]
    met = np.flatnonzero(line != ZERO)
    there = state.x.size if state.follow == "row" else state.y.size
    assert len(marks) == len(met) + (met < there).sum()
    assert places.x.column.right < places.padded[0].left + 1
    assert places.y.grids[-1].bottom > places.kernels[0].top
    right = max(board.right for board in places.padded)
    assert 0 <= places.y.grids[0].left < right <= scene.width
    assert min(places.matrix.bottom, places.x.column.bottom, places.kernels[-1].bottom) >= 0
    for artist in (scene._numbers[0], scene._letters[0], *scene._titles.values()):
        box = artist.get_path().get_extents() if len(artist.get_path().vertices) else None
        assert box is None or (box.x0 >= 0 and box.x1 <= scene.width and box.y1 <= scene.height)


@given(states())
def test_the_frame_lies_around_the_row_or_the_column_and_a_row_alone_has_a_window(state):
    scene = MatrixScene()
    scene.update(state)
    matrix, (left, low, right, high) = scene.places(state).matrix, _box(scene._frames, 0)
    if state.follow == "row":
        top = matrix.top - state.step * matrix.high
        expected = (matrix.left, top - matrix.high, matrix.right, top)
        assert len(scene._foot.get_paths()) == state.channels_in
    else:
        start = matrix.left + state.step * matrix.wide
        expected = (start, matrix.bottom, start + matrix.wide, matrix.top)
        assert len(scene._foot.get_paths()) == 0
    assert_allclose((left + 1.2, low + 1.2, right - 1.2, high - 1.2), expected)


def _box(artist, index):
    vertices = artist.get_paths()[index].vertices
    return *vertices.min(axis=0), *vertices.max(axis=0)


def test_letters_are_white_on_the_dark_shades_that_are_marked():
    scene = MatrixScene()
    scene.update(DEFAULT)
    grid, white = scene.places(DEFAULT).x.grids[0], scene._numbers[1].get_path().vertices
    cells = dict(zip((0, 1, 2, 4, 5, 6, 8, 9, 10), range(9), strict=True))
    for cell in range(16):
        low, high = grid.boxes(cell)[0].min(axis=0), grid.boxes(cell)[0].max(axis=0)
        inside = ((white > low) & (white < high)).all(axis=1).any()
        dark = cell in cells and is_dark(colours(DEFAULT, np.array([cells[cell]])))[0]
        assert inside == dark


def test_a_row_is_spelt_out_as_the_article_s_sum():
    pieces = spell(replace(DEFAULT, step=1))
    of_kind = {kind: [p.text for p in pieces if p.kind == kind] for kind in range(5)}
    assert of_kind[OUTPUT] == ["y_{2}"]
    assert of_kind[WEIGHT] == [f"w_{{{u},{v}}}" for u in (1, 2, 3) for v in (1, 2, 3)]
    assert of_kind[INPUT] == [f"x_{{{n}}}" for n in (2, 3, 4, 6, 7, 8, 10, 11, 12)]
    assert of_kind[PADDING] == []


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "there"),
    [((6, 6), (2, 3), 2, False), ((3, 6), (1, 2), 1, False), ((4, 4), (3, 3), 1, True)],
)
def test_sums_are_written_where_they_have_room_and_never_below_the_picture(
    size, kernel, stride, there
):
    """The first two would reach over the lower edge."""
    padding = 0 if there else 1
    scene = MatrixScene()
    scene.update(MatrixState(Geometry(size, kernel, stride=stride, padding=padding)))
    written = [path for path in (one.get_path() for one in scene._sum) if len(path.vertices)]
    assert bool(written) == there
    for path in written:
        assert path.vertices.min() > 8


@given(states())
def test_the_numbers_of_a_spelt_row_add_up(state):
    state = replace(state, numbers=True, follow="row", step=0)
    pieces = spell(state)

    def numbers(kind):
        return [float(p.text.replace("−", "-")) for p in pieces if p.kind == kind]

    weights, inputs = numbers(WEIGHT), numbers(INPUT)
    inputs += [1.0] * (len(weights) - len(inputs))  # an added bias meets nothing
    assert np.dot(weights, inputs) == numbers(OUTPUT)[0] == state.y.ravel()[0]
    on_padding = [p.text for p in pieces if p.kind == PADDING and p.text == "0"]
    lost = state.weight[0].size - (state.which[0] >= 0).sum()
    assert len(on_padding) == lost + sum(
        p.text == "0" and p.align == "right" for p in pieces if p.kind == PADDING
    )


def test_a_column_is_spelt_out_as_the_outputs_that_it_feeds():
    state = replace(DEFAULT, follow="column", step=5)
    pieces = spell(state)
    assert [p.text for p in pieces if p.kind == OUTPUT] == ["y_{1}", "y_{2}", "y_{3}", "y_{4}"]
    assert [p.text for p in pieces if p.kind == WEIGHT] == [
        "w_{2,2}", "w_{2,1}", "w_{1,2}", "w_{1,1}",
    ]  # fmt: skip


@given(states())
def test_a_click_leads_to_the_row_of_an_output_and_the_column_of_an_input(state):
    scene = MatrixScene()
    scene.update(state)
    places = scene.places(state)
    for follow, flat in (("row", places.y), ("column", places.x)):
        for index in (0, flat.column.rows - 1):
            at = tuple(flat.column.middles(index)[0])
            assert scene.pick(state, at) == {"follow": follow, "step": index}
        size = flat.grids[0].rows * flat.grids[0].cols
        for channel, grid in enumerate(flat.grids):
            at, step = tuple(grid.middles(size - 1)[0]), (channel + 1) * size - 1
            assert scene.pick(state, at) == {"follow": follow, "step": step}
    rows, cols = state.matrix.shape
    at = tuple(places.matrix.middles(rows * cols - 1)[0])
    last = rows - 1 if state.follow == "row" else cols - 1
    assert scene.pick(state, at) == {"step": last}
    assert scene.pick(state, (1, 1)) is None


def test_the_reader_s_own_arrays_are_used():
    x, weight = np.arange(18.0).reshape(2, 3, 3), -np.arange(16.0).reshape(2, 2, 2, 2)
    state = MatrixState(Geometry(3, 2), 2, 2, operation=True, sample=Sample(x, weight))
    assert_array_equal(state.y, conv2d(x, flip(weight)))
    assert_array_equal(state.matrix, conv_matrix(flip(weight), (3, 3)))


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (5, 5)])
def test_numbered_kernels_are_not_symmetric_and_differ_between_channels(shape):
    bank = numbered_kernels((2, 2), shape)
    assert bank.shape == (2, 2, *shape)
    if shape != (1, 1):
        assert not np.array_equal(bank[0, 0], flip(bank[0, 0]))
        assert len({kernel.tobytes() for kernel in bank.reshape(4, -1)}) == 4
