"""`MatrixView` and `Patches`: words, clicks, ranges, and what is refused."""

import re

import numpy as np
import pytest

from convlab.convolution import conv2d
from convlab.explore import MatrixView, Patches
from convlab.explore.matrix.matrix_numbers import INPUTS, MatrixState, numbered_kernels
from convlab.explore.matrix.product_scene import colours
from convlab.geometry import Geometry


def _words(explorer):
    return re.sub(r"<[^>]+>", "", explorer.caption.value)


def _click(explorer, board, index):
    explorer._pick(*board.middles(index)[0])


def test_a_click_on_an_output_an_input_or_the_matrix_moves_all_three():
    view = MatrixView()
    places = view.scene.places(view.state)
    _click(view, places.y.grids[0], 2)
    assert (view.controls["follow"].value, view.controls["step"].value) == ("row", 2)
    _click(view, places.x.grids[0], 13)
    assert (view.state.follow, view.state.step) == ("column", 13)
    _click(view, places.matrix, 3 * 16 + 9)
    assert (view.state.follow, view.state.step) == ("column", 9)
    _click(view, places.y.column, 3)
    assert (view.state.follow, view.state.step) == ("row", 3)
    _click(view, places.matrix, 1 * 16 + 9)
    assert (view.state.follow, view.state.step) == ("row", 1)
    before = view.picture.value
    view._pick(1, 1)
    assert view.picture.value == before


def test_the_caption_of_a_row_says_what_conv2d_says():
    view = MatrixView(stride=2, padding=1, input=5, numbers=True)
    y = conv2d(INPUTS[0, :5, :5], numbered_kernels((1, 1), (3, 3))[0, 0], stride=2, padding=1)
    for step, value in enumerate(y.ravel()):
        view.controls["step"].value = step
        row, col = divmod(step, 3)
        assert f"y{step + 1}, output pixel ({row}, {col}) = {value:.0f}" in _words(view)
    assert "from 4 weights and the inputs that they meet; 5 more fall on padding" in _words(view)


def test_the_caption_of_a_column_names_outputs_and_weights():
    view = MatrixView(follow="column", step=5)
    assert "x6, input cell (1, 1)" in _words(view)
    assert "4 outputs: y1 with w2,2, y2 with w2,1, y3 with w1,2, y4 with w1,1." in _words(view)
    view.controls["step"].value = 15
    assert "1 output: y4 with w3,3." in _words(view)


def test_the_caption_says_when_no_window_covers_a_cell():
    view = MatrixView(input=4, kernel=1, stride=3, follow="column", step=1)
    assert "no window covers it, so the column is all zeros" in _words(view)


def test_the_constant_of_the_bias_is_no_pixel():
    view = MatrixView(bias="column", follow="column", step=16)
    assert "the constant 1, which no pixel holds: it adds the bias to all 4 outputs" in _words(view)
    assert view.state.matrix.shape == (4, 17)
    view.controls["bias"].value = "none"
    assert view.state.step == 15


def test_a_bias_changes_every_output_by_itself_however_it_is_written():
    without, added, column = (MatrixView(bias=b).state.y for b in ("none", "added", "column"))
    assert np.array_equal(added, without + 5)
    assert np.array_equal(added, column)


def test_zeros_are_counted():
    assert "Zeros in all C̃: 28 of 64 (44 %)." in _words(MatrixView())
    assert "Zeros in all C̃: 3612 of 4096 (88 %)." in _words(MatrixView(input=8, padding=1))


def test_true_convolution_reverses_the_weights_in_a_row():
    view = MatrixView(operation=True, step=0)
    row = [view.state.entry_text(0, col) for col in (0, 1, 2, 4, 5, 6, 8, 9, 10)]
    assert row == [f"w_{{{u},{v}}}" for u in (3, 2, 1) for v in (3, 2, 1)]


