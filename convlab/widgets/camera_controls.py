"""The two sliders of a camera, which dragging the picture moves as well."""

from __future__ import annotations

import ipywidgets as widgets

from convlab.widgets.controls import set_width, slider


def camera_controls(
    azimuth: int, elevation: int, *, lowest: int = 15, highest: int = 60
) -> dict[str, widgets.Widget]:
    """Return sliders for azimuth and elevation, in degrees."""
    return {
        "azimuth": set_width(slider("turn °", azimuth, -180, 180), 292),
        "elevation": set_width(slider("tilt °", elevation, lowest, highest), 292),
    }
