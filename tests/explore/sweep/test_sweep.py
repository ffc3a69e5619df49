"""The sweep explorer: the article's settings, ranges that follow each other, true words."""

import re

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convlab.convolution import conv2d, conv2d_loops, flip
from convlab.explore import Sweep
from convlab.explore.samples import KERNEL, PICTURE
from convlab.geometry import Geometry
from tests.explore.driving import point


def test_it_starts_with_the_article_s_settings():
    state = Sweep().state
    assert state.geometry == Geometry((5, 5), (3, 3), stride=(1, 2), padding=0)
    assert state.geometry.output_shape == (3, 2)


def test_a_kernel_never_outgrows_the_padded_input():
    sweep = Sweep(kernel=5)
    sweep.controls["input"].value = (2, 9)
    assert sweep.state.geometry.kernel_size == (2, 5)
    assert sweep.controls["kernel"].max == (2, 5)
    sweep.controls["padding"].value = (1, 0)
    sweep.controls["kernel"].value = (5, 5)
    assert sweep.state.geometry.kernel_size == (4, 5)


def test_the_gaps_yield_to_the_kernel():
    sweep = Sweep(input=7, dilation=3, stride=1)
    assert sweep.state.geometry.dilation == (3, 3)
    sweep.controls["kernel"].value = (4, 3)
    assert sweep.state.geometry.dilation == (2, 3)


def test_a_kernel_of_one_cell_has_no_gaps_to_widen():
    dilation = Sweep(kernel=(1, 2), dilation=(1, 2)).controls["dilation"]
    assert (dilation.max, dilation.value) == ((1, 3), (1, 2))
    assert [part.disabled for part in dilation.parts] == [True, False]


def test_the_caption_counts_the_steps_as_the_slider_does():
    sweep = Sweep(step=2)
    assert sweep.caption.value.count("Step 2 of 0 to 5: ") == 1
    assert (sweep.controls["step"].value, sweep.controls["step"].max) == (2, 5)


def test_the_step_stays_in_range_when_the_output_shrinks():
    sweep = Sweep(stride=1, step=8)
    sweep.controls["stride"].value = (2, 2)
    step = sweep.controls["step"]
    assert sweep.state.step == 3 == step.max == step.slider.max == step.play.max
    sweep.controls["stride"].value = (1, 1)
    assert sweep.state.step == 8


@pytest.mark.parametrize("operation", [False, True])
def test_caption_and_table_tell_the_numbers_of_conv2d(operation):
    sweep = Sweep(stride=1, padding=1, operation=operation)
    weight = flip(KERNEL[:3, :3]) if operation else KERNEL[:3, :3]
    y = conv2d(PICTURE[:5, :5], weight, padding=1)
    for step, value in enumerate(y.ravel()):
        sweep.controls["step"].value = step
        row, col = divmod(step, 5)
        assert f"output pixel ({row}, {col}) = {value:.0f}" in sweep.caption.value
        numbers = [
            int(n.replace("−", "-")) for n in re.findall(r">(−?\d+)</td>", sweep.details.value)
        ]
        patch, kernel, products, total = np.split(numbers, [9, 18, 27])
        assert (patch * kernel == products).all()
        assert products.sum() == total == value
        assert (kernel == weight.ravel()).all()


def test_the_caption_counts_the_products_on_padding():
    sweep = Sweep(padding=1, stride=1, step=0)
    assert "9 products, 5 of them on zeros of the padding" in sweep.caption.value
    assert sweep.details.value.count('<td class="convlab-empty">0</td>') == 5
    assert sweep.details.value.count("convlab-empty") == 5
    sweep = Sweep(kernel=1, padding=1, stride=1, step=0)
    assert "sum of 1 product, on a zero of the padding" in sweep.caption.value
    sweep = Sweep(kernel=(1, 2), padding=(0, 1), stride=1, step=0)
    assert "2 products, 1 of them on a zero of the padding" in sweep.caption.value


def test_a_click_and_a_drag_do_what_the_sliders_do():
    sweep = Sweep(stride=1, step=0)
    cell = sweep.scene._waiting.get_paths()[4].vertices[:4].mean(axis=0)
    pointer(sweep, "mousedown", cell)
    pointer(sweep, "mouseup", cell)
    assert sweep.state.step == 5
    pointer(sweep, "mousedown", (100, 100))
    pointer(sweep, "mousemove", (140, 70), buttons=1)
    pointer(sweep, "mouseup", (140, 70))
    assert sweep.state.step == 5
    assert (sweep.controls["azimuth"].value, sweep.controls["elevation"].value) == (45, 42)


def test_the_pointer_alone_turns_nothing_and_a_click_beside_the_output_is_no_step():
    sweep = Sweep()
    before = sweep.state
    pointer(sweep, "mousemove", (140, 70))
    pointer(sweep, "mousedown", (2, 2))
    pointer(sweep, "mouseup", (2, 2))
    assert sweep.state == before


def test_stale_movements_are_dropped():
    sweep = Sweep()
    pointer(sweep, "mousedown", (100, 100), at=0)
    pointer(sweep, "mousemove", (110, 100), buttons=1, at=10_000)
    turned = sweep.state.azimuth
    pointer(sweep, "mousemove", (190, 100), buttons=1, at=5_000)
    assert sweep.state.azimuth == turned == 30
    pointer(sweep, "mousemove", (120, 100), buttons=1, at=10_001)
    assert sweep.state.azimuth == 35


