"""The pictures of the derivation: what is framed where, and nothing outside the picture."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from convlab.draw import palette
from convlab.draw.drawing import Drawing
from convlab.explore.backprop import input_gradient, weight_gradient
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.backprop_scene import BackpropScene
from convlab.explore.backprop.derivation import STEPS
from convlab.explore.backprop.worked_example import worked
from convlab.geometry import Geometry
from tests.explore.backprop.test_worked_example import small_geometries

SCENE = BackpropScene()
ARTICLE = Geometry(4, 3)


class Recorder(Drawing):
    """A drawing that also remembers the grids, the frames and the words that it was given."""

    def __init__(self):
        super().__init__()
        self.grids, self.masks, self.framed, self.said = {}, {}, [], []

    def grid(self, where, values=None, role="products", **options):
        if values is not None:
            name = options.get("title") or f"untitled {len(self.grids)}"
            self.grids[name], self.masks[name] = np.asarray(values), options
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


def recorded(draw, geometry, cell=0, weight=0):
    drawing = Recorder()
    draw(drawing, BackpropState(geometry, cell=cell, weight=weight))
    return drawing


def extent(drawing):
    parts = [*drawing.cells, *drawing.dashed, *drawing.lines, *drawing.frames]
    parts += [path.vertices for paths in drawing.words.values() for path in paths]
    parts += [path.vertices for _, path, _ in drawing.tags]
    points = np.concatenate([part for part in parts if len(part)])
    return points.min(axis=0), points.max(axis=0)


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_every_step_stays_inside_the_picture_at_any_geometry(geometry, cell, weight):
    rows, cols = geometry.input_shape
    cell, weight = cell % (rows * cols), weight % np.prod(geometry.kernel_size)
    for step in range(len(STEPS)):
        low, high = extent(SCENE.drawing(BackpropState(geometry, step, cell, int(weight))))
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
        assert (pictures[0, 0] != pictures[9, 0]) == (STEPS[step].looks_at == "cell")
        assert (pictures[0, 0] != pictures[0, 4]) == (STEPS[step].looks_at == "weight")


def test_forward_frames_row_one_of_the_matrix_and_the_first_window():
    drawing, n = recorded(input_gradient.forward, ARTICLE), worked(ARTICLE)
    assert (4, 16, 0, 0, 1, 16) in drawing.framed
    window = {frame[2:4] for frame in drawing.framed if frame[:2] == (4, 4)}
    assert window == {(row, col) for row in range(3) for col in range(3)}
    strip = {frame[3] for frame in drawing.framed if frame[:2] == (1, 16)}
    assert strip == set(np.flatnonzero(n.matrix[0]))


def test_the_corner_has_one_line_with_the_first_weight():
    drawing = recorded(input_gradient.touched, ARTICLE)
    assert [text for text in drawing.said if text.startswith("w")] == ["w₁,₁ = 2"]
    assert sum(frame[:2] == (2, 2) for frame in drawing.framed) == 1


@given(small_geometries())
def test_each_touched_output_has_a_line_and_a_frame(geometry):
    n = worked(geometry)
    drawing, fed = recorded(input_gradient.touched, geometry), n.fed_by(0)
    assert len(drawing.framed) == len(fed) + 1
    assert sum(text.startswith("w") for text in drawing.said) == len(fed)
    assert len(fed) == np.count_nonzero(n.matrix[:, 0])
    pale = drawing.masks["output O"]["faint"]
    assert np.array_equal(pale, (n.matrix[:, 0] == 0).reshape(n.y.shape))
    assert drawing.masks["input I"]["faint"].sum() == n.x.size - 1


@given(small_geometries(), st.integers(0, 35))
def test_the_column_of_the_cell_is_framed_and_the_gradient_known_up_to_it(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    drawing = recorded(input_gradient.any_cell, geometry, cell)
    pixels, cells = n.matrix.shape
    assert (pixels, cells, 0, cell, pixels, 1) in drawing.framed
    assert_allclose(drawing.grids["∂ℓ/∂I"], n.gradients.x)
    assert_allclose(drawing.grids["∂ℓ/∂O"], n.grad_output)
    assert len(drawing.dashed) == 2 * (n.x.size - cell - 1)


@given(small_geometries(), st.integers(0, 35))
def test_the_stacked_sums_are_the_transposed_matrix_times_the_gradient(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    drawing = recorded(input_gradient.stacked, geometry, cell)
    given_, result = drawing.grids["Õ′"], drawing.grids["Ĩ′"]
    assert_allclose(n.matrix.T @ given_, result, atol=1e-12)
    assert_allclose(drawing.grids["∂ℓ/∂I"].ravel(), result.ravel())
    assert (n.x.size, n.y.size, cell, 0, 1, n.y.size) in drawing.framed


@given(small_geometries())
def test_both_ways_through_the_matrix_give_one_change_of_the_loss(geometry):
    n = worked(geometry)
    drawing = recorded(input_gradient.both_ways, geometry)
    changes = [text for text in drawing.said if text.startswith("dℓ")]
    assert len(changes) == 2
    assert changes[0] == changes[1]
    forward = (drawing.grids["dy = C̃ dx"] * n.grad_output).sum()
    assert forward == pytest.approx((drawing.grids["C̃ᵀ ∂ℓ/∂y"] * n.nudge).sum(), abs=1e-9)


@given(small_geometries(), st.integers(0, 35))
def test_the_framed_stop_of_the_rotated_kernel_gives_the_cell_s_gradient(geometry, cell):
    n = worked(geometry)
    cell %= n.x.size
    row, col = divmod(cell, n.x.shape[1])
    drawing = recorded(input_gradient.convolution, geometry, cell)
    source, kernel = (
        drawing.grids["∂ℓ/∂O with its zeros"],
        drawing.grids["w rotated by 180°"],
    )
    down, across = geometry.dilation
    rows, cols = (span for span in geometry.span)
    stop = source[row : row + rows : down, col : col + cols : across]
    assert (stop * kernel).sum() == pytest.approx(n.gradients.x[row, col])
    frames = [frame for frame in drawing.framed if frame[:2] == source.shape]
    framed = {
        (top + u, left + v)
        for *_, top, left, high, wide in frames
        for u in range(high)
        for v in range(wide)
    }
    stops = {(row + u * down, col + v * across) for u, v in np.ndindex(kernel.shape)}
    assert framed == stops


@given(small_geometries())
def test_the_stride_s_zeros_and_those_around_are_dashed_and_the_gradient_is_not(geometry):
    n = worked(geometry)
    drawing = recorded(input_gradient.convolution, geometry)
    title = "∂ℓ/∂O with its zeros"
    kept = drawing.grids[title][~drawing.masks[title]["empty"]]
    assert_allclose(kept, n.grad_output.ravel())
    drawing = recorded(weight_gradient.correlation, geometry)
    title = "O′, zero-inserted" if "O′, zero-inserted" in drawing.grids else "O′ = ∂ℓ/∂O"
    kept = drawing.grids[title][~drawing.masks[title]["empty"]]
    assert_allclose(kept, n.grad_output.ravel())
    assert (title == "O′ = ∂ℓ/∂O") == (kept.size == drawing.grids[title].size)


@given(small_geometries(), st.integers(0, 8))
def test_the_framed_cells_are_what_the_weight_meets(geometry, weight):
    n = worked(geometry)
    weight %= n.weight.size
    place = divmod(weight, n.weight.shape[1])
    drawing = recorded(weight_gradient.appearances, geometry, weight=weight)
    framed = [frame[2:4] for frame in drawing.framed[1:]]
    assert [n.padded[cell] for cell in framed] == n.met_by(*place).ravel().tolist()
    assert len(set(framed)) == n.y.size


@given(small_geometries(), st.integers(0, 8))
def test_the_products_sum_to_the_weight_s_gradient(geometry, weight):
    n = worked(geometry)
    weight %= n.weight.size
    place = divmod(weight, n.weight.shape[1])
    drawing = recorded(weight_gradient.window_sum, geometry, weight=weight)
    assert drawing.grids["products"].sum() == drawing.grids["W′ = ∂ℓ/∂w"][place]


@given(small_geometries())
def test_what_the_slid_gradient_gives_beyond_the_kernel_is_dashed(geometry):
    """By loops: O′ at the multiples of the stride, moved over the padded input by the dilation."""
    n = worked(geometry)
    drawing = recorded(weight_gradient.correlation, geometry)
    title = next(name for name in drawing.grids if name.startswith("W′"))
    shown, empty = drawing.grids[title], drawing.masks[title]["empty"]
    by_loops = np.zeros(shown.shape)
    for (u, v), (r, c) in itertools.product(np.ndindex(shown.shape), np.ndindex(n.y.shape)):
        row, col = (
            at * d + out * s
            for at, d, out, s in zip(
                (u, v), geometry.dilation, (r, c), geometry.stride, strict=True
            )
        )
        by_loops[u, v] += n.grad_output[r, c] * n.padded[row, col]
    assert_allclose(shown, by_loops)
    places = np.indices(shown.shape)
    beyond = (places[0] >= n.weight.shape[0]) | (places[1] >= n.weight.shape[1])
    assert np.array_equal(empty, beyond)
    extra = np.floor_divide(geometry.leftover, geometry.dilation)
    assert shown.shape == tuple(np.add(n.weight.shape, extra))
    assert (title == "W′ = ∂ℓ/∂w, in the frame") == beyond.any()


@given(small_geometries())
def test_the_target_stands_below_the_output_from_the_first_step_on(geometry):
    n = worked(geometry)
    drawing = recorded(input_gradient.forward, geometry)
    assert ("target t" in drawing.grids) == (n.y.shape[0] <= 5)
    if "target t" in drawing.grids:
        assert_allclose(n.y - drawing.grids["target t"], n.grad_output)


def test_the_output_gradient_lies_on_the_corner_for_the_first_weight():
    drawing = recorded(weight_gradient.correlation, ARTICLE)
    assert (4, 4, 0, 0, 2, 2) in drawing.framed
    strided = recorded(weight_gradient.correlation, Geometry(5, 3, stride=2), weight=4)
    met = {frame[2:4] for frame in strided.framed if frame[:2] == (5, 5)}
    assert met == {(1, 1), (1, 3), (3, 1), (3, 3)}


def test_the_bias_is_added_once_per_output():
    n = worked(ARTICLE)
    drawing = recorded(weight_gradient.bias, ARTICLE)
    total = drawing.grids["products, summed"] + drawing.grids["b, once each"]
    assert_allclose(total, n.y)
    assert drawing.grids["∂ℓ/∂b"].item() == drawing.grids["∂ℓ/∂O"].sum()


def test_the_step_goes_against_the_gradient_and_the_bars_shrink():
    n = worked(ARTICLE)
    drawing = recorded(weight_gradient.descent, ARTICLE)
    moved = drawing.grids["w"] - n.rate * drawing.grids["∂ℓ/∂w"]
    assert_allclose(drawing.grids["w, one step on"], moved)
    bars = [
        corners
        for corners, edge in zip(drawing.cells, drawing.edges, strict=True)
        if edge == palette.LOOK_HERE
    ]
    before, after = (np.ptp(corners[:, 1]) for corners in bars)
    assert after / before == pytest.approx(n.loss(n.forward(*n.learned)) / n.loss(n.y))
