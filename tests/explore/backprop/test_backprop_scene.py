"""The pictures of the derivation: what is framed where, and nothing outside the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from convlab.draw import palette
from convlab.draw.drawing import Drawing
from convlab.explore.backprop import input_gradient, weight_gradient
from convlab.explore.backprop.backprop_scene import (
    STEPS,
    USES_CELL,
    USES_WEIGHT,
    BackpropScene,
    BackpropState,
)
from convlab.explore.backprop.worked_example import worked
from convlab.geometry import Geometry
from tests.explore.backprop.test_worked_example import small_geometries

SCENE = BackpropScene()
ARTICLE = Geometry(4, 3)


class Recorder(Drawing):
    """A sheet that also remembers the grids, the frames and the words that it was given."""

    def __init__(self):
        super().__init__()
        self.grids, self.framed, self.said = {}, [], []

    def grid(self, where, values=None, role="products", **options):
        if values is not None:
            self.grids[options.get("title") or f"untitled {len(self.grids)}"] = np.asarray(values)
        super().grid(where, values, role, **options)

    def frame(self, where, row=0, col=0, high=1, wide=1, **options):
        self.framed.append((where.rows, where.cols, row, col, high, wide))
        super().frame(where, row, col, high, wide, **options)

    def text(self, text, *place, **options):
        self.said.append(text)
        super().text(text, *place, **options)

    def note(self, text, *place, **options):
        self.said.append(text)
        super().note(text, *place, **options)


def recorded(draw, *arguments, **options):
    sheet = Recorder()
    draw(sheet, *arguments, **options)
    return sheet


def extent(sheet):
    parts = [*sheet.cells, *sheet.dashed, *sheet.lines, *sheet.frames]
    parts += [path.vertices for paths in sheet.words.values() for path in paths]
    parts += [path.vertices for _, path, _ in sheet.tags]
    points = np.concatenate([part for part in parts if len(part)])
    return points.min(axis=0), points.max(axis=0)


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_every_step_stays_inside_the_picture_at_any_geometry(geometry, cell, weight):
    rows, cols = geometry.input_shape
    cell, weight = cell % (rows * cols), weight % np.prod(geometry.kernel_size)
    for step in range(len(STEPS)):
        low, high = extent(SCENE.sheet(BackpropState(geometry, step, cell, int(weight))))
        assert (low >= -0.5).all(), (step, low)
        assert (high <= (SCENE.width + 0.5, SCENE.height + 0.5)).all(), (step, high)
        assert low[0] + high[0] == pytest.approx(SCENE.width, abs=60)


def test_every_step_draws_something_else():
    pictures = []
    for step in range(len(STEPS)):
        SCENE.update(BackpropState(ARTICLE, step, 5))
        pictures.append(SCENE.png())
    assert len(set(pictures)) == len(STEPS) == 13


def test_the_pointers_move_the_steps_that_look_at_them_and_no_others():
    for step in range(len(STEPS)):
        pictures = {}
        for cell, weight in ((0, 0), (9, 0), (0, 4)):
            SCENE.update(BackpropState(ARTICLE, step, cell, weight))
            pictures[cell, weight] = SCENE.png()
        assert (pictures[0, 0] != pictures[9, 0]) == (step in USES_CELL)
        assert (pictures[0, 0] != pictures[0, 4]) == (step in USES_WEIGHT)


def test_forward_frames_row_one_of_the_matrix_and_the_first_window():
    sheet, n = recorded(input_gradient.forward, worked(ARTICLE)), worked(ARTICLE)
    assert (4, 16, 0, 0, 1, 16) in sheet.framed
    window = {frame[2:4] for frame in sheet.framed if frame[:2] == (4, 4)}
    assert window == {(row, col) for row in range(3) for col in range(3)}
    strip = {frame[3] for frame in sheet.framed if frame[:2] == (1, 16)}
    assert strip == set(np.flatnonzero(n.matrix[0]))


def test_the_corner_has_one_line_with_the_first_weight():
    sheet = recorded(input_gradient.touched, worked(ARTICLE))
    assert [text for text in sheet.said if text.startswith("w")] == ["w₁,₁ = 2"]
    assert sum(frame[:2] == (2, 2) for frame in sheet.framed) == 1


@given(small_geometries())
def test_each_touched_output_has_a_line_and_a_frame(geometry):
    n = worked(geometry)
    sheet, fed = recorded(input_gradient.touched, n), n.fed_by(0)
    assert len(sheet.framed) == len(fed) + 1
    assert sum(text.startswith("w") for text in sheet.said) == len(fed)
    assert len(fed) == np.count_nonzero(n.matrix[:, 0])


@given(small_geometries(), st.integers(0, 35))
def test_the_column_of_the_cell_is_framed_and_the_gradient_known_up_to_it(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    sheet = recorded(input_gradient.column, n, cell, summed=True)
    pixels, cells = n.matrix.shape
    assert (pixels, cells, 0, cell, pixels, 1) in sheet.framed
    assert_allclose(sheet.grids["∂ℓ/∂I"], n.gradients.x)
    assert_allclose(sheet.grids["∂ℓ/∂O"], n.grad_output)
    assert len(sheet.dashed) == 2 * (n.x.size - cell - 1)


@given(small_geometries(), st.integers(0, 35))
def test_the_stacked_sums_are_the_transposed_matrix_times_the_gradient(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    sheet = recorded(input_gradient.transposed, n, cell)
    given_, result = sheet.grids["∂ℓ/∂ỹ"], sheet.grids["∂ℓ/∂x̃"]
    assert_allclose(n.matrix.T @ given_, result, atol=1e-12)
    assert_allclose(sheet.grids["∂ℓ/∂I"].ravel(), result.ravel())
    assert (n.x.size, n.y.size, cell, 0, 1, n.y.size) in sheet.framed


@given(small_geometries())
def test_both_ways_through_the_matrix_give_one_change_of_the_loss(geometry):
    n = worked(geometry)
    sheet = recorded(input_gradient.both_ways, n)
    changes = [text for text in sheet.said if text.startswith("dℓ")]
    assert len(changes) == 2
    assert changes[0] == changes[1]
    forward = (sheet.grids["dy = C̃ dx"] * n.grad_output).sum()
    assert forward == pytest.approx((sheet.grids["C̃ᵀ ∂ℓ/∂y"] * n.nudge).sum(), abs=1e-9)


@given(small_geometries(), st.integers(0, 35))
def test_the_framed_stop_of_the_rotated_kernel_gives_the_cell_s_gradient(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    row, col = divmod(cell, n.x.shape[1])
    sheet = recorded(input_gradient.as_convolution, n, cell)
    source, kernel = sheet.grids["∂ℓ/∂O, spread and padded"], sheet.grids["w rotated by 180°"]
    down, across = geometry.dilation
    rows, cols = (span for span in geometry.span)
    stop = source[row : row + rows : down, col : col + cols : across]
    assert (stop * kernel).sum() == pytest.approx(n.gradients.x[row, col])
    frames = [frame for frame in sheet.framed if frame[:2] == source.shape]
    assert {frame[2:4] for frame in frames} >= {(row, col)}
    covered = sum(frame[4] * frame[5] for frame in frames if frame[:2] == source.shape)
    assert covered >= kernel.size


@given(small_geometries(), st.integers(0, 8))
def test_the_framed_cells_are_what_the_weight_meets(geometry, weight):
    n = worked(geometry)
    place = divmod(weight % n.weight.size, n.weight.shape[1])
    sheet = recorded(weight_gradient.appearances, n, place)
    framed = [frame[2:4] for frame in sheet.framed[1:]]
    assert [n.padded[cell] for cell in framed] == n.met_by(*place).ravel().tolist()
    assert len(set(framed)) == n.y.size


@given(small_geometries(), st.integers(0, 8))
def test_the_products_sum_to_the_weight_s_gradient(geometry, weight):
    n = worked(geometry)
    place = divmod(weight % n.weight.size, n.weight.shape[1])
    sheet = recorded(weight_gradient.window_sum, n, place)
    assert sheet.grids["products"].sum() == sheet.grids["W′ = ∂ℓ/∂w"][place]


def test_the_output_gradient_lies_on_the_corner_for_the_first_weight():
    sheet = recorded(weight_gradient.as_correlation, worked(ARTICLE), (0, 0))
    assert (4, 4, 0, 0, 2, 2) in sheet.framed
    spread = recorded(weight_gradient.as_correlation, worked(Geometry(5, 3, stride=2)), (1, 1))
    met = {frame[2:4] for frame in spread.framed if frame[:2] == (5, 5)}
    assert met == {(1, 1), (1, 3), (3, 1), (3, 3)}


def test_the_bias_is_added_once_per_output():
    n = worked(ARTICLE)
    sheet = recorded(weight_gradient.bias, n)
    total = sheet.grids["products, summed"] + sheet.grids["b, once each"]
    assert_allclose(total, n.y)
    assert sheet.grids["∂ℓ/∂b"].item() == sheet.grids["∂ℓ/∂O"].sum()


def test_the_step_goes_against_the_gradient_and_the_bars_shrink():
    n = worked(ARTICLE)
    sheet = recorded(weight_gradient.descent, n)
    moved = sheet.grids["w"] - n.rate * sheet.grids["∂ℓ/∂w"]
    assert_allclose(sheet.grids["w, one step on"], moved)
    bars = [
        corners
        for corners, edge in zip(sheet.cells, sheet.edges, strict=True)
        if edge == palette.LOOK_HERE
    ]
    before, after = (np.ptp(corners[:, 1]) for corners in bars)
    assert after / before == pytest.approx(n.loss(n.forward(*n.learned)) / n.loss(n.y))