def test_the_reader_s_own_input_and_kernel():
    x, weight = np.arange(12.0).reshape(3, 4), np.array([[1.0, -1.0]])
    view = MatrixView(x, weight)
    assert np.array_equal(view.state.y[0], conv2d(x, weight))
    assert view.controls["input"].max == (3, 4)
    assert view.controls["channels_in"].max == view.controls["channels_out"].max == 1
    bank = np.ones((2, 2, 3, 3))
    view = MatrixView(weight=bank, channels_in=2, channels_out=2)
    assert np.array_equal(view.state.y, conv2d(INPUTS[:, :4, :4], bank))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.ones((10, 3)),), r"`x` must be at most 9 × 9, with at most 2 channels, .* \(10, 3\)"),
        ((np.ones((3, 4, 4)),), r"`x` must be at most 9 × 9, .* got shape \(3, 4, 4\)"),
        ((None, np.ones((6, 6))), r"`weight` must be at most 5 × 5"),
        ((np.ones(4),), r"`x` must have 2 or 3 axes"),
        (
            (np.ones((4, 4)), np.ones((1, 2, 3, 3))),
            "`weight` must have as many input channels as `x`: got 2 in `weight`, 1 in `x`",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        MatrixView(*arguments)


@pytest.mark.parametrize("channels", ["channels_in", "channels_out"])
def test_more_channels_than_there_are_are_refused(channels):
    with pytest.raises(ValueError, match=rf"`{channels}` of MatrixView must be from 1 to 2 .* 3"):
        MatrixView(**{channels: 3})
    with pytest.raises(ValueError, match=rf"`{channels}` of MatrixView must be from 1 to 1 .* 2"):
        MatrixView(np.ones((3, 3)), np.ones((2, 2)), **{channels: 2})


def test_words_are_a_function_of_the_state_alone():
    """The caption of an earlier state is right, whatever the picture shows now."""
    view, patches = MatrixView(), Patches()
    for explorer, others in (
        (view, {"input": (6, 6), "bias": "column"}),
        (patches, {"input": (6, 6), "padding": (1, 1)}),
    ):
        earlier, words = explorer.state, explorer.describe(explorer.state)
        explorer.set_controls(**others)
        large = explorer.state
        explorer.set_controls(input=(2, 2), kernel=(1, 1))
        assert explorer.describe(earlier) == words
        assert type(explorer).describe(large) == explorer.describe(large) != words


def test_a_kernel_that_had_to_yield_comes_back_with_its_dilation():
    view = MatrixView(input=6, dilation=2)
    view.controls["input"].value = (3, 3)
    assert view.controls["dilation"].value == (1, 1)
    assert "There is no room for <i>dilation</i>" in view.notice.value
    view.controls["input"].value = (6, 6)
    assert view.controls["dilation"].value == (2, 2)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kernel": 1, "input": 1, "step": 0}, "from 1 weight and the inputs that they meet. The"),
        ({"kernel": (1, 2), "input": (1, 2), "padding": (0, 1), "step": 0}, "; 1 more falls on"),
        ({"bias": "added"}, "from 9 weights and the inputs that they meet, and the bias 5. The"),
        ({"kernel": 2, "input": (2, 3), "step": 0}, "The rest of the row: 2 zeros."),
        ({"kernel": (1, 2), "input": (1, 3), "step": 0}, "The rest of the row: 1 zero."),
        ({"channels_out": 2, "step": 5}, "y6, output pixel (1, 0, 1) = "),
        ({"channels_in": 2, "step": 17, "follow": "column"}, "x18, input cell (1, 0, 1) = "),
        (
            {"bias": "column", "input": 3, "follow": "column", "step": 9},
            "adds the bias to the only output.",
        ),
        (
            {"input": 6, "follow": "column", "step": 14},
            "feeds 9 outputs: y1 with w3,3, y2 with w3,2, y3 with w3,1, y5 with w2,3 and 5 more.",
        ),
    ],
)
def test_each_sentence_fits_what_is_counted(settings, words):
    assert words in _words(MatrixView(**settings))


def test_a_window_on_padding_alone_has_no_weight():
    geometry = Geometry(1, (1, 2), padding=(0, 2))
    words = MatrixView.describe(MatrixState(geometry, step=0))
    assert (
        "from no weight at all: all of them fall on padding. The rest of the row: 1 zero" in words
    )


def test_the_patches_say_how_often_a_cell_is_copied():
    assert "P repeats the input, a cell up to 4 times: 9 × 4 = 36 entries" in _words(Patches())
    assert "P holds no input cell twice: 9 × 4 = 36 entries" in _words(Patches(input=6, stride=3))
    assert "C̃ repeats the kernel in every row: 4 × 16 = 64 entries, 28" in _words(Patches())
    one = _words(Patches(input=1, kernel=1))
    assert "in every row: 1 × 1 = 1 entry, none of them zero. P holds no input cell twice" in one
    assert "a cell up to twice: 2 × 2 = 4 entries." in _words(Patches(input=(1, 3), kernel=(1, 2)))


