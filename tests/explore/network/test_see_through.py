"""A network looked into: each number is what its window makes of it, forwards and backwards."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convlab.draw import palette
from convlab.explore import SeeThrough
from convlab.explore.network import see_through_numbers as numbers
from convlab.explore.network import trained_network
from convlab.explore.network.see_through_bench import patch_grids
from convlab.explore.network.see_through_layout import (
    BENCH,
    DIGIT,
    all_cells,
    answer_boards,
    column_of,
    columns,
    flat_board,
    place_at,
    score_board,
    slice_strip,
)
from convlab.explore.network.see_through_numbers import (
    ALL,
    ANSWERS,
    GRADIENTS,
    NAMES,
    PICTURE,
    SCORES,
    VALUES,
    WRONG,
    SeeThroughState,
    below,
    planes,
    shape_of,
)
from convlab.explore.network.see_through_scene import SeeThroughScene
from convlab.explore.network.see_through_window import alike, readers_of, shares_of, window_of
from convlab.explore.network.see_through_words import percent
from convlab.explore.network.trained_network import (
    NETWORK,
    changed,
    held_out,
    picture_of,
    read_rightly,
    trained,
)
from convlab.learning import softmax_cross_entropy

ABOVE = NAMES[1:]


def state(layer, cell=(0, 0, 0), show=VALUES, part=0, digit=19, changes=()):
    return SeeThroughState(ALL, digit, layer, *cell, show, part, changes)


def every_cell(layer):
    return np.ndindex(*shape_of(layer))


@pytest.mark.parametrize("layer", ABOVE)
def test_each_cell_is_what_its_window_makes_of_it(layer):
    """All cells of all layers, from the numbers of the layer below, in plain loops."""
    maps = state(layer).maps
    source, found = planes(maps, below(layer)), planes(maps, layer)
    weights = trained()
    for channel, row, col in every_cell(layer):
        window = window_of(state(layer, (channel, row, col)))
        if layer.startswith("activated"):
            expected = max(0.0, source[channel, row, col])
            assert window.patch.item() == source[channel, row, col]
        elif layer.startswith("pooled"):
            four = [source[channel, 2 * row + r, 2 * col + c] for r in (0, 1) for c in (0, 1)]
            expected = max(four)
            assert sorted(window.patch.ravel()) == sorted(four)
        else:
            expected = float(window.sums.sum()) + window.bias
            total = weights["dense bias"][channel] if layer == SCORES else None
            if layer == SCORES:
                total += float(weights["dense"][channel] @ source.ravel())
            else:
                kernel = weights[f"kernels {layer[-1]}"][channel]
                total = weights[f"bias {layer[-1]}"][channel]
                for k, r, c in np.ndindex(*kernel.shape):
                    at = row + r - 1, col + c - 1
                    if 0 <= at[0] < source.shape[1] and 0 <= at[1] < source.shape[2]:
                        total += kernel[k, r, c] * source[k, at[0], at[1]]
            assert expected == pytest.approx(total)
        assert found[channel, row, col] == pytest.approx(expected)


@pytest.mark.parametrize("layer", ABOVE)
def test_what_the_cells_hand_down_is_what_came_back_below(layer):
    """The shares of all cells, added up, are the gradient of the layer below."""
    received = np.zeros(shape_of(below(layer)))
    for cell in every_cell(layer):
        here = state(layer, cell, GRADIENTS)
        window, shares = window_of(here), shares_of(here)
        for slot, channel in enumerate(window.channels):
            for r, c in np.ndindex(*window.patch.shape[1:]):
                row, col = window.first[0] + r, window.first[1] + c
                if np.isnan(window.patch[slot, r, c]):
                    assert shares.window[slot, r, c] == 0
                else:
                    received[channel, row, col] += shares.window[slot, r, c]
    expected = planes(state(layer).gradients, below(layer))
    assert np.abs(expected).max() > 0.01
    assert_allclose(received, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("layer", "place"),
    [("convolved 1", (4, 0, 2, 1)), ("convolved 2", (5, 3, 0, 2)), (SCORES, (8, 4))],
)
def test_what_the_cells_hand_to_a_weight_is_what_moving_it_does(layer, place):
    """Against a central difference of the loss, with the weight changed as a hand would."""
    name = numbers.weights_of(layer)[0]
    total = 0.0
    for _, row, col in np.ndindex(1, *shape_of(layer)[1:]):
        shares = shares_of(state(layer, (place[0], row, col), GRADIENTS))
        total += shares.kernel.reshape(trained()[name][place[0]].shape)[place[1:]]

    def loss(step):
        moved = ((name, place), float(trained()[name][place]) + step)
        here = state(layer, changes=(moved,))
        return softmax_cross_entropy(here.maps.scores, [here.label]).loss

    assert total == pytest.approx((loss(1e-5) - loss(-1e-5)) / 2e-5, rel=1e-5)
    assert abs(total) > 1e-4


@pytest.mark.parametrize("layer", NAMES[:-1])
def test_the_readers_of_a_cell_are_counted(layer):
    """Each cell above is asked whether its window holds the cell."""
    above = NAMES[NAMES.index(layer) + 1]
    windows = [window_of(state(above, cell)) for cell in every_cell(above)]
    for channel, row, col in [(0, 0, 0), tuple(np.subtract(shape_of(layer), 1)), (0, 1, 0)]:
        count = 0
        for window in windows:
            rows, cols = window.patch.shape[1:]
            inside = 0 <= row - window.first[0] < rows and 0 <= col - window.first[1] < cols
            count += inside and channel in window.channels
        assert readers_of(state(layer, (channel, row, col))) == count


def test_the_patches_are_those_that_a_kernel_answers_to_most():
    """Of the first layer: the window of every cell of every digit, dot by dot."""
    here = state("activated 1", (4, 0, 0), ANSWERS)
    kernel, bias = trained()["kernels 1"][4, 0], trained()["bias 1"][4]
    best = []
    for number, picture in enumerate(held_out().pictures):
        padded = np.pad(picture, 1)
        responses = [
            (padded[r : r + 3, c : c + 3] * kernel).sum() + bias for r, c in np.ndindex(8, 8)
        ]
        best.append((max(responses), number, int(np.argmax(responses))))
    best.sort(key=lambda found: -found[0])
    for answer, (value, number, cell) in zip(here.answers, best, strict=False):
        assert answer.value == pytest.approx(value)
        assert (answer.picture, 8 * answer.row + answer.col) == (number, cell)


def test_the_strongest_answer_is_told_in_words():
    """The caption is the text alternative of the patches."""
    shown = SeeThrough(layer="activated 1", channel=4, show=ANSWERS)
    number, row, col, value = shown.state.answers[0]
    label = held_out().labels[number]
    words = f"It answers most to digit {number}, a {label}, at cell ({row}, {col}): {value:.1f}."
    assert words in shown.caption.value
    shown.set_controls(layer=SCORES, channel=7)
    number = shown.state.answers[0].picture
    assert f"Most surely of this class is digit {number}, a 7" in shown.caption.value


def test_lesson_5s_rule_is_told_where_the_kernel_lies_on_the_picture():
    kernel = trained()["kernels 1"][4, 0]
    assert alike(state("convolved 1", (4, 0, 0)), kernel) == pytest.approx(1)
    assert alike(state("convolved 1", (4, 0, 0)), -2 * kernel) == pytest.approx(-1)
    assert alike(state("convolved 2", (4, 0, 0)), kernel) is None
    assert alike(state("convolved 1", (4, 0, 0)), np.zeros((3, 3))) == 0


def test_a_score_is_answered_by_the_digits_that_are_most_surely_of_its_class():
    found = state(SCORES, (7, 0, 0), ANSWERS).answers
    assert len(found) == numbers.SHOWN_ANSWERS
    assert {int(held_out().labels[answer.picture]) for answer in found} == {7}
    assert all(answer.value > 0.99 for answer in found)


def test_training_gives_the_same_network_each_time_and_nobody_can_write_into_it():
    again = trained_network.trained.__wrapped__()
    for name, array in trained().items():
        assert_array_equal(array, again[name])
    with pytest.raises(ValueError, match="read-only"):
        trained()["bias 1"][0] = 1
    assert 0.97 < read_rightly(()) / len(held_out().labels) < 1


def test_those_that_are_misread_are_offered():
    shown = SeeThrough(among=WRONG)
    count = shown.controls["digit"].max + 1
    assert count == len(held_out().labels) - read_rightly(())
    for digit in range(count):
        shown.controls["digit"].value = digit
        assert shown.state.answer != shown.state.label
        assert "misread as" in shown.caption.value
    scores = NETWORK.forward(trained(), picture_of(shown.state.number)).scores
    assert shown.state.answer == scores.argmax()


@pytest.mark.parametrize(
    ("layer", "cell", "words"),
    [
        ("convolved 1", (4, 3, 3), "It sees rows 2 to 4 and columns 2 to 4 of the digit."),
        ("pooled 1", (0, 0, 3), "Its field is 4 × 4, partly beyond the edge: rows 0 to 2 and"),
        ("convolved 2", (5, 1, 2), "Its field is 8 × 8, partly beyond the edge: rows 0 to 6 and"),
        ("scores", (5, 0, 0), "It sees the whole digit."),
    ],
)
def test_the_caption_says_what_a_cell_sees(layer, cell, words):
    channel, row, column = cell
    shown = SeeThrough(layer=layer, channel=channel, row=row, column=column)
    assert words in shown.caption.value


@pytest.mark.parametrize(
    ("layer", "cell", "words"),
    [
        ("convolved 2", (5, 1, 1), "Below 0, it does not pass the ReLU."),
        ("activated 2", (5, 1, 1), "The pooling chose another cell"),
        ("picture", (0, 3, 4), "the sum over the 72 cells that read it."),
        ("scores", (3, 0, 0), "its probability 0.64 minus 1."),
    ],
)
def test_the_caption_says_how_a_gradient_came_or_was_lost(layer, cell, words):
    channel, row, column = cell
    shown = SeeThrough(layer=layer, channel=channel, row=row, column=column, show=GRADIENTS)
    assert words in shown.caption.value


# What a hand does


@pytest.mark.parametrize("layer", NAMES[:-1])
def test_a_click_on_a_plane_opens_the_cell_that_is_seen_there(layer):
    """Higher planes hide a corner of large ones, no more."""
    seen = 0
    for column in (column for column in columns() if column.layer == layer):
        for plane in range(column.stack.count):
            visible = column.stack.visible(plane, column.stack.middles)
            pixels = column.stack.points(plane, column.stack.middles)
            for index in np.flatnonzero(visible)[::3]:
                cell = divmod(int(index), column.stack.shape[1])
                assert place_at(tuple(pixels[index])) == (layer, column.first + plane, *cell)
            seen += int(visible.sum())
    assert seen > 0.75 * np.prod(shape_of(layer))


@pytest.mark.parametrize("layer", NAMES)
def test_every_cell_can_be_clicked_on_the_map_seen_from_above(layer):
    here, scene, board = state(layer), SeeThroughScene(), flat_board(layer)
    for row, col in np.ndindex(board.rows, board.cols):
        picked = scene.pick(here, board.centre(row, col))
        place = (row, 0, 0) if layer == SCORES else (0, row, col)
        assert tuple(picked.values()) == (layer, *place)


def test_a_click_on_the_bench_opens_what_is_there():
    shown = SeeThrough(layer="convolved 2", channel=5, row=1, column=2, part=3)
    scene, here = shown.scene, shown.state
    cell = {"layer": "pooled 1", "channel": 3, "row": 0, "column": 2}
    assert scene.pick(here, patch_grids(here)["window"].centre(0, 1)) == cell
    assert scene.pick(here, slice_strip(8).centre(0, 6)) == {"part": 6}
    digit = {"layer": PICTURE, "channel": 0, "row": 6, "column": 1}
    assert scene.pick(here, DIGIT.centre(6, 1)) == digit
    own = {"layer": "convolved 2", "channel": 5, "row": 3, "column": 0}
    assert scene.pick(here, flat_board("convolved 2").centre(3, 0)) == own
    assert scene.pick(here, (400, 60)) is None
    bar = score_board().centre(6, 0)
    assert scene.pick(here, bar) == {"layer": SCORES, "channel": 6, "row": 0, "column": 0}


def test_padding_is_no_cell():
    here = state("convolved 1", (0, 0, 0))
    scene, window = SeeThroughScene(), patch_grids(here)["window"]
    assert scene.pick(here, window.centre(0, 1)) is None
    assert scene.pick(here, window.centre(1, 1))["layer"] == PICTURE


def test_a_click_on_a_patch_goes_to_its_digit():
    shown = SeeThrough(layer="activated 1", channel=4, show=ANSWERS)
    answer = shown.state.answers[5]
    shown._pick(*answer_boards((3, 3))[5].middle)
    assert shown.state.number == answer.picture
    assert shown.state.cell == (4, answer.row, answer.col)


def test_a_kernel_that_answers_to_nothing_says_so():
    shown = SeeThrough(layer="convolved 1", channel=1, row=4)
    for _ in range(2):
        shown.editor.silence.click()
    shown.set_controls(layer="activated 1", show=ANSWERS)
    assert shown.state.answers[0].value == 0
    assert "It answers to nothing" in shown.caption.value
    assert shown.status.value == ""


def test_a_typed_weight_changes_the_answer_and_typing_it_back_undoes_it():
    shown = SeeThrough()
    before, learned = shown.state.probabilities, trained()["kernels 1"][4, 0]
    shown._pick(*patch_grids(shown.state)["kernel"].centre(2, 1))
    assert (shown.editor.row.value, shown.editor.col.value) == (2, 1)
    assert shown.editor.weight.value == pytest.approx(learned[2, 1], abs=6e-4)
    shown.editor.weight.value = -2.0
    assert shown.state.changes == ((("kernels 1", (4, 0, 2, 1)), -2.0),)
    weights = {name: array.copy() for name, array in trained().items()}
    weights["kernels 1"][4, 0, 2, 1] = -2
    scores = NETWORK.forward(weights, picture_of(19)).scores
    assert_allclose(shown.state.maps.scores, scores)
    assert not np.allclose(before, shown.state.probabilities)
    assert "1 weight is changed" in shown.caption.value
    shown.editor.weight.value = float(learned[2, 1])
    assert shown.state.changes == ()


@pytest.mark.parametrize(
    ("typed", "kept"), [(np.nan, 0.0), (np.inf, 0.0), (1e9, 100.0), (-1e9, -100.0)]
)
def test_whatever_is_typed_is_a_number_that_can_be_shown(typed, kept):
    shown = SeeThrough(layer=SCORES, channel=3, part=15)
    shown.editor.row.value = shown.editor.col.value = 1
    shown.editor.weight.value = typed
    assert shown.state.changes == ((("dense", (3, 63)), kept),)
    assert shown.status.value == ""
    assert shown.editor.weight.value == kept


def test_a_silenced_kernel_gives_nothing_and_the_others_what_they_did():
    shown = SeeThrough(layer="convolved 2", channel=6)
    before = planes(shown.state.maps, "convolved 2")
    shown.editor.silence.click()
    after = planes(shown.state.maps, "convolved 2")
    assert not after[6].any()
    assert_array_equal(np.delete(after, 6, axis=0), np.delete(before, 6, axis=0))
    assert len(shown.state.changes) == 8 * 9 + 1
    right = (NETWORK.forward(changed(shown.state.changes), held_out().pictures).scores).argmax(1)
    count = int((right == held_out().labels).sum())
    assert f">{count}</b> of 360" in shown.caption.value
    shown.editor.undo.click()
    assert shown.state.changes == ()
    assert "The network reads" in shown.caption.value


def test_reset_puts_the_weights_back():
    shown = SeeThrough()
    shown.editor.bias.value = 3.0
    shown.reset_button.click()
    assert shown.state.changes == ()
    assert shown.editor.bias.value == pytest.approx(trained()["bias 1"][4], abs=6e-4)


def test_where_there_are_no_weights_none_can_be_typed():
    shown = SeeThrough(layer="pooled 1")
    assert shown.editor.weight.disabled
    assert shown.editor.silence.disabled
    shown.editor.weight.value = 4.0
    assert shown.state.changes == ()
    shown.controls["layer"].value = SCORES
    assert not shown.editor.weight.disabled
    assert (shown.editor.row.max, shown.editor.col.max) == (1, 1)


def test_the_fields_come_and_go_with_the_slice():
    few = SeeThrough(controls=("digit", "layer"))
    assert "convlab-tucked" in few.editor._dom_classes
    assert "convlab-tucked" not in SeeThrough().editor._dom_classes


# What is drawn


@pytest.mark.parametrize("show", [VALUES, GRADIENTS])
def test_each_plane_has_the_colours_of_its_numbers(show):
    here = state("convolved 1", (2, 1, 1), show)
    scene = SeeThroughScene()
    scene.update(here)
    faces, which = scene._planes.get_facecolor(), all_cells()[1]
    start = 0
    for layer, channel in which:
        values = planes(here.gradients if show == GRADIENTS else here.maps, layer)
        count = values[channel].size
        limit = 0.7 * np.abs(values).max()
        expected = palette.diverging(values[channel].ravel(), limit)
        assert_allclose(faces[start : start + count], expected)
        start += count
    assert start == len(faces)


def test_the_chosen_cell_and_what_it_reads_are_framed():
    here = state("convolved 2", (9, 0, 3))
    scene = SeeThroughScene()
    scene.update(here)
    frames = [path.vertices[:4] for path in scene._frames.get_paths()]
    column, plane = column_of("convolved 2", 9)
    chosen = column.stack.block(plane, (0, 3))
    assert any(np.allclose(frame, chosen) for frame in frames)
    for channel in range(8):  # the window, without what is padding
        column, plane = column_of("pooled 1", channel)
        read = column.stack.block(plane, (0, 2), (2, 2))
        assert any(np.allclose(frame, read) for frame in frames)


def test_no_plane_leaves_its_place():
    for column in columns():
        for plane in range(column.stack.count):
            corners = column.stack.cells(plane)
            assert (corners[..., 1] > 196).all()
            assert (corners[..., 0] > 0).all()
            assert (corners[..., 0] < score_board().left).all()
    with pytest.raises(ValueError, match="`layer` and `channel` must name a plane, got 'pooled 1'"):
        column_of("pooled 1", 8)


def test_probabilities_are_written_honestly():
    assert [percent(p) for p in (0, 0.0001, 0.005, 0.5, 0.994, 0.9951, 1)] == [
        *("0 %", "<1 %", "0 %", "50 %", "99 %", ">99 %", "100 %")
    ]


def test_what_a_question_may_hide_lies_in_the_picture():
    """And what gives an answer away lies below the veil."""
    here, scene = state("convolved 1", (2, 3, 3), ANSWERS), SeeThroughScene()
    regions = scene.regions(here)
    for boxes in regions.values():
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= scene.width
            assert 0 <= top < bottom <= scene.height
    ((left, top, right, bottom),) = regions["patches"]
    for board in answer_boards((3, 3)):
        assert left < board.left < board.right < right
        assert top < scene.height - board.top < scene.height - board.bottom < bottom
    assert patch_grids(here)["kernel"].right < left
    seen = regions["what it sees"]
    assert seen[0][2] > column_of(PICTURE, 0)[0].stack.cells(0)[..., 0].max()
    assert seen[1][2] > DIGIT.right


@pytest.mark.parametrize("show", [VALUES, GRADIENTS])
@pytest.mark.parametrize("layer", ABOVE)
def test_what_lies_on_the_bench_stands_in_its_middle_side_by_side(layer, show):
    boards = sorted(patch_grids(state(layer, show=show)).values(), key=lambda board: board.left)
    low, high = BENCH
    weighs = not layer.startswith(("activated", "pooled"))
    assert len(boards) == (3 if weighs else 1) + (show == GRADIENTS)
    assert (boards[0].left + boards[-1].right) / 2 == pytest.approx((low + high) / 2)
    assert all(one.right + 29 < other.left for one, other in pairwise(boards))
    assert low <= boards[0].left
