"""The sweep explorer: the article's settings, ranges that follow each other, true words."""

import re

import numpy as np
import pytest

from convlab.convolution import conv2d, flip
from convlab.explore import Sweep
from convlab.explore.samples import KERNEL, PICTURE
from convlab.geometry import Geometry


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


def pointer(sweep, kind, place, *, buttons=0, at=0):
    """Send what the page sends when the mouse is at a place, counted from the lower left."""
    scale = 0.5
    sweep._pointer(
        {
            "type": kind,
            "relativeX": place[0] * scale,
            "relativeY": (sweep.scene.height - place[1]) * scale,
            "boundingRectWidth": sweep.scene.width * scale,
            "buttons": buttons,
            "timeStamp": at,
        }
    )


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
