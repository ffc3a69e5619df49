"""The effective field: its square, its colours, and what the panels show."""

import numpy as np
import pytest
from scipy.signal import convolve

from convlab.explore.receptive_field.effective_field_numbers import (
    EffectiveFieldState,
    middle_square,
    stack,
)
from convlab.explore.receptive_field.effective_field_scene import FLOOR, SIDE, EffectiveFieldScene
from convlab.receptive_field import receptive_field


def test_equal_weights_give_boxes_convolved_with_boxes():
    """By scipy: five boxes of 3 make the section of five layers."""
    row = np.ones(1)
    for _ in range(5):
        row = convolve(row, np.ones(3) / 3)
    field = EffectiveFieldState(5, 3).field
    np.testing.assert_allclose(field, np.outer(row, row), atol=1e-12)


@pytest.mark.parametrize("weights", ["uniform", "random"])
@pytest.mark.parametrize("percent", [50, 90, 99])
def test_the_inner_square_is_the_smallest_that_holds_the_share(weights, percent):
    """It holds the share, and the next smaller one does not."""
    state = EffectiveFieldState(8, 3, weights=weights, percent=percent)
    size, inner = len(state.field), state.inner

    def held(side):
        margin = (size - side) // 2
        return state.field[margin : margin + side, margin : margin + side].sum()

    assert held(inner) >= percent / 100
    assert held(inner - 2) < percent / 100


def test_a_flat_field_needs_its_whole_square():
    """One layer with equal weights counts all cells alike."""
    assert middle_square(np.ones((5, 5)) / 25, 0.9) == 5
    assert middle_square(np.ones((4, 4)) / 16, 0.25) == 2


def test_poolings_are_spread_among_the_layers():
    """Three poolings among eight layers: one after every two."""
    sizes = [layer.kernel_size[0] for layer in stack(8, 3, pools=3)]
    assert sizes == [3, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3]
    for pools in range(4):
        for count in range(pools + 1, 12):
            assert len(stack(count, 3, pools=pools)) == count + pools


def test_dilation_leaves_cells_that_are_never_read():
    """With dilation 2 in all layers, a quarter of the cells is read, corners included."""
    state = EffectiveFieldState(3, 3, dilation=2)
    assert state.reached.shape == (13, 13)
    assert state.reached.sum() == 7 * 7
    assert (state.field[~state.reached] == 0).all()


def test_colours_go_from_white_to_dark():
    """More counts darker, all the way."""
    image = EffectiveFieldScene()._effect
    brightness = image.to_rgba(np.linspace(0, 1, 16))[:, :3].sum(axis=-1)
    assert brightness[0] == pytest.approx(3)
    assert (np.diff(brightness) < 0).all()


def test_bars_of_the_section_add_up_to_the_box_of_the_theoretical_field():
    """Both hold everything: the same area, so the bell is as much higher as it is narrower."""
    scene, state = EffectiveFieldScene(), EffectiveFieldState(10, 3)
    scene.update(state)
    heights = [np.ptp(path.vertices[:, 1]) for path in scene._bars.get_paths()]
    box = scene._flat.get_data()
    size = receptive_field(state.stack).size[0]
    assert len(heights) == size == box.edges[-1]
    assert sum(heights) == pytest.approx(size * box.values[0]) == pytest.approx(1)


@pytest.mark.parametrize("kernel", [2, 3])
def test_the_highest_bar_and_the_bracket_fit_in_the_picture(kernel):
    """In pixels: below the titles, above the words at the foot, as wide as the inner frame."""
    scene, state = EffectiveFieldScene(), EffectiveFieldState(10, kernel)
    scene.update(state)
    to_pixels = scene._section.transData + scene.axes.transData.inverted()
    tops = to_pixels.transform([path.vertices.max(axis=0) for path in scene._bars.get_paths()])
    assert FLOOR + 0.9 * SIDE < tops[:, 1].max() < FLOOR + SIDE
    scale = scene._section.get_xaxis_transform() + scene.axes.transData.inverted()
    bracket = scale.transform(scene._bracket.get_segments()[0])
    inner = np.ptp(scene._inner.get_paths()[0].vertices[:, 0])
    assert np.ptp(bracket[:, 0]) == pytest.approx(inner)
    assert bracket[:, 1].min() == pytest.approx(FLOOR - 7)
    assert scene._flat.get_clip_on() is scene._bracket.get_clip_on() is False


def test_the_inner_frame_is_drawn_to_scale():
    """Its side to the outer one's is as the cells are."""
    scene, state = EffectiveFieldScene(), EffectiveFieldState(10, 3)
    scene.update(state)
    inner = np.ptp(scene._inner.get_paths()[0].vertices[:, 0])
    outer = np.ptp(scene._squares.get_paths()[1].vertices[:, 0])
    assert inner / outer == pytest.approx(state.inner / len(state.field))
