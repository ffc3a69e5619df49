"""The formulas leave out what finds no room, say so, and only then."""

import pytest

from convlab.explore.backprop import formulas, tex
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.geometry import Geometry


@pytest.mark.parametrize("kernel", [(1, 1), (1, 2), (3, 1), (2, 2), (2, 3)])
def test_up_to_three_outputs_are_written_and_dots_stand_for_more(kernel):
    """With so much padding in front that the first cell meets each weight."""
    (high, wide), size = kernel, kernel[0] * kernel[1]
    state = BackpropState(Geometry(6, kernel, padding=((high - 1, 0), (wide - 1, 0))))
    shown = min(size, 3)
    touched, partials = formulas.touched(state), formulas.partials(state)
    assert touched.count(r"\dots") == 2 * shown + (size > 3)
    assert touched.count("=") == shown
    assert partials.count(r"\dots") == (size > 3)
    assert partials.count(r"\frac{\partial") == shown + 1


@pytest.mark.parametrize("left_over", [0, 1])
@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2), (2, 2)])
def test_the_second_job_writes_only_what_happens(stride, dilation, padding, left_over):
    span = dilation + 1
    size = span + stride * (1 + (stride == 2 == dilation)) - 2 * padding + left_over
    geometry = Geometry(size, 2, stride=stride, padding=padding, dilation=dilation)
    written = formulas.correlation(BackpropState(geometry))
    assert (r"\operatorname{insert}_s" in written) == (stride == 2)
    assert (r"\operatorname{pad}(I)" in written) == (padding == 1)
    assert (r"\star_d" in written) == (dilation == 2)
    assert (r"\operatorname{crop}" in written) == (left_over == dilation == 1 < stride)
    times = {1: "", 2: "2"}
    row = f"{times[stride]}r + {times[dilation]}u" + " - 1" * padding
    assert f"x_{{{row},\\;" in written


def test_sums_and_lists_that_are_too_long_keep_their_beginning_and_their_end():
    assert tex.total("abcd") == "a + b + c + d"
    assert tex.total("abcde") == r"a + b + \cdots + e"
    assert tex.total("") == "0"
    assert tex.listed("abcde") == r"a,\; b,\; c,\; d,\; e"
    assert tex.listed("abcdef") == r"a,\; b,\; c,\; \dots,\; f"
    assert [tex.factor(value) for value in (-2, 0, 3)] == ["(-2)", "0", "3"]
    assert tex.symbol((0, 2)) == "w_{1,3}"
