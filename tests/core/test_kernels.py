"""Every kernel against published weights, and every claim of its effect line against numbers."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from PIL import ImageFilter
from scipy import ndimage
from scipy.signal import convolve2d
from scipy.special import comb

from convlab.convolution import conv2d, flip
from convlab.kernels import KERNELS, Kernel
from tests.strategies import pairs

RNG = np.random.default_rng(0)
NOISE = RNG.uniform(0, 255, (40, 48))
FLAT = np.full((12, 12), 100.0)
LEFT_TO_RIGHT = np.repeat(
    [[0.0] * 6 + [200.0] * 6], 12, axis=0
)  # one vertical edge, brighter right
TOP_TO_BOTTOM = LEFT_TO_RIGHT.T  # one horizontal edge, brighter below
RAMP = np.add.outer(3.0 * np.arange(12), 7.0 * np.arange(12))
DOT = np.zeros((11, 11))
DOT[5, 5] = 1

KEEPS_FLAT = {
    *("identity", "smooth", "sharpen", "box 5x5", "Gaussian 3x3", "Gaussian 5x5", "motion blur"),
    *("diagonal motion blur", "gentle sharpen", "unsharp mask", "emboss", "shift right"),
}


def filtered(name, picture):
    """Only where the whole kernel lies on the picture: no border to explain away."""
    return conv2d(picture, KERNELS[name].weights)


def inside(picture, name):
    """The part of a picture under the middles of those windows."""
    ring = len(KERNELS[name].weights) // 2
    return picture[ring:-ring, ring:-ring]


def test_the_articles_four_have_the_articles_weights():
    assert_allclose(KERNELS["smooth"].weights * 9, np.ones((3, 3)))
    assert_array_equal(KERNELS["sharpen"].weights, [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]])
    assert_array_equal(KERNELS["vertical gradient"].weights, [[-1, 0, 1]] * 3)
    assert_array_equal(KERNELS["horizontal gradient"].weights, [[-1] * 3, [0] * 3, [1] * 3])
    assert list(KERNELS)[1:5] == ["smooth", "sharpen", "vertical gradient", "horizontal gradient"]


@pytest.mark.parametrize(
    ("name", "theirs"),
    [("sharpen", ImageFilter.EDGE_ENHANCE_MORE), ("outline", ImageFilter.FIND_EDGES)],
)
def test_equals_pillows_weights(name, theirs):
    size, scale, _, weights = theirs.filterargs
    assert_array_equal(KERNELS[name].weights, np.reshape(weights, size) / scale)


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("vertical gradient", lambda x: ndimage.prewitt(x, axis=1)),
        ("horizontal gradient", lambda x: ndimage.prewitt(x, axis=0)),
        ("Sobel vertical", lambda x: ndimage.sobel(x, axis=1)),
        ("Sobel horizontal", lambda x: ndimage.sobel(x, axis=0)),
        ("Laplacian 4", ndimage.laplace),
        ("smooth", lambda x: ndimage.uniform_filter(x, 3)),
        ("box 5x5", lambda x: ndimage.uniform_filter(x, 5)),
        ("motion blur", lambda x: ndimage.uniform_filter1d(x, 5, axis=1)),
        ("shift right", lambda x: ndimage.shift(x, (0, 1), order=0)),
    ],
)
def test_equals_scipys_filter(name, theirs):
    assert_allclose(filtered(name, NOISE), inside(theirs(NOISE), name), atol=1e-9)


@pytest.mark.parametrize(("name", "order"), [("Gaussian 3x3", 2), ("Gaussian 5x5", 4)])
def test_gaussians_are_binomial_coefficients(name, order):
    row = comb(order, np.arange(order + 1)) / 2**order
    assert_array_equal(KERNELS[name].weights, np.outer(row, row))


def test_the_other_published_weights():
    assert_array_equal(KERNELS["emboss"].weights, [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])
    assert_array_equal(KERNELS["gentle sharpen"].weights, [[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    assert_array_equal(KERNELS["Laplacian 8"].weights, [[1, 1, 1], [1, -8, 1], [1, 1, 1]])
    assert_array_equal(KERNELS["Scharr vertical"].weights, [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]])
    assert_array_equal(KERNELS["Scharr horizontal"].weights, KERNELS["Scharr vertical"].weights.T)
    assert_array_equal(KERNELS["corner"].weights * 4, [[1, -2, 1], [-2, 4, -2], [1, -2, 1]])


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=lambda k: k.name)
def test_each_is_square_odd_described_and_sums_to_one_or_zero(kernel):
    rows, cols = kernel.weights.shape
    assert rows == cols
    assert rows % 2 == 1
    assert kernel.weights.dtype == np.float64
    for line in (kernel.effect, kernel.why):
        assert line.endswith(".")
        assert "\n" not in line
        assert len(line) <= 100
    assert kernel.source
    assert KERNELS[kernel.name] is kernel
    expected = 1 if kernel.name in KEEPS_FLAT else 0
    assert_allclose(kernel.total, expected, atol=1e-12)
    assert_allclose(filtered(kernel.name, FLAT), 100 * expected, atol=1e-9)


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=lambda k: k.name)
def test_symmetric_means_that_correlation_is_convolution(kernel):
    convolved = convolve2d(NOISE, kernel.weights, "valid")
    assert kernel.symmetric == np.allclose(conv2d(NOISE, kernel.weights), convolved)


def test_symmetric_and_separable_kernels_are_these():
    symmetric = {kernel.name for kernel in KERNELS.values() if kernel.symmetric}
    separable = {kernel.name for kernel in KERNELS.values() if kernel.separable}
    pairs_of_edges = {n for n in KERNELS if n.endswith(("gradient", "vertical", "horizontal"))}
    assert len(pairs_of_edges) == 8
    diagonal_edges = {"Sobel falling", "Sobel rising"}
    not_symmetric = pairs_of_edges | diagonal_edges | {"emboss", "shift right"}
    assert set(KERNELS) - symmetric == not_symmetric
    assert set(KERNELS) - separable == {
        *("sharpen", "gentle sharpen", "unsharp mask", "diagonal motion blur", "emboss"),
        *("Laplacian 4", "Laplacian 8", "outline", "spot"),
        *("Sobel falling", "Sobel rising", "falling line", "rising line"),
    }


@pytest.mark.parametrize("name", [k.name for k in KERNELS.values() if k.separable])
def test_factors_filter_like_the_kernel_in_two_thin_steps(name):
    column, row = KERNELS[name].factors
    assert_allclose(np.outer(column, row), KERNELS[name].weights, atol=1e-15)
    two_steps = conv2d(conv2d(NOISE, column[:, None]), row[None, :])
    assert_allclose(two_steps, filtered(name, NOISE), atol=1e-9)


def test_factors_are_scaled_as_a_reader_would_write_them():
    for name, column, row in [
        ("Sobel vertical", [1, 2, 1], [-1, 0, 1]),
        ("Sobel horizontal", [-1, 0, 1], [1, 2, 1]),
        ("Prewitt horizontal", [1, 0, -1], [1, 1, 1]),
        ("Gaussian 3x3", [0.25, 0.5, 0.25], [0.25, 0.5, 0.25]),
        ("smooth", [1 / 3] * 3, [1 / 3] * 3),
        ("corner", [-0.5, 1, -0.5], [-0.5, 1, -0.5]),
    ]:
        assert_allclose(KERNELS[name].factors, (column, row), err_msg=name)


@given(pairs(1, 5), st.integers(0, 2**32 - 1))
def test_factors_multiply_back_and_are_scaled_as_stated_for_any_column_times_row(shape, seed):
    rng = np.random.default_rng(seed)
    column, row = rng.integers(-3, 4, shape[0]), rng.integers(-3, 4, shape[1])
    kernel = Kernel("any", np.outer(column, row))
    assert kernel.separable == bool(column.any() and row.any())
    if not kernel.separable:
        return
    down, across = kernel.factors
    assert_allclose(np.outer(down, across), kernel.weights, atol=1e-12)
    assert not np.signbit([*down[down == 0], *across[across == 0]]).any()
    if column.sum() == 0:
        assert_allclose(np.abs(down).max(), 1)
        assert row.sum() == 0 or across.sum() > 0
    elif row.sum() == 0:
        assert_allclose(np.abs(across).max(), 1)
        assert down.sum() > 0
    else:
        assert_allclose(down.sum(), abs(across.sum()))


@pytest.mark.parametrize("family", ["{} gradient", "Sobel {}", "Scharr {}", "Prewitt {}"])
def test_gradients_answer_to_their_own_edges_only(family):
    vertical, horizontal = family.format("vertical"), family.format("horizontal")
    sign = -1 if "Prewitt" in family else 1
    assert (sign * filtered(vertical, LEFT_TO_RIGHT)).max() >= 3 * 200
    assert (sign * filtered(vertical, LEFT_TO_RIGHT)).min() == 0
    assert_array_equal(filtered(vertical, TOP_TO_BOTTOM), 0)
    assert_array_equal(filtered(horizontal, TOP_TO_BOTTOM), filtered(vertical, LEFT_TO_RIGHT).T)
    assert_array_equal(filtered(horizontal, LEFT_TO_RIGHT), 0)


RING = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0)]
"""The eight places around the middle of a 3 x 3 kernel, clockwise."""


@pytest.mark.parametrize(
    ("diagonal", "upright"),
    [("Sobel falling", "Sobel vertical"), ("Sobel rising", "Sobel horizontal")],
)
def test_the_diagonal_sobels_are_the_others_turned_on_by_one_place(diagonal, upright):
    rings = [[KERNELS[name].weights[place] for place in RING] for name in (diagonal, upright)]
    assert rings[0] in (rings[1][1:] + rings[1][:1], rings[1][-1:] + rings[1][:-1])


def test_the_diagonal_sobels_are_above_0_where_their_effect_says():
    down, across = np.mgrid[:9, :9]
    brighter_upper_right, brighter_lower_right = 5.0 * (across - down), 5.0 * (across + down)
    assert (filtered("Sobel falling", brighter_upper_right) == 5 * 12).all()
    assert (filtered("Sobel falling", brighter_lower_right) == 0).all()
    assert (filtered("Sobel rising", brighter_lower_right) == 5 * 12).all()
    assert (filtered("Sobel rising", brighter_upper_right) == 0).all()


LINES = {
    "vertical line": [[0, 1, 0]] * 3,
    "horizontal line": [[0, 0, 0], [1, 1, 1], [0, 0, 0]],
    "falling line": np.eye(3),
    "rising line": np.eye(3)[:, ::-1],
}


@pytest.mark.parametrize("name", LINES)
def test_each_line_kernel_answers_most_to_its_own_line_of_all_patterns(name):
    """Of all 512 black and white windows, only the line itself gets as much as the line does."""
    windows = np.array(np.meshgrid(*[[0, 1]] * 9)).reshape(9, -1).T.reshape(-1, 3, 3)
    answers = (windows * KERNELS[name].weights).sum(axis=(1, 2))
    best = windows[answers == answers.max()]
    assert_array_equal(best, [LINES[name]])
    edge = np.array([[0, 1, 1]] * 3)
    assert (KERNELS["vertical line"].weights * edge).sum() == answers.max() / 2


def test_the_spot_kernel_is_the_laplacian_of_a_gaussian():
    """The published whole numbers follow the bell's Laplacian as closely as whole numbers can."""
    place = np.zeros((15, 15))
    place[7, 7] = 1
    bell = -ndimage.gaussian_laplace(place, 0.7)[5:10, 5:10]
    weights = KERNELS["spot"].weights
    assert np.corrcoef(bell.ravel(), weights.ravel())[0, 1] > 0.95
    assert_array_equal(weights, weights.T)
    assert_array_equal(weights, weights[::-1])
    assert weights[2].tolist() == [-1, -2, 16, -2, -1]
    assert weights[1].tolist() == [0, -1, -2, -1, 0]


