"""What the training draws: curves where their values are, and boards cell by cell."""

import numpy as np
import pytest

from convlab.draw import palette
from convlab.explore import Training
from convlab.explore.network import training_run
from convlab.explore.network import training_words as words
from convlab.explore.network.training_boards import Boards, inked
from convlab.explore.network.training_charts import ACCURACY, CHARTS, LOSS, MARKS, heights
from convlab.explore.network.training_scene import BOARDS


@pytest.fixture(autouse=True)
def long_enough(monkeypatch):
    monkeypatch.setattr(training_run, "LAST", 600)


def _heights(losses):
    return LOSS.places(np.zeros(len(losses)), losses)[:, 1]


def test_equal_factors_of_the_loss_are_equally_high():
    one, tenth, hundredth = _heights([1, 0.1, 0.01])
    assert one - tenth == pytest.approx(tenth - hundredth)
    assert _heights([10, 0.005]) == pytest.approx([LOSS.top, LOSS.bottom])
    assert _heights([np.inf, 0, 1e-9]) == pytest.approx([LOSS.top, LOSS.bottom, LOSS.bottom])


def test_each_mark_is_named_by_its_value():
    for value in MARKS["accuracy"]:
        assert words.mark("accuracy", value) == f"{100 * value:.0f} %"
    assert [float(words.mark("loss", value)) for value in MARKS["loss"]] == [*MARKS["loss"]]
    for name, chart in CHARTS.items():
        assert chart.bottom <= min(heights(name)) < max(heights(name)) == chart.top


def test_an_accuracy_and_a_step_lie_in_proportion():
    points = ACCURACY.places([0, 300, 600], [0, 0.5, 1])
    middle = (ACCURACY.left + ACCURACY.right) / 2, (ACCURACY.bottom + ACCURACY.top) / 2
    wanted = [(ACCURACY.left, ACCURACY.bottom), middle, (ACCURACY.right, ACCURACY.top)]
    np.testing.assert_allclose(points, wanted)


def test_each_cell_of_a_board_is_painted_in_its_colour():
    where = Boards(0, 0, 16, 2, 3, "#000000")
    values = np.arange(-6.0, 6).reshape(1, 2, 2, 3)
    sheet = where.paint(values)
    assert sheet.shape == (48, 72, 4)
    colours = (255 * palette.diverging(values)[..., :3]).round()
    board = sheet[:24, 24:48, :3]
    rows, cols = np.nonzero((board == 0).all(axis=-1))  # the line around it
    inside = board[rows.min() + 1 : rows.max(), cols.min() + 1 : cols.max()]
    side = inside.shape[1] // 3
    assert inside.shape[:2] == (2 * side, 3 * side)
    for row, col in np.ndindex(2, 3):
        cell = inside[row * side : (row + 1) * side, col * side : (col + 1) * side]
        assert (cell == colours[0, 1, row, col]).all()
    assert (sheet[24:, :, :3] == 255).all()


def test_ink_is_the_full_colour_and_paper_is_white():
    white, half, full = inked(np.array([0, 0.5, 1]), "#0072B2") * 255
    assert white.tolist() == [255, 255, 255]
    np.testing.assert_allclose(full, [0, 0x72, 0xB2])
    np.testing.assert_allclose(half, (white + full) / 2)


def test_boards_have_as_many_pixels_as_are_drawn():
    """Then they are copied, not resampled, and every cell is as large as the others."""
    scene = Training(step=1, kernels=3).scene
    for name, where in BOARDS.items():
        left, right, bottom, top = where.extent
        rows, cols = scene._boards[name].get_array().shape[:2]
        assert (rows, cols) == (1.5 * (top - bottom), 1.5 * (right - left))
        assert (1.5 * left % 1, 1.5 * bottom % 1) == (0, 0)


def test_the_kernels_on_the_sheet_are_the_networks():
    explorer = Training(step=3, kernels=2, size=2)
    sheet = explorer.scene._boards["kernels 2"].get_array()
    kernels = explorer.state.moment.weights["kernels 2"]  # out, in, rows, columns
    assert kernels.shape == (4, 2, 2, 2)
    colours = (255 * palette.diverging(kernels)[..., :3]).round()
    for out, into in np.ndindex(4, 2):
        board = sheet[into * 24 : into * 24 + 24, out * 24 : out * 24 + 24, :3]
        assert (board[11 - 3, 11 - 3] == colours[out, into, 0, 0]).all()
        assert (board[12 + 3, 11 - 3] == colours[out, into, 1, 0]).all()


def test_curves_end_where_the_training_stands():
    explorer = Training(step=37, kernels=2, batch=8, size=2)
    for lines, split in ((explorer.scene._train, 0), (explorer.scene._held_out, 1)):
        loss, accuracy = lines.get_segments()
        score = explorer.state.scores[split]
        np.testing.assert_allclose(loss[-1], LOSS.places(37, score.loss)[0])
        np.testing.assert_allclose(accuracy[-1], ACCURACY.places(37, score.accuracy)[0])
    (batches,) = explorer.scene._batches.get_segments()
    assert len(batches) == 37
    assert explorer.scene._rival.get_segments() == []
    explorer.controls["rival"].value = "relu"
    assert len(explorer.scene._rival.get_segments()) == 2
