"""Back-propagation through one convolution, a picture for each step of the derivation."""

from __future__ import annotations

from typing import ClassVar

from convlab.draw.drawing import Drawing, DrawingScene
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.derivation import STEPS


class BackpropScene(DrawingScene[BackpropState]):
    """The picture of one step."""

    parts: ClassVar = {"product": [(190, 0, 850, 276)]}

    def __init__(self, *, width: int = 850, height: int = 276) -> None:
        super().__init__(width, height)

    def drawing(self, state: BackpropState) -> Drawing:
        """Return what is drawn at a step."""
        drawing = Drawing()
        STEPS[state.step].draw(drawing, state)
        drawing.centre(self.width)
        return drawing
