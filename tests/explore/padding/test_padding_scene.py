"""The flat view of a geometry: what is drawn lies where the windows of the geometry lie."""

import numpy as np
import pytest
from hypothesis import given

from convlab import Geometry, conv2d
from convlab.draw.cell_grid import CellGrid
from convlab.draw.shapes import arrow, at, discs, hatching, measure, place
from convlab.explore.padding import padding_scene as padding
from convlab.explore.padding.padding_numbers import PaddingState, centres, never_read
from convlab.explore.padding.padding_scene import PaddingScene
from tests.strategies import layouts

SCENE = PaddingScene()


def polygons(artist):
    return np.array([path.vertices[:4] for path in artist.get_paths()])


def cells_of(board, artist):
    """The (row, column) of every drawn cell, from where its middle is on the page."""
    middles = polygons(artist).mean(axis=1)
    return {tuple(np.floor(place(board, middle)).astype(int).tolist()) for middle in middles}


@given(layouts())
def test_what_is_never_read_is_what_no_window_contains(layout):
    geometry = Geometry(*layout[:2], **layout[2])
    read = set()
    for step in range(geometry.steps):
        _, rows, cols = geometry.window(step)
        read |= {(row, col) for row in rows for col in cols}
    unread = {tuple(cell) for cell in np.argwhere(never_read(geometry)).tolist()}
    assert unread == set(np.ndindex(geometry.padded_shape)) - read


def test_cells_that_are_never_read_do_not_reach_the_output():
    geometry = Geometry((9, 10), (3, 2), stride=(2, 3), dilation=(1, 2))
    x, weight = np.random.default_rng(0).normal(size=(9, 10)), np.array([[1.0, 2], [3, 4], [5, 6]])
    spoiled = np.where(never_read(geometry), np.nan, x)
    layout = {"stride": (2, 3), "dilation": (1, 2)}
    assert np.array_equal(conv2d(spoiled, weight, **layout), conv2d(x, weight, **layout))
    for cell in np.argwhere(~never_read(geometry)):
        touched = x.copy()
        touched[tuple(cell)] = np.nan
        assert np.isnan(conv2d(touched, weight, **layout)).any()


@given(layouts())
def test_a_centre_is_the_mean_of_the_cells_that_the_window_reads(layout):
    geometry = Geometry(*layout[:2], **layout[2])
    for step, centre in enumerate(centres(geometry)):
        _, rows, cols = geometry.window(step)
        assert tuple(centre) == (np.mean(rows) + 0.5, np.mean(cols) + 0.5)


@given(layouts())
def test_what_is_drawn_is_the_geometry(layout):
    geometry = Geometry(*layout[:2], **layout[2])
    step = geometry.steps // 2
    SCENE.update(PaddingState(geometry, step))
    below, above = SCENE.boards(geometry)
    (row, col), rows, cols = geometry.window(step)
    (top, _), (left, _) = geometry.padding
    assert cells_of(below, SCENE._taps) == {(r, c) for r in rows for c in cols}
    assert cells_of(above, SCENE._here) == {(row, col)}
    assert cells_of(above, SCENE._output) == set(np.ndindex(geometry.output_shape))
    inside = {(top + r, left + c) for r, c in np.ndindex(geometry.input_shape)}
    assert cells_of(below, SCENE._input) == inside
    around = len(SCENE._padding.get_segments())
    assert around == np.prod(geometry.padded_shape) - np.prod(geometry.input_shape)
    assert len(SCENE._unread.get_segments()) == 3 * never_read(geometry).sum()
    assert len(SCENE._centres.get_paths()) == geometry.steps
    (frame,) = polygons(SCENE._frame)
    assert np.allclose(place(below, frame[0]), (rows[0], cols[0]))
    assert np.allclose(place(below, frame[2]), np.add((rows[0], cols[0]), geometry.span))


@given(layouts())
def test_everything_lies_within_the_picture(layout):
    geometry = Geometry(*layout[:2], **layout[2])
    SCENE.update(PaddingState(geometry, geometry.steps - 1))
    for artist in (SCENE._input, SCENE._output, SCENE._frame, SCENE._taps):
        assert (polygons(artist) > 0).all()
        assert (polygons(artist) < (SCENE.width, SCENE.height)).all()
    words = [*SCENE._words.values(), SCENE._span_counts, SCENE._stride_counts]
    for box in (word.get_path().get_extents() for word in words if len(word.get_path().vertices)):
        assert box.x0 > 0 and box.y0 > 0
        assert box.x1 < SCENE.width and box.y1 < SCENE.height


