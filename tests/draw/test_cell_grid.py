"""Boards: what is drawn at a pixel is what a click there finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from convlab.draw.cell_grid import CellGrid, around, fitted
from convlab.draw.shapes import at, place
from tests.strategies import pairs

BOARD = CellGrid(3, 4, left=20, top=100, wide=10, high=15)


def test_cells_are_counted_along_the_rows():
    assert_allclose(BOARD.middles(), BOARD.middles(np.arange(12)))
    assert_allclose(BOARD.middles([0, 1, 4]), [(25, 92.5), (35, 92.5), (25, 77.5)])
    assert_allclose(BOARD.block((1, 3), (0, 2))[[0, 2]], [(20, 85), (40, 55)])


@given(pairs(1, 9), st.data())
def test_a_click_in_the_middle_of_a_cell_finds_it(shape, data):
    board = CellGrid(*shape, left=3.3, top=200, wide=7.1, high=4.2)
    index = data.draw(st.integers(0, shape[0] * shape[1] - 1))
    assert board.index_at(tuple(board.middles(index)[0])) == index


def test_a_click_beside_the_board_finds_nothing():
    assert BOARD.index_at((19, 90)) is None
    assert BOARD.index_at((25, 101)) is None
    assert BOARD.index_at((61, 90)) is None


def test_a_part_of_a_board_has_the_cells_that_it_is_cut_from():
    part = BOARD.part(slice(1, 3), slice(2, 4))
    assert (part.rows, part.cols) == (2, 2)
    assert_allclose(part.middles(), BOARD.middles([6, 7, 10, 11]))


def test_a_net_of_blocks_has_a_line_at_each_block():
    assert len(BOARD.net()) == 4 + 5
    assert len(BOARD.net((3, 2))) == 2 + 3
    assert {tuple(line[0]) for line in BOARD.net((3, 2))[2:]} == {(20, 100), (40, 100), (60, 100)}


def test_cells_fit_and_small_ones_fall_on_whole_drawn_pixels():
    for count in range(1, 300):
        cell = fitted(380, count, 28)
        assert cell * count <= 380 + 1e-9
        if cell < 12:
            assert_allclose(cell * 1.5, round(cell * 1.5))


def test_a_frame_lies_outside_of_what_it_frames():
    frame = around(BOARD.boxes(5)[0])
    assert (frame.min(axis=0) < BOARD.boxes(5)[0].min(axis=0)).all()
    assert (frame.max(axis=0) > BOARD.boxes(5)[0].max(axis=0)).all()


def test_a_place_on_a_board_and_its_pixel_lead_to_each_other():
    board = CellGrid(3, 4, left=30, top=90, wide=20, high=10)
    points = np.array([(0, 0), (1.5, 0.25), (3, 4)])
    pixels = at(board, points)
    assert_allclose(pixels, [(30, 90), (35, 75), (110, 60)])
    for point, pixel in zip(points, pixels, strict=True):
        assert_allclose(place(board, tuple(pixel)), point)