def pointer(sweep, kind, place, **further):
    """Point at a picture that the page shows half as large."""
    point(sweep, kind, place, shrink=0.5, **further)


def test_the_reader_s_own_numbers():
    x, weight = np.arange(12.0).reshape(3, 4), np.array([[1.5, -2.0]])
    sweep = Sweep(x, weight, stride=1, step=4)
    assert sweep.state.geometry == Geometry((3, 4), (1, 2))
    assert f"= {x[1, 1] * 1.5 - x[1, 2] * 2:.1f}".replace("-", "−") in sweep.caption.value
    assert sweep.controls["input"].max == (3, 4)


def test_a_reader_s_nan_is_a_number_of_the_input_and_no_padding():
    x = np.array([[np.nan, 1.0], [2.0, 3.0]])
    sweep = Sweep(x, np.array([[1.0, 1.0]]), padding=0, stride=1, step=0)
    assert "= nan" in sweep.caption.value
    assert "padding" not in sweep.caption.value
    assert "convlab-empty" not in sweep.details.value
    assert sweep.details.value.count(">nan</td>") == 3


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((np.ones((13, 2)),), ValueError, r"`x` must be at most 12 × 12, got \(13, 2\)"),
        ((None, np.ones((8, 8))), ValueError, r"`weight` must be at most 7 × 7, got \(8, 8\)"),
        ((np.ones(3),), ValueError, "`x` must have 2 axes"),
        ((None, [["a"]]), TypeError, "`weight` must hold real numbers"),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        Sweep(*arguments)


def tables(sweep, role):
    found = re.findall(rf'convlab-grid convlab-{role}".*?</table>', sweep.details.value)
    return [re.findall(r"<td(?: class=\"([^\"]*)\")?>(−?[\d.]+)</td>", table) for table in found]


def test_pointing_at_a_cell_lights_up_its_product():
    sweep = Sweep(stride=1, step=4, azimuth=0, elevation=40)
    scene, state = sweep.scene, sweep.state
    taps = [path.vertices[:4].mean(axis=0) for path in scene._taps.get_paths()]
    sweep._point(*taps[5])
    for role in ("input", "kernel", "products"):
        (table,) = tables(sweep, role)
        assert [i for i, (kind, _) in enumerate(table) if "look" in kind] == [5]
    assert len(scene._pointed.get_paths()) == 1
    sweep._point(0, 0)
    assert "convlab-look" not in sweep.details.value
    assert scene._pointed.get_paths() == []
    assert sweep.state == state


def test_a_clicked_cell_can_be_given_another_number():
    sweep = Sweep(stride=1, padding=1, step=12, azimuth=0, elevation=40)
    cell = sweep.scene._input.get_paths()[3 * 5 + 1].vertices[:4].mean(axis=0)
    sweep._pick(*cell)
    assert (sweep.editor.row.value, sweep.editor.col.value) == (3, 1)
    assert sweep.editor.cell.value == PICTURE[3, 1]
    sweep.editor.cell.value = -7.5
    expected = PICTURE[:5, :5].astype(float)
    expected[3, 1] = -7.5
    assert_array_equal(sweep.state.x, expected)
    assert_array_equal(sweep.state.y, conv2d_loops(expected, KERNEL[:3, :3], padding=1))
    assert "−7.5" in sweep.details.value
    assert (
        sweep.picture.value
        == Sweep(
            expected, KERNEL[:3, :3], stride=1, padding=1, step=12, azimuth=0, elevation=40
        ).picture.value
    )


@pytest.mark.parametrize("operation", [False, True])
def test_the_weight_over_a_cell_can_be_changed(operation):
    sweep = Sweep(stride=1, step=4, operation=operation)
    sweep.editor.choose((1, 3))  # under row 0, column 2 of the kernel
    sweep.editor.weight.value = 9
    expected = KERNEL[:3, :3].astype(float)
    expected[(2, 0) if operation else (0, 2)] = 9
    laid = flip(expected) if operation else expected
    assert_array_equal(sweep.state.weight, laid)
    assert laid[0, 2] == 9
    assert_array_equal(sweep.state.y, conv2d_loops(PICTURE[:5, :5], laid))
    sweep.editor.choose((0, 0))
    assert sweep.editor.weight.disabled


def test_reset_brings_the_numbers_back_and_nonsense_becomes_a_number():
    sweep = Sweep(stride=1, step=4)
    before = sweep.picture.value
    for typed, kept in ((float("nan"), 0), (1e9, 9999), (float("-inf"), 0)):
        sweep.editor.cell.value = typed
        assert sweep.state.x[0, 0] == kept
        assert sweep.editor.cell.value == kept
    assert sweep.picture.value != before
    assert sweep.status.value == ""
    sweep.reset()
    assert sweep.picture.value == before
    assert sweep.editor.cell.value == PICTURE[0, 0]


def test_the_view_can_be_reset_and_nothing_else_is():
    sweep = Sweep(stride=1, step=4)
    sweep.set_controls(azimuth=-90, elevation=70, step=7, flat=True)
    sweep.view_button.click()
    assert (sweep.state.azimuth, sweep.state.elevation, sweep.state.flat) == (25, 32, False)
    assert sweep.state.step == 7


def test_the_caption_says_why_no_numbers_stand_in_the_cells():
    assert "too small" not in Sweep().caption.value
    assert "cells are too small for their numbers" in Sweep(input=9, padding=3).caption.value
