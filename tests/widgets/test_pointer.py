"""The mouse on a picture: a click, or a drag once it has gone far enough."""

import ipywidgets as widgets
import pytest

from convlab.widgets.pointer import NEAR, Pointer
from tests.explore.driving import mouse

SIZE = (400, 300)


@pytest.fixture
def heard():
    """What a pointer has called, in order, and the pointer."""
    calls = []
    pointer = Pointer(
        widgets.Image(),
        SIZE,
        click=lambda x, y: calls.append(("click", x, y)),
        drag=lambda right, up: calls.append(("drag", right, up)),
    )
    return calls, pointer


@pytest.mark.parametrize(("right", "up"), [(3, 3), (3, -3), (-3, 3), (-3, -3)])
def test_sideways_and_upwards_count_together_whatever_their_directions(heard, right, up):
    calls, pointer = heard
    assert abs(right) < NEAR < abs(right) + abs(up)
    pointer(mouse("mousedown", (100, 100), SIZE, buttons=1))
    pointer(mouse("mousemove", (100 + right, 100 + up), SIZE, buttons=1))
    pointer(mouse("mouseup", (100 + right, 100 + up), SIZE))
    assert calls == [("drag", right, up)]


def test_a_hand_that_trembles_clicks(heard):
    calls, pointer = heard
    pointer(mouse("mousedown", (100, 100), SIZE, buttons=1))
    pointer(mouse("mousemove", (102, 98), SIZE, buttons=1))
    pointer(mouse("mouseup", (102, 98), SIZE))
    assert calls == [("click", 102, 98)]
