"""The formulas leave out what finds no room, say so, and only then."""

import pytest

from convlab.explore.backprop import formulas
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
