"""Text as outlines: measured quickly, and exactly."""

import string

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from convlab.draw.text import _outline


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "text", [*string.ascii_letters, *string.digits, *"−×°²·.,:()", "pool5: 7 × 7 units", "−0.25"]
)
def test_a_string_is_as_wide_as_its_curves(text, bold):
    """The width taken from the outline's points is the one that the curves have."""
    weight = "bold" if bold else "normal"
    font = FontProperties(family="DejaVu Sans", weight=weight)
    box = TextPath((0, 0), text, size=1, prop=font).get_extents()
    vertices, _, width = _outline(text, bold)
    assert width == pytest.approx(box.width, abs=1e-9)
    whole = TextPath((0, 0), text, size=1, prop=font).vertices
    assert whole[0, 0] - vertices[0, 0] == pytest.approx(box.x0, abs=1e-9)
