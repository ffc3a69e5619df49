"""What explorers of scenes in space share: they are turned, and a click goes to a step."""

from __future__ import annotations

import ipywidgets as widgets

from convlab.widgets.old_controls import slider
from convlab.widgets.old_explorer import Explorer


def view(
    azimuth: int, elevation: int, *, lowest: int = 15, highest: int = 60
) -> dict[str, widgets.Widget]:
    """Return the two sliders of a camera, in degrees."""
    return {
        "azimuth": slider("turn °", azimuth, -180, 180),
        "elevation": slider("tilt °", elevation, lowest, highest),
    }


class Orbit(Explorer):
    """An explorer with the controls of `view`, whose scene can say which step is at a pixel."""

    def turn_view(self, right: float, up: float) -> None:
        """Turn the scene by a movement of the mouse, in pixels."""
        azimuth = self.controls["azimuth"]
        azimuth.value = (azimuth.value + round(right / 2) + 180) % 360 - 180
        self.controls["elevation"].value -= round(up / 3)

    def go_to_step(self, x: float, y: float) -> None:
        """Go to the step whose output cell is drawn at a pixel, if there is one."""
        step = self.scene.step_at(self.state, (x, y))
        if step is not None:
            self.controls["step"].value = step
