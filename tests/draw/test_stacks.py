"""Stacks of planes: how far a sweep has come on each, and the beams that join them to points."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from convlab.draw import palette
from convlab.draw.camera import Camera
from convlab.draw.scene import Scene
from convlab.draw.shapes import box
from convlab.draw.stacks import Look, Room, beam, paint, side_by_side, sides, swept
from convlab.geometry import Geometry

ROOM = Room(frame=(10, 20, 30, 40), between=50, largest=30, spread=1.2)


def stacks(counts=(2, 3), azimuth=25):
    return side_by_side((500, 400), Geometry(5, 3), counts, Camera(azimuth, 26), ROOM)


def test_a_plane_behind_the_sweep_is_done_and_one_ahead_of_it_waits():
    _, outputs = stacks()
    counts = [len(cells) for cells, _ in swept(outputs, [11, 2, -7], palette.OUTPUT)]
    assert counts == [0, 9, 0, 2, 6, 1, 9, 0, 0]
    over = [len(cells) for cells, _ in swept(outputs, [11, 2, -7], palette.OUTPUT, over=True)]
    assert over == [0, 9, 0, 2, 7, 1, 9, 0, 0]


def test_the_lowest_plane_is_drawn_first():
    _, outputs = stacks()
    (lowest, _), *_ = swept(outputs, [9, 9, 9], palette.OUTPUT)
    assert_allclose(lowest, outputs.cells(2))


def test_each_part_is_painted_in_its_own_look():
    artist, square = Scene(100, 100).polygons(), box(np.array([50, 50]), 4, 3)
    parts = [
        (np.array([square] * 2), Look("white", "black")),
        (square[None], Look("none", "red", 3)),
    ]
    paint(artist, parts)
    assert_allclose(artist.get_facecolor(), [(1, 1, 1, 1), (1, 1, 1, 1), (0, 0, 0, 0)])
    assert_allclose(artist.get_edgecolor(), [(0, 0, 0, 1), (0, 0, 0, 1), (1, 0, 0, 1)])
    assert_allclose(artist.get_linewidth(), [1, 1, 3])


@pytest.mark.parametrize("tip", [(90, 52), (10, 45), (50, 90), (80, 85)])
def test_a_beam_holds_the_whole_quadrilateral(tip):
    """Seen from the tip, no corner lies beside the two lines that bound the beam."""
    quad = box(np.array([50, 50]), 6, 4)
    start, *ends = beam(quad, np.array(tip))
    assert_allclose(start, tip)
    for end in ends:
        assert (quad == end).all(axis=1).any()
        beside = np.round((quad - tip) @ np.array([tip[1] - end[1], end[0] - tip[0]]), 9)
        assert (beside >= 0).all() or (beside <= 0).all()
    assert_allclose(sides([np.array([start, *ends])]), [(tip, ends[0]), (tip, ends[1])])


@pytest.mark.parametrize("azimuth", [-140, 0, 25, 90])
def test_names_stand_at_the_left_edge_of_their_planes_however_they_are_turned(azimuth):
    for stack in stacks(azimuth=azimuth):
        names = stack.margin(4)
        assert len(names) == stack.count
        assert_allclose(names[:, 0], stack.camera.centre[0] - stack.radius)
        assert_allclose(
            np.diff(names[:, 1]), np.diff([stack.middle(p)[1] for p in range(stack.count)])
        )
