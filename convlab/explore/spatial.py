"""What explorers of scenes in space share: they are turned, and a click goes to a step."""

from __future__ import annotations

import ipywidgets as widgets

from convlab.explore.base import Explorer
from convlab.explore.controls import slider


def view(turn: int, tilt: int, *, lowest: int = 15, highest: int = 60) -> dict[str, widgets.Widget]:
    """Return the two sliders of a camera, in degrees."""
    return {
        "turn": slider("turn °", turn, -180, 180),
        "tilt": slider("tilt °", tilt, lowest, highest),
    }


class Spatial(Explorer):
    """An explorer with the controls of `view`, whose scene can say which step is at a pixel."""

    def turn_view(self, right: float, up: float) -> None:
        """Turn the scene by a movement of the mouse, in pixels."""
        turn = self.controls["turn"]
        turn.value = (turn.value + round(right / 2) + 180) % 360 - 180
        self.controls["tilt"].value -= round(up / 3)

    def go_to_step(self, x: float, y: float) -> None:
        """Go to the step whose output cell is drawn at a pixel, if there is one."""
        step = self.scene.step_at(self.state, (x, y))
        if step is not None:
            self.controls["step"].value = step
