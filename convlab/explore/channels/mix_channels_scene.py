"""A 1×1 kernel on a colour picture: every output pixel is a mixture at its own place."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from convlab.draw.shapes import box
from convlab.draw.text import NOTHING, text_path
from convlab.explore.channels import mix_channels_words as words
from convlab.explore.channels.kernel_bank_numbers import picture
from convlab.explore.channels.mix_channels_numbers import MixState
from convlab.explore.channels.picture_scene import (
    DISC,
    NODE,
    NODE_RADIUS,
    ROWS,
    WIRE,
    Label,
    PictureScene,
)
from convlab.formatting import plain


class MixScene(PictureScene[MixState]):
    """A 1×1 kernel: every output pixel is a mixture of the three numbers at its own place."""

    parts: ClassVar = {"mixture": [(212, 0, 621, 414)]}

    def __init__(self, *, width: int = 621, height: int = 414) -> None:
        super().__init__(width, height)
        self._bias_wire = self.lines(moving=True, **WIRE)
        self._bias_sign = self.polygons(moving=True, **DISC)
        self._bias = self.text(moving=True)

    def lay_out(self, state: MixState) -> None:  # noqa: ARG002
        """Show the picture and what joins the columns."""
        self._join()
        self._label_inputs()

    def move(self, state: MixState) -> None:
        """Show the weights and their results."""
        parts = picture() * np.array(state.weights).reshape(3, 1, 1)
        written = [[[plain(weight)]] for weight in state.weights]
        self._show(written, parts, parts.sum(axis=0) + state.bias)
        self._frame()
        self._add_bias(words.bias_sign(state))
        kernel, output, bias = words.titles()
        self._label_kernel(kernel, *([Label(bias, 399, ROWS[1] - 40, 13)] if state.bias else []))
        self._label_output(output)

    def _add_bias(self, sign: str) -> None:
        """Show the bias, if there is one, below the place where it is added."""
        place = NODE - (0, 70)
        self._bias_wire.set_segments([(place, NODE - (0, NODE_RADIUS))] if sign else [])
        self._bias_sign.set_verts([box(place, 18, 11)] if sign else [])
        self._bias.set_path(text_path([sign], place[None], 14, room=33) if sign else NOTHING)
