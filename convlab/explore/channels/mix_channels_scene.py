"""A 1×1 kernel on a colour picture: every output pixel is a mixture at its own place."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from convlab.explore.channels import mix_channels_words as words
from convlab.explore.channels.kernel_bank_numbers import picture
from convlab.explore.channels.mix_channels_numbers import MixState
from convlab.explore.channels.picture_scene import ROWS, Label, PictureScene
from convlab.formatting import plain


class MixScene(PictureScene[MixState]):
    """A 1×1 kernel: every output pixel is a mixture of the three numbers at its own place."""

    parts: ClassVar = {"mixture": [(212, 0, 621, 414)]}

    def __init__(self, *, width: int = 621, height: int = 414) -> None:
        super().__init__(width, height)

    def layout(self, state: MixState) -> float:
        """Return the bias, which stands among what joins the columns."""
        return state.bias

    def lay_out(self, state: MixState) -> None:
        """Show the picture and what joins the columns."""
        self._join(words.bias_sign(state))
        self._label_inputs()

    def move(self, state: MixState) -> None:
        """Show the weights and their results."""
        parts = picture() * np.array(state.weights).reshape(3, 1, 1)
        written = [[[plain(weight)]] for weight in state.weights]
        self._show(written, parts, parts.sum(axis=0) + state.bias)
        self._frame()
        kernel, output, bias = words.titles()
        self._label_kernel(kernel, *([Label(bias, 399, ROWS[1] - 40, 13)] if state.bias else []))
        self._label_output(output)