def test_prewitt_is_the_articles_gradient_with_its_sign_turned_by_a_rotation():
    for direction in ("vertical", "horizontal"):
        ours, theirs = KERNELS[f"{direction} gradient"], KERNELS[f"Prewitt {direction}"]
        assert_array_equal(theirs.weights, -ours.weights)
        assert_array_equal(theirs.weights, flip(ours.weights))


def test_scharr_finds_the_direction_of_a_slanted_wave_better_than_sobel_and_prewitt():
    angles = np.radians(np.arange(5, 90, 5))
    rows, cols = np.mgrid[:64, :64]

    def error(down, across):
        errors = []
        for angle in angles:
            wave = np.sin(0.8 * (np.cos(angle) * cols + np.sin(angle) * rows))
            gy, gx = filtered(down, wave), filtered(across, wave)
            found = 0.5 * np.arctan2(2 * (gx * gy).sum(), (gx**2 - gy**2).sum())
            errors.append(abs(found % np.pi - angle))
        return max(errors)

    scharr = error("Scharr horizontal", "Scharr vertical")
    sobel = error("Sobel horizontal", "Sobel vertical")
    prewitt = error("Prewitt horizontal", "Prewitt vertical")
    assert scharr < sobel / 2 < prewitt / 2


def noise_left(name):
    """Variance of filtered white noise over variance of the noise."""
    return float((KERNELS[name].weights ** 2).sum())


