"""The filter lab's picture: what is computed, what is shown of it, and where."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal

from convlab.draw.scene import SHARPNESS
from convlab.explore.filters.filter_numbers import PADDINGS, FilterState, Subject, apply_filter
from convlab.explore.filters.filter_scene import FilterScene
from convlab.images import DISPLAY_MODES, to_display
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

SCIPY_MODE = {"zeros": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "grid-wrap"}


def subject(rows, cols, *, colour=False, seed=0):
    shape = (3, rows, cols) if colour else (rows, cols)
    return Subject("a test", np.random.default_rng(seed).integers(0, 256, shape).astype(float))


def kernel(size, seed=1):
    weights = np.random.default_rng(seed).integers(-3, 4, (size, size)).astype(float)
    weights[0, -1] = 5  # never symmetric
    return tuple(map(tuple, weights.tolist()))


@st.composite
def states(draw):
    rows, cols, size = draw(st.integers(1, 9)), draw(st.integers(1, 9)), draw(st.integers(3, 7))
    seed, colour = draw(st.integers(0, 9)), draw(st.booleans())
    paddings = [*PADDINGS, "valid"] if min(rows, cols) >= size else [*PADDINGS]
    state = FilterState(
        subject(rows, cols, colour=colour, seed=seed),
        kernel(size, seed),
        divisor=draw(st.sampled_from([1.0, 3.0, -0.5])),
        bias=draw(st.sampled_from([0.0, 17.5])),
        padding=draw(st.sampled_from(paddings)),
        stride=draw(st.integers(1, 4)),
        display=draw(st.sampled_from(DISPLAY_MODES)),
        colour=colour,
    )
    out_rows, out_cols = state.geometry.output_shape
    place = {"row": draw(st.integers(0, out_rows - 1)), "col": draw(st.integers(0, out_cols - 1))}
    return FilterState(**{**vars_of(state), **place, "channel": 2 * colour})


def vars_of(state):
    return {name: getattr(state, name) for name in state.__dataclass_fields__}


@given(states())
def test_the_result_is_scipys_for_every_padding_stride_and_channel(state):
    result = apply_filter(state).result
    weights, size = np.array(state.weights), len(state.weights)
    assert len(result) == (3 if state.colour else 1)
    for channel, pixels in zip(result, state.pixels.astype(float), strict=True):
        if state.padding == "valid":
            expected = signal.correlate2d(pixels, weights, "valid")
        else:
            middle = (size - 1) // 2 - size // 2  # scipy's middle is k // 2
            mode = SCIPY_MODE[state.padding]
            expected = ndimage.correlate(pixels, weights, mode=mode, origin=middle)
        expected = expected[:: state.stride, :: state.stride] / state.divisor + state.bias
        np.testing.assert_allclose(channel, expected, rtol=1e-5, atol=1e-3)


@given(states())
def test_the_window_adds_up_to_its_pixel_and_shows_the_pixel_that_is_drawn(state):
    window, filtered = state.window, state.filtered
    value = filtered.result[state.channel, state.row, state.col]
    assert window.result == value
    total = window.products.sum() / state.divisor + state.bias
    assert total == pytest.approx(window.result, rel=1e-5, abs=1e-3)
    drawn = to_display(filtered.result, state.display)
    assert window.shown == drawn[state.channel, state.row, state.col]


@given(states())
def test_padding_is_marked_exactly_where_the_window_leaves_the_picture(state):
    window, size = state.window, len(state.weights)
    before = 0 if state.padding == "valid" else (size - 1) // 2
    rows, cols = state.pixels.shape[-2:]
    for row, col in np.ndindex(size, size):
        at = state.row * state.stride + row - before, state.col * state.stride + col - before
        inside = 0 <= at[0] < rows and 0 <= at[1] < cols
        assert window.is_padding[row, col] == (not inside)
        if inside:
            assert window.patch[row, col] == state.pixels[state.channel][at]


@pytest.mark.parametrize("padding", PADDINGS)
def test_one_pixel_and_a_large_kernel(padding):
    state = FilterState(Subject("a dot", np.array([[200.0]])), kernel(7), padding=padding)
    scene = FilterScene()
    scene.update(state)
    weights = np.array(state.weights)
    total = weights[3, 3] if padding == "zeros" else weights.sum()
    assert state.window.result == 200 * total


def drawn_pixels(scene, left, rows, cols, state):
    """Return what the finished picture shows in the middle of every pixel of a panel."""
    image, scale = np.asarray(scene.image()), scene.scale(state)
    x, y = scene._origin(left, (rows, cols), scale)
    across = ((x + (np.arange(cols) + 0.5) * scale) * SHARPNESS).astype(int)
    down = ((scene.height - y + (np.arange(rows) + 0.5) * scale) * SHARPNESS).astype(int)
    return image[np.ix_(down, across)]


@pytest.mark.parametrize("display", DISPLAY_MODES)
@pytest.mark.parametrize("colour", [False, True])
def test_both_pictures_are_drawn_pixel_by_pixel(display, colour):
    from convlab.explore.filters.filter_scene import LEFT, RIGHT

    state = FilterState(subject(6, 5, colour=colour), kernel(3), display=display, colour=colour)
    scene = FilterScene()
    scene.update(state)
    for artists in (scene._marks, scene._joins):  # they lie on top of the pictures
        for artist in artists:
            artist.set_visible(False)
    after = to_display(state.filtered.result, display)
    for left, pixels in ((LEFT, state.pixels), (RIGHT, after)):
        expected = np.broadcast_to(np.moveaxis(pixels, 0, -1), (6, 5, 3))
        np.testing.assert_allclose(drawn_pixels(scene, left, 6, 5, state), expected, atol=1)


@pytest.mark.parametrize("padding", [*PADDINGS, "valid"])
@pytest.mark.parametrize(("size", "stride"), [(3, 1), (4, 2), (5, 3)])
def test_a_click_finds_the_pixel_below_it(padding, size, stride):
    from convlab.explore.filters.filter_scene import LEFT, RIGHT

    state = FilterState(subject(9, 7), kernel(size), padding=padding, stride=stride)
    scene, scale = FilterScene(), FilterScene().scale(state)
    rows, cols = state.geometry.output_shape
    x, y = scene._origin(RIGHT, (rows, cols), scale)
    for row, col in np.ndindex(rows, cols):
        place = x + (col + 0.5) * scale, y - (row + 0.5) * scale
        assert scene.pick(state, place) == {"row": row, "column": col}
    x, y = scene._origin(LEFT, (9, 7), scale)
    first = (size - 1) // 2 if padding == "valid" else 0
    for row, col in np.ndindex(rows, cols):
        middle = row * stride + first, col * stride + first
        place = x + (middle[1] + 0.5) * scale, y - (middle[0] + 0.5) * scale
        assert scene.pick(state, place) == {"row": row, "column": col}
    assert scene.pick(state, (x - 1, y + 1)) is None
    assert scene.pick(state, (425, 150)) is None


def test_a_walk_over_the_pixels_filters_once():
    scene, picture = FilterScene(), subject(5, 5)
    before = apply_filter.cache_info().misses
    for col in range(5):
        scene.update(FilterState(picture, kernel(3), col=col))
    assert apply_filter.cache_info().misses == before + 1
    scene.update(FilterState(picture, kernel(4), col=4))
    scene.update(FilterState(subject(5, 5), kernel(4), col=4))
    assert apply_filter.cache_info().misses == before + 3


@pytest.mark.parametrize(("row", "col"), [(0, 0), (2, 3), (7, 8)])
@pytest.mark.parametrize("size", [3, 5])
def test_the_window_is_framed_around_its_pixel_before_and_after(row, col, size):
    state = FilterState(subject(8, 9), kernel(size), row=row, col=col)
    scene = FilterScene()
    scene.update(state)
    for picture, mark, span in zip(scene._pictures, scene._marks[::2], (size, 1), strict=True):
        left, right, bottom, top = picture.get_extent()
        cell = (right - left) / 9
        assert (top - bottom) / 8 == pytest.approx(cell)
        framed = mark.get_paths()[0].vertices[:4]
        middle = left + (col + 0.5) * cell, top - (row + 0.5) * cell
        np.testing.assert_allclose(framed.mean(axis=0), middle)
        assert np.ptp(framed[:, 0]) == pytest.approx(max(span * cell, 12))


def test_around_small_pictures_there_is_room_for_windows_that_hang_over():
    """Up to 60 rows, the 280 pixels of the frame hold six rows more, for a kernel of seven."""
    scene = FilterScene()
    scales = [scene.scale(FilterState(subject(n, 20), kernel(7))) for n in (59, 60, 61, 62)]
    np.testing.assert_allclose(scales, [280 / 65, 280 / 66, 280 / 61, 280 / 62])


@pytest.mark.parametrize("padding", ["zeros", "valid"])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_click_in_the_last_corner_finds_the_last_pixel(padding, stride):
    state = FilterState(subject(8, 9), kernel(5), padding=padding, stride=stride)
    scene = FilterScene()
    scene.update(state)
    for picture in scene._pictures:
        _, right, bottom, _ = picture.get_extent()
        rows, cols = state.geometry.output_shape
        assert scene.pick(state, (right - 1, bottom + 1)) == {"row": rows - 1, "column": cols - 1}
