"""The fan-out explorer: its table sums to the gradient, and the mouse does what the slider does."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from convlab.draw import palette
from convlab.explore import FanOut, MatrixView
from tests.explore.driving import point


def words(html):
    return re.sub("<[^>]+>", " ", html)


def middle(explorer, cell):
    return explorer.scene._input.get_paths()[cell].vertices[:4].mean(axis=0)


def test_the_table_lists_every_line_and_sums_to_the_gradient():
    explorer = FanOut(input=5, stride=1)
    for cell in range(25):
        explorer.controls["cell"].value = cell + 1
        n = explorer.state.numbers
        rows = re.findall(r"<td>(−?\d+)</td></tr>", explorer.details.value)
        products = [int(row.replace("−", "-")) for row in rows]
        assert len(products) == len(n.fed_by(cell))
        assert sum(products) == n.gradients.x.ravel()[cell]


def test_pointing_at_a_cell_chooses_it_and_pressing_turns_instead():
    explorer = FanOut()
    point(explorer, "mousemove", middle(explorer, 3))
    assert explorer.state.cell == 3
    point(explorer, "mousedown", (100, 100))
    point(explorer, "mousemove", middle(explorer, 20), buttons=1)
    assert explorer.state.cell == 3
    assert explorer.state.azimuth != FanOut().state.azimuth
    point(explorer, "mouseup", (100, 100))
    point(explorer, "mousemove", (2, 2), at=1)
    assert explorer.state.cell == 3


def test_a_click_chooses_too():
    explorer = FanOut()
    point(explorer, "mousedown", middle(explorer, 7))
    point(explorer, "mouseup", middle(explorer, 7))
    assert explorer.state.cell == 7


def test_stale_pointing_is_dropped():
    explorer = FanOut()
    point(explorer, "mousemove", middle(explorer, 3), at=10_000)
    point(explorer, "mousemove", middle(explorer, 9), at=5_000)
    assert explorer.state.cell == 3


@pytest.mark.parametrize(("stride", "cell"), [(1, 13), (2, 13), (1, 1), (2, 8)])
def test_backwards_the_products_of_the_picture_add_up_to_the_gradient(stride, cell):
    """By loops over all windows: which of them hold the cell, and through which weight."""
    state = FanOut(stride=stride, cell=cell, backward=True).state
    n, (row, col) = state.numbers, divmod(cell - 1, 5)
    expected = [
        n.weight[row - stride * r, col - stride * c] * n.grad_output[r, c]
        for r, c in np.ndindex(n.y.shape)
        if 0 <= row - stride * r < 3 and 0 <= col - stride * c < 3
    ]
    assert state.products == expected
    assert sum(expected) == state.gradient


def test_gradients_travel_home_in_purple_and_the_forward_pass_goes_out_in_orange():
    explorer = FanOut(cell=13, azimuth=0, elevation=60)
    for back, hue in ((False, palette.KERNEL), (True, palette.GRADIENT)):
        explorer.controls["backward"].value = back
        scene = explorer.scene
        assert np.allclose(scene._lines.get_colors()[0], to_rgba(hue))
        cell = explorer.scene._chosen.get_paths()[0].vertices[:4].mean(axis=0)
        heads = np.array([path.vertices[:3].mean(axis=0) for path in scene._heads.get_paths()])
        assert len(heads) == 9
        assert (np.linalg.norm(heads - cell, axis=1) < 30).all() == back
    assert "come home" in explorer.caption.value


def test_a_cell_that_feeds_nothing_says_so():
    explorer = FanOut(input=5, kernel=2, stride=3, cell=3)
    assert "No window covers" in words(explorer.caption.value)
    assert len(explorer.state.numbers.fed_by(2)) == 0


def test_a_kernel_of_one_cell_has_no_dilation_to_set():
    """What would change nothing cannot be moved."""
    dilation = FanOut(kernel=(1, 3)).controls["dilation"]
    assert dilation.max == (1, 2)
    assert MatrixView(input=6, kernel=(3, 1)).controls["dilation"].max == (2, 1)


def test_the_caption_counts_the_outputs_that_the_cell_feeds():
    several = words(FanOut(cell=2).caption.value)
    assert "feeds  2 outputs  of 9, each through a weight of its own. Backwards" in several
    one = words(FanOut(cell=1).caption.value)
    assert "feeds  1 output  of 9. Backwards" in one


def test_a_cell_that_had_to_yield_comes_back():
    explorer = FanOut(cell=25)
    explorer.controls["input"].value = (3, 4)
    assert explorer.state.cell == 11
    assert "i of xᵢ" in explorer.notice.value
    explorer.controls["input"].value = (5, 5)
    assert explorer.state.cell == 24
    with pytest.raises(ValueError, match="`cell` of FanOut must be from 1 to 12 here, got 13"):
        FanOut(input=(3, 4), cell=13)