def test_blurs_are_ordered_by_the_noise_they_leave():
    order = ["box 5x5", "Gaussian 5x5", "smooth", "Gaussian 3x3", "identity"]
    left = [noise_left(name) for name in order]
    assert left == sorted(left)
    measured = [filtered(name, RNG.normal(size=(400, 400))).var() for name in order]
    assert_allclose(measured, left, rtol=0.05)


def test_sharpeners_raise_the_contrast_of_an_edge_and_the_gentle_one_leaves_less_noise():
    for name in ("sharpen", "gentle sharpen", "unsharp mask"):
        y = filtered(name, LEFT_TO_RIGHT)
        assert y.max() > 200
        assert y.min() < 0
    assert 1 < noise_left("unsharp mask") < noise_left("gentle sharpen") < noise_left("sharpen")


def test_the_why_lines_that_name_another_kernel_are_true():
    point3, point5 = KERNELS["identity"].weights, np.pad(KERNELS["identity"].weights, 1)
    weights = {name: kernel.weights for name, kernel in KERNELS.items()}
    assert_allclose(weights["gentle sharpen"], point3 - weights["Laplacian 4"])
    assert_allclose(weights["unsharp mask"], 2 * point5 - weights["Gaussian 5x5"])
    assert_array_equal(weights["outline"], -weights["Laplacian 8"])
    twice = conv2d(weights["Gaussian 3x3"], weights["Gaussian 3x3"], padding="full")
    assert_allclose(weights["Gaussian 5x5"], twice)
    around = (weights["smooth"] * 9 - point3) / 8
    assert_allclose(weights["sharpen"], point3 + 8 * (point3 - around))


