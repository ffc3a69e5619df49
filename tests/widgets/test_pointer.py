"""The mouse on a picture: a click, or a drag once it has gone far enough."""

import ipywidgets as widgets
import pytest

from convlab.widgets.pointer import NEAR, Pointer

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


def event(kind, x, y, *, held=True):
    """An event of the page, on a picture that is as large there as it was drawn."""
    rect = {"boundingRectWidth": SIZE[0], "boundingRectHeight": SIZE[1]}
    return {
        "type": kind,
        "relativeX": x,
        "relativeY": y,
        "buttons": int(held),
        "timeStamp": 0.0,
        **rect,
    }


@pytest.mark.parametrize(("right", "down"), [(3, 3), (3, -3), (-3, 3), (-3, -3)])
def test_sideways_and_upwards_count_together_whatever_their_directions(heard, right, down):
    calls, pointer = heard
    assert abs(right) < NEAR < abs(right) + abs(down)
    pointer(event("mousedown", 100, 100))
    pointer(event("mousemove", 100 + right, 100 + down))
    pointer(event("mouseup", 100 + right, 100 + down, held=False))
    assert calls == [("drag", right, -down)]


def test_a_hand_that_trembles_clicks(heard):
    calls, pointer = heard
    pointer(event("mousedown", 100, 100))
    pointer(event("mousemove", 102, 98))
    pointer(event("mouseup", 102, 98, held=False))
    assert calls == [("click", 102, SIZE[1] - 98)]