def test_the_two_boards_stand_apart():
    for geometry in (Geometry(12, 5, dilation=3, padding="full"), Geometry((1, 12), (1, 1))):
        below, above = SCENE.boards(geometry)
        assert below.right + 40 < above.left


@given(layouts())
def test_a_click_on_a_centre_or_on_an_output_cell_finds_its_step(layout):
    geometry = Geometry(*layout[:2], **layout[2])
    state = PaddingState(geometry)
    below, above = SCENE.boards(geometry)
    for step, centre in enumerate(centres(geometry)):
        pixel = geometry.window(step).pixel
        assert SCENE.pick(state, above.centre(*pixel)) == {"step": step}
        assert SCENE.pick(state, tuple(at(below, centre))) == {"step": step}
    assert SCENE.pick(state, (2, 2)) is None


def test_padding_under_the_kernel_is_paler_than_input():
    SCENE.update(PaddingState(Geometry(5, 3, padding=1), step=0))
    colours = SCENE._taps.get_facecolors()
    assert len(np.unique(colours[:4], axis=0)) == 1  # the top row, and the next row's first
    assert not np.array_equal(colours[3], colours[4])


@pytest.mark.parametrize("step", [0, 4, 8])
def test_lengths_are_written_in_the_colour_of_what_they_count(monkeypatch, step):
    written = []

    def record(texts, *arguments, **options):
        written.append(list(texts))
        return text_path(texts, *arguments, **options)

    text_path = padding.text_path
    monkeypatch.setattr(padding, "text_path", record)
    scene = PaddingScene()
    geometry = Geometry((8, 9), (3, 3), stride=(2, 3), padding=((1, 2), (0, 4)), dilation=(2, 1))
    scene.update(PaddingState(geometry, step % geometry.steps))
    assert written == [
        ["input 8 × 9, padded 11 × 13"],
        ["8", "9"],
        [f"output {geometry.output_shape[0]} × {geometry.output_shape[1]}"],
        [str(n) for n in geometry.output_shape],
        ["dashed: padding"],
        ["1", "2", "4"],
        [f"hatched: {never_read(geometry).sum()} cells never read"],
        [],
        ["5", "3"],
        ["2", "3"],
    ]


def test_arrows_are_one_stride_long_and_stay_between_centres():
    geometry = Geometry(9, 3, stride=(2, 3))
    below, _ = SCENE.boards(geometry)
    for step in range(geometry.steps):
        SCENE.update(PaddingState(geometry, step))
        tips = [head[0] for head in polygons(SCENE._heads)]
        tails = [segment[0] for segment in SCENE._strides.get_segments()]
        lengths = [np.abs(tip - tail).max() for tip, tail in zip(tips, tails, strict=True)]
        assert np.allclose(lengths, np.array([2, 3]) * below.wide - 2 * min(6, 0.2 * below.wide))


def test_place_undoes_at():
    board = CellGrid(4, 5, left=10, top=90, wide=8, high=16)
    assert np.allclose(place(board, tuple(at(board, (1.5, 2.25)))), (1.5, 2.25))
    assert np.allclose(at(board, (0, 0)), (10, 90))


def test_hatching_stays_in_its_boxes():
    boxes = CellGrid(2, 2, left=0, top=20, wide=10, high=10).corners(np.array([0]), np.array([1]))
    lines = hatching(boxes)
    assert lines.shape == (3, 2, 2)
    assert (lines[..., 0] >= 10).all() and (lines[..., 0] <= 20).all()
    assert (lines[..., 1] >= 10).all() and (lines[..., 1] <= 20).all()
    assert all(np.allclose(np.diff(line[:, 0]), np.diff(line[:, 1])) for line in lines)


def test_a_length_runs_beside_what_it_measures():
    lines, where = measure(np.array([(0, 0), (30, 0)]), (0, -11))
    assert lines[0].tolist() == [[0, -11], [30, -11]]
    assert where.tolist() == [15, -23]
    assert all(
        np.allclose(tick.mean(axis=0), end) for tick, end in zip(lines[1:], lines[0], strict=True)
    )


def test_an_arrow_points_from_tail_to_tip():
    shaft, head = arrow(np.array([0.0, 0.0]), np.array([0.0, -40.0]), shorten=5)
    assert shaft.tolist() == [[0, -5], [0, -26]]
    assert head[0].tolist() == [0, -35]
    assert np.allclose(head[1:].mean(axis=0), shaft[1])


def test_discs_are_round():
    (disc,) = discs(np.array([(3.0, 4.0)]), 2.0)
    assert np.allclose(np.hypot(*(disc - (3, 4)).T), 2)