def test_motion_blurs_leave_what_does_not_change_along_them():
    name = "motion blur"
    assert_allclose(filtered(name, TOP_TO_BOTTOM), inside(TOP_TO_BOTTOM, name))
    assert not np.allclose(filtered(name, LEFT_TO_RIGHT), inside(LEFT_TO_RIGHT, name))
    name = "diagonal motion blur"
    stripes = np.subtract.outer(np.arange(12), np.arange(12)) % 4 * 50.0
    assert_allclose(filtered(name, stripes), inside(stripes, name))
    assert not np.allclose(filtered(name, stripes[:, ::-1]), inside(stripes[:, ::-1], name))


@pytest.mark.parametrize("name", ["Laplacian 4", "Laplacian 8", "outline", "spot", "corner"])
def test_second_differences_are_blind_to_even_ramps_and_answer_to_dots(name):
    assert_allclose(filtered(name, RAMP), 0, atol=1e-9)
    middle = 5 - len(KERNELS[name].weights) // 2
    assert abs(filtered(name, DOT)[middle, middle]) == np.abs(filtered(name, DOT)).max() > 0


def test_only_the_laplacian_of_eight_counts_diagonal_neighbours():
    assert filtered("Laplacian 4", DOT)[3, 3] == 0
    assert filtered("Laplacian 8", DOT)[3, 3] == 1


def test_the_corner_kernel_is_blind_to_straight_edges():
    assert_array_equal(filtered("corner", LEFT_TO_RIGHT), 0)
    assert_array_equal(filtered("corner", TOP_TO_BOTTOM), 0)
    corner = np.minimum(LEFT_TO_RIGHT, TOP_TO_BOTTOM)
    assert np.count_nonzero(filtered("corner", corner)) == 4


def test_emboss_lights_the_top_left_rim_of_what_is_bright():
    plate = np.pad(np.full((8, 8), 100.0), 6)
    y = conv2d(plate, KERNELS["emboss"].weights, padding="same")
    assert y[5, 5] > 100  # just outside the top left corner
    assert y[6, 9] > 100  # on the top rim
    assert y[13, 9] < 100  # on the bottom rim
    assert y[14, 14] < 0  # just outside the bottom right corner


def test_shift_moves_right_and_true_convolution_moves_left():
    moved = conv2d(DOT, KERNELS["shift right"].weights, padding=1)
    assert_array_equal(np.argwhere(moved), [[5, 6]])
    convolved = convolve2d(DOT, KERNELS["shift right"].weights, "same")
    assert_array_equal(np.argwhere(convolved), [[5, 4]])


def test_nothing_can_be_changed_by_mistake():
    kernel = KERNELS["smooth"]
    with pytest.raises(ValueError, match="read-only"):
        kernel.weights[0, 0] = 5
    with pytest.raises(dataclasses.FrozenInstanceError):
        kernel.name = "rough"
    with pytest.raises(TypeError, match="does not support item assignment"):
        KERNELS["mine"] = kernel


def test_a_kernel_copies_its_weights():
    weights = np.ones((2, 3))
    kernel = Kernel("mine", weights)
    weights[0, 0] = 7
    assert_array_equal(kernel.weights, np.ones((2, 3)))
    assert (kernel.total, kernel.symmetric, kernel.separable) == (6, True, True)


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ([1, 2, 3], ValueError, r"`weights` must have 2 axes, got shape \(3,\)"),
        ([[]], ValueError, "`weights` must not be empty"),
        ([["a"]], TypeError, "`weights` must hold real numbers"),
        ([[1, np.nan]], ValueError, r"`weights` must be finite, got \[\[1.0, nan\]\]"),
    ],
)
def test_bad_weights_are_named(weights, error, message):
    with pytest.raises(error, match=message):
        Kernel("bad", weights)


def test_a_kernel_that_is_not_separable_has_no_factors():
    with pytest.raises(ValueError, match="`sharpen` is not separable: its weights have a rank oth"):
        _ = KERNELS["sharpen"].factors
