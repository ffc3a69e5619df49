"""Boards and sheets: what lies where, in pixels, and what is left out."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, board
from convlab.draw.drawing import Drawing, DrawingScene


def test_a_board_knows_its_edges_and_its_cells():
    where = CellGrid(2, 3, 10, 100, 20, 30)
    assert (where.right, where.bottom, where.middle) == (70, 40, (40, 70))
    assert where.centre(0, 0) == (20, 85)
    assert_allclose(
        where.corners(np.array([1]), np.array([2]))[0], [(50, 70), (70, 70), (70, 40), (50, 40)]
    )
    assert_allclose(where.corners(np.array([0]), np.array([0]), 2, 3)[0, 2], (70, 40))


def test_a_pixel_belongs_to_the_cell_it_lies_in():
    where = CellGrid(2, 3, 10, 100, 20, 30)
    for row, col in np.ndindex(2, 3):
        assert where.cell_at(where.centre(row, col)) == (row, col)
    for outside in ((9, 80), (71, 80), (30, 101), (30, 39)):
        assert where.cell_at(outside) is None


@pytest.mark.parametrize(
    ("shape", "side"), [((1, 1), 36), ((4, 4), 25), ((2, 10), 15), ((20, 2), 5)]
)
def test_a_board_is_as_large_as_its_room_allows(shape, side):
    where = board(shape, 7, 50, (150, 100))
    assert (where.wide, where.high, where.left) == (side, side, 7)
    assert where.middle[1] == pytest.approx(50)


def test_cells_are_drawn_once_each_and_empty_ones_dashed():
    sheet, empty = Drawing(), np.eye(3, dtype=bool)
    sheet.grid(CellGrid(3, 3, 0, 90, 30, 30), np.ones((3, 3)), "input", empty=empty)
    assert (len(sheet.cells), len(sheet.dashed)) == (6, 3)
    assert set(sheet.edges) == {palette.INPUT}
    assert_allclose(sheet.dashed[0][0], sheet.dashed[0][-1])


def test_numbers_are_left_out_where_they_could_not_be_read():
    for side, written in ((30, True), (12, False)):
        sheet = Drawing()
        sheet.grid(CellGrid(2, 2, 0, 90, side, side), np.ones((2, 2)), "kernel")
        assert bool(sheet.words) == written


def test_centring_moves_everything_alike():
    sheet = Drawing()
    where = CellGrid(1, 1, 0, 40, 40, 40)
    sheet.grid(where, np.ones((1, 1)), "output", empty=np.zeros((1, 1), bool))
    sheet.grid(where, empty=np.ones((1, 1), bool))
    sheet.line((0, 0), (40, 0))
    sheet.frame(where)
    sheet.note("1", 20, 20)
    sheet.centre(100)
    for part in (sheet.cells[0], sheet.dashed[0], sheet.lines[0], sheet.frames[0]):
        assert (part[:, 0].min(), part[:, 0].max()) == (30, 70)
    (tag, path, _) = sheet.tags[0]
    assert tag.middle[0] == pytest.approx(50, abs=1)
    assert path.get_extents().x0 > 40


def test_a_scene_shows_a_sheet_and_then_another_one():
    scene, one, other = DrawingScene(120, 80), Drawing(), Drawing()
    one.grid(CellGrid(2, 2, 10, 70, 25, 25), np.ones((2, 2)), "gradient")
    one.arrow((70, 40), (110, 40))
    scene.show(one)
    first = scene.png()
    other.grid(CellGrid(2, 2, 10, 70, 25, 25), np.ones((2, 2)), "gradient")
    scene.show(other)
    assert scene.png() != first
    scene.show(one)
    assert scene.png() == first