def test_a_click_in_either_product_moves_both():
    patches = Patches(step=0)
    _click(patches, patches.scene.places(patches.state).patches, 2)
    assert patches.state.step == 2
    _click(patches, patches.scene.places(patches.state).matrix, 3 * 16)
    assert patches.state.step == 3


def sum_beside(explorer):
    """Return the terms and the value of the sum beside the picture; None where there is none."""
    text = re.sub("<[^>]+>", "", explorer.details.value).replace("−", "-")
    if not text:
        return None
    _, terms, value = text.split(" = ")
    factors = [re.findall(r"-?[\d.]+", term) for term in terms.split(" + ")]
    return [np.prod([float(f) for f in pair]) for pair in factors], float(value)


@pytest.mark.parametrize("bias", ["none", "added", "column"])
def test_a_row_without_room_below_the_matrix_is_written_out_beside_it(bias):
    explorer = MatrixView(input=6, padding=1, channels_in=2, bias=bias)
    for step in (0, 9, 35):
        explorer.controls["step"].value = step
        terms, value = sum_beside(explorer)
        assert sum(terms) == value == explorer.state.y.ravel()[step]
        assert len(terms) == (explorer.state.line >= 0).sum() + (bias != "none")
    explorer.controls["follow"].value = "column"
    assert sum_beside(explorer) is None
    assert sum_beside(MatrixView(bias=bias)) is None  # there, the picture has room


def test_the_blocks_of_two_channels_look_different_and_signs_are_marked():
    state = MatrixView(channels_in=2, channels_out=2).state
    scene = MatrixView(channels_in=2, channels_out=2).scene
    shades = colours(state, state.which, state.slices).reshape(2, 4, 2, 16, 3)
    first, second = shades[0, :, 0], shades[1, :, 0]
    assert not np.allclose(first, second)
    assert len(scene._strokes.get_segments()) == (state.matrix < 0).sum() == 2 * 4 * 9
    for segment in scene._strokes.get_segments():
        row, col = scene.places(state).matrix.cell_at(tuple(segment.mean(axis=0)))
        assert state.matrix[row, col] < 0
    own = MatrixView(weight=np.arange(36.0).reshape(2, 2, 3, 3), channels_out=2, channels_in=2)
    same = colours(own.state, own.state.which, own.state.slices).reshape(2, 4, 2, 16, 3)
    assert np.allclose(same[0, :, 0], same[1, :, 0])  # a shade stands for a place in the kernel


def _hidden(explorer, part):
    """Say of a board whether it lies within a region that can be hidden: none of it, or all."""
    scene = explorer.scene
    boxes = scene.regions(explorer.state)[part]

    def share(board):
        x, y = board.boxes().reshape(-1, 2).T
        down = scene.height - y
        inside = [(x >= a) & (x <= c) & (down >= b) & (down <= d) for a, b, c, d in boxes]
        return np.any(inside, axis=0).mean()

    return share


@pytest.mark.parametrize(
    "settings",
    [{}, {"input": 6, "padding": 1}, {"channels_in": 2, "channels_out": 2}, {"bias": "column"}],
    ids=str,
)
def test_what_a_question_hides_lies_under_the_veil_as_a_whole_and_nothing_else(settings):
    view = MatrixView(**settings)
    places = view.scene.places(view.state)
    matrix, product = (_hidden(view, part) for part in ("matrix", "product"))
    for board in (places.matrix, places.x.column, *places.padded, places.y.column):
        assert matrix(board) == product(board) == 1
    assert [matrix(board) for board in (*places.y.grids, *places.kernels)].count(0) > 1
    assert {matrix(board) for board in (*places.y.grids, *places.kernels)} == {0}
    assert {product(board) for board in places.y.grids} == {1}
    assert {product(board) for board in places.kernels} == {0}


@pytest.mark.parametrize("settings", [{}, {"input": (6, 5), "padding": 1}, {"kernel": (2, 3)}])
def test_the_patches_are_hidden_with_their_results_and_without_the_kernel(settings):
    patches = Patches(**settings)
    places, share = patches.scene.places(patches.state), _hidden(patches, "patches")
    assert share(places.patches) == share(places.y.grids[0]) == 1
    assert {share(board) for board in (places.weights, places.matrix, places.padded)} == {0}
